"""What a condition says of one value: shared by the naive evaluator and the worlds."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from partnerrules.cases.values import Days, exact, month_index, parse_date
from partnerrules.packs.models import Fact

LEVELS = {"low": 1, "medium": 2, "high": 3}
COMPARE = ("at_least", "more_than", "at_most", "less_than")
NUMBERS = ("number", "share", "count")
LISTS = ("choices", "references")
STATUS = ("missing", "answer", "sourced")
CONCLUSIONS = ("concern", "could_be", "sound")
_ONE_DAY = datetime.timedelta(days=1)


def bound_by(body: Mapping[str, Any]) -> tuple[dict[str, str], Any, dict[str, int]]:
    """Return the variables of a some, none or count, its `where` and its bounds."""
    bounds = {k: v for k, v in body.items() if k in COMPARE}
    over = {k: v for k, v in body.items() if k not in bounds and k != "where"}
    return over, body.get("where", {}), bounds


def names_of(body: Mapping[str, Any]) -> list[str]:
    """Return the variables that a conclusion is about."""
    names = body.get("subject", [])
    return [names] if isinstance(names, str) else list(names)


def operators(test: Any) -> list[tuple[str, Any]]:
    """Return a test as operators with what they compare with."""
    if isinstance(test, dict):
        return list(test.items())
    return [("in" if isinstance(test, list) else "is", test)]


def compares_two(fact: Fact, op: str, arg: Any, scope: Mapping[str, str]) -> bool:
    """Whether an operator compares with another answer and not with a value."""
    if op == "same_as":
        return True
    if not isinstance(arg, str):
        return False
    if fact.type in NUMBERS:
        return op in (*COMPARE, "is", "is_not")
    if fact.type == "choice":
        return op in (*COMPARE, "is", "is_not") and "." in arg and arg not in fact.choices
    if fact.type == "date":
        return op in ("before", "after", "is", "is_not") and period(arg) is None and arg != "never"
    return fact.type == "reference" and op in ("is", "is_not") and "." in arg and arg not in scope


def period(word: Any) -> Days | None:
    """Return the days that a date, month or year of a rule stands for."""
    return parse_date(word)


def number_passes(op: str, value: Any, bound: Any) -> bool:
    """Compare two numbers."""
    if op == "at_least":
        return bool(value >= bound)
    if op == "more_than":
        return bool(value > bound)
    return bool(value <= bound) if op == "at_most" else bool(value < bound)


def passes(
    fact: Fact, op: str, arg: Any, value: Any, token: Callable[[str], Any], day: datetime.date
) -> bool:
    """Whether one value passes one operator; `token` gives the member that a word names."""
    if op == "in":
        return any(passes(fact, "is", one, value, token, day) for one in arg)
    if op == "is_not":
        return not passes(fact, "in" if isinstance(arg, list) else "is", arg, value, token, day)
    if fact.type in LISTS:
        return _list_passes(op, arg, value, token if fact.type == "references" else str)
    if fact.type == "date":
        return _date_passes(op, arg, value, day)
    if fact.type in NUMBERS:
        bound = exact(arg)
        return bool(value == bound) if op == "is" else number_passes(op, value, bound)
    if op in COMPARE:
        order = list(fact.choices)
        return number_passes(op, order.index(value), order.index(arg))
    if fact.type == "yes_no":
        return bool(value) is (arg in (True, "yes"))
    return bool(value == (token(arg) if fact.type == "reference" else str(arg)))


def _list_passes(op: str, arg: Any, value: Any, token: Callable[[str], Any]) -> bool:
    if op == "size":
        bounds = arg if isinstance(arg, dict) else {"at_least": arg, "at_most": arg}
        return all(number_passes(o, len(value), bound) for o, bound in bounds.items())
    found = [token(one) in value for one in (arg if isinstance(arg, list) else [arg])]
    if op == "lacks":
        return not any(found)
    return any(found) if op == "has_any" else all(found)


def _date_passes(op: str, arg: Any, value: Any, day: datetime.date) -> bool:
    if value == "never" or arg == "never":
        return op == "older_than" if value == "never" and arg != "never" else value == arg
    if op in ("older_than", "within_past", "within_next"):
        ago = month_index(day) - month_index(value)
        if op == "older_than":
            return ago > arg
        return 0 <= (ago if op == "within_past" else -ago) <= arg
    span = period(arg)
    assert span is not None
    if op == "before":
        return value < span.low
    return value > span.high if op == "after" else span.low <= value <= span.high


def date_edges(op: str, arg: Any, day: datetime.date) -> Iterator[datetime.date]:
    """Every day on which an operator may begin or cease to hold, and the day before it."""
    if op in ("in", "is_not") and isinstance(arg, list):
        for one in arg:
            yield from date_edges("is", one, day)
        return
    now = month_index(day)
    firsts = {
        "older_than": lambda: [now - arg],
        "within_past": lambda: [now - arg, now + 1],
        "within_next": lambda: [now, now + arg + 1],
    }
    if op in firsts:
        days = [datetime.date(m // 12, m % 12 + 1, 1) for m in firsts[op]()]
    else:
        span = period(arg)
        days = [span.low, span.high + _ONE_DAY] if span is not None else []
    for one in days:
        yield one
        yield one - _ONE_DAY


def groups_in_order(needs: Mapping[str, set[str]]) -> list[list[str]]:
    """Return the rules in groups, what is read first; a group reads itself in a circle."""
    reach = {rule: set(below) for rule, below in needs.items()}
    changed = True
    while changed:
        changed = False
        for below in reach.values():
            more = set().union(*(reach[b] for b in below)) if below else set()
            if not more <= below:
                below |= more
                changed = True
    groups: list[list[str]] = []
    done: set[str] = set()
    for rule in sorted(needs, key=lambda r: (len(reach[r] | {r}), r)):
        if rule not in done:
            group = sorted({rule} | {o for o in reach[rule] if rule in reach[o]})
            groups.append(group)
            done |= set(group)
    return groups
