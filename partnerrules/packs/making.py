"""What the models of the files of a pack have in common, and how they are made from data."""

from __future__ import annotations

from collections.abc import Callable, KeysView, Mapping
from types import UnionType
from typing import Annotated, Any, ClassVar, NamedTuple, TypeVar, Union, get_args, get_origin

NO_KEYS: Any = {}
NO_ITEMS: Any = []


M = TypeVar("M", bound="Model")


class Model:
    """What all models have in common: nothing unknown, nothing changed later.

    An attribute that is not said has the value that stands in the class; it is not to be changed
    either, since all share it.
    """

    held: ClassVar[dict[str, tuple[Any, type[Model]]]]
    """The attributes that hold models, each with what holds them: dict, list or nothing."""

    def __init_subclass__(cls) -> None:
        every = {name: _held(said) for name, said in cls.__annotations__.items()}
        cls.held = {name: one for name, one in every.items() if one is not None}

    def __init__(self, **said: Any) -> None:
        vars(self).update(said)

    @property
    def said(self) -> KeysView[str]:
        """The names of the attributes that are said."""
        return vars(self).keys()

    def but(self: M, **more: Any) -> M:
        """Return another one, of which something else is said."""
        return type(self)(**{**vars(self), **more})

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a {type(self).__name__} is not changed once it is made")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __repr__(self) -> str:
        said = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({said})"


class Key(NamedTuple):
    """Stands beside a type in an annotation: the key in a file, where it is no name in Python."""

    name: str


class Pattern(NamedTuple):
    """Stands beside a type in an annotation: what a text must match."""

    text: str


class Before(NamedTuple):
    """Stands beside a type in an annotation: what a file may say in its place."""

    read: Callable[[Any], Any]
    """Returns a value of the type, or what it was given."""
    also: Any = None
    """The type of all that may be said, where schemas are to tell it."""


def made(kind: type[M], said: Mapping[str, Any]) -> M:
    """Return a model of data that was checked before: names in Python to what is said."""
    inner = {
        name: _all_made(container, model, said[name])
        for name, (container, model) in kind.held.items()
        if said.get(name) is not None
    }
    return kind(**{**said, **inner} if inner else said)


def _all_made(container: Any, kind: type[Model], said: Any) -> Any:
    if container is dict:
        return {key: made(kind, one) for key, one in said.items()}
    return [made(kind, one) for one in said] if container is list else made(kind, said)


def data_of(value: Any) -> Any:
    """Return a model as data from which `made` makes it again, and all else as it is."""
    if isinstance(value, Model):
        return {name: data_of(one) for name, one in vars(value).items()}
    if isinstance(value, dict):
        return {key: data_of(one) for key, one in value.items()}
    return [data_of(one) for one in value] if isinstance(value, list) else value


def _held(said: Any) -> tuple[Any, type[Model]] | None:
    container, inner = get_origin(said), get_args(said)
    if container is None:
        return (None, said) if isinstance(said, type) and issubclass(said, Model) else None
    if container in (Union, UnionType):
        return next(filter(None, map(_held, inner)), None)
    if container is Annotated:
        return _held(inner[0])
    held = _held(inner[-1]) if container in (dict, list) else None
    return held and (container, held[1])
