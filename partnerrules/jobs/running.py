"""Many cases in one run: read, evaluated and judged, each once."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from partnerrules.checking import Checker
from partnerrules.errors import EvaluationError, Problem
from partnerrules.findings import CaseResult, ErrorInfo, Report
from partnerrules.jobs.finding import Cases, Piece, Unread
from partnerrules.jobs.order import LIMIT, SLOW, Done, Order, Place, place_of

if TYPE_CHECKING:
    from partnerrules.jobs.journal import Journal


def run_cases(
    order: Order,
    checker: Checker,
    cases: Cases,
    *,
    jobs: int = 1,
    limit: float = LIMIT,
    journal: Journal | None = None,
) -> Iterator[Done]:
    """Yield what came of each case of this shard, in the order of their paths.

    A case that cannot be read is an error beside the others. Of two cases with one id the first
    is evaluated, and the second is an error. `jobs` is the number of processes: with more than
    one case durable-rules always runs in a process of its own, since its C code never runs in the
    process that writes the output (`Pool` says what happens if it dies). `limit` is the number of
    seconds that a case may take; of a case alone it bounds the Python engine only. What is in the
    journal is not done again.
    """

    def work(pieces: Iterable[Piece | Unread]) -> Iterator[Done]:
        if not apart(order, cases, jobs):
            return _here(order, checker, pieces, limit)
        # It waits: one case alone needs none of it.
        from partnerrules.jobs.pool import Pool

        return Pool(order, jobs, limit).run(pieces)

    done = work(cases) if journal is None else journal.resume(cases, work)
    return _once(one for one in done if not one.elsewhere)


def apart(order: Order, cases: Cases, jobs: int) -> bool:
    """Say whether other processes evaluate the cases."""
    return cases.many and (jobs > 1 or order.settings.dangerous)


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _here(
    order: Order, checker: Checker, cases: Iterable[Piece | Unread], limit: float
) -> Iterator[Done]:
    for one in cases:
        try:
            with _in_time(limit):
                done = order.done(checker, one)
        except EvaluationError as error:
            done = Done(place_of(one), problems=error.problems)
        yield done


@contextmanager
def _in_time(limit: float) -> Iterator[None]:
    """Raise EvaluationError where it takes longer, as far as the system can tell the time."""
    import signal
    import threading

    alone = threading.current_thread() is threading.main_thread()
    if limit == math.inf or not hasattr(signal, "setitimer") or not alone:
        yield
        return

    def over(*_: object) -> NoReturn:
        raise EvaluationError([Problem("not-evaluated", SLOW.format(limit))])

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _once(done: Iterable[Done]) -> Iterator[Done]:
    """Let the first case with an id stand; which one is meant by it nobody can say."""
    places: dict[str, Place] = {}
    for one in done:
        first = places.setdefault(one.case.casefold(), one.place) if one.case else one.place
        if first is one.place:
            yield one
            continue
        text = (
            f'The case id "{one.case}" stands in {_told(first)} too; give each case one of its own.'
        )
        problem = Problem("case-twice", text, one.place[0], one.place[1] or None)
        yield Done(one.place, problems=(problem,))


def _told(place: Place) -> str:
    return f"{place[0]}:{place[1]}" if place[1] else place[0]


def report_of(empty: Report, done: Done) -> Report:
    """Return the report of one case alone, also where it is an error; `empty` says what is used."""
    if done.report is not None:
        return done.report
    path, line = done.place
    case = CaseResult("", path, "", "error", path, line=line)
    return empty._replace(cases=(case,), errors=tuple(map(_error, done.problems)))


def _error(problem: Problem) -> ErrorInfo:
    return ErrorInfo(
        problem.code,
        problem.path,
        problem.line,
        problem.column,
        str(problem._replace(path="", line=None, column=None)),
    )
