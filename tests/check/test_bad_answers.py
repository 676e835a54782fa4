"""Each answer of a healthy alliance, made bad, raises its concern; made unknown, it raises none."""

from typing import Any

import pytest
from alliances import ALLIANCES, Alliance, Keys, check, concerns, outcomes
from bad import BAD

from partnerrules.checking import Checker

ANSWERS = [
    pytest.param(alliance, fact, keys, id=f"{alliance}: {'.'.join(map(str, keys))}")
    for alliance in ALLIANCES
    for fact, keys in alliance.answers()
]
STATUSES = ("not_asked", "dont_know", "declined", "no_evidence_found")
TEXTS = ("name", "topic")


@pytest.fixture(scope="module")
def sound(checker: Checker) -> dict[tuple[Alliance, str], set[tuple[str, ...]]]:
    """Return what goes well in each alliance: as it is, and with every answer made bad."""
    found = {}
    for one in ALLIANCES:
        found[one, "as it is"] = outcomes(checker, one.value, "sound")
        found[one, "all bad"] = outcomes(checker, one.changed(all_bad(one)), "sound")
    return found


def all_bad(alliance: Alliance) -> dict[Keys, Any]:
    """Return the bad answers to all questions to which a concern belongs."""
    return {k: BAD[f][0].answer for f, k in alliance.answers() if BAD[f][0].rules}


@pytest.mark.parametrize("alliance", ALLIANCES, ids=str)
def test_a_healthy_alliance_of_equals_shows_no_concern(
    checker: Checker, alliance: Alliance
) -> None:
    report = check(checker, alliance.value)
    assert report.findings == ()
    assert {"PUR-01", "AGR-01", "GOV-14", "CON-01", "PTC-01"} <= {s.rule for s in report.strengths}
    assert alliance.entered == any(strength.rule == "TRA-01" for strength in report.strengths)


@pytest.mark.parametrize(("alliance", "fact", "keys"), ANSWERS)
def test_a_bad_answer_raises_the_concern_that_belongs_to_it_and_no_other(
    checker: Checker, alliance: Alliance, fact: str, keys: Keys
) -> None:
    assert fact in BAD, f"say in bad.py what a bad answer to {fact} is, and what must show"
    for bad in BAD[fact]:
        report = check(checker, alliance.changed({keys: bad.answer}))
        assert set(concerns(report)) == bad.expected(alliance, keys), bad
        assert bad.rules or bad.because
        for finding in report.findings:
            assert finding.location.line >= 1
            assert finding.remediation.endswith(".")


@pytest.mark.parametrize(("alliance", "fact", "keys"), ANSWERS)
def test_an_unknown_answer_is_never_read_as_no_nor_as_yes(
    checker: Checker, sound: Any, alliance: Alliance, fact: str, keys: Keys
) -> None:
    bad = all_bad(alliance)
    for status in STATUSES[1:] if keys[-1] in TEXTS else STATUSES:
        value = alliance.changed({keys: {"status": status}})
        assert outcomes(checker, value, "concern") == set()
        assert outcomes(checker, value, "sound") <= sound[alliance, "as it is"]
    value = alliance.changed({**bad, keys: {"status": "dont_know"}})
    assert outcomes(checker, value, "sound") <= sound[alliance, "all bad"]


def test_every_fact_that_is_told_to_be_bad_is_an_answer_of_an_alliance() -> None:
    answered = {fact for alliance in ALLIANCES for fact, _ in alliance.answers()}
    assert set(BAD) == answered


def test_nobody_was_asked_anything_gives_no_concern_and_no_strength(checker: Checker) -> None:
    head = {"schema": "partnerrules.case/1", "case": "empty", "assessed_on": "2026-06-30"}
    report = check(checker, head)
    assert concerns(report) == {}
    assert report.strengths == ()


def test_every_proof_ends_in_answers_and_is_not_circular(checker: Checker) -> None:
    alliance = ALLIANCES[-1]
    for fact, keys in alliance.answers():
        for finding in check(checker, alliance.changed({keys: BAD[fact][0].answer})).findings:
            steps = {step.id: step for step in finding.proof.steps}

            def depth(number: int, path: tuple[int, ...] = ()) -> int:
                assert number not in path
                below = steps[number].uses  # noqa: B023
                return 1 + max((depth(use, (*path, number)) for use in below), default=0)

            assert depth(finding.proof.root) < 20
