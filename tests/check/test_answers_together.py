"""Answers that are not bad by themselves make what is missing weigh more, or less."""

from typing import Any

import pytest
from healthy import Healthy, Keys, check, concerns

from partnerrules.checking import Checker

FIVE = Healthy("five-equal-partners", entered=True)
HOME = Healthy("five-equal-partners")
NO_PLAN = {("exit", "plan"): "none"}
NO_PAPER = {("agreement", "form"): "none"}
NOT_AGREED = {("conflict", "procedure"): "none"}
NOT_INVOLVED = {("participants", "involvement"): "not_involved"}
NO_ADAPTATION = {("scaling", "adaptation_process"): "none"}
NOBODY_LOCAL = {("partners", 0, "level"): "provincial"}
NO_EXPERT: dict[Keys, Any] = {("partners", 2, "groups"): ["participant"]}
NO_AUTHORITY: dict[Keys, Any] = {
    ("partners", 1, "groups"): ["resource_provider"],
    ("partners", 4, "groups"): ["participant"],
}


def _decisions(fact: str, answer: Any) -> dict[Keys, Any]:
    return {("governance", "decisions", number, fact): answer for number in range(3)}


ADVICE_DIFFERS: dict[Keys, Any] = {("accountability", "instructions_differ"): ["technical_advice"]}
TOLD_ONE_WAY = {("accountability", "reporting"): "one_way"}
ONE_WORD = _decisions("last_word", "north-trust")
WITHOUT_ONE = _decisions("took_part", ["north-trust", "south-union", "east-college", "hill-office"])

TOGETHER = [
    # what is missing, its level, what is added, the level then
    ("the end is near", FIVE, "EXT-02", NO_PLAN, "medium",
     {("partnership", "planned_end_on"): "2026-12"}, "high"),
    ("the end was announced", FIVE, "EXT-02", NO_PLAN, "medium",
     {("partnership", "ending_announced"): True}, "high"),
    ("money ends", FIVE, "EXT-02", NO_PLAN, "medium",
     {("resources", "horizon"): "ends_no_renewal"}, "high"),
    ("the partners are closing", FIVE, "EXT-02", NO_PLAN, "medium",
     {("partnership", "stage"): "closing"}, "high"),
    ("they began this year", FIVE, "EXT-02",
     {**NO_PLAN, ("partnership", "planned_end_on"): "2027-06"}, "high",
     {("partnership", "started_on"): "2026-01"}, "medium"),
    ("they are still forming", FIVE, "PTC-01", NOT_INVOLVED, "high",
     {("partnership", "stage"): "forming"}, "medium"),
    ("they exchange information", FIVE, "AGR-01", NO_PAPER, "high",
     {("partnership", "depth"): "exchange_information"}, "low"),
    ("each does its own work", FIVE, "AGR-01", NO_PAPER, "high",
     {("partnership", "depth"): "coordinate_own_work"}, "medium"),
    ("no money is handled together", FIVE, "AGR-01", NO_PAPER, "high",
     {("partnership", "money_together"): "none"}, "medium"),
    ("nobody is there to turn to", FIVE, "CON-01", NOT_AGREED, "low",
     {("conflict", "neutral_facilitator"): False}, "high"),
    ("nothing was settled in the last year", FIVE, "CON-01", NOT_AGREED, "low",
     {("conflict", "resolved_in_last_year"): False}, "high"),
    ("many more people are reached", HOME, "PAR-01", NO_AUTHORITY, "low",
     {("partnership", "going_to_scale"): True}, "medium"),
    ("a region is new", HOME, "PAR-01", NO_EXPERT, "low",
     {("regions", 0, "status"): "new"}, "medium"),
    ("they decided to go without experts", FIVE, "PAR-01", NO_EXPERT, "medium",
     {("selection", "not_needed_now"): ["expert"]}, None),
    ("the place is very different", FIVE, "TRA-01", NOBODY_LOCAL, "medium",
     {("regions", 1, "differs_from_original"): "very"}, "high"),
    ("the place is nearly the same", FIVE, "TRA-01", NOBODY_LOCAL, "medium",
     {("regions", 1, "differs_from_original"): "little"}, "low"),
    ("the place is very different", FIVE, "TRA-02", NO_ADAPTATION, "medium",
     {("regions", 1, "differs_from_original"): "very"}, "high"),
    ("the place is nearly the same", FIVE, "TRA-02", NO_ADAPTATION, "medium",
     {("regions", 1, "differs_from_original"): "little"}, "low"),
    ("nobody is local there", FIVE, "X12", NO_ADAPTATION, None, NOBODY_LOCAL, "high"),
    ("others disagreed", FIVE, "GOV-14", ONE_WORD, "medium",
     {("governance", "decisions", 1, "others_disagreed"): True}, "high"),
    ("two of three had another last word", FIVE, "GOV-14", ONE_WORD, "medium",
     {("governance", "decisions", 1, "last_word"): "south-union",
      ("governance", "decisions", 2, "last_word"): "not_applicable"}, None),
    ("all were there for one of them", FIVE, "GOV-14", WITHOUT_ONE, "low",
     {("governance", "decisions", 2, "took_part"):
      ["north-trust", "south-union", "east-college", "west-farmers", "hill-office"]}, None),
    ("tasks are not shared out either", FIVE, "X21", ADVICE_DIFFERS, None,
     {("agreement", "tasks_shared_out"): False}, "high"),
    ("plans changed before all had agreed", FIVE, "X54", TOLD_ONE_WAY, None,
     {("governance", "changed_by_funder"): "more_than_once"}, "high"),
    ("those who bring the money hold most seats", FIVE, "X54", TOLD_ONE_WAY, None,
     {("governance", "funder_seats"): "more_than_half"}, "high"),
    ("who brings most of the money had the last word", FIVE, "X54",
     {**TOLD_ONE_WAY, **_decisions("last_word", "south-union")}, None,
     {("resources", "top_source_share"): 0.8}, "high"),
    ("reasons are not open either", FIVE, "X17",
     {("governance", "changed_by_funder"): "more_than_once",
      ("governance", "local_seats"): "none"}, None,
     {("governance", "reasons_shared"): False}, "high"),
    ("the support takes direction from its house", FIVE, "X15",
     {("support", "host_roles"): ["host", "funder"], ("support", "hosting_agreement"): "none"},
     None, {("support", "takes_direction_from"): "house"}, "high"),
    ("the house has another part", FIVE, "GOV-09", {("support", "hosting_agreement"): "none"},
     "low", {("support", "host_roles"): ["host", "funder"]}, "medium"),
    ("the board is large", FIVE, "X18", {("governance", "fallback"): False}, None,
     {("governance", "board_size"): 13, ("governance", "exec_committee"): False}, "high"),
    ("nothing binds the partners", FIVE, "X19",
     {("governance", "bodies_overlap"): True, ("accountability", "reporting"): "nobody"}, None,
     NO_PAPER, "high"),
    ("the targets came from outside", FIVE, "X32",
     {("purpose", "targets_met"): "missed", ("governance", "funder_seats"): "more_than_half"},
     None, {("purpose", "targets_set_by"): "outside"}, "high"),
    ("the work is growing", HOME, "AGR-07", {("agreement", "agreed_before_start"): "later"},
     "low", {("partnership", "going_to_scale"): True}, "medium"),
    ("nobody is reached directly", FIVE, "ACC-07", {("accountability", "harm_way"): "none"},
     "high", {("accountability", "reaches_people"): False}, "low"),
    ("money is not shared out", FIVE, "GOV-05", {("governance", "local_seats"): "none"}, "high",
     {("partnership", "money_together"): "none"}, "medium"),
    ("the one left out takes part at times", FIVE, "GOV-14", WITHOUT_ONE, "low",
     {("partners", 3, "involvement"): "at_times"}, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "alliance", "rule", "missing", "level", "added", "then"),
    TOGETHER,
    ids=[f"{row[2]}: {row[0]}" for row in TOGETHER],
)
def test_what_is_missing_weighs_differently_with_another_answer(
    checker: Checker,
    words: str,
    alliance: Healthy,
    rule: str,
    missing: dict[Keys, Any],
    level: str | None,
    added: dict[Keys, Any],
    then: str | None,
) -> None:
    report = check(checker, alliance.changed(missing))
    assert concerns(report).get(rule) == level
    report = check(checker, alliance.changed({**missing, **added}))
    assert concerns(report).get(rule) == then


