"""A lower level states the weaker condition and never denies a higher one."""

from typing import Any

import pytest
from small import FILES, write

from partnerrules.packs import Library, load_pack
from partnerrules.packs.levels import level_faults
from partnerrules.packs.models import Rule
from partnerrules.packs.names import Names


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
    rule = Rule.model_validate(
        {"id": "A", "name": "a", "title": "A", "for_each": {"m": "member"}, "given": given or {},
         "concern": concern}
    )  # fmt: skip
    return [str(fault.keys[1]) for fault in level_faults(names, rule, "a.yaml")]


LOCAL = {"some": {"n": "member", "where": {"n.level": "local"}}}
NONE = {"none": {"n": "member", "where": {"n.level": "local"}}}


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
