"""Measures: numbers worked out from answers, as the range in which they must lie."""

from __future__ import annotations

from typing import Any

from partnerrules.cases.answers import NOT_APPLICABLE, Answer
from partnerrules.cases.case import UNNAMED
from partnerrules.cases.values import INFINITE, NEVER, Days, Interval, Items, exact
from partnerrules.facts import amounts
from partnerrules.facts.amounts import Amount
from partnerrules.facts.compiler import Compiler
from partnerrules.facts.conditions import Condition
from partnerrules.facts.members import Members, unnamed_before
from partnerrules.facts.paths import Path
from partnerrules.facts.world import Env, Evidence, World
from partnerrules.packs.models import Fact, Measure

_AMOUNTS = ("sum", "mean", "min", "max", "range", "count_values")
OPEN = Answer()


class CompiledMeasure:
    """One measure, ready to be worked out for a case."""

    def __init__(
        self,
        name: str,
        measure: Measure,
        over: Members | None,
        part: Condition | None,
        paths: tuple[Path, ...],
        facts: tuple[Fact, ...],
        points: tuple[Condition, ...],
        stated: Path | None,
    ) -> None:
        self.name = name
        self.measure = measure
        self.over = over
        self.part = part
        """For a share: what the counted members have in common."""
        self.paths = paths
        self.facts = facts
        """The facts that the paths lead to."""
        self.points = points
        self.stated = stated

    def answer(self, world: World, env: Env) -> Answer:
        """Return the measure as an answer; `or_answer` counts where members leave it open."""
        found = self._value(world, env)
        if found.status == "not_applicable":
            return found
        if self.stated is not None and not _settled(found):
            stated, _ = self.stated.read(world, env)
            if stated.values is not None:
                return stated
        return found

    def why(self, world: World, env: Env) -> list[Evidence]:
        """Return what the measure rests on, in the order of the members that it looks at."""
        found: list[Evidence] = []
        if self.stated is not None and not _settled(self._value(world, env)):
            found += self.stated.evidence(world, env)
        for point in self.points:
            found += point.why(world, env, point.holds(world, env) > 0)
        if self.over is None:
            return found + [one for path in self.paths for one in path.evidence(world, env)]
        matches = self.over.found(world, env)
        for _, inner in matches:
            found += self.over.where.why(world, inner)
            for path in self.paths:
                found += path.evidence(world, inner)
            if self.part is not None:
                found += self.part.why(world, inner, self.part.holds(world, inner) > 0)
        return found if matches else found + self.over.absence(world, env)

    def _value(self, world: World, env: Env) -> Answer:
        measure = self.measure
        if measure.points is not None:
            codes = [point.holds(world, env) for point in self.points]
            return _known(Interval(codes.count(2), len(codes) - codes.count(0)))
        if measure.size is not None:
            return _size(*self.paths[0].read(world, env), world.most_named(self.facts[0]))
        if measure.ratio or measure.difference or measure.months_between:
            return self._two(world, env)
        assert self.over is not None
        found = self.over.found(world, env)
        if measure.count is not None:
            return _known(self.over.number(world, found))
        if measure.share is not None:
            return self._share(world, found)
        return self._amounts(world, found)

    def _share(self, world: World, found: list[tuple[int, Env]]) -> Answer:
        assert self.part is not None
        rows = []
        for certainty, env in found:
            into, out = self.part.holds(world, env), self.part.against(world, env)
            if into or out:
                rows.append((into, out, *self._copies(world, certainty, env)))
        if not rows:
            return NOT_APPLICABLE
        return _known(amounts.share(rows)) if any(least for _, _, least, _ in rows) else OPEN

    def _amounts(self, world: World, found: list[tuple[int, Env]]) -> Answer:
        measure = self.measure
        every = []
        for certainty, env in found:
            answer, applies = self.paths[0].read(world, env)
            least, most = self._copies(world, certainty, env)
            every.append((answer, applies, least if applies else 0, most))
        answers = [
            (answer, least, most)
            for answer, _, least, most in every
            if answer.status != "not_applicable"
        ]
        if every and not answers:
            return NOT_APPLICABLE if any(least for _, _, least, _ in every) else OPEN
        left_out = len(answers) < len(every) or not all(applies for _, applies, _, _ in every)
        if left_out and not any(least for _, least, _ in answers):
            return OPEN
        if measure.count_values is not None:
            return _known(amounts.distinct(self.facts[0], answers))
        rows = [Amount(*_span(self.facts[0], answer), *copies) for answer, *copies in answers]
        if measure.sum is not None:
            return _known(amounts.total(rows))
        if not rows:
            return NOT_APPLICABLE
        if not any(row.least for row in rows):
            return OPEN
        if measure.top is not None:
            return _known(amounts.top(rows, int(measure.top.get("number", 1))))
        kinds = {
            "mean": amounts.average, "min": amounts.smallest,
            "max": amounts.largest, "range": amounts.spread,
        }  # fmt: skip
        return next(
            _known(kind(rows)) for name, kind in kinds.items() if getattr(measure, name) is not None
        )

    def _copies(self, world: World, certainty: int, env: Env) -> tuple[Any, Any]:
        """Return how many members such a match stands for, at least and at most."""
        least, most = 1, 1.0
        assert self.over is not None
        for name in self.over.bound:
            member = env[name]
            if member.id == UNNAMED:
                more = world.case.collections[member.entity].more
                before = unnamed_before(env, name, member.entity)
                least, most = least * (more[0] - before), most * (more[1] - before)
        return (max(least, 0) if certainty == 2 else 0), most if most == INFINITE else int(most)

    def _two(self, world: World, env: Env) -> Answer:
        read = [path.read(world, env) for path in self.paths]
        answers = [answer for answer, _ in read]
        if any(answer.status == "not_applicable" for answer in answers):
            return NOT_APPLICABLE
        if not all(applies for _, applies in read):
            return OPEN
        if self.measure.months_between:
            return _months(*answers)
        first, second = (
            Interval(*_span(fact, answer)) for fact, answer in zip(self.facts, answers, strict=True)
        )
        if self.measure.ratio:
            if second.low == second.high == 0:
                return NOT_APPLICABLE
            found = amounts.ratio(first, second)
            return _known(found) if found else OPEN
        return _known(_difference(first, second))


