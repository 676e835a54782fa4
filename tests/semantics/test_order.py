"""The order of answers, members, rules and packs changes no conclusion and, of packs, no byte."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerrules.checking import Checker
from partnerrules.documents import parse_document, read_document
from partnerrules.engine.durable import durable_available
from partnerrules.packs import Pack, load_pack
from partnerrules.report.json import render_json
from partnerrules.shipped import shipped_packs

CASES = Path(__file__).parents[2] / "cases"
PATHS = [
    CASES / "published" / "gavi-early-phases.yaml",
    CASES / "published" / "farmer-field-schools.yaml",
    CASES / "made-up" / "river-alliance.yaml",
]
VALUES = [read_document(path).value for path in PATHS]
ENGINES = ["python", *["durable"] * durable_available()]


def mixed(value: Any, random: Random) -> Any:
    """Return a case with its keys and members in another order; `answers` keep theirs."""
    if isinstance(value, dict):
        keys = list(value)
        random.shuffle(keys)
        return {key: value[key] if key == "answers" else mixed(value[key], random) for key in keys}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        members = [mixed(one, random) for one in value]
        random.shuffle(members)
        return members
    return value


def shuffled(packs: list[Pack], random: Random) -> list[Pack]:
    """Return packs in another order, their rules and facts too."""
    packs = list(packs)
    random.shuffle(packs)
    return [
        pack._replace(
            rules=_mixed(pack.rules, random),
            rule_files=_mixed(pack.rule_files, random),
            measures=_mixed(pack.measures, random),
            lessons=_mixed(pack.lessons, random),
        )
        for pack in packs
    ]


def _mixed(found: Any, random: Random) -> dict[str, Any]:
    names = list(found)
    random.shuffle(names)
    return {name: found[name] for name in names}


def told(checker: Checker, value: Any) -> dict[Any, Any]:
    document = parse_document(json.dumps(value).encode(), path="case.json", format="json")
    return {
        (one.rule.id, one.subject): (one.outcome, one.certain, one.possible, sorted(one.lowered_by))
        for one in checker.outcomes(checker.reader.parse(document))
    }


@pytest.fixture(scope="module", params=ENGINES)
def checker(request: pytest.FixtureRequest) -> Any:
    with Checker(map(load_pack, shipped_packs()), engine=request.param) as made:
        yield made


@settings(max_examples=6)
@given(value=st.sampled_from(VALUES), random=st.randoms(use_true_random=False))
def test_the_order_in_a_case_changes_no_conclusion(
    checker: Checker, value: Any, random: Random
) -> None:
    assert told(checker, mixed(value, random)) == told(checker, value)


@settings(max_examples=3)
@given(random=st.randoms(use_true_random=False))
def test_the_order_of_packs_and_of_their_rules_changes_no_byte(random: Random) -> None:
    packs = [load_pack(name) for name in shipped_packs()]
    reports = []
    for found in (packs, shuffled(packs, random)):
        with Checker(found, engine="python") as made:
            reports += [render_json(made.check(made.reader.read(path))) for path in PATHS[:2]]
    assert reports[:2] == reports[2:]
