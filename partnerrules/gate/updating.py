"""Bringing a baseline up to what is found now, without accepting more than it did."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from partnerrules.findings import KNOWN, Finding
from partnerrules.gate.baseline import Entry, Subject, compared, hidden_by

Key = tuple[str, str, Subject]


class Seen(NamedTuple):
    """What a run found in one case."""

    findings: Sequence[Finding]
    rules: Collection[str]
    """Those that were evaluated there."""


class Changes(NamedTuple):
    """What became of a baseline."""

    entries: tuple[Entry, ...]
    """All that it holds now."""
    removed: tuple[Entry, ...]
    eased: tuple[Entry, ...]
    """Those that are less grave now, as they are now."""
    added: tuple[Entry, ...]
    """What is new or graver."""
    left: int
    """How many findings are new or graver, and were not added."""


def updated(before: Iterable[Entry], seen: Mapping[str, Seen], *, add: bool = False) -> Changes:
    """Bring entries up to what was seen, by case.

    What no longer occurs goes and what got better is held as it is now, but only in cases that
    were evaluated with that rule. What is new or worse comes in only with `add`, and so does an
    open question in the place of a concern.
    """
    kept = {_key(one): one for one in before}
    by_case: dict[str, list[Entry]] = {}
    for one in kept.values():
        by_case.setdefault(one.case, []).append(one)
    removed, eased, added = list[Entry](), list[Entry](), list[Entry]()
    left = 0
    for case, (findings, rules) in seen.items():
        entries = by_case.get(case, [])
        for finding in compared(findings, entries, rules)[0]:
            now = entry_of(finding)
            if finding.state != KNOWN:
                left += not add
                added += [now] * add
            elif _better(kept[_key(now)], now):
                eased.append(now)
        gone = {_key(one) for one in entries} - {_key(entry_of(one)) for one in findings}
        for key in gone:
            one = kept[key]
            if one.rule in rules and (add or not hidden_by(one, findings)):
                removed.append(one)
    for one in removed:
        del kept[_key(one)]
    kept |= {_key(one): one for one in (*eased, *added)}
    return Changes(_sorted(kept.values()), _sorted(removed), _sorted(eased), _sorted(added), left)


def entry_of(one: Finding) -> Entry:
    """Return what a baseline keeps of a finding."""
    return Entry(one.case, one.rule, one.subject, one.outcome, one.severity, one.could_be)


def _better(before: Entry, now: Entry) -> bool:
    """Say whether nothing that could still come of it is as grave as what was accepted."""
    return before.outcome == now.outcome and now.worst < before.worst


def _sorted(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=_key))


def _key(one: Entry) -> Key:
    return one.case, one.rule, one.subject
