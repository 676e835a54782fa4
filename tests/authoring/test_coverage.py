"""What examples and cases show of the rules, and what the rules cover of the lessons."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from small import FILES, write

from partnerrules.authoring.coverage import covered, passages
from partnerrules.authoring.docs import pages
from partnerrules.cases import CaseReader
from partnerrules.cli import cli
from partnerrules.documents import parse_document
from partnerrules.packs import Library, load_pack

SIZE = "meeting/MEE-01-size.yaml"
WORDS = "vocabulary/words.yaml"
FORMING = """\
examples:
  - {name: nobody was asked, case: {group: {stage: operating}}, expect: unknown}
"""
CASE = """\
schema: partnerrules.case/1
case: nine
assessed_on: 2026-06-30
group: {size: 9, stage: operating}
members: [{id: a, level: local}]
"""
LESSONS = """\
lessons:
  L1: {says: Meet often., source: BOOK}
  L2: {says: Sing., source: BOOK, outside: Songs are left to those who sing.}
"""


def pack(folder: Path) -> Path:
    ended = FILES[WORDS].replace("ended: {", "ended: {only_told: Told in passing., ")
    files = {**FILES, SIZE: FILES[SIZE] + FORMING, "lessons.yaml": LESSONS, WORDS: ended}
    return write(folder / "small", files)


def test_conditions_are_told_with_what_they_were_never_seen_to_be(tmp_path: Path) -> None:
    library = Library([load_pack(pack(tmp_path))])
    case = CaseReader(library).parse(parse_document(CASE.encode(), path="c", format="yaml"))
    bare = covered(library, ["MEE-01", "MEE-03"], [])
    assert {".".join(map(str, one.keys)): one.unseen for one in bare.leaves} == {
        "concern.few.when.group.size.at_least": ["false", "true"],
        "concern.many.when.0.group.size.at_least": ["false", "true"],
        "concern.many.when.1.some.where.m.level": ["false", "true"],
        "given.0.concern": ["false", "true"],
        "given.1.concern": ["false", "true"],
    }
    assert bare.silent == ()
    found = covered(library, ["MEE-01", "MEE-03"], [case])
    assert {one.rule: set() for one in found.leaves if one.unseen == ["false"]}.keys() == {
        "MEE-01",
        "MEE-03",
    }
    assert found.silent == ("MEE-03",)


def test_lessons_are_told_with_their_rules_or_why_there_is_none(tmp_path: Path) -> None:
    library = Library([load_pack(pack(tmp_path))])
    first, second = passages(library, ["small"])
    assert [rule for rule, _, _ in first.rules] == [f"MEE-0{n}" for n in range(1, 7)]
    assert first.rules[0][2] == ("group.size is at least 3 ($few)",)
    assert (second.rules, second.outside) == ((), "Songs are left to those who sing.")


def test_what_decides_a_lesson_is_told_of_what_the_rule_names_for_it(tmp_path: Path) -> None:
    def told(decides: str) -> tuple[str, ...]:
        files = {**FILES, SIZE: FILES[SIZE].replace("lessons: [L1]", f"lessons: [L1]\n{decides}")}
        library = Library([load_pack(write(tmp_path / "small", files))])
        (passage,) = passages(library, ["small"])
        return passage.rules[0][2]

    few, many = "group.size is at least 3 ($few)", "group.size is at least 8 ($many)"
    assert told("") == (few,)
    (alone,) = told("decides: {L1: [many]}")
    local = '(there is a member, for which: level of the member is "Local")'
    assert alone == f"{many}, and {local}"
    assert told("decides: {L1: [many, few]}") == (alone, few)


def test_what_only_says_more_than_another_alternative_decides_nothing_new(tmp_path: Path) -> None:
    def told(when: str) -> tuple[str, ...]:
        text = FILES[SIZE].replace("      - {group.size: {at_least: $many}}\n", f"      - {when}\n")
        assert text != FILES[SIZE]
        library = Library([load_pack(write(tmp_path / "small", {**FILES, SIZE: text}))])
        (passage,) = passages(library, ["small"])
        return passage.rules[0][2]

    assert len(told("any: [{group.size: 5}, {group.size: {at_least: $many}}]")) == 1
    assert (
        len(told("any: [{group.size: 5}, {group.size: {at_least: $many}, group.open: yes}]")) == 1
    )
    assert len(told("any: [{group.size: 5}, {group.open: yes}]")) == 2
    assert len(told("{group.size: {at_least: 2}}")) == 2


TWO_WAYS = """\
id: MEE-09
name: two-ways
title: Two ways
dimension: meeting
lessons: [L1]
due: [operating]
applies: {group.open: yes}
concern:
  first: {level: high, when: WHEN1, says: The first.}
  second: {level: high, when: WHEN2, says: The second.}
