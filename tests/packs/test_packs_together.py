"""Packs that are loaded together: what they may read of each other, and what clashes."""

from pathlib import Path

import pytest
from small import FILES, problems_of, write

from partnerrules.errors import PackError
from partnerrules.packs import Library, load_pack
from partnerrules.packs.checks import check_library
from partnerrules.packs.sets import sets_told

OTHER = {
    "pack.yaml": """\
schema: partnerrules.pack/1
id: a-second
version: "1"
title: A second pack
requires: [small]
prefix: SEC
parameters: {few: {value: 4, basis: default}}
""",
    "vocabulary/more.yaml": """\
groups: {group: {facts: {song: {type: yes_no}}}}
entities: {member: {facts: {sings: {type: yes_no}}}}
measures: {group.singers: {count: {m: member}, where: {m.sings: yes}}}
""",
    "lessons.yaml": "lessons: {T1: {says: Sing., source: BOOK}}\n",
    "meeting/SEC-01-song.yaml": """\
id: SEC-01
name: song
title: A song
dimension: meeting
lessons: [T1, L1]
for_each: {m: member}
concern:
  none_yet:
    level: low
    when: {m.sings: no, m.level: local, group.song: no, group.members: {at_least: $many}}
    says: "{m.name} does not sing yet."
why: It is nice.
remediation: {default: Sing.}
""",
}


def both(tmp_path: Path, **changed: str) -> tuple[Path, Path]:
    names = {name.rpartition("/")[2].partition(".")[0].partition("-")[0]: name for name in OTHER}
    files = {**OTHER, **{names[key]: text for key, text in changed.items()}}
    return write(tmp_path / "a-second", files), write(tmp_path / "small", FILES)


def codes(*folders: Path) -> set[tuple[str, str]]:
    return {(one.code, one.key) for one in problems_of(*folders)}


def test_a_pack_adds_facts_to_what_it_requires_whatever_the_order(tmp_path: Path) -> None:
    second, small = both(tmp_path)
    assert problems_of(second, small) == problems_of(small, second) == ()
    library = Library([load_pack(second), load_pack(small)])
    assert {"level", "sings"} <= library.entities["member"].facts.keys()
    assert library.entities["member"].collection == "members"
    assert library.owners["fact"]["member.level"] == "small"
    assert library.owners["fact"]["member.sings"] == "a-second"


def test_a_pack_reads_only_what_it_requires(tmp_path: Path) -> None:
    text = OTHER["pack.yaml"].replace("requires: [small]\n", "")
    found = codes(*both(tmp_path, pack=text, more="measures: {}"))
    rule = "concern.none_yet.when"
    assert {
        ("not-required", f"{rule}.m.level"),
        ("not-required", f"{rule}.group.members"),
        ("not-required", "dimension"),
        ("not-required", "for_each.m"),
        ("unknown-parameter", f"{rule}.group.members.at_least"),
        ("unknown-lesson", "lessons.1"),
        ("unknown-source", "lessons.T1.source"),
    } <= found


def test_a_pack_that_is_required_must_not_read_back(tmp_path: Path) -> None:
    second, small = both(tmp_path)
    path = small / "meeting/MEE-02-members.yaml"
    path.write_text(path.read_text().replace("given: {m.level", "given: {m.sings: no, m.level"))
    assert codes(second, small) == {("not-required", "given.m.sings")}


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        ("more", "song: {type", "open: {type", "groups.group.facts.open"),
        ("more", "{sings: {", "{level: {", "entities.member.facts.level"),
        ("more", "groups: {group: {", "groups: {group: {title: Mine, ", "groups.group"),
        ("more", "{member: {", "{member: {collection: folk, ", "entities.member"),
        ("more", "group.singers: {", "group.members: {", "measures.group.members"),
        ("pack", "prefix:", "dimensions: {meeting: {title: A}}\nprefix:", "dimensions.meeting"),
        ("pack", "parameters:", "stages: {forming: {}}\nparameters:", "stages.forming"),
        ("SEC", "id: SEC-01", "id: MEE-01", "id"),
    ],
)  # fmt: skip
def test_what_two_packs_declare_is_refused(
    file: str, old: str, new: str, key: str, tmp_path: Path
) -> None:
    name = next(name for name in OTHER if f"/{file}" in f"/{name}")
    assert old in OTHER[name]
    second, small = both(tmp_path)
    text = OTHER[name].replace(old, new, 1)
    target = second / name
    if key == "id":
        target.unlink()
        target = second / "meeting/MEE-01-song.yaml"
    target.write_text(text)
    assert ("clash", key) in codes(second, small)
    assert ("clash", key) in codes(small, second)