def _difference(first: Interval, second: Interval) -> Interval:
    low, high = amounts.minus(first.low, second.high), amounts.minus(first.high, second.low)
    return Interval(low, high)


def _known(found: Interval) -> Answer:
    if found.low == -INFINITE and found.high == INFINITE:
        return OPEN
    return Answer("known", (found,), basis="derived")


def _settled(answer: Answer) -> bool:
    if not answer.values or len(answer.values) > 1:
        return False
    (value,) = answer.values
    return isinstance(value, Interval) and value.low == value.high


def _size(answer: Answer, applies: bool, members: Any) -> Answer:
    if not applies or answer.status == "not_applicable" or answer.values is None:
        return NOT_APPLICABLE if answer.status == "not_applicable" else OPEN
    items = [value for value in answer.values if isinstance(value, Items)]
    most = max(members if item.may is None else len(item.may) for item in items)
    return _known(Interval(min(len(item.must) for item in items), most))


def _months(first: Answer, second: Answer) -> Answer:
    if first.values is None or second.values is None:
        return OPEN
    values = [*first.values, *second.values]
    if any(value == NEVER for value in values):
        settled = len(first.values) == len(second.values) == 1
        return NOT_APPLICABLE if settled else OPEN
    return _known(_difference(_in_months(second), _in_months(first)))


def _in_months(answer: Answer) -> Interval:
    months = [value.months for value in answer.values or () if isinstance(value, Days)]
    return Interval(min(one.low for one in months), max(one.high for one in months))


def _span(fact: Fact, answer: Answer) -> tuple[Any, Any]:
    if answer.values is not None:
        return min(v.low for v in answer.values), max(v.high for v in answer.values)
    bounded = fact.type in ("share", "count")
    floor = exact(fact.min) if fact.min is not None else 0 if bounded else -INFINITE
    roof = exact(fact.max) if fact.max is not None else 1 if fact.type == "share" else INFINITE
    return floor, roof


def compile_measure(compiler: Compiler, name: str, measure: Measure) -> CompiledMeasure:
    """Compile a measure; problems go to the compiler."""
    scope = dict(measure.per)
    bound = measure.over or measure.count or {}
    over = part = None
    if bound:
        over = compiler.members_of({**bound, "where": measure.where}, scope, True)
    inner = {**scope, **bound}
    if measure.share is not None:
        part = compiler.compile([measure.share], inner, True)
    paths = []
    facts = []
    for text in _texts(measure):
        found = compiler.reading.path(text, inner)
        if found is not None:
            paths.append(found[0])
            facts.append(found[1])
            compiler.reading.read(found[0], False)
    points = tuple(compiler.compile([one], scope, True) for one in measure.points or [])
    stated = compiler.reading.path(measure.or_answer, scope) if measure.or_answer else None
    if stated:
        compiler.reading.read(stated[0], False)
    return CompiledMeasure(
        name,
        measure,
        over,
        part,
        tuple(paths),
        tuple(facts),
        points,
        stated[0] if stated else None,
    )


def _texts(measure: Measure) -> list[str]:
    if measure.top is not None:
        return [str(measure.top.get("of", ""))]
    two = measure.ratio or measure.difference or measure.months_between
    if two:
        return two if len(two) == 2 else [*two, "assessed_on"]
    if measure.size is not None:
        return [measure.size]
    one = next((getattr(measure, k) for k in _AMOUNTS if getattr(measure, k) is not None), None)
    return [str(one)] if one else []
