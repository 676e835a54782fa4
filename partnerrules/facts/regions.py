"""What all the tests of one way on one answer let through, by the type of the fact."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any

from partnerrules.cases.values import NEVER, Days, Interval, Items, exact, month_index
from partnerrules.facts.spans import (
    ALL,
    INFINITE,
    Spans,
    above,
    below,
    complement,
    intersection,
    judged,
    span,
    union,
    whole,
)
from partnerrules.packs.models import Fact

Judge = Callable[[Any, datetime.date], int]
"""Takes one value and the day of the assessment; returns 0, 1 or 2 for no, maybe, yes."""
Tests = Iterable[tuple[str, Any]]
"""Operator and operand; `is` stands for a bare value."""

WHOLE = "count"


@dataclass(frozen=True)
class Region:
    """What is let through: how one value is judged, and whether any value could pass."""

    judge: Judge
    possible: Callable[[datetime.date], bool]


def region(fact: Fact, tests: Tests, members: float = INFINITE) -> Region:
    """Return what the tests on a fact let through together; a list names so many at most."""
    if fact.type in ("choice", "text", "yes_no"):
        return _words(fact, tests)
    if fact.type in ("choices", "references"):
        every = frozenset(fact.choices) if fact.type == "choices" else None
        return _lists(tests, every, members)
    if fact.type == "date":
        return _dates(fact, tuple(tests))
    return _numbers(fact, tests)


def words_let_through(tests: Tests) -> tuple[set[Any] | None, set[Any]]:
    """Return the words that are allowed (None: any) and those that are refused."""
    allowed: set[Any] | None = None
    refused: set[Any] = set()
    for name, value in tests:
        values = set(value) if isinstance(value, (list, tuple)) else {value}
        if name == "is":
            allowed = values if allowed is None else allowed & values
        else:
            refused |= values
    return allowed, refused


def _words(fact: Fact, tests: Tests) -> Region:
    ranks = {word: number for number, word in enumerate(fact.choices)}
    plain = []
    for name, value in tests:
        if name in ("is", "is_not"):
            plain.append((name, value))
        else:
            inside = numbers_let_through([(name, ranks[value])])
            fit = [word for word, rank in ranks.items() if judged(inside, rank, rank)]
            plain.append(("is", fit))
    allowed, refused = words_let_through(plain)
    every = {True, False} if fact.type == "yes_no" else set(fact.choices) or None
    if every is not None:
        allowed = every if allowed is None else allowed & every
    possible = allowed is None or bool(allowed - refused)

    def judge(value: Any, day: datetime.date) -> int:
        return 2 if (allowed is None or value in allowed) and value not in refused else 0

    return Region(judge, lambda day: possible)


def numbers_let_through(tests: Tests) -> Spans:
    """Return the numbers that pass all tests."""
    found = ALL
    for name, raw in tests:
        values = [_exact(v) for v in (raw if isinstance(raw, (list, tuple)) else [raw])]
        value = values[0]
        if name in ("is", "is_not"):
            among = union(one for v in values for one in span(v, v))
            inside = among if name == "is" else complement(among)
        elif name == "at_least":
            inside = span(value, INFINITE)
        elif name == "at_most":
            inside = span(-INFINITE, value)
        else:
            inside = above(value) if name == "more_than" else below(value)
        found = intersection(found, inside)
    return found


def _numbers(fact: Fact, tests: Tests) -> Region:
    inside = numbers_let_through(tests)
    floor = fact.min if fact.min is not None else 0 if fact.type in ("share", WHOLE) else -INFINITE
    roof = fact.max if fact.max is not None else 1 if fact.type == "share" else INFINITE
    if fact.type == WHOLE:
        inside = whole(inside)
    possible = bool(intersection(inside, span(_exact(floor), _exact(roof))))

    def judge(value: Interval, day: datetime.date) -> int:
        return judged(inside, value.low, value.high)

    return Region(judge, lambda day: possible)


def _exact(value: Any) -> Any:
    return value if value in (INFINITE, -INFINITE) else exact(value)


def size_let_through(operand: Any, negated: bool = False) -> Spans:
    """Return the numbers of items that a `size` test lets through."""
    tests = operand.items() if isinstance(operand, dict) else [("is", operand)]
    inside = numbers_let_through(tests)
    return whole(complement(inside) if negated else inside)


def _lists(tests: Tests, every: frozenset[str] | None, members: float) -> Region:
    needed: set[str] = set()
    banned: set[str] = set()
    groups: list[frozenset[str]] = []
    sizes = ALL
    for name, value in tests:
        if name in ("size", "not_size"):
            sizes = intersection(sizes, size_let_through(value, name == "not_size"))
            continue
        values = frozenset(map(str, value if isinstance(value, (list, tuple)) else [value]))
        if name in ("has", "has_all"):
            needed |= values
        elif name == "lacks":
            banned |= values
        else:
            groups.append(values)

    def judge(value: Items, day: datetime.date) -> int:
        must, may = value.must, value.may
        if may is not None and must == may:
            fits = needed <= must and not banned & must and all(g & must for g in groups)
            return 2 if fits and judged(sizes, len(must), len(must)) else 0
        most = members if may is None else len(may)
        sure = needed <= must and all(group & must for group in groups)
        sure = sure and (not banned or (may is not None and not banned & may))
        if sure and judged(sizes, len(must), most) == 2:
            return 2
        return int(_some_list(must, may))

    def _some_list(must: frozenset[str], may: frozenset[str] | None) -> bool:
        base = must | needed
        if base & banned or (may is not None and not base <= may):
            return False
        left = [group - banned for group in groups if not group & base]
        if may is not None:
            left = [group & may for group in left]
        least = len(base) + _fewest(left)
        most = members - len(banned) if may is None else len(may - banned)
        return bool(intersection(sizes, span(least, most)))

    possible = _some_list(frozenset(), every)
    return Region(judge, lambda day: possible)


def _fewest(groups: list[frozenset[str]]) -> float:
    """Return the fewest items that hit every group."""
    if not groups:
        return 0
    pool = sorted(frozenset().union(*groups))
    for number in range(1, len(groups) + 1):
        for chosen in combinations(pool, number):
            if all(group & set(chosen) for group in groups):
                return number
    return INFINITE


def _dates(fact: Fact, tests: tuple[tuple[str, Any], ...]) -> Region:
    @lru_cache(maxsize=8)
    def inside(day: datetime.date) -> tuple[bool, Spans]:
        never, found = True, ALL
        for name, operand in tests:
            takes, days = _days(name, operand, day)
            never, found = never and takes, intersection(found, days)
        return never, whole(found)

    def judge(value: Days | str, day: datetime.date) -> int:
        never, found = inside(day)
        if isinstance(value, str):
            return 2 * never
        return judged(found, value.low.toordinal(), value.high.toordinal())

    def possible(day: datetime.date) -> bool:
        never, found = inside(day)
        return bool(intersection(found, _EVER)) or (never and fact.may_be_never)

    return Region(judge, possible)


_EVER = span(datetime.date.min.toordinal(), datetime.date.max.toordinal())


def _days(name: str, operand: Any, day: datetime.date) -> tuple[bool, Spans]:
    """Return whether `never` passes a test, and the days that do, as ordinals."""
    if name.startswith("not_"):
        never, found = _days(name.removeprefix("not_"), operand, day)
        return not never, complement(found)
    now = month_index(day)
    if name == "older_than":
        return True, span(-INFINITE, _first(now - operand) - 1)
    if name == "within_past":
        return False, span(_first(now - operand), _first(now + 1) - 1)
    if name == "within_next":
        return False, span(_first(now), _first(now + operand + 1) - 1)
    if name == "before":
        return False, span(-INFINITE, operand.low.toordinal() - 1)
    if name == "after":
        return False, span(operand.high.toordinal() + 1, INFINITE)
    values = operand if isinstance(operand, (list, tuple)) else [operand]
    never = NEVER in values
    found = union(
        one
        for value in values
        if isinstance(value, Days)
        for one in span(value.low.toordinal(), value.high.toordinal())
    )
    return (never, found) if name == "is" else (not never, complement(found))


def _first(month: Any) -> float:
    """Return the ordinal of the first day of a month; without end where there is none."""
    month = int(month // 1)
    if month < 12:
        return -INFINITE
    if month >= 12 * 10_000:
        return INFINITE
    return datetime.date(month // 12, month % 12 + 1, 1).toordinal()
