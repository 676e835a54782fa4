"""The gate: whether what was found lets a run pass, with reasons."""

from __future__ import annotations

from collections.abc import Iterator

from partnerrules.findings import (
    NO_LONGER_ASSESSED,
    Finding,
    Gate,
    Report,
    counted,
    holds_back,
)
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
    """Judge a report by the states and waivers of its findings.

    Concerns count that follow from the answers, and those of which the baseline knew and that are
    open now; with `unknown="fail"` also what could be one. `min_coverage` is the share of its
    questions that each case has to answer.
    """
    kinds = ("concern", NO_LONGER_ASSESSED, *(["unknown"] if unknown == "fail" else []))
    told = [*_told(report, fail_on)]
    reasons = [reason for wanted in kinds for kind, reason in told if kind == wanted]
    reasons += _coverage(report, min_coverage or 0)
    # Case by case, so that the reasons of a run are those of its cases one after the other.
    reasons.sort(key=lambda one: one[0])
    texts = tuple(text for _, text in reasons)
    settings = gate_settings(fail_on=fail_on, unknown=unknown, min_coverage=min_coverage)
    return Gate(settings, not texts, texts)


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
    return tuple(text for kind, (_, text) in _told(report, fail_on) if kind == "unknown")


def _told(report: Report, fail_on: str) -> Iterator[tuple[str, Reason]]:
    """Yield what bears on the gate: as what, in which case, and the sentence."""
    for finding in counted(report.findings):
        if kind := holds_back(finding, fail_on):
            yield kind, (finding.case, f"{_about(finding)} {_sentence(finding, kind)}")


def _sentence(finding: Finding, kind: str) -> str:
    before = level_words(finding.accepted) if finding.accepted else ""
    if kind == NO_LONGER_ASSESSED:
        said = f"was {before} in the baseline, and is not known any more"
    elif kind == "unknown":
        said = f"could be {level_words(finding.could_be or '')}, and is not known yet"
    else:
        said = f"{level_words(finding.severity or '')} follows from the answers"
        said += f", and was {before} in the baseline" if before else ""
    return said + (f"; its waiver ended on {finding.waiver.expires}" if finding.waiver else "")


def _about(finding: Finding) -> str:
    names = ", ".join(finding.about or finding.subject)
    return f"{finding.case}: {finding.title}{f' ({names})' if names else ''}, {finding.rule}:"


def _coverage(report: Report, least: float) -> Iterator[Reason]:
    for case in report.cases:
        # Divided, since 0.55 * 200 comes out above 110.
        share = case.coverage.answered / case.coverage.asked if case.coverage.asked else 1
        if case.status == "evaluated" and share < least:
            answered = f"{case.coverage.answered} of {case.coverage.asked} questions are answered"
            yield case.case, f"{case.case}: {answered}, fewer than the {100 * least:g}% asked for"
