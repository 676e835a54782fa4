"""All worlds of a case, and small cases that do not have too many of them.

A world fills in all that is unknown: an answer that is not known with each value that the tests of
the program tell apart, a range likewise, different answers with each of them, an open collection
with none, one or two further members and all of their answers. What does not apply stays so.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cases_made import CaseMaker
from domains import Roster, values_of
from generator import Program, ProgramMaker, read_case
from language import operators
from vocabulary import ENTITIES
from worlds import GROUPS, Owner, Rules, World, words_of

from partnerrules.cases.answers import NOT_ASKED, Answer
from partnerrules.cases.case import Case
from partnerrules.packs.models import Fact

FURTHER = 2
"""As many members are added to an open collection at most."""
Key = tuple[Owner, str]


@dataclass
class Plan:
    """The worlds that have the same members."""

    members: dict[str, list[str]]
    pools: dict[Key, list[Any]]

    @property
    def number(self) -> int:
        """How many worlds there are."""
        number = 1
        for pool in self.pools.values():
            number *= len(pool)
        return number


class Worlds:
    """The worlds of the cases of one program."""

    def __init__(self, program: Program) -> None:
        self.library = program.library()
        self.rules = Rules(self.library)
        said = [self.library.stages, program.rules, program.measures]
        self.read = words_of(said)
        self.tests: dict[str, list[tuple[str, Any]]] = {}
        self._collect(said)

    def _collect(self, said: Any) -> None:
        """Put down all tests by the fact on which they are, so that every outcome can be met."""
        if isinstance(said, list):
            for one in said:
                self._collect(one)
        if isinstance(said, dict):
            for key, body in said.items():
                self._collect(body)
                if "." in key:
                    tests = [(op, 3 if arg == "$three" else arg) for op, arg in operators(body)]
                    self.tests.setdefault(key.rpartition(".")[2], []).extend(tests)

    def plans(self, case: Case) -> list[Plan]:
        """Return the worlds by the members that they have."""
        rosters = []
        for collection in case.collections.values():
            named = [member.id for member in collection.members]
            least, most = collection.more
            numbers = range(least, int(min(most, max(least, FURTHER))) + 1)
            rosters.append([[*named, *(f"+{n}" for n in range(many))] for many in numbers])
        found = []
        for choice in itertools.product(*rosters):
            members = dict(zip(case.collections, choice, strict=True))
            found.append(Plan(members, dict(self._pools(case, members))))
        return found

    def _pools(self, case: Case, members: dict[str, list[str]]) -> Iterator[tuple[Key, list[Any]]]:
        for name, fact in self.library.group_facts["g"].items():
            if not fact.derived:
                answer = case.answers.get(f"g.{name}", NOT_ASKED)
                yield (GROUPS, f"g.{name}"), self._pool(case, name, fact, answer, members)
        for entity, ids in members.items():
            answers = {m.id: m.answers for m in case.collections[entity].members}
            for one in ids:
                for name, fact in self.library.entities[entity].facts.items():
                    if not fact.derived:
                        answer = answers.get(one, {}).get(name, NOT_ASKED)
                        yield ((entity, one), name), self._pool(case, name, fact, answer, members)

    def _pool(
        self, case: Case, name: str, fact: Fact, answer: Answer, members: dict[str, list[str]]
    ) -> list[Any]:
        if name not in self.read or answer.status == "not_applicable":
            return [None]
        roster = Roster(tuple(members.get(fact.to, ())))
        tests = self.tests.get(name, ())
        pool = values_of(fact, answer.values, tests, roster, case.assessed_on)
        # Who is referred to is there: without members there is no such world, or no such answer.
        empty: list[Any] = [] if fact.to and case.collections[fact.to].more[1] else [None]
        return list(dict.fromkeys(pool)) or empty

    def of(self, case: Case) -> Iterator[World]:
        """Go through all worlds of a case."""
        for plan in self.plans(case):
            for chosen in itertools.product(*plan.pools.values()):
                values = dict(zip(plan.pools, chosen, strict=True))
                yield World(self.rules, case.assessed_on, plan.members, values)

    def small_case(self, rng: random.Random, most: int) -> dict[str, Any]:
        """Make a case and settle one thing after another until there are at most so many worlds."""
        raw, _ = CaseMaker(rng, tiny=True).make()
        for collection in ENTITIES.values():
            block = raw.setdefault(collection, {"complete": False, "items": []})
            if isinstance(block, dict) and rng.random() < 0.75:
                block["at_most"] = min(block.get("at_most", 9), len(block["items"]) + FURTHER)
        while True:
            plans = self.plans(read_case(raw))
            if sum(plan.number for plan in plans) <= most:
                return raw
            pools = {k: pool for k, pool in plans[0].pools.items() if k[0][1][:1] != "+"}
            wide = [key for key, pool in pools.items() if len(pool) > 1]
            opened = [one for one in ENTITIES.values() if isinstance(raw[one], dict)]
            choice = rng.choice([*opened, *wide])
            if isinstance(choice, str):
                raw[choice] = raw[choice]["items"]
            else:
                self._settle(
                    raw, choice, rng.choice([v for v in pools[choice] if "+" not in repr(v)])
                )

    def _settle(self, raw: dict[str, Any], key: Key, value: Any) -> None:
        (entity, member), name = key
        owner = raw["g"]
        if entity:
            block = raw[ENTITIES[entity]]
            items = block["items"] if isinstance(block, dict) else block
            owner = next(item for item in items if item["id"] == member)
        owner[name.rpartition(".")[2]] = _said(value)


def _said(value: Any) -> Any:
    """Return a value as a case file says it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset):
        return sorted(value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, tuple):
        return "Four"
    if isinstance(value, str):
        return value
    return int(value) if value == int(value) else float(value)


def small_program(rng: random.Random) -> Program:
    """Make a program of a few rules."""
    return ProgramMaker(rng, tiny=True).make()
