"""Statements about members: some, none or a number of them fulfil a condition."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import product

from partnerrules.cases import Member
from partnerrules.cases.case import UNNAMED
from partnerrules.cases.values import INFINITE, Interval
from partnerrules.facts.conditions import Condition, Way
from partnerrules.facts.leaves import About, Test
from partnerrules.facts.spans import Spans, judged
from partnerrules.facts.world import Env, Evidence, World
from partnerrules.packs.builtin import ANSWER

Found = list[tuple[int, Env]]
"""Ways to bind all variables, each with how certainly the condition holds."""


class Members:
    """The members for which a condition holds; shared by all statements about them."""

    def __init__(
        self,
        bound: dict[str, str],
        where: Condition,
        outer: tuple[str, ...],
        entities: dict[str, str],
        joined: bool = False,
    ) -> None:
        self.bound = bound
        """Variable to entity."""
        self.where = where
        self.outer = outer
        """The variables from around it that the condition reads, sorted."""
        self.entities = entities
        """Variable to entity, those from around it included."""
        self.joined = joined
        """Whether the engine finds them, since every way puts two things together."""
        self._names = tuple(bound)
        same = list(entities.values()).count(next(iter(bound.values()), ""))
        self._alone = self._names[0] if len(bound) == 1 and same == 1 else ""

    def found(self, world: World, env: Env) -> Found:
        """Return the members for which the condition holds, at least possibly."""
        key: tuple[object, ...] | None = None
        if world.settled:
            key = (id(self), *[env[name].id for name in env])
            known = world.found.get(key)
            if known is not None:
                return known
        result = self._found(world, env)
        if key is not None:
            world.found[key] = result
        return result

    def _found(self, world: World, env: Env) -> Found:
        if self._sieves and not self.joined:
            return self._sieved(world, env)
        result: Found = []
        holds = self.where.holds
        if self._alone and not self.joined:
            for member in world.members(self.bound[self._alone]):
                inner = {**env, self._alone: member}
                there = 2 if member.id != UNNAMED else existence(world, inner, self._names)
                certainty = there and holds(world, inner)
                if certainty:
                    result.append((min(certainty, there), inner))
            return result
        for own in self._candidates(world, env):
            inner = {**env, **own}
            there = existence(world, inner, self._names)
            certainty = there and holds(world, inner)
            if certainty:
                result.append((min(certainty, there), inner))
        return result

    @cached_property
    def _sieves(self) -> tuple[Test | About, ...]:
        """The parts that judge answers of a case, of which there are many, by one thing alone."""
        if self.entities.get(self._alone) != ANSWER or len(self.where.ways) != 1:
            return ()
        parts = self.where.ways[0].parts
        tests = [one for one in parts if isinstance(one, (Test, About))]
        return tuple([one for one in tests if one.decides == self._alone])

    @cached_property
    def _others(self) -> Way:
        """What else is asked of the answers that the sieves let through."""
        parts = tuple([one for one in self.where.ways[0].parts if one not in self._sieves])
        return Way(parts, parts)

    def _sieved(self, world: World, env: Env) -> Found:
        """Return the same of answers of the case: none is unnamed, and those alike judged once."""
        name, members = self._alone, world.members(ANSWER)
        through: dict[int, int] = {}
        for number, part in enumerate(self._sieves):
            judged: dict[int, int] = {}
            for places in world.alike(part.path.name):
                if not number or not through.keys().isdisjoint(places):
                    certainty = part.holds(world, {name: members[places[0]]})
                    judged.update(dict.fromkeys(places, certainty) if certainty else ())
            if number:
                judged = {one: min(judged[one], c) for one, c in through.items() if one in judged}
            through = judged
        result: Found = []
        for place in sorted(through):
            inner = {**env, name: members[place]}
            least = min(through[place], self._others.holds(world, inner))
            if least:
                result.append((least, inner))
        return result

    def _candidates(self, world: World, env: Env) -> Iterable[Env]:
        if self.joined:
            return world.bindings[id(self)].get(tuple([env[v].id for v in self.outer]), ())
        return self.tuples(world)

    def tuples(self, world: World) -> Iterable[Env]:
        """Return every way to bind its variables, in the order of the case."""
        pools = [world.members(entity) for entity in self.bound.values()]
        return (dict(zip(self.bound, way, strict=True)) for way in product(*pools))

    def looked_at(self, world: World, env: Env) -> list[Env]:
        """Return every way to bind its variables to members that differ from each other."""
        ways = ({**env, **own} for own in self.tuples(world))
        return [inner for inner in ways if existence(world, inner, self._names)]

    def number(self, world: World, found: Found) -> Interval:
        """Return how many there are, the unnamed member standing for all who are not named."""
        low: float = 0
        high: float = 0
        for certainty, env in found:
            least, most = 1, 1.0
            for name in self._names:
                member = env[name]
                if member.id == UNNAMED:
                    more = world.case.collections[member.entity].more
                    before = unnamed_before(env, name, member.entity)
                    least, most = least * (more[0] - before), most * (more[1] - before)
            low += least if certainty == 2 else 0
            high += most
        return Interval(int(low), high if high == INFINITE else int(high))

    def best(self, world: World, found: Found) -> list[Evidence]:
        """Return what the best match rests on: most certain, shortest, then by ids."""
        top = max(certainty for certainty, _ in found)
        ways = []
        for certainty, inner in found:
            if certainty == top:
                evidence = self.where.why(world, inner)
                ways.append((len(evidence), self._by_ids(inner), evidence))
        return min(ways, key=lambda way: way[:2])[2]

    def every(self, world: World, found: Found) -> list[Evidence]:
        """Return what all matches rest on, by the ids of their members."""
        ordered = sorted([inner for _, inner in found], key=self._by_ids)
        return [one for inner in ordered for one in self.where.why(world, inner)]

    def _by_ids(self, inner: Env) -> tuple[tuple[bool, str], ...]:
        ids = [inner[name].id for name in self._names]
        return tuple([(one == UNNAMED, one) for one in ids])

    def absence(self, world: World, env: Env) -> list[Evidence]:
        """Return what was looked for and not found, with what speaks against each way."""
        looked: dict[Evidence, None] = {}
        for inner in self.looked_at(world, env):
            looked.update(dict.fromkeys(self.where.why(world, inner, False)))
        return [world.absence(", ".join(self.bound.values()), tuple(looked))]


def unnamed_before(env: Env, name: str, entity: str) -> int:
    """Return how many unnamed members of an entity are bound before a variable."""
    before = 0
    for other, member in env.items():
        if other == name:
            break
        before += member.id == UNNAMED and member.entity == entity
    return before


def existence(world: World, env: Env, names: Iterable[str]) -> int:
    """Return how certainly the members of the variables are there and differ from all others.

    2 for named members; 1 where an unnamed one need not be there; 0 where a member is bound twice,
    or more unnamed ones are bound than the collection leaves open.
    """
    result = 2
    for name in names:
        member = env[name]
        if member.id == UNNAMED:
            more = world.case.collections[member.entity].more
            before = unnamed_before(env, name, member.entity)
            if more[1] <= before:
                return 0
            if more[0] <= before:
                result = 1
        elif _twice(env, name, member):
            return 0
    return result


def _twice(env: Env, name: str, member: Member) -> bool:
    for other, one in env.items():
        if one.id == member.id and one.entity == member.entity and other != name:
            return True
    return False


class Some:
    """At least one way to bind the members fulfils the condition; negated: none does."""

    def __init__(self, members: Members, negated: bool = False) -> None:
        self.members = members
        self.negated = negated

    def holds(self, world: World, env: Env) -> int:
        """Return the certainty of the best match, or what that leaves of its negation."""
        best = 0
        for certainty, _ in self.members.found(world, env):
            if certainty > best:
                best = certainty
                if best == 2:
                    break
        return 2 - best if self.negated else best

    def why(self, world: World, env: Env) -> list[Evidence]:
        """Return the best match, or what was looked for and not found."""
        found = self.members.found(world, env)
        return self.members.best(world, found) if found else self.members.absence(world, env)

    @property
    def variables(self) -> frozenset[str]:
        """The variables from around it."""
        return frozenset(self.members.outer)


class Count:
    """The number of ways to bind the members lies within bounds."""

    def __init__(self, members: Members, bounds: Spans, negated: bool = False) -> None:
        self.members = members
        self.bounds = bounds
        self.negated = negated

    def holds(self, world: World, env: Env) -> int:
        """Return whether the number lies within the bounds."""
        number = self.members.number(world, self.members.found(world, env))
        found = judged(self.bounds, number.low, number.high)
        return 2 - found if self.negated else found

    def why(self, world: World, env: Env) -> list[Evidence]:
        """Return what all matches rest on."""
        return self.members.every(world, self.members.found(world, env))

    @property
    def variables(self) -> frozenset[str]:
        """The variables from around it."""
        return frozenset(self.members.outer)
