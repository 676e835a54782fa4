"""The report as lines of JSON: what was used, then each case, then how the run ended.

Each line has the names of the report as JSON. A case is on a line of its own with all that was
found in it, so that no reader and no writer has to hold more than one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partnerrules.findings import Report, Tally, in_order
from partnerrules.report.data import as_data
from partnerrules.report.json import dumped

OF_A_CASE = (
    "cases", "errors", "findings", "limits", "not_assessed", "questions", "sound",
    "strengths",
)  # fmt: skip
"""What the line of a case holds; all else is that of the run."""
_FOUND = ("findings", "strengths", "sound", "not_assessed", "limits", "questions")
_OF_THE_RUN = (
    "attestations", "audience", "baseline", "changes", "packs", "parameters", "profile",
    "questions_set", "schema", "waivers",
)  # fmt: skip


def head_line(report: Report) -> str:
    """Return the first line: what was used, and by what the gate judges."""
    data = as_data(report)
    engine = {key: data["tool"]["engine"][key] for key in ("jobs", "name")}
    told: dict[str, Any] = {name: data[name] for name in _OF_THE_RUN}
    told["gate"] = {"settings": data["gate"]["settings"]} if data["gate"] else None
    return _line({**told, "line": "head", "tool": {**data["tool"], "engine": engine}})


def case_line(report: Report) -> str:
    """Return the line of the one case of a report."""
    data = as_data(report)
    return _line({**{name: data[name] for name in OF_A_CASE}, "line": "case"})


def render_jsonl(report: Report) -> str:
    """Return all lines, cases in the order of their paths and of their lines in a file."""
    tally = Tally()
    tally.count(tokens=report.engine.tokens, matches=report.engine.matches)
    lines = [head_line(report)]
    for one in _by_case(report):
        (case,) = one.cases
        tally.count(1, errors=case.status == "error", held_back=bool(case.reasons))
        lines.append(case_line(one))
    return "".join([*lines, tail_line(tally)])


def _by_case(report: Report) -> Iterator[Report]:
    """Yield a report of each case alone."""
    found: dict[str, dict[str, list[Any]]] = {}
    for name in _FOUND:
        for one in getattr(report, name):
            found.setdefault(one.case, {}).setdefault(name, []).append(one)
    told: dict[str, list[Any]] = {}
    for error in report.errors:
        told.setdefault(error.path, []).append(error)
    for case in sorted(report.cases, key=lambda one: (*in_order(one.path, one.line), one.case)):
        own = found.get(case.case, {}) if case.case else {}
        errors = [] if case.case else told.pop(case.path, [])
        parts: dict[str, Any] = {name: tuple(own.get(name, ())) for name in _FOUND}
        yield report._replace(cases=(case,), errors=tuple(errors), **parts)


def tail_line(tally: Tally) -> str:
    """Return the last line, which counts; `passed` is what the gate says of all cases."""
    return _line(
        {
            "cases": tally.cases,
            "engine": {"matches": tally.matches, "tokens": tally.tokens},
            "errors": tally.errors,
            "gate": {"cases_not_passed": tally.held_back, "passed": not tally.held_back},
            "line": "tail",
        }
    )


def _line(data: dict[str, Any]) -> str:
    return dumped(dict(sorted(data.items()))) + "\n"
