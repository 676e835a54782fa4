"""Each answer of a healthy alliance, made bad, raises the concern that belongs to it."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from partnerrules.checking import Checker
from partnerrules.documents import parse_document, read_document
from partnerrules.findings import Report
from partnerrules.packs import load_pack

ROOT = Path(__file__).parents[2]
BAD: list[tuple[str, dict[str, Any], str]] = [
    ("nobody put the aims into words", {"purpose.stated": "nothing"}, "PUR-01"),
    ("one partner has not confirmed the aims", {"purpose.confirmed_by": ["north-trust"]}, "PUR-01"),
    ("little was talked through before", {"selection.reviewed": ["role"]}, "PAR-05"),
    ("there is no document", {"agreement.form": "none"}, "AGR-01"),
    ("there is a contract about money only", {"agreement.form": "funding_contract"}, "AGR-01"),
    ("a topic is not covered", {"agreement.covers": ["purpose", "values"]}, "AGR-02"),
    ("one holds most votes", {"governance.largest_vote_share": 0.7}, "GOV-03"),
    ("nothing is agreed for disagreement", {"conflict.procedure": "none"}, "CON-01"),
    ("nobody looks after the partnership", {"support.kind": "none"}, "SEC-01"),
    ("participants are not involved", {"participants.involvement": "not_involved"}, "PTC-01"),
    ("how long was not talked about", {"exit.duration": "not_discussed"}, "EXT-01"),
    ("there is no plan for moving on", {"exit.plan": "none"}, "EXT-02"),
]


@pytest.fixture(scope="module")
def checker() -> Any:
    with Checker([load_pack("core")], engine="python") as made:
        yield made


def _changed(checker: Checker, changes: dict[str, Any]) -> Report:
    value = copy.deepcopy(read_document(ROOT / "cases/made-up/five-equal-partners.yaml").value)
    for path, answer in changes.items():
        group, name = path.split(".")
        value[group][name] = answer
    data = json.dumps(value).encode()
    return checker.check(checker.reader.parse(parse_document(data, path="x", format="json")))


@pytest.mark.parametrize(("words", "changes", "rule"), BAD, ids=[row[0] for row in BAD])
def test_a_bad_answer_raises_its_concern(
    checker: Checker, words: str, changes: dict[str, Any], rule: str
) -> None:
    found = {f.rule: f for f in _changed(checker, changes).findings if f.outcome == "concern"}
    assert rule in found
    assert found[rule].location.line >= 1
    assert found[rule].remediation.endswith(".")


@pytest.mark.parametrize("status", ["not_asked", "dont_know", "declined", "no_evidence_found"])
@pytest.mark.parametrize(("words", "changes", "rule"), BAD, ids=[row[0] for row in BAD])
def test_an_unknown_answer_is_never_read_as_no_nor_as_yes(
    checker: Checker, words: str, changes: dict[str, Any], rule: str, status: str
) -> None:
    report = _changed(checker, dict.fromkeys(changes, status))
    assert not [f for f in report.findings if f.rule == rule and f.outcome == "concern"]
    assert not [
        s for s in report.strengths if s.rule == rule and rule not in ("CON-01", "AGR-01", "GOV-03")
    ] or [f for f in report.findings if f.rule == rule]


def test_nobody_was_asked_anything_gives_no_concern_and_no_strength(checker: Checker) -> None:
    head = {"schema": "partnerrules.case/1", "case": "empty", "assessed_on": "2026-06-30"}
    document = parse_document(json.dumps(head).encode(), path="x", format="json")
    report = checker.check(checker.reader.parse(document))
    assert not [f for f in report.findings if f.outcome == "concern"]
    assert report.strengths == ()


def test_every_proof_ends_in_answers_and_is_not_circular(checker: Checker) -> None:
    for _, changes, _ in BAD:
        for finding in _changed(checker, changes).findings:
            steps = {step.id: step for step in finding.proof.steps}

            def depth(number: int, path: tuple[int, ...] = ()) -> int:
                assert number not in path
                below = steps[number].uses  # noqa: B023
                return 1 + max((depth(use, (*path, number)) for use in below), default=0)

            assert depth(finding.proof.root) < 20
