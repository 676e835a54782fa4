"""The report as JUnit: a test for each rule and subject that was evaluated, whatever came of it.

So the number of tests does not depend on where the gate stands. A test is known by the rule, the
subject and the name of the rule, which are the same whether it passes or not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from xml.etree import ElementTree

from partnerrules.findings import (
    CaseResult,
    ErrorInfo,
    Finding,
    Location,
    Report,
    counted,
    holds_back,
)
from partnerrules.report.accepting import accepted_words, waiver_words
from partnerrules.report.concerns import lowered
from partnerrules.report.text import plain
from partnerrules.report.words import RESTS_ON, count, level_words, titled

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
RESULTS = ("failure", "error", "skipped")


class Test(NamedTuple):
    """One test; `result` is one of RESULTS, or nothing where it passes."""

    name: str
    result: str = ""
    kind: str = ""
    message: str = ""
    text: str = ""
    """Of a failure why and what could help; of one that passes what is to be said."""
    path: str = ""
    line: int = 0


def render_junit(report: Report) -> str:
    """Return a suite for each case and each error, in the order of the report."""
    root = ElementTree.Element("testsuites", name="partnerrules")
    totals: Counter[str] = Counter()
    for name, tests, limits in _suites(report):
        totals += _put_suite(root, name, tests, limits)
    for key, number in _counts(totals).items():
        root.set(key, number)
    ElementTree.indent(root)
    return f"{HEAD}{ElementTree.tostring(root, encoding='unicode')}\n"


def _suites(report: Report) -> Iterator[tuple[str, list[Test], list[str]]]:
    """Yield the name of each suite, its tests, and the limits of what was looked at."""
    failing = frozenset(_failing(report))
    for case in report.cases:
        if case.status == "error":
            continue
        tests = [*_answered(report, case), *_of_rules(report, case, failing)]
        limits = [one.message for one in report.limits if one.case == case.case]
        yield case.case, sorted(tests), limits
    for error in report.errors:
        yield error.path or "a case", [_error(error)], []
    if not report.cases and not report.errors:
        nothing = "There was no case to look at."
        yield "partnerrules", [Test("cases", "skipped", message=nothing)], []


def _failing(report: Report) -> Iterator[str]:
    """Yield the fingerprints of what the gate counts at its level."""
    fail_on, unknown = _setting(report, "fail_on", "high"), _setting(report, "unknown", "")
    for one in counted(report.findings):
        kind = holds_back(one, fail_on)
        if kind and (kind != "unknown" or unknown == "fail"):
            yield one.fingerprint


def _setting(report: Report, name: str, default: str) -> str:
    return report.gate.settings.get(name, default) if report.gate else default


def _answered(report: Report, case: CaseResult) -> Iterator[Test]:
    """Yield a test of how much was answered, where the gate looks at that."""
    least = float(_setting(report, "min_coverage", "0"))
    if least:
        known = case.coverage
        said = f"{known.answered} of {count(known.asked, 'question')} answered"
        name = f"At least {least:.0%} answered"
        enough = known.answered >= least * known.asked
        yield Test(name, "" if enough else "failure", "answered", said, said, case.path)


def _of_rules(report: Report, case: CaseResult, failing: frozenset[str]) -> Iterator[Test]:
    for finding in report.findings:
        if finding.case == case.case:
            yield _finding(finding, fails=finding.fingerprint in failing)
    for strength in report.strengths:
        if strength.case == case.case:
            name = _name(strength.rule, strength.subject, strength.name)
            yield Test(name, text=strength.message, **_at(strength.location))
    for one in report.sound:
        if one.case == case.case:
            yield Test(_name(one.rule, one.subject, one.name), path=case.path)
    for other in report.not_assessed:
        if other.case == case.case:
            name = _name(other.rule, other.subject, other.name)
            yield Test(name, "skipped", message=other.reason, path=case.path)


def _finding(one: Finding, *, fails: bool) -> Test:
    name = _name(one.rule, one.subject, one.name)
    kind, result = one.severity or f"could be {one.could_be}", "failure" if fails else ""
    message, text = one.message, _told(one)
    if one.set_aside:
        result, text = "skipped", ""
        waiver = one.waiver if one.waived else None
        message = f"Set aside, {waiver_words(waiver)}" if waiver else "In the baseline."
    elif one.outcome == "unknown" and not fails:
        result, text = "skipped", ""
    return Test(name, result, kind, message, text, **_at(one.location))


def _told(one: Finding) -> str:
    level = f"{level_words(one.severity)} follows from the answers." if one.severity else ""
    could = f"Could be {level_words(one.could_be)}." if one.could_be else ""
    lines = [
        f"{one.title}: {' '.join(part for part in (level, could) if part)}",
        one.message,
        lowered(one) if one.lowered_because else "",
        f"Also told under {', '.join(one.part_of)}." if one.part_of else "",
        *accepted_words(one),
        f"Why: {one.why}" if one.why else "",
        f"What could help: {one.remediation}" if one.remediation else "",
        f"What this rests on: {RESTS_ON.get(one.rests_on, one.rests_on)}.",
    ]
    return "\n".join(plain(line) for line in lines if line)


def _error(one: ErrorInfo) -> Test:
    name = f"{one.code} in line {one.line}" if one.line else one.code
    return Test(name, "error", one.code, one.message, one.message, one.path, one.line or 0)


def _name(rule: str, subject: Iterable[str], name: str) -> str:
    about = ", ".join(subject)
    return " ".join(part for part in (rule, f"[{about}]" if about else "", titled(name)) if part)


def _at(place: Location) -> dict[str, Any]:
    return {"path": place.path, "line": place.line if place.path else 0}


def _put_suite(
    root: ElementTree.Element, name: str, tests: Iterable[Test], limits: Iterable[str]
) -> Counter[str]:
    suite = ElementTree.SubElement(root, "testsuite", name=plain(name), package="partnerrules")
    totals: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for test in tests:
        called = plain(test.name)
        named[called] += 1
        if named[called] > 1:
            # GitLab takes two of one name for one test.
            called = f"{called} ({named[called]})"
        _put_test(suite, f"partnerrules.{plain(name)}", called, test)
        totals[test.result] += 1
    if said := "\n".join(map(plain, limits)):
        ElementTree.SubElement(suite, "system-out").text = said
    for key, number in _counts(totals).items():
        suite.set(key, number)
    return totals


def _put_test(suite: ElementTree.Element, group: str, name: str, test: Test) -> None:
    put = ElementTree.SubElement(suite, "testcase", classname=group, name=name)
    if test.path:
        put.set("file", plain(test.path))
    if test.line:
        put.set("line", str(test.line))
    text = "\n".join(map(plain, test.text.split("\n")))
    if not test.result:
        if text:
            ElementTree.SubElement(put, "system-out").text = text
        return
    result = ElementTree.SubElement(put, test.result, message=plain(test.message))
    if test.result != "skipped":
        result.set("type", test.kind)
        result.text = text


def _counts(totals: Counter[str]) -> dict[str, str]:
    return {
        "tests": str(totals.total()),
        "failures": str(totals["failure"]),
        "errors": str(totals["error"]),
        "skipped": str(totals["skipped"]),
    }
