"""Settings from a file and the environment: found, checked as a whole, and given to click.

The file is looked for from the folder in which the work goes on, never from that of a case: who
hands in a case does not say how it is looked at.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from partnerrules.cli.setting import PASSED_OVER, PREFIX, Setting, Told, Wrong
from partnerrules.errors import Problem, nearest

if TYPE_CHECKING:
    from partnerrules.documents import Document

OWN = "partnerrules.toml"
PROJECT = "pyproject.toml"
TABLE = ("tool", "partnerrules")
HERE = "partnerrules.configuration"
"""The key of `Context.meta` under which the configuration is."""
OTHERS = frozenset({f"{PREFIX}CACHE", f"{PREFIX}CONFIG"})
"""Variables that are read and are no settings."""
WIDTH = {"public": 0, "partners": 1, "team": 2}
"""How much each audience reads."""
ONLY_A_FLAG = (
    "Who reads with the team is said on the command line alone, so that whoever runs it sees it: "
    "leave this out, and give --audience team where nobody else reads."
)


class Configuration(NamedTuple):
    """What a file and the environment say."""

    document: Document | None = None
    """The file, where there is one that can be read."""
    above: tuple[str, ...] = ()
    """The keys above the settings in it."""
    values: Mapping[str, Any] = {}
    """The right values of the file by the name of the option, as click takes them."""
    passed_over: frozenset[str] = frozenset()
    """Keys of which the environment says something that does not count."""
    problems: tuple[Problem, ...] = ()

    def problem(self, message: str, *keys: str, near: str = "") -> Problem:
        """Return a problem with a key of the file."""
        assert self.document is not None, "keys are those of a file"
        keys = (*self.above, *keys)
        return self.document.problem("setting", keys, message, nearest=near, of_key=True)

    def refused(self, option: Setting) -> bool:
        """Say whether the file has this setting, and it does not count."""
        table = _inside(self.document.value, self.above) if self.document else None
        return isinstance(table, dict) and option.key in table and option.name not in self.values

    def keys_of(self, threshold: str) -> tuple[str, ...]:
        """Return the keys of a threshold in the file: its pack may be a table or a part."""
        assert self.document is not None, "keys are those of a file"
        table = _inside(self.document.value, (*self.above, "params"))
        for key in table if isinstance(table, dict) and threshold not in table else ():
            if threshold.startswith(f"{key}.") and isinstance(table[key], dict):
                return "params", key, threshold.removeprefix(f"{key}.")
        return "params", threshold


def configure(context: click.Context, named: str | None, *, none: bool = False) -> Configuration:
    """Read the file that is named or found, and the environment, and leave them to click.

    What is wrong is in the problems of what comes back, and click is not given it.
    """
    settings = all_settings()
    problems: list[Problem] = []
    file = _found(problems) if not named else _read(named, problems, asked=True)
    found = Configuration() if none or file is None else Configuration(file, _above(file))
    if none:
        problems.clear()
    found = found._replace(values=_values(found, settings, problems))
    passed_over = _passed_over(context, found, settings, problems)
    found = found._replace(passed_over=passed_over, problems=tuple(problems))
    context.meta[HERE] = found
    context.meta[PASSED_OVER] = passed_over
    # An option of that name which is no setting, as the format of `merge`, is not asked.
    own = {p.name for p in context.command.get_params(context) if isinstance(p, Setting)}
    context.default_map = {name: value for name, value in found.values.items() if name in own}
    return found


def all_settings() -> dict[str, Setting]:
    """Return all settings by key: what `check` takes."""
    from partnerrules.cli.check import command

    return {one.key: one for one in command.params if isinstance(one, Setting)}


def _found(problems: list[Problem]) -> Document | None:
    """Return the next file upwards, or None; whoever comes to the top of a repository stops."""
    try:
        here = Path.cwd()
    except OSError:
        return None
    for folder in (here, *here.parents):
        paths = [path for path in (folder / OWN, folder / PROJECT) if os.path.lexists(path)]
        read = [_read(os.path.relpath(path), problems) for path in paths]
        files = [one for one in read if one is not None]
        if len(files) > 1:
            text = f"Settings stand in {PROJECT} beside it too: keep them in one of the two files."
            problems.append(Problem("two-files", text, files[0].path))
        if files or problems:
            return files[0] if files else None
        if os.path.lexists(folder / ".git"):
            return None
    return None


def _read(path: str, problems: list[Problem], *, asked: bool = False) -> Document | None:
    """Return a file, None where it has no settings or cannot be read; that is a problem.

    A file of a project that never names us is not taken apart: most have nothing to do with us.
    """
    from partnerrules.documents.files import read_bytes
    from partnerrules.documents.texts import shown
    from partnerrules.errors import DocumentError

    project, name = Path(path).name == PROJECT, shown(path)
    try:
        data = read_bytes(path, shown_as=name)
        if project and not asked and TABLE[1].encode() not in data:
            return None
        from partnerrules.documents import parse_document

        document = parse_document(data, path=name, format="toml")
    except DocumentError as error:
        problems.extend(error.problems)
        return None
    if not project or _inside(document.value, TABLE) is not None:
        return document
    if asked:
        text = "There is no table [tool.partnerrules] in this file: write one, or name another."
        problems.append(Problem("no-table", text, name))
    return None


def _above(document: Document) -> tuple[str, ...]:
    return TABLE if Path(document.path).name == PROJECT else ()


def _inside(value: Any, keys: tuple[str, ...]) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _values(
    found: Configuration, settings: Mapping[str, Setting], problems: list[Problem]
) -> dict[str, Any]:
    """Return what is right in a file, by the name of the option."""
    if found.document is None:
        return {}
    folder = Path(found.document.path).parent
    table = _inside(found.document.value, found.above)
    if not isinstance(table, dict):
        problems.append(found.problem("Expected a table of settings."))
        return {}
    values: dict[str, Any] = {}
    for key, value in table.items():
        option = settings.get(key)
        if option is None:
            wrong: Sequence[Told] = [_unknown(key, settings)]
        else:
            taken, wrong = _taken(option, value, folder)
            if not wrong:
                values[option.name or ""] = taken
        problems += [found.problem(text, key, near=near) for text, near in wrong]
    return values


def _taken(option: Setting, value: Any, folder: Path) -> tuple[Any, Sequence[Told]]:
    try:
        taken = option.taken(value, folder)
    except Wrong as error:
        return None, error.told
    return taken, _refused(option, taken) or option.wrong(taken)


def _unknown(key: str, settings: Mapping[str, Setting]) -> Told:
    """Say what a key is that is no setting, and which one is nearest."""
    from partnerrules.cli.check import command

    flag = f"--{key.replace('_', '-')}"
    if any(flag in one.opts for one in command.params if not isinstance(one, Setting)):
        return f"This can only be said on the command line, as {flag}: leave it out here.", ""
    near = nearest(key.replace("-", "_"), settings)
    more = "" if near else f" There are {', '.join(sorted(settings))}."
    return f"There is no setting of this name.{more}", near


def _refused(option: Setting, value: Any) -> list[Told]:
    """Say what may be given on the command line alone."""
    return [(ONLY_A_FLAG, "")] if (option.key, value) == ("audience", "team") else []


def _passed_over(
    context: click.Context,
    found: Configuration,
    settings: Mapping[str, Setting],
    problems: list[Problem],
) -> frozenset[str]:
    """Return the keys of variables that are wrong, or would let more be read than the file does."""
    passed_over = set()
    for key, option in settings.items():
        value = option.value_from_envvar(context)
        if value is None:
            continue
        variable = _refused(option, value) or option.wrong(value)
        for text, near in variable:
            problems.append(Problem("variable", text, str(option.envvar), nearest=near))
        if variable or (key == "audience" and WIDTH[value] > WIDTH[found.values.get(key, value)]):
            passed_over.add(key)
    return frozenset(passed_over)


def not_read(settings: Mapping[str, Setting]) -> Iterator[tuple[str, str]]:
    """Yield variables of our prefix that nobody reads, each with the one that is nearest or ""."""
    known = {str(one.envvar) for one in settings.values()} | OTHERS
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in known:
            ends = {one.removeprefix(PREFIX): one for one in known}
            yield name, ends.get(nearest(name.removeprefix(PREFIX), ends), "")
