"""Small changes to a rule; examples that are worth their place tell each of them apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from partnerrules.findings import LEVELS
from partnerrules.packs import Library
from partnerrules.packs.models import Fact, Rule
from partnerrules.packs.names import Names
from partnerrules.packs.operators import BOUNDS, CONCLUSIONS
from partnerrules.packs.validation import file_of, read_model
from partnerrules.packs.walk import Keys, Scope, conditions, number, parameter

KINDS = ("leaf", "threshold", "any or all", "level", "alternative", "guard", "subject", "due")
_MONTHS = ("older_than", "within_past", "within_next")
_LIST = ("any", "of")
DROPPED = object()
"""Stands for a key or an item that is left out."""


@dataclass(frozen=True)
class Mutant:
    """One rule with one thing changed."""

    rule: str
    kind: str
    """One of KINDS."""
    keys: Keys
    """Where in the rule's file."""
    says: str
    changed: Rule | None
    """None where the whole rule is left out."""

    @property
    def name(self) -> str:
        """What tells it apart among the mutants of its rule."""
        return f"{'.'.join(map(str, self.keys))}: {self.says}"


def mutants(library: Library, rule: Rule) -> Iterator[Mutant]:
    """Yield every mutant of a rule, in the order of its file."""
    yield from _Maker(library, rule).all()


