"""GitLab reads the concerns: its shape, fingerprints that are unique, no more than it shows."""

from __future__ import annotations

import json
from typing import Any

from jsonschema import Draft202012Validator

from partnerrules.findings import Report
from partnerrules.report import render
from partnerrules.report.audience import for_audience

SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["check_name", "description", "fingerprint", "location", "severity"],
        "properties": {
            "check_name": {"type": "string", "minLength": 1},
            "description": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "additionalProperties": False,
                "required": ["lines", "path"],
                "properties": {
                    "path": {"type": "string", "minLength": 1, "not": {"pattern": "^\\./"}},
                    "lines": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""As the documentation of GitLab has it (CI/CD, code quality, report format)."""


def told(report: Report) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(render(report, "gitlab"))
    Draft202012Validator(SCHEMA).validate(entries)
    assert len({one["fingerprint"] for one in entries}) == len(entries)
    return entries


def test_what_is_active_is_told_with_its_line(rich: Report) -> None:
    [error, *concerns] = told(rich)
    assert (error["severity"], error["location"]["lines"]["begin"]) == ("blocker", 4)
    assert [(one["check_name"], one["severity"]) for one in concerns] == [
        ("X20", "critical"),
        ("TRA-01", "major"),
        ("CON-01", "major"),
        ("AGR-01", "critical"),
        ("CON-01", "major"),
        ("GOV-01", "major"),
    ]
    assert all(one["description"].startswith(f"{one['check_name']}: ") for one in concerns)


def test_two_with_one_fingerprint_are_both_shown(rich: Report) -> None:
    one = rich.findings[0]
    twins = told(rich._replace(findings=(one, one, one), errors=()))
    assert twins[0]["fingerprint"] == one.fingerprint
    assert twins == told(rich._replace(findings=(one, one, one), errors=()))


def test_nothing_is_an_array_without_entries(empty: Report) -> None:
    assert told(empty) == []


def test_every_audience_and_every_text_fits(rich: Report, hostile: Report, long: Report) -> None:
    for report in (rich, hostile, long):
        for audience in ("team", "partners", "public"):
            for one in told(for_audience(report, audience)):
                assert one["description"].isprintable()
                assert one["location"]["path"].isprintable()
