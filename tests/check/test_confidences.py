"""What a case says in confidence is told to the team alone, wherever a report would tell it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from partnerrules.checking import Checker
from partnerrules.checking.explain import explain
from partnerrules.findings import Report
from partnerrules.report import FORMATS, render
from partnerrules.report.audience import RESTING, for_audience, seen_explanation

HEAD = "schema: partnerrules.case/1\ncase: quiet\nassessed_on: 2026-06-30\n"
OTHERS = ("partners", "public")
Check = Callable[[str], Report]


@pytest.fixture
def check(checker: Checker, tmp_path: Path) -> Check:
    def check(text: str) -> Report:
        path = tmp_path / "quiet.yaml"
        path.write_text(HEAD + text, encoding="utf-8")
        return checker.check(checker.reader.read(path))

    return check


def _texts(report: Report, audience: str) -> dict[str, str]:
    seen = for_audience(report, audience)
    return {one: " ".join(render(seen, one, everything=True).split()) for one in FORMATS}


SETTLED = """\
partnership: {{stage: scaling, depth: deliver_together}}
conflict:
  procedure: none
  neutral_facilitator: {{value: yes, confidential: {quiet}}}
  resolved_in_last_year: {{value: yes, confidential: {quiet}}}
"""
GUARD = "have settled a disagreement"


@pytest.mark.parametrize("audience", OTHERS)
def test_why_a_guard_lowers_is_not_told_where_it_rests_on_a_confidential_answer(
    check: Check, audience: str
) -> None:
    told = _texts(check(SETTLED.format(quiet="no")), audience)
    hidden = _texts(check(SETTLED.format(quiet="yes")), audience)
    for format, text in hidden.items():
        assert GUARD not in text and "X43" not in text, format
    for format in ("json", "jsonl", "junit", "sarif", "table"):
        assert GUARD in told[format] and RESTING in hidden[format], format
    assert f'Lowered from "plan for" to "keep in mind": {RESTING}' in hidden["table"]
    assert GUARD in _texts(check(SETTLED.format(quiet="yes")), "team")["table"]


NETWORK = """\
partnership: {{stage: operating, depth: {{value: exchange_information, confidential: {quiet}}}}}
agreement: {{tasks_shared_out: no}}
"""


@pytest.mark.parametrize("audience", OTHERS)
def test_why_a_guard_leaves_a_rule_out_is_not_told_either(
    checker: Checker, check: Check, tmp_path: Path, audience: str
) -> None:
    for quiet in ("no", "yes"):
        report = for_audience(check(NETWORK.format(quiet=quiet)), audience)
        case = checker.reader.read(tmp_path / "quiet.yaml")
        [one] = [seen_explanation(one, audience) for one in explain(checker, case, "AGR-03")]
        [reason] = [one.reason for one in report.not_assessed if one.rule == "AGR-03"]
        assert one.outcome == "not_due" and one.message == reason
        assert (reason == RESTING) == (quiet == "yes")
        assert ("exchange information" in str(report)) == (quiet == "no")
