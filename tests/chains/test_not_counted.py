"""What is no gap is not told as one: allies do not count, one partner may bring several kinds."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from scenarios import HEAD, grounds_of, report_of

from partnerrules.checking import Checker
from partnerrules.documents import read_document

MADE_UP = sorted((Path(__file__).parents[2] / "cases" / "made-up").glob("*.yaml"))
ALLY = {
    "name": "Hill Radio",
    "groups": ["ally"],
    "level": "international",
    "regions": [],
    "involvement": "beside",
    "lead": False,
    "role_agreed": False,
    "told_wants": "not_yet",
    "reached": "not_now",
    "introduced": "not_yet",
    "gets_out": "less",
    "income_share": "most",
    "active": False,
}


def concerns(checker: Checker, value: dict[str, Any]) -> set[tuple[str, ...]]:
    """Return what is of concern, rules with subjects."""
    found = report_of(checker, value).findings
    return {(f.rule, *f.subject) for f in found if f.outcome == "concern"}


@pytest.mark.parametrize("path", MADE_UP, ids=lambda path: path.stem)
def test_allies_who_stand_beside_add_no_concern_and_take_none_away(
    checker: Checker, path: Path
) -> None:
    value = read_document(path).value
    with_allies = copy.deepcopy(value)
    partners = with_allies["partners"]
    if isinstance(partners, dict):
        partners |= {end: partners[end] + 9 for end in ("at_least", "at_most")}
        partners = partners["items"]
    partners += [{"id": f"ally-{number}", **ALLY} for number in range(9)]
    assert concerns(checker, with_allies) == concerns(checker, value)


def test_one_partner_that_brings_every_kind_of_support_leaves_none_open(checker: Checker) -> None:
    kinds = ["decision_maker", "resource_provider", "expert", "implementer", "participant"]
    one = {"id": "all", "groups": kinds, "involvement": "throughout"}
    value = {**HEAD, "partnership": {"stage": "scaling"}, "partners": [one]}
    found = grounds_of(checker, value).found
    told = {
        subject: result.outcome for (rule, subject), result in found.items() if rule == "PAR-01"
    }
    assert {told[(kind,)] for kind in kinds[:4]} == {"sound"}
