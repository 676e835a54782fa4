"""The command `packs`: for those who write rule packs."""

from __future__ import annotations

import shutil
import sys
import textwrap

import click

from partnerrules.cli.output import say
from partnerrules.report.text import NARROWEST


@click.group("packs")
def command() -> None:
    """List, lint and test rule packs."""


@command.command("list")
@click.argument("names", metavar="[PACK]...", nargs=-1)
def list_packs(names: tuple[str, ...]) -> None:
    """List packs with what is in them."""
    from partnerrules.authoring.listing import listed
    from partnerrules.cli.common import load_packs

    for pack in load_packs(names):
        for line in listed(pack):
            click.echo(line)


@command.command("lint")
@click.argument("names", metavar="[PACK]...", nargs=-1)
def lint(names: tuple[str, ...]) -> None:
    """Say what is to be mended in packs, by default in those that come with the tool."""
    from partnerrules.authoring.lint import lint as look
    from partnerrules.authoring.listing import of

    found = look(names)
    for note in found.notes:
        width = max(shutil.get_terminal_size((80, 24)).columns, NARROWEST)
        say(textwrap.fill(f"Note: {note}", width, subsequent_indent="  ", break_on_hyphens=False))
    for problem in found.problems:
        say(str(problem))
    if found.problems:
        say(f"{len(found.problems)} to mend.")
        sys.exit(1)
    click.echo(f"{of(found.rules, 'rule')}, {of(found.examples, 'example')}, nothing to mend.")


@command.command("test")
@click.argument("names", metavar="[PACK]...", nargs=-1)
def test(names: tuple[str, ...]) -> None:
    """Run the examples that stand in the rules."""
    from partnerrules.authoring.examples import run_examples
    from partnerrules.authoring.lint import read_packs
    from partnerrules.packs import Library

    packs, named = read_packs(names)
    trials = run_examples(Library(packs), named)
    for problem in trials.problems:
        say(str(problem))
    if trials.problems:
        say(f"{len(trials.problems)} of {trials.number} examples come out otherwise.")
        sys.exit(1)
    click.echo(f"{trials.number} examples come out as they say.")
