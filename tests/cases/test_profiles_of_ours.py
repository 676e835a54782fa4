"""The profiles that come with the tool: what they are for, and what they leave alone."""

import re
from functools import cache
from pathlib import Path

import pytest

from partnerrules.checking import Checker
from partnerrules.findings import Report, rank
from partnerrules.packs import Library, Pack, load_pack
from partnerrules.packs.profiles import profile_names, with_profile
from partnerrules.packs.walk import parameters

ROOT = Path(__file__).parents[2]
OURS = ("consortium", "global", "local")
HEALTHY = ("two", "three", "five")
ASKS_MORE = {
    # A day a week is much for five neighbours, and little where people work for it full time.
    ("global", "five"): {"SEC-02"},
}
DIRECTION = {
    "local": {
        "AGR-01.not_written_among_several_or_with_money": -1,
        "GOV-10.fewer_meetings_than_planned": -1,
        "RES-02": -1,
        "MEL-06": -1,
        "ACC-05": -1,
        "CAP-04.nobody": -1,
    },
    "consortium": {
        "PRE-02.began_within_weeks_among_several": -1,
        "RES-02": -1,
        "ACC-09.more_than_one_format": 1,
    },
    "global": {"ACC-03.not_agreed_where_receivers_decide": 1, "GOV-13.reasons_not_open": 1},
}
"""Which levels weigh less (-1) or more (1) there."""


@cache
def packs() -> list[Pack]:
    return [load_pack("core"), load_pack("extended")]


@cache
def reports(profile: str) -> dict[str, Report]:
    with Checker(packs(), engine="python", profile=profile) as checker:
        return {
            name: checker.check(
                checker.reader.read(ROOT / f"cases/made-up/{name}-equal-partners.yaml")
            )
            for name in HEALTHY
        }


def test_both_packs_have_the_same_profiles_under_the_same_titles() -> None:
    assert tuple(profile_names(packs())) == OURS
    for name in OURS:
        assert len({pack.profiles[name].title for pack in packs()}) == 1


@pytest.mark.parametrize("profile", OURS)
def test_which_levels_weigh_more_or_less_there(profile: str) -> None:
    changes = [one for pack in with_profile(packs(), profile) for one in pack.changes]
    found = {
        one.name: (rank(one.value) > rank(one.was)) - (rank(one.value) < rank(one.was))
        for one in changes
        if one.kind != "parameter"
    }
    assert found == DIRECTION[profile]
    assert all(one.why for one in changes)


@pytest.mark.parametrize("profile", OURS)
@pytest.mark.parametrize("name", HEALTHY)
def test_healthy_alliances_of_equals_are_healthy_there_too(profile: str, name: str) -> None:
    found = {one.rule for one in reports(profile)[name].findings if one.outcome == "concern"}
    assert found == ASKS_MORE.get((profile, name), set())


def test_a_sentence_takes_its_months_from_the_threshold() -> None:
    library = Library(packs())
    for rule in library.rules.values():
        for key, one in rule.concern.items():
            named = {name for name, _ in parameters([rule.given, one.when], ())}
            units = {library.declared_parameter(library.parameter(n)[0]).unit for n in named}
            if "months" in units:
                told = one.says.replace("year by year", "").replace("one year only", "")
                assert not re.search(r"\byears?\b", told), f"{rule.id}.{key}"
