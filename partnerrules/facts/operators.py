"""The operators that conditions may use, and what those mean that no region can tell."""

from __future__ import annotations

import datetime
from typing import Any

from partnerrules.cases.answers import STATUSES, Answer
from partnerrules.cases.values import Days, Interval, Items
from partnerrules.facts.nodes import Linked, Node, Verdict
from partnerrules.facts.regions import judge
from partnerrules.packs.models import Fact

ORDER = ("at_least", "more_than", "at_most", "less_than")
LISTS = ("has", "has_any", "has_all", "lacks", "size")
DATES = ("older_than", "within_past", "within_next", "before", "after")
ABOUT = ("missing", "answer", "sourced")
OPERATORS = ("is_not", "same_as", *ORDER, *LISTS, *DATES, *ABOUT)
WORDS = ("any", "not", "some", "none", "count", "holds", "concern", "could_be", "sound")
NUMBER = Fact(type="number")
_FIRST_DAY = datetime.date.min


def about(name: str, operand: Any) -> Any:
    """Return what judges an answer itself: whether it is missing, its status, its source."""
    flag = operand in (True, "yes")
    gone = ("dont_know", "declined", "no_evidence_found")
    if name == "missing":
        return lambda answer: 2 * ((answer.status in gone) == flag)
    if name == "sourced":
        return lambda answer: 2 * (bool(answer.given and answer.source) == flag)
    statuses = [operand] if operand in STATUSES else operand
    return lambda answer: _has_status(answer, statuses)


def _has_status(answer: Answer, statuses: list[str]) -> int:
    return 2 * (answer.status in statuses)


def compare(name: str, fact: Fact) -> Any:
    """Return what compares two values of a fact's type; it returns 0, 1 or 2."""
    if fact.type in ("choice", "text", "yes_no", "reference", "references", "choices"):
        ranks = {word: number for number, word in enumerate(fact.choices)}

        def words(left: Any, right: Any) -> int:
            if name in ORDER:
                place = Interval(ranks.get(left, -1), ranks.get(left, -1))
                return judge(NUMBER, [(name, ranks.get(right, -1))])[0](place, _FIRST_DAY)
            if isinstance(left, Items):
                return 2 if left == right else 0
            return 2 if (left == right) != (name == "is_not") else 0

        return words

    def spans(left: Any, right: Any) -> int:
        if isinstance(left, str) or isinstance(right, str):
            return 2 if left == right else 0
        low, high = _span(left)
        floor, roof = _span(right)
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

    return spans


def _span(value: Any) -> tuple[Any, Any]:
    assert isinstance(value, (Interval, Days))
    return value.low, value.high


def has_verdicts(node: Node) -> bool:
    """Say whether a condition reads conclusions of other rules, outside of its own members."""
    if isinstance(node, (Verdict, Linked)):
        return True
    return any(has_verdicts(part) for part in getattr(node, "parts", ()))


def never(value: Any, day: Any) -> int:
    """Judge that no value passes: the place of a test that looks at members instead."""
    return 0
