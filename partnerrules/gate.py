"""The gate: whether what was found lets a run pass, with reasons."""

from __future__ import annotations

from partnerrules.findings import Finding, Gate, Report, rank


def gate(report: Report, *, fail_on: str = "high", unknown: str = "warn") -> Gate:
    """Judge a report; certain concerns count, and with `unknown="fail"` what could be one."""
    settings = {"fail_on": fail_on, "unknown": unknown}
    if fail_on == "none":
        return Gate(settings, True, ())
    reasons = []
    for finding in report.findings:
        if finding.part_of or finding.waiver:
            continue
        subject = f" ({', '.join(finding.subject)})" if finding.subject else ""
        place = f"{finding.case}: {finding.rule}{subject}"
        if rank(finding.severity) >= rank(fail_on):
            reasons.append(f"{place}: {finding.severity} follows from the answers")
        elif unknown == "fail" and _could(finding, fail_on):
            reasons.append(f"{place}: could be {finding.could_be}, and nobody knows yet")
    return Gate(settings, not reasons, tuple(reasons))


def _could(finding: Finding, level: str) -> bool:
    return rank(finding.could_be) >= rank(level)
