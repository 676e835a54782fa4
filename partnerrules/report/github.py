"""Concerns as annotations of GitHub Actions: workflow commands, one on each line.

GitHub shows ten of each kind for one step, so the gravest come first and the rest is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from partnerrules.findings import ErrorInfo, Finding, Report, rank
from partnerrules.report.accepting import accepted_words
from partnerrules.report.concerns import subject
from partnerrules.report.grouping import active
from partnerrules.report.text import plain
from partnerrules.report.words import count, level_words

KINDS = {"high": "error", "medium": "warning", "low": "notice"}
SHOWN = 10
"""Annotations of one kind that GitHub shows for a step."""
Annotation = tuple[str, str]
"""Its kind and its line."""


def render_github(report: Report) -> str:
    """Return errors first, then concerns that nothing sets aside, the gravest first."""
    concerns = sorted(active(report), key=lambda one: (-rank(one.level), bool(one.part_of)))
    told: dict[str, list[str]] = {"error": [], "warning": [], "notice": []}
    for kind, line in (*map(_error, report.errors), *map(_concern, concerns)):
        told[kind].append(line)
    return "".join(f"{line}\n" for line in _lines(told, report))


def _lines(told: Mapping[str, list[str]], report: Report) -> Iterator[str]:
    for lines in told.values():
        yield from lines[:SHOWN]
    left = sum(max(0, len(lines) - SHOWN) for lines in told.values())
    if left:
        yield f"partnerrules: {left} more than GitHub shows beside the lines of files."
    unknown = sum(not (one.level or one.set_aside) for one in report.findings)
    if unknown:
        verb = "is" if unknown == 1 else "are"
        yield f"partnerrules: {count(unknown, 'point')} {verb} not known yet."
    if aside := sum(one.set_aside for one in report.findings):
        verb = "is" if aside == 1 else "are"
        yield f"partnerrules: {count(aside, 'point')} {verb} set aside, waived or in the baseline."
    if not report.cases and not report.errors:
        yield "partnerrules: There was no case to look at."


def _concern(one: Finding) -> Annotation:
    place = one.location
    about: dict[str, object] = {}
    if place.path:
        about = {"file": place.path, "line": place.line, "endLine": place.end_line}
        if place.line == place.end_line:
            # Of several lines GitHub takes no columns.
            about |= {"col": place.column, "endColumn": place.end_column}
    level = level_words(one.severity) if one.severity else "not known any more"
    said = [f"{subject(one)}{one.title} - {level}", one.message, *accepted_words(one)]
    if one.remediation:
        said.append(f"What could help: {one.remediation}")
    return _command(KINDS[one.level or "low"], about, one.rule, said)


def _error(one: ErrorInfo) -> Annotation:
    about: dict[str, object] = {"file": one.path, "line": one.line, "col": one.column}
    kept = {name: value for name, value in about.items() if value and one.path}
    return _command("error", kept, one.code, [one.message])


def _command(kind: str, about: dict[str, object], name: str, said: list[str]) -> Annotation:
    about = {**about, "title": f"partnerrules ({name})"}
    settings = ",".join(f"{key}={_setting(plain(str(value)))}" for key, value in about.items())
    return kind, f"::{kind} {settings}::{_data(chr(10).join(map(plain, said)))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _setting(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
