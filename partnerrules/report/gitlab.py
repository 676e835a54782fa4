"""Concerns for the code quality report of GitLab: an array of JSON."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from partnerrules.findings import ErrorInfo, Finding, Report
from partnerrules.report.accepting import accepted_words
from partnerrules.report.concerns import subject
from partnerrules.report.grouping import active
from partnerrules.report.json import dumped
from partnerrules.report.text import plain

SEVERITIES = {"high": "critical", "medium": "major", "low": "minor"}
NOWHERE = "-"
"""In place of a path that the audience does not read; GitLab drops what has none."""


def render_gitlab(report: Report) -> str:
    """Return an entry for each error, then for each concern that nothing sets aside.

    Lines count from 1; of entries with one fingerprint GitLab would show the first alone.
    """
    entries = [*map(_error, report.errors), *map(_concern, active(report))]
    return dumped(list(_unique(entries)), indent=2) + "\n"


def _concern(one: Finding) -> dict[str, Any]:
    place = one.location
    return _entry(
        one.rule,
        " ".join([f"{subject(one)}{one.title}: {one.message}", *accepted_words(one)]),
        one.fingerprint,
        SEVERITIES[one.level or "low"],
        plain(place.path or one.case),
        place.line,
    )


def _error(one: ErrorInfo) -> dict[str, Any]:
    said = "\n".join((one.code, one.path, one.message))
    identity = hashlib.sha256(said.encode("utf-8", "backslashreplace")).hexdigest()[:32]
    path = plain(one.path) or NOWHERE
    return _entry(one.code, one.message, identity, "blocker", path, one.line or 1)


def _entry(
    name: str, description: str, identity: str, severity: str, path: str, line: int
) -> dict[str, Any]:
    # GitLab does not show the name of a check: the description begins with it.
    return {
        "check_name": name,
        "description": f"{name}: {plain(description)}",
        "fingerprint": identity,
        "location": {"lines": {"begin": line}, "path": path},
        "severity": severity,
    }


def _unique(entries: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield entries of which each has a fingerprint of its own, the same in every run."""
    told: dict[str, int] = {}
    for entry in entries:
        identity = entry["fingerprint"]
        told[identity] = number = told.get(identity, 0) + 1
        if number > 1:
            salted = hashlib.sha256(f"{identity}:{number}".encode()).hexdigest()[:32]
            entry = {**entry, "fingerprint": salted}
        yield entry
