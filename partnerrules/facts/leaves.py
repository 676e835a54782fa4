"""Tests on answers: how certainly they hold, and what they rest on."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

from partnerrules.cases import Member
from partnerrules.cases.answers import NOT_ASKED, Answer
from partnerrules.cases.case import UNNAMED
from partnerrules.cases.values import Value
from partnerrules.facts.paths import Path
from partnerrules.facts.regions import Region, region, table, words_let_through
from partnerrules.facts.world import Env, Evidence, World
from partnerrules.packs.models import Fact


class Variable(Value):
    """Stands in a test for the member that a variable is bound to."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name


class Test:
    """All tests that one way has on one answer."""

    def __init__(
        self,
        path: Path,
        fact: Fact,
        tests: tuple[tuple[str, Any], ...],
        region: Region | None = None,
        named: tuple[str, ...] = (),
        links: tuple[str, ...] = (),
    ) -> None:
        self.path = path
        self.fact = fact
        self.tests = tests
        self.region = region
        """What is let through; None where that depends on variables or on members of the case."""
        self.named = named
        """All variables that the tests name."""
        self.links = links
        """The variables whose members the answer must name."""
        self.known = table(fact, region) if region is not None else None
        """For words of which there are few: how each is judged."""
        one = tests[0][1] if named and len(tests) == 1 and fact.type == "references" else None
        self.decides = "" if region is None else path.alone
        """The variable whose member's answer decides by itself, if one does."""
        self.link = one.name if isinstance(one, Variable) else ""
        """The variable, where the one test is that a list has, or lacks, its member."""
        self._unsaid: int | None = None
        """What it comes to where nothing is said, once that is known and always the same."""

    def holds(self, world: World, env: Env) -> int:
        """Return how certainly all tests pass."""
        path = self.path
        if path.through:
            found = {self._one(answer, world, env) for answer in path.answers(world, env)}
            return found.pop() if len(found) == 1 else 1
        # As the world looks it up, without the call: most of a chain is this.
        if path.variable:
            member = env[path.variable]
            answer = member.answers.get(path.name) or world.member_answer(member, path.name)
        else:
            answer = world.answers.get(path.name, NOT_ASKED)
        values = answer.values
        if values is None:
            if self._unsaid is not None and answer.status != "not_applicable":
                return self._unsaid
        elif self.known is not None and len(values) == 1:
            return self.known[values[0]]
        return self._one(answer, world, env)

    def _one(self, answer: Answer, world: World, env: Env) -> int:
        values = answer.values
        if values is None and answer.status == "not_applicable":
            return 0
        if self.link:
            return self._linked(values, env[self.link])
        if self.region is None and self.fact.type == "reference":
            return self._reference(values, world, env)
        through = self.region
        if through is None:
            through = region(self.fact, _resolved(self.tests, env), world.most_named(self.fact))
        if values is None:
            possible = int(through.possible(world.day))
            if self.region is not None and self.fact.type != "date":
                self._unsaid = possible
            return possible
        judge, day = through.judge, world.day
        first = judge(values[0], day)
        for value in values[1:]:
            if judge(value, day) != first:
                return 1
        return first

    def _linked(self, values: tuple[Any, ...] | None, member: Member) -> int:
        """Judge whether lists name a member; the unnamed one may stand in an open list only."""
        if values is None:
            return 1
        name = member.id
        found = {
            2 if name in v.must else 1 if v.may is None or name in v.may else 0 for v in values
        }
        code = found.pop() if len(found) == 1 else 1
        return code if self.links else 2 - code

    def _reference(self, values: tuple[Any, ...] | None, world: World, env: Env) -> int:
        allowed, refused = words_let_through(_resolved(self.tests, env))
        if values is not None:
            fits = [(allowed is None or v in allowed) and v not in refused for v in values]
            return 2 * all(fits) or int(any(fits))
        if allowed is not None:
            return int(bool((allowed - refused) & self._targets(world, allowed)))
        return int(bool(self._targets(world, refused) - refused))

    def _targets(self, world: World, named: set[Any]) -> set[str]:
        """Return all that a reference may name; those bound as unnamed among `named` count."""
        collection = world.case.collections[self.fact.to]
        found = {member.id for member in collection.members}
        unnamed = {name for name in named if name.startswith(UNNAMED)}
        further = {UNNAMED} if collection.more[1] > len(unnamed) else set()
        return found | unnamed | further

    def why(self, world: World, env: Env) -> list[Evidence]:
        """Return the answers."""
        return self.path.evidence(world, env)

    @property
    def variables(self) -> frozenset[str]:
        """The variables of the path and of what it is compared with."""
        return self.path.variables.union(self.named)


