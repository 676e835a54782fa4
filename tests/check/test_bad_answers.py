"""Each answer of a healthy case, made bad, raises its concern; made unknown, it raises none."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from bad import Bad, bad_answers, bad_together, silent
from healthy import CALM, EQUALS, Healthy, Keys, check, concerns, outcomes, told

from partnerrules.checking import Checker
from partnerrules.checking.results import DRAWN, OUTSIDE, Result

CASES = [*EQUALS, *CALM]
APART = [EQUALS[-1], CALM[0], CALM[-1]]
"""Cases that have little in common: all that grows, all that only exchanges, all that ends."""
EACH_DAY = [EQUALS[0], *APART]
"""Cases of which every answer is made bad each day, the least one among them; the rest is slow."""
STATUSES = ("not_asked", "dont_know", "declined", "no_evidence_found")
TEXTS = ("kind", "name", "topic")


def _asked(case: Healthy) -> Iterator[tuple[str, Keys]]:
    """Yield the answers; members who gave the same answers stand for each other."""
    seen = set()
    for fact, keys in case.answers():
        alike = (fact, str(keys))
        if keys[0] == "partners":
            given = {**case.value["partners"][keys[1]], "id": "", "name": ""}
            alike = (fact, str(given))
        if alike not in seen:
            seen.add(alike)
            yield fact, keys


ANSWERS = [
    pytest.param(
        *(case, fact, keys),
        id=f"{case}: {'.'.join(map(str, keys))}",
        marks=[] if case in EACH_DAY else pytest.mark.slow,
    )
    for case in CASES
    for fact, keys in _asked(case)
]


@pytest.fixture(scope="module")
def before(checker: Checker) -> dict[Healthy, list[Result]]:
    """Return what comes out of each case as it is."""
    return {case: outcomes(checker, case.value) for case in CASES}


@pytest.fixture(scope="module")
def sound_when_bad(checker: Checker) -> dict[Healthy, set[tuple[str, ...]]]:
    """Return what still goes well in each case with every answer made bad."""
    return {case: told(outcomes(checker, case.changed(all_bad(case))), "sound") for case in APART}


@cache
def all_bad(case: Healthy) -> dict[Keys, Any]:
    """Return the bad answers to all questions to which a concern belongs."""
    first = {keys: bad_answers()[fact][0] for fact, keys in case.answers()}
    return {keys: bad.answer_in(case, keys) for keys, bad in first.items() if bad.shows}


def levels(found: list[Result]) -> set[tuple[str | None, ...]]:
    """Return the rules that are of concern, each with its subject and level."""
    drawn = [one for one in found if one.outcome == "concern" and not one.rule.rule.limit]
    return {(one.rule.id, *one.subject, one.certain) for one in drawn}


def worse(case: Healthy, fact: str, keys: Keys) -> Iterator[tuple[Bad, Any]]:
    """Yield the bad answers to a question that are not the one which stands there."""
    for bad in bad_answers()[fact]:
        answer = bad.answer_in(case, keys)
        if answer != case.at(keys):
            yield bad, answer


@pytest.mark.parametrize("case", EQUALS, ids=str)
def test_a_healthy_alliance_of_equals_shows_no_concern(checker: Checker, case: Healthy) -> None:
    report = check(checker, case.value)
    assert report.findings == ()
    assert {"PUR-01", "AGR-01", "GOV-14", "CON-01", "PTC-01"} <= {s.rule for s in report.strengths}
    assert case.entered == any(strength.rule == "TRA-01" for strength in report.strengths)


@pytest.mark.parametrize("case", CALM, ids=str)
def test_a_calm_case_shows_at_most_three_things_to_keep_in_mind(
    checker: Checker, case: Healthy
) -> None:
    report = check(checker, case.value)
    assert {(one.outcome, one.severity) for one in report.findings} == {("concern", "low")}
    assert len(report.findings) <= 3


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_healthy_case_answers_all_that_its_rules_and_guards_read(
    checker: Checker, before: dict[Healthy, list[Result]], case: Healthy
) -> None:
    answered = {fact for fact, _ in case.answers()}
    report = check(checker, case.value)
    assert report.cases[0].coverage.answered == report.cases[0].coverage.asked
    rules = checker.library.rules
    due = [one.rule.rule for one in before[case] if one.outcome not in OUTSIDE]
    for name, rule in rules.items():
        if rule.target and any(rule.target.means(one) for one in due):
            # How much a place differs is asked of new places alone.
            wanted = checker.prepared.named[name] - {"region.differs_from_original"}
            assert wanted <= answered, name


@pytest.mark.parametrize(("case", "fact", "keys"), ANSWERS)
def test_a_bad_answer_raises_the_concern_that_belongs_to_it_and_no_other(
    checker: Checker, before: dict[Healthy, list[Result]], case: Healthy, fact: str, keys: Keys
) -> None:
    there = levels(before[case])
    for bad, answer in worse(case, fact, keys):
        found = levels(outcomes(checker, case.changed({keys: answer})))
        new, expected = {one[0] for one in found - there}, bad.expected(case, keys)
        assert new <= expected, bad
        assert expected <= new | {one[0] for one in there}, bad
        assert expected or bad.because or set(bad.shows) & silent(case).keys(), bad


@pytest.mark.parametrize("case", CASES, ids=str)
def test_answers_that_are_bad_together_raise_the_concern_that_belongs_to_them(
    checker: Checker, case: Healthy
) -> None:
    for rule, changes in bad_together(case):
        assert rule in {one[0] for one in levels(outcomes(checker, case.changed(changes)))}, rule


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_check_is_seen_in_a_healthy_case_or_it_is_said_why_not(
    checker: Checker, before: dict[Healthy, list[Result]], case: Healthy
) -> None:
    rules = {k: r for k, r in checker.library.rules.items() if r.kind in DRAWN and not r.limit}
    seen = {one[0] for one in levels(before[case])}
    for fact, keys in _asked(case):
        for bad, _ in worse(case, fact, keys):
            seen |= bad.expected(case, keys)
    seen |= {rule for rule, _ in bad_together(case)}
    checks = {name for name, rule in rules.items() if rule.kind == "check"}
    assert checks - seen - silent(case).keys() == set()


@pytest.mark.parametrize("case", [EQUALS[0], EQUALS[-1], *CALM], ids=str)
def test_every_concern_that_a_bad_answer_raises_is_told_with_its_place_and_advice(
    checker: Checker, case: Healthy
) -> None:
    report = check(checker, case.changed(all_bad(case)))
    assert len(concerns(report)) > 20
    for finding in report.findings:
        assert finding.location.line >= 1
        assert finding.remediation.endswith(".")


@pytest.mark.parametrize(("case", "fact", "keys"), [a for a in ANSWERS if a.values[0] in APART])
def test_an_unknown_answer_is_never_read_as_no_nor_as_yes(
    checker: Checker,
    before: dict[Healthy, list[Result]],
    sound_when_bad: dict[Healthy, set[tuple[str, ...]]],
    case: Healthy,
    fact: str,
    keys: Keys,
) -> None:
    there, sound = levels(before[case]), told(before[case], "sound")
    # A decision that nobody can tell of is none: X52 asks for a source.
    statuses = STATUSES if case.entered else STATUSES[:1]
    for status in [one for one in statuses if keys[-1] not in TEXTS or one != "not_asked"]:
        found = outcomes(checker, case.changed({keys: {"status": status}}))
        assert levels(found) <= there
        assert told(found, "sound") <= sound
    value = case.changed({**all_bad(case), keys: {"status": "dont_know"}})
    assert told(outcomes(checker, value), "sound") <= sound_when_bad[case]


def test_every_fact_that_is_told_to_be_bad_is_an_answer_of_a_healthy_case() -> None:
    assert set(bad_answers()) == {fact for case in CASES for fact, _ in case.answers()}


def test_nobody_was_asked_anything_gives_no_concern_and_no_strength(checker: Checker) -> None:
    head = {"schema": "partnerrules.case/1", "case": "empty", "assessed_on": "2026-06-30"}
    report = check(checker, head)
    assert concerns(report) == {}
    assert report.strengths == ()


def test_every_proof_ends_in_answers_and_is_not_circular(checker: Checker) -> None:
    case = EQUALS[-1]
    for fact, keys in case.answers():
        for _, answer in list(worse(case, fact, keys))[:1]:
            for finding in check(checker, case.changed({keys: answer})).findings:
                steps = {step.id: step for step in finding.proof.steps}

                def depth(number: int, path: tuple[int, ...] = ()) -> int:
                    assert number not in path
                    below = steps[number].uses  # noqa: B023
                    return 1 + max((depth(use, (*path, number)) for use in below), default=0)

                assert depth(finding.proof.root) < 20
