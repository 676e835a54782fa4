"""Whether the conditions of a pack say something that can be asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from partnerrules.errors import nearest
from partnerrules.packs.builtin import ENTITY
from partnerrules.packs.models import Fact
from partnerrules.packs.names import Names
from partnerrules.packs.operators import (
    BOUNDS,
    CONDITIONS,
    DATES,
    LEVELS,
    OPERATORS,
    SPANS,
    STATUSES,
    fitting,
)
from partnerrules.packs.places import Fault
from partnerrules.packs.walk import (
    Item,
    Keys,
    Scope,
    among,
    number,
    parameter,
    parameters,
    shown,
    walk,
)

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?$")
_NUMBERS = ("number", "share", "count")


def condition_faults(
    names: Names, condition: Any, path: str, keys: Keys, scope: Scope
) -> Iterator[Fault]:
    """Yield everything that is wrong with a condition."""
    if not condition:
        return
    for item in walk(condition, keys, scope):
        if item.kind == "wrong":
            near = nearest(str(item.keys[-1]), BOUNDS) if item.name == "unknown-operator" else ""
            yield Fault(item.name, path, item.keys, item.value, near)
        elif item.kind == "quantifier":
            yield from _quantifier(names, item, path)
        elif item.kind == "conclusion":
            yield from _conclusion(names, item, path)
        elif item.kind == "member":
            yield from _member(names, item, path)
        else:
            yield from _test(names, item, path)
    for name, place in parameters(condition, keys):
        yield from names.parameter(name, path, place)


def _quantifier(names: Names, item: Item, path: str) -> Iterator[Fault]:
    for variable, entity in item.value.items():
        yield from names.check(
            "entity", str(entity), names.library.entities, path, (*item.keys, variable)
        )


def _conclusion(names: Names, item: Item, path: str) -> Iterator[Fault]:
    value, keys = item.value, item.keys
    if not isinstance(value, dict):
        yield Fault("condition-form", path, keys, f"Expected {{rule: ID}} under {item.name}.")
        return
    valid = ("rule", "subject") if item.name == "sound" else ("rule", "subject", "at_least")
    for key in value:
        if key not in valid:
            near = nearest(key, valid)
            text = f'The key "{key}" is not known under {item.name}.'
            yield Fault("unknown-key", path, (*keys, key), text, near)
    level = value.get("at_least", "low")
    if level not in LEVELS:
        text = f"{shown(level)} is no level: low, medium or high."
        yield Fault("unknown-level", path, (*keys, "at_least"), text, nearest(str(level), LEVELS))
    place = (*keys, "rule") if "rule" in value else keys
    rule_id = str(value.get("rule", ""))
    yield from rule_faults(names, rule_id, path, place)
    rule = names.rule(rule_id)
    if rule is None:
        return
    if not rule.concern:
        text = f"{rule_id} is of the kind {rule.kind} and comes to no level."
        yield Fault("rule-without-levels", path, place, text)
    subject = value.get("subject", [])
    subject = list(map(str, subject)) if isinstance(subject, list) else [str(subject)]
    wanted = list(rule.for_each.values())
    given = [item.scope.get(one, "") for one in subject]
    for one in subject:
        if one not in item.scope:
            text = f"There is no variable {one}."
            yield Fault(
                "unknown-variable", path, (*keys, "subject"), text, nearest(one, item.scope)
            )
    if all(given) and given != wanted:
        text = f"{rule_id} has {_listed(wanted)} as its subject, {_listed(given)} given."
        yield Fault("wrong-subject", path, (*keys, "subject"), text)


def rule_faults(names: Names, rule_id: str, path: str, keys: Keys) -> Iterator[Fault]:
    """Yield a fault where a rule does not exist, has another id now, or is out of reach."""
    library = names.library
    now = library.renamed.get(rule_id)
    if now and rule_id not in library.rules:
        yield Fault("old-rule-id", path, keys, f"The rule {rule_id} is called {now} now.", now)
    else:
        yield from names.check("rule", rule_id, library.rules, path, keys)


def _listed(entities: list[str]) -> str:
    return " and ".join(f"a {entity}" for entity in entities) or "nothing"


def _member(names: Names, item: Item, path: str) -> Iterator[Fault]:
    value = item.value
    if isinstance(value, dict):
        for operator in value:
            if operator != "is_not":
                text = f"The operator {operator} does not fit a variable: only is_not does."
                yield Fault("operator-does-not-fit", path, (*item.keys, operator), text)
        value = value.get("is_not", [])
    yield from _ids(names, item.scope[item.name], value, item, path)


def _ids(names: Names, entity: str, value: Any, item: Item, path: str) -> Iterator[Fault]:
    """Check ids of members that stand as words in a condition."""
    declared = names.entity(entity)
    for one in value if isinstance(value, list) else [value]:
        if declared is None or parameter(one) or among(one, item.scope):
            continue
        if not declared.members:
            text = (
                f"{shown(one)} is no variable here, and the {entity} ids come from the case files:"
                " a rule cannot name one of them."
            )
            yield Fault("member-of-cases", path, item.keys, text, nearest(str(one), item.scope))
        elif not among(one, declared.members):
            text = f"{shown(one)} is not among the {entity} members of the pack."
            yield Fault(
                "unknown-member", path, item.keys, text, nearest(str(one), declared.members)
            )


def _test(names: Names, item: Item, path: str) -> Iterator[Fault]:
    keys = item.keys if item.operator == "is" else item.keys[:-1]
    fact, fault = names.path(item.name, item.scope, path, keys)
    if fault is not None:
        known = [*CONDITIONS, *item.scope]
        word = nearest(item.name, known) if "." not in item.name else ""
        yield Fault(fault.code, path, keys, fault.message, word) if word else fault
    if fact is None:
        return
    if item.operator not in ("is", *OPERATORS):
        text = f"The operator {item.operator} is not known."
        yield Fault("unknown-operator", path, item.keys, text, nearest(item.operator, OPERATORS))
        return
    fits = fitting(fact.type, bool(fact.ordered))
    if item.operator not in fits:
        text = f"The operator {item.operator} does not fit {item.name}, which is a {fact.type}."
        if item.operator == "is":
            text = f"{item.name} is a list of {fact.type}: ask what it {', '.join(fits[:4])}."
        yield Fault("operator-does-not-fit", path, item.keys, text, nearest(item.operator, fits))
        return
    yield from _operand(names, fact, item, path)


def _operand(names: Names, fact: Fact, item: Item, path: str) -> Iterator[Fault]:
    value, operator = item.value, item.operator
    several = isinstance(value, list) and operator in (*BOUNDS, *DATES, "same_as")
    if value in ([], {}) or several:
        yield _expected("one value" if several else "something to compare with", item, path)
    elif operator == "same_as":
        yield from _other(names, fact, str(value), item, path)
    elif operator in ("missing", "sourced"):
        if value not in ("yes", "no", True, False):
            yield _expected("yes or no", item, path)
    elif operator == "answer":
        yield from _statuses(value, item, path)
    elif operator == "size" or operator in SPANS:
        yield from _size(names, value, operator, item, path)
    elif fact.type in ("reference", "references"):
        if isinstance(value, str) and "." in value and fact.type == "reference":
            yield from _other(names, fact, value, item, path)
        else:
            yield from _ids(names, fact.to, value, item, path)
    else:
        yield from _literal(names, fact, item, path)
        if fact is ENTITY.facts["fact"]:
            yield from _asked(names, item, path)


def _asked(names: Names, item: Item, path: str) -> Iterator[Fault]:
    """Check the facts whose answers are looked for."""
    known = names.library.asked_paths
    for one in item.value if isinstance(item.value, list) else [item.value]:
        if isinstance(one, str) and not parameter(one) and one not in known:
            text = f"{shown(one)} is no fact that can be asked."
            yield Fault("unknown-fact", path, item.keys, text, nearest(one, known))


def _statuses(value: Any, item: Item, path: str) -> Iterator[Fault]:
    for one in value if isinstance(value, list) else [value]:
        if one not in STATUSES:
            text = f"{shown(one)} is no status of an answer."
            yield Fault("unknown-status", path, item.keys, text, nearest(str(one), STATUSES))


def _literal(names: Names, fact: Fact, item: Item, path: str) -> Iterator[Fault]:
    for one in item.value if isinstance(item.value, list) else [item.value]:
        if parameter(one):
            yield from _parameter(names, fact, one, item, path)
        elif fact.type in ("choice", "choices"):
            yield from _choice(names, fact, one, item, path)
        elif fact.type == "yes_no":
            if one not in ("yes", "no", True, False):
                yield _expected("yes or no", item, path)
        elif _is_path(fact, one) and isinstance(item.value, list):
            yield _expected(f"values of the type {fact.type}; a path stands by itself", item, path)
        elif fact.type in _NUMBERS:
            if isinstance(one, str):
                yield from _other(names, fact, one, item, path)
            elif not number(one):
                yield _expected("a number, a parameter or a path", item, path)
        elif fact.type == "date" and _is_path(fact, one):
            yield from _other(names, fact, str(one), item, path)
        elif isinstance(one, (dict, list)) or one is None:
            yield _expected("a word", item, path)


def _is_path(fact: Fact, word: Any) -> bool:
    """Whether a word that stands for a number or date is a path and no value."""
    if fact.type in _NUMBERS:
        return isinstance(word, str)
    return fact.type == "date" and word != "never" and not _DATE.match(str(word))


def _parameter(names: Names, fact: Fact, name: str, item: Item, path: str) -> Iterator[Fault]:
    """Check that the value of a parameter, which a run may change, fits the fact."""
    value = names.value(name[1:])
    if isinstance(value, list) and (not value or item.operator in (*BOUNDS, *DATES)):
        yield _expected("one value", item, path)
        return
    for one in value if isinstance(value, list) else [value]:
        wrong = fact.type in _NUMBERS and not number(one)
        wrong = wrong or (bool(fact.choices) and not among(one, fact.choices))
        if wrong and one is not None:
            text = f"{name} is {shown(one)}, which is no value of {item.name}."
            yield Fault("parameter-does-not-fit", path, item.keys, text)


def _choice(names: Names, fact: Fact, word: Any, item: Item, path: str) -> Iterator[Fault]:
    if isinstance(word, str) and "." in word:
        yield from _other(names, fact, word, item, path)
    elif not among(word, fact.choices):
        text = f"{shown(word)} is none of the choices of {item.name}."
        yield Fault("unknown-choice", path, item.keys, text, nearest(str(word), fact.choices))


def _size(names: Names, value: Any, operator: str, item: Item, path: str) -> Iterator[Fault]:
    bounds = value.items() if isinstance(value, dict) and operator == "size" else [("", value)]
    for name, one in bounds:
        if name and name not in BOUNDS:
            text = f"{name} is no bound."
            yield Fault("unknown-operator", path, (*item.keys, name), text, nearest(name, BOUNDS))
        if not number(names.value(one[1:]) if parameter(one) else one):
            what = "a number of months" if operator in SPANS else "a number"
            yield _expected(f"{what} or a parameter", item, path)


def _other(names: Names, fact: Fact, text: str, item: Item, path: str) -> Iterator[Fault]:
    """Check the path with which a test compares: it leads to what can be the same."""
    other, fault = names.path(text, item.scope, path, item.keys)
    if fault is not None:
        yield fault
    elif other is not None and not _alike(fact, other, item.operator in BOUNDS):
        what = f"{item.name}, which is a {fact.type}, cannot be compared with {text}"
        why = "has other choices" if fact.type == other.type else f"is a {other.type}"
        yield Fault("not-comparable", path, item.keys, f"{what}, which {why}.")


def _alike(fact: Fact, other: Fact, ordered: bool) -> bool:
    """Whether two facts may have values in common; the same choices, where the order counts."""
    if fact.type in _NUMBERS:
        return other.type in _NUMBERS
    if ordered:
        return list(fact.choices) == list(other.choices)
    common = not fact.choices or bool(fact.choices.keys() & other.choices.keys())
    return fact.type == other.type and fact.to == other.to and common


def _expected(what: str, item: Item, path: str) -> Fault:
    return Fault("wrong-value", path, item.keys, f"Expected {what}, found {shown(item.value)}.")
