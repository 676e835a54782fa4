"""The reference engine: hash joins in plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType

from partnerrules.engine.matching import MATCH_LIMIT, Job, Match, Pattern, Session, Token
from partnerrules.errors import EvaluationError, Problem


class PythonEngine:
    """Matches jobs by joining their patterns one after the other."""

    name = "python"

    def __init__(self, jobs: Sequence[Job], limit: int = MATCH_LIMIT) -> None:
        self.jobs = tuple(jobs)
        self.limit = limit
        self.by_kind: dict[int, list[Job]] = {}
        for job in self.jobs:
            for kind in {pattern.kind for pattern in job.patterns}:
                self.by_kind.setdefault(kind, []).append(job)

    def session(self) -> Session:
        """Open the work on one case."""
        return _PythonSession(self)

    def close(self) -> None:
        """Do nothing: there is nothing to give back."""


class _PythonSession:
    def __init__(self, engine: PythonEngine) -> None:
        self.engine = engine
        self.number = 0
        self.count = 0
        self.old: dict[int, list[tuple[int, tuple[int, ...]]]] = {}
        self.new: dict[int, list[tuple[int, tuple[int, ...]]]] = {}

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.old.clear()
        self.new.clear()

    def add(self, tokens: Sequence[Token]) -> list[Match]:
        """Join what is new with everything: each match has a first pattern that is new."""
        self.new = {}
        for token in tokens:
            self.new.setdefault(token.kind, []).append((self.number, token.values))
            self.number += 1
        jobs = {job.number: job for kind in self.new for job in self.engine.by_kind.get(kind, ())}
        found: list[Match] = []
        for job in jobs.values():
            for first in range(len(job.patterns)):
                if job.patterns[first].kind in self.new:
                    found.extend(self._join(job, first))
        for kind, added in self.new.items():
            self.old.setdefault(kind, []).extend(added)
        return found

    def _pool(self, job: Job, position: int, first: int) -> list[tuple[int, tuple[int, ...]]]:
        """Before the first new place only old tokens, at it only new ones, after it both."""
        kind = job.patterns[position].kind
        if position == first:
            return self.new.get(kind, [])
        old = self.old.get(kind, [])
        return old if position < first else old + self.new.get(kind, [])

    def _join(self, job: Job, first: int) -> list[Match]:
        rows: list[tuple[dict[int, int], dict[int, int]]] = [({}, {})]
        bound: set[int] = set()
        left = set(range(len(job.patterns)))
        while left and rows:
            position = first if first in left else self._next(job, left, bound)
            left.discard(position)
            pattern = job.patterns[position]
            rows = self._extend(rows, pattern, position, self._pool(job, position, first), bound)
            bound.update(pattern.slots)
        if left:
            return []
        order = range(len(job.patterns))
        self.count += len(rows)
        self._check(self.count)
        return [Match(job.number, tuple(taken[p] for p in order)) for taken, _ in rows]

    def _next(self, job: Job, left: set[int], bound: set[int]) -> int:
        """Take a pattern that shares a variable with those before it, if there is one."""
        return min(left, key=lambda place: (bound.isdisjoint(job.patterns[place].slots), place))

    def _extend(
        self,
        rows: list[tuple[dict[int, int], dict[int, int]]],
        pattern: Pattern,
        position: int,
        pool: list[tuple[int, tuple[int, ...]]],
        bound: set[int],
    ) -> list[tuple[dict[int, int], dict[int, int]]]:
        shared = [slot for slot in dict.fromkeys(pattern.slots) if slot in bound]
        index: dict[tuple[int, ...], list[tuple[int, dict[int, int]]]] = {}
        for number, values in pool:
            bindings: dict[int, int] = {}
            if all(
                bindings.setdefault(s, v) == v for s, v in zip(pattern.slots, values, strict=True)
            ):
                key = tuple(bindings[slot] for slot in shared)
                index.setdefault(key, []).append((number, bindings))
        result = []
        for taken, values_so_far in rows:
            key = tuple(values_so_far[slot] for slot in shared)
            for number, bindings in index.get(key, ()):
                result.append(({**taken, position: number}, {**values_so_far, **bindings}))
            self._check(len(result))
        return result

    def _check(self, count: int) -> None:
        if count > self.engine.limit:
            text = (
                f"The rules find more than {self.engine.limit} combinations in this case; "
                "it has too many members for a rule that compares all with all."
            )
            raise EvaluationError([Problem("too-many-matches", text)])
