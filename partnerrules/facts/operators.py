"""The operators that conditions may use, their negations, and how two answers compare."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from partnerrules.cases.answers import Answer
from partnerrules.cases.values import Days, Interval, Items
from partnerrules.packs.models import Fact

ORDER = ("at_least", "more_than", "at_most", "less_than")
LISTS = ("has", "has_any", "has_all", "lacks", "size")
DATES = ("older_than", "within_past", "within_next", "before", "after")
ABOUT = ("missing", "answer", "sourced")
OPERATORS = ("is_not", "same_as", *ORDER, *LISTS, *DATES, *ABOUT)
WORDS = ("any", "not", "some", "none", "count", "holds", "concern", "could_be", "sound")
COUNT = Fact(type="count")
_FLIPPED = {
    "is": "is_not", "is_not": "is", "at_least": "less_than", "less_than": "at_least",
    "at_most": "more_than", "more_than": "at_most",
}  # fmt: skip
_SAME = ("is", "is_not")
_AMOUNTS = (*_SAME, *ORDER)
_FITTING = {
    "yes_no": _SAME,
    "text": _SAME,
    "reference": _SAME,
    "choice": _SAME,
    "choices": LISTS,
    "references": LISTS,
    "date": (*_SAME, *DATES),
}
_MISSING = ("dont_know", "declined", "no_evidence_found")


def fitting(fact: Fact) -> tuple[str, ...]:
    """Return the operators that fit a fact, beside those about the answer itself."""
    if fact.type == "choice" and fact.ordered:
        return _AMOUNTS
    return _FITTING.get(fact.type, _AMOUNTS)


def negation(name: str, operand: Any) -> list[tuple[str, Any]]:
    """Return the tests of which one must hold where this one must not."""
    if name in _FLIPPED:
        return [(_FLIPPED[name], operand)]
    if name in ("has", "has_all"):
        items = operand if isinstance(operand, list) else [operand]
        return [("lacks", item) for item in items]
    if name == "has_any":
        return [("lacks", operand)]
    if name == "lacks":
        return [("has_any" if isinstance(operand, list) else "has", operand)]
    return [(f"not_{name}", operand)]


def about(name: str, operand: Any) -> Callable[[Answer], int]:
    """Return what judges an answer itself; it returns 0, 1 or 2."""
    flag = operand in (True, "yes")
    if name == "answer":
        statuses = [operand] if isinstance(operand, str) else list(operand)
        return lambda answer: 1 if answer.status == "not_asked" else 2 * (answer.status in statuses)

    def judge(answer: Answer) -> int:
        if answer.status == "not_asked":
            return 1
        if name == "missing":
            return 2 * ((answer.status in _MISSING) == flag)
        return 2 * (bool(answer.given and answer.source) == flag)

    return judge


def compare(name: str, fact: Fact) -> Callable[[Any, Any], int]:
    """Return what compares two values of a fact's type; it returns 0, 1 or 2."""
    ranks = {word: number for number, word in enumerate(fact.choices)}

    def compared(left: Any, right: Any) -> int:
        if name in ORDER and left in ranks and right in ranks:
            left, right = (Interval(ranks[word], ranks[word]) for word in (left, right))
        if isinstance(left, (Interval, Days)) and isinstance(right, (Interval, Days)):
            return _spans(name, left, right)
        same = _same(left, right)
        if name in ("same_as", "is", "is_not"):
            return 2 - same if name == "is_not" else same
        return 0

    return compared


def _same(left: Any, right: Any) -> int:
    if not isinstance(left, Items) or not isinstance(right, Items):
        return 2 * bool(left == right)
    closed = left.may == left.must and right.may == right.must
    if closed:
        return 2 * (left.must == right.must)
    fits = (right.may is None or left.must <= right.may) and (
        left.may is None or right.must <= left.may
    )
    return int(fits)


def _spans(name: str, left: Interval | Days, right: Interval | Days) -> int:
    low: Any = left.low
    high: Any = left.high
    floor: Any = right.low
    roof: Any = right.high
    if name in ("before", "less_than"):
        return 2 if high < floor else 0 if low >= roof else 1
    if name in ("after", "more_than"):
        return 2 if low > roof else 0 if high <= floor else 1
    if name == "at_least":
        return 2 if low >= roof else 0 if high < floor else 1
    if name == "at_most":
        return 2 if high <= floor else 0 if low > roof else 1
    equal = 2 if low == high == floor == roof else 0 if low > roof or high < floor else 1
    return 2 - equal if name == "is_not" else equal