def test_two_files_of_one_pack_do_not_overwrite_each_other(tmp_path: Path) -> None:
    folder = write(tmp_path / "small", FILES)
    write(folder, {"vocabulary/again.yaml": "measures: {group.members: {size: group.covers}}\n"})
    write(folder, {"sets/again.yaml": FILES["sets/first.yaml"]})
    with pytest.raises(PackError) as error:
        load_pack(folder)
    found = {(one.code, one.key) for one in error.value.problems}
    assert found == {("clash", "measures.group.members"), ("clash", "id")}


def test_an_old_id_leads_to_the_rule(tmp_path: Path) -> None:
    library = Library([load_pack(write(tmp_path / "small", FILES))])
    assert library.rule_id("OLD-01") == "MEE-01"
    assert library.rule_id("MEE-02") == "MEE-02"
    assert library.rule_id("NONE") == "NONE"


def test_an_old_id_that_is_in_use_is_refused(tmp_path: Path) -> None:
    text = FILES["meeting/MEE-01-size.yaml"].replace("was: OLD-01", "was: MEE-02")
    folder = write(tmp_path / "small", {**FILES, "meeting/MEE-01-size.yaml": text})
    assert codes(folder) == {("clash", "was")}


def test_a_fact_that_is_derived_by_two_rules_is_refused(tmp_path: Path) -> None:
    text = FILES["meeting/MEE-04-rating.yaml"].replace("MEE-04", "MEE-07")
    folder = write(tmp_path / "small", {**FILES, "meeting/MEE-07-rating.yaml": text})
    assert codes(folder) == {("derived-twice", "derive.fact")}
    assert len(problems_of(folder)) == 2


def test_a_derived_fact_that_no_rule_derives_is_refused(tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if "MEE-05" not in name}
    found = codes(write(tmp_path / "small", files))
    assert found == {("derived-by-nothing", "groups.group.facts.marks")}


def test_a_question_set_asks_for_the_facts_of_its_questions(tmp_path: Path) -> None:
    library = Library([load_pack(write(tmp_path / "small", FILES))])
    assert library.asked("first") == {"group.chair", "group.mood", "group.size", "member.level"}


ADDS = {
    "questions/more.yaml": "questions: {chair: {sets: [group.song]}}\n",
    "sets/first.yaml": """\
id: first
minutes: 4
before: [group.mood]
after: {chair: [group.open]}
questions: [members.sings, group.size]
short_form: [members.sings]
""",
}


def test_a_pack_adds_to_the_questions_and_sets_that_it_requires(tmp_path: Path) -> None:
    small = write(tmp_path / "small", FILES)
    second = write(tmp_path / "a-second", {**OTHER, **ADDS})
    assert problems_of(second, small) == problems_of(small, second) == ()
    library = Library([load_pack(second), load_pack(small)])
    found = library.sets["first"]
    assert found.title == "A first talk"
    assert found.before == ["group.mood"]
    assert found.questions == [
        "chair", "group.open", "group.size", "members.level", "members.sings",
    ]  # fmt: skip
    assert found.short_form == ["chair", "members.sings"]
    assert {"group.chair", "group.song", "group.mood", "member.sings"} <= library.asked("first")
    assert library.questions["chair"].question.startswith("Is there a chair")
    assert sets_told(library)["first"] == (
        "A first talk: 1 to look up before, 5 questions, meant for about 4 minutes"
    )


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        ("pack.yaml", OTHER["pack.yaml"].replace("requires: [small]\n", ""), "missing-key"),
        ("sets/first.yaml", "id: first\nafter: {nobody: [group.open]}\n", "short-form"),
        ("sets/first.yaml", "id: frist\nquestions: [group.open]\n", "missing-key"),
        ("questions/more.yaml", "questions: {chiar: {sets: [group.song]}}\n", "missing-key"),
        (
            "questions/more.yaml",
            "questions: {chair: {minutes: 2, sets: [group.song]}}\n",
            "unknown-key",
        ),
    ],
)
def test_what_is_added_to_nothing_is_refused(
    tmp_path: Path, file: str, text: str, code: str
) -> None:
    small = write(tmp_path / "small", FILES)
    second = write(tmp_path / "a-second", {**OTHER, **ADDS, file: text})
    assert code in {one.code for one in problems_of(second, small)}


def test_the_packs_that_come_with_the_tool_are_right() -> None:
    check_library(Library([load_pack("core"), load_pack("extended")]))
