"""Tests on single answers: where an answer is found, and how certainly a test holds of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Any

from partnerrules.cases import Member
from partnerrules.cases.answers import Answer
from partnerrules.cases.case import UNNAMED
from partnerrules.cases.values import Items
from partnerrules.facts.regions import Judge
from partnerrules.facts.truth import FALSE, NEITHER, TRUE, UNKNOWN, plain
from partnerrules.facts.world import Env, Evidence, World


@dataclass(frozen=True)
class Path:
    """Where an answer is found: a fact of the partnership, of a variable, or behind a reference."""

    variable: str
    """Empty for a fact of the partnership."""
    name: str
    """`group.fact`, or the name of the fact of the member."""
    entity: str = ""
    through: str = ""
    """The reference that leads from the variable to the member whose fact it is."""
    target: str = ""
    """The entity that `through` leads to."""

    def found(self, world: World, env: Env) -> list[tuple[Member | None, Answer]]:
        """Return the answers that it may be; more than one only behind an open reference."""
        if not self.variable:
            return [(None, world.answer(self.name))]
        member = env[self.variable]
        if not self.through:
            return [(member, world.member_answer(member, self.name))]
        reference = world.member_answer(member, self.through)
        wanted = set(reference.values or ())
        return [
            (one, world.member_answer(one, self.name))
            for one in world.members(self.target)
            if not wanted or one.id in wanted
        ]

    def evidence(self, world: World, env: Env) -> list[Evidence]:
        """Return the answers as what something rests on."""
        return [
            Evidence("answer", self.name, (member.id,), member.entity, member, answer)
            if member
            else Evidence("answer", self.name, value=answer)
            for member, answer in self.found(world, env)
        ]

    @property
    def variables(self) -> frozenset[str]:
        """The variable, if there is one."""
        return frozenset([self.variable]) if self.variable else frozenset()


@dataclass(frozen=True)
class Test:
    """All tests of one conjunction on one answer."""

    path: Path
    judge: Judge
    satisfiable: bool
    to_variable: str = ""
    """Set where the test is that a reference or list names the member of this variable."""

    def code(self, world: World, env: Env) -> int:
        """Return the truth; where a reference is open, what all its targets agree on."""
        path = self.path
        if not path.variable:
            return self._one(world.answer(path.name), world, env)
        if not path.through:
            return self._one(world.member_answer(env[path.variable], path.name), world, env)
        codes = {self._one(answer, world, env) for _, answer in path.found(world, env)}
        return codes.pop() if len(codes) == 1 else UNKNOWN

    def _one(self, answer: Answer, world: World, env: Env) -> int:
        values = answer.values
        if values is None:
            if answer.status == "not_applicable":
                return NEITHER
            return UNKNOWN if self.satisfiable else FALSE
        judge: Judge = self._names(env) if self.to_variable else self.judge
        first = judge(values[0], world.day)
        if len(values) > 1 and any(judge(value, world.day) != first for value in values[1:]):
            return UNKNOWN
        return plain(first)

    def _names(self, env: Env) -> Judge:
        wanted = env[self.to_variable].id

        def names(value: Any, day: Any) -> int:
            if isinstance(value, Items):
                if wanted in value.must:
                    return 2
                return int(value.may is None or wanted in value.may)
            return 2 if value == wanted else 0

        return names

    def why(self, world: World, env: Env, wanted: bool) -> list[Evidence]:
        """Return the answer."""
        return self.path.evidence(world, env)

    @property
    def variables(self) -> frozenset[str]:
        """The variables of the path and of what it is compared with."""
        return self.path.variables | ({self.to_variable} if self.to_variable else frozenset())


@dataclass(frozen=True)
class About:
    """A test on the answer itself: whether it is missing, its status, whether it has a source."""

    path: Path
    check: Callable[[Answer], int]

    def code(self, world: World, env: Env) -> int:
        """Return the truth; an answer that nobody was asked for may still come."""
        codes = set()
        for _, answer in self.path.found(world, env):
            if answer.status == "not_applicable":
                codes.add(NEITHER)
            else:
                codes.add(UNKNOWN if answer.status == "not_asked" else plain(self.check(answer)))
        return codes.pop() if len(codes) == 1 else UNKNOWN

    def why(self, world: World, env: Env, wanted: bool) -> list[Evidence]:
        """Return the answer."""
        return self.path.evidence(world, env)

    @property
    def variables(self) -> frozenset[str]:
        """The variables of the path."""
        return self.path.variables


@dataclass(frozen=True)
class Comparison:
    """One answer compared with another."""

    left: Path
    right: Path
    compare: Callable[[Any, Any], int]
    """Takes two values; returns 0, 1 or 2."""

    def code(self, world: World, env: Env) -> int:
        """Return the truth over all values that both sides may have."""
        codes = {
            self._one(left, right)
            for _, left in self.left.found(world, env)
            for _, right in self.right.found(world, env)
        }
        return codes.pop() if len(codes) == 1 else UNKNOWN

    def _one(self, left: Answer, right: Answer) -> int:
        if "not_applicable" in (left.status, right.status):
            return NEITHER
        if left.values is None or right.values is None:
            return UNKNOWN
        found = {self.compare(a, b) for a, b in product(left.values, right.values)}
        return plain(found.pop()) if len(found) == 1 else UNKNOWN

    def why(self, world: World, env: Env, wanted: bool) -> list[Evidence]:
        """Return both answers."""
        return [*self.left.evidence(world, env), *self.right.evidence(world, env)]

    @property
    def variables(self) -> frozenset[str]:
        """The variables of both sides."""
        return self.left.variables | self.right.variables


@dataclass(frozen=True)
class IsMember:
    """Whether a variable is one of the members named by id."""

    variable: str
    ids: frozenset[str]
    negate: bool = False

    def code(self, world: World, env: Env) -> int:
        """Return the truth; nothing is known about the unnamed member."""
        member = env[self.variable].id
        if member == UNNAMED:
            return UNKNOWN
        return TRUE if (member in self.ids) != self.negate else FALSE

    def why(self, world: World, env: Env, wanted: bool) -> list[Evidence]:
        """Return nothing: the member itself is the subject."""
        return []

    @property
    def variables(self) -> frozenset[str]:
        """The variable."""
        return frozenset([self.variable])
