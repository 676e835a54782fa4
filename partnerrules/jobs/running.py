"""Many cases in one run: read, evaluated and put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from partnerrules.checking import Checker
from partnerrules.errors import Problem
from partnerrules.findings import Report
from partnerrules.jobs.finding import Piece
from partnerrules.jobs.joining import join
from partnerrules.jobs.settings import Settings
from partnerrules.jobs.worker import Outcome, WorkerDied, in_worker, outcome_of


def check_paths(
    settings: Settings, checker: Checker, pieces: Sequence[Piece], problems: Iterable[Problem] = ()
) -> Report:
    """Evaluate cases with the checker that `settings` made for them.

    A case that cannot be read, and each of `problems`, is an error beside the others. With more
    than one case durable-rules runs in a process of its own: its C code never runs in the process
    that writes the output. Where that process dies, the case that it was at is done again in a new
    one, and where that dies too by the Python engine; the case says so.
    """
    if not settings.apart(pieces):
        return join(checker, ((one, outcome_of(checker, one)) for one in pieces), problems)
    outcomes = zip(pieces, _apart(settings, checker, pieces), strict=True)
    report = join(checker, outcomes, problems)
    return report._replace(engine=report.engine._replace(name="durable"))


def _apart(settings: Settings, checker: Checker, pieces: Sequence[Piece]) -> Iterator[Outcome]:
    done, alone = 0, False
    while done < len(pieces):
        try:
            for outcome in in_worker(settings, pieces[done : done + 1] if alone else pieces[done:]):
                yield outcome
                done += 1
            alone = False
        except WorkerDied:
            if alone:
                yield _taken_over(outcome_of(checker, pieces[done]))
                done += 1
            alone = not alone


def _taken_over(outcome: Outcome) -> Outcome:
    if not isinstance(outcome, Report):
        return outcome
    return outcome._replace(cases=tuple(one._replace(engine="python") for one in outcome.cases))
