"""A case leaves nothing behind that only a search for waste would find."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from partnerrules.checking import Checker
from partnerrules.engine.durable import durable_available
from partnerrules.packs import load_packs
from partnerrules.report.json import render_line
from partnerrules.shipped import shipped_packs
from partnerrules.waste import look_for_waste_rarely

CASES = sorted((Path(__file__).parents[2] / "cases").rglob("*.yaml"))


@pytest.mark.parametrize("engine", ["python", *(["durable"] if durable_available() else [])])
def test_a_checked_and_written_case_leaves_no_waste(engine: str) -> None:
    with Checker(load_packs(shipped_packs()), engine=engine) as checker:
        for path in CASES[:3]:  # What is worked out once for all cases may leave some.
            render_line(checker.check(checker.reader.read(path)))
        gc.collect()
        gc.disable()
        try:
            for path in CASES[:3]:
                render_line(checker.check(checker.reader.read(path)))
            assert gc.collect() == 0
        finally:
            gc.enable()


def test_a_process_still_looks_for_waste() -> None:
    before = gc.get_threshold()
    gc.disable()
    try:
        look_for_waste_rarely()
        assert gc.isenabled()
        assert 0 < before[0] < gc.get_threshold()[0]
    finally:
        gc.set_threshold(*before)
        gc.enable()
