"""Compares what an engine says of a case with all worlds of the case.

What is certain holds in every world and what is ruled out in none. A subject with the unnamed
member stands for every further member of a world.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from adapter import Tool
from compiling import TooManyWays
from generator import Program, read_case
from naive import Naive
from worlds import Told, World
from worlds_made import FURTHER, Worlds, small_program

SEED = 20260701
MOST_WAYS = 40
Subject = tuple[str, ...]


@dataclass
class Seen:
    """What the worlds say of one subject."""

    low: int = 3
    high: int = 0
    due: bool = False
    applies: bool = False
    sound: bool = True
    """In every world."""

    def add(self, told: Told) -> None:
        """Take in one world."""
        self.low, self.high = min(self.low, told.level), max(self.high, told.level)
        self.applies, self.due = self.applies or told.applies, self.due or told.due
        self.sound = self.sound and told.sound


def seen_in(worlds: Iterable[World], wanted: set[str]) -> dict[tuple[str, Subject], Seen]:
    """Gather what all worlds say, by rule and subject of the engine."""
    found: dict[tuple[str, Subject], Seen] = {}
    for world in worlds:
        for rule, subjects in world.told.items():
            if rule in wanted:
                for subject, told in subjects.items():
                    key = rule, tuple("?" if one[0] == "+" else one for one in subject)
                    found.setdefault(key, Seen()).add(told)
    return found


def violations(row: Any, seen: Seen) -> list[str]:
    """Say what an engine claims of a subject that does not hold in all worlds."""
    if row is None:
        return ["a world has this subject, the engine has not"]
    outcome, certain, possible, _ = row
    found = []
    if certain > seen.low:
        found.append("certain, but not in every world")
    if possible < seen.high:
        found.append("ruled out, but holds in a world")
    if outcome == "sound" and not seen.sound:
        found.append("sound, but not in every world")
    if outcome == "not_due" and seen.due:
        found.append("not due, but due in a world")
    return found


def loose(subject: Subject, row: Any, seen: Seen) -> list[str]:
    """Say what all worlds agree on that the engine leaves open."""
    outcome, certain, possible, _ = row
    found = []
    if "?" not in subject and seen.low > certain:
        found.append("certain")
    if seen.high < possible:
        found.append("ruled out")
    if "?" not in subject and seen.sound and outcome != "sound" and not possible:
        found.append("sound")
    return found


def program_of(seed: int) -> Program:
    """Return a small program of the fixed sequence."""
    rng = random.Random(f"{SEED}/{seed}")
    while True:
        program = small_program(rng)
        try:
            Naive(program.library(), MOST_WAYS)
        except TooManyWays:
            continue
        return program


def case_of(worlds: Worlds, seed: int, number: int, most: int) -> dict[str, Any]:
    """Return a small case of the fixed sequence, of at most so many worlds."""
    return worlds.small_case(random.Random(f"{SEED}/{seed}/{number}"), most)


def bracketed(
    program: Program, worlds: Worlds, tool: Tool, raw: dict[str, Any], engine: str
) -> tuple[list[tuple[str, Subject, str, Any, Seen]], Counter[str]]:
    """Return what does not hold in all worlds of a case, and how much is left open needlessly."""
    case = read_case(raw)
    rows = tool.rows(engine, case, proofs=False)
    count: Counter[str] = Counter(cases=1)
    checks = {rule for rule in program.library().rules if worlds.library.rules[rule].derive is None}
    seen = seen_in(_counted(worlds.of(case), count), checks)
    wrong = []
    bounded = all(c.more[1] <= FURTHER for c in case.collections.values())
    for key, one in seen.items():
        row = rows.get(key)
        wrong += [(*key, claim, row, one) for claim in violations(row, one)]
        if bounded and row is not None:
            count["subjects"] += 1
            count["open subjects"] += one.low < one.high or not one.sound
            count.update(loose(key[1], row, one))
            count["loose"] += bool(loose(key[1], row, one))
    return wrong, count


def _counted(worlds: Iterable[World], count: Counter[str]) -> Iterable[World]:
    for world in worlds:
        count["worlds"] += 1
        yield world
