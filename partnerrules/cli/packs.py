"""The command `packs`: for those who write rule packs."""

from __future__ import annotations

import shutil
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from partnerrules.cli import completing
from partnerrules.cli.output import say, write
from partnerrules.report.text import NARROWEST

if TYPE_CHECKING:
    from partnerrules.packs import Library

packs_argument = click.argument(
    "names", metavar="[PACK]...", nargs=-1, shell_complete=completing.packs
)


@click.group("packs")
def command() -> None:
    """List, lint and test rule packs."""


@command.command("list")
@packs_argument
def list_packs(names: tuple[str, ...]) -> None:
    """List packs with what is in them."""
    from partnerrules.authoring.listing import listed
    from partnerrules.cli.common import load_packs

    for pack in load_packs(names):
        for line in listed(pack):
            click.echo(line)


@command.command("lint")
@packs_argument
@click.option(
    "--explain",
    metavar="CODE",
    help="Say what a code in brackets means.",
    shell_complete=completing.codes,
)
def lint(names: tuple[str, ...], explain: str | None) -> None:
    """Say what is to be mended in packs, by default in those that come with the tool."""
    from partnerrules.authoring.lint import lint as look
    from partnerrules.authoring.listing import of

    if explain is not None:
        _explain(explain)
        return
    found = look(names)
    for note in found.notes:
        width = max(shutil.get_terminal_size((80, 24)).columns, NARROWEST)
        text = f"Note: {note} [{note.code}]"
        say(textwrap.fill(text, width, subsequent_indent="  ", break_on_hyphens=False))
    for problem in found.problems:
        say(f"{problem} [{problem.code}]")
    if found.problems:
        say(f"{len(found.problems)} to mend.")
        sys.exit(1)
    click.echo(f"{of(found.rules, 'rule')}, {of(found.examples, 'example')}, nothing to mend.")


def _explain(code: str) -> None:
    from partnerrules.authoring.codes import code_pages
    from partnerrules.errors import nearest

    pages = code_pages()
    if code not in pages:
        near = nearest(code, pages)
        hint = f' Did you mean "{near}"?' if near else ""
        raise click.UsageError(f"--explain {code}: there is no such code.{hint}")
    for line in pages[code].lines(max(shutil.get_terminal_size((80, 24)).columns, NARROWEST)):
        click.echo(line)


@command.command("test")
@packs_argument
@click.option(
    "--only",
    multiple=True,
    metavar="ID|DIMENSION",
    help="Run only the examples of these.",
    shell_complete=completing.rules_and_dimensions,
)
@click.option("--mutate", is_flag=True, help="Try small changes to rules: do examples notice?")
@click.option(
    "--engine",
    type=click.Choice(["both", "durable", "python"]),
    default="both",
    help="By default both, where durable-rules is there.",
)
@click.option(
    "--junit",
    metavar="FILE",
    help="Also write what came out as JUnit XML.",
    shell_complete=completing.files,
)
def test(
    names: tuple[str, ...], only: tuple[str, ...], mutate: bool, engine: str, junit: str | None
) -> None:
    """Run the examples that stand in the rules."""
    from partnerrules.authoring.examples import run_examples
    from partnerrules.authoring.lint import read_packs
    from partnerrules.packs import Library

    packs, named = read_packs(names)
    library = Library(packs)
    wanted = _wanted(library, named, only)
    if mutate:
        _mutate(library, wanted)
        return
    trials = run_examples(library, engines=_engines(engine), only=lambda rule: rule.id in wanted)
    written = True
    if junit:
        from partnerrules.authoring.trials import junit_of

        written = write(junit_of(trials, library), junit)
    for problem in trials.problems:
        say(str(problem))
    if not written:
        sys.exit(5)
    if trials.problems:
        wrong = sum(bool(told) for _, _, told in trials.rows)
        say(f"{wrong} of {trials.number} examples come out otherwise.")
        sys.exit(1)
    by = " and ".join(trials.engines)
    click.echo(f"{trials.number} examples come out as they say (engines: {by}).")


def _engines(wanted: str) -> tuple[str, ...]:
    from partnerrules.engine.durable import durable_available

    if wanted != "both":
        return (wanted,)
    return ("python", "durable") if durable_available() else ("python",)


def _wanted(library: Library, packs: set[str], only: tuple[str, ...]) -> list[str]:
    """Return the ids of the rules of packs, or of those that are meant; raises PackError."""
    from partnerrules.errors import PackError, Problem, nearest

    rules = {k: r for k, r in library.rules.items() if library.owners["rule"][k] in packs}
    dimensions = {rule.dimension for rule in rules.values()}
    for name in only:
        if name not in rules and name not in dimensions:
            text = f"--only {name}: there is no such rule or dimension in these packs."
            raise PackError(
                [Problem("unknown-rule", text, nearest=nearest(name, {*rules, *dimensions}))]
            )
    return sorted(k for k, r in rules.items() if not only or k in only or r.dimension in only)


