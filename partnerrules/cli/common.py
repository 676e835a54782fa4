"""What several commands share: by which packs, thresholds and questions a case is looked at."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

import click

from partnerrules.cli import completing
from partnerrules.errors import SettingError

OPTIONS = {"unknown-profile": "--profile", "unknown-set": "--questions", "journal": "--resume"}
"""Options by the code of the problem; all others are of `--param`."""
ADDRESS = re.compile(r"https?://[\w.~:/%@+,;=-]+", re.ASCII)
ENGINES = click.Choice(["auto", "durable", "python"])


def pack_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `-p/--pack`."""
    text = "A shipped pack or the folder of one; may be given several times."
    return click.option(
        "-p", "--pack", "packs", multiple=True, help=text, shell_complete=completing.packs
    )(command)


def profile_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--profile`."""
    text = "Thresholds and levels for one kind of partnership, such as local."
    return click.option(
        "--profile", default="", metavar="NAME", help=text, shell_complete=completing.profiles
    )(command)


def standards(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say by what a case is looked at."""
    questions = click.option(
        "--questions",
        default="",
        metavar="SET",
        help="Look only at what a set asks.",
        shell_complete=completing.question_sets,
    )
    param = click.option(
        "--param", "params", multiple=True, help="PACK.NAME=VALUE: change a threshold."
    )
    attestations = click.option(
        "--attestations",
        default="",
        metavar="FILE",
        help="Answers that somebody stands for, each until a day, beside those of cases.",
        shell_complete=completing.files,
    )
    return pack_option(profile_option(param(questions(attestations(command)))))


def views(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how formats tell what they tell."""
    everything = click.option(
        "--sarif-all",
        "everything",
        is_flag=True,
        help="Put into SARIF also what is open, set aside, sound or does not apply.",
    )
    pages = click.option(
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


def load_packs(names: Iterable[str], profile: str = "") -> list[Any]:
    """Return the packs that are named, or all that come with the tool; raises PackError."""
    from partnerrules import packs
    from partnerrules.shipped import shipped_packs

    return packs.load_packs(names or shipped_packs(), keep=False, profile=profile)


def named(error: SettingError) -> str:
    """Return what is wrong with settings, each with the option by which it was set."""
    return "\n".join(f"{OPTIONS.get(one.code, '--param')} {one}" for one in error.problems)


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
