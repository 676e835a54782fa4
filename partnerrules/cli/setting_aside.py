"""The options of a baseline and of waivers, and the files behind them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

from partnerrules.cli import completing
from partnerrules.cli.setting import FILE, setting

if TYPE_CHECKING:
    from partnerrules.gate import Judging
    from partnerrules.packs import Library


def _day(context: click.Context, option: click.Parameter, value: str | None) -> str:
    """Return a day as in ISO 8601; where none is named that of the clock, in UTC."""
    if value is None:
        return datetime.datetime.now(datetime.timezone.utc).date().isoformat()
    try:
        # Before Python 3.11 no other way to write it is read, and later there are several.
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
            raise ValueError
        return datetime.date.fromisoformat(value).isoformat()
    except ValueError:
        raise click.BadParameter("name a day that exists, such as 2026-06-30.") from None


def today_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--today`."""
    text = "The day by which waivers end; by default today in UTC. Nothing else looks at it."
    return click.option("--today", callback=_day, metavar="DAY", help=text)(command)


def gate_files(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that name what is accepted already."""
    baseline = setting(
        "--baseline",
        kind=FILE,
        default="",
        metavar="FILE",
        help="What was found before, and counts only where it gets worse.",
        shell_complete=completing.files,
    )
    waivers = setting(
        "--waivers",
        kind=FILE,
        default="",
        metavar="FILE",
        help="What somebody accepts with a reason, each until a day.",
        shell_complete=completing.files,
    )
    return baseline(waivers(today_option(command)))


def judging_of(options: Mapping[str, Any], library: Library) -> Judging:
    """Return by what the gate judges; raises DocumentError with all that is wrong in both files."""
    from partnerrules.errors import DocumentError, Problem
    from partnerrules.gate import Judging

    problems: list[Problem] = []
    baseline = waivers = None
    if options["baseline"]:
        from partnerrules.gate.baseline_file import read_baseline

        try:
            baseline = read_baseline(options["baseline"], library.renamed)
        except DocumentError as error:
            problems += error.problems
    if options["waivers"]:
        from partnerrules.gate.waiver_file import read_waivers

        try:
            waivers = read_waivers(options["waivers"], library)
        except DocumentError as error:
            problems += error.problems
    if problems:
        raise DocumentError(problems)
    names = ("fail_on", "unknown", "min_coverage")
    given = {name: options[name] for name in names}
    return Judging(**given, baseline=baseline, waivers=waivers, today=options["today"])
