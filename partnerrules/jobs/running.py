"""Many case files in one run: read, evaluated and put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from partnerrules.checking import Checker
from partnerrules.errors import Problem
from partnerrules.findings import Report
from partnerrules.jobs.joining import join
from partnerrules.jobs.settings import Settings
from partnerrules.jobs.worker import Outcome, WorkerDied, in_worker, outcome_of


def check_paths(
    settings: Settings, checker: Checker, paths: Sequence[str], problems: Iterable[Problem] = ()
) -> Report:
    """Evaluate files with the checker that `settings` made for them.

    A file that cannot be read, and each of `problems`, is an error beside the others. With more
    than one file durable-rules runs in a process of its own: its C code never runs in the process
    that writes the output. Where that process dies, the file that it was at is done again in a new
    one, and where that dies too by the Python engine; its case says so.
    """
    if not settings.apart(paths):
        return join(checker, (outcome_of(checker, path) for path in paths), problems)
    report = join(checker, _apart(settings, checker, paths), problems)
    return report._replace(engine=report.engine._replace(name="durable"))


def _apart(settings: Settings, checker: Checker, paths: Sequence[str]) -> Iterator[Outcome]:
    done, alone = 0, False
    while done < len(paths):
        try:
            for outcome in in_worker(settings, paths[done : done + 1] if alone else paths[done:]):
                yield outcome
                done += 1
            alone = False
        except WorkerDied:
            if alone:
                yield _taken_over(outcome_of(checker, paths[done]))
                done += 1
            alone = not alone


def _taken_over(outcome: Outcome) -> Outcome:
    if not isinstance(outcome, Report):
        return outcome
    return outcome._replace(cases=tuple(one._replace(engine="python") for one in outcome.cases))
