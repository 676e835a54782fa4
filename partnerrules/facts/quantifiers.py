"""Statements about members: some, none or a number of them fulfil a condition."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from partnerrules.cases import Member
from partnerrules.cases.case import UNNAMED
from partnerrules.cases.values import INFINITE, Interval
from partnerrules.facts.nodes import Node
from partnerrules.facts.regions import Judge
from partnerrules.facts.truth import flip, holds, plain
from partnerrules.facts.world import Env, Evidence, World


@dataclass(frozen=True, eq=False)
class Quantifier:
    """Some, none, or a number of members for which a condition holds."""

    kind: str
    """some, none or count."""
    bound: dict[str, str]
    where: Node
    outer: tuple[str, ...]
    """The variables from around it that the condition reads, sorted."""
    bounds: Judge | None = None
    joined: bool = False
    """Whether the engine finds the members (it puts two things together)."""

    def found(self, world: World, env: Env) -> list[tuple[int, Env]]:
        """Return the members for which the condition holds, with how certainly."""
        result = []
        for own in self._candidates(world, env):
            inner = {**env, **own}
            if not distinct(tuple(inner.values())):
                continue
            certainty = holds(self.where.code(world, inner))
            if certainty:
                result.append((min(certainty, self._named(world, own)), inner))
        return result

    def _candidates(self, world: World, env: Env) -> Iterable[Env]:
        if self.joined:
            return world.bindings[id(self)].get(tuple(env[v].id for v in self.outer), [])
        return self.tuples(world)

    def tuples(self, world: World) -> Iterable[Env]:
        """Return every way to bind its variables to different members."""
        pools = [world.members(entity) for entity in self.bound.values()]
        ways = product(*pools)
        return (dict(zip(self.bound, way, strict=True)) for way in ways if distinct(way))

    def _named(self, world: World, own: Env) -> int:
        """Return 1 where a member is only possibly there, 2 otherwise."""
        for member in own.values():
            if member.id == UNNAMED and world.case.collections[member.entity].more[0] < 1:
                return 1
        return 2

    def code(self, world: World, env: Env) -> int:
        """Return the truth of the statement about the members."""
        found = self.found(world, env)
        if self.kind == "count":
            assert self.bounds is not None
            return plain(self.bounds(self.number(world, found), world.day))
        best = max((certainty for certainty, _ in found), default=0)
        return plain(best) if self.kind == "some" else flip(plain(best))

    def number(self, world: World, found: list[tuple[int, Env]]) -> Interval:
        """Return how many there are, the unnamed member standing for all who are not named."""
        low: float = 0
        high: float = 0
        for certainty, env in found:
            least, most = 1, 1.0
            for name in self.bound:
                if env[name].id == UNNAMED:
                    more = world.case.collections[env[name].entity].more
                    least, most = least * more[0], most * more[1]
            low += least if certainty == 2 else 0
            high += most
        return Interval(int(low), high if high == INFINITE else int(high))

    def why(self, world: World, env: Env, wanted: bool) -> list[Evidence]:
        """Return the best match, or what was looked for and not found."""
        found = self.found(world, env)
        if self.kind == "count":
            return [e for _, inner in found for e in self.where.why(world, inner, True)]
        if found and wanted == (self.kind == "some"):
            return self.best(world, found)
        if found:
            return self.best(world, found)
        looked = []
        ways = ({**env, **own} for own in self.tuples(world))
        for inner in filter(lambda way: distinct(tuple(way.values())), ways):
            looked.extend(self.where.why(world, inner, False))
        names = ", ".join(self.bound.values())
        return [Evidence("absence", names, below=tuple(dict.fromkeys(looked)))]

    def best(self, world: World, found: list[tuple[int, Env]]) -> list[Evidence]:
        """Return what the best match rests on: most certain, shortest, then by ids."""
        ways = []
        for certainty, inner in found:
            evidence = self.where.why(world, inner, True)
            ids = tuple(inner[name].id for name in self.bound)
            ways.append((-certainty, len(evidence), ids, evidence))
        return min(ways, key=lambda way: way[:3])[3]

    @property
    def variables(self) -> frozenset[str]:
        """The variables from around it."""
        return frozenset(self.outer)


def distinct(members: tuple[Member, ...]) -> bool:
    """Say whether all named members differ; the unnamed one stands for any number."""
    named = [(m.entity, m.id) for m in members if m.id != UNNAMED]
    return len(named) == len(set(named))
