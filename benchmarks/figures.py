"""One figure: what the tool takes beside what nobody could do without."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from tabulate import tabulate

Kind = Literal["ratio", "more", "power"]
"""How two sides are compared: the one through the other, less the other, or as a power."""


@dataclass(frozen=True)
class Figure:
    """Two measurements of one run, and how they may relate."""

    name: str
    own: float
    base: float
    unit: str
    aim: float | None = None
    most: float | None = None
    """The bound, or the least where less is worse."""
    kind: Kind = "ratio"
    times: float = 2.0
    """How much more there was to do on the own side: the power of it that the time grew by."""
    less_is_worse: bool = False
    spread: tuple[float, float] | None = None
    """The least and the greatest result of the rounds of the run."""
    note: str = ""

    @property
    def result(self) -> float:
        """What is compared with the aim and the bound."""
        if self.kind == "more":
            return self.own - self.base
        ratio = self.own / self.base if self.base else math.inf
        if self.kind == "ratio":
            return ratio
        return math.log(ratio) / math.log(self.times) if ratio > 0 else -math.inf

    @property
    def verdict(self) -> str:
        """Say whether the aim or the bound is kept."""
        if self.aim is not None and self._keeps(self.aim):
            return "as aimed"
        if self.most is None:
            return ""
        return "within the bound" if self._keeps(self.most) else "beyond the bound"

    def _keeps(self, limit: float) -> bool:
        return self.result >= limit if self.less_is_worse else self.result <= limit

    def said(self, value: float | None) -> str:
        """Return a result or a limit with its unit."""
        if value is None:
            return ""
        return {
            "more": f"{value:+.1f} {self.unit}",
            "ratio": f"{value:.2f}x",
            "power": f"n^{value:.2f}",
        }[self.kind]

    @property
    def told(self) -> str:
        """Return the result with its spread and what else is to be said."""
        rounds = ""
        if self.spread is not None:
            rounds = f" ({self.said(self.spread[0])} to {self.said(self.spread[1])} by round)"
        return f"{self.name}: {self.said(self.result)}{rounds}" + (self.note and f"; {self.note}")

    def row(self) -> list[str]:
        """Return the cells of a line."""
        sides = [f"{side:.2f} {self.unit}" for side in (self.own, self.base)]
        spread = " to ".join(map(self.said, self.spread or ()))
        limits = [self.said(self.aim), self.said(self.most)]
        if self.less_is_worse:
            limits = [limit and f"at least {limit}" for limit in limits]
        verdict = "; ".join(filter(None, [self.verdict, self.note]))
        return [self.name, *sides, self.said(self.result), spread, *limits, verdict]


HEADS = ["What", "partnerrules", "baseline", "result", "by round", "aim", "at most", ""]


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as a table."""
    rows = [figure.row() for figure in figures]
    aligned = ("left", *("right",) * (len(HEADS) - 2), "left")
    return tabulate(rows, headers=HEADS, disable_numparse=True, colalign=aligned)
