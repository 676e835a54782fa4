"""The command `merge`: reports of shards become the report of the whole run."""

from __future__ import annotations

import shutil
import sys

import click

from partnerrules.cli import completing
from partnerrules.cli.check import targets_of
from partnerrules.cli.common import views
from partnerrules.cli.configured import Configured
from partnerrules.cli.evaluating import LINES, code_of, colored
from partnerrules.cli.output import write, write_lines
from partnerrules.findings import Report, Tally


@click.command("merge", cls=Configured)
@click.argument("reports", nargs=-1, required=True, shell_complete=completing.files)
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    metavar="FMT[:FILE]",
    help="As of `check`; by default jsonl where all reports are that, else json.",
    shell_complete=completing.formats,
)
@views
@click.option("--exit-zero", is_flag=True, help="End in 0 where the gate alone would say 1.")
def command(
    reports: tuple[str, ...],
    formats: tuple[str, ...],
    exit_zero: bool,
    everything: bool,
    pages: str,
) -> None:
    """Put reports together that `check` wrote as json or jsonl, such as those of shards.

    What comes out is, byte for byte, what one run over all cases would have written. All reports
    have to be of the same packs and settings. They are for the audience that they were made for.
    """
    from partnerrules.jobs.merging import merged, merged_lines
    from partnerrules.report.reading import ReportFile

    files = [ReportFile(path) for path in reports]
    lines = all(file.lines for file in files)
    targets = targets_of(formats or (LINES if lines else "json",))
    tally = Tally()
    if lines and all(name == LINES for name, _ in targets):
        written = write_lines(merged_lines(files, tally), [target for _, target in targets])
    else:
        report = merged(files)
        for case in report.cases:
            tally.count(1, errors=case.status == "error", held_back=bool(case.reasons))
        told = [_write(report, name, target, everything, pages) for name, target in targets]
        written = all(told)
    sys.exit(code_of(tally, written=written, exit_zero=exit_zero))


def _write(report: Report, name: str, target: str, everything: bool, pages: str) -> bool:
    from partnerrules.report import render

    width = shutil.get_terminal_size((80, 24)).columns
    color = not target and colored()
    text = render(report, name, width=width, color=color, everything=everything, pages=pages)
    return write(text, target)
