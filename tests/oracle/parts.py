"""The parts of a way: how far each holds on a case, and what it rests on.

Everything here is written from docs/language.md, sections "Three values" and "What a conclusion
rests on", and shares nothing with the tool's own facts and engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from domains import values_of
from language import LEVELS, number_passes, passes
from run import MAYBE, NO, YES, Env, Items, Place, Run, unique


class Part:
    """One part of a way; what it says is kept for as long as nothing below it changes."""

    def value(self, run: Run, env: Env) -> int:
        """How far it holds: ruled out, possible or certain."""
        key = (id(self), *env.values())
        found = run.memo.get(key)
        if found is None:
            found = run.memo[key] = self._value(run, env)
        return found

    def _value(self, run: Run, env: Env) -> int:
        raise NotImplementedError

    def items(self, run: Run, env: Env) -> Items:
        """What it rests on."""
        raise NotImplementedError


@dataclass(eq=False)
class Condition:
    """A choice of ways, each of which is a list of parts that must all hold."""

    ways: list[tuple[Part, ...]]

    def value(self, run: Run, env: Env) -> int:
        """As its best way, which is as certain as its weakest part."""
        best = NO
        for way in self.ways:
            found = YES
            for part in way:
                found = min(found, part.value(run, env))
                if found <= best:
                    break
            if found > best:
                best = found
                if best == YES:
                    break
        return best

    def items(self, run: Run, env: Env) -> Items:
        """What its best way rests on: the most certain, the fewest items, the first."""
        best = self.value(run, env)
        found: Items | None = None
        for way in self.ways:
            if min((part.value(run, env) for part in way), default=YES) == best:
                items = unique(item for part in way for item in part.items(run, env))
                if found is None or len(items) < len(found):
                    found = items
        return found or ()


@dataclass(eq=False)
class Tests(Part):
    """All tests of one way on one path, judged together."""

    place: Place
    tests: list[tuple[str, Any, bool]]
    """Operator, what it compares with, and whether it is negated."""

    def _value(self, run: Run, env: Env) -> int:
        return run.agree(self.place, env, lambda answer: self._judge(run, env, answer))

    def _judge(self, run: Run, env: Env, answer: Any) -> int:
        fact = self.place.fact
        roster = run.roster(fact.to, env)
        key = (answer.status, answer.values, roster, *(run.token(v, env) for v in self._words(env)))
        known = run.naive.judged.setdefault(id(self), {})
        if key not in known:
            known[key] = self._plain(run, env, answer, roster)
        return known[key]

    def _words(self, env: Env) -> list[str]:
        words = [a for _, arg, _ in self.tests for a in (arg if isinstance(arg, list) else [arg])]
        return [word for word in words if isinstance(word, str) and word in env]

    def _plain(self, run: Run, env: Env, answer: Any, roster: Any) -> int:
        if answer.status == "not_applicable":
            return NO
        fact, token = self.place.fact, lambda word: run.token(word, env)
        operators = [(op, arg) for op, arg, _ in self.tests]
        found = [
            all(passes(fact, op, arg, value, token, run.day) != neg for op, arg, neg in self.tests)
            for value in values_of(fact, answer.values, operators, roster, run.day)
        ]
        if not any(found):
            return NO
        return YES if all(found) and answer.values is not None else MAYBE

    def items(self, run: Run, env: Env) -> Items:
        return run.reads(self.place, env)


@dataclass(eq=False)
class About(Part):
    """A test on the status or source of an answer."""

    place: Place
    op: str
    arg: Any
    neg: bool

    def _value(self, run: Run, env: Env) -> int:
        return run.agree(self.place, env, self._judge)

    def _judge(self, answer: Any) -> int:
        if answer.status == "not_asked":
            return MAYBE
        if self.op == "answer":
            wanted = self.arg if isinstance(self.arg, list) else [self.arg]
            return YES if (answer.status in wanted) != self.neg else NO
        if answer.status == "not_applicable":
            return NO
        holds = answer.values is None if self.op == "missing" else bool(answer.source)
        if self.op == "sourced":
            holds = holds and answer.values is not None
        return YES if (holds == (self.arg in (True, "yes"))) != self.neg else NO

    def items(self, run: Run, env: Env) -> Items:
        return run.reads(self.place, env)


@dataclass(eq=False)
class Members(Part):
    """`some`, `none` or `count` over the members that fit."""

    over: dict[str, str]
    where: Condition
    against: Condition
    kind: str
    bounds: dict[str, int] = field(default_factory=dict)
    neg: bool = False

    def _matches(self, run: Run, env: Env) -> Iterator[tuple[int, Env]]:
        """Every way to bind the variables, with how certainly it is a match."""
        for inner, sure in run.bindings(self.over, env):
            yield min(self.where.value(run, inner), YES if sure else MAYBE), inner

    def _value(self, run: Run, env: Env) -> int:
        if self.kind == "count":
            low, high = self.number(run, env)
            numbers = [*range(low, int(min(high, low + 30)) + 1)]
            fits = {all(number_passes(o, n, b) for o, b in self.bounds.items()) for n in numbers}
            return MAYBE if len(fits) == 2 else YES if (True in fits) != self.neg else NO
        best = NO
        for found, _ in self._matches(run, env):
            best = max(best, found)
            if best == YES:
                break
        return best if (self.kind == "some") != self.neg else YES - best

    def number(self, run: Run, env: Env) -> tuple[int, float]:
        """Between how many matches there are, an unnamed member counting for all of its kind."""
        low, high = 0, 0.0
        for inner, _ in run.bindings(self.over, env):
            found = self.where.value(run, inner)
            low += run.stands_for(self.over, env, inner, 0) if found == YES else 0
            high += run.stands_for(self.over, env, inner, 1) if found else 0
        return low, high

    def items(self, run: Run, env: Env) -> Items:
        matches = [(found, inner) for found, inner in self._matches(run, env) if found]
        if self.kind == "count":
            matches.sort(key=lambda match: self._ids(match[1]))
            return unique(i for _, inner in matches for i in self.where.items(run, inner))
        if matches:
            _, best = min(matches, key=lambda match: self._rank(run, *match))
            return self.where.items(run, best)
        looked = [inner for _, inner in self._matches(run, env)]
        items = unique(i for inner in looked for i in self.against.items(run, inner))
        return (("absence", items, tuple(self.over.values())),)

    def _rank(self, run: Run, found: int, env: Env) -> tuple[Any, ...]:
        return -found, len(self.where.items(run, env)), self._ids(env)

    def _ids(self, env: Env) -> list[tuple[bool, str]]:
        return [(env[v].id == "?", env[v].id) for v in self.over]


@dataclass(eq=False)
class Several(Part):
    """`holds`: at least so many of the conditions."""

    at_least: int
    of: list[Condition]
    against: list[Condition]
    neg: bool

    def _value(self, run: Run, env: Env) -> int:
        parts, needed = self._parts()
        found = [part.value(run, env) for part in parts]
        if found.count(YES) >= needed:
            return YES
        return MAYBE if len(found) - found.count(NO) >= needed else NO

    def _parts(self) -> tuple[list[Condition], int]:
        if self.neg:
            return self.against, len(self.of) - self.at_least + 1
        return self.of, self.at_least

    def items(self, run: Run, env: Env) -> Items:
        held = [part for part in self._parts()[0] if part.value(run, env)]
        return unique(item for part in held for item in part.items(run, env))


@dataclass(eq=False)
class Concluded(Part):
    """The conclusion of another rule."""

    kind: str
    rule: str
    names: list[str]
    level: str
    neg: bool

    def _value(self, run: Run, env: Env) -> int:
        subject = tuple(env[name].id for name in self.names)
        found = run.results[self.rule].get(subject)
        value = NO if found is None else self._of(found)
        return YES - value if self.neg else value

    def _of(self, found: Any) -> int:
        if self.kind == "sound":
            return int(found.sound)
        level = LEVELS[self.level]
        if self.kind == "could_be":
            return YES if found.possible >= level else NO
        return YES if found.certain >= level else MAYBE if found.possible >= level else NO

    def items(self, run: Run, env: Env) -> Items:
        return (("conclusion", self.rule, tuple(env[name].id for name in self.names)),)
