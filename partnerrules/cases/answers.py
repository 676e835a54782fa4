"""One answer of a case, read from what stands in the file."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticCustomError

from partnerrules.cases.values import (
    INFINITE,
    NEVER,
    Days,
    Interval,
    Items,
    exact,
    parse_date,
)
from partnerrules.errors import nearest
from partnerrules.packs.models import Fact

STATUSES = (
    "known", "not_asked", "dont_know", "declined", "no_evidence_found",
    "not_applicable", "disputed",
)  # fmt: skip
_BARE = frozenset(STATUSES) - {"known", "disputed"}
_YES_NO = {"yes": True, "no": False, "true": True, "false": False, "y": True, "n": False}
_ABOUT = frozenset({"source", "respondent", "date", "note", "basis", "confidential"})
_FIRST = datetime.date(1, 1, 1)
_LAST = datetime.date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered. `values` are those it may be: one where known, several where disputed."""

    status: str = "not_asked"
    values: tuple[Any, ...] | None = None
    """None where nothing is known about the value."""
    source: str = ""
    respondents: tuple[str, ...] = ()
    basis: str = ""
    date: str = ""
    confidential: bool = False

    @property
    def given(self) -> bool:
        """Whether somebody answered."""
        return self.values is not None


NOT_ASKED = Answer()
NOT_APPLICABLE = Answer("not_applicable")


def read_answer(fact: Fact, raw: Any) -> Answer:
    """Read a leaf of a case file; raises PydanticCustomError with what was expected."""
    if isinstance(raw, dict) and not raw.keys() <= {"at_least", "at_most"}:
        return _object(fact, raw)
    if isinstance(raw, str) and raw in _BARE and fact.type != "text":
        return _status(fact, raw)
    if raw is None:
        return NOT_ASKED
    return Answer("known", (read_value(fact, raw),))


def _status(fact: Fact, status: str) -> Answer:
    if status == "not_applicable" and not fact.may_be_na:
        _refuse("This question always applies; not_applicable is no answer to it.")
    return Answer(status)


def _object(fact: Fact, raw: dict[str, Any]) -> Answer:
    valid = _ABOUT | {"value", "status", "answers", "settled", "complete", "at_least", "at_most"}
    for key in raw:
        if key not in valid:
            near = nearest(key, valid)
            _refuse(f'The key "{key}" is not known in an answer.', near)
    about: dict[str, Any] = {
        "source": str(raw.get("source") or ""),
        "respondents": (str(raw["respondent"]),) if raw.get("respondent") else (),
        "basis": str(raw.get("basis") or ""),
        "date": str(raw.get("date") or ""),
        "confidential": raw.get("confidential") in (True, "yes"),
    }
    if "answers" in raw:
        return _several(fact, raw, about)
    status = str(raw.get("status", "known" if "value" in raw else ""))
    if status not in STATUSES:
        _refuse(f'The status "{status}" is not known.', nearest(status, STATUSES))
    if status != "known":
        return Answer(_status(fact, status).status, None, **about)
    if "value" not in raw:
        _refuse("A known answer needs a value.")
    value = raw["value"]
    if isinstance(value, str) and value in _BARE and fact.type != "text":
        return Answer(_status(fact, value).status, None, **about)
    open_list = raw.get("complete") in (False, "no")
    return Answer("known", (read_value(fact, value, open_list=open_list),), **about)


def _several(fact: Fact, raw: dict[str, Any], about: dict[str, Any]) -> Answer:
    answers = raw["answers"]
    if not isinstance(answers, list) or not answers:
        _refuse("`answers` is a list of answers, each with a value or a status.")
    read = [
        read_answer(fact, item if isinstance(item, dict) else {"value": item}) for item in answers
    ]
    about["respondents"] = tuple(dict.fromkeys(r for one in read for r in one.respondents))
    about["source"] = "; ".join(dict.fromkeys(one.source for one in read if one.source))
    about["confidential"] = about["confidential"] or any(one.confidential for one in read)
    if isinstance(raw.get("settled"), dict):
        return Answer("known", (read_value(fact, raw["settled"].get("as")),), **about)
    values = tuple(dict.fromkeys(value for one in read for value in one.values or ()))
    if not values:
        return Answer(read[0].status, None, **about)
    return Answer("known" if len(values) == 1 else "disputed", values, **about)


def read_value(fact: Fact, raw: Any, *, open_list: bool = False) -> Any:
    """Read a value of the fact's type; raises PydanticCustomError."""
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
        if str(raw).lower() not in _YES_NO:
            _refuse("Expected yes or no.", nearest(str(raw), _YES_NO))
        return _YES_NO[str(raw).lower()]
    if isinstance(raw, (dict, list, bool)) or raw is None:
        _refuse("Expected a word or a short text.")
    if kind == "choice" and str(raw) not in fact.choices:
        words = ", ".join(fact.choices)
        _refuse(f'"{raw}" is none of the choices: {words}.', nearest(str(raw), fact.choices))
    return str(raw)


def _number(fact: Fact, raw: Any) -> Interval:
    low, high = _ends(raw)
    floor = fact.min if fact.min is not None else 0 if fact.type in ("share", "count") else None
    roof = fact.max if fact.max is not None else 1 if fact.type == "share" else None
    for end in (low, high):
        if end is None:
            continue
        if isinstance(end, bool) or not isinstance(end, (int, float)):
            _refuse(f'Expected a number, found "{end}".')
        if fact.type == "count" and not isinstance(end, int):
            _refuse(f"Expected a whole number, found {end}.")
        if (floor is not None and end < floor) or (roof is not None and end > roof):
            limits = f"{_plain(floor)} to {_plain(roof)}"
            _refuse(f"{end} lies outside of {limits}.")
    if low is not None and high is not None and low > high:
        _refuse(f"The range is upside down: at_least {low} is more than at_most {high}.")
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
            _refuse("A range has at_least, at_most or both.")
        return raw.get("at_least"), raw.get("at_most")
    return raw, raw


def _date(fact: Fact, raw: Any) -> Days | str:
    if raw == NEVER:
        if not fact.may_be_never:
            _refuse("never is no answer here; expected a date such as 2026-06.")
        return NEVER
    low, high = _ends(raw)
    ends = [None if end is None else parse_date(end) for end in (low, high)]
    for end, day in zip((low, high), ends, strict=True):
        if end is not None and day is None:
            _refuse(f'"{end}" is not a date that exists; write 2026, 2026-06 or 2026-06-30.')
    first = ends[0].low if ends[0] else _FIRST
    last = ends[1].high if ends[1] else _LAST
    if first > last:
        _refuse(f"The range is upside down: {low} is later than {high}.")
    return Days(first, last)


def _items(fact: Fact, raw: Any, open_list: bool) -> Items:
    if isinstance(raw, (str, int)) and not isinstance(raw, bool):
        raw = [raw]
    if not isinstance(raw, list):
        _refuse("Expected a list.")
    for item in raw:
        if isinstance(item, (dict, list)):
            _refuse("Expected a list of single words.")
        if fact.type == "choices" and str(item) not in fact.choices:
            words = ", ".join(fact.choices)
            _refuse(f'"{item}" is none of the choices: {words}.', nearest(str(item), fact.choices))
    must = frozenset(map(str, raw))
    every = frozenset(fact.choices) if fact.type == "choices" else None
    return Items(must, every if open_list else must)


def _refuse(text: str, near: str = "") -> None:
    raise PydanticCustomError("answer", "{text}", {"text": text, "nearest": near})
