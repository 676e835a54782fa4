"""Reads what the conditions of a rule ask of the answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from partnerrules.packs.asked import Asked, AskedOf, Members, narrow
from partnerrules.packs.library import Library
from partnerrules.packs.models import Fact, Rule
from partnerrules.packs.operators import BOUNDS
from partnerrules.packs.walk import parameter

Scope = Mapping[str, tuple[str, str]]
"""Variable to what it is called here, the same whatever it is called there, and its entity."""


class AskedReader:
    """Reads the conditions of a rule; what stands under any or holds is one whole."""

    def __init__(self, library: Library, rule: Rule) -> None:
        self.library = library
        self.scope = {name: (name, entity) for name, entity in rule.for_each.items()}

    def read(self, condition: Any) -> AskedOf:
        """Return what a condition asks."""
        found = AskedOf()
        self._read(condition, found, self.scope)
        return found

    def fact(self, key: str, scope: Scope | None = None) -> Fact | None:
        """Return the fact of a path; a measure is a number."""
        head, _, name = key.partition(".")
        if head in (scope or self.scope):
            entity = self.library.entities.get((scope or self.scope)[head][1])
            return entity.facts.get(name) if entity else None
        if key in self.library.measures:
            return Fact(type="number")
        return self.library.fact(key)

    def _read(self, condition: Any, found: AskedOf, scope: Scope) -> None:
        if isinstance(condition, list):
            for one in condition:
                self._read(one, found, scope)
        elif isinstance(condition, dict):
            for key, value in condition.items():
                self._entry(key, value, found, scope)

    def _entry(self, key: str, value: Any, found: AskedOf, scope: Scope) -> None:
        if key in ("some", "none", "count") and isinstance(value, dict):
            bounds = {k: self._number(v) for k, v in value.items() if k in BOUNDS}
            plain = {"at_least": 1} if key != "none" else {"at_most": 0}
            narrow(self._counted(value, found, scope), bounds or plain)
        elif key == "not":
            self._negated(value, found, scope)
        else:
            fact = self.fact(key, scope)
            left = value
            name = _called(key, scope)
            if fact is not None and key not in ("any", "holds"):
                left = self._answer(fact, value, found.of.setdefault(name, Asked()), scope)
            if left:
                found.of.setdefault(f"{name} {_text(left, scope)}", Asked()).has.add("it")

    def _counted(self, value: dict[str, Any], found: AskedOf, scope: Scope) -> Asked:
        """Return what is asked of the number of some members."""
        inner = dict(scope)
        own = {k: str(v) for k, v in value.items() if k != "where" and k not in BOUNDS}
        for variable, entity in own.items():
            inner[variable] = (f"{entity}'{len(inner)}", entity)
        where = AskedOf()
        self._read(value.get("where"), where, inner)
        text = _text([sorted(own.values()), value.get("where")], inner)
        found.members[f"count {text}"] = Members(tuple(own.values()), where)
        return found.of.setdefault(f"count {text}", Asked())

    def _negated(self, value: Any, found: AskedOf, scope: Scope) -> None:
        key = next(iter(value)) if isinstance(value, dict) and len(value) == 1 else ""
        fact = self.fact(key, scope) if key else None
        if fact is not None and fact.type in ("choice", "yes_no"):
            inner = Asked()
            left = self._answer(fact, value[key], inner, scope)
            if inner.words is not None and not left:
                words = frozenset(fact.choices or (True, False)) - inner.words
                asked = found.of.setdefault(_called(key, scope), Asked())
                asked.words = words if asked.words is None else asked.words & words
                return
        if key in ("some", "none") and isinstance(value[key], dict):
            bounds = {"at_most": 0} if key == "some" else {"at_least": 1}
            narrow(self._counted(value[key], found, scope), bounds)
            return
        name, whole = _called(key, scope), value[key] if key else value
        if fact is not None:
            whole = self._answer(fact, whole, Asked(), scope) or whole
        found.of.setdefault(f"{name} {_text(whole, scope)}", Asked()).lacks.add("it")

    def _answer(self, fact: Fact, value: Any, asked: Asked, scope: Scope) -> Any:
        """Narrow what is asked of an answer; return the tests that are not understood."""
        tests = value if isinstance(value, dict) else {"is": value}
        left = {}
        for operator, wanted in tests.items():
            if not self._test(fact, operator, wanted, asked):
                left[operator] = wanted
        return left

    def _test(self, fact: Fact, operator: str, value: Any, asked: Asked) -> bool:
        if fact.type in ("choice", "yes_no"):
            passing = _passing(list(fact.choices) or [True, False], operator, value)
            if passing is not None:
                asked.words = passing if asked.words is None else asked.words & passing
            return passing is not None
        if fact.type in ("choices", "references"):
            if operator in ("has", "has_all"):
                asked.has.update(map(str, _list(value)))
            elif operator == "lacks":
                asked.lacks.update(map(str, _list(value)))
            elif operator == "size":
                return self._bounds(value if isinstance(value, dict) else {"is": value}, asked)
            return operator in ("has", "has_all", "lacks")
        if fact.type == "date" and operator == "older_than":
            return self._bounds({"more_than": value}, asked)
        numbers = fact.type in ("number", "share", "count")
        return numbers and self._bounds({operator: value}, asked)

    def _bounds(self, tests: dict[str, Any], asked: Asked) -> bool:
        found = {operator: self._number(value) for operator, value in tests.items()}
        if None in found.values() or not found.keys() <= {"is", *BOUNDS}:
            return False
        narrow(asked, found)
        return True

    def _number(self, value: Any) -> Any:
        if parameter(value):
            try:
                value = self.library.parameter(value[1:])[1]
            except KeyError:
                return None
        return value if isinstance(value, (int, float)) else None


def _passing(choices: list[Any], operator: str, value: Any) -> frozenset[Any] | None:
    """Return the words that pass one test, or None where that is not plain."""
    order = {word: number for number, word in enumerate(choices)}
    listed = frozenset(_flag(one, choices) for one in _list(value) if not isinstance(one, dict))
    if operator in ("is", "is_not") and listed <= order.keys():
        return listed if operator == "is" else frozenset(choices) - listed
    if operator in BOUNDS and not isinstance(value, (list, dict)) and value in order:
        return frozenset(one for one in choices if _within(operator, order[one], order[value]))
    return None


def _flag(value: Any, choices: list[Any]) -> Any:
    return {"yes": True, "no": False}.get(value, value) if True in choices else value


def _within(operator: str, place: int, bound: int) -> bool:
    if operator in ("at_least", "more_than"):
        return place > bound or (operator == "at_least" and place == bound)
    return place < bound or (operator == "at_most" and place == bound)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _called(path: str, scope: Scope) -> str:
    """Return a path, or a variable, as it is called whatever the variable is."""
    head, dot, rest = path.partition(".")
    return f"{scope[head][0]}{dot}{rest}" if head in scope else path


def _text(value: Any, scope: Scope) -> str:
    def called(one: Any) -> Any:
        if isinstance(one, dict):
            return {_called(str(key), scope): called(inner) for key, inner in one.items()}
        if isinstance(one, list):
            return [called(inner) for inner in one]
        return _called(one, scope) if isinstance(one, str) else one

    return json.dumps(called(value), sort_keys=True, default=str)
