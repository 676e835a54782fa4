"""One case under evaluation: who is in it, what was answered, what has been concluded so far."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from domains import Roster, values_of

from partnerrules.cases.answers import NOT_APPLICABLE, NOT_ASKED, Answer
from partnerrules.cases.case import Case
from partnerrules.cases.values import Days
from partnerrules.packs.models import Fact

NO, MAYBE, YES = 0, 1, 2
Items = tuple[tuple[Any, ...], ...]


class Bound(NamedTuple):
    """The member that a variable holds; of unnamed ones, the how manieth of its entity."""

    entity: str
    id: str
    number: int = 0


Env = dict[str, Bound]
Owner = tuple[str, str]
GROUPS: Owner = ("", "")


@dataclass(frozen=True, eq=False)
class Place:
    """Where a path leads: from a variable or group, through references, to a fact."""

    kind: str
    """fact, member (a variable alone), measure or day."""
    fact: Fact
    name: str = ""
    head: str = ""
    steps: tuple[tuple[str, Fact], ...] = ()


def unique(items: Iterable[tuple[Any, ...]]) -> Items:
    """Each item once, in the order in which they come."""
    return tuple(dict.fromkeys(items))


class Run:
    """One case; the memo holds what parts said of it."""

    def __init__(self, naive: Any, case: Case) -> None:
        self.naive = naive
        self.day = case.assessed_on
        self.named = {e: tuple(m.id for m in c.members) for e, c in case.collections.items()}
        self.more = {e: c.more for e, c in case.collections.items()}
        self.answers: dict[tuple[Owner, str], Answer] = {
            (GROUPS, key): answer for key, answer in case.answers.items()
        }
        for entity, collection in case.collections.items():
            for member in collection.members:
                for name, answer in member.answers.items():
                    self.answers[(entity, member.id), name] = answer
        self.results: dict[str, dict[tuple[str, ...], Any]] = {}
        self.memo: dict[Any, Any] = {}
        self.told: dict[tuple[str, tuple[str, ...]], Items] = {}
        """What results rest on, for the next engine that is compared."""

    # members

    def bindings(self, over: dict[str, str], env: Env) -> Iterator[tuple[Env, bool]]:
        """Every way to bind the variables, and whether all whom it binds must be there."""
        if not over:
            yield dict(env), True
            return
        pools = [(*self.named[e], "?") for e in over.values()]
        for choice in itertools.product(*pools):
            inner, sure = dict(env), True
            for (variable, entity), one in zip(over.items(), choice, strict=True):
                if one == "?":
                    number = self._unnamed(entity, inner) + 1
                    if number > self.more[entity][1]:
                        break
                    sure = sure and number <= self.more[entity][0]
                    inner[variable] = Bound(entity, one, number)
                elif any(b.id == one and b.entity == entity for b in inner.values()):
                    break
                else:
                    inner[variable] = Bound(entity, one)
            else:
                yield inner, sure

    def _unnamed(self, entity: str, env: Env) -> int:
        return sum(b.id == "?" and b.entity == entity for b in env.values())

    def stands_for(self, over: dict[str, str], env: Env, inner: Env, end: int) -> Any:
        """How many matches one way to bind stands for, at least (end 0) or at most (end 1)."""
        number: Any = 1
        for entity in dict.fromkeys(over.values()):
            free = max(0, self.more[entity][end] - self._unnamed(entity, env))
            for _ in range(sum(e == entity and inner[v].id == "?" for v, e in over.items())):
                if free <= 0:
                    return 0
                number, free = number * free, free - 1
        return number

    def token(self, word: str, env: Env) -> Any:
        """Return the member that a word names, as it may stand in an answer."""
        found = env.get(word)
        if found is None:
            return word
        return ("?", found.number) if found.id == "?" else found.id

    def roster(self, entity: str, env: Env) -> Roster:
        """Return everyone to whom a reference may point."""
        if not entity:
            return Roster()
        bound = self._unnamed(entity, env)
        return Roster(self.named[entity], bound, int(min(self.more[entity][1] - bound, 99)))

    # answers

    def agree(self, place: Place, env: Env, judge: Callable[[Answer], int]) -> int:
        """Judge an answer; through references, what all members agree on whom they may name."""
        return self._agree(self._head(place, env), place.steps, place, env, judge)

    def _head(self, place: Place, env: Env) -> Owner:
        return (env[place.head].entity, env[place.head].id) if place.head else GROUPS

    def _agree(
        self,
        owner: Owner,
        steps: tuple[tuple[str, Fact], ...],
        place: Place,
        env: Env,
        judge: Callable[[Answer], int],
    ) -> int:
        if not steps:
            return judge(self._last(owner, place, env))
        name, fact = steps[0]
        answer = self.answer(owner, name)
        if answer.status == "not_applicable":
            return judge(NOT_APPLICABLE)
        found = {
            self._agree(one, steps[1:], place, env, judge) for one in self._named(fact, answer, env)
        }
        if not found:
            return judge(NOT_APPLICABLE)
        return MAYBE if len(found) > 1 else found.pop()

    def _named(self, fact: Fact, answer: Answer, env: Env) -> list[Owner]:
        """Every member that a reference may name, the unnamed one last."""
        values = values_of(fact, answer.values, (), self.roster(fact.to, env), self.day)
        known = [one for one in self.named[fact.to] if one in values]
        return [(fact.to, one) for one in [*known, *["?"] * (len(values) > len(known))]]

    def last(self, place: Place, env: Env) -> Answer:
        """Return the answer to which a path without references leads."""
        return self._last(self._head(place, env), place, env)

    def _last(self, owner: Owner, place: Place, env: Env) -> Answer:
        if place.kind == "member":
            return Answer("known", (self.token(place.head, env),))
        if place.kind == "day":
            return Answer("known", (Days(self.day, self.day),))
        if place.kind == "measure":
            return self._measure(owner, place.name)
        return self.answer(owner, place.name)

    def answer(self, owner: Owner, name: str) -> Answer:
        """Return what was answered or derived; of an unnamed member nothing is known."""
        return self.answers.get((owner, name), NOT_ASKED)

    def _measure(self, owner: Owner, name: str) -> Answer:
        key = ("measure", owner, name)
        if key not in self.memo:
            self.memo[key] = self.naive.measures[name].answer(self, owner)
        found: Answer = self.memo[key]
        return found

    def reads(self, place: Place, env: Env) -> Items:
        """Return the answers that a test on a path reads."""
        if place.kind in ("member", "day"):
            return ()
        return unique(self._reads(self._head(place, env), place.steps, place, env))

    def _reads(
        self, owner: Owner, steps: tuple[tuple[str, Fact], ...], place: Place, env: Env
    ) -> Iterator[tuple[Any, ...]]:
        name, fact = steps[0] if steps else (place.name, place.fact)
        full = f"{owner[0]}.{name}" if owner[0] and place.kind == "fact" else name
        if steps:
            full = f"{owner[0]}.{name}" if owner[0] else name
        yield "answer", full, owner[1]
        if steps:
            answer = self.answer(owner, name)
            if answer.status != "not_applicable":
                for one in self._named(fact, answer, env):
                    yield from self._reads(one, steps[1:], place, env)
