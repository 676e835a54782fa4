"""The engine on durable-rules, in the one discipline in which it proved exact.

Positive conjunctions only, never a retraction, integers only, ids of our own, a sentinel that fires
first in every case, a guard at the end of every conjunction that joins, `cap` on each rule so that
one call returns all bindings, and the state of a case deleted in the end.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import cycle
from math import prod
from types import TracebackType
from typing import Any

from partnerrules.engine.matching import (
    MATCH_LIMIT,
    Job,
    Match,
    Session,
    Token,
    too_many,
)
from partnerrules.engine.packing import Chunk, Form, Mark, TooLarge, packed

MAX_FACTS = 20_000
"""About 9 KB are held for each fact; a larger case goes to the Python engine."""
MAX_FRAMES = 200_000
"""Matches, partial ones too, that durable-rules may have to hold at once, 400 bytes each."""
SID = "1"
SENTINEL = '{"id":"0","sid":"1","s":0}'

_IDS = re.compile(r'"id":"(\d+)"')

Tokens = Mapping[Mark, list[tuple[int, tuple[int, ...]]]]
"""The number and values of each token that may bear a mark."""

__all__ = ["DurableEngine", "TooLarge", "durable_available"]


def durable_module() -> Any:
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


def _keep_memory() -> None:
    """Have the C library keep some free memory, as glibc does once a large block was freed.

    Otherwise each case gives back what it took, and the next one takes it page by page anew.
    """
    bytes(8 << 20)


def durable_available() -> bool:
    """Say whether durable-rules can be imported here."""
    try:
        durable_module()
    except ImportError:
        return False
    return True


class DurableEngine:
    """Jobs packed into handles that live as long as the engine."""

    name = "durable"

    def __init__(self, jobs: Sequence[Job], limit: int = MATCH_LIMIT) -> None:
        self.limit = limit
        self.chunks = packed(jobs)
        self.marks: dict[int, list[Mark]] = {}
        for mark in dict.fromkeys(mark for chunk in self.chunks for mark in chunk.marks):
            self.marks.setdefault(mark[0], []).append(mark)
        self.widths: dict[int, int] = {}
        for pattern in (pattern for job in jobs for pattern in job.patterns):
            width = self.widths.setdefault(pattern.kind, len(pattern.slots))
            if width != len(pattern.slots):
                raise ValueError(f"tokens of kind {pattern.kind} have two numbers of values")
        self.c = durable_module()
        _keep_memory()
        self.opened: _DurableSession | None = None
        self.handles: list[int] = []
        for chunk in self.chunks:
            self.handles.append(self.c.create_ruleset("partnerrules", json.dumps(chunk.rules())))

    def session(self) -> Session:
        """Open the work on one case; one at a time."""
        if self.opened is not None:
            raise RuntimeError("a session of this engine is open")
        return _DurableSession(self)

    def close(self) -> None:
        """Give the handles back; a state that is not deleted before is never freed."""
        if self.opened is not None:
            self.opened.close()
        while self.handles:
            self.c.delete_ruleset(self.handles.pop())


class _DurableSession:
    def __init__(self, engine: DurableEngine) -> None:
        self.engine = engine
        self.number = 0
        self.facts = 0
        self.matches = 0
        self.held: dict[Mark, list[tuple[int, tuple[int, ...]]]] = {}
        pairs = zip(engine.handles, engine.chunks, strict=True)
        self.states = [_State(self, handle, chunk) for handle, chunk in pairs]

    def __enter__(self) -> Session:
        self.engine.opened = self
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Delete the states of the case, whatever has happened to it."""
        self.engine.opened = None
        while self.states:
            self.states.pop().close()

    def add(self, tokens: Sequence[Token]) -> list[Match]:
        """Assert what can be part of a match, and read all bindings."""
        new: dict[Mark, list[tuple[int, tuple[int, ...]]]] = {}
        marks, widths = self.engine.marks, self.engine.widths
        for number, (kind, values) in enumerate(tokens, self.number):
            for mark in marks.get(kind, ()):
                if len(values) != widths[kind]:
                    raise ValueError(f"a token of kind {kind} has {len(values)} values")
                if not mark[1] or all(values[a] == values[b] for a, b in mark[1]):
                    new.setdefault(mark, []).append((number, values))
        self.number += len(tokens)
        for mark, found in new.items():
            self.held.setdefault(mark, []).extend(found)
        return [match for state in self.states for match in state.add(new)] if new else []


