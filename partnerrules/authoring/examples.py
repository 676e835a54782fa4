"""Runs the examples that stand in the rules of a pack."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from partnerrules.checking import Checker
from partnerrules.checking.results import Result, alternative
from partnerrules.documents import Document, parse_document
from partnerrules.errors import PartnerRulesError
from partnerrules.findings import rank
from partnerrules.packs import Library
from partnerrules.packs.models import Rule


def run_examples(library: Library) -> list[str]:
    """Return a sentence for each example that does not come out as it says."""
    failures: list[str] = []
    with Checker(library.packs, engine="python") as checker:
        for _, rule in sorted(library.rules.items()):
            for example in rule.examples:
                place = f"{library.rule_files[rule.id]}: {example.get('name', 'example')}"
                failures.extend(f"{place}: {text}" for text in _run(checker, rule, example))
    return failures


def example_document(example: Mapping[str, Any]) -> Document:
    """Return the case of an example as a document; raises DocumentError."""
    head = {"schema": "partnerrules.case/1", "case": "example", "assessed_on": "2026-06-30"}
    data = json.dumps({**head, **example.get("case", {})}).encode()
    return parse_document(data, path="example", format="json")


def _run(checker: Checker, rule: Rule, example: Mapping[str, Any]) -> Iterable[str]:
    try:
        outcomes = checker.outcomes(checker.reader.parse(example_document(example)))
    except PartnerRulesError as error:
        yield str(error)
        return
    expect = example.get("expect")
    if isinstance(expect, str) or (isinstance(expect, dict) and "outcome" in expect):
        expect = {None: expect}
    for key, wanted in (expect or {}).items():
        wanted = {"outcome": wanted} if isinstance(wanted, str) else wanted
        found = list(_found(outcomes, checker, rule, key))
        if not any(all(one.get(k) == v for k, v in wanted.items()) for one in found):
            yield f"expected {key or rule.id} {wanted}, found {found or 'nothing'}"


def _found(
    outcomes: list[Result], checker: Checker, rule: Rule, key: str | None
) -> Iterable[dict[str, Any]]:
    """Yield what a rule says of a subject.

    A key is a subject of the rule itself, the id of a rule, or both ("TRA-01 hills").
    A rule's own examples look at its own conditions: guards are tried in their own examples.
    """
    first, _, rest = (key or "").partition(" ")
    named = first in checker.library.rules
    rule_id = first if named else rule.id
    about = rest if named else key
    subject = tuple(about.split(", ")) if about else None
    for one in outcomes:
        if one.rule.id == rule_id and subject in (None, one.subject):
            worse = rank(one.possible) > rank(one.certain)
            own = not named
            yield {
                "outcome": one.own_outcome if own else one.outcome,
                "severity": one.standing.certain if own else one.certain,
                "could_be": one.possible if worse else None,
                "because": alternative(one, certain=True).key if one.standing.certain else "",
                "lowered_by": one.lowered_by,
                "part_of": one.part_of,
            }
