"""What a case of any size costs in one process, beside only parsing the same text.

The baseline makes dicts and lists of it and nothing else: PyYAML with its parser in C, or json.
Neither knows places, answers or rules. Both take turns over slices of the cases.
"""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import yaml

from benchmarks.figures import Figure
from benchmarks.running import as_line, mixed
from partnerrules.checking import Checker
from partnerrules.documents import parse_document
from partnerrules.documents.texts import Format
from partnerrules.packs import load_packs
from partnerrules.report.json import render_line
from partnerrules.shipped import shipped_packs
from partnerrules.waste import look_for_waste_rarely

SLICE = 30
_BARE: dict[Format, Callable[[bytes], object]] = {
    "yaml": lambda text: yaml.load(text, Loader=yaml.CSafeLoader),
    "json": json.loads,
}


def parsing(engine: str, number: int) -> list[Figure]:
    """Return the CPU time of a case of three sizes, from its bytes to its line, by format."""
    look_for_waste_rarely()
    with Checker(load_packs(shipped_packs()), engine=engine) as checker:
        # What is prepared once is no cost of a case.
        for text in mixed(3, name="first"):
            _whole(checker, text.encode(), "yaml")
        return [_figure(checker, form, number) for form in _BARE]


def _figure(checker: Checker, form: Format, number: int) -> Figure:
    own = base = 0.0
    ratios = []
    for part in _slices(form, number):
        mine = _spent(part, lambda text: _whole(checker, text, form))
        bare = _spent(part, _BARE[form])
        own, base = own + mine, base + bare
        ratios.append(mine / bare)
    name = f"CPU of a case beside parsing alone: {checker.engine.name}, {form.upper()}"
    return Figure(name, own / number, base / number, "ms", spread=(min(ratios), max(ratios)))


def _slices(form: Format, number: int) -> Iterator[list[bytes]]:
    texts = mixed(number)
    while part := [*islice(texts, SLICE)]:
        yield [(text if form == "yaml" else as_line(text)).encode() for text in part]


def _whole(checker: Checker, text: bytes, form: Format) -> str:
    document = parse_document(text, path="made-up", format=form)
    return render_line(checker.check(checker.reader.parse(document)))


def _spent(texts: Sequence[bytes], work: Callable[[bytes], object]) -> float:
    """Return the milliseconds of CPU that the work takes on all texts."""
    gc.collect()
    start = time.process_time()
    for one in texts:
        work(one)
    return (time.process_time() - start) * 1000
