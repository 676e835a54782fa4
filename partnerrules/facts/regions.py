"""What all the tests of one way on one answer let through, by the type of the fact."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from itertools import combinations
from typing import Any, Protocol

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

Tests = Iterable[tuple[str, Any]]
"""Operator and operand; `is` stands for a bare value."""

WHOLE = "count"


class Region(Protocol):
    """What is let through."""

    def judge(self, value: Any, day: datetime.date) -> int:
        """Return 0, 1 or 2 for no, maybe, yes; `day` is that of the assessment."""
        ...

    def possible(self, day: datetime.date) -> bool:
        """Say whether any value could pass."""
        ...


def region(fact: Fact, tests: Tests, members: float = INFINITE) -> Region:
    """Return what the tests on a fact let through together; a list names so many at most."""
    if fact.type in ("choice", "text", "yes_no"):
        return _words(fact, tests)
    if fact.type in ("choices", "references"):
        every = frozenset(fact.choices) if fact.type == "choices" else None
        return _Lists(tests, every, members)
    if fact.type == "date":
        return _Dates(fact, tuple(tests))
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


def _words(fact: Fact, tests: Tests) -> _Words:
    plain = [
        (name, value) if name in ("is", "is_not") else ("is", _in_order(fact, name, value))
        for name, value in tests
    ]
    allowed, refused = words_let_through(plain)
    every = {True, False} if fact.type == "yes_no" else set(fact.choices) or None
    if every is not None:
        allowed = every if allowed is None else allowed & every
    return _Words(allowed, refused)


def _in_order(fact: Fact, name: str, word: str) -> list[str]:
    """Return the words of an ordered choice that a comparison with one of them lets through."""
    words = list(fact.choices)
    place = words.index(word) + (name in ("more_than", "at_most"))
    return words[place:] if name in ("at_least", "more_than") else words[:place]


class _Words:
    def __init__(self, allowed: set[Any] | None, refused: set[Any]) -> None:
        self.allowed = None if allowed is None else allowed - refused
        self.refused = refused

    def judge(self, value: Any, day: datetime.date) -> int:
        return 2 * (value not in self.refused if self.allowed is None else value in self.allowed)

    def possible(self, day: datetime.date) -> bool:
        return self.allowed is None or bool(self.allowed)


def table(fact: Fact, through: Region) -> dict[Any, int] | None:
    """Return how each word is judged, if there are few."""
    if not isinstance(through, _Words) or through.allowed is None or fact.type == "text":
        return None
    judged: dict[Any, int] = dict.fromkeys(fact.choices or (True, False), 0)
    judged.update(dict.fromkeys(through.allowed, 2))
    return judged


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
    return _Numbers(inside, bool(intersection(inside, span(_exact(floor), _exact(roof)))))


class _Numbers:
    def __init__(self, inside: Spans, some: bool) -> None:
        self.inside = inside
        self.some = some

    def judge(self, value: Interval, day: datetime.date) -> int:
        return judged(self.inside, value.low, value.high)

    def possible(self, day: datetime.date) -> bool:
        return self.some


def _exact(value: Any) -> Any:
    return value if value in (INFINITE, -INFINITE) else exact(value)


def size_let_through(operand: Any, negated: bool = False) -> Spans:
    """Return the numbers of items that a `size` test lets through."""
    tests = operand.items() if isinstance(operand, dict) else [("is", operand)]
    inside = numbers_let_through(tests)
    return whole(complement(inside) if negated else inside)


class _Lists:
    def __init__(self, tests: Tests, every: frozenset[str] | None, members: float) -> None:
        self.every = every
        self.members = members
        self.needed: set[str] = set()
        self.banned: set[str] = set()
        self.groups: list[frozenset[str]] = []
        self.sizes = ALL
        for name, value in tests:
            if name in ("size", "not_size"):
                through = size_let_through(value, name == "not_size")
                self.sizes = intersection(self.sizes, through)
                continue
            values = frozenset(map(str, value if isinstance(value, (list, tuple)) else [value]))
            if name in ("has", "has_all"):
                self.needed |= values
            elif name == "lacks":
                self.banned |= values
            else:
                self.groups.append(values)

    def judge(self, value: Items, day: datetime.date) -> int:
        must, may = value.must, value.may
        needed, banned, groups = self.needed, self.banned, self.groups
        if may is not None and must == may:
            fits = needed <= must and not banned & must and all(g & must for g in groups)
            return 2 if fits and judged(self.sizes, len(must), len(must)) else 0
        most = self.members if may is None else len(may)
        sure = needed <= must and all(group & must for group in groups)
        sure = sure and (not banned or (may is not None and not banned & may))
        if sure and judged(self.sizes, len(must), most) == 2:
            return 2
        return int(self._some_list(must, may))

    def _some_list(self, must: frozenset[str], may: frozenset[str] | None) -> bool:
        base = must | self.needed
        if base & self.banned or (may is not None and not base <= may):
            return False
        left = [group - self.banned for group in self.groups if not group & base]
        if may is not None:
            left = [group & may for group in left]
        least = len(base) + _fewest(left)
        most = self.members - len(self.banned) if may is None else len(may - self.banned)
        return bool(intersection(self.sizes, span(least, most)))

    def possible(self, day: datetime.date) -> bool:
        return self._some_list(frozenset(), self.every)


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


class _Dates:
    def __init__(self, fact: Fact, tests: tuple[tuple[str, Any], ...]) -> None:
        self.may_be_never = fact.may_be_never
        self.tests = tests
        self._days: dict[datetime.date, tuple[bool, Spans]] = {}

    def _inside(self, day: datetime.date) -> tuple[bool, Spans]:
        """Return whether `never` passes, and the days that do, as ordinals."""
        known = self._days.get(day)
        if known is None:
            never, found = True, ALL
            for name, operand in self.tests:
                takes, days = _days(name, operand, day)
                never, found = never and takes, intersection(found, days)
            # Cases of one day come together, and no run has many days.
            known = self._days[day] = never, whole(found)
        return known

    def judge(self, value: Days | str, day: datetime.date) -> int:
        never, found = self._inside(day)
        if isinstance(value, str):
            return 2 * never
        return judged(found, value.low.toordinal(), value.high.toordinal())

    def possible(self, day: datetime.date) -> bool:
        never, found = self._inside(day)
        return bool(intersection(found, _EVER)) or (never and self.may_be_never)


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
