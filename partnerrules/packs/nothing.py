"""Whether something follows from no answers at all: then a case of nobody asked would tell it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partnerrules.packs.builtin import ANSWER
from partnerrules.packs.library import Library
from partnerrules.packs.models import Rule
from partnerrules.packs.places import Fault

_FALSE, _OPEN, _TRUE = 0, 1, 2


def nothing_faults(library: Library, rule: Rule, path: str) -> Iterator[Fault]:
    """Yield each alternative that holds, and each rule that is sound, where nobody was asked."""
    if rule.limit or not rule.concern:
        return
    scope = rule.for_each
    given = _code(library, [rule.applies, rule.given], scope)
    codes = {key: min(given, _code(library, one.when, scope)) for key, one in rule.concern.items()}
    for key, code in codes.items():
        if code == _TRUE:
            text = "This follows from no answers at all: add a condition on an answer"
            text += " (could_be alone is none)."
            yield Fault("no-answers", path, ("concern", key), text)
    if not max(codes.values()) and _code(library, rule.applies, scope) == _TRUE:
        text = "Nothing in this rule can hold where nobody was asked, so it would be sound there:"
        text += " ask for `missing` where a status is meant."
        yield Fault("no-answers", path, ("concern",), text)


def _code(library: Library, condition: Any, scope: dict[str, str]) -> int:
    """Return whether a condition is false, open or true where nobody was asked anything."""
    if isinstance(condition, list):
        return min((_code(library, one, scope) for one in condition), default=_TRUE)
    if not isinstance(condition, dict):
        return _OPEN
    return min((_entry(library, k, v, scope) for k, v in condition.items()), default=_TRUE)


def _entry(library: Library, key: str, value: Any, scope: dict[str, str]) -> int:
    if key == "any":
        return max((_code(library, one, scope) for one in value), default=_FALSE)
    if key == "not":
        return _TRUE - _code(library, value, scope)
    if key == "could_be":
        return _TRUE
    if key == "count" and ANSWER in value.values():
        return _FALSE if {"at_least", "more_than"} & value.keys() else _TRUE
    if key in ("some", "none"):
        return _members(library, key, value, scope)
    if key in scope:
        # Of fixed members one passes; which members a case lists is an answer.
        return _TRUE if _fixed(library, scope[key]) else _OPEN
    if key in ("count", "holds", "concern", "sound"):
        return _OPEN
    return _about(value) if isinstance(value, dict) else _OPEN


def _members(library: Library, key: str, value: dict[str, Any], scope: dict[str, str]) -> int:
    bound = {name: entity for name, entity in value.items() if name != "where"}
    fixed = all(_fixed(library, entity) for entity in bound.values())
    where = _code(library, value.get("where", {}), {**scope, **bound})
    # A collection that nobody was asked for may be empty, and may have any number of members.
    some = where if fixed else min(where, _OPEN)
    if ANSWER in bound.values():
        some = _FALSE
    return some if key == "some" else _TRUE - some


def _fixed(library: Library, entity: str) -> bool:
    return entity in library.entities and bool(library.entities[entity].members)


def _about(tests: dict[str, Any]) -> int:
    """Return what tests on an answer come to that nobody was asked for."""
    codes = []
    for operator, value in tests.items():
        if operator == "answer":
            statuses = value if isinstance(value, list) else [value]
            codes.append(_TRUE if "not_asked" in statuses else _FALSE)
        elif operator == "sourced":
            codes.append(_TRUE if value in ("no", False) else _FALSE)
        else:
            codes.append(_OPEN)
    return min(codes, default=_OPEN)
