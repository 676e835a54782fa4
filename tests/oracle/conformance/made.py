"""The small pack on which all is tried, and the answers as a case file states them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from partnerrules.cases import Case, CaseReader
from partnerrules.documents import parse_document
from partnerrules.packs import Library, Pack
from partnerrules.packs.models import PackFile, Rule, VocabularyFile
from partnerrules.packs.validation import read_model

_NUMBER = {"type": "number", "min": 0, "max": 10}
FACTS: dict[str, dict[str, Any]] = {
    "flag": {"type": "yes_no"},
    "colour": {"type": "choice", "choices": {w: w for w in ("red", "green", "blue")}},
    "grade": {"type": "choice", "choices": {w: w for w in ("none", "some", "full")},
              "ordered": True},
    "tags": {"type": "choices", "choices": {w: w for w in "abc"}},
    "number": _NUMBER,
    "part": {"type": "share"},
    "heads": {"type": "count", "max": 9},
    "title": {"type": "text"},
    "begun": {"type": "date", "may_be_never": True},
    "lead": {"type": "reference", "to": "partner"},
    "signed": {"type": "references", "to": "partner"},
}  # fmt: skip
"""A fact of every type; each has a second one, `_before`, with which it is compared."""
_ALL = {name + end: {**fact, "may_be_na": True} for name, fact in FACTS.items()
          for end in ("", "_before")}  # fmt: skip
_VOCABULARY = {
    "groups": {"g": {"title": "g", "facts": _ALL}},
    "entities": {
        "partner": {"collection": "partners", "title": "p", "facts": {
            "weight": {**_NUMBER, "may_be_na": True},
        }},
        "region": {"collection": "regions", "title": "r", "facts": {
            "host": {"type": "reference", "to": "partner", "may_be_na": True},
        }},
    },
}  # fmt: skip
_HEAD = {
    "schema": "partnerrules.pack/1", "id": "made", "version": "1", "title": "Made",
    "stages": {"late": {"g.flag_before": "yes"}}, "dimensions": {"d": {"title": "d"}},
}  # fmt: skip
_CASE = {"schema": "partnerrules.case/1", "case": "made", "assessed_on": "2026-06-30"}


@dataclass
class Made:
    """Rules and measures as a pack says them, over the one vocabulary."""

    rules: list[dict[str, Any]] = field(default_factory=list)
    measures: dict[str, Any] = field(default_factory=dict)

    def library(self) -> Library:
        """Build a library of the one pack."""
        words = read_model(VocabularyFile, {**_VOCABULARY, "measures": self.measures})
        rules = {rule["id"]: read_model(Rule, rule) for rule in self.rules}
        places = {rule: f"{rule}.yaml" for rule in rules}
        file = read_model(PackFile, _HEAD)
        pack = Pack(file, "", "", words.groups, words.entities, words.measures, rules, places)
        return Library([pack])


def rule(rule_id: str, given: Any, scope: dict[str, str] | None = None) -> dict[str, Any]:
    """Return a rule that is of concern where a condition holds."""
    return {
        "id": rule_id, "name": "made", "title": "r", "dimension": "d", "for_each": scope or {},
        "given": given, "concern": {"only": {"level": "low", "says": "-"}},
    }  # fmt: skip


def read(reader: CaseReader, said: dict[str, Any]) -> Case:
    """Read a case; no lists but those that it states are there."""
    raw = {"partners": [], "regions": [], **said}
    data = json.dumps({**_CASE, **{key: one for key, one in raw.items() if one is not None}})
    return reader.parse(parse_document(data.encode(), path="made.json", format="json"))


def status(word: str) -> dict[str, str]:
    """Return an answer that is not known, or does not apply."""
    return {"status": word}


def either(*values: Any) -> dict[str, Any]:
    """Return different answers."""
    said = [one if isinstance(one, dict) and "value" in one else {"value": one} for one in values]
    return {"answers": said}


def between(low: Any, high: Any) -> dict[str, Any]:
    """Return a range."""
    return {"at_least": low, "at_most": high}


def sourced(value: Any) -> dict[str, Any]:
    """Return an answer with a source."""
    return {"value": value, "source": "a letter"}


def some_of(*items: str) -> dict[str, Any]:
    """Return a list of which not all is known."""
    return {"value": list(items), "complete": False}


def listed(*items: Any, more: int | None = 0) -> Any:
    """Return a list of members: ids or weights; with as many more, or None for any number."""
    rows = [
        {"id": one} if isinstance(one, str) else {"id": "abcd"[n], "weight": one}
        for n, one in enumerate(items)
    ]
    if more == 0:
        return rows
    most = {} if more is None else {"at_most": len(rows) + more}
    return {"complete": False, "items": rows, **most}


def shown(answer: Any) -> str:
    """Return an answer as people say it."""
    if isinstance(answer, list):
        return f"[{', '.join(map(str, answer))}]"
    if not isinstance(answer, dict):
        return str(answer)
    if "answers" in answer:
        words = [shown(one if len(one) > 1 else one["value"]) for one in answer["answers"]]
        return " or ".join(words)
    if "source" in answer:
        return f"{shown(answer['value'])}, with a source"
    if "complete" in answer:
        return f"{shown(answer['value'])} and perhaps more"
    if "status" in answer:
        return str(answer["status"])
    return f"{answer['at_least']} to {answer['at_most']}"


def said(condition: Any, inner: bool = False) -> str:
    """Return a condition as a pack says it, on one line."""
    if isinstance(condition, list):
        return f"[{', '.join(said(one) for one in condition)}]"
    if not isinstance(condition, dict):
        return str(condition)
    text = ", ".join(f"{key}: {said(one, True)}" for key, one in condition.items())
    return f"{{{text}}}" if inner or len(condition) != 1 else text


def words(condition: Any) -> Iterable[str]:
    """Yield every key of a condition."""
    if isinstance(condition, dict):
        for key, one in condition.items():
            yield key
            yield from words(one)
    elif isinstance(condition, list):
        for one in condition:
            yield from words(one)
