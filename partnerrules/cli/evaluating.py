"""How a run of `check` goes: cases are evaluated, told as they are done, and written."""

from __future__ import annotations

import math
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import click

from partnerrules.cli.common import name_of_stdin, parameters_of
from partnerrules.cli.output import say, write, write_lines
from partnerrules.cli.setting_aside import judging_of
from partnerrules.findings import FileInfo, Gate, Report, Tally

if TYPE_CHECKING:
    from partnerrules.checking import Checker
    from partnerrules.gate.baseline import Baseline
    from partnerrules.gate.waivers import Waivers
    from partnerrules.jobs import Cases, Done, Order
    from partnerrules.jobs.journal import Journal

LINES = "jsonl"
OPEN_POINTS = 10
"""Lines on stderr; the report has them all."""
A_PROCESS = 16
"""Cases for which one more process is worth its start."""
Target = tuple[str, str]
"""A format and its file; empty for the screen."""


def run(names: Sequence[str], targets: Sequence[Target], options: Mapping[str, Any]) -> int:
    """Evaluate cases, write what came of them, and return the exit code."""
    from partnerrules.cli.selection import rules_chosen
    from partnerrules.jobs import apart, look_for

    order = _order(targets, options)
    stdin = name_of_stdin(names, options["stdin_filename"])
    cases = look_for(names, stdin=stdin, only_cases=options["only_cases"])
    jobs = options["jobs"] or worth(cases)
    here = not apart(order, cases, jobs)
    with order.settings.checker(here=here) as checker:
        rules = rules_chosen(options["select"], options["ignore"], checker.library)
        judging = judging_of(options, checker.library)
        order = order._replace(rules=rules, judging=judging)
        empty = _empty(order, checker, options, here=here)
        ran = _Run(order, empty, targets, options)
        code = ran.through(checker, cases, jobs)
    none = not cases.paths and all(problem.code == "no-case" for problem in cases.problems)
    # Of files that changed none may be a case, and nothing is wrong with that.
    none = none and not (options["only_cases"] and not cases.problems)
    return 4 if none and code != 5 else code


def _order(targets: Sequence[Target], options: Mapping[str, Any]) -> Order:
    from partnerrules.jobs import Order, Settings

    lines = [name == LINES for name, _ in targets]
    if options["resume"] and not all(lines):
        raise click.UsageError("--resume goes on with a run that writes -f jsonl and nothing else.")
    settings = Settings(
        options["packs"],
        options["engine"],
        parameters_of(options["params"]),
        options["questions"],
        options["profile"],
        keep=not options["no_cache"],
        attestations=options["attestations"],
    )
    return Order(
        settings,
        level=options["min_severity"],
        audience=options["audience"],
        line=any(lines),
        report=not all(lines),
        shard=options["shard"],
    )


