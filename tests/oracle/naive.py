"""A naive three-valued evaluator, written from the contract (design 2 to 4) alone.

Conditions are grounded to alternatives of literals; whether the literals of one alternative can
hold together is found by trying every value. Slow on purpose: nothing is shared with the engine.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from language import (
    COMPARE,
    LEVELS,
    NEGATED,
    compare,
    dependencies,
    groups_in_order,
    named_rules,
    predicate,
    values_of,
)

from partnerrules.cases.answers import NOT_ASKED, Answer
from partnerrules.cases.values import Interval, Items
from partnerrules.packs import Library
from partnerrules.packs.models import Fact, Rule

NO, MAYBE, YES = 0, 1, 2
Key = tuple[str, str]
Env = dict[str, tuple[str, str]]  # variable to (entity, member)


@dataclass(frozen=True)
class Literal:
    """A test on one or two answers; the predicate is two-valued on their values."""

    keys: tuple[Key, ...]
    holds: Callable[..., bool]


@dataclass(frozen=True)
class Alternative:
    """Literals that must hold together, and how certain all else in the conjunction is."""

    literals: tuple[Literal, ...] = ()
    rest: int = YES


@dataclass
class Result:
    """What a rule says of a subject."""

    certain: int = 0
    possible: int = 0
    applies: int = NO
    due: int = NO
    sound: int = NO

    @property
    def outcome(self) -> str:
        """The first of the contract's outcomes that fits."""
        if self.applies == NO:
            return "not_applicable"
        if self.due == NO:
            return "not_due"
        if self.certain:
            return "concern"
        if self.possible:
            return "unknown"
        return "sound" if self.sound == YES else "not_applicable"


