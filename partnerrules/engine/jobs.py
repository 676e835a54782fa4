"""The jobs of the engine: what puts two things together, as patterns and tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import product
from typing import Any

from partnerrules.cases import Member
from partnerrules.cases.answers import Answer
from partnerrules.cases.values import Items
from partnerrules.facts.compiler import Compiler, verdicts_of
from partnerrules.facts.conditions import Linked, Part, Verdict, Way
from partnerrules.facts.leaves import About, Comparison, IsMember, Test
from partnerrules.facts.members import Members
from partnerrules.facts.world import World


class MemberPlace:
    """A pattern that takes members of one entity."""

    def __init__(
        self,
        variable: str,
        entity: str,
        fields: tuple[tuple[str, str, str], ...],
        local: tuple[Part, ...],
        key: tuple[Any, ...],
    ) -> None:
        self.variable = variable
        self.entity = entity
        self.fields = fields
        """References that name the member of another variable: fact, its entity, the variable."""
        self.local = local
        """Tests on this member alone; it becomes a token where all of them may hold."""
        self.key = key
        """What tells tokens apart; places with one key take the same ones."""

    @property
    def slots(self) -> tuple[str, ...]:
        """The variables that the values of a token are bound to."""
        return (self.variable, *(variable for _, _, variable in self.fields))

    def tokens(self, world: World) -> Iterator[tuple[tuple[str, ...], Member]]:
        """Yield the values of each token, with the member that it stands for."""
        local, fields = self.local, self.fields
        for member in world.members(self.entity):
            env = {self.variable: member}
            if all(part.holds(world, env) for part in local):
                if not fields:
                    yield (member.id,), member
                    continue
                pools = [
                    _values(world, world.member_answer(member, name), entity)
                    for name, entity, _ in fields
                ]
                for values in product(*pools):
                    yield (member.id, *values), member


def _values(world: World, answer: Answer, entity: str) -> list[str]:
    """Return all members that an answer may name."""
    if answer.status == "not_applicable":
        return []
    values = answer.values
    if values is None or any(isinstance(v, Items) and v.may is None for v in values):
        return [member.id for member in world.members(entity)]
    found: set[str] = set()
    for value in values:
        found |= (value.may or set()) if isinstance(value, Items) else {value}
    return sorted(found)


class VerdictPlace:
    """A pattern that takes conclusions of one rule."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict

    @property
    def key(self) -> tuple[Any, ...]:
        """What tells tokens apart."""
        return ("verdict", self.verdict.rule, self.verdict.at_least, self.verdict.kind)

    @property
    def slots(self) -> tuple[str, ...]:
        """The variables of the subject."""
        return self.verdict.subject

    def tokens(self, world: World) -> Iterator[tuple[tuple[str, ...], None]]:
        """Yield the subjects about which the rule has concluded enough."""
        for subject in world.standing.get(self.verdict.rule, {}):
            if self.verdict.concluded(world, subject):
                yield subject, None


Place = MemberPlace | VerdictPlace


class JobPlan:
    """One job: the part of a condition that it serves, and the places of its patterns."""

    def __init__(
        self, node: Members | Linked, places: tuple[Place, ...], own: tuple[str, ...]
    ) -> None:
        self.node = node
        self.places = places
        self.own = own
        """The variables whose members are looked for."""

    @cached_property
    def own_places(self) -> tuple[int, ...]:
        """The place that binds each of its own variables."""
        return self._binding(self.own)

    @cached_property
    def outer_places(self) -> tuple[int, ...]:
        """The place that binds each variable from around it."""
        return self._binding(self.node.outer)

    def _binding(self, names: tuple[str, ...]) -> tuple[int, ...]:
        firsts = [p.slots[0] if isinstance(p, MemberPlace) else "" for p in self.places]
        return tuple(firsts.index(name) for name in names)


def plan_jobs(compiler: Compiler) -> tuple[JobPlan, ...]:
    """Return a job for each way of a condition that puts two things together."""
    plans = [
        JobPlan(members, tuple(_places(members, way)), tuple(members.bound))
        for members in compiler.members
        if members.joined
        for way in members.where.ways
    ]
    for linked in compiler.linked.values():
        entities = _entities(compiler, linked)
        around = (_member_place(name, entities[name], (), entities) for name in linked.outer)
        plans.append(JobPlan(linked, (*around, *map(VerdictPlace, linked.verdicts)), ()))
    return tuple(plans)


def _entities(compiler: Compiler, linked: Linked) -> dict[str, str]:
    rules = compiler.library.rules
    return {
        name: entity
        for verdict in linked.verdicts
        for name, entity in zip(verdict.subject, rules[verdict.rule].for_each.values(), strict=True)
    }


def _places(members: Members, way: Way) -> Iterator[Place]:
    for name in (*members.outer, *members.bound):
        yield _member_place(name, members.entities[name], way.written, members.entities)
    yield from map(VerdictPlace, verdicts_of(way))


def _member_place(
    name: str, entity: str, parts: Iterable[Part], entities: dict[str, str]
) -> MemberPlace:
    fields: list[tuple[str, str, str]] = []
    local = []
    for part in parts:
        if isinstance(part, Test) and part.path.variable == name and not part.path.through:
            links = [one for one in part.links if one != name]
            fields.extend((part.path.name, entities[one], one) for one in links)
        # What looks at other members is judged on the match: they may not be found yet.
        if isinstance(part, (Test, About, Comparison, IsMember)) and part.variables == {name}:
            local.append(part)
    signature = tuple(_signature(part) for part in local)
    key = (entity, tuple(fact for fact, _, _ in fields), *signature)
    return MemberPlace(name, entity, tuple(fields), tuple(local), key)


def _signature(part: Part) -> object:
    """Return what is the same for parts that let the same members through."""
    if isinstance(part, Test) and not part.named:
        return (part.path.name, part.path.through, repr(part.tests))
    if isinstance(part, IsMember):
        return (part.ids, part.negated)
    return id(part)


__all__ = ["JobPlan", "MemberPlace", "Place", "VerdictPlace", "plan_jobs"]
