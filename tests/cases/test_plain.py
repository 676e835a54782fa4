"""What is read without pydantic is what pydantic would have made of it."""

import json
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import ValidationError

from partnerrules.authoring.examples import example_document
from partnerrules.cases import CaseReader
from partnerrules.documents import read_document
from partnerrules.packs import Library, load_pack
from partnerrules.shipped import shipped_packs, shipped_root

READER = CaseReader(Library(map(load_pack, shipped_packs())))
CASES = [read_document(path).value for path in sorted(shipped_root().parent.glob("cases/*/*.yaml"))]
ODD = [
    None, True, False, 0, 1, -1, 10**30, 0.5, "", "yes", "not_asked", "unknown", "a b",
    "2026-06-30", "2026-02-30", [], [None], ["a"], [{}], [[]], {}, {"id": "a"}, {"b": 2},
    {"value": "yes"},
    {"complete": "no"}, {"complete": 1}, {"at_least": 1, "at_most": 0}, {"at_least": True},
    {"complete": "no", "at_most": 0, "items": [{"id": "a"}]}, {"items": 1, "at_most": 2},
    {"items": [], "more": 1}, {"answers": [{"value": "yes"}, {"value": "no"}]}, {"answers": 1},
]  # fmt: skip


def checked(value):
    """Return what pydantic makes of a case; None where it refuses."""
    try:
        return READER.schema.validate_python(deepcopy(value))
    except ValidationError:
        return None


def told(said):
    """Return what was said with the order of its keys: of groups and members, not of the head."""
    if not isinstance(said, dict):
        return [told(one) for one in said] if isinstance(said, list) else repr(said)
    return {key: _in_order(one) for key, one in said.items()}


def _in_order(said):
    if isinstance(said, dict) and said.keys() <= {"complete", "at_least", "at_most", "items"}:
        return {**said, "items": [_in_order(one) for one in said.get("items", [])]}
    return [(key, _in_order(one)) for key, one in said.items()] if isinstance(said, dict) else said


@pytest.mark.parametrize("value", CASES, ids=lambda value: value["case"])
def test_published_and_made_up_cases_need_no_pydantic(value):
    assert told(READER.plain.read(value)) == told(checked(value))
    assert READER.plain.read(value) is not None


def test_nor_does_any_example_of_a_rule_in_which_nothing_is_wrong():
    read = 0
    for rule in READER.library.rules.values():
        for example in rule.examples:
            value = example_document(example).value
            said = READER.plain.read(value)
            assert told(said) == told(checked(value)), (rule.id, example["name"])
            read += said is not None
    assert read > 1000


@given(st.data())
def test_an_odd_case_is_read_as_pydantic_does_or_left_to_it(data):
    value = deepcopy(data.draw(st.sampled_from(CASES)))
    for _ in range(data.draw(st.integers(1, 2))):
        inside, keys = value, []
        while isinstance(inside, (dict, list)) and inside:
            places = list(inside) if isinstance(inside, dict) else list(range(len(inside)))
            keys.append((inside, data.draw(st.sampled_from(places))))
            inside = inside[keys[-1][1]]
        where, key = data.draw(st.sampled_from(keys))
        change = data.draw(st.sampled_from(["other", "gone", "more"]))
        if change == "other":
            where[key] = deepcopy(data.draw(st.sampled_from(ODD)))
        elif change == "gone":
            del where[key]
        elif isinstance(where, dict):
            where[data.draw(st.sampled_from(["more", "id", "name", "items"]))] = deepcopy(
                where[key]
            )
        else:
            where.append(deepcopy(data.draw(st.sampled_from(ODD))))
    said = READER.plain.read(value)
    assert said is None or told(said) == told(checked(value)), json.dumps(value, default=str)
