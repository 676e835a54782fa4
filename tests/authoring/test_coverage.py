"""What examples and cases show of the rules, and what the rules cover of the lessons."""

from pathlib import Path

from click.testing import CliRunner
from small import FILES, write

from partnerrules.authoring.coverage import covered, passages
from partnerrules.cases import CaseReader
from partnerrules.cli import cli
from partnerrules.documents import parse_document
from partnerrules.packs import Library, load_pack

SIZE = "meeting/MEE-01-size.yaml"
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
    files = {**FILES, SIZE: FILES[SIZE] + FORMING, "lessons.yaml": LESSONS}
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


def test_the_command_tells_all_of_it(tmp_path: Path) -> None:
    folder, case = pack(tmp_path), tmp_path / "nine.yaml"
    case.write_text(CASE)
    told = CliRunner().invoke(cli, ["packs", "coverage", str(folder), "--cases", str(case)])
    assert told.exit_code == 0
    assert "L2  no rule rests on it: Songs are left to those who sing.\n" in told.output
    assert "MEE-03  of concern in none of 1 case\n" in told.output
    assert "group.begun  read by no rule\n" in told.output
    assert "Rules rest on 1 of 2 lessons; 0 of " in told.output
    gone = ["packs", "coverage", str(folder), "--cases", str(tmp_path / "x.yaml")]
    assert CliRunner().invoke(cli, gone).exit_code == 3
