"""What conditions ask of the answers, in a form in which they can be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_INFINITE = float("inf")


@dataclass
class Asked:
    """What is let through of one answer, or of the number of members that fit."""

    words: frozenset[Any] | None = None
    """Of words: those that pass; None for numbers."""
    low: tuple[float, bool] = (-_INFINITE, False)
    """The lower end, and whether it is left out."""
    high: tuple[float, bool] = (_INFINITE, False)
    has: set[str] = field(default_factory=set)
    lacks: set[str] = field(default_factory=set)

    def apart(self, other: Asked) -> bool:
        """Say whether no answer passes both."""
        if self.words is not None and other.words is not None:
            return not self.words & other.words
        if self.has & other.lacks or self.lacks & other.has:
            return True
        return self.above(other) or other.above(self)

    def above(self, other: Asked) -> bool:
        """Say whether it begins where the other has ended."""
        low, high = self.low, other.high
        return low[0] > high[0] or (low[0] == high[0] and (low[1] or high[1]))

    def from_below(self, other: Asked) -> bool:
        """Say whether what is below the lower end of the other is below its own."""
        return (self.low[0], self.low[1]) >= (other.low[0], other.low[1])

    def from_above(self, other: Asked) -> bool:
        """Say whether what is above the upper end of the other is above its own."""
        return (self.high[0], not self.high[1]) <= (other.high[0], not other.high[1])

    def inside(self, other: Asked) -> bool:
        """Say whether every answer that passes this one passes the other."""
        if other.words is not None:
            return self.words is not None and self.words <= other.words
        # Where nothing is named, nothing of it is.
        lacks = other.lacks <= self.lacks or self.high[0] <= 0
        within = other.has <= self.has and lacks
        return within and self.from_below(other) and self.from_above(other)

    @property
    def bounded(self) -> bool:
        """Whether it has both ends."""
        return self.low[0] > -_INFINITE and self.high[0] < _INFINITE


@dataclass(frozen=True, eq=False)
class Members:
    """Members that are counted: their entities, and what is asked of them."""

    entities: tuple[str, ...]
    where: AskedOf

    def inside(self, other: Members) -> bool:
        """Say whether whoever is among these is among the others."""
        return self.entities == other.entities and self.where.inside(other.where)


@dataclass(frozen=True, eq=False)
class AskedOf:
    """What conditions that all hold ask, by what they ask it of."""

    of: dict[str, Asked] = field(default_factory=dict)
    """By the path of an answer; what is not understood further is one whole, by its text."""
    members: dict[str, Members] = field(default_factory=dict)
    """Whom those in `of` count that are a number of members."""

    def apart(self, other: AskedOf) -> Iterator[tuple[str, str]]:
        """Yield the names here and there of what no case passes both of."""
        for name, asked in self.of.items():
            for theirs, them in other.of.items():
                if name == theirs:
                    excluded = asked.apart(them)
                elif name in self.members and theirs in other.members:
                    ours, others = self.members[name], other.members[theirs]
                    # At most so many of the more, and more than that of the fewer.
                    excluded = (them.above(asked) and others.inside(ours)) or (
                        asked.above(them) and ours.inside(others)
                    )
                else:
                    excluded = False
                if excluded:
                    yield name, theirs

    def inside(self, other: AskedOf) -> bool:
        """Say whether the others hold wherever these do, as far as that can be seen."""
        return all(self._implies(other, name) for name in other.of)

    def _implies(self, other: AskedOf, name: str) -> bool:
        asked = other.of[name]
        if name in self.of and self.of[name].inside(asked):
            return True
        theirs = other.members.get(name)
        if theirs is None:
            return False
        fewer = [self.of[key] for key, ours in self.members.items() if ours.inside(theirs)]
        more = [self.of[key] for key, ours in self.members.items() if theirs.inside(ours)]
        return (asked.low[0] == -_INFINITE or any(one.from_below(asked) for one in fewer)) and (
            asked.high[0] == _INFINITE or any(one.from_above(asked) for one in more)
        )

    def without(self, name: str) -> dict[str, Asked]:
        """Return all but one."""
        return {key: one for key, one in self.of.items() if key != name}


def narrow(asked: Asked, bounds: Mapping[str, Any]) -> None:
    """Leave of a number only what keeps some bounds."""
    for operator, value in bounds.items():
        if value is None:
            continue
        if operator in ("at_least", "more_than", "is"):
            asked.low = max(asked.low, (value, operator == "more_than"))
        if operator in ("at_most", "less_than", "is"):
            end, closed = min((asked.high[0], not asked.high[1]), (value, operator != "less_than"))
            asked.high = (end, not closed)
