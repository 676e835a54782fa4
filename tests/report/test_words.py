"""What is said of a case or an area claims no more than the answers carry."""

from __future__ import annotations

import pytest

from partnerrules.findings import Answered, CaseResult, Report, Strength, Verdict
from partnerrules.report import render
from partnerrules.report.words import heard, in_one_sentence, standing

HIGH, MEDIUM = "high", "medium"
ROWS = [
    ("answered and sound", (None, None, True), 3, False, "no concern; 3 strengths"),
    ("answered, nothing to praise", (None, None, True), 0, False, "no concern"),
    ("little answered", (None, None, False), 1, False, "not enough answered yet"),
    ("a first look", (None, None, False), 0, True, "nothing of concern among what was asked"),
    ("settled", (HIGH, HIGH, True), 0, False, "act now (high)"),
    ("the rest is open", (HIGH, HIGH, False), 0, False, "act now (high); not enough answered"),
    ("may be worse", (MEDIUM, HIGH, True), 0, False, "plan for (medium); could be act now (high)"),
    ("nobody knows", (None, HIGH, False), 0, False, "not known yet; could be act now (high)"),
]


@pytest.mark.parametrize(
    ("words", "values", "strengths", "first_look", "said"), ROWS, ids=[row[0] for row in ROWS]
)
def test_how_an_area_stands(
    words: str,
    values: tuple[str | None, str | None, bool],
    strengths: int,
    first_look: bool,
    said: str,
) -> None:
    certain, possible, enough = values
    verdict = Verdict("trust", "trust", certain, possible, 5, 8, enough)
    assert standing(verdict, strengths=strengths, first_look=first_look).startswith(said)


def case(answered: int, asked: int, **more: int) -> CaseResult:
    return CaseResult("a", "a.yaml", "", "evaluated", coverage=Answered(answered, asked), **more)


@pytest.mark.parametrize(
    ("answered", "first_look", "said"),
    [
        (0, False, "Little can be said yet."),
        (2, False, "Nothing of concern among what was asked."),
        (9, True, "Nothing of concern among what was asked."),
        (9, False, "No concern follows from the answers."),
    ],
)
def test_without_a_concern_the_sentence_says_how_far_one_looked(
    answered: int, first_look: bool, said: str
) -> None:
    assert in_one_sentence(case(answered, 10), (), (), (), first_look=first_look) == said


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (case(0, 0), "It is not said who was heard. No question has been asked yet."),
        (
            case(1, 4, respondents=1),
            "1 person was heard; 1 of 4 questions is answered. No answer names a source.",
        ),
        (
            case(3, 4, respondents=2, sourced=1),
            "2 people were heard; 3 of 4 questions are answered. "
            "1 answer in the file names a source.",
        ),
    ],
)
def test_who_was_heard_and_how_much_was_answered(result: CaseResult, said: str) -> None:
    assert heard(result) == said


def test_what_two_concerns_share_is_told_once(rich: Report) -> None:
    one = rich.findings[2]
    twin = one._replace(fingerprint="f" * 32, subject=("hills",), about=("The hills",))
    text = render(rich._replace(findings=(one, twin)), "table")
    assert "2. The hills: An agreed way" in text
    assert "Why, and what could help: as for 1." in text
    assert text.count("Could help:") == 1


def test_the_strengths_shown_come_from_as_many_areas_as_there_are(rich: Report) -> None:
    first = rich.strengths[0]
    many = [first._replace(message=f"Clause {number}.") for number in range(9)]
    other = first._replace(area="money", message="Money is there.")
    assert isinstance(first, Strength)
    text = render(rich._replace(strengths=(*many, other)), "table")
    assert "Money is there (rests on documents)." in text
    assert "and 5 more strengths" in text


def test_likewise_counts_the_open_points_of_one_rule(rich: Report) -> None:
    one = rich.findings[4]
    more = tuple(one._replace(fingerprint=str(n), subject=(str(n),)) for n in range(3))
    text = render(rich._replace(findings=(one, *more)), "table")
    assert "Not known yet: 4 points" in text
    assert text.count("Whether money is found") == 1
    assert "Likewise for 3 more. (RES-01)" in " ".join(text.split())
