"""One report of what came of many cases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from partnerrules.findings import Report, in_order, rank


def join(empty: Report, reports: Iterable[Report]) -> Report:
    """Put the reports of single cases together, in the order of the contract.

    `empty` says what was used.
    """
    found = list(reports)
    found.sort(key=lambda report: report.cases[0].case)
    cases = [one for report in found for one in report.cases]
    findings = [one for report in found for one in report.findings]
    errors = [one for report in found for one in report.errors]
    engine = empty.engine._replace(
        tokens=sum(report.engine.tokens for report in found),
        matches=sum(report.engine.matches for report in found),
    )
    return empty._replace(
        engine=engine,
        cases=tuple(sorted(cases, key=lambda one: (one.case, *in_order(one.path, one.line)))),
        findings=tuple(
            sorted(findings, key=lambda one: (one.case, -rank(one.severity), one.rule, one.subject))
        ),
        strengths=_joined(found, "strengths"),
        not_assessed=_joined(found, "not_assessed"),
        limits=_joined(found, "limits"),
        questions=_joined(found, "questions"),
        errors=tuple(sorted(errors, key=lambda one: in_order(one.path, one.line or 0))),
    )


def _joined(reports: list[Report], name: str) -> tuple[Any, ...]:
    return tuple(one for report in reports for one in getattr(report, name))
