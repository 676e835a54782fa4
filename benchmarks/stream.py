"""How much memory a run over lines of JSON holds late, beside what it held after the first cases.

The run is the real one with two jobs. Its output is read line by line, and every few hundred cases
the resident sets of the process that writes and of those that evaluate are looked up. What counts
is the most that was held until then, and the most that was held later. Files are nearly as large as
they may be. What grows in the first process is that it knows the ids of all cases so far.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.cases import made_up
from benchmarks.figures import Figure
from benchmarks.running import as_line, command, surroundings
from partnerrules.documents.bounds import MAX_LINES_BYTES
from partnerrules.packs import Library, load_packs
from partnerrules.shipped import shipped_packs

LINES = 60
"""Of a case, so that so many of them are checked in minutes."""
DIFFERENT = 99
"""Cases that are made up; they come again under other ids, since making one up takes longer."""
EVERY = 250
MOST = {"parent": 20.0, "workers": 10.0}
"""Megabytes: ids of 100,000 cases, and what Python does not give back."""


class Held(NamedTuple):
    """Megabytes in the process that writes, and in the largest one that evaluates."""

    cases: int
    parent: float
    workers: float


def stream(engine: str, first: int, number: int, jobs: int = 2) -> Iterator[Figure]:
    """Yield what is held beyond the first cases, by the parent and by the largest worker."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "cases"
        _write(folder, number)
        words = command(folder, "-f", "jsonl", "-j", str(jobs), "--engine", engine)
        held = [*_watched(words, surroundings(Path(name) / "kept"), number)]
    before = [one for one in held if one.cases <= first]
    after = [one for one in held if one.cases > first]
    if not before or not after:
        return
    for side, most in MOST.items():
        own, base = (max(getattr(one, side) for one in part) for part in (after, before))
        yield Figure(
            f"{side}: {number:,} cases streamed, not {first:,}, {engine}",
            own,
            base,
            "MB",
            most=most,
            kind="more",
            note=f"at the end {getattr(held[-1], side):.1f} MB",
        )


def _write(folder: Path, number: int) -> None:
    """Write so many cases into as few files as they may be in."""
    folder.mkdir()
    library = Library(load_packs(shipped_packs()))
    made = [as_line(text) for text in made_up(library, min(number, DIFFERENT), lines=LINES)]
    values = [json.loads(line) for line in made]
    room, count, file = 0, itertools.count(), None
    for one in range(number):
        line = json.dumps({**values[one % len(values)], "case": f"case-{one}"}) + "\n"
        if file is None or len(line) > room:
            if file is not None:
                file.close()
            file = (folder / f"cases-{next(count):03}.jsonl").open("w", encoding="utf-8")
            room = int(MAX_LINES_BYTES * 0.9)
        room -= len(line)
        file.write(line)
    if file is not None:
        file.close()


def _watched(words: list[str], around: dict[str, str], number: int) -> Iterator[Held]:
    """Run a command that writes a line for each case; yield what its processes hold meanwhile."""
    with subprocess.Popen(
        words, env=around, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        cases = -1
        for cases, _ in enumerate(process.stdout):
            if cases and cases % EVERY == 0:
                yield from _held(process.pid, cases)
    if process.returncode or cases != number + 1:
        raise RuntimeError(f"a run over {number} cases ended with {process.returncode} at {cases}")


def _held(parent: int, cases: int) -> Iterator[Held]:
    """Yield what a process and those that it started hold, where the system tells it."""
    sets = {}
    for path in Path("/proc").glob("[0-9]*/status"):
        try:
            words = dict(
                line.split(":\t", 1) for line in path.read_text().splitlines() if ":\t" in line
            )
        except OSError:
            # It ended meanwhile.
            continue
        if "VmRSS" in words and parent in (int(words["Pid"]), int(words["PPid"])):
            sets[int(words["Pid"])] = int(words["VmRSS"].split()[0]) / 1024
    if parent in sets:
        own = sets.pop(parent)
        yield Held(cases, own, max(sets.values(), default=0.0))