class _Maker:
    def __init__(self, library: Library, rule: Rule) -> None:
        self.library = library
        self.rule = rule
        self.raw = file_of(rule)
        pack = next(p for p in library.packs if p.id == library.owners["rule"][rule.id])
        self.names = Names(library, pack)
        self.path = library.rule_files[rule.id]

    def all(self) -> Iterator[Mutant]:
        for keys, condition in conditions(self.rule):
            if condition:
                yield from self._condition(condition, keys, self.rule.for_each)
        yield from self._alternatives()
        yield from self._options()
        yield from self._consequences()
        if self.rule.due and "forming" not in self.rule.due:
            yield self._with("due", ("due",), "due at every stage", [])

    def _with(self, kind: str, keys: Keys, says: str, value: Any) -> Mutant:
        changed = _replaced(self.raw, keys, value)
        return Mutant(self.rule.id, kind, keys, says, read_model(Rule, changed))

    # conditions

    def _condition(self, condition: Any, keys: Keys, scope: Scope) -> Iterator[Mutant]:
        if isinstance(condition, list):
            if len(condition) > 1 and keys[-1] not in _LIST:
                yield self._with("any or all", keys, "one instead of all", {"any": condition})
            for place, one in enumerate(condition):
                yield from self._condition(one, (*keys, place), scope)
            return
        if len(condition) > 1:
            either = {"any": [{key: value} for key, value in condition.items()]}
            yield self._with("any or all", keys, "one instead of all", either)
        for key, value in condition.items():
            yield from self._entry(key, value, (*keys, key), scope)

    def _entry(self, key: str, value: Any, keys: Keys, scope: Scope) -> Iterator[Mutant]:
        if key == "any":
            rest = {k: v for k, v in _at(self.raw, keys[:-1]).items() if k != "any"}
            both = [rest, *value] if rest else value
            yield self._with("any or all", keys[:-1], "all instead of one", both)
            for place, one in enumerate(value):
                # Of a single part the same comes of leaving that out.
                if len(one) > 1 and len(value) > 1:
                    yield self._with("any or all", (*keys, place), "left out", DROPPED)
            yield from self._condition(value, keys, scope)
        elif key == "not":
            rest = {k: v for k, v in _at(self.raw, keys[:-1]).items() if k != "not"}
            yield self._with("leaf", keys[:-1], "without not", [rest, value] if rest else value)
            yield from self._condition(value, keys, scope)
        elif key == "holds":
            yield from self._bounds(value, keys)
            yield from self._condition(value["of"], (*keys, "of"), scope)
        elif key in ("some", "none", "count"):
            yield self._with("leaf", keys, "left out", DROPPED)
            yield from self._bounds(value if key == "count" else {}, keys)
            inner = {k: v for k, v in value.items() if k != "where" and k not in BOUNDS}
            if value.get("where"):
                where = (*keys, "where")
                yield from self._condition(value["where"], where, {**scope, **inner})
        elif key in CONCLUSIONS:
            yield from self._conclusion(key, value, keys, scope)
        else:
            yield from self._test(key, value, keys, scope)

    def _bounds(self, value: Mapping[str, Any], keys: Keys) -> Iterator[Mutant]:
        for name in BOUNDS:
            if name in value:
                yield from self._moved(value[name], (*keys, name), 1)

    def _conclusion(self, key: str, value: Any, keys: Keys, scope: Scope) -> Iterator[Mutant]:
        yield self._with("leaf", keys, "left out", DROPPED)
        if isinstance(value, str):
            return
        if "at_least" in value:
            yield from self._levels(value["at_least"], (*keys, "at_least"))
        names = value.get("subject", [])
        names = [names] if isinstance(names, str) else names
        if names:
            free = {f"other_{name}": scope[name] for name in names}
            about = {"some": {**free, "where": {key: {**value, "subject": list(free)}}}}
            rest = {k: v for k, v in _at(self.raw, keys[:-1]).items() if k != key}
            both = [rest, about] if rest else about
            yield self._with("subject", keys[:-1], "about another subject", both)

    def _test(self, path: str, value: Any, keys: Keys, scope: Scope) -> Iterator[Mutant]:
        fact = None if path in scope else self.names.path(path, scope, self.path, keys)[0]
        written = value.items() if isinstance(value, dict) else [("is", value)]
        for operator, operand in written:
            place = (*keys, operator) if isinstance(value, dict) else keys
            yield self._with("leaf", place, "left out", DROPPED)
            if operator == "is_not" or (operator == "is" and isinstance(operand, list)):
                yield from self._fewer(operand, place)
            if operator in BOUNDS or operator in _MONTHS:
                yield from self._threshold(fact, operand, place)
            elif operator == "size":
                bounds = operand if isinstance(operand, dict) else {"": operand}
                for name, bound in bounds.items():
                    yield from self._moved(bound, (*place, name) if name else place, 1)

    def _fewer(self, operand: Any, keys: Keys) -> Iterator[Mutant]:
        if isinstance(operand, list) and len(operand) > 1:
            for place, one in enumerate(operand):
                rest = operand[:place] + operand[place + 1 :]
                yield self._with("leaf", keys, f"without {one}", rest)

    def _threshold(self, fact: Fact | None, operand: Any, keys: Keys) -> Iterator[Mutant]:
        if fact is not None and fact.type == "choice":
            order = list(fact.choices)
            place = order.index(operand) if operand in order else -1
            for step in (-1, 1):
                if place >= 0 and 0 <= place + step < len(order):
                    near = order[place + step]
                    yield self._with("threshold", keys, f"{near} instead of {operand}", near)
            return
        share = fact is not None and fact.type == "share"
        yield from self._moved(operand, keys, 0.1 if share else 1)

    def _moved(self, operand: Any, keys: Keys, step: float) -> Iterator[Mutant]:
        value = operand
        if parameter(operand):
            value = self.library.parameter(operand[1:])[1]
        if not number(value):
            return
        if value != int(value):
            step = min(step, 0.1)
        for sign in (-1, 1):
            near = round(value + sign * step, 6)
            yield self._with("threshold", keys, f"{near:g} instead of {operand}", near)

    def _levels(self, level: str, keys: Keys) -> Iterator[Mutant]:
        place = LEVELS.index(level)
        for step in (-1, 1):
            if 0 <= place + step < len(LEVELS):
                near = LEVELS[place + step]
                yield self._with("level", keys, f"{near} instead of {level}", near)

    # what stands beside the conditions

    def _alternatives(self) -> Iterator[Mutant]:
        for key, one in self.rule.concern.items():
            if len(self.rule.concern) == 1:
                yield Mutant(self.rule.id, "alternative", ("concern", key), "left out", None)
            else:
                yield self._with("alternative", ("concern", key), "left out", DROPPED)
            yield from self._levels(one.level, ("concern", key, "level"))

    def _options(self) -> Iterator[Mutant]:
        derive = self.rule.derive
        if derive is None:
            return
        for place, option in enumerate(derive.first_of):
            keys = ("derive", "first_of", place)
            yield self._with("alternative", keys, f"without {option.value}", DROPPED)
        if derive.add is not None:
            yield Mutant(self.rule.id, "alternative", ("derive", "add"), "left out", None)

    def _consequences(self) -> Iterator[Mutant]:
        rule = self.rule
        if rule.kind == "guard":
            yield Mutant(rule.id, "guard", ("id",), "left out", None)
            target = self.raw["target"]
            for part in ("rules", "dimensions", "due", "except"):
                for place, one in enumerate(target[part]):
                    yield self._with("guard", ("target", part, place), f"without {one}", DROPPED)
            if target["subject"]:
                yield self._with("subject", ("target", "subject"), "of any subject", "")
            if rule.cap:
                yield from self._levels(rule.cap, ("cap",))
        for part in ("parts", "raises"):
            for place, one in enumerate(self.raw[part]):
                keys = (part, place)
                yield self._with("alternative", keys, f"without {one['rule']}", DROPPED)
                if one["subject"]:
                    yield self._with("subject", (*keys, "subject"), "of any subject", [])
        if rule.unordered:
            yield self._with("subject", ("unordered",), "each pair twice", False)


def _at(raw: Any, keys: Keys) -> Any:
    for key in keys:
        raw = raw[key]
    return raw


def _replaced(raw: dict[str, Any], keys: Keys, value: Any) -> dict[str, Any]:
    """Return a copy with another value at a place; what is left empty there goes too."""
    copy = deepcopy(raw)
    inside = _at(copy, keys[:-1])
    if value is not DROPPED:
        inside[keys[-1]] = value
        return copy
    del inside[keys[-1]]
    place = keys[:-1]
    while place and isinstance(place[-1], str) and _at(copy, place) == {} and _is_test(place):
        del _at(copy, place[:-1])[place[-1]]
        place = place[:-1]
    return copy


def _is_test(keys: Keys) -> bool:
    """Say whether a place is a path with its tests, which cannot be empty."""
    return isinstance(keys[-1], str) and "." in keys[-1]
