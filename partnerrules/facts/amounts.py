"""What amounts of several members come to: the range in which each number must lie."""

from __future__ import annotations

from fractions import Fraction
from heapq import nlargest, nsmallest
from typing import Any

from partnerrules.cases.values import INFINITE, Days, Interval, Items
from partnerrules.packs.models import Fact

Number = Any


class Amount:
    """The amount of one member, and of how many such members there are."""

    def __init__(self, low: Number, high: Number, least: Number = 1, most: Number = 1) -> None:
        self.low = low
        self.high = high
        self.least = least
        """How many there certainly are: 0 where the member may not count."""
        self.most = most


def total(amounts: list[Amount]) -> Interval:
    """Return the range of the sum; nothing sums to 0."""
    return Interval(
        sum(_times(one.low, one.most if one.low < 0 else one.least) for one in amounts),
        sum(_times(one.high, one.most if one.high > 0 else one.least) for one in amounts),
    )


def _times(value: Number, number: Number) -> Number:
    return 0 if not value or not number else value * number


def largest(amounts: list[Amount]) -> Interval:
    """Return the range of the greatest amount, where at least one is certainly there."""
    return Interval(max(one.low for one in amounts if one.least), max(one.high for one in amounts))


def smallest(amounts: list[Amount]) -> Interval:
    """Return the range of the least amount, where at least one is certainly there."""
    return Interval(min(one.low for one in amounts), min(one.high for one in amounts if one.least))


def spread(amounts: list[Amount]) -> Interval:
    """Return the range of the difference between the greatest and the least amount."""
    low = minus(largest(amounts).low, smallest(amounts).high)
    highest = nlargest(2, enumerate(amounts), key=lambda one: one[1].high)
    lowest = nsmallest(2, enumerate(amounts), key=lambda one: one[1].low)
    # One amount is not the greatest and the least at two places of its range at once.
    apart = [
        minus(one.high, other.low)
        for n, one in highest
        for m, other in lowest
        if n != m or one.most > 1
    ]
    return Interval(max(0, low), max(0, *apart) if apart else 0)


def minus(one: Number, other: Number) -> Number:
    """Return a difference in which an end that is open stays open."""
    if INFINITE in (one, -other):
        return INFINITE
    return -INFINITE if -INFINITE in (one, -other) else one - other


def top(amounts: list[Amount], number: int) -> Interval:
    """Return the range of the sum of the greatest amounts, as many as `number`."""
    lows = _several([(one.low, one.least, one.most) for one in amounts], number, least=True)
    highs = _several([(one.high, one.least, one.most) for one in amounts], number, least=False)
    return Interval(min(lows), max(highs))


def _several(
    rows: list[tuple[Number, Number, Number]], number: int, *, least: bool
) -> list[Number]:
    """Return the sum for each number of further members, those first that move it most."""
    there = [value for value, sure, _ in rows for _ in range(min(sure, number))]
    further = [value for value, sure, most in rows for _ in range(int(min(most - sure, number)))]
    further.sort(reverse=not least)
    return [
        sum(sorted(there + further[:count], reverse=True)[:number])
        for count in range(min(number, len(further)) + 1)
    ]


def average(amounts: list[Amount]) -> Interval:
    """Return the range of the mean, where at least one amount is certainly there."""
    low = _mean([(one.low, one.least, one.most) for one in amounts])
    high = _mean([(-one.high, one.least, one.most) for one in amounts])
    return Interval(low, -high)


def _mean(rows: list[tuple[Number, Number, Number]]) -> Number:
    """Return the lowest mean: those that may be there count where they bring it down."""
    if any(low == -INFINITE for low, _, _ in rows):
        return -INFINITE
    count = sum(least for _, least, _ in rows)
    found: Number = Fraction(0)
    for low, least, _ in rows:
        found += _times(low, least)
    if found == INFINITE:
        finite = [low for low, _, most in rows if low != INFINITE and most]
        return INFINITE if not finite else min(finite)
    mean = found / count
    for low, least, most in sorted(rows):
        if low >= mean or most == least:
            continue
        if most == INFINITE:
            return low
        found, count = found + low * (most - least), count + most - least
        mean = found / count
    return mean


def ratio(first: Interval, second: Interval) -> Interval | None:
    """Return the range of a quotient; None where the second may be 0 or of either sign."""
    if second.low <= 0:
        return None
    ends = [_divide(a, b) for a in (first.low, first.high) for b in (second.low, second.high)]
    return Interval(min(ends), max(ends))


def _divide(one: Number, other: Number) -> Number:
    if other == INFINITE:
        return 0
    return one if one in (INFINITE, -INFINITE) else Fraction(one) / Fraction(other)


def share(inside: list[tuple[int, int, Number, Number]]) -> Interval:
    """Return the range of a share, where at least one member certainly counts.

    For each member how certainly it is in and how certainly it is not, and how many such members
    there are, at least and at most.
    """
    sure = sum(least for into, _, least, _ in inside if into == 2)
    outer = sum(least for into, _, least, _ in inside if into < 2)
    outer += sum(most - least for _, out, least, most in inside if out)
    within = sum(least for into, _, least, _ in inside if into)
    within += sum(most - least for into, _, least, most in inside if into)
    out = sum(least for into, _, least, _ in inside if not into)
    low = 0 if outer == INFINITE else Fraction(sure) / Fraction(sure + outer)
    high = 1 if within == INFINITE else Fraction(within) / Fraction(within + out)
    return Interval(low, high)


def distinct(fact: Fact, answers: list[tuple[Any, Number, Number]]) -> Interval:
    """Return how many different values there are; what is not settled may be any or a new one.

    `answers` are triples: the answer, of how many members it is at least, and at most.
    """
    sure: set[Any] = set()
    seen: set[Any] = set()
    further: Any = 0
    there = False
    for answer, least, most in answers:
        values = answer.values
        if values is not None and any(isinstance(value, Items) for value in values):
            must = frozenset.intersection(*(value.must for value in values))
            sure |= must if least else set()
            for value in values:
                seen |= value.may or set()
                further += INFINITE if value.may is None else 0
            continue
        there |= bool(least) and fact.type not in ("choices", "references")
        if values is None:
            further += INFINITE if fact.type in ("choices", "references") else most
            continue
        seen.update(values)
        if least and len(values) == 1 and _single(values[0]):
            sure.update(values)
        elif not all(map(_single, values)):
            further += most
    high = len(seen) + further
    if fact.type not in ("choices", "references"):
        high = min(high, sum(most for _, _, most in answers))
    if fact.choices:
        high = min(high, len(fact.choices))
    return Interval(max(len(sure), int(there)), high if high == INFINITE else int(high))


def _single(value: Any) -> bool:
    return bool(value.low == value.high) if isinstance(value, (Interval, Days)) else True
