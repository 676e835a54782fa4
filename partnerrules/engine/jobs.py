"""The jobs of the engine: what puts two things together, as patterns and tokens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

from partnerrules.cases import Member
from partnerrules.cases.case import UNNAMED
from partnerrules.cases.values import Items
from partnerrules.facts.conditions import Compiler
from partnerrules.facts.leaves import Path, Test
from partnerrules.facts.nodes import All, Linked, Node, Verdict
from partnerrules.facts.quantifiers import Quantifier
from partnerrules.facts.truth import holds
from partnerrules.facts.world import World


@dataclass(frozen=True, eq=False)
class MemberPlace:
    """A pattern that takes members of one entity."""

    variable: str
    entity: str
    fields: tuple[tuple[Path, str], ...]
    """References that name the member of another variable."""
    local: tuple[Node, ...]
    """Conditions on this member alone; it becomes a token where none of them is false."""
    key: tuple[Any, ...]

    @property
    def slots(self) -> tuple[str, ...]:
        """The variables that the values of a token are bound to."""
        return (self.variable, *(variable for _, variable in self.fields))

    def tokens(self, world: World) -> Iterator[tuple[tuple[str, ...], Member]]:
        """Yield the values of each token, with the member that it stands for."""
        for member in world.members(self.entity):
            env = {self.variable: member}
            if all(holds(part.code(world, env)) for part in self.local):
                pools = [self._values(world, member, path) for path, _ in self.fields]
                for values in product(*pools):
                    yield (member.id, *values), member

    def _values(self, world: World, member: Member, path: Path) -> list[str]:
        answer = world.member_answer(member, path.name)
        if answer.status == "not_applicable":
            return []
        if answer.values is None or any(
            isinstance(v, Items) and v.may is None for v in answer.values
        ):
            target = world.case.collections
            entity = self._target(world, path)
            return [m.id for m in world.members(entity)] if entity in target else []
        found: set[str] = set()
        for value in answer.values:
            found |= (value.may or set()) if isinstance(value, Items) else {value}
        return sorted(found)

    def _target(self, world: World, path: Path) -> str:
        return path.target or self.targets[path.name]

    targets: Mapping[str, str] = None  # type: ignore[assignment]


@dataclass(frozen=True, eq=False)
class VerdictPlace:
    """A pattern that takes conclusions of one rule."""

    verdict: Verdict
    key: tuple[Any, ...]

    @property
    def slots(self) -> tuple[str, ...]:
        """The variables of the subject."""
        return self.verdict.subject

    def tokens(self, world: World) -> Iterator[tuple[tuple[str, ...], None]]:
        """Yield the subjects about which the rule has concluded enough."""
        verdict = self.verdict
        for subject, standing in world.standing.get(verdict.rule, {}).items():
            if verdict.kind == "sound":
                found = standing.sound
            else:
                found = world.level(verdict.rule, subject, verdict.at_least)
            if found:
                yield subject, None


Place = MemberPlace | VerdictPlace


@dataclass(frozen=True, eq=False)
class JobPlan:
    """One job: the part of a condition that it serves, and the places of its patterns."""

    node: Quantifier | Linked
    places: tuple[Place, ...]
    own: tuple[str, ...]
    """The variables that the node binds itself."""

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


def plan_jobs(compiler: Compiler, scope: Mapping[str, str]) -> tuple[JobPlan, ...]:
    """Return a job for each part of the conditions that puts two things together."""
    scopes = dict(scope)
    for node in compiler.quantifiers:
        scopes.update(node.bound)
    quantified = [_quantified(compiler, q, scopes) for q in compiler.quantifiers if q.joined]
    linked = [
        JobPlan(one, (*_outer(one.outer, scopes), *map(_verdict_place, one.verdicts)), ())
        for one in compiler.linked
    ]
    return (*quantified, *linked)


def _quantified(compiler: Compiler, node: Quantifier, scopes: Mapping[str, str]) -> JobPlan:
    parts = node.where.parts if isinstance(node.where, All) else (node.where,)
    scopes = {**scopes, **node.bound}
    places: list[Place] = list(_outer(node.outer, scopes))
    for name, entity in node.bound.items():
        facts = compiler.library.entities[entity].facts
        joins = [
            part
            for part in parts
            if isinstance(part, Test)
            and part.to_variable
            and part.to_variable != name
            and part.path.variable == name
            and not part.path.through
        ]
        fields = tuple((part.path, part.to_variable) for part in joins)
        local = tuple(part for part in parts if part.variables <= {name} and not _relational(part))
        targets = {key: fact.to for key, fact in facts.items()}
        places.append(MemberPlace(name, entity, fields, local, (id(node), name), targets))
    for part in parts:
        if isinstance(part, Verdict):
            places.append(_verdict_place(part))
        elif isinstance(part, Linked):
            places.extend(map(_verdict_place, part.verdicts))
    return JobPlan(node, tuple(places), tuple(node.bound))


def _relational(node: Node) -> bool:
    if isinstance(node, (Quantifier, Linked, Verdict)):
        return True
    inner = getattr(node, "part", None)
    if inner is not None:
        return _relational(inner)
    return any(_relational(part) for part in getattr(node, "parts", ()))


def _outer(names: tuple[str, ...], scopes: Mapping[str, str]) -> list[MemberPlace]:
    return [MemberPlace(name, scopes[name], (), (), ("all", scopes[name])) for name in names]


def _verdict_place(verdict: Verdict) -> VerdictPlace:
    return VerdictPlace(verdict, ("verdict", verdict.rule, verdict.at_least, verdict.kind))


__all__ = ["UNNAMED", "JobPlan", "MemberPlace", "VerdictPlace", "plan_jobs"]
