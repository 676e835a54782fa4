"""How long one `check` takes, from the shell and back, beside importing what it needs.

The baseline is a Python that imports the libraries of the tool and does nothing with them. Both
run in turn, so that what else the machine does falls on both; the median of each is told.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from statistics import median

from benchmarks.figures import Figure
from benchmarks.running import ROOT, surroundings

CASE = ROOT / "cases" / "published" / "farmer-field-schools.yaml"
IMPORTS = "import click, yaml, json, tabulate; from pydantic import BaseModel, create_model"


def startup(rounds: int) -> Iterator[Figure]:
    """Yield the wall time of a check with packs that are kept as read, and without."""
    check = [sys.executable, "-m", "partnerrules", "check", str(CASE), "--exit-zero"]
    commands = {
        "kept": check,
        "python": [*check, "--engine", "python"],
        "read": [*check, "--no-cache"],
        "base": [sys.executable, "-c", IMPORTS],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as folder:
        around = surroundings(folder)
        for number in range(rounds + 1):
            for name, command in commands.items():
                spent = _run(command, around)
                # The first round fills the caches of packs, of compiled files and of the disk.
                if number:
                    times[name].append(spent)
    kept, python, read, base = (median(times[name]) for name in commands)
    yield Figure("wall time of a check", kept, base, "ms", aim=1.4, most=1.8)
    yield Figure("the same, plain Python engine", python, base, "ms", aim=1.4, most=1.8)
    yield Figure("the same, packs read anew (--no-cache)", read, base, "ms")


def _run(command: list[str], around: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, env=around, check=True, capture_output=True)
    return (time.perf_counter() - start) * 1000
