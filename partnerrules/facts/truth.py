"""Truth as a pair: how certainly a condition holds, and how certainly its negation holds.

A test on a not applicable answer holds neither plain nor negated, so one value is not enough.
Each half is 0 (no), 1 (possible) or 2 (certain); a pair is coded as `holds * 3 + negated`.
"""

from __future__ import annotations

from collections.abc import Iterable

NEITHER, FALSE, UNKNOWN, TRUE = 0, 2, 4, 6


def pair(holds: int, negated: int) -> int:
    """Code a pair."""
    return holds * 3 + negated


def holds(code: int) -> int:
    """Return how certainly the condition holds: 0, 1 or 2."""
    return code // 3


def negated(code: int) -> int:
    """Return how certainly the negation holds: 0, 1 or 2."""
    return code % 3


def flip(code: int) -> int:
    """Return the negation."""
    return pair(code % 3, code // 3)


def both(codes: Iterable[int]) -> int:
    """Return the conjunction: as certain as its weakest part."""
    low, high = 2, 0
    for code in codes:
        low, high = min(low, code // 3), max(high, code % 3)
    return pair(low, high)


def either(codes: Iterable[int]) -> int:
    """Return the disjunction: as certain as its best part."""
    return flip(both(flip(code) for code in codes))


def plain(certainty: int) -> int:
    """Return the pair of something that is never not applicable."""
    return pair(certainty, 2 - certainty)
