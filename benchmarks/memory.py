"""How much memory a process holds after many cases, beside what it held after the first ones.

Counted is the resident set where Linux tells it, else the peak.
"""

from __future__ import annotations

import gc
import resource
import sys
from pathlib import Path

from benchmarks.cases import made_up
from benchmarks.figures import Figure
from partnerrules.checking import Checker
from partnerrules.documents import parse_document
from partnerrules.packs import load_packs
from partnerrules.shipped import shipped_packs

DIFFERENT = 100
"""Cases that are made up; they come again and again, since making one up takes longer."""


def memory(engine: str, first: int, number: int) -> Figure:
    """Return the megabytes held after `number` cases, and after the `first` of them."""
    before = 0.0
    with Checker(load_packs(shipped_packs()), engine=engine) as checker:
        texts = [text.encode() for text in made_up(checker.library, DIFFERENT)]
        for count in range(1, number + 1):
            text = texts[count % DIFFERENT]
            document = parse_document(text, path="made-up.yaml", format="yaml")
            checker.check(checker.reader.parse(document))
            if count == first:
                before = _held()
        after = _held()
    name = f"memory after {number:,} cases, not {first:,}, {engine}"
    return Figure(name, after, before, "MB", most=20, kind="more")


def _held() -> float:
    gc.collect()
    status = Path("/proc/self/status")
    if status.exists():
        held = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return int(held.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 / (1024 if sys.platform == "darwin" else 1)
