"""Waivers: findings that somebody accepts with a reason until a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from partnerrules.findings import Finding, Waiver
from partnerrules.gate.naming import named


class Waived(NamedTuple):
    """What one entry of a file of waivers is about, and the waiver itself."""

    case: str
    rule: str
    subject: tuple[str, ...] | None
    """None where all subjects of the rule are meant."""
    waiver: Waiver
    line: int
    """Where it stands in its file."""

    def means(self, one: Finding) -> bool:
        """Say whether it is about a finding of its case."""
        return self.rule == one.rule and self.subject in (None, one.subject)

    def over(self, today: str) -> bool:
        """Say whether its last day has passed."""
        return self.waiver.expires < today

    def early(self, today: str) -> bool:
        """Say whether it is still to be made, so that it does not count yet."""
        return self.waiver.created > today

    @property
    def about(self) -> str:
        """The rule, with whom it is about."""
        return named(self.rule, self.subject)


class Waivers(NamedTuple):
    """All of one file, by case."""

    path: str
    sha256: str
    cases: Mapping[str, tuple[Waived, ...]]

    def every(self) -> Iterator[Waived]:
        """Yield all of them, case by case."""
        for waivers in self.cases.values():
            yield from waivers


def set_aside(
    findings: Iterable[Finding],
    waivers: Sequence[Waived],
    evaluated: Collection[str],
    today: str,
) -> tuple[tuple[Finding, ...], list[str]]:
    """Return the findings of one case with their waivers, and notes on those that do nothing.

    Of several about one finding the one counts that lasts longest. What is waived as a whole sets
    its parts free: they are told and counted by themselves. None counts before the day it was made.
    """
    early = [one for one in waivers if one.early(today) and one.rule in evaluated]
    waivers = [one for one in waivers if not one.early(today)]
    findings = tuple(_waived(one, waivers, today) for one in findings)
    freed = {one.rule for one in findings if one.waived}
    freed -= {one.rule for one in findings if one.outcome == "concern" and not one.waived}
    idle = [
        one
        for one in waivers
        if one.rule in evaluated and not any(one.means(finding) for finding in findings)
    ]
    found = tuple(
        one._replace(part_of=tuple(rule for rule in one.part_of if rule not in freed))
        if freed.intersection(one.part_of)
        else one
        for one in findings
    )
    notes = [_note(one, over=one.over(today)) for one in idle]
    return found, [*notes, *map(_begins, early)]


def _waived(one: Finding, waivers: Iterable[Waived], today: str) -> Finding:
    meant = [waived for waived in waivers if waived.means(one)]
    if not meant:
        return one
    last = max(meant, key=lambda waived: (waived.waiver.expires, waived.waiver))
    return one._replace(waiver=last.waiver._replace(over=last.over(today)))


def _begins(one: Waived) -> str:
    return f"The waiver of {one.about} counts from {one.waiver.created} on, and not yet."


def _note(one: Waived, *, over: bool) -> str:
    until = f"ended on {one.waiver.expires} and" if over else f"until {one.waiver.expires}"
    return f"The waiver of {one.about} {until} sets nothing aside: it can go."
