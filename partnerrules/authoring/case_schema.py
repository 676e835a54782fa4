"""The JSON Schema of case files, made from the vocabulary of the loaded packs, for editors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from partnerrules.packs import Library
from partnerrules.packs.models import Entity, Fact
from partnerrules.packs.operators import STATUSES

Schema = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_ID = {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"}
_DAY = {
    "anyOf": [
        {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
        {"type": "integer", "minimum": 1000, "maximum": 9999},
    ]
}
_FLAG = {"enum": ["yes", "no", True, False]}
_WORDS = {
    "not_asked": "Nobody was asked.",
    "dont_know": "Asked, and not known.",
    "declined": "Asked, and not answered.",
    "no_evidence_found": "Looked for in documents, and not found.",
    "not_applicable": "The question does not apply here.",
}
_ABOUT: Schema = {
    "source": {"type": "string", "description": "Document and page, or what kind of talk."},
    "respondent": {"type": "string", "description": "A code; who it is lies elsewhere."},
    "date": _DAY,
    "note": {"type": "string"},
    "basis": {"enum": ["stated", "derived", "claimed"]},
    "confidential": _FLAG,
}

_NAME = Fact(type="text", title="Name")


def case_schema(library: Library) -> Schema:
    """Return the JSON Schema (2020-12) of the case files that these packs understand."""
    groups: dict[str, Schema] = {}
    for name, facts in library.group_facts.items():
        title = next((p.groups[name].title for p in library.packs if name in p.groups), name)
        groups[name] = _block(title, _facts(name, facts))
    for path, entity in library.collections.items():
        group, _, name = path.partition(".")
        declared = _collection(entity, library.entities[entity])
        if name:
            block = groups.setdefault(group, _block(group, {}))
            block["properties"][name] = declared
        else:
            groups[group] = declared
    head: dict[str, Schema] = {
        "schema": {"const": "partnerrules.case/1"},
        "case": {**_ID, "description": "The id of the case, used once in a run."},
        "assessed_on": {
            "type": "string",
            "pattern": r"^\d{4}-\d{2}-\d{2}$",
            "description": "The day from which every duration is measured.",
        },
        "packs": {"type": "array", "items": {"type": "string"}},
        "assessment": {"type": "object"},
        "round": {"type": "string"},
    }
    return {
        "$schema": DRAFT,
        "$id": "urn:partnerrules:case:1",
        "title": "partnerrules case",
        "type": "object",
        "required": ["schema", "case", "assessed_on"],
        "additionalProperties": False,
        "properties": {**head, **groups},
        "$defs": {
            "bare": _bare(False),
            "bare_or_not_applicable": _bare(True),
            **_ABOUT,
            **_values(library),
        },
    }


def _block(title: str, properties: Mapping[str, Schema]) -> Schema:
    return {
        "title": title,
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": dict(properties),
    }


def _collection(name: str, entity: Entity) -> Schema:
    facts = _facts(name, {"name": _NAME, **entity.facts})
    member = {
        "type": "object",
        "required": ["id"],
        "additionalProperties": False,
        "properties": {"id": _ID, **facts},
    }
    items = {"type": "array", "items": member}
    count = {"type": "integer", "minimum": 0}
    whole = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"complete": _FLAG, "at_least": count, "at_most": count, "items": items},
        "description": "A list that may go on: complete: no, with how many there are.",
    }
    return {"title": entity.title, "anyOf": [items, whole, {"enum": ["not_asked", None]}]}


def _facts(owner: str, facts: Mapping[str, Fact]) -> dict[str, Schema]:
    return {
        name: _answer("name" if fact is _NAME else f"{owner}.{name}", fact)
        for name, fact in facts.items()
        if not fact.derived
    }


def _values(library: Library) -> dict[str, Schema]:
    """Return what each fact takes, and what an answer with its value and source looks like."""
    found: dict[str, Schema] = {}
    for key, fact in {"name": _NAME, **library.declared}.items():
        if not fact.derived:
            found[key] = _value(library, fact)
            found[f"{key}.told"] = _told(key, fact)
    return found


def _words_of(fact: Fact) -> list[Schema]:
    bare = "bare_or_not_applicable" if fact.may_be_na else "bare"
    return [] if fact.type == "text" else [{"$ref": f"#/$defs/{bare}"}]


def _about() -> dict[str, Schema]:
    return {key: {"$ref": f"#/$defs/{key}"} for key in _ABOUT}


def _told(key: str, fact: Fact) -> Schema:
    statuses = [one for one in STATUSES if fact.may_be_na or one != "not_applicable"]
    value = {"anyOf": [{"$ref": f"#/$defs/{key}"}, *_words_of(fact)]}
    own = {"value": value, "status": {"enum": statuses}, **_about()}
    if fact.type in ("choices", "references"):
        own["complete"] = _FLAG
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": own,
        "anyOf": [{"required": ["value"]}, {"required": ["status"]}],
    }


def _answer(key: str, fact: Fact) -> Schema:
    value, one = {"$ref": f"#/$defs/{key}"}, {"$ref": f"#/$defs/{key}.told"}
    words = _words_of(fact)
    settled = {
        "type": "object",
        "required": ["as"],
        "additionalProperties": False,
        "properties": {"as": value, "because": {"type": "string"}, "by": {"type": "string"}},
    }
    items = {"type": "array", "minItems": 1, "items": {"anyOf": [value, *words, one]}}
    several = {
        "type": "object",
        "required": ["answers"],
        "additionalProperties": False,
        "properties": {"answers": items, "settled": settled, **_about()},
    }
    told = {"title": fact.title or fact.question, "description": fact.help}
    return {
        **{key: text for key, text in told.items() if text},
        "anyOf": [value, *words, {"type": "null"}, one, several],
    }


def _bare(na: bool) -> Schema:
    return {
        "oneOf": [
            {"const": word, "description": text}
            for word, text in _WORDS.items()
            if na or word != "not_applicable"
        ]
    }


def _value(library: Library, fact: Fact) -> Schema:
    if fact.type == "yes_no":
        return {"anyOf": [{"type": "boolean"}, {"enum": ["yes", "no", "Yes", "No", "YES", "NO"]}]}
    if fact.type in ("number", "share", "count"):
        return _range(_number(fact))
    if fact.type == "date":
        never = [{"const": "never"}] if fact.may_be_never else []
        return {"anyOf": [*_range(_DAY)["anyOf"], *never]}
    if fact.type in ("choice", "choices"):
        one: Schema = {"oneOf": [_word(key, text) for key, text in fact.choices.items()]}
    elif fact.to and library.entities[fact.to].members:
        members = library.entities[fact.to].members
        one = {"oneOf": [_word(key, text) for key, text in members.items()]}
    elif fact.to:
        one = {"type": ["string", "integer"], "description": f"The id of a {fact.to}."}
    else:
        one = {"type": ["string", "number"]}
    if fact.type in ("choices", "references"):
        return {"anyOf": [{"type": "array", "items": one}, one]}
    return one


def _word(key: str, text: str) -> Schema:
    return {"const": key, "description": text}


def _number(fact: Fact) -> Schema:
    low = fact.min if fact.min is not None else 0 if fact.type in ("share", "count") else None
    high = fact.max if fact.max is not None else 1 if fact.type == "share" else None
    ends = {"minimum": low, "maximum": high, "description": fact.unit or None}
    kind = "integer" if fact.type == "count" else "number"
    return {"type": kind, **{key: end for key, end in ends.items() if end is not None}}


def _range(one: Schema) -> Schema:
    span = {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": {"at_least": one, "at_most": one},
    }
    return {"anyOf": [one, span]}
