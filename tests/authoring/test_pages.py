"""What `rules list` and `rules show` tell people about the rules."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from small import FILES, write

from partnerrules.authoring.page import rule_list, rule_page
from partnerrules.authoring.sayings import said
from partnerrules.cli import cli
from partnerrules.packs import Library, load_pack

LOCAL = '  level of the member is "Local"'
CORE = Library([load_pack("core"), load_pack("extended")])


@pytest.fixture
def small(tmp_path: Path) -> Library:
    return Library([load_pack(write(tmp_path / "small", FILES))])


@pytest.mark.parametrize("rule_id", sorted(CORE.rules))
def test_every_rule_has_a_page_that_fits_the_screen(rule_id: str) -> None:
    rule = CORE.rules[rule_id]
    lines = list(rule_page(CORE, rule, 80))
    text = " ".join(" ".join(lines).split())
    assert rule.title in text
    assert rule.why in text
    for one in rule.concern.values():
        assert one.says in text
        assert ("never a concern" if rule.limit else one.level) in text
    assert all(lesson in text for lesson in rule.lessons)
    assert max(map(len, lines)) <= 100


def test_a_page_tells_when_why_and_what_could_help(small: Library) -> None:
    text = "\n".join(rule_page(small, small.rules["MEE-01"]))
    assert "Of concern: act now (high), many\n  They are very many.\n" in text
    assert "- group size" not in text
    assert "is at least 8 ($many)" in text
    assert "there is a member, for which:" in text
    assert 'level of the member is "Local"' in text
    assert "While operating: Name a chair now." in text
    assert "L1: Meet often." in text
    assert "small.few = 3" in text


@pytest.mark.parametrize(
    ("condition", "lines"),
    [
        ({"group.open": "yes"}, ["group.open is yes"]),
        ({"m.level": ["local", "national"]}, ['level of the member is "Local" or "National"']),
        ({"m.place.far": "no"}, ["far of the place of the member is no"]),
        ({"group.chair": {"is_not": "m"}}, ["group.chair is not the member"]),
        ({"group.covers": {"has": "roles"}}, ['group.covers includes "the roles"']),
        ({"group.covers": {"size": {"at_most": 1}}}, ["group.covers has at most 1 entry"]),
        ({"group.begun": {"older_than": 6}}, ["group.begun is longer ago than 6 months"]),
        ({"group.begun": {"missing": "yes"}}, ["group.begun was asked for and is missing"]),
        ({"not": {"group.open": "yes"}}, ["not:", "  group.open is yes"]),
        (
            {"any": [{"group.open": "yes"}, [{"group.size": 3}, {"group.open": "no"}]]},
            ["one of these:", "  group.open is yes", "  group.size is 3, and group.open is no"],
        ),
        (
            {"count": {"n": "member", "where": {"n.level": "local"}, "at_least": "$few"}},
            ["there are at least 3 ($few) of: member, for which:", LOCAL],
        ),
        ({"could_be": {"rule": "MEE-01"}}, ["MEE-01 could be of concern"]),
        (
            {"concern": {"rule": "MEE-01", "at_least": "high"}},
            ["MEE-01 is of concern (at least high)"],
        ),
        (
            {"holds": {"at_least": 2, "of": [{"group.open": "yes"}]}},
            ["at least 2 of these:", "  group.open is yes"],
        ),
    ],
)  # fmt: skip
def test_a_condition_is_said_in_words(condition, lines, small: Library) -> None:
    told = list(said(small, condition, {"m": "member"}))
    assert told == lines


def test_rules_are_listed_by_dimension(small: Library) -> None:
    lines = list(rule_list(small))
    assert lines[0] == "Meeting (meeting; Together)"
    assert lines[1].split(maxsplit=1) == ["MEE-01", "How many they are"]
    assert lines[3].endswith("[compound]")


def test_a_rule_is_shown_by_its_old_id_too(tmp_path: Path) -> None:
    folder = str(write(tmp_path / "small", FILES))
    shown = CliRunner().invoke(cli, ["rules", "show", "OLD-01", "--pack", folder])
    assert shown.exit_code == 0
    assert shown.stdout.startswith("MEE-01  How many they are")
    assert shown.stderr == "Note: OLD-01 is called MEE-01 now.\n"


def test_an_unknown_rule_is_a_usage_error_with_the_nearest() -> None:
    shown = CliRunner().invoke(cli, ["rules", "show", "TRA-1"])
    assert shown.exit_code == 2
    assert "Did you mean" in shown.output
