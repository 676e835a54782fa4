"""A process that evaluates cases, and may die at it."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from partnerrules.errors import PartnerRulesError
from partnerrules.jobs.finding import Piece, Unread
from partnerrules.jobs.order import Done, Order
from partnerrules.waste import look_for_waste_rarely

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

READY = "ready"
"""What a process says once its packs are compiled."""
Task = tuple[int, Piece | Unread]
"""The number of a case in its run, and where it is."""


class WorkerDied(Exception):
    """The process that evaluates ended before it had answered."""


class WorkerError(Exception):
    """An error of the tool in another process: its words, and its trace."""


class Worker:
    """One such process, with the cases that it was given and has not answered yet."""

    def __init__(self, order: Order) -> None:
        from multiprocessing import get_context

        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.left: deque[Task] = deque()
        """The first is the one that it is at."""
        self.took = 0.0
        """Seconds that it took for the last case."""
        self._since: float | None = None
        """When it began with the case that it is at."""
        self._process = context.Process(target=_serve, args=(theirs, order), daemon=True)
        with _deaf_to_interrupts():
            self._process.start()
        theirs.close()

    def give(self, tasks: Sequence[Task]) -> None:
        """Give it more cases; where it is dead, this is noticed when it is listened to."""
        if not self.left and self._since is not None:
            self._since = time.monotonic()
        self.left.extend(tasks)
        try:
            self.connection.send(tasks)
        except (BrokenPipeError, ConnectionError):
            return

    def listen(self) -> tuple[int, Done] | None:
        """Return what came of the case that it was at; None where it only got ready.

        Waits for it. Raises WorkerDied; a mistake of the tool, or packs that are wrong, as there.
        """
        try:
            said = self.connection.recv()
        except (EOFError, ConnectionError):
            raise WorkerDied from None
        if isinstance(said, WorkerError):
            words, trace = said.args
            raise WorkerError(words) from WorkerError(trace)
        if isinstance(said, PartnerRulesError):
            raise said
        now = time.monotonic()
        self.took = now - (self._since or now)
        self._since = now
        if said == READY:
            return None
        number, _ = self.left.popleft()
        return number, said

    def time_left(self, limit: float) -> float | None:
        """Return the seconds left for the case that it is at; None where there is no end to them.

        So it is while it gets ready: that it died would be noticed.
        """
        if self._since is None or limit == math.inf:
            return None
        return max(0.0, self._since + limit - time.monotonic())

    def end(self) -> None:
        """End it, whatever it is at."""
        self._process.kill()
        self._process.join()
        self.connection.close()


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


def _serve(connection: Connection, order: Order) -> None:
    """Evaluate cases as they come and send what came of each; the work of the other process."""
    look_for_waste_rarely()
    try:
        with order.settings.checker() as checker:
            connection.send(READY)
            while True:
                for _, piece in connection.recv():
                    connection.send(order.done(checker, piece))
    except (EOFError, ConnectionError, MemoryError):
        # Nobody listens any more; or another process has to do better.
        return
    except PartnerRulesError as error:
        connection.send(error)
    except Exception as error:
        import traceback

        # Not the error itself: one that cannot be sent would look like a death.
        connection.send(WorkerError(f"{type(error).__name__}: {error}", traceback.format_exc()))