def worth(cases: Cases) -> int:
    """Return how many processes are worth their start."""
    from partnerrules.jobs import processors

    if cases.number is None:
        return processors()
    return max(1, min(processors(), cases.number // A_PROCESS))


def _empty(order: Order, checker: Checker, options: Mapping[str, Any], *, here: bool) -> Report:
    """Return a report that says what is used, and by what the gate judges."""
    judging = order.judging
    empty = checker.empty()._replace(
        baseline=_file(judging.baseline), waivers=_file(judging.waivers)
    )
    if not here and order.settings.dangerous:
        empty = empty._replace(engine=empty.engine._replace(name="durable"))
    chosen = {key: ", ".join(options[key]) for key in ("select", "ignore") if options[key]}
    return empty._replace(gate=Gate({**judging.settings(), **chosen}, True, ()))


def _file(used: Baseline | Waivers | None) -> FileInfo | None:
    return FileInfo(used.path, used.sha256) if used is not None else None


class _Run:
    """What a run has come to so far."""

    def __init__(
        self,
        order: Order,
        empty: Report,
        targets: Sequence[Target],
        options: Mapping[str, Any],
    ) -> None:
        self.order = order
        self.empty = empty
        self.options = options
        self.whole = [one for one in targets if one[0] != LINES]
        """Formats for which all reports are held."""
        self.lines = [target for name, target in targets if name == LINES]
        self.reports: list[Report] = []
        self.tally = Tally()
        self.points = 0

    def through(self, checker: Checker, cases: Cases, jobs: int) -> int:
        """Evaluate all cases and write what is wanted; return the exit code."""
        from partnerrules.jobs import run_cases

        limit = self.options["timeout"] or math.inf
        with ExitStack() as stack:
            journal = self._journal(stack)
            done = run_cases(self.order, checker, cases, jobs=jobs, limit=limit, journal=journal)
            done = self._shown(stack, done, cases)
            later: list[Done] = []
            written = True
            if self.lines:
                written = write_lines(self._lines(done), self.lines)
            else:
                for one in done:
                    self._take(one)
                    later.append(one._replace(report=None))
            written = written and self._write_whole()
            if journal is not None and written:
                journal.remove()
        for one in later:
            self._tell(one)
        if self.points > OPEN_POINTS:
            say(f"Open: and {self.points - OPEN_POINTS} more, all of them in the report")
        return code_of(self.tally, written=written, exit_zero=self.options["exit_zero"])

    def _take(self, done: Done) -> None:
        """Count a case, and hold its report where a format needs them all."""
        from partnerrules.jobs import report_of

        self.tally.count(
            1,
            errors=bool(done.problems),
            held_back=bool(done.reasons),
            tokens=done.tokens,
            matches=done.matches,
        )
        if self.whole:
            self.reports.append(report_of(self.empty, done))

    def _tell(self, done: Done) -> None:
        """Say what is wrong with a case, and why it does not pass the gate."""
        for problem in done.problems:
            say(str(problem))
        for reason in done.reasons:
            say(f"Gate: {reason}")
        for note in done.notes:
            say(f"Note: {done.case}: {note}")
        for point in done.points[: max(0, OPEN_POINTS - self.points)]:
            say(f"Open: {point}")
        self.points += len(done.points)

    def _lines(self, done: Iterator[Done]) -> Iterator[str]:
        from partnerrules.jobs import report_of
        from partnerrules.report.audience import for_audience
        from partnerrules.report.jsonl import case_line, head_line, tail_line

        audience = self.order.audience
        yield head_line(for_audience(self.empty, audience))
        for one in done:
            self._take(one)
            self._tell(one)
            yield one.line or case_line(for_audience(report_of(self.empty, one), audience))
        yield tail_line(self.tally)

    def _write_whole(self) -> bool:
        """Write the formats that hold all cases; say whether it worked."""
        if not self.whole:
            return True
        from partnerrules.jobs.joining import join, judged

        report = judged(join(self.empty, self.reports))
        written = [self._write(report, name, target) for name, target in self.whole]
        return all(written)

    def _write(self, report: Report, name: str, target: str) -> bool:
        from partnerrules.jobs.selection import from_level
        from partnerrules.report import COMPLETE, render
        from partnerrules.report.audience import for_audience

        if name not in COMPLETE:
            report = from_level(report, self.order.level)
        width = shutil.get_terminal_size((80, 24)).columns
        seen = for_audience(report, self.order.audience)
        view = {name: self.options[name] for name in ("everything", "pages")}
        text = render(seen, name, width=width, color=not target and colored(), **view)
        return write(text, target)

    def _journal(self, stack: ExitStack) -> Journal | None:
        if not self.options["resume"]:
            return None
        from partnerrules.jobs.journal import Journal, key_of

        path = self.options["resume"]
        try:
            return stack.enter_context(Journal(path, key_of(self.order, self.empty)))
        except OSError as error:
            raise click.UsageError(f"--resume {path}: {error.strerror}.") from None

    def _shown(self, stack: ExitStack, done: Iterator[Done], cases: Cases) -> Iterator[Done]:
        """Show on a terminal how far it is, where that is wanted."""
        wanted = self.options["progress"]
        if wanted is None:
            to_screen = "" in self.lines and sys.stdout.isatty()
            wanted = cases.many and sys.stderr.isatty() and not to_screen
        if not wanted:
            return done
        number = cases.number if self.order.shard == (1, 1) else None
        bar = click.progressbar(
            done, length=number, label="Cases", file=sys.stderr, show_pos=True, show_eta=True
        )
        return iter(stack.enter_context(bar))


def colored() -> bool:
    """Say whether the screen takes colour and nobody asked for none."""
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain


def code_of(tally: Tally, *, written: bool, exit_zero: bool) -> int:
    """Return the exit code that follows; with `exit_zero` the gate alone leads to 0."""
    if not written:
        return 5
    if tally.errors:
        return 3
    return 1 if tally.held_back and not exit_zero else 0