def make_test(path: Path, fact: Fact, tests: tuple[tuple[str, Any], ...]) -> Test:
    """Return the tests of one way on one answer, taken together."""
    if fact.type == "reference":
        return Test(path, fact, tests, None, *_named(tests))
    if fact.type == "references":
        named, links = _named(tests)
        if named or any("size" in name for name, _ in tests):
            return Test(path, fact, tests, None, named, links)
    return Test(path, fact, tests, region(fact, tests))


def _named(tests: tuple[tuple[str, Any], ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the variables that tests name, and those whose members the answer must name."""
    named: dict[str, None] = {}
    links: dict[str, None] = {}
    for name, operand in tests:
        for one in operand if isinstance(operand, list) else [operand]:
            if isinstance(one, Variable):
                named[one.name] = None
                if name in ("has", "has_all") or (name == "is" and one is operand):
                    links[one.name] = None
    return tuple(named), tuple(links)


def _resolved(tests: tuple[tuple[str, Any], ...], env: Env) -> list[tuple[str, Any]]:
    return [(name, _members(operand, env)) for name, operand in tests]


def _members(operand: Any, env: Env) -> Any:
    if isinstance(operand, list):
        return [_members(one, env) for one in operand]
    if not isinstance(operand, Variable):
        return operand
    member = env[operand.name].id
    # Two variables that are bound to unnamed members are bound to different ones.
    return f"{UNNAMED}{operand.name}" if member == UNNAMED else member


class About:
    """A test on the answer itself: whether it is missing, its status, whether it has a source."""

    def __init__(
        self,
        path: Path,
        check: Callable[[Answer], int],
        negated: bool = False,
        status: bool = False,
    ) -> None:
        self.path = path
        self.check = check
        self.negated = negated
        self.status = status
        self.decides = path.alone
        """Whether the status itself is compared, so that not applicable is one among others."""

    def holds(self, world: World, env: Env) -> int:
        """Return how certainly; an answer that nobody was asked for may still come."""
        found = {self._one(answer) for answer in self.path.answers(world, env)}
        return found.pop() if len(found) == 1 else 1

    def _one(self, answer: Answer) -> int:
        if answer.status == "not_applicable" and not self.status:
            return 0
        found = self.check(answer)
        return 2 - found if self.negated else found

    def why(self, world: World, env: Env) -> list[Evidence]:
        """Return the answer."""
        return self.path.evidence(world, env)

    @property
    def variables(self) -> frozenset[str]:
        """The variables of the path."""
        return self.path.variables


class Comparison:
    """One answer compared with another."""

    def __init__(
        self, left: Path, right: Path, compare: Callable[[Any, Any], int], negated: bool = False
    ) -> None:
        self.left = left
        self.right = right
        self.compare = compare
        """Takes two values; returns 0, 1 or 2."""
        self.negated = negated

    def holds(self, world: World, env: Env) -> int:
        """Return how certainly, over all values that both sides may have."""
        found = {
            self._one(left, right)
            for left in self.left.answers(world, env)
            for right in self.right.answers(world, env)
        }
        return found.pop() if len(found) == 1 else 1

    def _one(self, left: Answer, right: Answer) -> int:
        if "not_applicable" in (left.status, right.status):
            return 0
        if left.values is None or right.values is None:
            return 1
        found = {self.compare(a, b) for a, b in product(left.values, right.values)}
        code = found.pop() if len(found) == 1 else 1
        return 2 - code if self.negated else code

    def why(self, world: World, env: Env) -> list[Evidence]:
        """Return both answers."""
        return [*self.left.evidence(world, env), *self.right.evidence(world, env)]

    @property
    def variables(self) -> frozenset[str]:
        """The variables of both sides."""
        return self.left.variables | self.right.variables


class IsMember:
    """Whether a variable is one of the members named by id."""

    def __init__(self, variable: str, ids: frozenset[str], negated: bool = False) -> None:
        self.variable = variable
        self.ids = ids
        self.negated = negated

    def holds(self, world: World, env: Env) -> int:
        """Return whether it is; nothing is known about the unnamed member."""
        member = env[self.variable].id
        if member == UNNAMED:
            return 1
        return 2 * ((member in self.ids) != self.negated)

    def why(self, world: World, env: Env) -> list[Evidence]:
        """Return nothing: the member itself is the subject."""
        return []

    @property
    def variables(self) -> frozenset[str]:
        """The variable."""
        return frozenset([self.variable])
