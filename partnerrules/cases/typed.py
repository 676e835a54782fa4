"""Reading a value by the type of its fact."""

from __future__ import annotations

import datetime
from typing import Any, NoReturn

from partnerrules.cases.values import INFINITE, NEVER, Days, Interval, Items, exact, parse_date
from partnerrules.errors import nearest
from partnerrules.packs.models import Fact

YES_NO = {"yes": True, "no": False, "true": True, "false": False, "y": True, "n": False}
_FIRST = datetime.date(1, 1, 1)
_LAST = datetime.date(9999, 12, 31)


def read_value(fact: Fact, raw: Any, *, open_list: bool = False) -> Any:
    """Read a value of the fact's type; raises Refused."""
    kind = fact.type
    if kind in ("number", "share", "count"):
        return _number(fact, raw)
    if kind == "date":
        return _date(fact, raw)
    if kind in ("choices", "references"):
        return _items(fact, raw, open_list)
    if kind == "yes_no":
        if isinstance(raw, bool):
            return raw
        if str(raw).lower() not in YES_NO:
            refuse("Expected yes or no.", nearest(str(raw), YES_NO))
        return YES_NO[str(raw).lower()]
    if isinstance(raw, (dict, list, bool)) or raw is None:
        refuse("Expected a word or a short text.")
    if kind == "choice" and str(raw) not in fact.choices:
        words = ", ".join(fact.choices)
        refuse(f'"{raw}" is none of the choices: {words}.', nearest(str(raw), fact.choices))
    return str(raw)


def _number(fact: Fact, raw: Any) -> Interval:
    low, high = _ends(raw)
    floor = fact.min if fact.min is not None else 0 if fact.type in ("share", "count") else None
    roof = fact.max if fact.max is not None else 1 if fact.type == "share" else None
    for end in (low, high):
        if end is None:
            continue
        if isinstance(end, bool) or not isinstance(end, (int, float)):
            refuse(f'Expected a number, found "{end}".')
        if fact.type == "count" and not isinstance(end, int):
            refuse(f"Expected a whole number, found {end}.")
        if (floor is not None and end < floor) or (roof is not None and end > roof):
            limits = f"{_plain(floor)} to {_plain(roof)}"
            refuse(f"{end} lies outside of {limits}.")
    if low is not None and high is not None and low > high:
        refuse(f"The range is upside down: at_least {low} is more than at_most {high}.")
    bottom = floor if low is None else low
    top = roof if high is None else high
    return Interval(
        -INFINITE if bottom is None else exact(bottom), INFINITE if top is None else exact(top)
    )


def _plain(end: float | None) -> str:
    return "any" if end is None else f"{end:g}"


def _ends(raw: Any) -> tuple[Any, Any]:
    if isinstance(raw, dict):
        if not raw or not raw.keys() <= {"at_least", "at_most"}:
            refuse("A range has at_least, at_most or both.")
        return raw.get("at_least"), raw.get("at_most")
    return raw, raw


def _date(fact: Fact, raw: Any) -> Days | str:
    if raw == NEVER:
        if not fact.may_be_never:
            refuse("never is no answer here; expected a date such as 2026-06.")
        return NEVER
    low, high = _ends(raw)
    ends = [None if end is None else parse_date(end) for end in (low, high)]
    for end, day in zip((low, high), ends, strict=True):
        if end is not None and day is None:
            refuse(f'"{end}" is not a date that exists; write 2026, 2026-06 or 2026-06-30.')
    first = ends[0].low if ends[0] else _FIRST
    last = ends[1].high if ends[1] else _LAST
    if first > last:
        refuse(f"The range is upside down: {low} is later than {high}.")
    return Days(first, last)


def _items(fact: Fact, raw: Any, open_list: bool) -> Items:
    if isinstance(raw, (str, int)) and not isinstance(raw, bool):
        raw = [raw]
    if not isinstance(raw, list):
        refuse("Expected a list.")
    for item in raw:
        if isinstance(item, (dict, list)):
            refuse("Expected a list of single words.")
        if fact.type == "choices" and str(item) not in fact.choices:
            words = ", ".join(fact.choices)
            refuse(f'"{item}" is none of the choices: {words}.', nearest(str(item), fact.choices))
    must = frozenset(map(str, raw))
    every = frozenset(fact.choices) if fact.type == "choices" else None
    return Items(must, every if open_list else must)


class Refused(ValueError):
    """What is wrong with an answer: pydantic collects such errors."""

    def __init__(self, text: str, near: str, inside: tuple[str | int, ...]) -> None:
        super().__init__(text)
        self.text = text
        self.nearest = near
        self.inside = inside
        """Leads from the answer to what is wrong in it."""


def refuse(text: str, near: str = "", *inside: str | int) -> NoReturn:
    """Raise Refused."""
    raise Refused(text, near, inside)
