"""The command `packs`, as those who write packs of their own meet it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small import FILES, write

from partnerrules.cli import cli
from partnerrules.engine.durable import durable_available
from partnerrules.errors import PackError

ENGINES = "python and durable" if durable_available() else "python"
TRIED = f"3 examples come out as they say (engines: {ENGINES})."
MINE = {
    "pack.yaml": """\
schema: partnerrules.pack/1
id: mine
version: "1"
title: My pack
requires: [core]
prefix: MY
""",
    "lessons.yaml": "lessons: {T1: {says: Sing together.}}\n",
    "vocabulary/words.yaml": """\
groups:
  agreement:
    facts:
      song: {type: yes_no, question: "Have the partners agreed on a song?"}
""",
    "agreement/MY-01-song.yaml": """\
id: MY-01
name: song
title: A song of their own
dimension: agreement
lessons: [T1]
due: [forming]
concern:
  none_yet:
    level: low
    when: {agreement.song: no, partnership.size: {at_least: $several_partners}}
    says: The partners have not yet agreed on a song.
open: Whether there is a song is not known.
sound: The partners have a song.
why: Songs are remembered.
remediation: {default: Write one verse each.}
examples:
  - name: no song among four
    case:
      agreement: {song: no}
      partners:
        - {id: a, involvement: throughout}
        - {id: b, involvement: throughout}
        - {id: c, involvement: throughout}
        - {id: d, involvement: throughout}
    expect: {outcome: concern, severity: low}
  - {name: a song, case: {agreement: {song: yes}}, expect: sound}
  - {name: nobody was asked, case: {}, expect: unknown}
""",
}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["packs", *map(str, arguments)])


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return write(tmp_path / "mine", MINE)


def test_a_pack_is_looked_through_with_what_it_requires(mine: Path) -> None:
    looked = run("lint", mine)
    assert (looked.exit_code, looked.output) == (0, "1 rule, 3 examples, nothing to mend.\n")
    tried = run("test", mine)
    assert (tried.exit_code, tried.output) == (
        0,
        f"3 examples come out as they say (engines: {ENGINES}).\n",
    )


def test_what_is_to_be_mended_ends_with_1_and_names_the_line(mine: Path) -> None:
    rule = mine / "agreement/MY-01-song.yaml"
    rule.write_text(rule.read_text().replace("Songs are", "Poor songs are"))
    looked = run("lint", mine)
    assert looked.exit_code == 1
    assert f'{rule}:14:1: why: The word "Poor": say what is still open.' in looked.output
    assert looked.output.endswith("1 to mend.\n")


def test_an_example_that_comes_out_otherwise_ends_with_1(mine: Path) -> None:
    rule = mine / "agreement/MY-01-song.yaml"
    rule.write_text(rule.read_text().replace("expect: sound", "expect: concern"))
    tried = run("test", mine)
    assert tried.exit_code == 1
    assert "a song: expected outcome concern; found outcome sound." in tried.output
    assert tried.output.endswith("1 of 3 examples come out otherwise.\n")


def test_a_pack_that_is_not_there_is_no_thing_to_mend() -> None:
    assert isinstance(run("lint", "no-such-pack").exception, PackError)
    assert isinstance(run("test", "no-such-pack").exception, PackError)


def test_packs_are_listed_with_sets_and_profiles(tmp_path: Path) -> None:
    listed = run("list", write(tmp_path / "small", FILES)).output
    assert listed == (
        "small 1: A small pack\n"
        "  6 rules, 15 facts, 1 lesson\n"
        "  set first: A first talk (3 questions)\n"
        "  profile club: A club\n"
    )


def test_the_packs_that_come_with_the_tool_are_listed_by_default() -> None:
    listed = run("list").output
    assert listed.startswith("core ")
    assert "set first-look: A first look" in listed
