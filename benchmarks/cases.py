"""Made-up case files, of about 150 lines or as many as wanted, the same for the same seed."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from partnerrules.packs import Library
from partnerrules.packs.models import Fact

LINES = 150
KNOWN = (0.95, 0.5, 0.05)
"""How much is known, in turn: nearly all, half, nearly nothing."""
_UNKNOWN = ("dont_know", "dont_know", "not_asked", "declined", "no_evidence_found")
_MEMBERS = {"partner": 4, "region": 2}


def made_up(
    library: Library, number: int, *, lines: int = LINES, seed: int = 2026, name: str = "case"
) -> Iterator[str]:
    """Yield the texts of case files; where the questions do not suffice they have more members."""
    chance = random.Random(seed)
    members = members_for(library, lines)
    for one in range(number):
        writer = _Writer(library, chance, KNOWN[one % len(KNOWN)], members)
        yield writer.case(f"{name}-{one}", lines)


def answered(library: Library, name: str, known: float, members: Mapping[str, int]) -> str:
    """Return a case in which every question is asked, with so many members of each entity."""
    writer = _Writer(library, random.Random(name), known, members)
    return writer.case(name, len(writer.every) * 2)


def members_for(library: Library, lines: int) -> dict[str, int]:
    """Return how many members of each entity give a case of so many lines."""
    names = library.collections.values()
    for times in count(1):
        members = {name: times * _MEMBERS.get(name, 2) for name in names}
        writer = _Writer(library, random.Random(0), 1.0, members)
        if len(writer.every) >= lines or len(writer.lines("any")) >= lines:
            return members
    raise AssertionError


class _Writer:
    """Writes one case file."""

    def __init__(
        self, library: Library, chance: random.Random, known: float, members: Mapping[str, int]
    ) -> None:
        self.library = library
        self.chance = chance
        self.known = known
        self.lists = sorted(library.collections.items())
        self.ids = {name: list(entity.members) for name, entity in library.entities.items()}
        for _, entity in self.lists:
            self.ids[entity] = [f"{entity}-{n}" for n in range(members[entity])]
        self.every = self._every()
        self.asked = set(self.every)
        """Owner (a group, or the id of a member) and fact, of all questions that are asked."""

    def _every(self) -> list[tuple[str, str]]:
        facts = {owner: one for owner, one in self.library.group_facts.items() if owner}
        for _, entity in self.lists:
            facts |= dict.fromkeys(self.ids[entity], self.library.entities[entity].facts)
        return [
            (owner, fact) for owner, one in facts.items() for fact in one if not one[fact].derived
        ]

    def case(self, name: str, lines: int) -> str:
        """Return a case of so many lines, in which some of all questions are asked."""
        every = self.every
        self.asked = set(every)
        headings = len(self.lines(name)) - len(every)
        self.asked = set(self.chance.sample(every, min(lines - headings, len(every))))
        return "\n".join(self.lines(name)) + "\n"

    def lines(self, name: str) -> list[str]:
        """Return the lines of a case in which what is `asked` has answers."""
        lines = ["schema: partnerrules.case/1", f"case: {name}", "assessed_on: 2026-06-30"]
        for path, entity in self.lists:
            if "." not in path:
                lines += [f"{path}:", *self._members(entity, "  ")]
        for group, facts in self.library.group_facts.items():
            below = [f"  {line}" for line in self._answers(group, facts)]
            for path, entity in self.lists:
                if path.startswith(f"{group}."):
                    below += [f"  {path.partition('.')[2]}:", *self._members(entity, "    ")]
            lines += [f"{group}:", *below] if below else []
        return lines

    def _members(self, entity: str, indent: str) -> Iterator[str]:
        facts = self.library.entities[entity].facts
        for identifier in self.ids[entity]:
            yield f"{indent}- id: {identifier}"
            yield from (f"{indent}  {line}" for line in self._answers(identifier, facts))

    def _answers(self, owner: str, facts: Mapping[str, Fact]) -> Iterator[str]:
        for name, fact in facts.items():
            if (owner, name) not in self.asked:
                continue
            if self.chance.random() >= self.known:
                said = self.chance.choice(_UNKNOWN)
                yield f"{name}: {{status: dont_know}}" if fact.type == "text" else f"{name}: {said}"
                continue
            value = json.dumps(self._value(fact))
            if self.chance.random() < 0.5:
                value = (
                    f'{{value: {value}, source: "minutes of May", '
                    f"respondent: R{self.chance.randint(1, 5)}, date: 2026-05}}"
                )
            yield f"{name}: {value}"

    def _value(self, fact: Fact) -> Any:
        chance, kind = self.chance, fact.type
        if kind == "yes_no":
            return chance.choice(["yes", "no"])
        if kind == "choice":
            return chance.choice(sorted(fact.choices))
        if kind in ("choices", "references"):
            pool = sorted(fact.choices) or self.ids[fact.to]
            return sorted(chance.sample(pool, chance.randint(0, min(3, len(pool)))))
        if kind == "reference":
            return chance.choice(self.ids[fact.to])
        if kind == "text":
            return "A text of some words"
        if kind == "date":
            return f"{chance.randint(2018, 2027)}-{chance.randint(1, 12):02}"
        low = fact.min if fact.min is not None else 0
        high = fact.max if fact.max is not None else 1 if kind == "share" else low + 40
        return (
            round(chance.uniform(low, high), 2)
            if kind == "share"
            else chance.randint(int(low), int(high))
        )
