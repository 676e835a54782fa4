"""What tests let through together is what trying every value finds."""

import datetime
from itertools import chain, combinations, product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from partnerrules.cases.values import NEVER, Days, Interval, Items, month_index
from partnerrules.facts.operators import negation
from partnerrules.facts.regions import region
from partnerrules.packs.models import Fact

DAY = datetime.date(2026, 6, 30)
ITEMS = "abcd"
NUMBERS = [n / 2 for n in range(-2, 14)]
ORDER = {
    "at_least": lambda a, b: a >= b,
    "more_than": lambda a, b: a > b,
    "at_most": lambda a, b: a <= b,
    "less_than": lambda a, b: a < b,
    "is": lambda a, b: a in b,
    "is_not": lambda a, b: a not in b,
}


def subsets(items: Any) -> list[frozenset[str]]:
    pool = sorted(items)
    ways = chain.from_iterable(combinations(pool, size) for size in range(len(pool) + 1))
    return [frozenset(way) for way in ways]


def all_agree(found: list[bool]) -> int:
    return 2 if all(found) else int(any(found))


def list_passes(name: str, operand: Any, value: frozenset[str]) -> bool:
    if name in ("size", "not_size"):
        bounds = operand if isinstance(operand, dict) else {"is": [operand]}
        inside = all(ORDER[op](len(value), bound) for op, bound in bounds.items())
        return inside == (name == "size")
    items = set(operand) if isinstance(operand, list) else {operand}
    if name in ("has", "has_all"):
        return items <= value
    return bool(items & value) if name == "has_any" else not items & value


some_items = st.lists(st.sampled_from(ITEMS), min_size=1, max_size=3, unique=True)
list_tests = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["has_all", "has_any", "lacks"]), some_items),
        st.tuples(st.sampled_from(["has", "lacks"]), st.sampled_from(ITEMS)),
        st.tuples(
            st.sampled_from(["size", "not_size"]),
            st.one_of(
                st.integers(0, 4),
                st.builds(
                    lambda op, n: {op: n},
                    st.sampled_from(["at_least", "at_most"]),
                    st.integers(0, 4),
                ),
            ),
        ),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=400, deadline=None)
@given(list_tests, st.sets(st.sampled_from(ITEMS)), st.sets(st.sampled_from(ITEMS)))
def test_lists(tests: list[tuple[str, Any]], must: set[str], more: set[str]) -> None:
    fact = Fact(type="choices", choices=dict.fromkeys(ITEMS, ""))
    through = region(fact, tests)

    def fits(value: frozenset[str]) -> bool:
        return all(list_passes(name, operand, value) for name, operand in tests)

    may = frozenset(must | more)
    every = [frozenset(must) | extra for extra in subsets(may - must)]
    value = Items(frozenset(must), may)
    assert through.judge(value, DAY) == all_agree([fits(one) for one in every])
    assert through.possible(DAY) == any(fits(one) for one in subsets(ITEMS))


@settings(max_examples=200, deadline=None)
@given(list_tests, st.sets(st.sampled_from(ITEMS)))
def test_the_negation_of_a_test_on_a_list(tests: list[tuple[str, Any]], value: set[str]) -> None:
    for name, operand in tests:
        if name != "not_size":
            wanted = not list_passes(name, operand, frozenset(value))
            against = negation(name, operand)
            assert wanted == any(list_passes(n, o, frozenset(value)) for n, o in against)


number_tests = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(list(ORDER)[:4]), st.sampled_from(NUMBERS)),
        st.tuples(
            st.sampled_from(["is", "is_not"]),
            st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=3),
        ),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=400, deadline=None)
@given(number_tests, st.sampled_from(NUMBERS), st.integers(0, 8), st.booleans())
def test_numbers(tests: list[tuple[str, Any]], low: float, length: int, whole: bool) -> None:
    fact = Fact(type="count" if whole else "number", min=0, max=6)
    through = region(fact, tests)
    step = 1.0 if whole else 0.25
    # A quarter lies between any two of the numbers that tests name.
    grid = [n * step for n in range(int(6 / step) + 1)]
    low = min(6.0, max(0.0, float(int(low)) if whole else low))
    high = min(6.0, low + (length if whole else length / 2))

    def fits(value: float) -> bool:
        return all(ORDER[name](value, operand) for name, operand in tests)

    value = Interval(int(low), int(high)) if whole else Interval(low, high)
    inside = [fits(one) for one in grid if low <= one <= high]
    assert through.judge(value, DAY) == all_agree(inside)
    assert through.possible(DAY) == any(map(fits, grid))


DATES = [datetime.date(2025, 12, 31) + datetime.timedelta(days=9 * n) for n in range(45)]
PERIODS = [
    Days(datetime.date(2026, 3, 1), datetime.date(2026, 3, 31)),
    Days(datetime.date(2026, 6, 30), datetime.date(2026, 6, 30)),
    Days(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)),
]
date_tests = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(["older_than", "within_past", "within_next", "not_within_past"]),
            st.integers(0, 7),
        ),
        st.tuples(
            st.sampled_from(["before", "after", "is", "is_not", "not_before"]),
            st.sampled_from(PERIODS),
        ),
    ),
    min_size=1,
    max_size=3,
)


def date_passes(name: str, operand: Any, value: Any) -> bool:
    if name.startswith("not_"):
        return not date_passes(name[4:], operand, value)
    if value == NEVER:
        return name in ("older_than", "is_not")
    months = month_index(DAY) - month_index(value)
    if name == "older_than":
        return months > operand
    if name == "within_past":
        return 0 <= months <= operand
    if name == "within_next":
        return 0 <= -months <= operand
    if name == "before":
        return bool(value < operand.low)
    if name == "after":
        return bool(value > operand.high)
    return (operand.low <= value <= operand.high) == (name == "is")


@settings(max_examples=400, deadline=None)
@given(date_tests, st.sampled_from(DATES), st.integers(0, 60), st.booleans())
def test_dates(tests: list[tuple[str, Any]], low: datetime.date, length: int, never: bool) -> None:
    through = region(Fact(type="date", may_be_never=never), tests)

    def fits(value: Any) -> bool:
        return all(date_passes(name, operand, value) for name, operand in tests)

    days = [low + datetime.timedelta(days=n) for n in range(length + 1)]
    value = Days(days[0], days[-1])
    assert through.judge(value, DAY) == all_agree([fits(day) for day in days])
    assert through.judge(NEVER, DAY) == 2 * fits(NEVER)
    year = [datetime.date(2024, 1, 1) + datetime.timedelta(days=n) for n in range(1500)]
    assert through.possible(DAY) == (any(map(fits, year)) or (never and fits(NEVER)))


def test_words() -> None:
    fact = Fact(type="choice", choices=dict.fromkeys("abc", ""), ordered=True)
    tests = [
        ("is", "a"), ("is", ["a", "c"]), ("is_not", "b"), ("at_least", "b"),
        ("less_than", "c"), ("more_than", "a"), ("at_most", "b"),
    ]  # fmt: skip
    for pair in product(tests, repeat=2):
        through = region(fact, pair)

        def fits(word: str, pair: Any = pair) -> bool:
            ops = {**ORDER, "is": lambda a, b: a in b, "is_not": lambda a, b: a not in b}
            return all(ops[name](word, operand) for name, operand in pair)

        assert [through.judge(word, DAY) for word in "abc"] == [2 * fits(w) for w in "abc"]
        assert through.possible(DAY) == any(map(fits, "abc"))
