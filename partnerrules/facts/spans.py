"""Sets of numbers or days as lists of spans that do not touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

Point = tuple[Any, int]
"""A value, and -1 for just below it, 0 for itself, 1 for just above it."""
Span = tuple[Point, Point]
"""From the first to the last point, both included."""
Spans = tuple[Span, ...]
"""In order, without overlaps."""

INFINITE = float("inf")
ALL: Spans = (((-INFINITE, 0), (INFINITE, 0)),)


def span(low: Any, high: Any) -> Spans:
    """Return the closed span from one value to another; nothing where it is upside down."""
    return (((low, 0), (high, 0)),) if low <= high else ()


def above(value: Any) -> Spans:
    """Return everything above a value."""
    return (((value, 1), (INFINITE, 0)),)


def below(value: Any) -> Spans:
    """Return everything below a value."""
    return (((-INFINITE, 0), (value, -1)),)


def complement(spans: Spans) -> Spans:
    """Return everything else."""
    return tuple(_gaps(spans))


def _gaps(spans: Spans) -> Iterator[Span]:
    start: Point = (-INFINITE, 0)
    for low, high in spans:
        end = (low[0], low[1] - 1)
        if low[0] != -INFINITE and start <= end:
            yield start, end
        start = (high[0], high[1] + 1)
    if not spans or spans[-1][1][0] != INFINITE:
        yield start, (INFINITE, 0)


def intersection(one: Spans, other: Spans) -> Spans:
    """Return what lies in both."""
    found = []
    for low, high in one:
        for floor, roof in other:
            start, end = max(low, floor), min(high, roof)
            if start <= end:
                found.append((start, end))
    return tuple(found)


def union(spans: Iterable[Span]) -> Spans:
    """Return spans as a set: in order, without overlaps."""
    found: list[Span] = []
    for low, high in sorted(spans):
        if found and low <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return tuple(found)


def whole(spans: Spans) -> Spans:
    """Return the whole numbers in a set; spans that only a step parts become one."""
    found: list[Span] = []
    for (low, after), (high, before) in spans:
        first = low if low == -INFINITE else _up(low, after)
        last = high if high == INFINITE else _down(high, before)
        if first > last:
            continue
        if found and first <= found[-1][1][0] + 1:
            found[-1] = (found[-1][0], (last, 0))
        else:
            found.append(((first, 0), (last, 0)))
    return tuple(found)


def _up(value: Any, side: int) -> int:
    floor = int(value // 1)
    if value == floor and side <= 0:
        return floor
    return floor + 1


def _down(value: Any, side: int) -> int:
    floor = int(value // 1)
    return floor - 1 if value == floor and side < 0 else floor


def judged(spans: Spans, low: Any, high: Any) -> int:
    """Return 2 where all from low to high lies in the set, 0 where nothing does, else 1."""
    start, end = (low, 0), (high, 0)
    for first, last in spans:
        if first <= start and end <= last:
            return 2
        if first <= end and start <= last:
            return 1
    return 0
