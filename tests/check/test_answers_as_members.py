"""Rules can speak about the answers of a case themselves: who gave them, when, on what basis."""

from pathlib import Path
from typing import Any

import pytest
from made import checker_of, report_of

from partnerrules.authoring.case_schema import case_schema
from partnerrules.checking import Checker
from partnerrules.engine.durable import durable_available
from partnerrules.errors import CaseError, PackError
from partnerrules.facts import world
from partnerrules.packs import Library, load_packs
from partnerrules.report import render
from partnerrules.report.audience import AUDIENCES, for_audience
from partnerrules.shipped import shipped_packs

CASES = Path(__file__).parents[2] / "cases"

FILES = {
    "pack.yaml": """\
schema: partnerrules.pack/1
id: evidence
version: "1"
title: Evidence
areas: {all: All}
dimensions: {talk: {title: Talk, area: all}, work: {title: Work, area: all}}
""",
    "vocabulary/words.yaml": """\
groups:
  group:
    title: The group
    dimension: talk
    facts:
      size: {type: count, title: Size, question: How many are they?}
      busy: {type: yes_no, dimension: work, question: Is it busy?}
entities:
  member:
    collection: members
    title: Member
    dimension: work
    facts: {level: {type: text, question: Where?}}
""",
    "talk/T-01-asked.yaml": """\
id: T-01
name: asked
title: Asked
dimension: talk
limit: yes
concern: {found: {level: low, when: WHEN, says: "It is so of {names a}."}}
""",
}
ANSWERS = {
    "group": {
        "size": {"value": 4, "source": "list", "respondent": "R1", "date": "2026-05"},
        "busy": {"status": "dont_know", "respondent": "R1"},
    },
    "members": [
        {"id": "m1", "name": "North", "level": {"value": "town", "basis": "claimed"}},
        {"id": "m2", "level": {"answers": [
            {"value": "town", "respondent": "R1"}, {"value": "land", "respondent": "R2"}]}},
    ],
}  # fmt: skip


def _checker(folder: Path, when: str, engine: str = "python", **more: str) -> Checker:
    return checker_of(folder, {**FILES, **more}, engine, WHEN=when)


SOME = "{some: {a: answer, where: {%s}}}"
FOUND = [
    # what is asked of an answer, and the names of those of which it is so
    ("a.fact: group.size", "size"),
    ("a.fact: members.level", 'North, "Where?" and m2, "Where?"'),
    ("a.dimension: talk", "size"),
    ("a.dimension: work", '"Is it busy?", North, "Where?" and m2, "Where?"'),
    ("a.status: known", 'size and North, "Where?"'),
    ("a.status: [dont_know, declined]", '"Is it busy?"'),
    ("a.status: disputed", 'm2, "Where?"'),
    ("a.respondent: R1", 'size and "Is it busy?"'),
    ("a.source: list", "size"),
    ("a.source: {missing: yes}, a.status: known", 'North, "Where?"'),
    ("a.basis: claimed", 'North, "Where?"'),
    ("a.date: {older_than: 0}", "size"),
    ("a.date: {older_than: 1}", None),
    ("a.status: declined", None),
]


@pytest.mark.parametrize(("where", "names"), FOUND, ids=[row[0] for row in FOUND])
def test_what_is_said_of_an_answer_can_be_read(
    tmp_path: Path, where: str, names: str | None
) -> None:
    with _checker(tmp_path, SOME % where) as checker:
        told = [one.message for one in report_of(checker, ANSWERS).limits if one.rule]
    assert told == ([f"It is so of {names}."] if names else [])


COUNTED = [
    ("{count: {a: answer, at_least: 4}}", ANSWERS, True),
    ("{count: {a: answer, at_least: 5}}", ANSWERS, False),
    ("{count: {a: answer, at_most: 0}}", {}, True),
    ("{none: {a: answer, where: {a.source: {missing: no}}}}", ANSWERS, False),
    ("{none: {a: answer}}", {}, True),
    ("{none: {a: answer}}", {"group": {"size": "not_asked"}}, True),
    ("{none: {a: answer}}", {"group": {"size": "dont_know"}}, False),
]


@pytest.mark.parametrize(("when", "said", "holds"), COUNTED, ids=[str(row[:2]) for row in COUNTED])
def test_all_answers_that_stand_in_the_file_are_there(
    tmp_path: Path, when: str, said: dict[str, Any], holds: bool
) -> None:
    with _checker(tmp_path, when, **PLAIN) as checker:
        assert bool([one for one in report_of(checker, said).limits if one.rule]) == holds


PLAIN = {"talk/T-01-asked.yaml": FILES["talk/T-01-asked.yaml"].replace(" of {names a}", "")}


