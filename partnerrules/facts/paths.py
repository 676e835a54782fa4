"""Where an answer is found: at the partnership, at a member, or behind a reference."""

from __future__ import annotations

from dataclasses import dataclass

from partnerrules.cases import Member
from partnerrules.cases.answers import NOT_APPLICABLE, Answer
from partnerrules.cases.values import Items
from partnerrules.facts.world import Env, Evidence, World


@dataclass(frozen=True)
class Path:
    """A fact of the partnership, of a variable's member, or of one that the member refers to."""

    variable: str
    """Empty for a fact of the partnership."""
    name: str
    """`group.fact`, or the name of the fact of the member."""
    entity: str = ""
    through: str = ""
    """The reference that leads from the variable to the member whose fact it is."""
    target: str = ""
    """The entity that `through` leads to."""

    def answer(self, world: World, env: Env) -> Answer:
        """Return the answer; only for a path that goes through no reference."""
        if not self.variable:
            return world.answer(self.name)
        return world.member_answer(env[self.variable], self.name)

    def found(self, world: World, env: Env) -> list[tuple[Member | None, Answer]]:
        """Return the answers that it may be; more than one only behind an open reference."""
        if not self.variable:
            return [(None, world.answer(self.name))]
        member = env[self.variable]
        if not self.through:
            return [(member, world.member_answer(member, self.name))]
        reference = world.member_answer(member, self.through)
        if reference.status == "not_applicable":
            return []
        wanted = None if reference.values is None else set(reference.values)
        return [
            (one, world.member_answer(one, self.name))
            for one in world.members(self.target)
            if wanted is None or one.id in wanted
        ]

    def answers(self, world: World, env: Env) -> list[Answer]:
        """Return the answers that it may be; where nothing is referred to, it does not apply."""
        return [answer for _, answer in self.found(world, env)] or [NOT_APPLICABLE]

    def evidence(self, world: World, env: Env) -> list[Evidence]:
        """Return the answers as what something rests on, the reference before what lies behind."""
        if not self.through:
            ((member, answer),) = self.found(world, env)
            return [_evidence(self.name, member, answer)]
        member = env[self.variable]
        reference = world.member_answer(member, self.through)
        behind = [_evidence(self.name, one, answer) for one, answer in self.found(world, env)]
        return [_evidence(self.through, member, reference), *behind]

    @property
    def variables(self) -> frozenset[str]:
        """The variable, if there is one."""
        return frozenset([self.variable]) if self.variable else frozenset()


def _evidence(name: str, member: Member | None, answer: Answer) -> Evidence:
    drawn = _size(answer) if answer.basis == "derived" else 0
    if member is None:
        return Evidence("answer", name, value=answer, drawn=drawn)
    return Evidence("answer", name, (member.id,), member.entity, member, answer, drawn)


def _size(answer: Answer) -> int:
    return sum(len(v.must) + len(v.may or ()) for v in answer.values or () if isinstance(v, Items))
