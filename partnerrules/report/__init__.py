"""Reports as text: one file for each format, found by its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from partnerrules.findings import Report

__all__ = ["COMPLETE", "FORMATS", "Format", "View", "render"]


class View(NamedTuple):
    """How a report is to be seen, beside for whom."""

    width: int = 80
    """Columns of a terminal."""
    color: bool = False
    everything: bool = False
    """Whether SARIF also has what is open, set aside, sound or does not apply."""
    pages: str = ""
    """The address of the folder docs/rules of the packs, for links to pages about rules."""


class Format(Protocol):
    """Turns a report into text; each looks at what of a view concerns it."""

    def __call__(self, report: Report, view: View) -> str:
        """Return the whole text, with a newline at the end."""


# The imports wait inside the functions: no one format should cost the start of all others.


def _csv(report: Report, view: View) -> str:
    from partnerrules.report.csv import render_csv

    return render_csv(report)


def _github(report: Report, view: View) -> str:
    from partnerrules.report.github import render_github

    return render_github(report)


def _gitlab(report: Report, view: View) -> str:
    from partnerrules.report.gitlab import render_gitlab

    return render_gitlab(report)


def _json(report: Report, view: View) -> str:
    from partnerrules.report.json import render_json

    return render_json(report)


def _jsonl(report: Report, view: View) -> str:
    from partnerrules.report.jsonl import render_jsonl

    return render_jsonl(report)


def _junit(report: Report, view: View) -> str:
    from partnerrules.report.junit import render_junit

    return render_junit(report)


def _md(report: Report, view: View) -> str:
    from partnerrules.report.md import render_md

    return render_md(report, pages=view.pages)


def _sarif(report: Report, view: View) -> str:
    from partnerrules.report.sarif import render_sarif

    return render_sarif(report, everything=view.everything, pages=view.pages)


def _table(report: Report, view: View) -> str:
    from partnerrules.report.table import render_table

    return render_table(report, width=view.width, color=view.color)


FORMATS: Mapping[str, Format] = {
    "csv": _csv,
    "github": _github,
    "gitlab": _gitlab,
    "json": _json,
    "jsonl": _jsonl,
    "junit": _junit,
    "md": _md,
    "sarif": _sarif,
    "table": _table,
}

COMPLETE = frozenset({"junit"})
"""Formats in which nothing is left out for its level: the number of tests stays the same."""


def render(
    report: Report,
    format: str,
    *,
    width: int = 80,
    color: bool = False,
    everything: bool = False,
    pages: str = "",
) -> str:
    """Return the report in the named format, for the audience that it was made for.

    `width` and `color` matter to the table, `everything` and `pages` as `View` says. Raises
    ValueError where no format has that name.
    """
    if format not in FORMATS:
        raise ValueError(f'no format is called "{format}"; there are {", ".join(sorted(FORMATS))}')
    return FORMATS[format](report, View(width, color, everything, pages.rstrip("/")))
