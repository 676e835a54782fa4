"""The edges of every threshold: how many partners, places, months and votes."""

from fractions import Fraction
from typing import Any

import pytest
from healthy import check, concerns

from partnerrules.checking import Checker

OPERATING = {
    "rapid_start": False,
    "stage": "operating",
    "depth": "deliver_together",
    "money_together": "none",
}
AT_HAND = {"neutral_facilitator": False}
SIX_TOPICS = ["purpose", "working_together", "management", "planning", "communication", "learning"]
NINE_TOPICS = [*SIX_TOPICS, "values", "work_review", "partnership_review"]
ASPECTS = ["mandate", "role", "interests", "approach", "motivation", "expectations", "capacity"]


def _case(partners: int, regions: int = 1, **groups: Any) -> dict[str, Any]:
    head = {"schema": "partnerrules.case/1", "case": "edge", "assessed_on": "2026-06-30"}
    return {
        **head,
        "partnership": OPERATING,
        "partners": [{"id": f"p{n}", "involvement": "throughout"} for n in range(partners)],
        "regions": [{"id": f"r{n}", "status": "original"} for n in range(regions)],
        **groups,
    }


def _level(checker: Checker, rule: str, value: dict[str, Any]) -> str | None:
    return concerns(check(checker, value)).get(rule)


NUMBERS = (2, 3, 4, 7, 8)
BY_NUMBER: list[tuple[str, str, dict[str, Any], tuple[str | None, ...]]] = [
    ("aims only talked about", "PUR-01", {"purpose": {"stated": "spoken"}},
     ("low", "low", "high", "high", "high")),
    ("agreed in talk", "AGR-01", {"agreement": {"form": "verbal"}},
     ("low", "low", "medium", "medium", "high")),
    ("a document without how decisions are made", "AGR-02",
     {"agreement": {"form": "own_document", "covers": NINE_TOPICS}},
     ("low", "medium", "medium", "medium", "medium")),
    ("no way through disagreement", "CON-01", {"conflict": {**AT_HAND, "procedure": "none"}},
     ("medium", "medium", "medium", "medium", "high")),
    ("a spoken way through disagreement", "CON-01",
     {"conflict": {**AT_HAND, "procedure": "spoken"}},
     ("low", "low", "medium", "medium", "medium")),
    ("four of seven aspects", "PAR-05", {"selection": {"reviewed": ASPECTS[:4]}},
     ("low", "low", "medium", "medium", "medium")),
    ("five of seven aspects", "PAR-05", {"selection": {"reviewed": ASPECTS[:5]}},
     ("low", "low", "low", "low", "low")),
    ("nobody has the task", "SEC-01", {"support": {"kind": "none"}},
     ("low", "low", "medium", "medium", "high")),
    ("half of the votes", "GOV-03", {"governance": {"largest_vote_share": 0.5}},
     (None, None, "medium", "medium", "medium")),
    ("a little more than half of the votes", "GOV-03",
     {"governance": {"largest_vote_share": 0.501}}, (None, "high", "high", "high", "high")),
    ("a quarter of the votes", "GOV-03", {"governance": {"largest_vote_share": 0.25}},
     (None, None, None, "medium", "medium")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "rule", "groups", "levels"), BY_NUMBER, ids=[f"{r[1]}: {r[0]}" for r in BY_NUMBER]
)
def test_how_many_partners_there_are_decides_how_much_weighs_what(
    checker: Checker, words: str, rule: str, groups: dict[str, Any], levels: tuple[str | None, ...]
) -> None:
    found = tuple(_level(checker, rule, _case(number, **groups)) for number in NUMBERS)
    assert found == levels


def test_allies_and_partners_at_times_are_not_counted(checker: Checker) -> None:
    value = _case(3, support={"kind": "none"})
    for involvement in ("beside", "at_times"):
        value["partners"].append({"id": involvement, "involvement": involvement})
    assert _level(checker, "SEC-01", value) == "low"


