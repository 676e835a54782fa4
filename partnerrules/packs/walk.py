"""Walks through conditions as they stand in the files of a pack, with the place of each part."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from partnerrules.packs.models import Measure, Rule
from partnerrules.packs.operators import BOUNDS, CONCLUSIONS

Keys = tuple[str | int, ...]
Scope = Mapping[str, str]
"""Variable to entity."""


def all_conditions(
    rules: Iterable[Rule], measures: Iterable[Measure], stages: Iterable[Any]
) -> Iterator[tuple[Any, Scope]]:
    """Yield every condition of rules, measures and stages, with its variables."""
    for rule in rules:
        for _, condition in conditions(rule):
            yield condition, rule.for_each
    for measure in measures:
        scope = {**measure.per, **(measure.count or measure.over)}
        yield from ((one, scope) for one in (measure.where, measure.share, measure.points))
    for stage in stages:
        yield stage, {}


class Item(NamedTuple):
    """One part of a condition: a test, members that are looked for, a conclusion that is read."""

    kind: Literal["test", "member", "quantifier", "conclusion", "wrong"]
    keys: Keys
    scope: Scope
    name: str
    """The path of a test; the variable of a test on a member; the word of the others."""
    value: Any
    """What the test compares with; what stands under the word; why it is wrong."""
    operator: str = ""


def conditions(rule: Rule) -> Iterator[tuple[Keys, Any]]:
    """Yield every condition of a rule with its key."""
    for name in ("applies", "given", "when"):
        yield (name,), getattr(rule, name)
    for key, one in rule.concern.items():
        yield ("concern", key, "when"), one.when
    if rule.derive is not None:
        yield ("derive", "when"), rule.derive.when
        for number, option in enumerate(rule.derive.first_of):
            yield ("derive", "first_of", number, "when"), option.when


def walk(condition: Any, keys: Keys, scope: Scope) -> Iterator[Item]:
    """Yield every part of a condition, the outer before the inner."""
    if isinstance(condition, list):
        for number, one in enumerate(condition):
            yield from walk(one, (*keys, number), scope)
    elif isinstance(condition, dict):
        for key, value in condition.items():
            yield from _entry(key, value, (*keys, key), scope)
    else:
        yield _wrong(keys, scope, f"Expected a condition, found {shown(condition)}.")


def _entry(key: str, value: Any, keys: Keys, scope: Scope) -> Iterator[Item]:
    if key in ("some", "none", "count"):
        yield from _quantifier(key, value, keys, scope)
    elif key == "any":
        if not isinstance(value, list) or not value:
            yield _wrong(keys, scope, "Expected a list of conditions, of which one holds.")
        else:
            yield from walk(value, keys, scope)
    elif key == "not":
        yield from walk(value, keys, scope)
    elif key == "holds":
        yield from _holds(value, keys, scope)
    elif key in CONCLUSIONS:
        yield Item(
            "conclusion", keys, scope, key, {"rule": value} if isinstance(value, str) else value
        )
    elif key in scope:
        yield Item("member", keys, scope, key, value)
    elif isinstance(value, dict):
        if not value:
            yield _wrong(keys, scope, "Expected a test, found an empty mapping.")
        for operator, operand in value.items():
            yield Item("test", (*keys, operator), scope, key, operand, operator)
    else:
        yield Item("test", keys, scope, key, value, "is")


def _quantifier(key: str, value: Any, keys: Keys, scope: Scope) -> Iterator[Item]:
    if not isinstance(value, dict):
        yield _wrong(keys, scope, f"Expected {{variable: entity, where: ...}} under {key}.")
        return
    bound = {
        name: entity
        for name, entity in value.items()
        if name != "where" and not (key == "count" and name in BOUNDS)
    }
    if not bound:
        yield _wrong(keys, scope, f"Expected a variable with its entity under {key}.")
    for name in bound:
        if name in scope:
            text = f"The variable {name} is taken by a {scope[name]} around it: use another name."
            yield _wrong((*keys, name), scope, text, "variable-taken")
    if key == "count":
        yield from _bounds({k: v for k, v in value.items() if k in BOUNDS}, keys, scope)
    yield Item("quantifier", keys, scope, key, bound)
    inner = {**scope, **{name: str(entity) for name, entity in bound.items()}}
    if "where" in value:
        yield from walk(value["where"], (*keys, "where"), inner)


def _holds(value: Any, keys: Keys, scope: Scope) -> Iterator[Item]:
    if not isinstance(value, dict) or not isinstance(value.get("of"), list):
        yield _wrong(keys, scope, "Expected {at_least: 2, of: [conditions]} under holds.")
        return
    for name in value:
        if name != "of" and name not in BOUNDS:
            yield _wrong((*keys, name), scope, f"{name} is no bound.", "unknown-operator")
    yield from _bounds({k: v for k, v in value.items() if k in BOUNDS}, keys, scope)
    yield from walk(value["of"], (*keys, "of"), scope)


def _bounds(bounds: Mapping[str, Any], keys: Keys, scope: Scope) -> Iterator[Item]:
    for name, value in bounds.items():
        if not number(value) and not parameter(value):
            text = f"Expected a number or a parameter, found {shown(value)}."
            yield _wrong((*keys, name), scope, text, "wrong-value")


def _wrong(keys: Keys, scope: Scope, text: str, code: str = "condition-form") -> Item:
    return Item("wrong", keys, scope, code, text)


def number(value: Any) -> bool:
    """Say whether a value is a number."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def parameter(value: Any) -> bool:
    """Say whether a value is the name of a parameter."""
    return isinstance(value, str) and value.startswith("$")


def parameters(value: Any, keys: Keys) -> Iterator[tuple[str, Keys]]:
    """Yield the parameters that are named anywhere in a value, with their places."""
    if isinstance(value, str):
        if value.startswith("$"):
            yield value[1:], keys
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from parameters(one, (*keys, key))
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from parameters(one, (*keys, place))


def among(value: Any, known: Collection[Any]) -> bool:
    """Say whether a value is a single one, and one of those that are known."""
    return not isinstance(value, (dict, list)) and value in known


def shown(value: Any) -> str:
    """Return a value as an author reads it, in short."""
    if isinstance(value, (dict, list)):
        return "a mapping" if isinstance(value, dict) else "a list"
    return "nothing" if value is None else f'"{value}"'
