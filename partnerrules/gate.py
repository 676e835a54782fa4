"""The gate: whether what was found lets a run pass, with reasons."""

from __future__ import annotations

from collections.abc import Iterator

from partnerrules.findings import Finding, Gate, Report, counted, rank
from partnerrules.report.words import level_words

Reason = tuple[str, str]
"""The id of a case, and the sentence."""


def gate(
    report: Report,
    *,
    fail_on: str = "high",
    unknown: str = "warn",
    min_coverage: float | None = None,
) -> Gate:
    """Judge a report: certain concerns count, and with `unknown="fail"` what could be one.

    `min_coverage` is the share of its questions that each case has to answer.
    """
    reasons = [*_concerns(report, fail_on)]
    if unknown == "fail":
        reasons += _open(report, fail_on)
    reasons += _coverage(report, min_coverage or 0)
    # Case by case, so that the reasons of a run are those of its cases one after the other.
    reasons.sort(key=lambda one: one[0])
    told = tuple(text for _, text in reasons)
    settings = gate_settings(fail_on=fail_on, unknown=unknown, min_coverage=min_coverage)
    return Gate(settings, not told, told)


def gate_settings(
    *, fail_on: str = "high", unknown: str = "warn", min_coverage: float | None = None
) -> dict[str, str]:
    """Return the settings of a gate as a report tells them."""
    settings = {"fail_on": fail_on, "unknown": unknown}
    if min_coverage is not None:
        settings["min_coverage"] = f"{min_coverage:g}"
    return settings


def open_points(report: Report, *, fail_on: str = "high") -> tuple[str, ...]:
    """Return what could reach the level of the gate, and nobody knows yet."""
    return tuple(text for _, text in _open(report, fail_on))


def _open(report: Report, fail_on: str) -> Iterator[Reason]:
    if fail_on == "none":
        return
    for finding in counted(report.findings):
        if rank(finding.severity) < rank(fail_on) <= rank(finding.could_be):
            level = level_words(finding.could_be or "")
            yield finding.case, f"{_about(finding)} could be {level}, and is not known yet"


def _concerns(report: Report, fail_on: str) -> Iterator[Reason]:
    if fail_on == "none":
        return
    for finding in counted(report.findings):
        if rank(finding.severity) >= rank(fail_on):
            level = level_words(finding.severity or "")
            yield finding.case, f"{_about(finding)} {level} follows from the answers"


def _about(finding: Finding) -> str:
    names = ", ".join(finding.about or finding.subject)
    return f"{finding.case}: {finding.title}{f' ({names})' if names else ''}, {finding.rule}:"


def _coverage(report: Report, least: float) -> Iterator[Reason]:
    for case in report.cases:
        if case.status == "evaluated" and case.coverage.answered < least * case.coverage.asked:
            answered = f"{case.coverage.answered} of {case.coverage.asked} questions are answered"
            yield case.case, f"{case.case}: {answered}, fewer than the {least:.0%} asked for"
