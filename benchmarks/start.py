"""How long one waits for the first line of a run, and for `--help`, beside what is imported anyway.

The baseline is a Python that imports click and does nothing with it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from benchmarks.figures import Figure
from benchmarks.running import ROOT, command, surroundings

CASES = ROOT / "cases"


def start(engines: Sequence[str], rounds: int) -> Iterator[Figure]:
    """Yield the time to the first two lines of a folder of cases, and to the first of `--help`.

    The first line says what is used, the second what came of the first case.
    """
    base = [sys.executable, "-c", "import click; print(click)"]
    waits: dict[str, tuple[list[str], int]] = {"base": (base, 1)}
    for engine in engines:
        lines = command(CASES, "-f", "jsonl", "--unknown", "ignore", "--engine", engine)
        waits[f"first line of a folder as jsonl, {engine}"] = (lines, 1)
        waits[f"line of its first case, {engine}"] = (lines, 2)
    tool = [sys.executable, "-m", "partnerrules"]
    waits["--help"] = ([*tool, "--help"], 1)
    waits["check --help"] = ([*tool, "check", "--help"], 1)
    times: dict[str, list[float]] = {name: [] for name in waits}
    with tempfile.TemporaryDirectory() as folder:
        around = surroundings(folder)
        for number in range(rounds + 1):
            for name, (words, line) in waits.items():
                waited = _wait(words, line, around)
                # The first round fills the caches of packs, of compiled files and of the disk.
                if number:
                    times[name].append(waited)
    for name in waits:
        if name != "base":
            yield _figure(f"time to {name}", times[name], times["base"])


def _figure(name: str, own: Sequence[float], base: Sequence[float]) -> Figure:
    ratios = [mine / its for mine, its in zip(own, base, strict=True)]
    return Figure(name, median(own), median(base), "ms", spread=(min(ratios), max(ratios)))


def _wait(words: Sequence[str], line: int, around: Mapping[str, str]) -> float:
    """Return the milliseconds until a command has written so many lines, then let it end."""
    since = time.perf_counter()
    with subprocess.Popen(
        words, env=dict(around), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(line)]
        waited = (time.perf_counter() - since) * 1000
        # Whoever reads no further closes the pipe, and the run ends.
        process.stdout.close()
    if not all(said):
        raise RuntimeError(f"{' '.join(words)}: ended without line {line}")
    return waited