class _State:
    """The state of one case in one handle, made when the first fact goes in."""

    def __init__(self, session: _DurableSession, handle: int, chunk: Chunk) -> None:
        self.session = session
        self.c = session.engine.c
        self.handle = handle
        self.chunk = chunk
        self.waiting: Sequence[Form] = chunk.forms
        self.ready: list[Form] = []
        self.given: dict[Mark, None] = {}
        self.facts: list[dict[Mark, int]] = []
        """The token that each fact stands for under each of its marks, by the id of the fact."""
        self.fired = False

    def close(self) -> None:
        """Delete the state, which must not be done before an action was started in it."""
        if self.facts and not self.fired:
            self._drain()
        if self.fired:
            self.c.delete_state(self.handle, SID)

    def add(self, new: Tokens) -> list[Match]:
        """Give the tokens of all patterns of each job that has one for every pattern by now."""
        merged: dict[tuple[int, ...], list[dict[Mark, int]]] = {}
        for mark, tokens in self._due(new):
            for number, values in tokens:
                facts = merged.setdefault(values, [{}])
                if mark in facts[-1]:
                    facts.append({})
                facts[-1][mark] = number
        if not merged:
            return []
        self._stay_within(sum(map(len, merged.values())))
        if not self.facts:
            self.facts.append({})
            self._assert(SENTINEL)
            self._drain()
        for values, facts in merged.items():
            for fact in facts:
                self.facts.append(fact)
                self._assert(self._text(values, fact))
        return self._drain()

    def _due(self, new: Tokens) -> Iterator[tuple[Mark, list[tuple[int, tuple[int, ...]]]]]:
        """Yield the tokens to be given now; those held back come with the last of their job."""
        held, given = self.session.held, self.given
        for mark in given:
            if mark in new:
                yield mark, new[mark]
        if held.keys().isdisjoint(self.chunk.marks):
            return
        waiting = []
        for form in self.waiting:
            if all(mark in held for mark in form.marks):
                self.ready.append(form)
                for mark in form.marks:
                    if mark not in given:
                        given[mark] = None
                        yield mark, held[mark]
            else:
                waiting.append(form)
        self.waiting = waiting

    def _stay_within(self, facts: int) -> None:
        """Refuse before durable-rules would hold more than it should."""
        session = self.session
        session.facts += facts
        if session.facts > MAX_FACTS:
            raise TooLarge("the case has more tokens than durable-rules takes")
        sizes = {mark: len(session.held[mark]) for mark in self.given}
        most = sum(prod([len(f.marks), *[sizes[m] for m in f.marks]]) for f in self.ready)
        if most <= MAX_FRAMES:
            return
        if sum(form.frames(session.held) for form in self.ready) > MAX_FRAMES:
            raise TooLarge("the case may have more matches than durable-rules takes")

    def _text(self, values: tuple[int, ...], fact: Iterable[Mark]) -> str:
        marks = self.chunk.marks
        fields = [f',"v{field}":{value}' for field, value in enumerate(values)]
        fields += [f',"k{marks[mark]}":1' for mark in fact]
        return f'{{"id":"{len(self.facts) - 1}","sid":"{SID}"{"".join(fields)}}}'

    def _assert(self, fact: str) -> None:
        code = self.c.assert_fact(self.handle, fact)[0]
        if code:
            raise RuntimeError(f"durable-rules did not take a fact: {code}")

    def _drain(self) -> list[Match]:
        """Read until nothing is left; the sentinel is not a match."""
        found: list[Match] = []
        action = self.c.start_action(self.handle)
        while action:
            self.fired = True
            text = action[1]
            while text:
                self._read(text, found)
                text = self.c.complete_and_start_action(self.handle, action[2])
            action = self.c.start_action(self.handle)
        return found

    def _read(self, text: str, found: list[Match]) -> None:
        """Take the matches of one rule out of the text {"r1":[{"m0":{"id":"5",...},...},...]}."""
        name = text[2 : text.index('"', 2)]
        if name == "s":
            return
        rule, facts = int(name[1:]), self.facts
        marks = self.chunk.forms[rule].marks
        numbers = [facts[int(i)][mark] for i, mark in zip(_IDS.findall(text), cycle(marks))]
        ways = list(zip(*[iter(numbers)] * len(marks), strict=True))
        for job in self.chunk.jobs[rule]:
            found += [Match(job, way) for way in ways]
        session = self.session
        session.matches += len(ways) * len(self.chunk.jobs[rule])
        if session.matches > session.engine.limit:
            raise too_many(session.engine.limit)