@pytest.mark.parametrize("partners", [3, 4, 5, 6, 8, 10])
def test_up_to_one_and_a_half_equal_shares_of_the_votes_are_nothing_of_concern(
    checker: Checker, partners: int
) -> None:
    edge = Fraction(3, 2 * partners)
    below, above = float(edge - Fraction(1, 1000)), float(edge + Fraction(1, 1000))
    votes = [{"largest_vote_share": share} for share in (1 / partners, below, above)]
    levels = [_level(checker, "GOV-03", _case(partners, governance=one)) for one in votes]
    assert levels == [None, None, "high" if partners == 3 else "medium"]


@pytest.mark.parametrize(("partners", "share"), [(3, 0.5), (4, 0.375), (5, 0.3), (6, 0.25)])
def test_exactly_one_and_a_half_equal_shares_are_nothing_of_concern(
    checker: Checker, partners: int, share: float
) -> None:
    value = _case(partners, governance={"largest_vote_share": share})
    assert _level(checker, "GOV-03", value) is None


@pytest.mark.parametrize(("regions", "level"), [(1, "low"), (2, "medium"), (3, "high")])
def test_how_many_regions_there_are_decides_who_is_needed_for_the_whole(
    checker: Checker, regions: int, level: str
) -> None:
    value = _case(2, regions, support={"kind": "none"})
    assert _level(checker, "SEC-01", value) == level


@pytest.mark.parametrize(
    ("partners", "regions", "level"), [(7, 2, None), (8, 1, None), (8, 2, "high")]
)
def test_eight_partners_in_two_regions_need_somebody_for_the_whole(
    checker: Checker, partners: int, regions: int, level: str | None
) -> None:
    value = _case(partners, regions, support={"kind": "none"})
    assert _level(checker, "X10", value) == level


@pytest.mark.parametrize(("topics", "rule"), [(6, None), (5, "X28")])
def test_five_open_topics_are_told_as_one(checker: Checker, topics: int, rule: str | None) -> None:
    covers = SIX_TOPICS[:topics]
    report = check(checker, _case(2, agreement={"form": "own_document", "covers": covers}))
    single = [finding for finding in report.findings if finding.rule == "AGR-02"]
    assert len(single) == 10 - topics
    assert {part for finding in single for part in finding.part_of} == ({rule} if rule else set())


@pytest.mark.parametrize("day", ["2026-06-01", "2026-06-15", "2026-06-30"])
@pytest.mark.parametrize(
    ("talks", "level"), [("2025-01", "medium"), ("2024-12", "medium"), ("2024-11", "high")]
)
def test_forming_may_take_eighteen_months(
    checker: Checker, talks: str, level: str, day: str
) -> None:
    forming = {**OPERATING, "stage": "forming", "money_together": "material", "started_on": talks}
    value = _case(2, partnership=forming, agreement={"form": "none"}, assessed_on=day)
    assert _level(checker, "AGR-01", value) == level


@pytest.mark.parametrize("day", ["2026-06-01", "2026-06-15", "2026-06-30"])
@pytest.mark.parametrize(
    ("began", "ends", "level"),
    [
        ("2010-01", "2027-05", "high"),
        ("2010-01", "2027-06", "high"),
        ("2010-01", "2027-07", "medium"),
        ("2024-12", "2026-12", "high"),
        ("2025-01", "2027-01", "medium"),
        ("2023-12", "2027-04", "high"),
        ("2024-01", "2027-05", "medium"),
        ("2025-12", "2026-12", "medium"),
        ("2026-06", "2027-06", "medium"),
    ],
    ids=["11 months", "12 months", "13 months", "6 of 24", "7 of 24", "10 of 40", "11 of 40",
         "6 of 12", "12 of 12"],
)  # fmt: skip
def test_closing_begins_with_the_last_year_or_the_last_quarter_whichever_is_later(
    checker: Checker, began: str, ends: str, level: str, day: str
) -> None:
    ending = {"started_on": began, "planned_end_on": ends, "ending_announced": False}
    value = _case(
        2,
        partnership={**OPERATING, **ending},
        resources={"horizon": "yearly_renewed"},
        exit={"plan": "none"},
        assessed_on=day,
    )
    assert _level(checker, "EXT-02", value) == level
