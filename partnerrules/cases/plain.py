"""Reading a case in which nothing is wrong; where something may be, pydantic is asked what."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from partnerrules.cases.answers import AnswerReader
from partnerrules.cases.typed import Refused, refuse
from partnerrules.cases.values import Days, parse_date
from partnerrules.documents.kinds import CASE, SCHEMAS
from partnerrules.errors import nearest
from partnerrules.packs import Library
from partnerrules.packs.models import Fact

SCHEMA = SCHEMAS[CASE]
NAME = Fact(type="text")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_COMPLETE = {"yes": True, "no": False, True: True, False: False}
_NUMBERS = ("at_least", "at_most")

Facts = Mapping[str, Fact]


class PlainReader:
    """Reads by one vocabulary; a reader of answers is made when a case first has one."""

    def __init__(self, library: Library) -> None:
        self._readers: dict[int, AnswerReader] = {}
        self._parts: dict[str, Callable[[Any], Any]] = {
            "schema": read_schema,
            "case": checked_id,
            "assessed_on": read_day,
            "packs": _texts,
            "assessment": _by_text,
            "round": _text,
        }
        lists: dict[str, dict[str, Facts]] = {}
        for path, entity in library.collections.items():
            group, _, name = path.partition(".")
            facts = {"name": NAME, **library.entities[entity].facts}
            if name:
                lists.setdefault(group, {})[name] = facts
            else:
                self._parts[group] = partial(self._members, facts)
        for group in {**library.group_facts, **lists}:
            facts = library.group_facts.get(group, {})
            self._parts[group] = partial(self._group, facts, lists.get(group, {}))

    def read(self, value: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return what was said, with answers as they were read; None where something is wrong."""
        try:
            if not {"schema", "case", "assessed_on"} <= value.keys():
                return None
            return {key: self._parts.get(key, refuse)(raw) for key, raw in value.items()}
        except Refused:
            return None

    def _group(self, facts: Facts, lists: Mapping[str, Facts], raw: Any) -> dict[str, Any] | None:
        if raw is None:
            return None
        if type(raw) is not dict:
            refuse("no mapping")
        listed = {name: self._members(lists[name], raw[name]) for name in lists if name in raw}
        rest = {name: one for name, one in raw.items() if name not in listed} if listed else raw
        return {**self._answers(facts, rest), **listed}

    def _answers(self, facts: Facts, raw: dict[str, Any]) -> dict[str, Any]:
        """Return answers in the order of the vocabulary."""
        readers = self._readers
        said = {}
        for name, fact in facts.items():
            if name in raw and not fact.derived:
                reader = readers.get(id(fact))
                if reader is None:
                    reader = readers[id(fact)] = AnswerReader(fact)
                said[name] = reader(raw[name])
        if len(said) < len(raw):
            refuse("unknown")
        return said

    def _members(self, facts: Facts, raw: Any) -> dict[str, Any] | None:
        said = wrapped(raw)
        if said is None:
            return None
        if type(said) is not dict or not said.keys() <= {"complete", "items", *_NUMBERS}:
            refuse("unknown")
        numbers = [said[name] for name in _NUMBERS if name in said]
        if any(type(one) is not int or one < 0 for one in numbers):
            refuse("no number")
        if type(said.get("complete", True)) is not bool or type(said.get("items", [])) is not list:
            refuse("no list")
        if "items" in said:
            said = {**said, "items": [self._member(facts, one) for one in said["items"]]}
        return said

    def _member(self, facts: Facts, raw: Any) -> dict[str, Any]:
        if type(raw) is not dict or "id" not in raw:
            refuse("no member")
        rest = {name: one for name, one in raw.items() if name != "id"}
        return {"id": checked_id(raw["id"]), **self._answers(facts, rest)}


def wrapped(raw: Any) -> Any:
    """Read a plain list as a complete one, and see to its numbers; raises Refused."""
    if isinstance(raw, list):
        return {"items": raw}
    if not isinstance(raw, dict):
        return None if raw in (None, "not_asked") else raw
    said = raw.get("complete", True)
    if isinstance(said, (str, bool)) and said in _COMPLETE:
        raw = {**raw, "complete": _COMPLETE[said]}
    items, least, most = raw.get("items"), raw.get("at_least"), raw.get("at_most")
    least = least if isinstance(least, int) else 0
    listed = len(items) if isinstance(items, list) else 0
    if isinstance(most, int) and (most < least or most < listed):
        refuse(f"at_most {most} is less than what is listed or than at_least.")
    return raw


def read_schema(raw: Any) -> Any:
    """Return the name of the schema of cases; raises Refused for any other."""
    if raw != SCHEMA:
        near = nearest(str(raw), SCHEMAS.values()) if raw not in SCHEMAS.values() else ""
        refuse(f"Expected `schema: {SCHEMA}`.", near if near != SCHEMA else "")
    return raw


def checked_id(raw: Any) -> str:
    """Return an id as text; raises Refused."""
    if isinstance(raw, (bool, float)) or not _ID.fullmatch(str(raw)):
        text = "An id has letters, digits, dot, dash and underscore, at most 64, no spaces."
        refuse(text)
    return str(raw)


def read_day(raw: Any) -> datetime.date:
    """Return a single day; raises Refused."""
    date = parse_date(raw)
    if not isinstance(date, Days) or date.low != date.high:
        refuse(f'"{raw}" is not a day that exists; write it as 2026-06-30.')
    return date.low


def _text(raw: Any) -> str:
    if type(raw) is not str:
        refuse("no text")
    return raw


def _texts(raw: Any) -> list[str]:
    if type(raw) is not list:
        refuse("no list")
    return list(map(_text, raw))


def _by_text(raw: Any) -> dict[str, Any]:
    if type(raw) is not dict:
        refuse("no mapping")
    return {_text(key): one for key, one in raw.items()}
