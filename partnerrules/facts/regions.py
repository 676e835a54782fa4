"""What the tests on one answer let through, all of one conjunction taken together."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from partnerrules.cases.values import (
    INFINITE,
    NEVER,
    Days,
    Interval,
    Items,
    exact,
    month_index,
)
from partnerrules.packs.models import Fact

Judge = Callable[[Any, datetime.date], int]
"""Takes one value and the day of the assessment; returns 0, 1 or 2 for no, maybe, yes."""

_ORDER = ("at_least", "more_than", "at_most", "less_than")


def judge(fact: Fact, tests: list[tuple[str, Any]]) -> tuple[Judge, bool]:
    """Return what judges one value by all tests, and whether some value can pass them all."""
    if fact.type in ("choice", "text", "yes_no", "reference"):
        return _words(fact, tests)
    if fact.type in ("choices", "references"):
        return _lists(tests)
    if fact.type == "date":
        return _dates(tests), True
    return _numbers(tests)


def _words(fact: Fact, tests: list[tuple[str, Any]]) -> tuple[Judge, bool]:
    allowed: set[Any] | None = {True, False} if fact.type == "yes_no" else None
    if fact.type == "choice":
        allowed = set(fact.choices)
    refused: set[Any] = set()
    ranks = list(fact.choices)
    for name, value in tests:
        values = set(value) if isinstance(value, list) else {value}
        if name == "is":
            allowed = values if allowed is None else allowed & values
        elif name == "is_not":
            refused |= values
        elif allowed is not None:
            limit = ranks.index(value)
            allowed &= {w for w in ranks if _compares(name, ranks.index(w), limit)}
    final = None if allowed is None else frozenset(allowed - refused)

    def words(value: Any, day: datetime.date) -> int:
        return 2 * (value not in refused if final is None else value in final)

    return words, final is None or bool(final)


def _compares(name: str, left: Any, right: Any) -> bool:
    return bool(
        {
            "at_least": left >= right,
            "more_than": left > right,
            "at_most": left <= right,
            "less_than": left < right,
        }[name]
    )


@dataclass
class _Band:
    """The numbers that all tests of a conjunction let through."""

    low: Any = -INFINITE
    low_open: bool = False
    high: Any = INFINITE
    high_open: bool = False
    among: set[Any] | None = None
    refused: set[Any] = field(default_factory=set)

    def narrow(self, name: str, raw: Any) -> None:
        values = {_exact(v) for v in (raw if isinstance(raw, list) else [raw])}
        value = min(values)
        if name == "is":
            self.among = values if self.among is None else self.among & values
        elif name == "is_not":
            self.refused |= values
        elif name in ("at_least", "more_than"):
            end = (value, name == "more_than")
            self.low, self.low_open = max(end, (self.low, self.low_open))
        else:
            end = (value, name != "less_than")
            high, closed = min(end, (self.high, not self.high_open))
            self.high, self.high_open = high, not closed

    def takes(self, value: Any) -> bool:
        above = value > self.low if self.low_open else value >= self.low
        below = value < self.high if self.high_open else value <= self.high
        allowed = self.among is None or value in self.among
        return above and below and allowed and value not in self.refused

    def possible(self) -> bool:
        if self.among is not None:
            return any(self.takes(one) for one in self.among)
        closed = not self.low_open and not self.high_open
        return bool(self.low < self.high or (self.low == self.high and closed))

    def judge(self, value: Interval, day: datetime.date) -> int:
        if value.low == value.high:
            return 2 * self.takes(value.low)
        if self.among is not None:
            inside = (one for one in self.among if value.low <= one <= value.high)
            return int(any(self.takes(one) for one in inside))
        if value.low > self.high or value.high < self.low:
            return 0
        if (value.low == self.high and self.high_open) or (
            value.high == self.low and self.low_open
        ):
            return 0
        hit = any(value.low <= one <= value.high for one in self.refused)
        return 2 if self.takes(value.low) and self.takes(value.high) and not hit else 1


def _numbers(tests: list[tuple[str, Any]]) -> tuple[Judge, bool]:
    band = _Band()
    for name, raw in tests:
        band.narrow(name, raw)
    return band.judge, band.possible()


def _exact(value: Any) -> Any:
    return value if isinstance(value, Fraction) else exact(value)


def _lists(tests: list[tuple[str, Any]]) -> tuple[Judge, bool]:
    needed: set[str] = set()
    banned: set[str] = set()
    groups: list[frozenset[str]] = []
    sizes: list[tuple[str, Any]] = []
    for name, value in tests:
        values = [str(v) for v in (value if isinstance(value, list) else [value])]
        if name in ("has", "has_all"):
            needed.update(values)
        elif name in ("lacks",):
            banned.update(values)
        elif name == "has_any":
            groups.append(frozenset(values))
        else:
            sizes.extend(value.items() if isinstance(value, dict) else [("is", value)])
    size, size_possible = _numbers(sizes) if sizes else (None, True)

    def lists(value: Items, day: datetime.date) -> int:
        must, may = value.must, value.may
        if banned & must or (may is not None and not needed <= may):
            return 0
        if may is not None and any(not group & may for group in groups):
            return 0
        sure = needed <= must and all(group & must for group in groups)
        sure = sure and (may is not None and not banned & may if banned else True)
        found = 2 if sure else 1
        if size is None:
            return found
        most = INFINITE if may is None else len(may)
        return min(found, size(Interval(len(must | needed), most), day))

    together = not needed & banned and all(group - banned for group in groups)
    return lists, together and size_possible


def _dates(tests: list[tuple[str, Any]]) -> Judge:
    def dates(value: Any, day: datetime.date) -> int:
        return min(_date(name, limit, value, day) for name, limit in tests)

    return dates


def _date(name: str, limit: Any, value: Any, day: datetime.date) -> int:
    if value == NEVER:
        return 2 * (name in ("older_than", "is_not") or (name == "is" and limit == NEVER))
    if limit == NEVER:
        return 2 * (name == "is_not")
    if name in ("before", "after"):
        return _before(value, limit) if name == "before" else _before(limit, value)
    if name in ("is", "is_not"):
        same = 2 if value == limit and value.low == value.high else 1
        same = 0 if value.high < limit.low or value.low > limit.high else same
        return same if name == "is" else 2 - same
    months, now = value.months, month_index(day)
    reach = {
        "older_than": (-INFINITE, now - limit - 1),
        "within_past": (now - limit, now),
        "within_next": (now, now + limit),
    }[name]
    if months.high < reach[0] or months.low > reach[1]:
        return 0
    return 2 if reach[0] <= months.low and months.high <= reach[1] else 1


def _before(first: Days, second: Days) -> int:
    if first.high < second.low:
        return 2
    return 0 if first.low >= second.high else 1
