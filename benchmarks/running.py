"""The real command line on made-up cases, as whoever has many of them would run it."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from benchmarks.cases import made_up
from partnerrules.documents import parse_document
from partnerrules.packs import Library, load_packs
from partnerrules.shipped import shipped_packs

ROOT = Path(__file__).parents[1]
SIZES = (60, 150, 600)
"""Lines of the cases, in turn."""
A_FILE = 500
"""Cases in one file with a case on each line, far below the bound of such a file."""
_UNWANTED = ("PYTHONDONTWRITEBYTECODE",)
"""Where it is set a checkout is compiled anew in each run, as nothing is that pip installed."""


class Spent(NamedTuple):
    """What a run took, in seconds; of CPU in all its processes."""

    wall: float
    cpu: float


def surroundings(folder: str | Path) -> dict[str, str]:
    """Return an environment in which the tool keeps packs and compiled files in a folder."""
    return {
        **{name: value for name, value in os.environ.items() if name not in _UNWANTED},
        "PARTNERRULES_CACHE": str(folder),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
        "PYTHONPYCACHEPREFIX": str(folder),
    }


def mixed(number: int, *, name: str = "case", sizes: Iterable[int] = SIZES) -> Iterator[str]:
    """Yield the texts of so many cases, of each size in turn."""
    library = Library(load_packs(shipped_packs()))
    sources = [made_up(library, number, lines=size, name=f"{name}-{size}") for size in sizes]
    return islice((text for row in zip(*sources, strict=True) for text in row), number)


def as_line(text: str) -> str:
    """Return a case as a line of JSON."""
    value = parse_document(text.encode(), path="made-up.yaml", format="yaml").value
    return json.dumps(value, ensure_ascii=False, default=str) + "\n"


def write_yaml(texts: Iterable[str], folder: Path) -> None:
    """Write each case into a file of its own."""
    folder.mkdir(parents=True)
    for number, text in enumerate(texts):
        (folder / f"case-{number:06}.yaml").write_text(text, "utf-8")


def write_jsonl(texts: Iterable[str], folder: Path) -> None:
    """Write the cases on lines of a few files."""
    folder.mkdir(parents=True)
    rest = iter(texts)
    number = 0
    while part := [*islice(rest, A_FILE)]:
        (folder / f"cases-{number:04}.jsonl").write_text("".join(map(as_line, part)), "utf-8")
        number += 1


def command(folder: Path, *options: str) -> list[str]:
    """Return the command line that checks a folder and holds nothing back."""
    check = [sys.executable, "-m", "partnerrules", "check", str(folder)]
    return [*check, "--exit-zero", "--no-progress", "--fail-on", "none", *options]


def check(folder: Path, cases: int, around: Mapping[str, str], *options: str) -> Spent:
    """Check a folder, make sure that all its cases were evaluated, and return what that took."""
    out = folder.parent / f"{folder.name}.out"
    before, start = _children(), time.perf_counter()
    whole = command(folder, "-f", f"jsonl:{out}", "--unknown", "ignore", *options)
    done = subprocess.run(whole, env=dict(around), capture_output=True, check=False)
    spent = Spent(time.perf_counter() - start, _children() - before)
    if done.returncode:
        raise RuntimeError(f"a run ended with {done.returncode}: {done.stderr.decode()[-2000:]}")
    with out.open("rb") as file:
        lines = sum(1 for _ in file)
    out.unlink()
    if lines != cases + 2:
        raise RuntimeError(f"a run over {cases} cases wrote {lines} lines")
    return spent


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
