"""The report as SARIF 2.1.0, for GitHub code scanning and other viewers."""

from __future__ import annotations

import re
from typing import Any

from partnerrules.findings import ErrorInfo, Report
from partnerrules.report.grouping import active
from partnerrules.report.json import dumped
from partnerrules.report.sarif_places import ROOT, place_of, said
from partnerrules.report.sarif_results import Result, no_findings, result_of
from partnerrules.report.sarif_rules import rules_of
from partnerrules.report.text import plain

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST = 25_000
"""Results of one run that GitHub takes."""
_SEMANTIC = re.compile(r"\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?")


def render_sarif(report: Report, *, everything: bool = False, pages: str = "") -> str:
    """Return one run with what is of concern and not set aside.

    `everything` adds what is open, set aside, sound or does not apply, for viewers that tell these
    apart; GitHub would open an alert for each. `pages` is the address of pages about rules.
    """
    findings = report.findings if everything else active(report)
    rules = rules_of(report, findings, everything=everything, pages=pages)
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    compared = everything and report.baseline is not None
    results = [result_of(one, index, compared=compared) for one in findings]
    if everything:
        results += no_findings(report, index)
    kept = _worst(results)
    run: dict[str, Any] = {
        "tool": {"driver": _named("partnerrules", report.version) | {"rules": rules}},
        "automationDetails": {"id": _category(report.profile)},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report, len(results) - len(kept))],
        "originalUriBaseIds": {ROOT: {"description": {"text": "Where the check was run."}}},
        "properties": {
            "audience": report.audience,
            "openQuestions": sum(one.outcome == "unknown" for one in report.findings),
            "questionsSet": report.questions_set,
            "setAside": sum(one.set_aside for one in report.findings),
        },
        "results": kept,
    }
    if report.packs:
        run["tool"]["extensions"] = [_named(one.id, one.version) for one in report.packs]
    return dumped({"$schema": SCHEMA, "runs": [run], "version": "2.1.0"}, indent=2) + "\n"


def _named(name: str, version: str) -> dict[str, Any]:
    told = {"name": name, "version": plain(version)}
    return told | ({"semanticVersion": version} if _SEMANTIC.fullmatch(version) else {})


def _category(profile: str) -> str:
    # Without the slash at the end GitHub would see no category in it.
    return f"partnerrules/{plain(profile)}/" if profile else "partnerrules/"


def _worst(results: list[Result]) -> list[Result]:
    """Return as many as are taken, the gravest, in their order."""
    if len(results) <= MOST:
        return results
    levels = {"error": 3, "warning": 2, "note": 1, "none": 0}
    by_level = sorted(range(len(results)), key=lambda at: -levels[results[at]["level"]])
    return [results[at] for at in sorted(by_level[:MOST])]


def _invocation(report: Report, left: int) -> dict[str, Any]:
    """Return whether all could be read and evaluated, and what could not."""
    told = [_notification(one) for one in report.errors]
    if left:
        text = f"{left} results are left out: no more than {MOST} are taken."
        told.append({"level": "warning", "message": {"text": text}})
    said: dict[str, Any] = {"executionSuccessful": not report.errors}
    return said | ({"toolExecutionNotifications": told} if told else {})


def _notification(one: ErrorInfo) -> dict[str, Any]:
    told: dict[str, Any] = {
        "descriptor": {"id": one.code},
        "level": "error",
        "message": {"text": said(one.message) or one.code},
    }
    if one.path:
        told["locations"] = [{"physicalLocation": place_of(one.path, one.line, one.column)}]
    return told
