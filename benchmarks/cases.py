"""Made-up case files of about 150 lines, the same for the same seed."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from typing import Any

from partnerrules.packs import Library
from partnerrules.packs.models import Fact

LINES = 150
KNOWN = (0.95, 0.5, 0.05)
"""How much is known, in turn: nearly all, half, nearly nothing."""
_UNKNOWN = ("dont_know", "dont_know", "not_asked", "declined", "no_evidence_found")
_MEMBERS = {"partner": 4, "region": 2}


def made_up(
    library: Library, number: int, *, lines: int = LINES, seed: int = 2026
) -> Iterator[str]:
    """Yield the texts of case files; one for which the questions do not suffice is shorter."""
    chance = random.Random(seed)
    for count in range(number):
        writer = _Writer(library, chance, KNOWN[count % len(KNOWN)])
        yield writer.case(f"case-{count}", lines)


class _Writer:
    """Writes one case file."""

    def __init__(self, library: Library, chance: random.Random, known: float) -> None:
        self.library = library
        self.chance = chance
        self.known = known
        self.lists = sorted(library.collections.items())
        self.ids = {name: list(entity.members) for name, entity in library.entities.items()}
        for _, entity in self.lists:
            self.ids[entity] = [f"{entity}-{n}" for n in range(_MEMBERS.get(entity, 2))]
        self.asked: set[tuple[str, str]] = set()
        """Owner (a group, or the id of a member) and fact, of all questions that are asked."""

    def case(self, name: str, lines: int) -> str:
        """Return a case of so many lines, in which some of all questions are asked."""
        library = self.library
        facts = {owner: one for owner, one in library.group_facts.items() if owner}
        for _, entity in self.lists:
            facts |= dict.fromkeys(self.ids[entity], library.entities[entity].facts)
        every = [
            (owner, fact) for owner, one in facts.items() for fact in one if not one[fact].derived
        ]
        self.asked = set(every)
        headings = len(self._lines(name)) - len(every)
        self.asked = set(self.chance.sample(every, min(lines - headings, len(every))))
        return "\n".join(self._lines(name)) + "\n"

    def _lines(self, name: str) -> list[str]:
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
