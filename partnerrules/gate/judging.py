"""What a gate says of one case, with the baseline and the waivers."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from partnerrules.findings import Report
from partnerrules.gate.baseline import Baseline, compared
from partnerrules.gate.reasons import gate, gate_settings
from partnerrules.gate.waivers import Waivers, set_aside


class Judging(NamedTuple):
    """The settings of the gate; the files are read, and the same for all cases."""

    fail_on: str = "high"
    unknown: str = "warn"
    min_coverage: float | None = None
    baseline: Baseline | None = None
    waivers: Waivers | None = None
    today: str = ""
    """The day by which waivers end, as in ISO 8601."""

    def settings(self) -> dict[str, str]:
        """Return the settings as a report tells them."""
        today = {"today": self.today} if self.waivers else {}
        least = self.min_coverage
        return today | gate_settings(fail_on=self.fail_on, unknown=self.unknown, min_coverage=least)


def evaluated(report: Report, rules: Iterable[str]) -> frozenset[str]:
    """Return those of some rules that the report of one case looks at."""
    outside = {one.rule for one in report.not_assessed if one.outcome == "not_looked_at"}
    return frozenset(rules) - outside


def judge(report: Report, judging: Judging, rules: Collection[str]) -> Report:
    """Return the report of one case with states, waivers, notes, and why it does not pass.

    `rules` are those that are looked at in this run. Of what a file holds on others, or on rules
    that the questions in force do not look at, nothing is said.
    """
    (case,) = report.cases
    looked_at = evaluated(report, rules)
    notes: list[str] = []
    if judging.baseline is not None:
        entries = judging.baseline.cases.get(case.case, ())
        found, note = compared(report.findings, entries, looked_at)
        report = report._replace(findings=found)
        notes += note
    if judging.waivers is not None:
        waivers = judging.waivers.cases.get(case.case, ())
        found, note = set_aside(report.findings, waivers, looked_at, judging.today)
        report = report._replace(findings=found)
        notes += note
    reasons = gate(
        report,
        fail_on=judging.fail_on,
        unknown=judging.unknown,
        min_coverage=judging.min_coverage,
    ).reasons
    return report._replace(cases=(case._replace(reasons=reasons, notes=tuple(notes)),))
