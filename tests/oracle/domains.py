"""The values that an answer may have: enough of them to tell all tests of one path apart."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from language import LISTS, NUMBERS, date_edges

from partnerrules.cases.values import INFINITE, Days, Interval, Items, exact
from partnerrules.packs.models import Fact

_SPARE = 4
"""As many members that nobody named tell all sizes of lists in the tests apart."""
_FIRST, _LAST = datetime.date(1, 1, 1), datetime.date(9999, 12, 31)


@dataclass(frozen=True)
class Roster:
    """Who may be referred to: named members, unnamed ones that are bound, and others."""

    named: tuple[str, ...] = ()
    bound: int = 0
    others: int = 0

    @property
    def single(self) -> list[Any]:
        """Every member that one reference may name."""
        unnamed = [("?", n + 1) for n in range(self.bound)]
        return [*self.named, *unnamed, *[("other", 0)] * bool(self.others)]


def values_of(
    fact: Fact,
    values: tuple[Any, ...] | None,
    operators: Iterable[tuple[str, Any]],
    roster: Roster,
    day: datetime.date,
) -> list[Any]:
    """Return the values that an answer may have, for an unknown one all of its type."""
    if fact.type in LISTS:
        lists = values if values is not None else (Items(frozenset(), None),)
        return [one for items in lists for one in _lists(fact, items, roster)]
    if fact.type in NUMBERS:
        spans = values if values is not None else (span_of(fact),)
        edges = [exact(a) for _, arg in operators for a in _flat(arg) if not isinstance(a, str)]
        whole = fact.type == "count"
        return [one for span in spans for one in _numbers(span, edges, whole)]
    if fact.type == "date":
        unknown = (Days(_FIRST, _LAST), *(["never"] if fact.may_be_never else []))
        days = {edge for op, arg in operators for edge in date_edges(op, arg, day)}
        return [one for value in values or unknown for one in _days(value, days)]
    if values is not None:
        return list(values)
    if fact.type == "yes_no":
        return [True, False]
    if fact.type == "reference":
        return roster.single
    if fact.type == "text":
        return [*(str(a) for _, arg in operators for a in _flat(arg)), ("another text",)]
    return list(fact.choices)


def span_of(fact: Fact) -> Interval:
    """Return the range of a number's type."""
    low = fact.min if fact.min is not None else 0 if fact.type in ("share", "count") else None
    high = fact.max if fact.max is not None else 1 if fact.type == "share" else None
    return Interval(
        -INFINITE if low is None else exact(low), INFINITE if high is None else exact(high)
    )


def most_of(fact: Fact, roster: Roster) -> float:
    """Return how many elements a list can have."""
    if fact.type == "choices":
        return len(fact.choices)
    return len(roster.named) + roster.bound + roster.others


def _flat(arg: Any) -> list[Any]:
    return arg if isinstance(arg, list) else [arg]


def _numbers(span: Interval, edges: list[Any], whole: bool) -> Iterator[Any]:
    finite = [n for n in (span.low, span.high, *edges) if abs(n) != INFINITE] or [0]
    low = span.low if span.low != -INFINITE else min(finite) - 1
    high = span.high if span.high != INFINITE else max(finite) + 1
    if whole:
        near = {e + d for e in edges for d in (-1, 0, 1)}
        yield from sorted(n for n in {low, high} | near if low <= n <= high and n == int(n))
        return
    points = sorted({low, high} | {e for e in edges if low <= e <= high})
    yield from points
    yield from ((a + b) * Fraction(1, 2) for a, b in itertools.pairwise(points))


def _days(value: Any, edges: set[datetime.date]) -> Iterator[Any]:
    if value == "never":
        yield value
        return
    yield from {value.low, value.high} | {e for e in edges if value.low <= e <= value.high}


def _lists(fact: Fact, items: Items, roster: Roster) -> Iterator[frozenset[Any]]:
    spare: list[Any] = []
    may: Iterable[Any] = items.may if items.may is not None else ()
    if items.may is None and fact.type == "choices":
        may = fact.choices
    elif items.may is None:
        may = [*roster.named, *(("?", n + 1) for n in range(roster.bound))]
        spare = [("other", n) for n in range(int(min(roster.others, _SPARE)))]
    loose = [one for one in may if one not in items.must]
    for size in range(len(loose) + 1):
        for more in itertools.combinations(loose, size):
            for others in range(len(spare) + 1):
                yield frozenset([*items.must, *more, *spare[:others]])