def test_a_rule_for_each_answer_has_one_subject_for_each(tmp_path: Path) -> None:
    rule = PLAIN["talk/T-01-asked.yaml"].replace("limit: yes\n", "for_each: {a: answer}\n")
    files = {"talk/T-01-asked.yaml": rule}
    with _checker(tmp_path, "{a.respondent: R2}", **files) as checker:
        found = report_of(checker, ANSWERS)
        assert {(one.subject, one.outcome) for one in found.findings} == {
            (("members.m1.level",), "unknown"),
            (("members.m2.level",), "unknown"),
        }
        assert [one.location.pointer for one in found.findings] == [
            "/members/0/level/respondent",
            "/members/1/level/respondent",
        ]
        assert (found.questions, found.cases[0].coverage.asked) == ((), 0)
        assert report_of(checker, {}).findings == ()


@pytest.mark.parametrize("when", ["{none: {a: answer}}", "{count: {a: answer, at_most: 3}}"])
def test_only_a_limit_may_follow_from_no_answers(tmp_path: Path, when: str) -> None:
    files = {"talk/T-01-asked.yaml": PLAIN["talk/T-01-asked.yaml"].replace("limit: yes\n", "")}
    with pytest.raises(PackError, match="follows from no answers"):
        _checker(tmp_path, when, **files)


def test_a_fact_of_which_answers_are_looked_for_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="is no fact that can be asked") as caught:
        _checker(tmp_path, SOME % "a.fact: [group.size, member.level]")
    assert [one.nearest for one in caught.value.problems] == ["members.level"]


def test_nobody_enters_answers_as_a_list_of_their_own(tmp_path: Path) -> None:
    with _checker(tmp_path, "{none: {a: answer}}", **PLAIN) as checker:
        with pytest.raises(CaseError, match='The key "answer" is not known here'):
            report_of(checker, {"answer": []})
        assert "answer" not in case_schema(checker.library)["properties"]
        assert "answer.status" not in Library(checker.library.packs).asked_paths


@pytest.mark.parametrize(
    "words",
    ["entities: {answer: {collection: answers, title: Answer}}", "groups: {answer: {title: A}}"],
)
def test_the_name_is_taken(tmp_path: Path, words: str) -> None:
    with pytest.raises(PackError, match="answer is built in"):
        _checker(tmp_path, "{none: {a: answer}}", **{"vocabulary/more.yaml": f"{words}\n"})


@pytest.mark.parametrize(("fact", "refused"), [("source", True), ("fact", False)])
def test_no_sentence_names_a_source(tmp_path: Path, fact: str, refused: bool) -> None:
    rule = PLAIN["talk/T-01-asked.yaml"].replace("limit: yes\n", "for_each: {a: answer}\n")
    files = {"talk/T-01-asked.yaml": rule.replace("It is so.", f"It is so of {{a.{fact}}}.")}
    if refused:
        with pytest.raises(PackError, match="for the team alone"):
            _checker(tmp_path, "{a.basis: claimed}", **files)
    else:
        with _checker(tmp_path, "{a.basis: claimed}", **files) as checker:
            messages = [one.message for one in report_of(checker, ANSWERS).findings]
        assert "It is so of members.level." in messages


def test_only_the_team_reads_who_gave_an_answer(tmp_path: Path) -> None:
    rule = PLAIN["talk/T-01-asked.yaml"].replace("limit: yes\n", "for_each: {a: answer}\n")
    with _checker(tmp_path, "{a.source: list}", **{"talk/T-01-asked.yaml": rule}) as checker:
        report = report_of(checker, ANSWERS)
    found = {
        one.audience: render(one, "json")
        for one in (for_audience(report, name) for name in AUDIENCES)
    }
    assert [audience for audience in AUDIENCES if "source: list" in found[audience]] == ["team"]


@pytest.mark.parametrize("engine", ["python", "durable"])
def test_both_engines_put_answers_together(tmp_path: Path, engine: str) -> None:
    if engine == "durable" and not durable_available():
        pytest.skip("durable-rules is not installed")
    pair = "{some: {a: answer, b: answer, where: {a.respondent: {same_as: b.respondent}}}}"
    with _checker(tmp_path, f"[{pair}, {{some: {{a: answer}}}}]", engine, **PLAIN) as checker:
        assert bool([one for one in report_of(checker, ANSWERS).limits if one.rule])
        alone = {"group": {"size": {"value": 4, "respondent": "R1"}}}
        assert not [one for one in report_of(checker, alone).limits if one.rule]


def test_answers_that_are_looked_at_together_say_what_each_says_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def reports() -> list[str]:
        with Checker(load_packs(shipped_packs())) as checker:
            cases = [checker.reader.read(path) for path in sorted(CASES.rglob("*.yaml"))]
            assert len(cases) > 6
            return [render(checker.check(case), "json") for case in cases]

    together = reports()
    monkeypatch.setattr(
        world, "alike", lambda members, name: [[place] for place, _ in enumerate(members)]
    )
    assert reports() == together
