"""The command `baseline`: what is found today is written down; only what is worse counts."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from partnerrules.cli import completing
from partnerrules.cli.common import ENGINES, jobs_option, parameters_of, standards
from partnerrules.cli.configured import Configured
from partnerrules.cli.output import say, write
from partnerrules.cli.setting import setting

if TYPE_CHECKING:
    from partnerrules.gate.baseline import Entry
    from partnerrules.gate.updating import Seen

CASES = click.argument("cases", nargs=-1, required=True, shell_complete=completing.files)
FILE = click.argument("file", metavar="FILE", shell_complete=completing.files)
ENGINE = setting(
    "--engine",
    type=ENGINES,
    default="auto",
    show_default=True,
    help="What draws the conclusions; all give the same.",
)


@click.group("baseline")
def command() -> None:
    """Write down what is found today, so that only what is new or worse counts."""


@command.command("create", cls=Configured)
@CASES
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    help="The file to write, such as baseline.json; one that is there stays.",
    shell_complete=completing.files,
)
@standards
@ENGINE
@jobs_option
def create(cases: tuple[str, ...], output: str, **options: Any) -> None:
    """Evaluate CASES and write all that is of concern or open there into a baseline."""
    from partnerrules.authoring.listing import of
    from partnerrules.gate.baseline_file import baseline_text
    from partnerrules.gate.updating import updated

    if os.path.lexists(output):
        text = f"{output} is there already: use `partnerrules baseline update`, or remove it."
        raise click.UsageError(text)
    seen, code = _seen(cases, options)
    if not seen:
        sys.exit(code)
    found = updated((), seen, add=True).entries
    if not write(baseline_text(found), output):
        sys.exit(5)
    click.echo(f"{of(len(found), 'finding')} of {of(len(seen), 'case')} in {output}.")
    sys.exit(code)


@command.command("update", cls=Configured)
@FILE
@CASES
@click.option("--add", is_flag=True, help="Also accept what is new or worse.")
@standards
@ENGINE
@jobs_option
def update(file: str, cases: tuple[str, ...], add: bool, **options: Any) -> None:
    """Take out of the baseline FILE what no longer occurs in CASES, and note what got better.

    Cases and rules that are not evaluated here keep their entries. Nothing is added without --add.
    """
    from partnerrules.authoring.listing import of
    from partnerrules.gate.baseline_file import baseline_text, read_baseline
    from partnerrules.gate.updating import updated

    # Before the cases: what is wrong in it should not be told after a long run.
    read_baseline(file)
    renamed: dict[str, str] = {}
    seen, code = _seen(cases, options, renamed)
    changes = updated(read_baseline(file, renamed).every(), seen, add=add)
    if seen and not write(baseline_text(changes.entries), file):
        sys.exit(5)
    for words, entries in (
        ("removed", changes.removed),
        ("better", changes.eased),
        ("added", changes.added),
    ):
        _list(entries, f"{words}: ")
    click.echo(
        f"{of(len(changes.entries), 'finding')} in {file}: {len(changes.removed)} removed, "
        f"{len(changes.eased)} better, {len(changes.added)} added."
    )
    if changes.left:
        say(f"{of(changes.left, 'finding')} new or worse, and not added: --add accepts them.")
    sys.exit(code)


@command.command("show")
@FILE
def show(file: str) -> None:
    """List what a baseline holds, case by case."""
    from partnerrules.authoring.listing import of
    from partnerrules.gate.baseline_file import read_baseline

    baseline = read_baseline(file)
    entries = sorted(baseline.every())
    _list(entries)
    cases = of(len(baseline.cases), "case")
    click.echo(f"{of(len(entries), 'finding')} of {cases}.")


def _list(entries: Iterable[Entry], lead: str = "") -> None:
    from partnerrules.gate.naming import named
    from partnerrules.report.text import plain
    from partnerrules.report.words import level_words

    for one in entries:
        level = level_words(one.severity) if one.severity else ""
        could = f"could be {level_words(one.could_be)}" if one.could_be else ""
        told = ", ".join(filter(None, (level, could)))
        click.echo(plain(f"{lead}{one.case}: {named(one.rule, one.subject)}, {told}"))


def _seen(
    names: Sequence[str], options: dict[str, Any], renamed: dict[str, str] | None = None
) -> tuple[dict[str, Seen], int]:
    """Evaluate cases; return what was seen in each, and the exit code that follows.

    Ids that rules had before are put into `renamed`, with those that they have now.
    """
    from partnerrules.cli.evaluating import worth
    from partnerrules.gate.judging import evaluated
    from partnerrules.gate.updating import Seen
    from partnerrules.jobs import Order, Settings, apart, look_for, run_cases

    settings = Settings(
        options["packs"],
        options["engine"],
        parameters_of(options["params"]),
        options["questions"],
        options["profile"],
        attestations=options["attestations"],
    )
    order = Order(settings)
    found = look_for(names)
    jobs = options["jobs"] or worth(found)
    seen: dict[str, Seen] = {}
    code = 0
    with settings.checker(here=not apart(order, found, jobs)) as checker:
        if renamed is not None:
            renamed |= checker.library.renamed
        for done in run_cases(order, checker, found, jobs=jobs):
            for problem in done.problems:
                say(str(problem))
                code = 3
            if done.report is not None:
                rules = evaluated(done.report, checker.library.rules)
                seen[done.case] = Seen(done.report.findings, rules)
    none = not found.paths and all(one.code == "no-case" for one in found.problems)
    return seen, 4 if none else code
