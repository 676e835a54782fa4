"""Evaluating cases in another process, which may die."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from partnerrules.checking import Checker
from partnerrules.errors import PartnerRulesError, Problem
from partnerrules.findings import Report
from partnerrules.jobs.finding import Piece
from partnerrules.jobs.settings import Settings

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Outcome = Report | tuple[Problem, ...]
"""What came of one case: its report, or what is to be mended in it."""


class WorkerDied(Exception):
    """The process that evaluates ended before it had answered."""


class WorkerError(Exception):
    """An error of the tool in another process: its words, and its trace."""


def outcome_of(checker: Checker, piece: Piece) -> Outcome:
    """Return the report of one case, or what is to be mended in it."""
    try:
        return checker.check(checker.reader.read(piece))
    except PartnerRulesError as error:
        return error.problems


def in_worker(settings: Settings, pieces: Sequence[Piece]) -> Iterator[Outcome]:
    """Yield the outcomes of cases as another process gives them; raise WorkerDied if it dies."""
    from multiprocessing import get_context

    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    worker = context.Process(target=_serve, args=(theirs, settings, tuple(pieces)), daemon=True)
    try:
        with _deaf_to_interrupts():
            worker.start()
        theirs.close()
        for _ in pieces:
            try:
                outcome = ours.recv()
            except (EOFError, ConnectionError):
                raise WorkerDied from None
            if isinstance(outcome, WorkerError):
                said, trace = outcome.args
                raise WorkerError(said) from WorkerError(trace)
            if isinstance(outcome, PartnerRulesError):
                raise outcome
            yield outcome
    finally:
        # Also after Ctrl-C, and where nobody wants the rest.
        if worker.pid is not None:
            worker.kill()
            worker.join()
        ours.close()


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Let a process that starts now not hear Ctrl-C: this one hears it, and ends the other."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing.resource_tracker import ensure_running

    # Python starts it before the first process, and lets Ctrl-C through again as it does.
    ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(answers: Connection, settings: Settings, pieces: Sequence[Piece]) -> None:
    """Evaluate cases and send what came of each; the work of the other process."""
    try:
        with settings.checker() as checker:
            for piece in pieces:
                answers.send(outcome_of(checker, piece))
    except PartnerRulesError as error:
        answers.send(error)
    except Exception as error:
        import traceback

        # Not the error itself: one that cannot be sent would look like a death.
        answers.send(WorkerError(f"{type(error).__name__}: {error}", traceback.format_exc()))
