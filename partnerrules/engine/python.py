"""The reference engine: hash joins in plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from types import TracebackType

from partnerrules.engine.matching import (
    MATCH_LIMIT,
    Job,
    Match,
    Session,
    Token,
    too_many,
)

Numbers = tuple[int, ...]
Row = tuple[Numbers, Numbers]
"""The tokens taken so far and the values of the join variables bound so far, both in step order."""


class Step:
    """One pattern of a job, joined to those taken before it."""

    def __init__(
        self,
        position: int,
        kind: int,
        repeats: tuple[tuple[int, int], ...],
        key_of_row: Numbers,
        key_of_token: Numbers,
        new: Numbers,
    ) -> None:
        self.position = position
        self.kind = kind
        self.repeats = repeats
        """Fields of the token that must be equal, since they bind one variable."""
        self.key_of_row = key_of_row
        """Where the variables that it shares with those before stand in a row."""
        self.key_of_token = key_of_token
        """Where the same variables stand in the token."""
        self.new = new
        """The fields of the token that bind a variable for the first time."""


class PythonEngine:
    """Matches jobs by joining their patterns one after the other."""

    name = "python"

    def __init__(self, jobs: Sequence[Job], limit: int = MATCH_LIMIT) -> None:
        self.jobs = tuple(jobs)
        self.limit = limit
        self.plans = {
            job.number: [_plan(job, first) for first in range(len(job.patterns))] for job in jobs
        }
        self.by_kind: dict[int, list[Job]] = {}
        for job in self.jobs:
            for kind in {pattern.kind for pattern in job.patterns}:
                self.by_kind.setdefault(kind, []).append(job)

    def session(self) -> Session:
        """Open the work on one case."""
        return _PythonSession(self)

    def close(self) -> None:
        """Do nothing: there is nothing to give back."""


def _plan(job: Job, first: int) -> list[Step]:
    """Order the patterns: the first, then one that shares a variable, if there is one."""
    slots: list[int] = []
    left = set(range(len(job.patterns)))
    steps = []
    while left:
        bound = set(slots)
        position = min(
            left,
            key=lambda place: (
                place != first,
                bound.isdisjoint(job.patterns[place].slots),
                place,
            ),
        )
        left.discard(position)
        pattern = job.patterns[position]
        fields = {slot: field for field, slot in reversed(list(enumerate(pattern.slots)))}
        shared = [slot for slot in fields if slot in bound]
        new = [slot for slot in fields if slot not in bound]
        steps.append(
            Step(
                position,
                pattern.kind,
                tuple((fields[s], f) for f, s in enumerate(pattern.slots) if fields[s] != f),
                tuple(slots.index(slot) for slot in shared),
                tuple(fields[slot] for slot in shared),
                tuple(fields[slot] for slot in new),
            )
        )
        slots.extend(new)
    return steps


class _PythonSession:
    def __init__(self, engine: PythonEngine) -> None:
        self.engine = engine
        self.number = 0
        self.count = 0
        self.old: dict[int, list[tuple[int, Numbers]]] = {}
        self.new: dict[int, list[tuple[int, Numbers]]] = {}

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
            for first, pattern in enumerate(job.patterns):
                if pattern.kind in self.new and self._may_match(job, first):
                    found.extend(self._join(job, first))
        for kind, added in self.new.items():
            self.old.setdefault(kind, []).extend(added)
        return found

    def _may_match(self, job: Job, first: int) -> bool:
        """Say whether every place has a token: only old ones before the first new place."""
        old, new = self.old, self.new
        return all(
            p.kind in old or (place > first and p.kind in new)
            for place, p in enumerate(job.patterns)
            if place != first
        )

    def _pool(self, kind: int, position: int, first: int) -> list[tuple[int, Numbers]]:
        if position == first:
            return self.new[kind]
        old = self.old.get(kind, [])
        return old if position < first else old + self.new.get(kind, [])

    def _join(self, job: Job, first: int) -> list[Match]:
        rows: list[Row] = [((), ())]
        steps = self.engine.plans[job.number][first]
        for step in steps:
            rows = self._extend(rows, step, self._pool(step.kind, step.position, first))
            if not rows:
                return []
        self.count += len(rows)
        self._check(self.count)
        number = job.number
        taken = [step.position for step in steps]
        if taken == sorted(taken):
            return [Match(number, tokens) for tokens, _ in rows]
        order = itemgetter(*sorted(range(len(taken)), key=taken.__getitem__))
        return [Match(number, order(tokens)) for tokens, _ in rows]

    def _extend(self, rows: list[Row], step: Step, pool: list[tuple[int, Numbers]]) -> list[Row]:
        key_of_token, new, repeats = step.key_of_token, step.new, step.repeats
        index: dict[Numbers, list[tuple[int, Numbers]]] = {}
        for number, values in pool:
            if repeats and any(values[a] != values[b] for a, b in repeats):
                continue
            key = tuple([values[field] for field in key_of_token])
            index.setdefault(key, []).append((number, tuple([values[field] for field in new])))
        result: list[Row] = []
        key_of_row, limit = step.key_of_row, self.engine.limit
        for tokens, bound in rows:
            for number, more in index.get(tuple([bound[place] for place in key_of_row]), ()):
                result.append(((*tokens, number), bound + more))
            if len(result) > limit:
                self._check(len(result))
        return result

    def _check(self, count: int) -> None:
        if count > self.engine.limit:
            raise too_many(self.engine.limit)
