"""Which findings of a case stand on their own, and which are told under another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from partnerrules.findings import CaseResult, Finding, Report, rank


class Groups(NamedTuple):
    """The findings of one case as people read them."""

    concerns: tuple[Finding, ...]
    """On their own, the highest level first; what a count counts."""
    unknown: tuple[Finding, ...]
    set_aside: tuple[Finding, ...]
    """What somebody accepts with a reason."""
    parts: dict[str, tuple[Finding, ...]]
    """The findings told under one, by the fingerprint of that one."""
    titles: dict[str, str]
    """The title of each rule with a finding in this case."""


def grouped(report: Report, case: CaseResult) -> Groups:
    """Return the findings of one case in groups; each is in exactly one place."""
    mine = [finding for finding in report.findings if finding.case == case.case]
    waived = [finding for finding in mine if finding.waived]
    open_ones = [finding for finding in mine if not finding.waived]
    parents = _parents(open_ones)
    own = [finding for finding in open_ones if finding.fingerprint not in parents]
    parts: dict[str, list[Finding]] = {}
    for finding in open_ones:
        if finding.fingerprint in parents:
            parts.setdefault(parents[finding.fingerprint], []).append(finding)
    return Groups(
        concerns=_worst_first(one for one in own if one.outcome == "concern"),
        unknown=_worst_first(one for one in own if one.outcome != "concern"),
        set_aside=tuple(waived),
        parts={key: _worst_first(group) for key, group in parts.items()},
        titles={finding.rule: finding.title for finding in mine},
    )


def active(report: Report) -> tuple[Finding, ...]:
    """Return concerns that nothing sets aside, in the order of the report.

    What was one in the baseline and is open now stays among them: where it vanished, readers of
    alerts would take it for mended.
    """
    return tuple(one for one in report.findings if one.level and not one.set_aside)


def _parents(findings: list[Finding]) -> dict[str, str]:
    """Return for each part the fingerprint of the outermost compound that is shown."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        # Only what is certain takes parts: under an open point a concern would go unread.
        if finding.outcome == "concern":
            by_rule.setdefault(finding.rule, []).append(finding)
    parents = {}
    for finding in findings:
        compounds = [one for rule in finding.part_of for one in by_rule.get(rule, ())]
        compounds.sort(key=lambda one: one.subject != finding.subject)
        if compounds:
            parents[finding.fingerprint] = compounds[0].fingerprint
    return {key: top for key in parents if (top := _outermost(key, parents)) is not None}


def _outermost(key: str, parents: dict[str, str]) -> str | None:
    seen = {key}
    top = parents[key]
    while top in parents:
        if top in seen:
            return None
        seen.add(top)
        top = parents[top]
    return None if top == key else top


def _worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(
        sorted(findings, key=lambda one: (-rank(one.severity), -rank(one.could_be), one.rule))
    )
