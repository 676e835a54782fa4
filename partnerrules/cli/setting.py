"""Options that may also be set in the environment or in a file; one is declared as any other."""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import click
from click.core import ParameterSource

from partnerrules.errors import nearest

PREFIX = "PARTNERRULES_"
Told = tuple[str, str]
"""What is wrong with a value, and the nearest right one."""


class Wrong(Exception):
    """A value of a file that its option cannot take; holds all that is told of it."""

    def __init__(self, *told: Told) -> None:
        super().__init__(*(message for message, _ in told))
        self.told = told


class Kind(NamedTuple):
    """What the values of a setting are in a file, and how they come from there."""

    takes: tuple[type[Any], ...]
    words: str
    """What is expected, for those who wrote something else."""
    near: Callable[[str, Path], str] | None = None
    """Takes a text as it stands in a file of that folder; raises Wrong."""
    check: Callable[[str], Told | None] | None = None
    """Says what is wrong with a text, where its option does not."""


def _beside(name: str, folder: Path) -> str:
    """Return the path of a file as the folder of the settings has it, from where the work goes."""
    path = folder / name
    try:
        return os.path.relpath(path) if name and not Path(name).is_absolute() else name
    except (OSError, ValueError):
        return str(path)


def _pack(name: str, folder: Path) -> str:
    from partnerrules.shipped import shipped_packs

    if name in shipped_packs():
        return name
    path = _beside(name, folder)
    # A folder that is called like a shipped pack never stands in for it, nor the other way round.
    return os.path.join(os.curdir, path) if path in shipped_packs() else path  # noqa: PTH118


def _target(text: str, folder: Path) -> str:
    """Take a format with its file, which a file of settings may only have beside or below it."""
    name, sign, target = text.partition(":")
    if not target:
        return text
    if not Path(os.path.realpath(folder / target)).is_relative_to(os.path.realpath(folder)):
        text = (
            f'"{target}" lies outside the folder of this file: name a file beside or below it '
            "here, or give this one on the command line."
        )
        raise Wrong((text, ""))
    return name + sign + _beside(target, folder)


def _format(text: str) -> Told | None:
    from partnerrules.report import FORMATS

    name = text.partition(":")[0]
    if name in FORMATS:
        return None
    return f"There is no format {name}; there are {', '.join(FORMATS)}.", nearest(name, FORMATS)


WORD = Kind((str,), "a text in quotes")
WORDS = Kind((str, list), "a list of texts")
NUMBER = Kind((int, float), "a number")
YES_NO = Kind((bool,), "true or false")
AMOUNT = Kind((int, float, str), "a number, or a text in quotes")
FILE = Kind((str,), "the name of a file in quotes", _beside)
PACKS = Kind((str, list), "a list of packs or of folders of packs", _pack)
FORMATS = Kind((str, list), "a list of formats, each with its file behind a colon or without",
               _target, _format)  # fmt: skip
PARAMS = Kind((dict,), "a table of thresholds, each as PACK.NAME = VALUE")


