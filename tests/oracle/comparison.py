"""Compares an engine with the naive evaluator: outcome, level, could_be and proof."""

from __future__ import annotations

import itertools
import os
import random
from dataclasses import dataclass
from typing import Any

from adapter import Engine
from compiling import TooManyWays
from cases_made import make_case
from generator import Program, ProgramMaker, read_case
from naive import Naive
from run import Run

PROGRAMS = int(os.environ.get("PARTNERRULES_PROGRAMS", "2000"))
SEED = 20260630
MOST_WAYS = 40
"""As many ways as a condition of a made program has; more would be slow and no harder."""
Row = tuple[str, int, int, Any]
Rows = dict[tuple[str, tuple[str, ...]], Row]


@dataclass(frozen=True)
class Difference:
    """Where an engine and the naive evaluator differ."""

    seed: int
    case: int
    rule: str
    subject: tuple[str, ...]
    theirs: Any
    mine: Any

    def __str__(self) -> str:
        about = f"program {self.seed}, case {self.case}, {self.rule} {self.subject}"
        return f"{about}:\n    engine {self.theirs}\n    naive  {self.mine}"


def program_of(seed: int) -> Program:
    """Return a program of the fixed sequence."""
    for attempt in itertools.count():
        made = ProgramMaker(random.Random(f"{SEED}/{seed}/{attempt}")).make()
        try:
            Naive(made.library(), MOST_WAYS)
        except TooManyWays:
            continue
        return made
    raise AssertionError


def cases_of(seed: int, number: int) -> list[tuple[dict[str, Any], set[str]]]:
    """Return cases for a program of the fixed sequence."""
    rng = random.Random(f"{SEED}/{seed}/cases")
    return [make_case(rng) for _ in range(number)]


def rows(naive: Naive, run: Run, proofs: dict[Any, Any]) -> Rows:
    """Return what the naive evaluator says; what each rests on only where `proofs` has it."""
    return {
        (rule, subject): (
            one.outcome,
            one.certain,
            one.possible,
            plain(naive.rests_on(run, one)) if (rule, subject) in proofs else None,
        )
        for rule, found in run.results.items()
        for subject, one in found.items()
    }


def plain(items: Any) -> Any:
    """Return items as the tool tells them: of an absence only what was looked at."""
    return tuple(("absence", plain(one[1])) if one[0] == "absence" else one for one in items)


def differences(
    name: str, program: Program, raws: list[dict[str, Any]], seed: int = 0
) -> list[Difference]:
    """Compare on some cases."""
    library = program.library()
    naive = Naive(library)
    engine = Engine(name, program)
    found = []
    try:
        for number, raw in enumerate(raws):
            case = read_case(engine.checker.reader, raw)
            theirs, proofs = engine.rows(case)
            mine = rows(naive, naive.run(case), proofs)
            for key in sorted(theirs.keys() | mine.keys()):
                if theirs.get(key) != mine.get(key):
                    found.append(Difference(seed, number, *key, theirs.get(key), mine.get(key)))
    finally:
        engine.close()
    return found


def compare(name: str, seed: int, number: int) -> list[Difference]:
    """Say where an engine and the naive evaluator differ on one program."""
    return differences(name, program_of(seed), [c for c, _ in cases_of(seed, number)], seed)


def shown_smallest(name: str, found: Difference) -> str:
    """Return the smallest program and case that show a difference."""
    from minimise import smallest

    raw = cases_of(found.seed, found.case + 1)[found.case][0]
    return smallest(name, program_of(found.seed), raw, found)
