"""The range of a measure holds what every way of settling the amounts gives, and no more."""

from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from partnerrules.cases.values import INFINITE, Interval
from partnerrules.facts import amounts
from partnerrules.facts.amounts import Amount

rows = st.lists(
    st.builds(
        lambda low, width, copies: Amount(low, low + width, *copies),
        st.integers(-3, 4),
        st.integers(0, 2),
        st.sampled_from([(0, 1), (1, 1), (1, 2)]),
    ),
    min_size=1,
    max_size=4,
)


def settled(found: list[Amount]) -> list[list[int]]:
    """Return the amounts of every way in which all is known."""
    pools = []
    for row in found:
        values = range(row.low, row.high + 1)
        ways: list[tuple[int, ...]] = []
        for number in range(row.least, row.most + 1):
            ways.extend(product(values, repeat=number))
        pools.append(ways)
    return [[one for part in way for one in part] for way in product(*pools)]


KINDS: dict[str, tuple[Any, Any]] = {
    "mean": (amounts.average, lambda values: Fraction(sum(values), len(values))),
    "min": (amounts.smallest, min),
    "max": (amounts.largest, max),
    "range": (amounts.spread, lambda values: max(values) - min(values)),
    "top": (
        lambda found: amounts.top(found, 2),
        lambda values: sum(sorted(values, reverse=True)[:2]),
    ),
    "sum": (amounts.total, sum),
}


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=150, deadline=None)
@given(found=rows)
def test_the_range_is_that_of_all_ways(kind: str, found: list[Amount]) -> None:
    assume(any(row.least for row in found))
    work_out, settle = KINDS[kind]
    values = [settle(way) for way in settled(found)]
    assert work_out(found) == Interval(min(values), max(values))


shares = st.lists(
    st.tuples(st.sampled_from([(2, 0), (0, 2), (1, 1)]), st.integers(0, 1), st.integers(0, 1)).map(
        lambda row: (*row[0], row[1], row[1] + row[2])
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=200, deadline=None)
@given(shares)
def test_a_share_is_that_of_all_ways(found: list[tuple[int, int, int, int]]) -> None:
    assume(any(least for _, _, least, _ in found))
    pools = []
    for into, out, least, most in found:
        ways: list[tuple[bool, ...]] = []
        for number in range(least, most + 1):
            options = [True] * bool(into) + [False] * bool(out)
            ways.extend(product(options, repeat=number))
        pools.append(ways)
    every = [[one for part in way for one in part] for way in product(*pools)]
    values = [Fraction(sum(way), len(way)) for way in every if way]
    assert amounts.share(found) == Interval(min(values), max(values))


def test_what_is_open_stays_open() -> None:
    assert amounts.total([Amount(0, 5, 0, INFINITE)]) == Interval(0, INFINITE)
    assert amounts.average([Amount(1, 1), Amount(0, 3, 0, INFINITE)]) == Interval(0, 3)
    assert amounts.ratio(Interval(1, 2), Interval(0, 4)) is None
    assert amounts.ratio(Interval(-INFINITE, 2), Interval(1, 4)) == Interval(-INFINITE, 2)
