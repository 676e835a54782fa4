"""The report as lines of JSON: what was used, then each case, then how the run ended.

Each line has the names of the report as JSON. A case is on a line of its own with all that was
found in it, so that no reader and no writer has to hold more than one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partnerrules.findings import Report, in_order
from partnerrules.report.data import as_data
from partnerrules.report.json import dumped

_OF_A_CASE = (
    "cases", "errors", "findings", "limits", "not_assessed", "questions", "strengths",
)  # fmt: skip
_FOUND = ("findings", "strengths", "not_assessed", "limits", "questions")
_OF_THE_RUN = ("audience", "changes", "packs", "parameters", "profile", "questions_set", "schema")


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
    return _line({**{name: data[name] for name in _OF_A_CASE}, "line": "case"})


def render_jsonl(report: Report) -> str:
    """Return all lines, cases in the order of their paths and of their lines in a file."""
    tail = Tail()
    tail.count(tokens=report.engine.tokens, matches=report.engine.matches)
    lines = [head_line(report)]
    for one in _by_case(report):
        (case,) = one.cases
        tail.count(1, errors=case.status == "error", held_back=bool(case.reasons))
        lines.append(case_line(one))
    return "".join([*lines, tail.line()])


def _by_case(report: Report) -> Iterator[Report]:
    """Yield a report of each case alone."""
    found: dict[str, dict[str, list[Any]]] = {}
    for name in _FOUND:
        for one in getattr(report, name):
            found.setdefault(one.case, {}).setdefault(name, []).append(one)
    for case in sorted(report.cases, key=lambda one: (*in_order(one.path, one.line), one.case)):
        own = found.get(case.case, {}) if case.case else {}
        errors = () if case.case else [one for one in report.errors if one.path == case.path]
        parts: dict[str, Any] = {name: tuple(own.get(name, ())) for name in _FOUND}
        yield report._replace(cases=(case,), errors=tuple(errors), **parts)


class Tail:
    """Counts what the last line says."""

    def __init__(self) -> None:
        self.cases = self.errors = self.held_back = self.tokens = self.matches = 0

    def count(
        self,
        cases: int = 0,
        *,
        errors: int = 0,
        held_back: int = 0,
        tokens: int = 0,
        matches: int = 0,
    ) -> None:
        """Count cases, those that are errors, those that do not pass the gate, and work."""
        self.cases += cases
        self.errors += errors
        self.held_back += held_back
        self.tokens += tokens
        self.matches += matches

    def line(self) -> str:
        """Return the last line; `passed` is what the gate says of all cases."""
        return _line(
            {
                "cases": self.cases,
                "engine": {"matches": self.matches, "tokens": self.tokens},
                "errors": self.errors,
                "gate": {"cases_not_passed": self.held_back, "passed": not self.held_back},
                "line": "tail",
            }
        )


def _line(data: dict[str, Any]) -> str:
    return dumped(dict(sorted(data.items()))) + "\n"