class Naive:
    """Evaluates one case."""

    def __init__(self, library: Library, case: Any) -> None:
        self.library = library
        self.members = {e: [m.id for m in c.members] for e, c in case.collections.items()}
        self.more = {e: c.more for e, c in case.collections.items()}
        self.answers: dict[Key, Answer] = {("", k): a for k, a in case.answers.items()}
        for entity, collection in case.collections.items():
            for member in collection.members:
                for name, answer in member.answers.items():
                    self.answers[f"{entity}:{member.id}", name] = answer
        self.results: dict[str, dict[tuple[str, ...], Result]] = {}

    def run(self) -> dict[str, dict[tuple[str, ...], Result]]:
        """Evaluate all rules, what they read first; recursion until nothing changes."""
        rules = self.library.rules
        for group in groups_in_order(dependencies(rules)):
            for rule_id in group:
                if rules[rule_id].derive is not None:
                    self._derive(rules[rule_id], first=True)
                self.results[rule_id] = {}
            before: Any = None
            while before != (now := self._snapshot(group)):
                before = now
                for rule_id in group:
                    if rules[rule_id].derive is not None:
                        self._derive(rules[rule_id])
                    else:
                        self.results[rule_id] = dict(self._rule(rules[rule_id]))
        return self.results

    def _snapshot(self, group: list[str]) -> Any:
        made = [self.library.rules[r].derive for r in group]
        facts = [self.answers.get(("", d.fact)) for d in made if d is not None]
        return repr([self.results[r] for r in group]), repr(facts)

    # rules

    def _rule(self, rule: Rule) -> Iterator[tuple[tuple[str, ...], Result]]:
        stages = self.library.stages
        due: Any = {"any": [stages[s] for s in rule.due]} if rule.due else {}
        for env in self._bindings(rule.for_each, {}):
            result = Result()
            subject = tuple(env[v][1] for v in rule.for_each)
            cap = MAYBE if "?" in subject else YES
            result.applies = min(cap, self.value(rule.applies, env))
            result.due = min(cap, self.value(due, env))
            outcomes: list[int] = []
            always = False
            for option in rule.concern.values():
                whole = [rule.applies, due, rule.given, option.when]
                found = [self.judge(a) for a in self.ground(whole, env)]
                outcomes += found
                always = always or YES in found
                best = min(cap, max(found, default=NO))
                level = LEVELS[option.level]
                if best == YES:
                    result.certain = max(result.certain, level)
                if best >= MAYBE:
                    result.possible = max(result.possible, level)
            only_na = any(o == -1 for o in outcomes)
            if not always and not only_na:
                result.sound = min(result.applies, result.due)
                if result.possible:
                    result.sound = min(result.sound, MAYBE)
            yield subject, result

    def _derive(self, rule: Rule, first: bool = False) -> None:
        assert rule.derive is not None
        key = ("", rule.derive.fact)
        if rule.derive.add is not None:
            old = self.answers.get(key)
            items = old.values[0] if old is not None and old.values else None
            must = items.must if items is not None else frozenset()
            may = items.may if items is not None else frozenset()
            value = NO if first else self.value(rule.derive.when, {})
            word = {str(rule.derive.add)}
            must, may = must | (word if value == YES else set()), may | (word if value else set())
            self.answers[key] = Answer("known", (Items(frozenset(must), frozenset(may)),))
            return
        values: list[Any] = []
        for option in rule.derive.first_of:
            value = self.value(option.when, {})
            if value:
                values.append(option.value)
            if value == YES:
                break
        else:
            values.append(rule.derive.otherwise)
        values = list(dict.fromkeys(values))
        self.answers[key] = Answer("known" if len(values) == 1 else "disputed", tuple(values))

    # conditions

    def value(self, cond: Any, env: Env) -> int:
        """How far a condition holds by itself."""
        return max((max(NO, self.judge(a)) for a in self.ground(cond, env)), default=NO)

    def ground(self, cond: Any, env: Env, neg: bool = False) -> list[Alternative]:
        """The alternatives of a condition for the members bound so far."""
        if isinstance(cond, list):
            return self._join([self.ground(c, env, neg) for c in cond], neg)
        return self._join([self._item(k, v, env, neg) for k, v in cond.items()], neg)

    def _join(self, parts: list[list[Alternative]], neg: bool) -> list[Alternative]:
        if neg and len(parts) > 1:
            # One of several: what holds with each of them apart is a split by cases, so the
            # disjunction counts by itself and its literals are not taken with those beside it.
            found = {self.judge(a) for part in parts for a in part}
            best = max(found, default=NO)
            return [Alternative((), best or (-1 if -1 in found else NO))]
        whole = [Alternative()]
        for part in parts:
            whole = [
                Alternative(a.literals + b.literals, _both(a.rest, b.rest))
                for a in whole
                for b in part
            ]
        return whole

    def _item(self, key: str, body: Any, env: Env, neg: bool) -> list[Alternative]:
        if key == "any":
            return self._join([self.ground(c, env, neg) for c in body], not neg)
        if key == "not":
            return self.ground(body, env, not neg)
        if key in ("some", "none"):
            over, where = named_rules(body)
            found = max((max(NO, self.judge(a)) for a in self._some(over, where, env)), default=NO)
            return [Alternative((), found if (key == "none") == neg else YES - found)]
        if key == "count":
            over, where = named_rules(body)
            low, high = self._count(over, where, env)
            op = next(k for k in body if k in COMPARE)
            name, bound = (NEGATED[op] if neg else op), body[op]
            return [Alternative((), compare(name, low, high, bound))]
        if key in ("concern", "could_be", "sound"):
            value = self._conclusion(key, body, env)
            return [Alternative((), YES - value if neg else value)]
        return [self._test(key, body, env, neg)]

    def _some(self, over: Mapping[str, str], where: Any, env: Env) -> list[Alternative]:
        found = []
        for inner in self._bindings(over, env):
            cap = MAYBE if any(inner[v][1] == "?" for v in over) else YES
            for a in self.ground(where, inner):
                found.append(Alternative(a.literals, min(cap, a.rest)))
        return found or [Alternative((), NO)]

    def _count(self, over: Mapping[str, str], where: Any, env: Env) -> tuple[int, float]:
        low, high = 0, 0.0
        ((variable, entity),) = over.items()
        for inner in self._bindings(over, env):
            value = self.value(where, inner)
            if inner[variable][1] == "?":
                used = sum(1 for e, m in env.values() if (e, m) == (entity, "?"))
                high += self.more[entity][1] - used if value else 0
            else:
                low, high = low + (value == YES), high + (value >= MAYBE)
        return low, high

    def _conclusion(self, kind: str, body: Any, env: Env) -> int:
        names = body.get("subject", [])
        names = [names] if isinstance(names, str) else names
        result = self.results[body["rule"]].get(tuple(env[n][1] for n in names), Result())
        if kind == "sound":
            return result.sound
        level = LEVELS[body.get("at_least", "low")]
        possible = result.possible >= level
        if kind == "could_be":
            return YES if possible else NO
        return YES if result.certain >= level else MAYBE if possible else NO

    def _bindings(self, over: Mapping[str, str], env: Env) -> Iterator[Env]:
        pools = []
        for entity in over.values():
            unnamed = ["?"] if self.more[entity][1] >= 1 else []
            pools.append([(entity, m) for m in [*self.members[entity], *unnamed]])
        for choice in itertools.product(*pools):
            # The unnamed member stands for any number of members, so two may be unnamed.
            named = [one for one in choice if one[1] != "?"]
            if len(set(named)) == len(named):
                yield {**env, **dict(zip(over, choice, strict=True))}

    # literals

    def _test(self, path: str, test: Any, env: Env, neg: bool) -> Alternative:
        key, fact = self._place(path, env)
        if isinstance(test, dict) and "missing" in test:
            status = self._answer(key).status
            if status == "not_applicable":
                return Alternative((Literal((key,), bool),))
            value = {"not_asked": MAYBE, "known": NO, "disputed": NO}.get(status, YES)
            return Alternative((), YES - value if neg else value)
        if isinstance(test, dict) and "same_as" in test:
            other, _ = self._place(test["same_as"], env)
            return Alternative((Literal((key, other), lambda a, b: (a == b) != neg),))
        holds = predicate(fact, test, {v: m for v, (_, m) in env.items()})
        return Alternative((Literal((key,), lambda a: holds(a) != neg),))

    def _place(self, path: str, env: Env) -> tuple[Key, Fact]:
        head, _, name = path.partition(".")
        if head in env:
            entity, member = env[head]
            owner = f"{entity}:?{head}" if member == "?" else f"{entity}:{member}"
            return (owner, name), self.library.entities[entity].facts[name]
        fact = self.library.fact(path)
        return ("", path), fact if fact is not None else Fact(type="count")

    def _answer(self, key: Key) -> Answer:
        measure = self.library.measures.get(key[1]) if not key[0] else None
        if measure is None:
            return self.answers.get(key, NOT_ASKED)
        low, high = self._count(measure.count or {}, measure.where, {})
        return Answer("known", (Interval(low, high),))

    def _candidates(self, key: Key) -> list[Any]:
        head = key[0].partition(":")[0]
        fact = self.library.entities[head].facts[key[1]] if head else self.library.fact(key[1])
        fact = fact or Fact(type="count")
        targets: list[str] = []
        if fact.to:
            # The unnamed member stands for several: the one that a variable holds, and others.
            unnamed = ["?", "??"] if self.more[fact.to][1] >= 1 else []
            targets = [*self.members[fact.to], *unnamed] or ["??"]
        return values_of(fact, self._answer(key).values, targets)

    def judge(self, alternative: Alternative) -> int:
        """Certain, possible, ruled out, or -1: ruled out by not applicable answers alone."""
        if alternative.rest == NO:
            return NO
        keys = dict.fromkeys(k for lit in alternative.literals for k in lit.keys)
        na = {k for k in keys if self._answer(k).status == "not_applicable"}
        live = [lit for lit in alternative.literals if not na & set(lit.keys)]
        values = {k: self._candidates(k) for k in keys if k not in na}
        if not _together(live, values):
            return NO
        if alternative.rest == -1 or len(live) < len(alternative.literals):
            return -1
        if alternative.rest == YES and all(self._sure(lit, values) for lit in live):
            return YES
        return MAYBE

    def _sure(self, literal: Literal, values: dict[Key, list[Any]]) -> bool:
        if any(self._answer(k).values is None for k in literal.keys):
            return False
        return all(literal.holds(*v) for v in itertools.product(*(values[k] for k in literal.keys)))


def _both(one: int, other: int) -> int:
    """Join two parts: what is ruled out comes first, then what does not apply."""
    return NO if NO in (one, other) else min(one, other)


def _together(literals: list[Literal], values: dict[Key, list[Any]]) -> bool:
    """Whether some choice of values makes all literals hold."""
    left = dict(values)
    for literal in literals:
        if len(literal.keys) == 1:
            key = literal.keys[0]
            left[key] = [v for v in left[key] if literal.holds(v)]
    if not all(left.values()):
        return False
    pairs = [lit for lit in literals if len(lit.keys) > 1]
    linked = list(dict.fromkeys(k for lit in pairs for k in lit.keys))
    for choice in itertools.product(*(left[k] for k in linked)):
        chosen = dict(zip(linked, choice, strict=True))
        if all(lit.holds(*(chosen[k] for k in lit.keys)) for lit in pairs):
            return True
    return not pairs
