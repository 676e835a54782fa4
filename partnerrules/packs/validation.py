"""Checking what a file of a pack says, by models of pydantic that are made from ours."""

from __future__ import annotations

from functools import reduce
from operator import or_
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model

from partnerrules.packs.making import Before, Key, M, Model, Pattern, made


class _Checked(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)


def read_model(kind: type[M], value: Any) -> M:
    """Return a model of what a file says; raises ValidationError."""
    said = validator(kind).model_validate(value)
    return made(kind, said.model_dump(exclude_unset=True))


_MADE: dict[type[Model], type[BaseModel]] = {}


def validator(kind: type[Model]) -> type[BaseModel]:
    """Return the model of pydantic that checks data for one of ours, with the keys of files."""
    if kind not in _MADE:
        fields: dict[str, Any] = {
            name: (_type(said), getattr(kind, name, ...))
            for name, said in kind.__annotations__.items()
        }
        _MADE[kind] = create_model(kind.__name__, __base__=_Checked, __doc__=kind.__doc__, **fields)
    return _MADE[kind]


def keys_of(kind: type[Model]) -> dict[str, str]:
    """Return the names of the attributes of a model with their keys in a file."""
    fields = validator(kind).model_fields
    return {name: info.alias or name for name, info in fields.items()}


def file_of(value: Any) -> Any:
    """Return a model as what its file could say, with all that may be left out."""
    if isinstance(value, Model):
        keys = keys_of(type(value))
        return {key: file_of(getattr(value, name)) for name, key in keys.items()}
    if isinstance(value, dict):
        return {key: file_of(one) for key, one in value.items()}
    return [file_of(one) for one in value] if isinstance(value, list) else value


def _type(said: Any) -> Any:
    """Return the type of an attribute with pydantic's models in place of ours."""
    origin, inner = get_origin(said), get_args(said)
    if origin is Annotated:
        kind, *marks = inner
        return reduce(lambda found, mark: Annotated[found, _mark(mark)], marks, _type(kind))
    if origin in (Union, UnionType):
        return reduce(or_, map(_type, inner))
    if origin in (dict, list):
        return origin[tuple(map(_type, inner))]
    return validator(said) if isinstance(said, type) and issubclass(said, Model) else said


def _mark(mark: Key | Pattern | Before) -> Any:
    if isinstance(mark, Key):
        return Field(alias=mark.name)
    if isinstance(mark, Pattern):
        return Field(pattern=mark.text)
    if mark.also is None:
        return BeforeValidator(mark.read)
    return BeforeValidator(mark.read, json_schema_input_type=_type(mark.also))
