"""Mutants: what is changed in a rule, which examples notice it, and what the command says."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from small import FILES, write

from partnerrules.authoring.mutants import mutants
from partnerrules.authoring.mutation import mutate
from partnerrules.cli import cli
from partnerrules.errors import PackError
from partnerrules.packs import Library, load_pack

SIZE = "meeting/MEE-01-size.yaml"
LOW = "{outcome: concern, severity: low}"


def example(name: str, group: str, expect: str, member: str = "") -> str:
    """Return one example of MEE-01."""
    members = f", members: [{{id: a, level: {member}}}]" if member else ""
    return f"  - {{name: {name}, case: {{group: {{{group}}}{members}}}, expect: {expect}}}\n"


FEW = (
    example("a few", "size: 3, stage: operating", LOW, "national")
    + example("fewer", "size: 2, stage: operating", "sound")
    + example("seven", "size: 7, stage: operating", LOW, "local")
)
MANY = (
    example("many", "size: 8, stage: operating", LOW.replace("low", "high"), "local")
    + example("many from afar", "size: 8, stage: operating", LOW, "national")
    + example("forming", "size: 9, stage: forming", "not_due")
)


def library(folder: Path, more: str = "", mutants_file: str = "") -> Library:
    files = {**FILES, SIZE: FILES[SIZE] + "examples:\n" + FEW + more}
    if mutants_file:
        files["mutants.yaml"] = mutants_file
    return Library([load_pack(write(folder / "small", files))])


def test_each_part_of_a_rule_has_its_mutants(tmp_path: Path) -> None:
    made = library(tmp_path)
    names = [(one.kind, one.name) for one in mutants(made, made.rules["MEE-01"])]
    assert names == [
        ("leaf", "concern.few.when.group.size.at_least: left out"),
        ("threshold", "concern.few.when.group.size.at_least: 2 instead of $few"),
        ("threshold", "concern.few.when.group.size.at_least: 4 instead of $few"),
        ("any or all", "concern.many.when: one instead of all"),
        ("leaf", "concern.many.when.0.group.size.at_least: left out"),
        ("threshold", "concern.many.when.0.group.size.at_least: 7 instead of $many"),
        ("threshold", "concern.many.when.0.group.size.at_least: 9 instead of $many"),
        ("leaf", "concern.many.when.1.some: left out"),
        ("leaf", "concern.many.when.1.some.where.m.level: left out"),
        ("alternative", "concern.few: left out"),
        ("level", "concern.few.level: medium instead of low"),
        ("alternative", "concern.many: left out"),
        ("level", "concern.many.level: medium instead of high"),
        ("due", "due: due at every stage"),
    ]


@pytest.mark.parametrize(
    ("rule", "kind", "name"),
    [
        ("MEE-03", "subject", "given.1: about another subject"),
        ("MEE-03", "level", "given.0.concern.at_least: medium instead of high"),
        ("MEE-03", "subject", "parts.1.subject: of any subject"),
        ("MEE-04", "alternative", "derive.first_of.0: without high"),
        ("MEE-05", "alternative", "derive.add: left out"),
        ("MEE-06", "guard", "id: left out"),
        ("MEE-06", "guard", "target.except.0: without MEE-03"),
        ("MEE-06", "level", "cap: low instead of medium"),
    ],
)
def test_chains_guards_and_derived_facts_have_theirs(
    rule: str, kind: str, name: str, tmp_path: Path
) -> None:
    made = library(tmp_path)
    assert (kind, name) in {(one.kind, one.name) for one in mutants(made, made.rules[rule])}


def test_each_way_of_several_is_left_out_where_it_has_several_parts(tmp_path: Path) -> None:
    when = "when: {group.size: {at_least: $few}}"
    either = "when: {any: [{group.stage: operating, group.size: 9}, {group.size: {at_least: 4}}]}"
    assert FILES[SIZE].count(when) == 1
    files = {**FILES, SIZE: FILES[SIZE].replace(when, either)}
    made = Library([load_pack(write(tmp_path / "small", files))])
    names = [one.name for one in mutants(made, made.rules["MEE-01"]) if "few.when" in one.name]
    assert "concern.few.when.any.0: left out" in names
    # Of one with a single part the same comes of leaving that out.
    assert "concern.few.when.any.1: left out" not in names
    assert "concern.few.when.any.1.group.size.at_least: left out" in names


def test_examples_at_every_border_notice_every_mutant(tmp_path: Path) -> None:
    (told,) = mutate(library(tmp_path, MANY), ["MEE-01"])
    assert [one.name for one in told.survived] == []
    assert told.share == 1


def test_what_no_example_notices_is_named(tmp_path: Path) -> None:
    (told,) = mutate(library(tmp_path), ["MEE-01"])
    survived = {one.name for one in told.survived}
    assert "concern.many: left out" in survived
    assert "due: due at every stage" in survived
    assert told.share < 1


def test_what_says_the_same_is_set_aside_and_must_be_true(tmp_path: Path) -> None:
    text = (
        'MEE-01:\n  "due: due at every stage": It is only asked later.\n'
        '  "concern.few: left out": Nobody would notice.\n'
    )
    (told,) = mutate(library(tmp_path, mutants_file=text), ["MEE-01"])
    assert [one.name for one in told.equal] == ["due: due at every stage"]
    assert told.stale == ["concern.few: left out"]
    with pytest.raises(PackError, match="Expected rules of the pack"):
        list(mutate(library(tmp_path / "b", mutants_file="MEE-0: {x: y}\n"), ["MEE-01"]))


def test_the_command_tells_shares_and_what_is_not_noticed(tmp_path: Path) -> None:
    library(tmp_path)
    told = CliRunner().invoke(
        cli, ["packs", "test", str(tmp_path / "small"), "--mutate", "--only", "MEE-01"]
    )
    assert told.exit_code == 1
    assert "MEE-01  not noticed: due: due at every stage" in told.output
    assert "At least 90% of all should be noticed." in told.output
    other = CliRunner().invoke(cli, ["packs", "test", str(tmp_path / "small"), "--only", "MEE-1"])
    assert isinstance(other.exception, PackError)


def test_what_came_out_is_written_as_junit(tmp_path: Path) -> None:
    wrong = "  - {name: wrong, case: {group: {size: 2}}, expect: concern}\n"
    library(tmp_path, MANY + wrong)
    file = tmp_path / "out.xml"
    told = CliRunner().invoke(cli, ["packs", "test", str(tmp_path / "small"), "--junit", str(file)])
    assert told.exit_code == 1
    (suite,) = ElementTree.parse(file).getroot()
    assert (suite.get("name"), suite.get("tests"), suite.get("failures")) == ("MEE-01", "7", "1")
    (failure,) = suite.findall("testcase[@name='wrong']/failure")
    assert "expected outcome concern" in str(failure.get("message"))
