"""Compares both engines with the naive evaluator on as many cases as there is time for.

    python tests/oracle/long_run.py --cases 1000000 --jobs 2

A checked case is one case by one engine, compared in outcome, level, what it could be and proof.
Programs and cases come from the fixed sequence of comparison.py: `--first` goes on where a run
ended, and a difference is told with the numbers of its program and case.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field

from comparison import compare

from partnerrules.engine.durable import durable_available

BLOCK = 10
"""As many programs does a process take at once; then it ends, and gives back its memory."""
ROUND = 5
"""As many blocks does each process take before new processes begin."""


@dataclass
class Tally:
    """What was compared, in the end or so far."""

    engines: list[str]
    each: int
    """Cases of a program."""
    next: int
    """The first program that is not yet done."""
    programs: int = 0
    differences: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    @property
    def checked(self) -> int:
        """How many cases were checked, each once for each engine."""
        return self.programs * self.each * len(self.engines)

    def __str__(self) -> str:
        engines = ", ".join(f"{self.programs * self.each} by {name}" for name in self.engines)
        return (
            f"{time.monotonic() - self.began:.0f} s: {self.programs} programs, "
            f"{self.checked} checked cases ({engines}), {len(self.differences)} differences; "
            f"next program {self.next}"
        )


def compared(first: int, engines: list[str], each: int) -> list[str]:
    """Compare a block of programs, and tell the differences."""
    found = []
    for seed in range(first, first + BLOCK):
        try:
            found += [str(one) for one in compare(seed, dict.fromkeys(engines, each))]
        except Exception:
            found.append(f"program {seed}: {traceback.format_exc()}")
    return found


def rounds(tally: Tally, cases: int, jobs: int) -> Iterator[Tally]:
    """Compare round after round until so many cases are checked."""
    block = BLOCK * tally.each * len(tally.engines)
    while tally.checked < cases:
        blocks = min(jobs * ROUND, -(-(cases - tally.checked) // block))
        firsts = [tally.next + number * BLOCK for number in range(blocks)]
        with ProcessPoolExecutor(jobs) as pool:
            running = [pool.submit(compared, one, tally.engines, tally.each) for one in firsts]
            for first, one in zip(firsts, running, strict=True):
                try:
                    tally.differences += one.result()
                except BrokenProcessPool:
                    last = first + BLOCK - 1
                    tally.differences.append(f"programs {first} to {last}: a process died")
                    continue
                finally:
                    tally.next = first + BLOCK
                tally.programs += BLOCK
        yield tally


def main() -> int:
    """Compare, tell of it now and then, and return 1 where there are differences."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=100_000, help="how many to check")
    parser.add_argument("--jobs", type=int, default=1, help="how many processes")
    parser.add_argument("--first", type=int, default=0, help="the first program")
    parser.add_argument("--each", type=int, default=50, help="cases of each program")
    parser.add_argument("--every", type=float, default=60, help="seconds between two lines")
    parser.add_argument("--engine", action="append", help="python, durable; default both")
    args = parser.parse_args()
    engines = args.engine or ["python", *["durable"] * durable_available()]
    tally = Tally(engines, args.each, args.first)
    told, last = 0, time.monotonic()
    for _ in rounds(tally, args.cases, args.jobs):
        for one in tally.differences[told:]:
            print(one, flush=True)
        told = len(tally.differences)
        if time.monotonic() - last >= args.every:
            print(tally, flush=True)
            last = time.monotonic()
    print("In all", tally, flush=True)
    return 1 if tally.differences else 0


if __name__ == "__main__":
    sys.exit(main())
