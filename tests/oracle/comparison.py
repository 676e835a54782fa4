"""Compares the engines with the naive evaluator: outcome, level, could_be and proof."""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adapter import Tool
from cases_made import make_case
from compiling import TooManyWays
from generator import Program, ProgramMaker, read_case
from naive import Naive
from run import Run

PROGRAMS = int(os.environ.get("PARTNERRULES_PROGRAMS", "2000"))
SEED = 20260630
MOST_WAYS = 40
"""As many ways as a condition of a made program has; more would be slow and no harder."""
Key = tuple[str, tuple[str, ...]]
Rows = dict[Key, tuple[Any, ...]]


@dataclass(frozen=True)
class Difference:
    """Where an engine and the naive evaluator differ."""

    engine: str
    seed: int
    case: int
    rule: str
    subject: tuple[str, ...]
    theirs: Any
    mine: Any

    def __str__(self) -> str:
        about = f"program {self.seed}, case {self.case}, {self.rule} {self.subject}"
        return f"{about}:\n    {self.engine} {self.theirs}\n    naive  {self.mine}"


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


def rows(naive: Naive, run: Run, theirs: Rows) -> Rows:
    """Return what the naive evaluator says; what it rests on where an engine has said it."""
    found: Rows = {}
    for rule, results in run.results.items():
        if naive.rules[rule].rule.derive is None:
            for subject, one in results.items():
                row = theirs.get((rule, subject))
                proof = None
                if row is not None and row[3] is not None:
                    if (rule, subject) not in run.told:
                        run.told[rule, subject] = plain(naive.rests_on(run, one))
                    items = run.told[rule, subject]
                    if rule in naive.recursive and one.outcome == "sound":
                        items = _outside(items, naive.recursive)
                        outside = _outside(row[3][1], naive.recursive)
                        theirs[rule, subject] = (*row[:3], (row[3][0], outside))
                    proof = one.because, items
                found[rule, subject] = (one.outcome, one.certain, one.possible, proof)
    return found


def _outside(items: Any, circle: set[str]) -> Any:
    """Leave out conclusions of the circle: what is sound together has no order among itself."""
    kept = [one for one in items if one[0] != "conclusion" or one[1] not in circle]
    return tuple(
        ("absence", _outside(one[1], circle)) if one[0] == "absence" else one for one in kept
    )


def plain(items: Any) -> Any:
    """Return items as the tool tells them: of an absence only what was looked at."""
    return tuple(("absence", plain(one[1])) if one[0] == "absence" else one for one in items)


def differences(
    program: Program, raws: list[dict[str, Any]], often: Mapping[str, int], seed: int = 0
) -> list[Difference]:
    """Compare each engine with the naive evaluator, on as many of the cases as `often` says."""
    library = program.library()
    naive = Naive(library)
    tool = Tool(library, often)
    found = []
    try:
        for number, raw in enumerate(raws):
            case = read_case(raw)
            run = naive.run(case)
            for name, many in often.items():
                if number < many:
                    theirs = tool.rows(name, case)
                    mine = rows(naive, run, theirs)
                    found += [
                        Difference(name, seed, number, *key, theirs.get(key), mine.get(key))
                        for key in sorted(theirs.keys() | mine.keys())
                        if theirs.get(key) != mine.get(key)
                    ]
    finally:
        tool.close()
    return found


def compare(seed: int, often: Mapping[str, int]) -> list[Difference]:
    """Say where the engines and the naive evaluator differ on one program."""
    raws = [raw for raw, _ in cases_of(seed, max(often.values()))]
    return differences(program_of(seed), raws, often, seed)


def shown_smallest(found: Difference) -> str:
    """Return the smallest program and case that show a difference."""
    from minimise import smallest

    raw = cases_of(found.seed, found.case + 1)[found.case][0]
    return smallest(program_of(found.seed), raw, found)
