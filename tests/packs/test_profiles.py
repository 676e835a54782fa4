"""Profiles: other thresholds and levels for one kind of partnership, each with its reason."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import FILES, problems_of, write
from test_packs_together import both

from partnerrules.checking import Checker
from partnerrules.documents import parse_document
from partnerrules.errors import PackError, SettingError
from partnerrules.findings import LEVELS, Report
from partnerrules.packs import Library, Pack, checked_before, load_pack, load_packs
from partnerrules.packs.material import Profile
from partnerrules.packs.profiles import profile_names, with_profile
from partnerrules.packs.validation import read_model
from partnerrules.report import render

CLUB = "profiles/club.yaml"
CASE = b"""\
schema: partnerrules.case/1
case: choir
assessed_on: 2026-06-30
group: {name: Choir, stage: operating, size: 9}
members: [{id: ana, level: local}]
"""
SECOND = """\
id: club
title: A club with a choir
parameters: {few: {value: 5, why: Choirs are larger.}}
severities:
  SEC-01: {cap: low, why: Some hum.}
  MEE-02.far: {level: medium, why: They meet weekly.}
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return load_pack(write(tmp_path_factory.mktemp("packs") / "small", FILES))


def report(packs: list[Pack], **more: Any) -> Report:
    with Checker(packs, engine="python", **more) as checker:
        return checker.check(
            checker.reader.parse(parse_document(CASE, path="c.yaml", format="yaml"))
        )


def test_a_profile_changes_thresholds_and_levels_and_says_why(small: Pack) -> None:
    [club] = with_profile([small], "club")
    assert club.file.parameters["few"].value == 2
    assert (club.file.parameters["few"].basis, club.file.parameters["few"].why) == (
        "default",
        "Clubs are small.",
    )
    assert club.rules["MEE-01"].concern["many"].level == "medium"
    assert [(one.kind, one.name, one.was, one.value, one.why) for one in club.changes] == [
        ("level", "MEE-01.many", "high", "medium", "Clubs cope."),
        ("parameter", "small.few", 3, 2, "Clubs are small."),
    ]
    assert (small.file.parameters["few"].value, small.changes, small.profile) == (3, (), "")


def test_what_it_changes_shows_in_what_is_found_and_in_the_report(small: Pack) -> None:
    usual, club = report([small]), report([small], profile="club")
    assert [one.severity for one in usual.findings if one.rule == "MEE-01"] == ["high"]
    assert [one.severity for one in club.findings if one.rule == "MEE-01"] == ["medium"]
    assert (club.parameters["small.few"], usual.parameters["small.few"]) == (2, 3)
    assert (club.profile, usual.profile, usual.changes) == ("club", "", ())
    assert {one.name: one.by for one in club.changes} == {
        "MEE-01.many": "small",
        "small.few": "small",
    }
    table = " ".join(render(club, "table").split())
    assert "small.few: 2 in place of 3. Clubs are small." in table
    assert "MEE-01.many: plan for (medium) in place of act now (high). Clubs cope." in table


def test_a_value_of_the_run_goes_before_that_of_the_profile(small: Pack) -> None:
    found = report([small], profile="club", parameters={"small.few": 4})
    assert found.parameters["small.few"] == 4
    [change] = [one for one in found.changes if one.name == "small.few"]
    assert (change.was, change.value, change.by) == (3, 4, "")
    back = report([small], profile="club", parameters={"small.few": 3})
    assert {one.name for one in back.changes} == {"MEE-01.many"}


def test_one_name_over_all_packs_in_any_order(tmp_path: Path) -> None:
    second, first = both(tmp_path)
    (second / "profiles").mkdir()
    (second / CLUB).write_text(SECOND, "utf-8")
    packs = [load_pack(second), load_pack(first)]
    changed = {pack.id: pack for pack in with_profile(packs, "club")}
    assert changed == {pack.id: pack for pack in with_profile(packs[::-1], "club")}
    parameters = {k: p.file.parameters["few"].value for k, p in changed.items()}
    assert parameters == {"small": 2, "a-second": 5}
    # A level of a rule that another pack has, and a cap that is none: it is low already.
    assert changed["small"].rules["MEE-02"].concern["far"].level == "medium"
    assert {one.name for one in changed["small"].changes} >= {"MEE-02.far"}
    assert {one.name for one in changed["a-second"].changes} == {"a-second.few"}
    assert profile_names(packs) == {"club": "A club with a choir"}


