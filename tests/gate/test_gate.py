"""Whether a run passes: every setting by every kind of finding."""

from __future__ import annotations

from itertools import product

import pytest
from gate_made import WAIVER, finding, report

from partnerrules.findings import LEVELS, Waiver, rank
from partnerrules.gate import gate, open_points

KINDS = [(severity, worse) for severity in (None, *LEVELS) for worse in (None, *LEVELS)]
KINDS = [(s, w) for s, w in KINDS if (s or w) and (w is None or rank(w) > rank(s))]
FAIL_ON = [*LEVELS, "none"]


@pytest.mark.parametrize(
    ("fail_on", "unknown", "kind"), [*product(FAIL_ON, ["ignore", "warn", "fail"], KINDS)]
)
def test_every_setting_by_every_outcome(
    fail_on: str, unknown: str, kind: tuple[str | None, str | None]
) -> None:
    severity, could_be = kind
    order = ["none", "low", "medium", "high"]
    follows = fail_on != "none" and order.index(severity or "none") >= order.index(fail_on)
    could = fail_on != "none" and order.index(could_be or "none") >= order.index(fail_on)
    judged = gate(report(finding("CON-01", *kind)), fail_on=fail_on, unknown=unknown)
    assert judged.passed == (not follows and not (could and unknown == "fail"))
    assert judged.settings == {"fail_on": fail_on, "unknown": unknown}
    assert len(judged.reasons) == (not judged.passed)
    points = open_points(report(finding("CON-01", *kind)), fail_on=fail_on)
    assert len(points) == (could and not follows)


def test_a_reason_names_the_case_the_subject_and_the_rule_in_words() -> None:
    known = finding("CON-01", "high", None)
    assert gate(report(known)).reasons == (
        "one: A way through (Hill districts), CON-01: act now (high) follows from the answers",
    )
    [point] = open_points(report(finding("CON-02", "low", "high")))
    assert point.endswith("CON-02: could be act now (high), and is not known yet")


def test_what_was_set_aside_does_not_count() -> None:
    aside = finding("CON-01", "high", None, waiver=WAIVER)
    assert gate(report(aside)).passed


ROWS = [
    ("a part is counted under its compound, once", ("high", None), ("high", None), {}, 1),
    ("under one that is only open it counts itself", (None, "high"), ("high", None), {}, 1),
    ("under a lesser one too", ("low", None), ("high", None), {}, 1),
    ("and under one that was set aside", ("high", None), ("high", None), {"waiver": WAIVER}, 1),
    ("and without one", None, ("high", None), {}, 1),
]


@pytest.mark.parametrize(
    ("words", "whole", "part", "more", "number"), ROWS, ids=[r[0] for r in ROWS]
)
def test_parts(
    words: str,
    whole: tuple[str | None, str | None] | None,
    part: tuple[str | None, str | None],
    more: dict[str, Waiver],
    number: int,
) -> None:
    found = [finding("CON-01", *part, part_of=("X28",))]
    if whole:
        found.append(finding("X28", *whole, **more))
    assert len(gate(report(*found)).reasons) == number
    assert ("CON-01" in gate(report(*found)).reasons[0]) == (words[:6] != "a part")


@pytest.mark.parametrize(
    ("least", "answered", "passed"),
    [(None, 0, True), (0, 0, True), (0.5, 5, True), (0.5, 4, False), (1, 9, False), (1, 10, True)],
)
@pytest.mark.parametrize("fail_on", FAIL_ON)
def test_the_share_that_a_case_has_to_answer(
    least: float | None, answered: int, passed: bool, fail_on: str
) -> None:
    judged = gate(report(answered=answered), fail_on=fail_on, min_coverage=least)
    assert judged.passed == passed
    if not passed:
        [reason] = judged.reasons
        assert reason.startswith(f"one: {answered} of 10 questions are answered, fewer than")
    assert ("min_coverage" in judged.settings) == (least is not None)


@pytest.mark.parametrize(("answered", "asked", "least"), [(110, 200, 0.55), (7, 100, 0.07)])
def test_who_answers_exactly_the_share_passes(answered: int, asked: int, least: float) -> None:
    assert gate(report(answered=answered, asked=asked), min_coverage=least).passed
    assert not gate(report(answered=answered - 1, asked=asked), min_coverage=least).passed


def test_the_share_is_told_as_it_was_asked_for() -> None:
    [reason] = gate(report(answered=60, asked=100), min_coverage=0.604).reasons
    assert reason.endswith("60 of 100 questions are answered, fewer than the 60.4% asked for")


def test_a_case_of_which_nothing_is_asked_passes() -> None:
    assert gate(report(answered=0, asked=0), min_coverage=1).passed


def test_the_gate_changes_nothing_that_it_reads() -> None:
    given = report(finding("CON-01", "high", None))
    gate(given)
    assert given == given._replace()
