"""Measures as ranges, those of which docs/language.md says exactly what they are."""

from __future__ import annotations

from typing import Any

from compiling import Compiler
from domains import most_of, span_of
from run import NO, YES, Bound, Owner, Run

from partnerrules.cases.answers import NOT_APPLICABLE, NOT_ASKED, Answer
from partnerrules.cases.values import INFINITE, Interval, month_index
from partnerrules.packs.models import Measure

Span = tuple[Any, Any]


class Amount:
    """One measure."""

    def __init__(self, compiler: Compiler, measure: Measure) -> None:
        self.measure = measure
        scope = dict(measure.per)
        over = measure.count or measure.over
        self.members = compiler.members("count", over, measure.where, scope) if over else None
        inner = {**scope, **over}
        self.points = [compiler.condition([one], scope) for one in measure.points or []]
        months = [*(measure.months_between or ()), "assessed_on"][:2]
        two = measure.difference or (months if measure.months_between else [])
        named = [measure.sum] if measure.sum else [measure.size] if measure.size else two
        self.places = [compiler.place(path, inner) for path in named]

    def answer(self, run: Run, owner: Owner) -> Answer:
        """Return the range as an answer; of a list or date that is not known, nothing is known."""
        number = int(owner[1] == "?")
        env = {variable: Bound(*owner, number) for variable in self.measure.per}
        if self.measure.sum is not None:
            return self._sum(run, env)
        if self.measure.size or self.measure.months_between:
            answers = [run.last(place, env) for place in self.places]
            if any(answer.status == "not_applicable" for answer in answers):
                return NOT_APPLICABLE
            if any(answer.values is None for answer in answers):
                return NOT_ASKED
            if any("never" in (answer.values or ()) for answer in answers):
                one = all(len(answer.values or ()) == 1 for answer in answers)
                return NOT_APPLICABLE if one else NOT_ASKED
        found = self._span(run, env)
        return NOT_APPLICABLE if found is None else Answer("known", (Interval(*found),))

    def _span(self, run: Run, env: Any) -> Span | None:
        if self.measure.points is not None:
            found = [point.value(run, env) for point in self.points]
            return found.count(YES), len(found) - found.count(NO)
        if self.measure.count is not None:
            assert self.members is not None
            return self.members.number(run, env)
        if self.measure.size is not None:
            return self._size(run, env)
        spans = [self._read(run, place, env) for place in self.places]
        if None in spans:
            return None
        (a, b), (c, d) = spans  # type: ignore[misc]
        return (a - d, b - c) if self.measure.difference else (c - b, d - a)

    def _sum(self, run: Run, env: Any) -> Answer:
        assert self.members is not None
        low: Any = 0
        high: Any = 0
        there: list[Any] = []
        applies: list[Any] = []
        for inner, _ in run.bindings(self.members.over, env):
            found = self.members.where.value(run, inner)
            if not found:
                continue
            least, most = (run.stands_for(self.members.over, env, inner, end) for end in (0, 1))
            least = least if found == YES else 0
            there.append(least)
            span = self._read(run, self.places[0], inner)
            if span is not None:
                applies.append(least)
                low += _times(span[0], most if span[0] < 0 else least)
                high += _times(span[1], most if span[1] > 0 else least)
        if len(applies) < len(there) and not any(applies):
            # With some who may be left out, whether anything applies is open.
            return NOT_APPLICABLE if any(there) and not applies else NOT_ASKED
        return Answer("known", (Interval(low, high),))

    def _size(self, run: Run, env: Any) -> Span | None:
        place = self.places[0]
        answer = run.last(place, env)
        if answer.status == "not_applicable":
            return None
        most = most_of(place.fact, run.roster(place.fact.to, env))
        if most > 90:
            most = INFINITE
        return (
            min(len(items.must) for items in answer.values),
            max(most if items.may is None else len(items.may) for items in answer.values),
        )

    def _read(self, run: Run, place: Any, env: Any) -> Span | None:
        answer = run.last(place, env)
        if answer.status == "not_applicable":
            return None
        if place.fact.type == "date":
            days = answer.values
            return min(month_index(d.low) for d in days), max(month_index(d.high) for d in days)
        spans = answer.values or (span_of(place.fact),)
        return min(s.low for s in spans), max(s.high for s in spans)


def _times(number: Any, often: Any) -> Any:
    return number * often if number and often else 0
