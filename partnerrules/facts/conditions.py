"""Conditions as ways: how certainly they hold, and what that rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from partnerrules.cases.values import Value
from partnerrules.facts.spans import Spans, judged
from partnerrules.facts.truth import pair
from partnerrules.facts.world import Env, Evidence, Subject, World

if TYPE_CHECKING:
    from partnerrules.facts.members import Members


class Part(Protocol):
    """Something that holds by itself: a test, a statement about members, a conclusion."""

    def holds(self, world: World, env: Env) -> int:
        """Return how certainly: 0, 1 or 2."""
        ...

    def why(self, world: World, env: Env) -> list[Evidence]:
        """Return what it rests on, in order."""
        ...

    @property
    def variables(self) -> frozenset[str]:
        """The variables that it reads and does not bind itself."""
        ...


class Way:
    """One list of parts that must all hold."""

    def __init__(self, parts: tuple[Part, ...], written: tuple[Part, ...]) -> None:
        self.parts = parts
        """As they are evaluated: what is cheap first, conclusions put together where they are."""
        self.written = written
        """As they are written: the order of what the way rests on."""

    def holds(self, world: World, env: Env) -> int:
        """Return the certainty of the weakest part."""
        least = 2
        for part in self.parts:
            found = part.holds(world, env)
            if found < least:
                if not found:
                    return 0
                least = found
        return least

    def why(self, world: World, env: Env) -> list[Evidence]:
        """Return what its parts rest on, each item once."""
        found: dict[Evidence, None] = {}
        for part in self.written:
            for one in part.why(world, env):
                found[one] = None
        return [*found]


class Condition:
    """A choice of ways, and the choice of ways in which it does not hold."""

    def __init__(self, compiled: Callable[[bool], tuple[Way, ...]], empty: bool) -> None:
        self._compiled = compiled
        self.empty = empty
        """Whether nothing is asked for, so that it always holds."""

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """The ways in which it holds."""
        return self._compiled(False)

    @cached_property
    def _only(self) -> tuple[Part, ...] | None:
        """The parts of its one way, if it has but one."""
        return self.ways[0].parts if len(self.ways) == 1 else None

    @cached_property
    def counter(self) -> tuple[Way, ...]:
        """The ways of the negation."""
        return self._compiled(True)

    def compile(self, *, negation: bool) -> None:
        """Work out the ways, and those of the negation, and not when they are first asked for."""
        _ = self.ways
        if negation:
            _ = self.counter

    def holds(self, world: World, env: Env) -> int:
        """Return the certainty of the best way: 0, 1 or 2."""
        if self._only is None:
            return _best(self.ways, world, env)
        # As one way does, without the way around it: most conditions have but one.
        least = 2
        for part in self._only:
            found = part.holds(world, env)
            if found < least:
                if not found:
                    return 0
                least = found
        return least

    def against(self, world: World, env: Env) -> int:
        """Return how certainly the negation holds: 0, 1 or 2."""
        return _best(self.counter, world, env)

    def code(self, world: World, env: Env) -> int:
        """Return both as a coded pair."""
        return pair(self.holds(world, env), self.against(world, env))

    def why(self, world: World, env: Env, wanted: bool = True) -> list[Evidence]:
        """Return what the condition (or, not wanted, its negation) rests on: its best way."""
        ways = self.ways if wanted else self.counter
        if len(ways) == 1:
            return ways[0].why(world, env)
        rated = [way.holds(world, env) for way in ways]
        best = max(rated, default=0)
        found = [way.why(world, env) for way, rate in zip(ways, rated, strict=True) if rate == best]
        return min(found, key=len, default=[])

    @cached_property
    def variables(self) -> frozenset[str]:
        """The variables that it reads and does not bind itself."""
        parts = (part.variables for way in self.ways for part in way.written)
        return frozenset().union(*parts)

    def members(self) -> Iterator[Members]:
        """Yield the statements about members in it, outermost first."""
        for way in self.ways:
            for part in way.written:
                about = getattr(part, "members", None)
                if about is not None:
                    yield about
                    yield from about.where.members()
                for inner in getattr(part, "conditions", ()):
                    yield from inner.members()


def _best(ways: tuple[Way, ...], world: World, env: Env) -> int:
    best = 0
    for way in ways:
        found = way.holds(world, env)
        if found > best:
            if found == 2:
                return 2
            best = found
    return best


class Holds:
    """A number of conditions hold."""

    def __init__(
        self, conditions: tuple[Condition, ...], bounds: Spans, negated: bool = False
    ) -> None:
        self.conditions = conditions
        self.bounds = bounds
        self.negated = negated

    def holds(self, world: World, env: Env) -> int:
        """Return whether the number of conditions that hold is within the bounds."""
        if not self.negated:
            codes = [one.holds(world, env) for one in self.conditions]
            return judged(self.bounds, codes.count(2), len(codes) - codes.count(0))
        # What is not applicable holds neither way, so it is not counted as one that does not hold.
        codes = [one.against(world, env) for one in self.conditions]
        return 2 - judged(self.bounds, codes.count(0), len(codes) - codes.count(2))

    def why(self, world: World, env: Env) -> list[Evidence]:
        """Return what the conditions that hold (negated, do not hold) or could rest on."""
        found = []
        for one in self.conditions:
            if one.against(world, env) if self.negated else one.holds(world, env):
                found += one.why(world, env, not self.negated)
        return found

    @property
    def variables(self) -> frozenset[str]:
        """Those of all conditions."""
        return frozenset().union(*(one.variables for one in self.conditions))


class Verdict(Value):
    """Another rule's conclusion."""

    __slots__ = ("at_least", "kind", "negated", "rule", "subject")

    def __init__(
        self, rule: str, subject: tuple[str, ...], at_least: str, kind: str, negated: bool = False
    ) -> None:
        self.rule = rule
        self.subject = subject
        self.at_least = at_least
        self.kind = kind
        """concern, could_be or sound."""
        self.negated = negated

    def key(self, env: Env) -> Subject:
        """Return the subject in terms of members."""
        return tuple([env[name].id for name in self.subject])

    def holds(self, world: World, env: Env) -> int:
        """Return how certainly, as far as conclusions have been drawn."""
        found = self.concluded(world, self.key(env))
        return 2 - found if self.negated else found

    def concluded(self, world: World, subject: Subject) -> int:
        """Return how certain the conclusion about a subject is."""
        if self.kind == "sound":
            standing = world.standing.get(self.rule, {}).get(subject)
            return standing.sound if standing else 0
        level = world.level(self.rule, subject, self.at_least)
        return 2 if level and self.kind == "could_be" else level

    def why(self, world: World, env: Env) -> list[Evidence]:
        """Return the conclusion, as far as it was drawn."""
        subject = self.key(env)
        standing = world.standing.get(self.rule, {}).get(subject)
        drawn = standing.grade if standing else 0
        return [world.conclusion(self.rule, subject, drawn)]

    @property
    def variables(self) -> frozenset[str]:
        """The variables of the subject."""
        return frozenset(self.subject)


class Linked:
    """Conclusions that the engine puts together with each other or with the members around them."""

    def __init__(self, verdicts: tuple[Verdict, ...], outer: tuple[str, ...]) -> None:
        self.verdicts = verdicts
        self.outer = outer
        """The variables of their subjects, sorted."""

    def holds(self, world: World, env: Env) -> int:
        """Return the certainty of the weakest, where the engine matched them."""
        around = tuple([env[name].id for name in self.outer])
        if around not in world.bindings.get(id(self), {}):
            return 0
        return min(verdict.holds(world, env) for verdict in self.verdicts)

    def why(self, world: World, env: Env) -> list[Evidence]:
        """Return the conclusions."""
        return [one for verdict in self.verdicts for one in verdict.why(world, env)]

    @property
    def variables(self) -> frozenset[str]:
        """Those of the conclusions."""
        return frozenset(self.outer)
