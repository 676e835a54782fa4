"""Jobs as rulesets of durable-rules, packed so that each stays far from every hard end of it.

A fact stands for all tokens of one batch that have the same values. It bears a mark for each of
them, and a pattern tests for its mark: one test, found by the name of the field.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from partnerrules.engine.matching import Job, Pattern

Mark = tuple[int, tuple[tuple[int, int], ...]]
"""A kind, and the fields of a token that must be equal since a pattern names one variable twice."""
Held = Mapping[Mark, Sequence[tuple[int, tuple[int, ...]]]]
"""The number and values of the tokens that may bear each mark."""

MAX_PATTERNS = 15
"""Of one job; 16 is the hard end, 17 an error."""
MAX_FIELDS = 27
"""Of one pattern; a pattern with more than 27 joins is an error."""
MAX_PENDING = 50
"""Tests that one fact may have pending in one handle; 64 is the hard end, 65 an error."""
MAX_IN_HANDLE = 120
"""Patterns in one handle: 256 on one test are a crash, 512 different tests on one level hang."""
CAP = 10_000
"""Matches that one call returns; the hard end is 65,535."""


class TooLarge(Exception):
    """The work is beyond the bounds within which durable-rules is used; not a user's error."""


class Form:
    """What a job asks; jobs that ask the same share one rule."""

    def __init__(
        self,
        patterns: tuple[Pattern, ...],
        marks: tuple[Mark, ...],
        joins: tuple[tuple[tuple[int, int, int], ...], ...],
    ) -> None:
        self.patterns = patterns
        self.marks = marks
        self.joins = joins
        """For each pattern: its field, and the earlier pattern and field whose value it has."""

    @property
    def rule(self) -> tuple[object, ...]:
        """All that the engine sees of it."""
        return self.marks, self.joins

    @cached_property
    def joined(self) -> Counter[Mark]:
        """How many of its patterns have joins to be looked at below the test for each mark."""
        pairs = zip(self.marks, self.joins, strict=True)
        return Counter(mark for mark, joins in pairs if joins)

    def frames(self, held: Held) -> int:
        """Bound the partial and whole matches of these tokens, without joining them."""
        ways, total = 1, 0
        for mark, joins in zip(self.marks, self.joins, strict=True):
            keys = Counter(tuple(values[j[0]] for j in joins) for _, values in held.get(mark, ()))
            ways *= max(keys.values(), default=0)
            total += ways
        return total


class Chunk:
    """The jobs of one handle."""

    def __init__(self) -> None:
        self.forms: list[Form] = []
        self.jobs: list[list[int]] = []
        """The numbers of the jobs that each form stands for."""
        self.marks: dict[Mark, int] = {}
        """A small number for each mark, unique in this handle."""
        self.below: Counter[Mark] = Counter()
        """How many patterns have joins to be looked at below the test for a mark."""
        self.of_width: Counter[int] = Counter()
        """How many marks there are of the facts with so many values."""
        self.widest = 0
        self.deepest = 0
        self.patterns = 0

    def add(self, form: Form, jobs: list[int]) -> None:
        """Take in a form."""
        self.forms.append(form)
        self.jobs.append(jobs)
        self.patterns += len(form.marks)
        self.of_width.update(self._new_marks(form).values())
        self.below.update(form.joined)
        self.widest = max(self.of_width.values())
        self.deepest = max(self.below.values(), default=0)
        for mark in form.marks:
            self.marks.setdefault(mark, len(self.marks))

    def takes(self, form: Form) -> bool:
        """Say whether there is room for it.

        The tests that wait for their turn are on a stack of 64, and each is taken off before what
        is below it is put on: at most all marks of the facts of one width, and below one of them
        one test for each pattern with joins.
        """
        if self.patterns + len(form.marks) > MAX_IN_HANDLE:
            return False
        wide = Counter(self._new_marks(form).values())
        widest = max([self.widest, *[self.of_width[width] + wide[width] for width in wide]])
        joined = form.joined
        deepest = max([self.deepest, *[self.below[mark] + joined[mark] for mark in joined]])
        return widest + deepest <= MAX_PENDING

    def _new_marks(self, form: Form) -> dict[Mark, int]:
        """Return the marks that it does not have yet, with the number of values of their facts."""
        pairs = zip(form.marks, form.patterns, strict=True)
        return {mark: len(pattern.slots) for mark, pattern in pairs if mark not in self.marks}

    def rules(self) -> dict[str, Any]:
        """Return the ruleset: the sentinel, and one rule for each form."""
        rules: dict[str, Any] = {"s": {"all": [{"m0": {"s": 0}}], "cap": 1}}
        for number, form in enumerate(self.forms):
            rules[f"r{number}"] = {"all": self._patterns(form), "cap": CAP, "dist": 0}
        return rules

    def _patterns(self, form: Form) -> list[dict[str, Any]]:
        patterns = []
        for place, (mark, joins) in enumerate(zip(form.marks, form.joins, strict=True)):
            name = f"k{self.marks[mark]}"
            tests: list[dict[str, Any]] = [{name: 1}]
            tests += [{f"v{mine}": {f"m{other}": f"v{its}"}} for mine, other, its in joins]
            if joins:
                # Without a second end of the list the engine reads on where the last join is false.
                tests.append({"$and": [{"$ex": {name: 1}}]})
            patterns.append({f"m{place}": {"$and": tests}})
        return patterns


def mark_of(pattern: Pattern) -> Mark:
    """Return the mark that the tokens of a pattern bear."""
    first = {slot: field for field, slot in reversed(list(enumerate(pattern.slots)))}
    return pattern.kind, tuple(
        (first[slot], field) for field, slot in enumerate(pattern.slots) if first[slot] != field
    )


def form_of(job: Job) -> Form:
    """Return what a job asks; raises TooLarge where durable-rules cannot be asked it."""
    if len(job.patterns) > MAX_PATTERNS:
        raise TooLarge("a job has more patterns than durable-rules takes")
    bound: dict[int, tuple[int, int]] = {}
    joins = []
    for place, pattern in enumerate(job.patterns):
        if len(pattern.slots) > MAX_FIELDS:
            raise TooLarge("a pattern has more variables than durable-rules takes")
        mine = {slot: number for number, slot in reversed(list(enumerate(pattern.slots)))}
        joins.append(tuple((mine[slot], *bound[slot]) for slot in mine if slot in bound))
        for slot, number in mine.items():
            bound.setdefault(slot, (place, number))
    return Form(job.patterns, tuple(mark_of(p) for p in job.patterns), tuple(joins))


def packed(jobs: Sequence[Job]) -> list[Chunk]:
    """Share jobs out, each to where most of its marks are."""
    forms: dict[tuple[object, ...], Form] = {}
    numbers: dict[tuple[object, ...], list[int]] = {}
    for job in jobs:
        form = form_of(job)
        forms.setdefault(form.rule, form)
        numbers.setdefault(form.rule, []).append(job.number)
    chunks: list[Chunk] = []
    of_mark: dict[Mark, list[Chunk]] = {}
    for rule, form in forms.items():
        near = {id(chunk): chunk for mark in form.marks for chunk in of_mark.get(mark, ())}
        near.update((id(chunk), chunk) for chunk in chunks[-1:])
        free = [chunk for chunk in near.values() if chunk.takes(form)]
        if not free:
            chunks.append(Chunk())
            free = chunks[-1:]
        best = min(free, key=lambda chunk: len(set(form.marks) - chunk.marks.keys()))
        for mark in set(form.marks) - best.marks.keys():
            of_mark.setdefault(mark, []).append(best)
        best.add(form, numbers[rule])
    return chunks
