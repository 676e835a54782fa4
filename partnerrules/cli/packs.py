"""The command `packs`: for those who write rule packs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import click

from partnerrules.cli.common import load_packs
from partnerrules.cli.output import say
from partnerrules.errors import PackError


@click.group("packs")
def command() -> None:
    """List, lint and test rule packs."""


@command.command("list")
@click.argument("names", nargs=-1)
def list_packs(names: tuple[str, ...]) -> None:
    """List packs with version and number of rules."""
    for pack in load_packs(names):
        click.echo(f"{pack.id} {pack.file.version}: {pack.file.title} ({len(pack.rules)} rules)")


@command.command("lint")
@click.argument("names", nargs=-1)
def lint(names: tuple[str, ...]) -> None:
    """Say what is to be mended in packs."""
    from partnerrules.engine import compile_program
    from partnerrules.packs import Library

    try:
        library = Library(load_packs(names))
        compile_program(library)
    except PackError as error:
        for problem in error.problems:
            say(str(problem))
        sys.exit(1)
    found = [text for rule_id in sorted(library.rules) for text in _gaps(library, rule_id)]
    for text in found:
        say(text)
    if found:
        sys.exit(1)
    click.echo(f"{len(library.rules)} rules, nothing to mend.")


def _gaps(library: Any, rule_id: str) -> Iterator[str]:
    rule, place = library.rules[rule_id], library.rule_files[rule_id]
    if not rule.lessons and not rule.sources:
        yield f"{place}: {rule_id} names no lesson and no source."
    if not rule.examples and rule.kind != "derive":
        yield f"{place}: {rule_id} has no example."
    if rule.kind in ("check", "compound", "subsume"):
        if not rule.remediation.get("default"):
            yield f"{place}: {rule_id} says nothing of what could help."
        if not rule.concern:
            yield f"{place}: {rule_id} has no level."
        if not rule.why:
            yield f"{place}: {rule_id} gives no reason."


@command.command("test")
@click.argument("names", nargs=-1)
def test(names: tuple[str, ...]) -> None:
    """Run the examples that stand in the rules."""
    from partnerrules.authoring.examples import run_examples
    from partnerrules.packs import Library

    library = Library(load_packs(names))
    failures = run_examples(library)
    for text in failures:
        say(text)
    if failures:
        sys.exit(1)
    number = sum(len(rule.examples) for rule in library.rules.values())
    click.echo(f"{number} examples come out as they say.")
