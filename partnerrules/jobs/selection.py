"""What of a report is shown: what some rules said, levels from one on."""

from __future__ import annotations

from partnerrules.findings import Finding, Report, rank
from partnerrules.packs import Library


def only(report: Report, rules: frozenset[str] | None, library: Library) -> Report:
    """Return a report without what other rules said; nothing is evaluated anew."""
    if rules is None or rules >= frozenset(library.rules):
        return report
    dimensions = {library.rules[rule].dimension for rule in rules}
    cases = (
        case._replace(verdicts=tuple(one for one in case.verdicts if one.dimension in dimensions))
        for case in report.cases
    )
    return report._replace(
        cases=tuple(cases),
        findings=tuple(one for one in report.findings if one.rule in rules),
        strengths=tuple(one for one in report.strengths if one.rule in rules),
        sound=tuple(one for one in report.sound if one.rule in rules),
        not_assessed=tuple(one for one in report.not_assessed if one.rule in rules),
        questions=tuple(one for one in report.questions if rules & {*one.would_decide}),
    )


def from_level(report: Report, level: str) -> Report:
    """Return a report without findings that neither have nor could have a level."""

    def high_enough(one: Finding) -> bool:
        return max(rank(one.severity), rank(one.could_be)) >= rank(level)

    return report._replace(findings=tuple(filter(high_enough, report.findings)))