why: Both are known.
remediation: {default: Look again.}
"""


@pytest.mark.parametrize(
    ("narrow", "wide", "words"),
    [
        ("{group.begun: {older_than: 12}}", "{group.begun: {older_than: 6}}", "than 6 months"),
        ("{group.covers: {size: 0}}", "{group.covers: {lacks: roles}}", "does not include"),
        (
            "{group.mood: bad, group.covers: {size: {at_most: 1}}}",
            "{group.covers: {size: {at_most: 1}}}",
            "group.covers has at most 1 entry",
        ),
    ],
)
def test_of_two_ways_the_one_that_holds_more_often_decides_wherever_it_stands(
    tmp_path: Path, narrow: str, wide: str, words: str
) -> None:
    for number, (first, second) in enumerate([(narrow, wide), (wide, narrow)]):
        rule = TWO_WAYS.replace("WHEN1", first).replace("WHEN2", second)
        files = {**FILES, "meeting/MEE-09-two-ways.yaml": rule}
        library = Library([load_pack(write(tmp_path / str(number), files))])
        (passage,) = passages(library, ["small"])
        (told,) = passage.rules[-1][2]
        assert told.startswith("group.open is yes, and ")
        assert words in told
        table = pages(library, ["small"])["coverage.md"]
        assert "\n- [MEE-09](small/MEE-09.md) Two ways: " in table
        assert ". Due: operating.\n" in table


def test_a_threshold_that_is_worked_out_is_told_by_its_title(tmp_path: Path) -> None:
    words = FILES[WORDS].replace("{count: {m: member}}", "{title: Those here, count: {m: member}}")
    size = FILES[SIZE].replace("{at_least: $few}", "{at_least: group.members}")
    library = Library([load_pack(write(tmp_path / "small", {**FILES, WORDS: words, SIZE: size}))])
    (passage,) = passages(library, ["small"])
    assert 'group.size is at least "Those here"' in passage.rules[0][2]


def test_what_decides_a_lesson_may_be_some_of_the_members_that_a_pack_fixes(tmp_path: Path) -> None:
    topics = """\
id: MEE-09
name: topics
title: What is covered
dimension: meeting
lessons: [L1]
decides: {L1: {t: roles}}
for_each: {t: topic}
given: {group.covers: {lacks: t}}
concern:
  open: {level: low, says: "{t.name} are open."}
why: What is covered is known.
remediation: {default: "Cover {t.name}."}
"""
    files = {**FILES, "meeting/MEE-09-topics.yaml": topics}
    library = Library([load_pack(write(tmp_path / "small", files))])
    (passage,) = passages(library, ["small"])
    assert passage.rules[-1][2] == (
        'the topic is "the roles", and group.covers does not include the topic',
    )


def test_what_no_rule_reads_of_a_lesson_is_told_beside_its_rules(tmp_path: Path) -> None:
    lessons = "lessons:\n  L1: {says: Meet often., source: BOOK, outside: Left to each.}\n"
    files = {**FILES, "lessons.yaml": lessons}
    made = pages(Library([load_pack(write(tmp_path / "small", files))]), ["small"])
    for page in ("coverage.md", "lessons/small/L1.md"):
        assert "MEE-01" in made[page]
        assert "\nNo rule for the rest: Left to each.\n" in made[page]


def test_the_command_tells_all_of_it(tmp_path: Path) -> None:
    folder, case = pack(tmp_path), tmp_path / "nine.yaml"
    case.write_text(CASE)
    told = CliRunner().invoke(cli, ["packs", "coverage", str(folder), "--cases", str(case)])
    assert told.exit_code == 0
    assert "L2  no rule rests on it: Songs are left to those who sing.\n" in told.output
    assert "MEE-03  of concern in none of 1 case\n" in told.output
    assert "group.begun  read by no rule\n" in told.output
    assert "group.ended  read by no rule: Told in passing.\n" in told.output
    assert "Rules rest on 1 of 2 lessons; 0 of " in told.output
    gone = ["packs", "coverage", str(folder), "--cases", str(tmp_path / "x.yaml")]
    assert CliRunner().invoke(cli, gone).exit_code == 3
