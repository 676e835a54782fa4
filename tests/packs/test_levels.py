"""A lower level states the weaker condition and never denies a higher one."""

from typing import Any

import pytest
from small import FILES, write

from partnerrules.packs import Library, load_pack
from partnerrules.packs.levels import level_faults
from partnerrules.packs.models import Rule
from partnerrules.packs.names import Names
from partnerrules.packs.validation import read_model


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Names:
    library = Library([load_pack(write(tmp_path_factory.mktemp("pack") / "small", FILES))])
    return Names(library, library.packs[0])


def denied(names: Names, *levels: tuple[str, Any], given: Any = None) -> list[str]:
    """Return the keys of the alternatives that deny a higher one."""
    concern = {
        f"{level}{number}": {"level": level, "when": when, "says": "-"}
        for number, (level, when) in enumerate(levels)
    }
    said = {"for_each": {"m": "member"}, "given": given or {}, "concern": concern}
    rule = read_model(Rule, {"id": "A", "name": "a", "title": "A", **said})
    return [str(fault.keys[1]) for fault in level_faults(names, rule, "a.yaml")]


LOCAL = {"some": {"n": "member", "where": {"n.level": "local"}}}
NONE = {"none": {"n": "member", "where": {"n.level": "local"}}}


def some(word: str = "some", variable: str = "n", **where: Any) -> dict[str, Any]:
    """Return a condition on members of which some are looked for, or none."""
    narrowed = {"where": {f"{variable}.{key}": value for key, value in where.items()}}
    return {word: {variable: "member", **(narrowed if where else {})}}


THERE = {"level": "local", "place": "here"}


def count(**bounds: int) -> dict[str, Any]:
    return {"count": {"n": "member", "where": {"n.level": "local"}, **bounds}}


@pytest.mark.parametrize(
    ("low", "high"),
    [
        ({"group.size": {"at_least": 4, "at_most": 7}}, {"group.size": {"at_least": 8}}),
        (
            {"group.size": {"at_least": "$few", "less_than": "$many"}},
            {"group.size": {"at_least": "$many"}},
        ),
        ({"group.size": {"at_most": 3}}, {"group.size": {"more_than": 3}}),
        (
            {"group.size": {"at_least": 4, "at_most": 7}},
            [{"group.size": {"at_least": 8}}, {"group.open": "no"}],
        ),
        ({"group.size": 4}, {"group.size": 8}),
        ({"group.mood": "fair"}, {"group.mood": "bad"}),
        ({"group.mood": "fair"}, [{"group.mood": "bad"}, {"group.open": "no"}]),
        (
            {"group.mood": {"more_than": "bad", "less_than": "good"}},
            {"group.mood": {"at_most": "bad"}},
        ),
        ({"group.open": "yes"}, {"group.open": "no"}),
        ({"not": {"group.open": "no"}}, {"group.open": "no"}),
        ({"group.topics": {"lacks": "money"}}, {"group.topics": {"has": "money"}}),
        (
            {"group.covers": {"size": {"at_least": 1, "at_most": 2}}},
            {"group.covers": {"size": {"at_least": 3}}},
        ),
        ({"m.level": "local"}, {"m.level": "national"}),
        (NONE, LOCAL),
        (count(at_least=1, at_most=2), count(at_least=3)),
        ({"not": {"concern": {"rule": "MEE-01"}}}, {"concern": {"rule": "MEE-01"}}),
        (
            [{"group.begun": {"missing": "yes"}}, {"group.size": 1}],
            [{"group.begun": {"missing": "yes"}}, {"group.size": 2}],
        ),
    ],
)  # fmt: skip
def test_a_lower_level_that_denies_a_higher_one_is_told(names: Names, low: Any, high: Any) -> None:
    assert denied(names, ("low", low), ("high", high)) == ["low0"]
    assert denied(names, ("high", high), ("medium", low)) == ["medium1"]
    assert denied(names, ("low", low), ("low", high)) == []


