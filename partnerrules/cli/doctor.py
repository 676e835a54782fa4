"""The command `doctor`: what is installed, and from where."""

from __future__ import annotations

import copy
import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import click
from click.core import ParameterSource

from partnerrules.cli.common import load_packs, pack_option
from partnerrules.cli.configuration import HERE, Configuration, all_settings, not_read
from partnerrules.cli.configured import Configured, settings_of, source_of
from partnerrules.cli.output import say
from partnerrules.cli.setting import PARTS, SAID, Setting, Thresholds, parted
from partnerrules.shipped import VERSION

LIBRARIES = ("pydantic", "click", "tabulate", "PyYAML", "durable-rules")


class Doctor(Configured):
    """Takes all settings of `check`, right or wrong, to say where each is from."""

    lenient = True

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the options; those that it shares with `check` stand in the help of that."""
        shared = [copy.copy(one) for one in all_settings().values() if one.key != "packs"]
        for one in shared:
            one.hidden = True
        return [*shared, *super().get_params(ctx)]


@click.command("doctor", cls=Doctor)
@pack_option
@click.pass_context
def command(context: click.Context, /, packs: tuple[str, ...], **_options: Any) -> None:
    """Say what is installed and where it comes from: for reports of mistakes in the tool.

    Also what each setting of `check` is and where that is said; with options of `check`, what it
    would be with these.
    """
    click.echo(f"partnerrules {VERSION}, Python {platform.python_version()}")
    click.echo(f"system: {platform.system()} {platform.machine()}")
    for name in LIBRARIES:
        click.echo(f"{name}: {_version(name)}")
    click.echo(f"engine: {_engine()}")
    found: Configuration = context.meta[HERE]
    click.echo(f"settings: {found.document.path if found.document else 'from no file'}")
    for line in _settings(context, found):
        click.echo(f"setting {line}")
    for name, near in not_read(all_settings()):
        hint = f" Did you mean {near}?" if near else ""
        say(f"Note: {name} is no setting and is not read.{hint}")
    for problem in found.problems:
        say(str(problem))
    for pack in load_packs(packs):
        rules = f"{len(pack.rules)} rules"
        click.echo(f"pack {pack.id} {pack.file.version}: {rules}, from {pack.root}")
    if found.problems:
        sys.exit(2)


def _settings(context: click.Context, found: Configuration) -> Iterator[str]:
    """Yield each setting with its value and where that is from; of thresholds each by itself."""
    for option in sorted(settings_of(context), key=lambda one: one.key):
        value = context.meta[SAID].get(option.key)
        if option.is_flag and isinstance(value, str):
            value = context.params.get(option.name or "")
        if isinstance(option, Thresholds) and context.meta[PARTS]:
            for name, one in map(parted, value):
                yield f"{option.key} {name}: {one}{_origin(context, found, option, name)}"
        else:
            yield f"{option.key}: {_words(value)}{_origin(context, found, option)}"
        if found.refused(option):
            yield f"{option.key}: {_place(found, option.key)} is refused"
        if option.key in found.passed_over:
            yield f"{option.key}: {option.envvar} does not count"


def _words(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        value = " ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, (str, int, float)) and value != "" else "not set"


def _origin(context: click.Context, found: Configuration, option: Setting, part: str = "") -> str:
    match source_of(context, option, part):
        case ParameterSource.COMMANDLINE:
            return f", by {option.flag}"
        case ParameterSource.ENVIRONMENT:
            return f", by {option.envvar}"
        case ParameterSource.DEFAULT_MAP:
            return f", by {_place(found, *(found.keys_of(part) if part else (option.key,)))}"
    return ", by default"


def _place(found: Configuration, *keys: str) -> str:
    place = found.problem("", *keys)
    return f"{place.path}:{place.line}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _engine() -> str:
    from partnerrules.engine.durable import durable_available

    if durable_available():
        return "durable, since durable-rules can be imported"
    return "python, since durable-rules cannot be imported; the conclusions are the same"
