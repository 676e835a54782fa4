"""The parts of a condition: each says how certainly it holds, and what that rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from partnerrules.cases.values import Interval
from partnerrules.facts.regions import Judge
from partnerrules.facts.truth import (
    FALSE,
    both,
    either,
    flip,
    holds,
    pair,
    plain,
)
from partnerrules.facts.world import Env, Evidence, Subject, World


class Node(Protocol):
    """A part of a condition."""

    def code(self, world: World, env: Env) -> int:
        """Return the truth as a coded pair."""
        ...

    def why(self, world: World, env: Env, wanted: bool) -> list[Evidence]:
        """Return what the condition (or, not wanted, its negation) rests on, fewest first."""
        ...

    @property
    def variables(self) -> frozenset[str]:
        """The variables that it reads and does not bind itself."""
        ...


@dataclass(frozen=True)
class Verdict:
    """Another rule's conclusion."""

    rule: str
    subject: tuple[str, ...]
    at_least: str
    kind: str
    """concern, could_be or sound."""

    def key(self, env: Env) -> Subject:
        """Return the subject in terms of members."""
        return tuple(env[name].id for name in self.subject)

    def code(self, world: World, env: Env) -> int:
        """Return the truth as far as conclusions have been drawn."""
        if self.kind == "sound":
            standing = world.standing.get(self.rule, {}).get(self.key(env))
            return plain(standing.sound if standing else 0)
        level = world.level(self.rule, self.key(env), self.at_least)
        return plain(2 if level and self.kind == "could_be" else level)

    def why(self, world: World, env: Env, wanted: bool) -> list[Evidence]:
        """Return the conclusion."""
        return [Evidence("conclusion", self.rule, self.key(env), value=self.at_least)]

    @property
    def variables(self) -> frozenset[str]:
        """The variables of the subject."""
        return frozenset(self.subject)


@dataclass(frozen=True)
class All:
    """All parts hold."""

    parts: tuple[Node, ...]

    def code(self, world: World, env: Env) -> int:
        """Return the conjunction, stopping where it cannot hold any more."""
        low, high = 2, 0
        for part in self.parts:
            holding, against = divmod(part.code(world, env), 3)
            if against == 2:
                return FALSE
            if holding < low:
                low = holding
            if against > high:
                high = against
        return pair(low, high)

    def why(self, world: World, env: Env, wanted: bool) -> list[Evidence]:
        """Return what all parts rest on, or the first that is most certainly false."""
        if wanted:
            return [one for part in self.parts for one in part.why(world, env, True)]
        against = [flip(part.code(world, env)) for part in self.parts]
        if not against:
            return []
        best = max(range(len(against)), key=lambda i: (holds(against[i]), -i))
        return self.parts[best].why(world, env, False)

    @property
    def variables(self) -> frozenset[str]:
        """Those of all parts."""
        return frozenset().union(*(part.variables for part in self.parts))


@dataclass(frozen=True)
class AnyOf:
    """One part holds."""

    parts: tuple[Node, ...]

    def code(self, world: World, env: Env) -> int:
        """Return the disjunction."""
        return either(part.code(world, env) for part in self.parts)

    def why(self, world: World, env: Env, wanted: bool) -> list[Evidence]:
        """Return what the most certain part with the fewest answers rests on."""
        if not wanted:
            return [one for part in self.parts for one in part.why(world, env, False)]
        ways = [(-holds(p.code(world, env)), p.why(world, env, True)) for p in self.parts]
        return min(ways, key=lambda way: (way[0], len(way[1])), default=(0, []))[1]

    @property
    def variables(self) -> frozenset[str]:
        """Those of all parts."""
        return frozenset().union(*(part.variables for part in self.parts))


@dataclass(frozen=True)
class Not:
    """The negation."""

    part: Node

    def code(self, world: World, env: Env) -> int:
        """Return the pair the other way round."""
        return flip(self.part.code(world, env))

    def why(self, world: World, env: Env, wanted: bool) -> list[Evidence]:
        """Return what speaks against the part."""
        return self.part.why(world, env, not wanted)

    @property
    def variables(self) -> frozenset[str]:
        """Those of the part."""
        return self.part.variables


@dataclass(frozen=True)
class Holds:
    """A number of parts hold."""

    parts: tuple[Node, ...]
    bounds: Judge

    def code(self, world: World, env: Env) -> int:
        """Return whether the number of parts that hold is within the bounds."""
        codes = [holds(part.code(world, env)) for part in self.parts]
        span = Interval(codes.count(2), len(codes) - codes.count(0))
        return plain(self.bounds(span, world.day))

    def why(self, world: World, env: Env, wanted: bool) -> list[Evidence]:
        """Return what the parts that hold or could hold rest on."""
        ways = [part for part in self.parts if holds(part.code(world, env))]
        return [one for part in ways for one in part.why(world, env, True)]

    @property
    def variables(self) -> frozenset[str]:
        """Those of all parts."""
        return frozenset().union(*(part.variables for part in self.parts))


@dataclass(frozen=True, eq=False)
class Linked:
    """Conclusions that are put together with each other or with the members around them."""

    verdicts: tuple[Verdict, ...]
    outer: tuple[str, ...]

    def code(self, world: World, env: Env) -> int:
        """Return the conjunction where the engine matched it."""
        if tuple(env[v].id for v in self.outer) not in world.bindings.get(id(self), {}):
            return FALSE
        return both(verdict.code(world, env) for verdict in self.verdicts)

    def why(self, world: World, env: Env, wanted: bool) -> list[Evidence]:
        """Return the conclusions."""
        return All(self.verdicts).why(world, env, wanted)

    @property
    def variables(self) -> frozenset[str]:
        """Those of the conclusions."""
        return frozenset(self.outer)
