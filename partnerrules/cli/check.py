"""The command `check`: case files in, findings out."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from typing import Any

import click

from partnerrules.cli import completing
from partnerrules.cli.common import ENGINES, parameters_of, standards
from partnerrules.cli.output import say, write

LEVELS = click.Choice(["high", "medium", "low", "none"])
OPEN_POINTS = 10
"""Lines on stderr; the report has them all."""


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


@click.command("check")
@click.argument("cases", nargs=-1, required=True, shell_complete=completing.files)
@standards
@click.option(
    "--select",
    multiple=True,
    metavar="NAME",
    help="Show and gate only a rule or a dimension.",
    shell_complete=completing.rules_and_dimensions,
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="NAME",
    help="Neither show nor gate a rule or a dimension.",
    shell_complete=completing.rules_and_dimensions,
)
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    metavar="FMT[:FILE]",
    help="table or json, to the screen or to a file; may be given several times.",
    shell_complete=completing.formats,
)
@click.option(
    "--audience",
    type=click.Choice(["team", "partners", "public"]),
    default="partners",
    show_default=True,
    help="Who will read it: only the team sees sources and confidential answers.",
)
@click.option(
    "--fail-on",
    type=LEVELS,
    default="high",
    show_default=True,
    help="The level from which on a concern ends in 1.",
)
@click.option(
    "--unknown",
    type=click.Choice(["ignore", "warn", "fail"]),
    default="warn",
    show_default=True,
    help="What to do about points that could have that level.",
)
@click.option(
    "--min-coverage",
    callback=_share,
    metavar="SHARE",
    help="End in 1 where a case answers fewer of its questions, such as 60%.",
)
@click.option(
    "--min-severity",
    type=click.Choice(["high", "medium", "low"]),
    default="low",
    help="Show only what has or could have this level; the gate looks at all.",
)
@click.option(
    "--engine",
    type=ENGINES,
    default="auto",
    show_default=True,
    help="What draws the conclusions; all give the same.",
)
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
    from partnerrules.cli.selection import from_level, only, rules_chosen
    from partnerrules.gate import gate, open_points
    from partnerrules.jobs import Settings, check_paths, find_cases

    targets = _targets(options["formats"])
    parameters = parameters_of(options["params"])
    settings = Settings(
        options["packs"],
        options["engine"],
        parameters,
        options["questions"],
        options["profile"],
        keep=not options["no_cache"],
    )
    found, missing = find_cases(cases)
    with settings.checker(found) as checker:
        rules = rules_chosen(options["select"], options["ignore"], checker.library)
        report = check_paths(settings, checker, found, missing)
        report = only(report, rules, checker.library)
    fail_on, unknown = options["fail_on"], options["unknown"]
    judged = gate(report, fail_on=fail_on, unknown=unknown, min_coverage=options["min_coverage"])
    points = open_points(report, fail_on=fail_on) if unknown == "warn" else ()
    chosen = {key: ", ".join(options[key]) for key in ("select", "ignore") if options[key]}
    report = report._replace(gate=judged._replace(settings={**judged.settings, **chosen}))
    shown = from_level(report, options["min_severity"])
    written = [_write(shown, name, target, options["audience"]) for name, target in targets]
    _tell(report, points)
    none = not found and all(problem.code == "no-case" for problem in missing)
    sys.exit(_code(report, all(written), none, options["exit_zero"]))


def _tell(report: Any, points: Sequence[str]) -> None:
    for error in report.errors:
        place = ":".join(str(part) for part in (error.path, error.line, error.column) if part)
        say(f"{place}: {error.message}")
    for reason in report.gate.reasons:
        say(f"Gate: {reason}")
    for point in points[:OPEN_POINTS]:
        say(f"Open: {point}")
    if len(points) > OPEN_POINTS:
        say(f"Open: and {len(points) - OPEN_POINTS} more, all of them in the report")


def _code(report: Any, written: bool, none: bool, exit_zero: bool) -> int:
    if not written:
        return 5
    if none:
        return 4
    if report.errors:
        return 3
    return 0 if report.gate.passed or exit_zero else 1


def _targets(formats: tuple[str, ...]) -> list[tuple[str, str]]:
    from partnerrules.errors import nearest
    from partnerrules.report import FORMATS

    targets = [
        (name, target) for name, _, target in (one.partition(":") for one in formats or ["table"])
    ]
    for name, _ in targets:
        if name not in FORMATS:
            near = nearest(name, FORMATS)
            hint = f' Did you mean "{near}"?' if near else ""
            names = ", ".join(sorted(FORMATS))
            raise click.UsageError(f"There is no format {name}; there are {names}.{hint}")
    files = [target for _, target in targets if target]
    if len(targets) - len(files) > 1:
        raise click.UsageError("At most one format can go to the screen; name a file: json:FILE.")
    if len({os.path.realpath(file) for file in files}) < len(files):
        raise click.UsageError("Two formats cannot go to the same file.")
    return targets


def _write(report: Any, name: str, target: str, audience: str) -> bool:
    from partnerrules.report import render
    from partnerrules.report.audience import for_audience

    width = shutil.get_terminal_size((80, 24)).columns
    seen = for_audience(report, audience)
    return write(render(seen, name, width=width, color=not target and _colored()), target)


def _colored() -> bool:
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain
