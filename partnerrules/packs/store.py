"""Packs as plain data and back, without checking again what was checked before."""

from __future__ import annotations

from typing import Any

from partnerrules.findings import Change
from partnerrules.packs.library import Pack
from partnerrules.packs.making import Model, data_of, made
from partnerrules.packs.material import Lesson, Profile, Question, QuestionSet, Source
from partnerrules.packs.models import Entity, Group, Measure, PackFile, Rule

_PARTS: dict[str, type[Model]] = {
    "groups": Group,
    "entities": Entity,
    "measures": Measure,
    "rules": Rule,
    "lessons": Lesson,
    "sources": Source,
    "sets": QuestionSet,
    "questions": Question,
    "profiles": Profile,
}
"""The parts of a pack that are models by id."""


def pack_data(pack: Pack) -> dict[str, Any]:
    """Return a pack as data that JSON holds: of each model what its file says.

    But for the examples of rules: they are half of it, and only who works on a pack needs them.
    """
    data = {name: data_of(one) for name, one in pack._asdict().items()}
    for rule in data["rules"].values():
        rule.pop("examples", None)
    return data


def pack_of(data: dict[str, Any], **more: Any) -> Pack:
    """Return the pack of such data; it must come from `pack_data` of the same models."""
    parts = {
        name: {key: made(kind, value) for key, value in data[name].items()}
        for name, kind in _PARTS.items()
    }
    changes = tuple(Change(*one) for one in data["changes"])
    file = made(PackFile, data["file"])
    return Pack(**{**data, **parts, "file": file, "changes": changes, **more})
