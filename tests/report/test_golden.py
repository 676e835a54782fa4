"""Every format says what it said before; UPDATE_GOLDEN=1 accepts what it says now."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from partnerrules.findings import Report
from partnerrules.report import FORMATS, render
from partnerrules.report.audience import for_audience

GOLDEN = Path(__file__).parent / "golden"


def matches(name: str, text: str) -> bool:
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_bytes(text.encode())
    return path.read_bytes() == text.encode()


@pytest.mark.parametrize("format", sorted(FORMATS))
@pytest.mark.parametrize("audience", ["team", "partners", "public"])
def test_each_audience_reads_the_same_as_before(rich: Report, audience: str, format: str) -> None:
    assert matches(f"{audience}.{format}", render(for_audience(rich, audience), format))


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_a_report_without_cases_says_so(empty: Report, format: str) -> None:
    assert matches(f"empty.{format}", render(empty, format))


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_hostile_texts_come_out_as_before(hostile: Report, format: str) -> None:
    assert matches(f"hostile.{format}", render(hostile, format))


def test_a_wide_terminal(rich: Report) -> None:
    assert matches("wide.table", render(rich, "table", width=200))


def test_two_runs_give_the_same_text(rich: Report) -> None:
    assert all(render(rich, name) == render(rich, name) for name in FORMATS)


def test_an_unknown_format_is_refused_by_name(rich: Report) -> None:
    with pytest.raises(ValueError, match=r"json, .*table"):
        render(rich, "tabel")
