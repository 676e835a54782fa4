"""Measures: numbers worked out from answers, as the range in which they must lie."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any

from partnerrules.cases.answers import NOT_APPLICABLE, Answer
from partnerrules.cases.values import INFINITE, Days, Interval, Items
from partnerrules.facts.conditions import Compiler
from partnerrules.facts.leaves import Path
from partnerrules.facts.nodes import All
from partnerrules.facts.quantifiers import Quantifier
from partnerrules.facts.truth import holds
from partnerrules.facts.world import Env, World
from partnerrules.packs.models import Measure

ANYTHING = Interval(-INFINITE, INFINITE)
_LISTED = ("sum", "mean", "min", "max", "range", "count_values")


@dataclass(frozen=True, eq=False)
class CompiledMeasure:
    """One measure, ready to be worked out for a case."""

    name: str
    measure: Measure
    over: Quantifier | None
    part: All | None
    """For a share: what the counted members have in common."""
    paths: tuple[Path, ...]
    points: tuple[All, ...]
    stated: Path | None

    def answer(self, world: World, env: Env) -> Answer:
        """Return the measure as an answer; `or_answer` counts where members leave it open."""
        found = self._value(world, env)
        if found is None:
            return NOT_APPLICABLE
        if self.stated is not None and found.low != found.high:
            for _, answer in self.stated.found(world, env):
                if answer.values and answer.status != "not_applicable":
                    return answer
        if found == ANYTHING:
            return Answer()
        return Answer("known", (found,), basis="derived")

    def _value(self, world: World, env: Env) -> Interval | None:
        measure = self.measure
        if measure.points is not None:
            codes = [holds(point.code(world, env)) for point in self.points]
            return Interval(codes.count(2), len(codes) - codes.count(0))
        if measure.size is not None:
            return _size(self.paths[0].found(world, env)[0][1])
        if measure.ratio or measure.difference or measure.months_between:
            return self._two(world, env)
        assert self.over is not None
        found = self.over.found(world, env)
        if measure.count is not None:
            return self.over.number(world, found)
        if measure.share is not None:
            return self._share(world, found)
        return self._listed(world, found)

    def _share(self, world: World, found: list[tuple[int, Env]]) -> Interval | None:
        assert self.part is not None and self.over is not None
        low = high = 0
        certain = sum(certainty == 2 for certainty, _ in found)
        if not found:
            return None
        if any(env[v].id == "?" for _, env in found for v in self.over.bound):
            return Interval(0, 1)
        for certainty, env in found:
            inside = holds(self.part.code(world, env))
            low += certainty == 2 and inside == 2
            high += bool(inside)
        others = sum(1 for c, env in found if c == 2 and not holds(self.part.code(world, env)))
        possible_out = sum(1 for _, env in found if holds(self.part.code(world, env)) < 2)
        least = Fraction(low, low + possible_out) if low + possible_out else Fraction(0)
        most = Fraction(high, high + others) if high + others else Fraction(1 if certain else 0)
        return Interval(least, most)

    def _listed(self, world: World, found: list[tuple[int, Env]]) -> Interval | None:
        assert self.over is not None
        if not found:
            return None
        sure: list[tuple[Any, Any]] = []
        maybe: list[tuple[Any, Any]] = []
        open_end = False
        for certainty, env in found:
            span = _span(self.paths[0].found(world, env)[0][1])
            if span is None:
                continue
            (sure if certainty == 2 else maybe).append(span)
            open_end |= any(env[v].id == "?" for v in self.over.bound)
        kind = next(k for k in ("top", *_LISTED) if getattr(self.measure, k) is not None)
        if kind == "count_values" or open_end or not (sure or maybe):
            return Interval(0, INFINITE) if sure or maybe else None
        return _combine(kind, sure, maybe, self.measure)

    def _two(self, world: World, env: Env) -> Interval | None:
        spans = []
        for path in self.paths:
            if path.name == "assessed_on":
                spans.append(Days(world.day, world.day).months)
                continue
            answer = path.found(world, env)[0][1]
            span = _months(answer) if self.measure.months_between else _span(answer)
            if span is None:
                return None
            spans.append(span if isinstance(span, Interval) else Interval(*span))
        first, second = spans
        if self.measure.ratio:
            if second.low <= 0:
                return None if second.high == 0 else ANYTHING
            return Interval(Fraction(first.low) / second.high if second.high != INFINITE else 0,
                            _divide(first.high, second.low))  # fmt: skip
        if self.measure.months_between:
            first, second = second, first
        return Interval(first.low - second.high, first.high - second.low)


def _divide(top: Any, bottom: Any) -> Any:
    return INFINITE if top == INFINITE else Fraction(top) / Fraction(bottom)


def _size(answer: Answer) -> Interval | None:
    if answer.status == "not_applicable":
        return None
    if answer.values is None:
        return ANYTHING
    items = [value for value in answer.values if isinstance(value, Items)]
    most = max(INFINITE if item.may is None else len(item.may) for item in items)
    return Interval(min(len(item.must) for item in items), most)


def _months(answer: Answer) -> Interval | None:
    if answer.status == "not_applicable":
        return None
    days = [value for value in answer.values or () if isinstance(value, Days)]
    if not days or len(days) < len(answer.values or ()):
        return ANYTHING if not answer.values else None
    return Interval(min(d.months.low for d in days), max(d.months.high for d in days))


def _span(answer: Answer) -> tuple[Any, Any] | None:
    if answer.status == "not_applicable":
        return None
    if answer.values is None:
        return -INFINITE, INFINITE
    return min(v.low for v in answer.values), max(v.high for v in answer.values)


def _combine(
    kind: str, sure: list[tuple[Any, Any]], maybe: list[tuple[Any, Any]], measure: Measure
) -> Interval:
    every = sure + maybe
    if kind == "sum":
        low = sum(a for a, _ in sure) + sum(min(a, 0) for a, _ in maybe)
        return Interval(low, sum(b for _, b in sure) + sum(max(b, 0) for _, b in maybe))
    if kind == "top":
        number = int((measure.top or {}).get("number", 1))
        lows = sorted((a for a, _ in sure), reverse=True)
        highs = sorted((b for _, b in every), reverse=True)
        return Interval(sum(islice(lows, number)), sum(islice(highs, number)))
    if kind == "max":
        low = max((a for a, _ in sure), default=min(a for a, _ in every))
        return Interval(low, max(b for _, b in every))
    if kind == "min":
        high = min((b for _, b in sure), default=max(b for _, b in every))
        return Interval(min(a for a, _ in every), high)
    if kind == "mean" and not maybe:
        return Interval(
            _divide(sum(a for a, _ in sure), len(sure)) if sure[0][0] != -INFINITE else -INFINITE,
            _divide(sum(b for _, b in sure), len(sure)),
        )
    low, high = min(a for a, _ in every), max(b for _, b in every)
    return Interval(low, high) if kind == "mean" else Interval(0, high - low)


def compile_measure(compiler: Compiler, name: str, measure: Measure) -> CompiledMeasure:
    """Compile a measure; problems go to the compiler."""
    scope = dict(measure.per)
    bound = measure.over or measure.count or {}
    over = part = None
    if bound:
        over = compiler.quantifier("some", {**bound, "where": measure.where}, scope, True)
    inner = {**scope, **bound}
    if measure.share is not None:
        part = compiler.compile([measure.share], inner, True)
    texts = _texts(measure)
    paths = []
    for text in texts:
        if text == "assessed_on":
            paths.append(Path("", text))
            continue
        found = compiler.path(text, inner)
        if found is not None:
            paths.append(found[0])
            compiler._read(found[0], [], True)
    points = tuple(compiler.compile([one], scope, True) for one in measure.points or [])
    stated = compiler.path(measure.or_answer, scope) if measure.or_answer else None
    return CompiledMeasure(
        name, measure, over, part, tuple(paths), points, stated[0] if stated else None
    )


def _texts(measure: Measure) -> list[str]:
    if measure.top is not None:
        return [str(measure.top.get("of", ""))]
    two = measure.ratio or measure.difference or measure.months_between
    if two:
        return two if len(two) == 2 else [*two, "assessed_on"]
    if measure.size is not None:
        return [measure.size]
    one = next((getattr(measure, k) for k in _LISTED if getattr(measure, k) is not None), None)
    return [str(one)] if one else []
