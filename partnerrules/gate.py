"""The gate: whether what was found lets a run pass, with reasons."""

from __future__ import annotations

from partnerrules.findings import Finding, Gate, Report, rank


def gate(report: Report, *, fail_on: str = "high", unknown: str = "warn") -> Gate:
    """Judge a report; certain concerns count, and with `unknown="fail"` what could be one."""
    settings = {"fail_on": fail_on, "unknown": unknown}
    if fail_on == "none":
        return Gate(settings, True, ())
    reasons = []
    told = {(finding.case, finding.rule) for finding in report.findings}
    for finding in report.findings:
        # A part counts under its compound; where that is not looked at, it counts itself.
        if finding.waiver or any((finding.case, rule) in told for rule in finding.part_of):
            continue
        subject = f" ({', '.join(finding.subject)})" if finding.subject else ""
        place = f"{finding.case}: {finding.rule}{subject}"
        if rank(finding.severity) >= rank(fail_on):
            reasons.append(f"{place}: {finding.severity} follows from the answers")
        elif unknown == "fail" and _could(finding, fail_on):
            reasons.append(f"{place}: could be {finding.could_be}, and nobody knows yet")
    return Gate(settings, not reasons, tuple(reasons))


def open_points(report: Report, *, fail_on: str = "high") -> tuple[str, ...]:
    """Return what could reach the level of the gate, and nobody knows yet."""
    if fail_on == "none":
        return ()
    strict = gate(report, fail_on=fail_on, unknown="fail").reasons
    certain = set(gate(report, fail_on=fail_on).reasons)
    return tuple(reason for reason in strict if reason not in certain)


def _could(finding: Finding, level: str) -> bool:
    return rank(finding.could_be) >= rank(level)
