"""The findings as a table for spreadsheets, a row for each; cases with an error have one too."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from partnerrules.findings import ErrorInfo, Finding, Report
from partnerrules.report.accepting import waiver_words
from partnerrules.report.text import plain
from partnerrules.report.words import LEVEL_WORDS

COLUMNS = (
    "case", "path", "line", "column", "rule", "title", "dimension", "area", "subject", "about",
    "outcome", "severity", "could_be", "level", "message", "why", "remediation", "rests_on",
    "basis", "lessons", "sources", "part_of", "raised_by", "lowered_by", "open_questions", "state",
    "waiver", "fingerprint",
)  # fmt: skip
"""As findings name them in JSON; `level` is the severity in words, and an error has only some."""
FORMULA = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
"""With these a spreadsheet begins to calculate; the last four are the wide forms of four others."""
LONGEST = 32_767
"""Characters of a cell that spreadsheets read."""


def render_csv(report: Report) -> str:
    """Return a head and a row for each finding, then one for each error; lists by semicolons."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in (*map(_finding, report.findings), *map(_error, report.errors)):
        writer.writerow([harmless(row.get(name)) for name in COLUMNS])
    return out.getvalue()


def harmless(value: object) -> str:
    """Return a value as the text of a cell in which nothing is calculated, on one line."""
    text = plain("" if value is None else str(value))
    if text.startswith(FORMULA):
        text = f"'{text}"
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _finding(one: Finding) -> dict[str, object]:
    row = {
        name: _listed(value) if isinstance(value, tuple) else value
        for name, value in one._asdict().items()
        if name in COLUMNS
    }
    row |= {name: getattr(one.location, name) for name in ("path", "line", "column")}
    row["waiver"] = waiver_words(one.waiver) if one.waiver else ""
    return row | {"level": LEVEL_WORDS[one.severity] if one.severity else ""}


def _listed(values: Iterable[str]) -> str:
    return "; ".join(map(str, values))


def _error(one: ErrorInfo) -> dict[str, object]:
    row = {name: getattr(one, name) for name in ("path", "line", "column", "message")}
    return row | {"rule": one.code, "outcome": "error"}
