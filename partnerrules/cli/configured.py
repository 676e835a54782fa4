"""A command that takes settings from a file and the environment, and says so where one is wrong."""

from __future__ import annotations

from typing import Any

import click
from click.core import ParameterSource

from partnerrules.cli import completing
from partnerrules.cli.configuration import HERE, Configuration, configure
from partnerrules.cli.setting import PARTS, PREFIX, Setting
from partnerrules.errors import ConfigurationError, PackError, Problem, SettingError

KEYS = {
    "unknown-profile": "profile",
    "unknown-set": "questions",
    "unknown-select": "select",
    "unknown-ignore": "ignore",
}
"""Settings by the code of the problem; all others are thresholds."""
FLAGS = {
    "unknown-profile": "--profile",
    "unknown-set": "--questions",
    "unknown-select": "--select",
    "unknown-ignore": "--ignore",
    "journal": "--resume",
}
"""And options; all others are of `--param`."""
_NONE = "partnerrules.no-configuration"
_NAMED = "partnerrules.named-configuration"
_BOTH = "--config names a file and --no-config wants none: leave one of them out."


class Configured(click.Command):
    """Reads the configuration before anything else of the line is looked at, but for help."""

    lenient = False
    """Whether it goes on where the configuration is wrong."""

    def __init__(self, *words: Any, **more: Any) -> None:
        super().__init__(*words, **more)
        self.params += [
            click.Option(
                ["--config"],
                metavar="FILE",
                envvar=f"{PREFIX}CONFIG",
                is_eager=True,
                expose_value=False,
                callback=self._read,
                shell_complete=completing.files,
                help="Settings from this file, in place of the one that is found.",
            ),
            click.Option(
                ["--no-config"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_without,
                help="Settings from no file.",
            ),
        ]

    def _read(self, context: click.Context, option: click.Parameter, value: str | None) -> None:
        """Run for every line: where no file is named, the next one upwards counts."""
        source = context.get_parameter_source("config")
        none = context.meta.get(_NONE, False)
        if source is ParameterSource.COMMANDLINE:
            if none:
                raise click.UsageError(_BOTH)
            context.meta[_NAMED] = True
        found = configure(context, value, none=none)
        if found.problems and not (self.lenient or context.resilient_parsing):
            raise ConfigurationError(found.problems)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a setting that does not go with its packs is told with its place."""
        try:
            return super().invoke(ctx)
        except SettingError as error:
            told = [_told(ctx, problem) for problem in error.problems]
            raise click.UsageError("\n".join(told)) from None
        except PackError as error:
            first = error.problems[0]
            if first.code != "no-pack" or not (place := _placed(ctx, first, "packs")):
                raise
            raise click.UsageError(str(place)) from None


def _without(context: click.Context, option: click.Parameter, value: bool) -> None:
    if value and context.meta.get(_NAMED):
        raise click.UsageError(_BOTH)
    context.meta[_NONE] = value


def source_of(context: click.Context, option: Setting, part: str = "") -> ParameterSource | None:
    """Return where the value of a setting is from, or that of one threshold."""
    parts = context.meta.get(PARTS, {})
    return parts.get(part) or context.get_parameter_source(option.name or "")


def _told(context: click.Context, problem: Problem) -> str:
    """Return what is wrong with a setting, with the option, the variable or the line of it."""
    key = KEYS.get(problem.code, "params")
    return str(_placed(context, problem, key) or f"{FLAGS.get(problem.code, '--param')} {problem}")


def _placed(context: click.Context, problem: Problem, key: str) -> Problem | None:
    """Return a problem with the line or the variable that set it; None where an option did."""
    option = next((o for o in settings_of(context) if o.key == key), None)
    if option is None:
        return None
    name = problem.key
    said = f"{name}: {problem.message}" if name and key != "params" else problem.message
    match source_of(context, option, name):
        case ParameterSource.ENVIRONMENT:
            said = f"{name}: {problem.message}" if name else problem.message
            return problem._replace(message=said, path=str(option.envvar), key="")
        case ParameterSource.DEFAULT_MAP:
            found: Configuration = context.meta[HERE]
            keys = found.keys_of(name) if key == "params" else (key,)
            return found.problem(said, *keys, near=problem.nearest)
    return None


def settings_of(context: click.Context) -> list[Setting]:
    """Return the options of a command that may be set elsewhere too."""
    return [one for one in context.command.get_params(context) if isinstance(one, Setting)]