def test_two_packs_leave_a_change_to_one_of_them(tmp_path: Path) -> None:
    second, first = both(tmp_path)
    (second / "profiles").mkdir()
    twice = SECOND.replace("few:", "small.few:").replace("MEE-02.far", "MEE-01.many")
    (second / CLUB).write_text(twice, "utf-8")
    found = {(one.code, one.key) for one in problems_of(second, first)}
    assert found == {
        ("changed-twice", "parameters.few"),
        ("changed-twice", "severities.MEE-01.many"),
    }


def test_a_profile_that_is_not_there_is_told_with_the_nearest(small: Pack) -> None:
    with pytest.raises(SettingError, match=r'clubb: .*Did you mean "club"') as told:
        with_profile([small], "clubb")
    assert told.value.problems[0].code == "unknown-profile"
    with pytest.raises(SettingError, match="there are none"):
        with_profile([small._replace(profiles={})], "club")


def test_what_a_cap_does_to_a_rule(tmp_path: Path) -> None:
    text = FILES[CLUB].replace("MEE-01.many: {level", "MEE-01: {cap")
    [pack] = with_profile([load_pack(write(tmp_path / "small", {**FILES, CLUB: text}))], "club")
    assert {key: one.level for key, one in pack.rules["MEE-01"].concern.items()} == {
        "few": "low",
        "many": "medium",
    }


@pytest.mark.parametrize("said", ["MEE-01.many: {level: medium", "MEE-01: {cap: low"])
def test_what_tells_of_harm_is_never_lowered(tmp_path: Path, said: str) -> None:
    size = "meeting/MEE-01-size.yaml"
    text = FILES[CLUB].replace("MEE-01.many: {level: medium", said)
    harm = FILES[size].replace("due: [operating]", "due: [operating]\nharm: yes")
    problems = problems_of(write(tmp_path / "small", {**FILES, CLUB: text, size: harm}))
    assert {one.code for one in problems} == {"harm-lowered"}


def test_packs_that_no_longer_fit_are_refused_with_the_name_of_the_profile(tmp_path: Path) -> None:
    size = "meeting/MEE-01-size.yaml"
    many = "- {group.size: {at_least: $many}}\n      - {some: {m: member, where: {m.level: local}}}"
    assert many in FILES[size]
    below = FILES[size].replace(f"\n      {many}", " {group.size: {less_than: $many}}")
    below = below.replace(", and {names m} is local", "")
    text = FILES[CLUB].replace("value: 2", "value: 30")
    packs = [load_pack(write(tmp_path / "small", {**FILES, size: below, CLUB: text}))]
    with pytest.raises(PackError, match="With the profile club: The levels do not nest"):
        with_profile(packs, "club")
    with pytest.raises(SettingError, match=r"^small.few: With this .* The levels do not nest"):
        Checker(packs, parameters={"small.few": 30})


RESTATED = st.fixed_dictionaries(
    {},
    optional={
        "parameters": st.dictionaries(
            st.sampled_from(["few", "small.few"]), st.just({"value": 3, "why": "So."})
        ),
        "severities": st.fixed_dictionaries(
            {},
            optional={
                "MEE-01.few": st.just({"level": "low", "why": "So."}),
                "MEE-01.many": st.just({"level": "high", "why": "So."}),
                "MEE-02": st.sampled_from([{"cap": one, "why": "So."} for one in LEVELS]),
            },
        ),
    },
)


@given(RESTATED)
@settings(max_examples=25)
def test_a_profile_that_says_what_the_packs_say_changes_no_byte_but_its_name(
    small: Pack, said: dict[str, Any]
) -> None:
    plain = read_model(Profile, {"id": "plain", "title": "Plain", **said})
    pack = small._replace(profiles={"plain": plain}, files={**small.files, "profile": {}})
    usual, changed = report([pack]), report([pack], profile="plain")
    assert render(changed, "json").replace('"profile": "plain"', '"profile": ""') == render(
        usual, "json"
    )


def test_what_is_kept_is_kept_for_each_profile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARTNERRULES_CACHE", str(tmp_path / "cache"))
    folder = write(tmp_path / "small", FILES)
    for _ in range(2):
        [usual], [club] = load_packs([folder]), load_packs([folder], profile="club")
        assert (usual.profile, usual.file.parameters["few"].value) == ("", 3)
        assert (club.profile, club.file.parameters["few"].value) == ("club", 2)
    assert checked_before([club]) and club.checked != usual.checked
    read = with_profile([load_pack(folder)], "club")
    assert club._replace(checked=("", 0)) == read[0]
    assert Library([club]).rules["MEE-01"] == Library(read).rules["MEE-01"]
