"""The command `check`: case files in, findings out."""

from __future__ import annotations

import math
import os
import sys
from typing import Any

import click

from partnerrules.cli import completing
from partnerrules.cli.common import (
    ENGINES,
    audience_option,
    jobs_option,
    standards,
    stdin_option,
    views,
)
from partnerrules.cli.configured import Configured
from partnerrules.cli.setting import AMOUNT, FORMATS, setting
from partnerrules.cli.setting_aside import gate_files

LIMIT = 60.0
"""Seconds that one case may take, as `jobs.LIMIT`, which waits to be imported."""
LEVELS = click.Choice(["high", "medium", "low", "none"])


def _share(context: click.Context, option: click.Parameter, value: str | None) -> float | None:
    if value is None:
        return None
    try:
        number = float(value.removesuffix("%")) / (100 if value.endswith("%") else 1)
    except ValueError:
        number = -1
    if not 0 <= number <= 1:
        raise click.BadParameter("name a share of the questions, such as 60% or 0.6.")
    return number


def _seconds(context: click.Context, option: click.Parameter, value: float) -> float:
    if math.isnan(value):
        raise click.BadParameter("name a number of seconds, such as 90.")
    return value


def _shard(context: click.Context, option: click.Parameter, value: str | None) -> tuple[int, int]:
    if value is None:
        return 1, 1
    part, _, parts = value.partition("/")
    if not (part.isdigit() and parts.isdigit() and 1 <= int(part) <= int(parts)):
        raise click.BadParameter("name a part and the number of parts, such as 1/4.")
    return int(part), int(parts)


@click.command("check", cls=Configured)
@click.argument("cases", nargs=-1, required=True, shell_complete=completing.files)
@stdin_option
@standards
@setting(
    "--select",
    multiple=True,
    metavar="NAME",
    help="Show and gate only a rule or a dimension.",
    shell_complete=completing.rules_and_dimensions,
)
@setting(
    "--ignore",
    multiple=True,
    metavar="NAME",
    help="Neither show nor gate a rule or a dimension.",
    shell_complete=completing.rules_and_dimensions,
)
@setting(
    "-f",
    "--format",
    "formats",
    kind=FORMATS,
    multiple=True,
    metavar="FMT[:FILE]",
    help="table, csv, github, gitlab, json, jsonl, junit, md or sarif, to the screen or to a "
    "file; may be given several times.",
    shell_complete=completing.formats,
)
@views
@audience_option
@setting(
    "--fail-on",
    type=LEVELS,
    default="high",
    show_default=True,
    help="The level from which on a concern ends in 1.",
)
@setting(
    "--unknown",
    type=click.Choice(["ignore", "warn", "fail"]),
    default="warn",
    show_default=True,
    help="What to do about points that could have that level.",
)
@setting(
    "--min-coverage",
    kind=AMOUNT,
    callback=_share,
    metavar="SHARE",
    help="End in 1 where a case answers fewer of its questions, such as 60%.",
)
@gate_files
@setting(
    "--min-severity",
    type=click.Choice(["high", "medium", "low"]),
    default="low",
    help="Show only what has or could have this level; the gate looks at all.",
)
@setting(
    "--engine",
    type=ENGINES,
    default="auto",
    show_default=True,
    help="What draws the conclusions; all give the same.",
)
@jobs_option
@setting(
    "--timeout",
    type=click.FloatRange(min=0),
    callback=_seconds,
    default=LIMIT,
    show_default=True,
    metavar="SECONDS",
    help="What one case may take; 0 for no end.",
)
@click.option(
    "--shard", callback=_shard, metavar="I/N", help="Only the I-th of N parts of all cases."
)
@click.option(
    "--resume",
    metavar="JOURNAL",
    help="Keep a journal of a run with -f jsonl, and go on from it where the run was cut off.",
)
@click.option(
    "--only-cases",
    is_flag=True,
    help="Pass over files that are named and are no cases, as in a folder; none left is fine.",
)
@setting("--progress/--no-progress", default=None, help="Show how far the run is.")
@click.option("--exit-zero", is_flag=True, help="End in 0 where the gate alone would say 1.")
@click.option("--no-cache", is_flag=True, help="Read the packs, also where they are kept as read.")
@click.option("--debug", is_flag=True, help="Show the trace of an internal error.")
def command(cases: tuple[str, ...], **options: Any) -> None:
    """Check case files: what is of concern, what is strong, what to ask.

    CASES are files, patterns, folders, or - for what comes in. A file is YAML, JSON, or JSON with
    a case on each line (.jsonl), also packed (.gz). In a folder every such file is a case unless
    its `schema:` says otherwise or a file .partnerrulesignore, with patterns as in .gitignore,
    leaves it out; packs and what is hidden are passed over.
    """
    from partnerrules.cli.evaluating import run

    sys.exit(run(cases, targets_of(options["formats"]), options))


def targets_of(formats: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return formats with the file of each, empty for the screen; raises UsageError."""
    from partnerrules.errors import nearest
    from partnerrules.report import FORMATS as KNOWN

    targets = [
        (name, target) for name, _, target in (one.partition(":") for one in formats or ["table"])
    ]
    for name, _ in targets:
        if name not in KNOWN:
            near = nearest(name, KNOWN)
            hint = f' Did you mean "{near}"?' if near else ""
            names = ", ".join(sorted(KNOWN))
            raise click.UsageError(f"There is no format {name}; there are {names}.{hint}")
    files = [target for _, target in targets if target]
    if len(targets) - len(files) > 1:
        raise click.UsageError("At most one format can go to the screen; name a file: json:FILE.")
    if len({os.path.realpath(file) for file in files}) < len(files):
        raise click.UsageError("Two formats cannot go to the same file.")
    return targets
