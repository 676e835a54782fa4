"""Models as plain data and back, without checking again what was checked before."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from partnerrules.findings import Change
from partnerrules.packs.library import Pack
from partnerrules.packs.material import Lesson, Profile, Question, QuestionSet, Source
from partnerrules.packs.models import Entity, Group, Measure, PackFile, Rule

_PARTS: dict[str, type[BaseModel]] = {
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
    """Return a pack as data that JSON holds: of each model what its file says."""
    data = {one.name: getattr(pack, one.name) for one in fields(pack)}
    for name in _PARTS:
        data[name] = {key: _plain(value) for key, value in data[name].items()}
    return {**data, "file": _plain(pack.file)}


def _plain(model: BaseModel) -> dict[str, Any]:
    return model.model_dump(exclude_unset=True)


def pack_of(data: dict[str, Any], **more: Any) -> Pack:
    """Return the pack of such data; it must come from `pack_data` of the same models."""
    parts = {
        name: {key: _model(kind, value) for key, value in data[name].items()}
        for name, kind in _PARTS.items()
    }
    changes = tuple(Change(*one) for one in data["changes"])
    file = _model(PackFile, data["file"])
    return Pack(**{**data, **parts, "file": file, "changes": changes, **more})


def _model(kind: type[BaseModel], data: dict[str, Any]) -> BaseModel:
    for name, inner in _inner(kind).items():
        value = data.get(name)
        if value is None:
            continue
        nested = get_origin(inner)
        model = get_args(inner)[-1] if nested else inner
        if nested is dict:
            data[name] = {key: _model(model, one) for key, one in value.items()}
        elif nested is list:
            data[name] = [_model(model, one) for one in value]
        else:
            data[name] = _model(model, value)
    return kind.model_construct(set(data), **data)


@cache
def _inner(kind: type[BaseModel]) -> dict[str, Any]:
    """Return the fields that hold models: a model, or a list or dict of them."""
    found = {}
    for name, info in kind.model_fields.items():
        said: Any = info.annotation
        if get_origin(said) in (Union, UnionType):
            said = next((one for one in get_args(said) if _is_model(one)), said)
        if get_origin(said) in (dict, list):
            inner = get_args(said)[-1]
            # What stands beside a type in an annotation does not say what is held.
            inner = get_args(inner)[0] if get_origin(inner) is Annotated else inner
            if _is_model(inner):
                found[name] = dict[str, inner] if get_origin(said) is dict else list[inner]  # type: ignore[valid-type]
        elif _is_model(said):
            found[name] = said
    return found


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
