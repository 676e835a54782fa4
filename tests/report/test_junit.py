"""CI servers read a test for each rule and subject, whatever came of it."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from partnerrules.findings import Gate, Report
from partnerrules.report import render
from partnerrules.report.audience import for_audience

KINDS = {Failure: "fails", Skipped: "skipped", Error: "error"}
NAMES = {"error": "errors", "fails": "failures", "skipped": "skipped"}


def suites(report: Report) -> list[TestSuite]:
    """Read a report with a reader of others, and check what all readers rely on."""
    found = JUnitXml.fromstring(render(report, "junit").encode())
    tests = [test for suite in found for test in suite]
    assert len({(test.classname, test.name) for test in tests}) == len(tests)
    for group in (found, *found):
        inside = tests if group is found else list(group)
        told = [outcome(test) for test in inside]
        assert group.tests == len(inside)
        for kind, name in NAMES.items():
            assert getattr(group, name) == told.count(kind), (group.name, name)
    return list(found)


def outcome(test: TestCase) -> str:
    assert len(test.result) < 2
    return KINDS[type(test.result[0])] if test.result else "passes"


def outcomes(report: Report) -> dict[str, str]:
    return {
        f"{suite.name} {test.name.split()[0]}": outcome(test)
        for suite in suites(report)
        for test in suite
    }


def gated(report: Report, **settings: str) -> Report:
    return report._replace(gate=Gate(settings, True, ()))


WHATEVER = {
    "river-alliance RES-02": "skipped",
    "river-alliance CON-02": "skipped",
    "river-alliance PUR-01": "passes",
    "river-alliance PAR-01": "passes",
    "river-alliance EXT-01": "skipped",
    "river-alliance TRA-02": "skipped",
    "small LEA-01": "skipped",
    "small X07": "passes",
    "c.yaml case.key": "error",
}
HERE = ("river-alliance X20", "river-alliance TRA-01", "river-alliance CON-01")
THERE = ("small AGR-01", "small CON-01")
OPEN = ("river-alliance RES-01", "small GOV-01")
LEVELS = [
    ("high", "warn", "fails passes passes fails passes skipped skipped"),
    ("medium", "warn", "fails passes fails fails fails skipped fails"),
    ("none", "warn", "passes passes passes passes passes skipped skipped"),
    ("high", "fail", "fails passes fails fails passes fails skipped"),
    ("medium", "fail", "fails passes fails fails fails fails fails"),
    ("none", "fail", "passes passes passes passes passes skipped skipped"),
]


@pytest.mark.parametrize(("fail_on", "unknown", "wanted"), LEVELS)
def test_what_the_gate_counts_fails(rich: Report, fail_on: str, unknown: str, wanted: str) -> None:
    told = outcomes(gated(rich, fail_on=fail_on, unknown=unknown))
    assert told == WHATEVER | dict(zip((*HERE, *THERE, *OPEN), wanted.split(), strict=True))


def test_without_a_gate_it_stands_at_high(rich: Report) -> None:
    assert outcomes(rich._replace(gate=None)) == outcomes(gated(rich, fail_on="high"))


def test_a_test_says_where_and_why(rich: Report) -> None:
    [test] = [one for one in suites(rich)[0] if one.name.startswith("X20")]
    assert test.classname == "partnerrules.river-alliance"
    assert test._elem.attrib["file"] == rich.findings[0].location.path
    assert test._elem.attrib["line"] == "12"
    [failure] = test.result
    assert (failure.type, failure.message) == ("high", rich.findings[0].message)
    assert "What could help: " in failure.text
    [known] = [one for one in suites(rich)[0] if one.name.startswith("RES-02")]
    assert known.result[0].message == (
        "Set aside, accepted as a risk until 2026-12-31: "
        "Agreed at the yearly meeting (approved by Board)."
    )


def test_a_name_is_the_same_whether_it_passes_or_not(rich: Report) -> None:
    one, sound = rich.findings[1], rich.strengths[0]
    sound = sound._replace(rule=one.rule, name=one.name, subject=one.subject)
    bare = rich._replace(not_assessed=(), sound=(), findings=(), strengths=())
    names = [
        next(iter(suites(report)[0])).name
        for report in (bare._replace(findings=(one,)), bare._replace(strengths=(sound,)))
    ]
    assert names == ["TRA-01 [hills] A new region and a partner who knows it"] * 2


def test_too_few_answers_fail_where_the_gate_asks_for_more(rich: Report) -> None:
    for least, wanted in (("0.5", "passes"), ("0.6", "fails")):
        told = [t for t in suites(gated(rich, min_coverage=least))[0] if t.name[:8] == "At least"]
        assert [outcome(test) for test in told] == [wanted]


def test_nothing_is_one_test_that_is_skipped(empty: Report) -> None:
    assert outcomes(empty) == {"partnerrules cases": "skipped"}
    assert "no case" in render(empty, "junit")


def test_every_text_is_text(hostile: Report, long: Report) -> None:
    for report in (hostile, long):
        for audience in ("team", "partners", "public"):
            seen = for_audience(report, audience)
            assert suites(seen)
            for one in ElementTree.fromstring(render(seen, "junit")).iter():
                texts = [*one.attrib.values(), *(one.text or "").split("\n")]
                assert all(text.isprintable() for text in texts)
                assert one.tag in {
                    *("testsuites", "testsuite", "testcase", "failure", "error", "skipped"),
                    "system-out",
                }
