"""Reports as text: one file for each format, found by its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from partnerrules.findings import Report

__all__ = ["FORMATS", "Format", "render"]


class Format(Protocol):
    """Turns a report into text; `width` and `color` only matter to terminals."""

    def __call__(self, report: Report, *, width: int, color: bool) -> str:
        """Return the whole text, with a newline at the end."""


# The imports wait inside the functions: no one format should cost the start of all others.


def _json(report: Report, *, width: int, color: bool) -> str:
    from partnerrules.report.json import render_json

    return render_json(report)


def _jsonl(report: Report, *, width: int, color: bool) -> str:
    from partnerrules.report.jsonl import render_jsonl

    return render_jsonl(report)


def _table(report: Report, *, width: int, color: bool) -> str:
    from partnerrules.report.table import render_table

    return render_table(report, width=width, color=color)


FORMATS: Mapping[str, Format] = {"json": _json, "jsonl": _jsonl, "table": _table}


def render(report: Report, format: str, *, width: int = 80, color: bool = False) -> str:
    """Return the report in the named format, for the audience that it was made for.

    Raises ValueError where no format has that name.
    """
    if format not in FORMATS:
        raise ValueError(f'no format is called "{format}"; there are {", ".join(sorted(FORMATS))}')
    return FORMATS[format](report, width=width, color=color)