@pytest.mark.parametrize(
    ("low", "high"),
    [
        ({"group.size": {"at_least": 4}}, {"group.size": {"at_least": 8}}),
        ({"group.size": {"at_most": 4}}, {"group.size": {"less_than": 2}}),
        ({"group.mood": {"at_most": "fair"}}, {"group.mood": "bad"}),
        ({}, {"group.mood": "bad"}),
        ({"group.mood": "bad"}, [{"group.mood": "bad"}, {"group.open": "no"}]),
        ({"group.mood": {"at_most": "fair"}}, [{"group.mood": "good"}, LOCAL]),
        ({"group.open": "no"}, {"group.size": {"at_least": 8}}),
        (count(at_least=1), count(at_least=3)),
        (LOCAL, [LOCAL, {"group.open": "no"}]),
        (
            {"any": [{"group.size": 3}, {"group.size": 4}]},
            {"any": [{"group.size": 5}, {"group.size": 6}]},
        ),
    ],
)  # fmt: skip
def test_levels_that_nest_or_speak_of_other_things_pass(names: Names, low: Any, high: Any) -> None:
    assert denied(names, ("low", low), ("high", high)) == []


@pytest.mark.parametrize(
    ("low", "high"),
    [
        (NONE, some("some", "p", level="local")),
        (NONE, some(**THERE)),
        (some("none"), LOCAL),
        (some(**THERE), NONE),
        ({"not": LOCAL}, LOCAL),
        ({"not": NONE}, NONE),
        ({"not": LOCAL}, some(**THERE)),
        ([NONE, {"group.open": "no"}], [LOCAL, {"group.size": 8}]),
        (NONE, count(at_least=3)),
        (count(at_most=2), count(at_least=3)),
        ([count(at_most=2), {"group.open": "no"}], [count(at_least=3), {"group.size": 8}]),
        (
            {"none": {"n": "member", "p": "place", "where": {"n.place": "p"}}},
            {"some": {"a": "member", "b": "place", "where": {"a.place": "b", "b.far": "yes"}}},
        ),
        (
            some("none", level=["local", "national"]),
            LOCAL,
        ),
        (
            {"none": {"n": "member", "where": some("none", "q", level="local")}},
            {"some": {"a": "member", "where": [some("none", level="local"), {"a.place": "m"}]}},
        ),
        (some("none", place={"missing": "yes"}), some(place={"missing": "yes"}, level="local")),
    ],
)  # fmt: skip
def test_members_that_are_looked_for_and_not_found_deny_those_that_are(
    names: Names, low: Any, high: Any
) -> None:
    assert denied(names, ("low", low), ("high", high)) == ["low0"]
    assert denied(names, ("high", high), ("medium", low)) == ["medium1"]


@pytest.mark.parametrize(
    ("low", "high"),
    [
        (some("none", **THERE), LOCAL),
        (NONE, some(level="national")),
        (LOCAL, some(**THERE)),
        (some("none", **THERE), NONE),
        (NONE, some("none", **THERE)),
        (NONE, {"some": {"x": "place", "where": {"x.far": "yes"}}}),
        (some("none", place="m.place"), some(place={"missing": "yes"})),
        (some("none", place={"missing": "yes"}), some(place={"sourced": "yes"})),
        ({"none": {"n": "member", "where": {"n": "m"}}}, some()),
    ],
)  # fmt: skip
def test_members_of_other_kinds_are_other_things(names: Names, low: Any, high: Any) -> None:
    assert denied(names, ("low", low), ("high", high)) == []


def test_a_wider_search_may_be_the_weaker_condition(names: Names) -> None:
    levels = ("low", NONE), ("low", some()), ("high", some(**THERE))
    assert denied(names, levels[0], levels[2]) == ["low0"]
    assert denied(names, *levels) == []


def test_another_alternative_of_the_level_may_be_the_weaker_condition(names: Names) -> None:
    wide = {"group.size": {"at_least": 4}}
    band = {"group.size": {"at_least": 4, "at_most": 7}, "group.open": "no"}
    high = {"group.size": {"at_least": 8}}
    assert denied(names, ("low", band), ("high", high)) == ["low0"]
    assert denied(names, ("low", band), ("low", wide), ("high", high)) == []


def test_what_is_given_for_all_levels_counts(names: Names) -> None:
    low, high = {"group.size": {"at_most": 7}}, {"group.size": {"at_least": 8}}
    assert denied(names, ("low", low), ("high", high), given={"group.size": {"at_least": 4}}) == [
        "low0"
    ]
