"""What a case costs in a long run of one process, beside reading it and writing its report.

The baseline composes the same text with PyYAML's parser in C, which keeps the place of every
value as the tool has to, and dumps the same report, ready as dicts, with sorted keys. Both take
turns over slices of the cases, in a process that looks for waste as rarely as those of a run.
"""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

import yaml

from benchmarks.cases import made_up
from benchmarks.figures import Figure
from partnerrules.checking import Checker
from partnerrules.documents import parse_document
from partnerrules.findings import Report
from partnerrules.packs import load_packs
from partnerrules.report.data import as_data
from partnerrules.report.json import render_line
from partnerrules.shipped import shipped_packs
from partnerrules.waste import look_for_waste_rarely

SLICE = 60
LIMITS = {"python": (2.0, 3.0), "durable": (3.0, 4.5)}


def throughput(engine: str, number: int) -> Figure:
    """Return the CPU time of a case of about 150 lines, read, evaluated and written as a line."""
    look_for_waste_rarely()
    own = base = 0.0
    with Checker(load_packs(shipped_packs()), engine=engine) as checker:
        texts = made_up(checker.library, number)
        while part := [text.encode() for text in islice(texts, SLICE)]:
            own += _spent(part, lambda text: render_line(_checked(checker, text)))
            # Made afterwards: what lies about costs whoever looks for waste while it lies there.
            reports = [as_data(_checked(checker, text)) for text in part]
            base += _spent(part, _composed) + _spent(reports, _dumped)
    aim, most = LIMITS[engine]
    name = f"CPU of a case, {engine} engine"
    return Figure(name, own / number, base / number, "ms", aim=aim, most=most)


def _checked(checker: Checker, text: bytes) -> Report:
    document = parse_document(text, path="made-up.yaml", format="yaml")
    return checker.check(checker.reader.parse(document))


def _composed(text: bytes) -> object:
    return yaml.compose(text, Loader=yaml.CSafeLoader)


def _dumped(data: object) -> str:
    return json.dumps(data, sort_keys=True, separators=(",", ":"))


def _spent(things: Sequence[Any], work: Callable[[Any], object]) -> float:
    """Return the milliseconds of CPU that the work takes on all things."""
    gc.collect()
    start = time.process_time()
    for one in things:
        work(one)
    return (time.process_time() - start) * 1000
