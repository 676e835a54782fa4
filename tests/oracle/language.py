"""What the naive evaluator and the worlds share: tests on one value, and who reads whom."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from partnerrules.cases.values import Interval, Items
from partnerrules.packs.models import Fact, Rule

LEVELS = {"low": 1, "medium": 2, "high": 3}
COMPARE = ("at_least", "more_than", "at_most", "less_than")
NEGATED = {
    "at_least": "less_than", "less_than": "at_least",
    "at_most": "more_than", "more_than": "at_most",
}  # fmt: skip
_HIGHEST = 10


def named_rules(body: Mapping[str, Any]) -> tuple[dict[str, str], Any]:
    """Return the bound variables of a some, none or count, and its `where`."""
    known = {"where", *COMPARE}
    return {k: v for k, v in body.items() if k not in known}, body.get("where", {})


def holds_number(op: str, value: float, bound: float) -> bool:
    """Compare two numbers."""
    if op == "at_least":
        return value >= bound
    if op == "more_than":
        return value > bound
    return value <= bound if op == "at_most" else value < bound


def compare(op: str, low: float, high: float, bound: float) -> int:
    """Compare a range with a bound: 2 always, 1 sometimes, 0 never."""
    return sum(holds_number(op, end, bound) for end in (low, high))


def predicate(fact: Fact, test: Any, bound: Mapping[str, str]) -> Callable[[Any], bool]:
    """Return the two-valued test on one value of the fact; `bound` are the variables."""
    if isinstance(test, list):
        options = [predicate(fact, t, bound) for t in test]
        return lambda value: any(o(value) for o in options)
    if isinstance(test, dict):
        parts = [_operator(fact, op, arg, bound) for op, arg in test.items()]
        return lambda value: all(p(value) for p in parts)
    if fact.type == "yes_no":
        wanted = test in (True, "yes")
        return lambda value: value is wanted
    if fact.type == "reference":
        return lambda value: value == bound[test]
    return lambda value: value == test


def _operator(fact: Fact, op: str, arg: Any, bound: Mapping[str, str]) -> Callable[[Any], bool]:
    if op == "is_not":
        inner = predicate(fact, arg, bound)
        return lambda value: not inner(value)
    if op in ("has", "lacks"):
        element = bound[arg] if fact.type == "references" else arg
        return lambda value: (element in value) == (op == "has")
    if op in COMPARE and fact.type == "choice":
        order = list(fact.choices)
        return lambda value: holds_number(op, order.index(value), order.index(arg))
    if op in COMPARE:
        return lambda value: holds_number(op, value, arg)
    raise ValueError(op)


def values_of(fact: Fact, values: tuple[Any, ...] | None, targets: list[str]) -> list[Any]:
    """Every value that an answer may have; for an unknown one all of its type."""
    if fact.type in ("choices", "references"):
        every = targets if fact.type == "references" else list(fact.choices)
        lists = values if values is not None else (Items(frozenset(), frozenset(every)),)
        return [found for items in lists for found in _lists(items, every)]
    if fact.type in ("number", "count"):
        step = 1 if fact.type == "count" else 0.5
        spans = values if values is not None else (Interval(0, _HIGHEST),)
        return [
            n * step
            for n in range(int(_HIGHEST / step) + 1)
            if any(span.low <= n * step <= span.high for span in spans)
        ]
    if values is not None:
        return list(values)
    if fact.type == "yes_no":
        return [True, False]
    return list(targets) if fact.type == "reference" else list(fact.choices)


def _lists(items: Items, every: list[str]) -> Iterable[frozenset[str]]:
    may = sorted((frozenset(every) if items.may is None else items.may) - items.must)
    for size in range(len(may) + 1):
        for more in itertools.combinations(may, size):
            yield items.must | frozenset(more)


def dependencies(rules: Mapping[str, Rule]) -> dict[str, set[str]]:
    """Return for each rule the rules whose conclusions or derived facts it reads."""
    makers: dict[str, set[str]] = {}
    for rule_id, rule in rules.items():
        if rule.derive is not None:
            makers.setdefault(rule.derive.fact, set()).add(rule_id)
    return {rule_id: set(_read(_conditions(rule), makers)) for rule_id, rule in rules.items()}


def _conditions(rule: Rule) -> list[Any]:
    found = [rule.applies, rule.given, *(o.when for o in rule.concern.values())]
    if rule.derive is not None:
        found += [rule.derive.when, *(o.when for o in rule.derive.first_of)]
    return found


def _read(cond: Any, makers: Mapping[str, set[str]]) -> Iterable[str]:
    if isinstance(cond, list):
        for item in cond:
            yield from _read(item, makers)
    elif isinstance(cond, dict):
        for key, body in cond.items():
            if key in ("concern", "could_be", "sound"):
                yield body["rule"]
            yield from makers.get(key, ())
            yield from _read(body, makers)


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