def test_near_the_end_nobody_is_told_to_found_or_to_begin_something(checker: Checker) -> None:
    ending = {
        **NO_PAPER,
        **NO_PLAN,
        **NOT_AGREED,
        **NOT_INVOLVED,
        **NO_ADAPTATION,
        **NOBODY_LOCAL,
        **ONE_WORD,
        ("support", "kind"): "none",
        ("purpose", "stated"): "nothing",
        ("selection", "reviewed"): [],
        ("exit", "duration"): "not_discussed",
        ("governance", "largest_vote_share"): 0.7,
    }
    before = check(checker, FIVE.changed(ending))
    after = check(checker, FIVE.changed({**ending, ("partnership", "stage"): "closing"}))
    usual = {finding.rule: finding.remediation for finding in before.findings}
    assert len(usual) == 13
    for finding in after.findings:
        assert finding.remediation != usual[finding.rule]
        for word in ("set up", "secretariat", "Invite", "bring in"):
            assert word not in finding.remediation


@pytest.mark.parametrize(
    ("missing", "rule", "unasked", "question"),
    [
        (NO_PAPER, "AGR-01", ("partnership", "depth"), "partnership.depth"),
        (NO_EXPERT, "PAR-01", ("selection", "not_needed_now"), "selection.not_needed_now"),
        (NOBODY_LOCAL, "TRA-01", ("regions", 1, "differs_from_original"),
         "regions.differs_from_original@heights"),
    ],
)  # fmt: skip
def test_an_answer_that_would_lower_a_concern_is_asked_for(
    checker: Checker, missing: dict[Keys, Any], rule: str, unasked: Keys, question: str
) -> None:
    report = check(checker, FIVE.changed({**missing, unasked: {"status": "not_asked"}}))
    found = [finding for finding in report.findings if finding.rule == rule]
    assert [question in finding.open_questions for finding in found] == [True]
    assert question.partition("@")[0] in {one.fact for one in report.questions}
