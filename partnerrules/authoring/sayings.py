"""Conditions of rules in plain words, for those who read rules and write none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from partnerrules.cases.values import shown
from partnerrules.packs import Library
from partnerrules.packs.models import Fact
from partnerrules.packs.operators import BOUNDS, CONCLUSIONS
from partnerrules.packs.walk import Scope

_OPERATORS = {
    "is": "is", "is_not": "is not", "same_as": "is the same as", "at_least": "is at least",
    "more_than": "is more than", "at_most": "is at most", "less_than": "is less than",
    "has": "includes", "has_any": "includes one of", "has_all": "includes all of",
    "lacks": "does not include", "older_than": "is longer ago than", "before": "is before",
    "after": "is after", "within_past": "lies within the past",
    "within_next": "lies within the next",
    "answer": "was answered with",
}  # fmt: skip
_ALL = "all of these:"
_JOINED = {"one": ", or ", "at": "; ", "more": "; ", "less": "; "}
"""How what stands below a line is joined, by its first word."""
_MONTHS = ("older_than", "within_past", "within_next")


def said(library: Library, condition: Any, scope: Scope, about: str = "") -> Iterator[str]:
    """Yield a line for each part of a condition; what belongs to a part is set in below it.

    `about` is the variable of which the line above speaks, so that it need not be named.
    """
    if isinstance(condition, list):
        for one in condition:
            yield from said(library, one, scope, about)
    elif isinstance(condition, dict):
        for key, value in condition.items():
            yield from _part(library, key, value, scope, about)


def in_one(lines: Iterable[str], word: str = ", and ") -> str:
    """Return such lines as one sentence; what stands below a line is in brackets before others."""
    parts: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.startswith("  ") and parts:
            parts[-1][1].append(line[2:])
        else:
            parts.append((line, []))
    told = []
    for head, below in parts:
        inside = in_one(below, _JOINED.get(head.partition(" ")[0], ", and ")) if below else ""
        whole = f"{head} {inside}" if below and head != _ALL else inside or head
        mixed = word == ", or " and ", and " in whole
        told.append(f"({whole})" if (below or mixed) and len(parts) > 1 else whole)
    return word.join(told)


def _part(library: Library, key: str, value: Any, scope: Scope, about: str) -> Iterator[str]:
    if key == "any":
        yield "one of these:"
        yield from _below(line for one in value for line in _one(library, one, scope, about))
    elif key == "not":
        yield "not:"
        yield from _below(said(library, value, scope, about))
    elif key == "holds":
        yield f"{_bounds(library, value)} of these:"
        yield from _below(line for one in value["of"] for line in _one(library, one, scope, about))
    elif key in ("some", "none", "count"):
        yield from _members(library, key, value, scope)
    elif key in CONCLUSIONS:
        yield _conclusion(key, value)
    elif key in scope:
        label = f"the {_entity(library, scope[key])}"
        yield _test(library, label, None, value, scope, scope[key])
    else:
        fact = _fact(library, key, scope)
        yield _test(library, _label(library, key, fact, scope, about), fact, value, scope)


def _below(lines: Iterator[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def _one(library: Library, condition: Any, scope: Scope, about: str) -> Iterator[str]:
    """Yield the lines of one of several conditions, on one line where that is short."""
    lines = list(said(library, condition, scope, about))
    if all(not line.startswith(" ") and not line.endswith(":") for line in lines):
        yield ", and ".join(lines)
    elif sum(not line.startswith(" ") for line in lines) > 1:
        yield _ALL
        yield from _below(iter(lines))
    else:
        yield from lines


def _members(library: Library, key: str, value: Any, scope: Scope) -> Iterator[str]:
    bound = {k: str(v) for k, v in value.items() if k != "where" and k not in BOUNDS}
    names = [_entity(library, entity) for entity in bound.values()]
    who = " and ".join((names[0], *map(_a, names[1:])))
    where = value.get("where")
    start = {"some": f"there is {_a(who)}", "none": f"there is no {who}"}.get(key)
    start = start or f"there are {_bounds(library, value)} of: {who}"
    yield f"{start}, for which:" if where else start
    about = next(iter(bound)) if len(bound) == 1 else ""
    yield from _below(said(library, where, {**scope, **bound}, about))


def _a(who: str) -> str:
    return f"an {who}" if who[:1] in "aeiou" else f"a {who}"


def _bounds(library: Library, value: Any) -> str:
    found = [
        f"{name.replace('_', ' ')} {_value(library, None, value[name], {})}"
        for name in BOUNDS
        if name in value
    ]
    return " and ".join(found) or "at least 1"


def _conclusion(key: str, value: Any) -> str:
    told = {"rule": value} if isinstance(value, str) else value
    level = f" (at least {told['at_least']})" if "at_least" in told else ""
    verb = {"concern": "is of concern", "could_be": "could be of concern", "sound": "holds"}[key]
    return f"{told['rule']} {verb}{level}"


def _number(value: Any) -> str:
    return "no" if value in (0, "0") else str(value)


def _test(
    library: Library, label: str, fact: Fact | None, value: Any, scope: Scope, entity: str = ""
) -> str:
    tests = value if isinstance(value, dict) else {"is": value}
    parts = []
    for operator, operand in tests.items():
        if operator in ("missing", "sourced"):
            flag = operand in ("yes", True)
            what = "was asked for and is missing" if operator == "missing" else "has a source"
            parts.append(what if flag else f"not so that it {what}")
        elif operator == "size":
            number = _bounds(library, operand) if isinstance(operand, dict) else _number(operand)
            one = number.split()[-1] == "1"
            parts.append(f"has {number} {'entry' if one else 'entries'}")
        else:
            words = _value(library, fact, operand, scope, entity)
            words = words.replace("_", " ") if operator == "answer" else words
            months = " months" if operator in _MONTHS else ""
            parts.append(f"{_OPERATORS[operator]} {words}{months}")
    return f"{label} {' and '.join(parts)}"


def _value(library: Library, fact: Fact | None, value: Any, scope: Scope, entity: str = "") -> str:
    if isinstance(value, list):
        return " or ".join(_value(library, fact, one, scope, entity) for one in value)
    if value in scope and (fact is None or fact.to):
        return f"the {_entity(library, scope[value])}"
    if isinstance(value, str) and value.startswith("$"):
        name, found = library.parameter(value[1:])
        return f"{found} (${name.split('.', 1)[1]})"
    if isinstance(value, str) and value in library.measures:
        return _quoted(library.measures[value].title) or value
    other = library.fact(value) if isinstance(value, str) and "." in value else None
    if other is not None and other.question:
        return f"the answer to {_quoted(other.question)}"
    words = dict(fact.choices) if fact else {}
    target = entity or (fact.to if fact else "")
    if target in library.entities:
        words |= library.entities[target].members
    word = words.get(str(value))
    return f'"{word}"' if word else shown(value)


def _fact(library: Library, path: str, scope: Scope) -> Fact | None:
    head, *rest = path.split(".")
    if head not in scope:
        return library.fact(path)
    entity, fact = scope[head], None
    for name in rest:
        fact = library.declared.get(f"{entity}.{name}")
        entity = fact.to if fact else ""
    return fact


def _label(library: Library, path: str, fact: Fact | None, scope: Scope, about: str) -> str:
    head, *rest = path.split(".")
    if path in library.measures:
        return _quoted(library.measures[path].title) or path
    if head in scope:
        names = [_entity(library, scope[head]), *(name.replace("_", " ") for name in rest)]
        asked = _quoted(fact.title or fact.question) if fact else ""
        if not asked:
            return " of the ".join(reversed(names))
        whose = " of the ".join(reversed(names[:-1]))
        return asked if about == head and len(rest) == 1 else f"of the {whose}: {asked}"
    return (_quoted(fact.title or fact.question) if fact else "") or path


def _quoted(text: str) -> str:
    return f'"{text}"' if text else ""


def _entity(library: Library, entity: str) -> str:
    found = library.entities.get(entity)
    return (found.title or entity).lower() if found else entity
