"""What is known about the check itself is told as a limit, and counts nowhere else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from partnerrules.checking import Checker
from partnerrules.documents import parse_document
from partnerrules.findings import Report
from partnerrules.packs import load_pack
from partnerrules.report import render
from partnerrules.report.audience import AUDIENCES, for_audience
from partnerrules.shipped import shipped_packs

CASES = Path(__file__).parents[2] / "cases" / "made-up"
PARTNERS = [{"id": one, "involvement": "throughout"} for one in ("north", "south", "east")]
COULD_NOT_SAY = {
    "partners": PARTNERS,
    "agreement": {"form": {"status": "dont_know", "respondent": "R1"}},
    "exit": {"plan": {"value": "written", "date": "2023-05", "respondent": "R1"}},
    "conflict": {"procedure": {"answers": [{"value": "none"}, {"value": "written"}]}},
}


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    with Checker([load_pack(name) for name in shipped_packs()], engine="python") as made:
        yield made


def _report(checker: Checker, said: dict[str, Any]) -> Report:
    head = {"schema": "partnerrules.case/1", "case": "made", "assessed_on": "2026-06-30"}
    document = parse_document(json.dumps({**head, **said}).encode(), path="made", format="json")
    return checker.check(checker.reader.parse(document))


def test_each_limit_is_told_once_with_what_could_help(checker: Checker) -> None:
    report = _report(checker, COULD_NOT_SAY)
    told = {one.rule: one for one in report.limits}
    assert list(told) == ["EVD-02", "EVD-03", "EVD-04", "EVD-05"]
    page = " ".join(render(report, "table").split())
    for one in told.values():
        assert f"- {one.message} {one.remediation}" in page
        assert "R1" not in one.message


def test_a_limit_is_no_concern_and_counts_nowhere(checker: Checker) -> None:
    report = _report(checker, COULD_NOT_SAY)
    others = (*report.findings, *report.strengths, *report.not_assessed)
    assert not [one for one in others if checker.library.rules[one.rule].limit]
    case = report.cases[0]
    assert "evidence" not in {one.dimension for one in case.verdicts}
    assert "About this check" not in {one.area for one in case.coverage.areas}
    assert not [one for one in report.questions if set(one.would_decide) & {"EVD-02", "EVD-05"}]
    without = _report(checker, {"partners": PARTNERS, "exit": {"plan": "written"}})
    assert {"EVD-03", "EVD-04", "EVD-05"}.isdisjoint(one.rule for one in without.limits)


@pytest.mark.parametrize("name", ["two", "three", "five"])
def test_nothing_limits_the_check_of_a_healthy_alliance(checker: Checker, name: str) -> None:
    case = checker.reader.read(CASES / f"{name}-equal-partners.yaml")
    assert checker.check(case).limits == ()


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_limit_that_names_a_confidential_answer_is_for_the_team(
    checker: Checker, audience: str
) -> None:
    form = {"status": "dont_know", "confidential": "yes"}
    report = _report(checker, {"agreement": {"form": form}})
    [told] = [one for one in for_audience(report, audience).limits if one.rule == "EVD-05"]
    assert ("In what form" in told.message) == (audience == "team")
