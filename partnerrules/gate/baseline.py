"""A baseline: what was found on one day, and is accepted as it is until it gets worse."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from partnerrules.cases.case import UNNAMED
from partnerrules.findings import (
    KNOWN,
    NO_LONGER_ASSESSED,
    WORSE,
    Finding,
    fingerprint,
    rank,
)
from partnerrules.gate.naming import named

SCHEMA = "partnerrules.baseline/1"
SHOWN = 10
"""Entries that one note names; the others are counted."""
Subject = tuple[str, ...]


class Entry(NamedTuple):
    """One finding as it was: its identity and how grave it was, and nothing else."""

    case: str
    rule: str
    subject: Subject
    outcome: str
    """concern or unknown."""
    severity: str | None
    could_be: str | None

    @property
    def fingerprint(self) -> str:
        """The identity of the finding."""
        return fingerprint(self.rule, self.case, self.subject)

    @property
    def worst(self) -> int:
        """The rank of the gravest level that it accepts."""
        return max(rank(self.severity), rank(self.could_be))


class Baseline(NamedTuple):
    """All entries of a file, by case."""

    path: str
    sha256: str
    cases: Mapping[str, tuple[Entry, ...]]

    def every(self) -> Iterator[Entry]:
        """Yield every entry."""
        for entries in self.cases.values():
            yield from entries


def compared(
    findings: Iterable[Finding], entries: Sequence[Entry], evaluated: Collection[str]
) -> tuple[tuple[Finding, ...], list[str]]:
    """Return the findings of one case with their states, and notes on what is no longer so.

    A concern that the baseline holds about a member counts as open where the member may be among
    those that a list does not name.
    """
    findings = tuple(findings)
    there = {(one.rule, one.subject) for one in findings}
    held = {(one.rule, one.subject): one for one in entries}
    lost = [one for one in entries if (one.rule, one.subject) not in there]
    found = tuple(_compared(one, held.get((one.rule, one.subject)), lost) for one in findings)
    gone = [one for one in lost if one.rule in evaluated and not hidden_by(one, findings)]
    return found, [_note(gone)] if gone else []


def _compared(one: Finding, entry: Entry | None, lost: Iterable[Entry]) -> Finding:
    hidden = [before for before in lost if before.severity and _stands_for(one, before)]
    if hidden:
        entry = max([*hidden, *([entry] if entry else [])], key=lambda e: rank(e.severity))
    if entry is None:
        return one
    if one.outcome == "unknown" and entry.severity:
        state = NO_LONGER_ASSESSED
    else:
        worse = rank(one.severity) > rank(entry.severity) or rank(one.could_be) > entry.worst
        state = WORSE if worse else KNOWN
    return one._replace(state=state, accepted=entry.severity)


def hidden_by(entry: Entry, findings: Iterable[Finding]) -> bool:
    """Say whether an open finding may be about the subject of an entry, which nobody names now."""
    return any(_stands_for(one, entry) for one in findings)


def _stands_for(one: Finding, entry: Entry) -> bool:
    """Say whether an open finding about somebody unnamed may be about the subject of an entry."""
    if one.rule != entry.rule or one.outcome != "unknown" or UNNAMED not in one.subject:
        return False
    both = zip(one.subject, entry.subject, strict=False)
    return len(one.subject) == len(entry.subject) and all(a in (UNNAMED, b) for a, b in both)


def _note(gone: Sequence[Entry]) -> str:
    names = "; ".join(named(one.rule, one.subject) for one in gone[:SHOWN])
    more = f"; and {len(gone) - SHOWN} more" if len(gone) > SHOWN else ""
    return f"In the baseline, and no longer so: {names}{more}."
