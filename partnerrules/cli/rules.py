"""The command `rules`: what the packs look at."""

from __future__ import annotations

import shutil

import click

from partnerrules.cli import completing
from partnerrules.cli.common import load_packs, pack_option, profile_option
from partnerrules.cli.configured import Configured


@click.group("rules")
def command() -> None:
    """List rules, or show one."""


@command.command("list", cls=Configured)
@pack_option
def list_rules(packs: tuple[str, ...]) -> None:
    """List all rules by dimension, with their titles."""
    from partnerrules.authoring.page import rule_list
    from partnerrules.packs import Library

    for line in rule_list(Library(load_packs(packs))):
        click.echo(line)


@command.command("show", cls=Configured)
@click.argument("rule_id", metavar="RULE", shell_complete=completing.rules)
@pack_option
@profile_option
def show(rule_id: str, packs: tuple[str, ...], profile: str) -> None:
    """Show one rule: what it looks at, when, why, what could help, and on what it rests."""
    from partnerrules.authoring.page import rule_page
    from partnerrules.cli.selection import rule_named, unknown_rule
    from partnerrules.packs import Library
    from partnerrules.packs.checks import check_library

    library = Library(load_packs(packs, profile))
    check_library(library)
    name = rule_named(rule_id, library)
    if name is None:
        raise unknown_rule(rule_id, library)
    width = min(100, shutil.get_terminal_size((80, 24)).columns)
    for line in rule_page(library, library.rules[name], width):
        click.echo(line)
