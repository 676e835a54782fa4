"""The entity that every vocabulary has: the answers of a case, for rules about the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from partnerrules.packs.models import Entity, Fact, Measure, Rule
from partnerrules.packs.walk import all_conditions, walk

ANSWER = "answer"

FOR_THE_TEAM = ("source", "respondent")
"""What only the team that looks at a partnership reads of an answer."""

_STATUSES = {
    "known": "Known",
    "disputed": "Answered in different ways",
    "dont_know": "Asked, and not known",
    "declined": "Asked, and not answered",
    "no_evidence_found": "Looked for, and nothing found",
    "not_applicable": "Does not apply",
}
_BASES = {"stated": "Stated", "derived": "Derived", "claimed": "Claimed"}

ENTITY = Entity(
    title="Answer",
    facts={
        "fact": Fact(type="text", derived=True, title="fact"),
        "dimension": Fact(type="text", derived=True, title="dimension"),
        "status": Fact(type="choice", derived=True, title="status", choices=_STATUSES),
        "respondent": Fact(type="text", derived=True, title="respondent"),
        "date": Fact(type="date", derived=True, title="date"),
        "source": Fact(type="text", derived=True, title="source"),
        "basis": Fact(type="choice", derived=True, title="basis", choices=_BASES),
    },
)
"""Its members come from what stands in the case; a case file never lists them."""


def reads_answers(
    rules: Iterable[Rule], measures: Iterable[Measure], stages: Iterable[Any]
) -> bool:
    """Say whether a rule, a measure or a stage is about answers."""
    found = all_conditions(rules, measures, stages)
    return any(_about_answers(condition, scope) for condition, scope in found)


def _about_answers(condition: Any, scope: Mapping[str, str]) -> bool:
    if ANSWER in scope.values():
        return True
    items = walk(condition, (), scope) if condition else ()
    return any(item.kind == "quantifier" and ANSWER in item.value.values() for item in items)
