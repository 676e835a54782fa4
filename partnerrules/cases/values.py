"""What an answer can hold: words, numbers and dates with ranges, lists that may be incomplete."""

from __future__ import annotations

import calendar
import datetime
import re
from fractions import Fraction
from operator import attrgetter
from typing import Any, ClassVar

INFINITE = float("inf")
Number = int | Fraction | float


class Value:
    """Equal to another of its class where all attributes are; never changed once it is made.

    A frozen dataclass says the same, but takes far longer to be made, and so does its class.
    """

    __slots__: tuple[str, ...] = ()
    _all: ClassVar[attrgetter[Any]]

    def __init_subclass__(cls) -> None:
        cls._all = attrgetter(*cls.__slots__)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._all(self) == self._all(other)

    def __hash__(self) -> int:
        return hash(self._all(self))

    def __repr__(self) -> str:
        said = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"{type(self).__name__}({said})"


class Interval(Value):
    """A number, or the closed range in which it lies; exact, so that 0.1 + 0.2 is 0.3."""

    __slots__ = ("high", "low")

    def __init__(self, low: Number, high: Number) -> None:
        self.low = low
        self.high = high


class Days(Value):
    """A date, or the days between which it lies (a month or a year is such a range)."""

    __slots__ = ("high", "low")

    def __init__(self, low: datetime.date, high: datetime.date) -> None:
        self.low = low
        self.high = high

    @property
    def months(self) -> Interval:
        """The calendar months, counted from year 0."""
        return Interval(month_index(self.low), month_index(self.high))


class Items(Value):
    """A list: what is certainly in it, and what may be (None: anything)."""

    __slots__ = ("may", "must")

    def __init__(self, must: frozenset[str], may: frozenset[str] | None) -> None:
        self.must = must
        self.may = may


NEVER = "never"
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


def month_index(date: datetime.date) -> int:
    """Return the number of the calendar month; the day does not count."""
    return date.year * 12 + date.month - 1


def exact(value: int | float) -> Number:
    """Return a number free of binary rounding."""
    return value if isinstance(value, int) else Fraction(repr(value))


def parse_date(value: Any) -> Days | None:
    """Read `2026`, `2026-06` or `2026-06-30`; None where it is no date that exists."""
    match = _DATE.match(str(value))
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if year is None or month is None:
            return Days(datetime.date(int(match[1]), 1, 1), datetime.date(int(match[1]), 12, 31))
        if day is None:
            last = calendar.monthrange(year, month)[1]
            return Days(datetime.date(year, month, 1), datetime.date(year, month, last))
        date = datetime.date(year, month, day)
        return Days(date, date)
    except (ValueError, calendar.IllegalMonthError):
        return None


def shown(value: Any) -> str:
    """Return a value as people read it."""
    if isinstance(value, Interval):
        low, high = (_number(end) for end in (value.low, value.high))
        if low == high:
            return low
        if value.high == INFINITE:
            return f"{low} or more"
        return f"{high} or less" if value.low == -INFINITE else f"{low} to {high}"
    if isinstance(value, Days):
        return _days(value)
    if isinstance(value, Items):
        return ", ".join(sorted(value.must)) or "none"
    # Not by a mapping of both: 1 and 0 are equal to yes and no.
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _number(value: Number) -> str:
    return str(value) if isinstance(value, int) else f"{float(value):.4g}"


def _days(value: Days) -> str:
    if value.low == value.high:
        return value.low.isoformat()
    if (value.low.year, value.low.month) == (value.high.year, value.high.month):
        return value.low.isoformat()[:7]
    if value.low.year == value.high.year and value.low.month == 1 and value.high.month == 12:
        return str(value.low.year)
    return f"{value.low.isoformat()} to {value.high.isoformat()}"


def small(label: str) -> str:
    """Return a label with a small first letter, unless it is an acronym or has a name in it."""
    return label if any(one.isupper() for one in label[1:]) else label[:1].lower() + label[1:]
