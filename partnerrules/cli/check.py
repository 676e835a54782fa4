"""The command `check`: case files in, findings out."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from typing import Any

import click

from partnerrules.cli.common import ENGINES, pack_option, parameters_of
from partnerrules.cli.output import say, write

LEVELS = ["high", "medium", "low", "none"]


@click.command("check")
@click.argument("cases", nargs=-1, required=True)
@pack_option
@click.option("--param", "params", multiple=True, help="PACK.NAME=VALUE: change a threshold.")
@click.option("--questions", default="", help="Look only at what a question set asks.")
@click.option("--select", multiple=True, help="Show and gate only these rules or dimensions.")
@click.option("--ignore", multiple=True, help="Neither show nor gate these rules or dimensions.")
@click.option(
    "-f", "--format", "formats", multiple=True, help="table or json, with :FILE to write."
)
@click.option("--audience", type=click.Choice(["team", "partners", "public"]), default="partners")
@click.option("--fail-on", type=click.Choice(LEVELS), default="high", show_default=True)
@click.option("--unknown", type=click.Choice(["ignore", "warn", "fail"]), default="warn")
@click.option("--engine", type=ENGINES, default="auto", show_default=True)
@click.option("--exit-zero", is_flag=True, help="End with 0 where the gate alone says 1.")
@click.option("--debug", is_flag=True, help="Show the trace of an internal error.")
def command(cases: tuple[str, ...], **options: Any) -> None:
    """Check case files, or all case files of folders."""
    from partnerrules.gate import gate, open_points
    from partnerrules.jobs import Settings, check_apart, find_cases

    targets = _targets(options["formats"])
    paths, problems = find_cases(cases)
    parameters = parameters_of(options["params"])
    settings = Settings(options["packs"], options["engine"], parameters, options["questions"])
    with replace(settings, engine="python").checker() as checker:
        _known(options["select"] + options["ignore"], checker)
    report = check_apart(settings, paths)
    report = _filtered(report, options["select"], options["ignore"])
    report = replace(
        report, gate=gate(report, fail_on=options["fail_on"], unknown=options["unknown"])
    )
    written = [_write(report, name, target, options["audience"]) for name, target in targets]
    for problem in problems:
        say(str(problem))
    for error in report.errors:
        place = ":".join(str(part) for part in (error.path, error.line, error.column) if part)
        say(f"{place}: {error.message}")
    for reason in report.gate.reasons if report.gate else ():
        say(f"Gate: {reason}")
    if options["unknown"] == "warn":
        for point in open_points(report, fail_on=options["fail_on"]):
            say(f"Open: {point}")
    sys.exit(_code(report, all(written), bool(problems), not paths, options["exit_zero"]))


def _code(report: Any, written: bool, missing: bool, none: bool, exit_zero: bool) -> int:
    if not written:
        return 5
    if report.errors or (missing and not none):
        return 3
    if none:
        return 4
    return 0 if report.gate.passed or exit_zero else 1


def _targets(formats: tuple[str, ...]) -> list[tuple[str, str]]:
    from partnerrules.report import FORMATS

    targets = [
        (name, target) for name, _, target in (one.partition(":") for one in formats or ["table"])
    ]
    for name, _ in targets:
        if name not in FORMATS:
            raise click.UsageError(f"There is no format {name}; there are {', '.join(FORMATS)}.")
    if sum(not target for _, target in targets) > 1:
        raise click.UsageError("At most one format can go to the screen; name a file: json:FILE.")
    return targets


def _write(report: Any, name: str, target: str, audience: str) -> bool:
    from partnerrules.report import render
    from partnerrules.report.audience import for_audience

    width = shutil.get_terminal_size((80, 24)).columns
    color = name == "table" and not target and sys.stdout.isatty()
    seen = for_audience(report, audience)
    return write(render(seen, name, width=width, color=color), target)


def _known(names: tuple[str, ...], checker: Any) -> None:
    from partnerrules.errors import nearest

    valid = {*checker.library.rules, *checker.library.dimensions}
    for name in names:
        if name not in valid:
            near = nearest(name, valid)
            hint = f' Did you mean "{near}"?' if near else ""
            raise click.UsageError(f"{name} is no rule and no dimension.{hint}")


def _filtered(report: Any, select: tuple[str, ...], ignore: tuple[str, ...]) -> Any:
    def keep(one: Any) -> bool:
        names = {one.rule, one.dimension}
        return (not select or bool(names & set(select))) and not names & set(ignore)

    return replace(report, findings=tuple(filter(keep, report.findings)))
