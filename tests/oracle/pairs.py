"""Comparisons of two answers with each other."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from language import COMPARE, number_passes
from parts import Part
from run import MAYBE, NO, YES, Env, Items, Place, Run, unique

from partnerrules.cases.values import Items as Listed


@dataclass(eq=False)
class Pair(Part):
    """A comparison of two answers, over all pairs of their values."""

    place: Place
    op: str
    other: Place
    neg: bool

    def _value(self, run: Run, env: Env) -> int:
        return run.agree(
            self.place, env, lambda a: run.agree(self.other, env, lambda b: self._judge(run, a, b))
        )

    def _judge(self, run: Run, one: Any, other: Any) -> int:
        if "not_applicable" in (one.status, other.status):
            return NO
        if one.values is None or other.values is None:
            return MAYBE
        found = {
            self._compare(a, b) != self.neg
            for x, y in itertools.product(one.values, other.values)
            for a, b in itertools.product(*_ends(x, y))
        }
        return MAYBE if len(found) == 2 else YES if True in found else NO

    def _compare(self, one: Any, other: Any) -> bool:
        if self.op in COMPARE and self.place.fact.type == "choice":
            order = list(self.place.fact.choices)
            return number_passes(self.op, order.index(one), order.index(other))
        return _compare(self.op, one, other)

    def items(self, run: Run, env: Env) -> Items:
        return unique([*run.reads(self.place, env), *run.reads(self.other, env)])


def _ends(*values: Any) -> Iterator[list[Any]]:
    """Enough values of both ranges: their ends, and for an open end two far beyond all others."""
    for value in values:
        if isinstance(value, Listed):
            yield list(_lists(value, values))
        elif not hasattr(value, "low"):
            yield [value]
        elif isinstance(value.low, (int, float)) or not hasattr(value.low, "year"):
            ends = [[-far - 1, -far] if e < 0 and math.isinf(e) else [far, far + 1] if math.isinf(e)
                    else [e] for e in (value.low, value.high) for far in (10**9,)]  # fmt: skip
            inside = [e for v in values for e in (v.low, v.high) if value.low < e < value.high]
            yield [*ends[0], *ends[1], *(e for e in inside if not math.isinf(e))]
        else:
            days = [e for v in values if hasattr(v, "low") for e in (v.low, v.high)]
            yield [value.low, value.high, *(d for d in days if value.low <= d <= value.high)]


def _lists(value: Listed, values: tuple[Any, ...]) -> Iterator[frozenset[str]]:
    """Every list that it may be; where anything may be in it, all that is named and one more."""
    named = frozenset().union(*(one.must | (one.may or frozenset()) for one in values))
    loose = sorted((value.may if value.may is not None else named | {"another"}) - value.must)
    for size in range(len(loose) + 1):
        for more in itertools.combinations(loose, size):
            yield value.must | frozenset(more)


def _compare(op: str, one: Any, other: Any) -> bool:
    if op in ("same_as", "is", "is_not"):
        return bool(one == other) != (op == "is_not")
    if "never" in (one, other):
        return False
    if op in ("before", "after"):
        return bool(one < other if op == "before" else one > other)
    return number_passes(op, one, other)
