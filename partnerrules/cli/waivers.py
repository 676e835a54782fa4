"""The command `waivers`: what somebody accepts, until when, and what is wrong with it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from partnerrules.cli import completing
from partnerrules.cli.common import load_packs, pack_option
from partnerrules.cli.configured import Configured
from partnerrules.cli.output import say
from partnerrules.cli.setting_aside import today_option

if TYPE_CHECKING:
    from partnerrules.gate.waivers import Waived
    from partnerrules.packs import Library

FILE = click.argument("file", metavar="FILE", shell_complete=completing.files)


@click.group("waivers")
def command() -> None:
    """List what somebody accepts until a day, and say what is to be mended."""


@command.command("list", cls=Configured)
@FILE
@pack_option
@today_option
def list_waivers(file: str, packs: tuple[str, ...], today: str) -> None:
    """List the waivers of FILE by the day on which they end."""
    from partnerrules.authoring.listing import of
    from partnerrules.gate.waiver_file import read_waivers
    from partnerrules.report.accepting import waiver_words
    from partnerrules.report.text import plain

    waivers = [*read_waivers(file, _library(packs)).every()]
    for one in sorted(waivers, key=lambda one: (one.waiver.expires, one.case, one.line)):
        words = waiver_words(one.waiver._replace(over=one.over(today)))
        click.echo(plain(f"{one.case}: {one.about}, {words}"))
    over = sum(one.over(today) for one in waivers)
    click.echo(f"{of(len(waivers), 'waiver')}, {over} of them over.")


@command.command("lint", cls=Configured)
@FILE
@pack_option
@today_option
def lint(file: str, packs: tuple[str, ...], today: str) -> None:
    """Say what is wrong in FILE, what is over, and what is said twice."""
    from partnerrules.authoring.listing import of
    from partnerrules.errors import DocumentError
    from partnerrules.gate.waiver_file import read_waivers

    library = _library(packs)
    try:
        waivers = read_waivers(file, library)
    except DocumentError as error:
        say(str(error))
        sys.exit(1)
    every = sorted(waivers.every(), key=lambda one: one.line)
    faults = [*_faults(every, library, today)]
    for one, text in faults:
        say(f"{waivers.path}:{one.line}: {one.case}, {one.about}: {text}")
    if faults:
        sys.exit(1)
    click.echo(f"{of(len(every), 'waiver')}, nothing to mend.")


def _faults(
    waivers: Sequence[Waived], library: Library, today: str
) -> Iterator[tuple[Waived, str]]:
    running: dict[tuple[str, str, tuple[str, ...] | None], Waived] = {}
    for one in waivers:
        if one.over(today):
            yield one, f"It ended on {one.waiver.expires}: look at it again, or remove it."
            continue
        if one.early(today):
            yield one, f"It was made on {one.waiver.created}, which is still to come."
        first = running.setdefault((one.case, one.rule, one.subject), one)
        if first is not one:
            yield one, f"Line {first.line} says this too: keep one of them."
        if one.subject is not None:
            wanted = len(library.rules[one.rule].for_each)
            if len(one.subject) != wanted:
                there = len(one.subject)
                yield one, f"The rule is about {wanted} at a time, and this names {there}."


def _library(packs: tuple[str, ...]) -> Library:
    from partnerrules.packs import Library
    from partnerrules.packs.checks import check_library

    library = Library(load_packs(packs))
    check_library(library)
    return library