class Setting(click.Option):
    """An option with a key for files and a variable of the environment."""

    def __init__(self, *words: Any, key: str = "", kind: Kind | None = None, **more: Any) -> None:
        super().__init__(*words, **more)
        self.key = key or self.flag.removeprefix("--").replace("-", "_")
        self.envvar = PREFIX + self.key.upper()
        self.kind = kind or self._kind()

    def _kind(self) -> Kind:
        if self.is_flag:
            return YES_NO
        if isinstance(self.type, (click.types.FloatParamType, click.types.IntParamType)):
            return NUMBER
        return WORDS if self.multiple else WORD

    @property
    def flag(self) -> str:
        """The option as it is written out."""
        return max(self.opts, key=len)

    def taken(self, value: Any, folder: Path) -> Any:
        """Return a value of a file as click takes one; raises Wrong."""
        takes = self.kind.takes
        if not isinstance(value, takes) or (isinstance(value, bool) and bool not in takes):
            raise Wrong((f"Expected {self.kind.words}, found {shown(value)}.", ""))
        if isinstance(value, dict):
            return [f"{name}={json.dumps(one)}" for name, one in _thresholds(value)]
        if not self.multiple:
            return self._taken(value, folder)
        items: list[Any] = []
        told: list[Told] = []
        for one in [value] if isinstance(value, str) else value:
            try:
                items.append(self._taken(one, folder))
            except Wrong as error:
                told += error.told
        if told:
            raise Wrong(*told, *self.wrong(items))
        return items

    def _taken(self, value: Any, folder: Path) -> Any:
        if self.multiple and not isinstance(value, str):
            raise Wrong((f"Expected {self.kind.words}, found {shown(value)} in it.", ""))
        return self.kind.near(value, folder) if self.kind.near else value

    def wrong(self, value: Any) -> list[Told]:
        """Return what is wrong with a value from a file or the environment."""
        if self.multiple:
            return [told for one in value if (told := self._wrong(one))]
        if told := self._wrong(value):
            return [told]
        try:
            self.process_value(click.Context(click.Command(None)), value)
        except click.BadParameter as error:
            return [(error.message[:1].upper() + error.message[1:], "")]
        return []

    def _wrong(self, value: Any) -> Told | None:
        if isinstance(self.type, click.Choice):
            valid = [str(word) for word in self.type.choices]
            if value not in valid:
                return f'"{value}" is none of {", ".join(valid)}.', nearest(str(value), valid)
        return self.kind.check(value) if self.kind.check else None

    def value_from_envvar(self, ctx: click.Context) -> Any:
        """Return what the environment says, unless that was refused or passed over."""
        if self.key in ctx.meta.get(PASSED_OVER, ()):
            return None
        return super().value_from_envvar(ctx)

    def consume_value(self, ctx: click.Context, opts: Mapping[str, Any]) -> Any:
        """Return the value and its source, and keep it as it was said, for `doctor`."""
        value, source = super().consume_value(ctx, opts)
        ctx.meta.setdefault(SAID, {})[self.key] = value
        return value, source


class Thresholds(Setting):
    """An option of which each part goes by itself: a flag takes the place of one name only."""

    def consume_value(self, ctx: click.Context, opts: Mapping[str, Any]) -> Any:
        """Return what is said of each name, by who goes before all others."""
        value, source = super().consume_value(ctx, opts)
        name = self.name or ""
        layers = {
            ParameterSource.COMMANDLINE: opts.get(name),
            ParameterSource.ENVIRONMENT: self.value_from_envvar(ctx),
            ParameterSource.DEFAULT_MAP: ctx.lookup_default(name),
        }
        merged: list[str] = []
        parts: dict[str, ParameterSource] = {}
        for where, layer in layers.items():
            # Two of one layer both stay, and are refused with all that is set twice.
            new = [one for one in layer or () if _name(one) not in parts]
            parts.update(dict.fromkeys(map(_name, new), where))
            merged += new
        ctx.meta[PARTS] = parts
        ctx.meta[SAID][self.key] = merged
        return merged or value, source


PASSED_OVER = "partnerrules.passed-over"
"""Keys of `Context.meta`: settings of which the environment is not asked."""
SAID = "partnerrules.said"
"""The values of all settings as they were said, by their keys."""
PARTS = "partnerrules.parts"
"""Where each threshold is from."""

setting: Callable[..., Callable[[Callable[..., Any]], Callable[..., Any]]] = functools.partial(
    click.option, cls=Setting
)
"""As `click.option`, of an option that may be set in the environment and in a file too."""


def parted(pair: str) -> tuple[str, str]:
    """Return name and value of a threshold."""
    name, _, value = pair.partition("=")
    return name, value


def _name(pair: str) -> str:
    return parted(pair)[0]


def _thresholds(table: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return names and values: a pack may be a table, as a dotted key makes it, or a part."""
    found: list[tuple[str, Any]] = []
    for name, value in table.items():
        inside = value.items() if isinstance(value, dict) else [("", value)]
        found += [(f"{name}.{key}" if key else name, one) for key, one in inside]
    told = [
        (f"Expected a number or a text for {name}, found {shown(value)}.", "")
        for name, value in found
        if not isinstance(value, (str, int, float))
    ]
    if told:
        raise Wrong(*told)
    return found


def shown(value: Any) -> str:
    """Return a value of a file as it is told to people."""
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= 40 else "a long text"
    return str(value).lower() if isinstance(value, bool) else str(value)
