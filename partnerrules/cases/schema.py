"""What a case file may say, as a schema of pydantic that is built from the vocabulary.

Built from pydantic's core directly: a class for each group and entity would take longer to make
than most cases take to be checked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic_core import SchemaValidator
from pydantic_core import core_schema as core

from partnerrules.cases.answers import AnswerReader
from partnerrules.cases.typed import refuse
from partnerrules.cases.values import Days, parse_date
from partnerrules.packs import Library
from partnerrules.packs.models import Fact

SCHEMA = "partnerrules.case/1"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_NAME = Fact(type="text")
_COMPLETE = {"yes": True, "no": False, True: True, False: False}

Fields = dict[str, core.TypedDictField]


def case_schema(library: Library) -> SchemaValidator:
    """Return the schema of a case file: dicts of what was said, with answers as they were read."""
    fields: Fields = {
        "schema": core.typed_dict_field(core.no_info_plain_validator_function(_schema)),
        "case": core.typed_dict_field(core.no_info_plain_validator_function(checked_id)),
        "assessed_on": core.typed_dict_field(core.no_info_plain_validator_function(_day)),
        "packs": _optional(core.list_schema(core.str_schema())),
        "assessment": _optional(core.dict_schema(core.str_schema(), core.any_schema())),
        "round": _optional(core.str_schema()),
    }
    nested: dict[str, Fields] = {}
    for path, entity in library.collections.items():
        group, _, name = path.partition(".")
        place = nested.setdefault(group, {}) if name else fields
        place[name or group] = _optional(_collection(library.entities[entity].facts))
    for group in {**library.group_facts, **nested}:
        inner = _answers(library.group_facts.get(group, {})) | nested.get(group, {})
        fields[group] = _optional(core.nullable_schema(_block(inner)))
    return SchemaValidator(_block(fields))


def _block(fields: Fields) -> core.CoreSchema:
    return core.typed_dict_schema(fields, extra_behavior="forbid")


def _optional(schema: core.CoreSchema) -> core.TypedDictField:
    return core.typed_dict_field(schema, required=False)


def _answers(facts: Mapping[str, Fact]) -> Fields:
    return {
        name: _optional(core.no_info_plain_validator_function(AnswerReader(fact)))
        for name, fact in facts.items()
        if not fact.derived
    }


def _collection(facts: Mapping[str, Fact]) -> core.CoreSchema:
    member = {
        "id": core.typed_dict_field(core.no_info_plain_validator_function(checked_id)),
        **_answers({"name": _NAME, **facts}),
    }
    whole = _block(
        {
            "complete": _optional(core.bool_schema(strict=True)),
            "at_least": _optional(core.int_schema(strict=True, ge=0)),
            "at_most": _optional(core.int_schema(strict=True, ge=0)),
            "items": _optional(core.list_schema(_block(member))),
        }
    )
    return core.no_info_before_validator_function(_wrapped, core.nullable_schema(whole))


def _wrapped(raw: Any) -> Any:
    """Read a plain list as a complete one, and see to its numbers."""
    if isinstance(raw, list):
        return {"items": raw}
    if not isinstance(raw, dict):
        return None if raw in (None, "not_asked") else raw
    said = raw.get("complete", True)
    if isinstance(said, (str, bool)) and said in _COMPLETE:
        raw = {**raw, "complete": _COMPLETE[said]}
    items, least, most = raw.get("items") or [], raw.get("at_least"), raw.get("at_most")
    least = least if isinstance(least, int) else 0
    if isinstance(most, int) and (most < least or most < len(items)):
        refuse(f"at_most {most} is less than what is listed or than at_least.")
    return raw


def _schema(raw: Any) -> Any:
    if raw != SCHEMA:
        refuse(f"Expected `schema: {SCHEMA}`.")
    return raw


def checked_id(raw: Any) -> str:
    """Return an id as text; raises PydanticCustomError."""
    if isinstance(raw, (bool, float)) or not _ID.fullmatch(str(raw)):
        text = "An id has letters, digits, dot, dash and underscore, at most 64, no spaces."
        refuse(text)
    return str(raw)


def _day(raw: Any) -> Any:
    date = parse_date(raw)
    if not isinstance(date, Days) or date.low != date.high:
        refuse(f'"{raw}" is not a day that exists; write it as 2026-06-30.')
    return date.low
