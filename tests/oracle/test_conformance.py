"""The page of what every word comes to is what comes out; UPDATE_GOLDEN=1 writes it anew."""

from __future__ import annotations

import os
from pathlib import Path
from typing import get_args

import pytest
from conformance import judging
from conformance.made import Made, rule
from conformance.measures import for_each, of_answers, over_members
from conformance.page import other_tables, page, words_of
from conformance.types_of_fact import FACTS, tables

from partnerrules.facts.operators import ABOUT, OPERATORS, WORDS
from partnerrules.packs import operators
from partnerrules.packs.checks import check_library
from partnerrules.packs.models import FactType, Measure
from partnerrules.packs.validation import keys_of

PAGE = Path(__file__).parents[2] / "docs" / "conformance.md"
BESIDE_KINDS = {"title"}
"""What a measure may say that changes nothing of its number."""


def test_the_page_says_what_comes_out() -> None:
    found = page()
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(found, encoding="utf-8")
    assert found == PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(FACTS))
def test_every_operator_has_a_row_for_every_type_that_it_fits(name: str) -> None:
    fact = FACTS[name]
    fits = set(operators.fitting(fact["type"], fact.get("ordered", False)))
    conditions = [row.condition for row in tables()[name].rows]
    tests = [one[f"g.{name}"] for one in conditions if f"g.{name}" in one]
    shown = {op for test in tests for op in (test if isinstance(test, dict) else ["is"])}
    assert shown == fits


def test_every_type_has_a_table() -> None:
    assert {fact["type"] for fact in FACTS.values()} == set(get_args(FactType))
    assert set(tables()) == set(FACTS)


def test_every_word_of_conditions_has_a_row() -> None:
    assert set(WORDS) | {*operators.BOUNDS, "where"} <= words_of(other_tables())
    assert {*OPERATORS, *ABOUT} <= words_of(tables().values())


def test_every_kind_of_measure_has_a_row() -> None:
    shown = (over_members(), of_answers(), for_each())
    named = {key for amounts in shown for measure, _ in amounts.rows for key in measure}
    assert named == {*keys_of(Measure).values()} - BESIDE_KINDS


def test_every_condition_is_one_that_a_pack_may_have() -> None:
    for table in (*tables().values(), *other_tables()):
        made = [rule(f"R-{n}", row.condition, row.scope) for n, row in enumerate(table.rows)]
        # That something follows from no answers is what some rows are about.
        check_library(Made([*table.further, *({**one, "limit": True} for one in made)]).library())


def test_a_cell_in_which_the_naive_evaluator_differs_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judge = judging.Judge(Made([rule("R", {"g.number": {"at_least": 4}})]))
    assert judge.condition("R", {"g": {"number": 4}}) == (2, 0)
    monkeypatch.setattr(judging.Judge, "_pair", lambda *_: (2, 2))
    with pytest.raises(judging.Disagreement, match="naive evaluator"):
        judge.condition("R", {"g": {"number": 4}})
    judge.close()
