"""One figure: what the tool takes beside what nobody could do without."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tabulate import tabulate


@dataclass(frozen=True)
class Figure:
    """Two measurements of one run, and how they may relate."""

    name: str
    own: float
    base: float
    unit: str
    aim: float | None = None
    most: float | None = None
    growth: bool = False
    """Whether the difference counts, in the unit; otherwise the ratio."""

    @property
    def result(self) -> float:
        """What is compared with the aim and the bound."""
        return self.own - self.base if self.growth else self.own / self.base

    @property
    def verdict(self) -> str:
        """Say whether the aim or the bound is kept."""
        if self.aim is not None and self.result <= self.aim:
            return "as aimed"
        if self.most is None:
            return ""
        return "within the bound" if self.result <= self.most else "beyond the bound"

    def said(self, value: float | None) -> str:
        """Return a result or a limit with its unit."""
        if value is None:
            return ""
        return f"{value:+.1f} {self.unit}" if self.growth else f"{value:.2f}x"

    def row(self) -> list[str]:
        """Return the cells of a line."""
        sides = [f"{side:.2f} {self.unit}" for side in (self.own, self.base)]
        limits = [self.said(limit) for limit in (self.aim, self.most)]
        return [self.name, *sides, self.said(self.result), *limits, self.verdict]


HEADS = ["What", "partnerrules", "baseline", "result", "aim", "at most", ""]


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as a table."""
    rows = [figure.row() for figure in figures]
    return tabulate(
        rows, headers=HEADS, disable_numparse=True, colalign=("left",) + ("right",) * 5 + ("left",)
    )