def _mutate(library: Library, wanted: list[str]) -> None:
    from partnerrules.authoring.mutation import ENOUGH, ENOUGH_OF_EACH, mutate
    from partnerrules.report.table import grid

    found = list(mutate(library, wanted))
    rows = [[t.rule, str(t.number), str(len(t.killed)), f"{t.share:.0%}"] for t in found]
    click.echo(grid(["rule", "mutants", "noticed", "share"], rows, 80))
    for told in found:
        for mutant in told.survived:
            click.echo(f"{told.rule}  not noticed: {mutant.name}")
        for name in told.stale:
            say(f"{told.rule}: mutants.yaml names {name}, which is noticed or is no mutant.")
    number, killed = sum(t.number for t in found), sum(len(t.killed) for t in found)
    equal = sum(len(told.equal) for told in found)
    share = killed / number if number else 1.0
    click.echo(
        f"{killed} of {number} mutants are noticed ({share:.1%}); "
        f"{equal} more say the same in every case."
    )
    low = [told.rule for told in found if told.share < ENOUGH_OF_EACH]
    if share < ENOUGH:
        say(f"At least {ENOUGH:.0%} of all should be noticed.")
    if low:
        say(f"At least {ENOUGH_OF_EACH:.0%} of the mutants of each rule: {', '.join(low)}.")
    if share < ENOUGH or low or any(told.stale for told in found):
        sys.exit(1)


@command.command("coverage")
@packs_argument
@click.option(
    "--cases",
    multiple=True,
    metavar="PATH",
    help="Case files or folders to look at beside the examples; may be given several times.",
    shell_complete=completing.files,
)
def coverage(names: tuple[str, ...], cases: tuple[str, ...]) -> None:
    """Say what lessons no rule rests on, and what examples and cases never show of the rules."""
    from partnerrules.authoring.coverage import covered, passages
    from partnerrules.authoring.listing import of
    from partnerrules.authoring.use import unread_facts
    from partnerrules.cases import CaseReader
    from partnerrules.errors import PartnerRulesError
    from partnerrules.jobs import find_cases

    library, named = _checked(names)
    reader, read = CaseReader(library), []
    pieces, problems = find_cases(cases) if cases else ([], [])
    for piece in pieces:
        try:
            read.append(reader.read(piece))
        except PartnerRulesError as error:
            problems.extend(error.problems)
    for problem in problems:
        say(str(problem))
    rules = [name for name in library.rules if library.owners["rule"][name] in named]
    found = covered(library, rules, read)
    told = list(passages(library, named))
    for passage in told:
        if not passage.rules:
            reason = passage.outside or "still to be written"
            click.echo(f"{passage.lesson}  no rule rests on it: {reason}")
    for leaf in found.leaves:
        if leaf.unseen:
            place = ".".join(map(str, leaf.keys))
            click.echo(f"{leaf.rule}  never {' or '.join(leaf.unseen)}: {leaf.words} ({place})")
    for rule in found.silent:
        click.echo(f"{rule}  of concern in none of {of(found.cases, 'case')}")
    for pack in library.packs:
        unread = unread_facts(library, pack) if pack.id in named else {}
        for fact, why in unread.items():
            click.echo(f"{fact}  read by no rule" + (f": {why}" if why else ""))
    resting = sum(bool(passage.rules) for passage in told)
    whole = sum(not leaf.unseen for leaf in found.leaves)
    click.echo(
        f"Rules rest on {resting} of {of(len(told), 'lesson')}; {whole} of "
        f"{of(len(found.leaves), 'condition')} were seen true, false and unknown."
    )
    if problems:
        sys.exit(3)


@command.command("docs")
@packs_argument
@click.option(
    "--into",
    default="docs/rules",
    metavar="FOLDER",
    help="Where the pages are.",
    shell_complete=completing.folders,
)
@click.option("--check", is_flag=True, help="Write nothing; name the pages that are out of date.")
def docs(names: tuple[str, ...], into: str, check: bool) -> None:
    """Write a page for each rule, dimension and lesson, and how the rules chain."""
    from partnerrules.authoring.docs import NOTE, pages
    from partnerrules.authoring.listing import of

    library, named = _checked(names)
    folder, wanted = Path(into), pages(library, named)
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.md")}
    stale = [p for p, text in wanted.items() if p not in there or _said(there[p]) != text]
    others = sorted(there.keys() - wanted.keys())
    gone = [name for name in others if NOTE in _said(there[name])]
    if check:
        for name in [*sorted(stale), *gone]:
            say(f"{folder / name}: not what the packs say; run `partnerrules packs docs`.")
        if stale or gone:
            sys.exit(1)
        click.echo(f"{of(len(wanted), 'page')} say what the packs say.")
        return
    for name in gone:
        there[name].unlink()
    for name in stale:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if not write(wanted[name], str(folder / name)):
            sys.exit(5)
    click.echo(f"{of(len(wanted), 'page')} under {folder}, {len(stale)} of them new or changed.")


def _said(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _checked(names: tuple[str, ...]) -> tuple[Library, set[str]]:
    """Return packs that are right, with what they require, and the ids of those that are named."""
    from partnerrules.authoring.lint import read_packs
    from partnerrules.packs import Library
    from partnerrules.packs.checks import check_library

    packs, named = read_packs(names)
    library = Library(packs)
    check_library(library)
    return library, named
