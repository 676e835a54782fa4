"""Where an answer is found: at the partnership, at a member, or behind a reference."""

from __future__ import annotations

from partnerrules.cases import Member
from partnerrules.cases.answers import NOT_APPLICABLE, NOT_ASKED, Answer
from partnerrules.cases.values import Value
from partnerrules.facts.world import Env, Evidence, World


class Path(Value):
    """A fact of the partnership, of a variable's member, or of one that the member refers to."""

    __slots__ = ("entity", "name", "target", "through", "variable")

    def __init__(
        self, variable: str, name: str, entity: str = "", through: str = "", target: str = ""
    ) -> None:
        self.variable = variable
        """Empty for a fact of the partnership."""
        self.name = name
        """`group.fact`, or the name of the fact of the member."""
        self.entity = entity
        self.through = through
        """The reference that leads from the variable to the member whose fact it is."""
        self.target = target
        """The entity that `through` leads to."""

    @property
    def alone(self) -> str:
        """The variable, where the fact is that of its member and not of one behind it."""
        return "" if self.through else self.variable

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

    def read(self, world: World, env: Env) -> tuple[Answer, bool]:
        """Return all that may be answered as one answer, and whether it surely applies."""
        answers = self.answers(world, env)
        there = [one for one in answers if one.status != "not_applicable"]
        if len(answers) == 1 or not there:
            return answers[0], True
        values = [value for one in there for value in one.values or ()]
        known = all(one.values is not None for one in there)
        answer = Answer("disputed", tuple(dict.fromkeys(values))) if known else NOT_ASKED
        return answer, len(there) == len(answers)

    def evidence(self, world: World, env: Env) -> list[Evidence]:
        """Return the answers as what something rests on, the reference before what lies behind."""
        member = env[self.variable] if self.variable else None
        if not self.through:
            return [world.evidence(member, self.name)]
        behind = [world.evidence(one, self.name) for one, _ in self.found(world, env)]
        return [world.evidence(member, self.through), *behind]

    @property
    def variables(self) -> frozenset[str]:
        """The variable, if there is one."""
        return frozenset([self.variable]) if self.variable else frozenset()
