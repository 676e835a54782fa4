"""What several commands share: by which packs, thresholds and questions a case is looked at."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

import click

from partnerrules.cli import completing
from partnerrules.cli.setting import AMOUNT, FILE, PACKS, PARAMS, Thresholds, setting

ADDRESS = re.compile(r"https?://[\w.~:/%@+,;=-]+", re.ASCII)
ENGINES = click.Choice(["auto", "durable", "python"])


def pack_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `-p/--pack`."""
    text = "A shipped pack or the folder of one; may be given several times."
    return setting(
        "-p",
        "--pack",
        "packs",
        key="packs",
        kind=PACKS,
        multiple=True,
        help=text,
        shell_complete=completing.packs,
    )(command)


def profile_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--profile`."""
    text = "Thresholds and levels for one kind of partnership, such as local."
    return setting(
        "--profile", default="", metavar="NAME", help=text, shell_complete=completing.profiles
    )(command)


def standards(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say by what a case is looked at."""
    questions = setting(
        "--questions",
        default="",
        metavar="SET",
        help="Look only at what a set asks.",
        shell_complete=completing.question_sets,
    )
    param = click.option(
        "--param",
        "params",
        cls=Thresholds,
        key="params",
        kind=PARAMS,
        multiple=True,
        help="PACK.NAME=VALUE: change a threshold.",
    )
    attestations = setting(
        "--attestations",
        kind=FILE,
        default="",
        metavar="FILE",
        help="Answers that somebody stands for, each until a day, beside those of cases.",
        shell_complete=completing.files,
    )
    return pack_option(profile_option(param(questions(attestations(command)))))


def views(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how formats tell what they tell."""
    everything = setting(
        "--sarif-all/--no-sarif-all",
        "everything",
        help="Put into SARIF also what is open, set aside, sound or does not apply.",
    )
    pages = setting(
        "--pages",
        default="",
        callback=_address,
        metavar="ADDRESS",
        help="Where docs/rules of the packs can be read, for links to pages about rules.",
    )
    return everything(pages(command))


def _address(context: click.Context, option: click.Parameter, value: str) -> str:
    if value and not ADDRESS.fullmatch(value):
        raise click.BadParameter("name an address, such as https://partners.example/docs/rules.")
    return value


def audience_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--audience`."""
    return setting(
        "--audience",
        type=click.Choice(["team", "partners", "public"]),
        default="partners",
        show_default=True,
        help="Who will read it: only the team sees sources and confidential answers.",
    )(command)


def _jobs(context: click.Context, option: click.Parameter, value: str) -> int:
    """Return the number of processes, 0 for as many as the cases and the machine make sense of."""
    if value == "auto":
        return 0
    if not value.isdigit() or not int(value):
        raise click.BadParameter("name a number of processes, such as 4, or auto.")
    return int(value)


def jobs_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `-j/--jobs`."""
    text = "How many processes evaluate side by side; auto looks at the cases and the machine."
    return setting(
        "-j",
        "--jobs",
        kind=AMOUNT,
        callback=_jobs,
        default="auto",
        metavar="N|auto",
        help=text,
    )(command)


def stdin_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--stdin-filename`."""
    return click.option(
        "--stdin-filename",
        default="",
        metavar="NAME",
        help="What to call the case that comes in as -; how the name ends tells the format.",
        shell_complete=completing.files,
    )(command)


def name_of_stdin(cases: Iterable[str], name: str) -> str:
    """Return what to call what comes in, empty for nothing else; raises UsageError."""
    from partnerrules.documents.texts import FORMATS, LINES, STDIN, suffix

    if name and STDIN not in cases:
        raise click.UsageError("--stdin-filename names what comes in: give - as a case too.")
    if name and suffix(name) not in {*FORMATS, LINES}:
        endings = ", ".join([*FORMATS, LINES])
        raise click.UsageError(
            f"--stdin-filename {name}: the name does not tell the format: let it end in one of "
            f"{endings}, packed also in .gz behind that."
        )
    return name


def load_packs(names: Iterable[str], profile: str = "") -> list[Any]:
    """Return the packs that are named, or all that come with the tool; raises PackError."""
    from partnerrules import packs
    from partnerrules.shipped import shipped_packs

    return packs.load_packs(names or shipped_packs(), keep=False, profile=profile)


def parameters_of(pairs: Iterable[str]) -> dict[str, Any]:
    """Read `PACK.NAME=VALUE`."""
    found: dict[str, Any] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign:
            raise click.UsageError(f"--param {pair}: expected PACK.NAME=VALUE.")
        if name in found:
            raise click.UsageError(f"--param {name}: it is set twice.")
        try:
            found[name] = json.loads(value)
        except json.JSONDecodeError:
            found[name] = value
    return found
