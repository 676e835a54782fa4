"""What a case file may say, as a schema of pydantic that is built from the vocabulary.

Built from pydantic's core directly: a class for each group and entity would take longer to make
than most cases take to be checked.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic_core import SchemaValidator
from pydantic_core import core_schema as core

from partnerrules.cases.answers import AnswerReader
from partnerrules.cases.plain import NAME, checked_id, read_day, read_schema, wrapped
from partnerrules.packs import Library
from partnerrules.packs.models import Fact

Fields = dict[str, core.TypedDictField]


def case_schema(library: Library) -> SchemaValidator:
    """Return the schema of a case file: dicts of what was said, with answers as they were read."""
    fields: Fields = {
        "schema": core.typed_dict_field(core.no_info_plain_validator_function(read_schema)),
        "case": core.typed_dict_field(core.no_info_plain_validator_function(checked_id)),
        "assessed_on": core.typed_dict_field(core.no_info_plain_validator_function(read_day)),
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
        **_answers({"name": NAME, **facts}),
    }
    whole = _block(
        {
            "complete": _optional(core.bool_schema(strict=True)),
            "at_least": _optional(core.int_schema(strict=True, ge=0)),
            "at_most": _optional(core.int_schema(strict=True, ge=0)),
            "items": _optional(core.list_schema(_block(member))),
        }
    )
    return core.no_info_before_validator_function(wrapped, core.nullable_schema(whole))
