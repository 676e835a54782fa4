"""One report of what came of many cases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from partnerrules.findings import Report, in_order, rank


def join(empty: Report, reports: Iterable[Report]) -> Report:
    """Put reports together, in the order of the contract; `empty` says what was used."""
    found = list(reports)

    def every(name: str, key: Any = lambda one: one.case) -> tuple[Any, ...]:
        return tuple(sorted((one for report in found for one in getattr(report, name)), key=key))

    return empty._replace(
        engine=empty.engine._replace(
            tokens=sum(report.engine.tokens for report in found),
            matches=sum(report.engine.matches for report in found),
        ),
        cases=every("cases", lambda one: (one.case, *in_order(one.path, one.line))),
        findings=every("findings", lambda f: (f.case, -rank(f.severity), f.rule, f.subject)),
        strengths=every("strengths"),
        sound=every("sound"),
        not_assessed=every("not_assessed"),
        limits=every("limits"),
        questions=every("questions"),
        errors=every("errors", lambda one: in_order(one.path, one.line or 0)),
    )


def judged(report: Report) -> Report:
    """Let the gate say of all what it said of each case."""
    reasons = tuple(reason for case in report.cases for reason in case.reasons)
    gate = report.gate and report.gate._replace(passed=not reasons, reasons=reasons)
    return report._replace(gate=gate)
