"""Processes that evaluate cases side by side; the death of one, or a case without end, is borne."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from multiprocessing.connection import wait

from partnerrules.engine.durable import durable_available
from partnerrules.errors import Problem
from partnerrules.jobs.finding import Piece, Unread
from partnerrules.jobs.order import SLOW, Done, Order, place_of
from partnerrules.jobs.worker import Task, Worker, WorkerDied

AHEAD = 0.25
"""Seconds of work that a process has ahead of it, by how long cases have taken so far."""
MOST_AHEAD = 32
"""Cases that a process has ahead of it at most."""
_DIED = "Its process ended whenever this case was evaluated, perhaps for want of memory."


class Pool:
    """Evaluates the cases of one run in processes, and yields what came of each in their order.

    A case at which its process dies is done again by a new one; where that dies too, or where the
    case takes longer than `limit` seconds, the Python engine does it, and the case says so. Where
    that does not get it done either, the case is an error. Whatever happens to one case, every
    other is done once.
    """

    def __init__(self, order: Order, jobs: int, limit: float) -> None:
        self.order = order
        self.jobs = jobs
        self.limit = limit
        self._workers: list[Worker] = []
        self._again: list[Task] = []
        """Cases of processes that died, the next one last."""
        self._died: set[int] = set()
        """Cases at which a process died once."""
        self._begun = 0
        self._pace = AHEAD
        """Seconds that a case takes, more or less."""

    def run(self, pieces: Iterable[Piece | Unread]) -> Iterator[Done]:
        """Yield what came of each case; no more is held than a few seconds of work bring."""
        tasks = iter(enumerate(pieces))
        waiting: dict[int, Done] = {}
        due = 0
        try:
            while True:
                # A slow case holds back all that come after it: not too many of them are begun.
                self._hand_out(tasks, due + 2 * self.jobs * MOST_AHEAD)
                if not any(worker.left for worker in self._workers):
                    return
                waiting.update(self._listen())
                while due in waiting:
                    yield waiting.pop(due)
                    due += 1
        finally:
            # Also after Ctrl-C, and where nobody wants the rest.
            for worker in self._workers:
                worker.end()
            self._workers = []

    def _hand_out(self, tasks: Iterator[Task], end: int) -> None:
        """Give out cases until each process has enough ahead of it."""
        ahead = max(1, min(MOST_AHEAD, int(AHEAD / self._pace)))
        while True:
            worker = min(self._workers, key=lambda one: len(one.left), default=None)
            if worker is None or (worker.left and len(self._workers) < self.jobs):
                worker, number = None, 1
            else:
                number = ahead - len(worker.left) if len(worker.left) <= ahead // 2 else 0
            given = [*islice(self._next(tasks, end), number)]
            if not given:
                return
            if worker is None:
                worker = Worker(self.order)
                self._workers.append(worker)
            worker.give(given)

    def _next(self, tasks: Iterator[Task], end: int) -> Iterator[Task]:
        while self._again:
            yield self._again.pop()
        while self._begun < end:
            task = next(tasks, None)
            if task is None:
                return
            self._begun += 1
            yield task

    def _listen(self) -> Iterator[tuple[int, Done]]:
        """Wait until a process says something, dies, or takes too long; yield what came of it."""
        busy = [one for one in self._workers if one.left]
        times = [one.time_left(self.limit) for one in busy]
        least = min((one for one in times if one is not None), default=None)
        said = wait([one.connection for one in busy], least)
        for worker in busy:
            if worker.connection in said:
                try:
                    found = worker.listen()
                except WorkerDied:
                    yield from self._lost(worker)
                else:
                    if found:
                        self._pace += (worker.took - self._pace) / 8
                        yield found
            elif worker.time_left(self.limit) == 0:
                yield self._taken_over(self._take_back(worker), SLOW.format(self.limit))

    def _take_back(self, worker: Worker) -> Task:
        """End a process; return the case that it was at, the others are given out again."""
        self._workers.remove(worker)
        worker.end()
        first, *rest = worker.left
        self._again = sorted([*self._again, *rest], reverse=True, key=lambda task: task[0])
        return first

    def _lost(self, worker: Worker) -> Iterator[tuple[int, Done]]:
        task = self._take_back(worker)
        if task[0] in self._died:
            yield self._taken_over(task, _DIED)
        else:
            self._died.add(task[0])
            self._again.append(task)

    def _taken_over(self, task: Task, why: str) -> tuple[int, Done]:
        """Let the Python engine do a case, or say why nothing came of it."""
        number, piece = task
        settings = self.order.settings
        if settings.engine != "python" and durable_available():
            order = self.order._replace(
                settings=settings._replace(engine="python"), taken_over=True
            )
            worker = Worker(order)
            try:
                worker.give([task])
                while wait([worker.connection], worker.time_left(self.limit)):
                    found = worker.listen()
                    if found:
                        return found
                why = SLOW.format(self.limit)
            except WorkerDied:
                why = _DIED
            finally:
                worker.end()
        place = place_of(piece)
        problem = Problem("not-evaluated", why, place[0], place[1] or None)
        return number, Done(place, problems=(problem,))
