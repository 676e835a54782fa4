"""The engine on durable-rules, in the one discipline in which it proved exact.

Positive conjunctions only, never a retraction, integers only, ids of our own, a sentinel that fires
first in every case, a guard at the end of every conjunction that joins, `cap` on each rule so that
one call returns all bindings, and the state of a case deleted in the end.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Any

from partnerrules.engine.matching import MATCH_LIMIT, Job, Match, Pattern, Session, Token
from partnerrules.errors import EvaluationError, Problem

MAX_TOKENS = 20_000
"""About 9 KB are held for each fact; a larger case goes to the Python engine."""
MAX_PATTERNS = 15
MAX_PENDING = 40
"""Tests that one fact may have pending in one handle; 64 is the hard end, 65 an error."""
CAP = 10_000
SPLIT = 16
"""A kind is told by two small numbers, since constants of one field are tried one by one."""


class TooLarge(Exception):
    """The work is beyond the bounds within which durable-rules is used; not a user's error."""


def _load() -> Any:
    """Import the C module; lazily bound, since Python 3.13 lacks a symbol that is never called."""
    if sys.version_info < (3, 13):
        import durable_rules_engine

        return durable_rules_engine
    flags = sys.getdlopenflags()
    sys.setdlopenflags(os.RTLD_LAZY)
    try:
        import durable_rules_engine

        return durable_rules_engine
    finally:
        sys.setdlopenflags(flags)


def durable_available() -> bool:
    """Say whether durable-rules can be imported here."""
    try:
        _load()
    except ImportError:
        return False
    return True


class DurableEngine:
    """Jobs packed into handles that live as long as the engine."""

    name = "durable"

    def __init__(self, jobs: Sequence[Job], limit: int = MATCH_LIMIT) -> None:
        if any(len(job.patterns) > MAX_PATTERNS for job in jobs):
            raise TooLarge("a job has more patterns than durable-rules takes")
        self.c = _load()
        self.limit = limit
        self.busy = False
        self.chunks = [(self._handle(chunk), chunk) for chunk in _packed(jobs)]
        self.wanted: list[set[int]] = [
            {pattern.kind for job in chunk for pattern in job.patterns} for _, chunk in self.chunks
        ]

    def _handle(self, jobs: Sequence[Job]) -> int:
        rules: dict[str, Any] = {"s": {"all": [{"m0": {"t": 0}}], "cap": 1}}
        for job in jobs:
            rules[f"j{job.number}"] = {"all": _patterns(job), "cap": CAP, "dist": 0}
        handle: int = self.c.create_ruleset("partnerrules", json.dumps(rules))
        return handle

    def session(self) -> Session:
        """Open the work on one case; one at a time."""
        assert not self.busy, "a session of this engine is open"
        return _DurableSession(self)

    def close(self) -> None:
        """Give the handles back."""
        for handle, _ in self.chunks:
            self.c.delete_ruleset(handle)
        self.chunks = []


def _patterns(job: Job) -> list[dict[str, Any]]:
    first: dict[int, tuple[int, int]] = {}
    patterns = []
    for place, pattern in enumerate(job.patterns):
        tests: list[dict[str, Any]] = [
            {"t": 1 + pattern.kind // SPLIT},
            {"u": pattern.kind % SPLIT},
            {"w": len(pattern.slots)},
        ]
        joins: list[dict[str, Any]] = []
        for field, slot in enumerate(pattern.slots):
            tests.append({"$ex": {f"v{field}": 1}})
            if slot in first and first[slot][0] != place:
                joins.append({f"v{field}": {f"m{first[slot][0]}": f"v{first[slot][1]}"}})
            first.setdefault(slot, (place, field))
        guard = [{"$and": [{"$ex": {"t": 1}}]}] if joins else []
        patterns.append({f"m{place}": {"$and": [*tests, *joins, *guard]}})
    return patterns


def _packed(jobs: Sequence[Job]) -> list[list[Job]]:
    """Share jobs out so that no fact has too many tests pending in one handle."""
    chunks: list[list[Job]] = []
    load = MAX_PENDING
    for job in jobs:
        weight = sum(1 + len(pattern.slots) for pattern in job.patterns)
        if load + weight > MAX_PENDING:
            chunks.append([])
            load = 0
        chunks[-1].append(job)
        load += weight
    return chunks


class _DurableSession:
    def __init__(self, engine: DurableEngine) -> None:
        self.engine = engine
        self.number = 0
        self.count = 0
        self.open: list[int] = []

    def __enter__(self) -> Session:
        self.engine.busy = True
        for handle, _ in self.engine.chunks:
            self.open.append(handle)
            self._assert(handle, {"id": "0", "sid": "1", "t": 0})
            self._drain(handle)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for handle in self.open:
            self.engine.c.delete_state(handle, "1")
        self.engine.busy = False

    def add(self, tokens: Sequence[Token]) -> list[Match]:
        """Assert what is new in each handle that has a pattern for it, and read all bindings."""
        start = self.number
        self.number += len(tokens)
        if self.number > MAX_TOKENS:
            raise TooLarge("the case has more tokens than durable-rules takes")
        found: list[Match] = []
        for (handle, chunk), wanted in zip(self.engine.chunks, self.engine.wanted, strict=True):
            shapes = {p.kind: p for job in chunk for p in job.patterns}
            some = False
            for place, token in enumerate(tokens):
                if token.kind in wanted and _repeats(shapes[token.kind], token):
                    self._assert(handle, _fact(start + place, token))
                    some = True
            if some:
                found.extend(self._drain(handle))
        return found

    def _assert(self, handle: int, fact: dict[str, Any]) -> None:
        code = self.engine.c.assert_fact(handle, json.dumps(fact))[0]
        assert code in (0, 1), f"durable-rules did not take a fact: {code}"

    def _drain(self, handle: int) -> list[Match]:
        """Read until nothing is left; the sentinel is not a match."""
        found: list[Match] = []
        action = self.engine.c.start_action(handle)
        while action:
            text = action[1]
            while text:
                for name, frames in json.loads(text).items():
                    if name != "s":
                        found.extend(_match(int(name[1:]), frame) for frame in frames)
                self._check(self.count + len(found))
                text = self.engine.c.complete_and_start_action(handle, action[2])
            action = self.engine.c.start_action(handle)
        self.count += len(found)
        return found

    def _check(self, count: int) -> None:
        if count > self.engine.limit:
            text = (
                f"The rules find more than {self.engine.limit} combinations in this case; "
                "it has too many members for a rule that compares all with all."
            )
            raise EvaluationError([Problem("too-many-matches", text)])


def _repeats(pattern: Pattern, token: Token) -> bool:
    """Say whether a token fits a pattern that names one variable twice."""
    values: dict[int, int] = {}
    pairs = zip(pattern.slots, token.values, strict=True)
    return all(values.setdefault(slot, value) == value for slot, value in pairs)


def _fact(number: int, token: Token) -> dict[str, Any]:
    fact: dict[str, Any] = {
        "id": str(number + 1),
        "sid": "1",
        "t": 1 + token.kind // SPLIT,
        "u": token.kind % SPLIT,
        "w": len(token.values),
    }
    return fact | {f"v{field}": value for field, value in enumerate(token.values)}


def _match(job: int, frame: dict[str, Any]) -> Match:
    places = range(len(frame))
    return Match(job, tuple(int(frame[f"m{place}"]["id"]) - 1 for place in places))
