"""Truth as a pair: how certainly a condition holds, and how certainly its negation holds.

A test on a not applicable answer holds neither plain nor negated, so one value is not enough.
Each half is 0 (ruled out), 1 (possible) or 2 (certain); a pair is coded as `holds * 3 + negated`.
"""

from __future__ import annotations

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
