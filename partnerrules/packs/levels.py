"""Whether the levels of a rule nest: a lower one states the weaker condition.

A lower alternative denies a higher one where both ask the same thing and no answer passes both,
and where either the lower one is bounded on both sides there (a band, as in 4 to 7 and 8 or more)
or the two differ in nothing else. It is no denial where another alternative of the same level
as the lower one follows from the higher one: then that is the weaker condition.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from partnerrules.findings import rank
from partnerrules.packs.library import Library
from partnerrules.packs.models import Fact, Rule
from partnerrules.packs.names import Names
from partnerrules.packs.operators import BOUNDS
from partnerrules.packs.places import Fault
from partnerrules.packs.walk import parameter

_INFINITE = float("inf")


@dataclass
class _Asked:
    """What one alternative lets through of one answer."""

    words: frozenset[Any] | None = None
    """Of words: those that pass; None for numbers."""
    low: tuple[float, bool] = (-_INFINITE, False)
    """The lower end, and whether it is left out."""
    high: tuple[float, bool] = (_INFINITE, False)
    has: set[str] = field(default_factory=set)
    lacks: set[str] = field(default_factory=set)

    def apart(self, other: _Asked) -> bool:
        """Say whether no answer passes both."""
        if self.words is not None and other.words is not None:
            return not self.words & other.words
        if self.has & other.lacks or self.lacks & other.has:
            return True
        return _past(self.low, other.high) or _past(other.low, self.high)

    def inside(self, other: _Asked) -> bool:
        """Say whether every answer that passes this one passes the other."""
        if self.words is not None and other.words is not None:
            return self.words <= other.words
        if not (other.has <= self.has and other.lacks <= self.lacks):
            return False
        above = (self.low[0], self.low[1]) >= (other.low[0], other.low[1])
        return above and (self.high[0], not self.high[1]) <= (other.high[0], not other.high[1])


def _past(low: tuple[float, bool], high: tuple[float, bool]) -> bool:
    return low[0] > high[0] or (low[0] == high[0] and (low[1] or high[1]))


def level_faults(names: Names, rule: Rule, path: str) -> Iterator[Fault]:
    """Yield each lower alternative that denies a higher one."""
    if len({one.level for one in rule.concern.values()}) < 2:
        return
    reader = _Reader(names.library, rule)
    asked = {key: reader.read([rule.given, one.when]) for key, one in rule.concern.items()}
    for low_key, low in rule.concern.items():
        for high_key, high in rule.concern.items():
            if rank(low.level) >= rank(high.level):
                continue
            name = _denied(asked[low_key], asked[high_key], reader)
            weaker = (asked[key] for key, one in rule.concern.items() if one.level == low.level)
            if name and not any(_follows(asked[high_key], one) for one in weaker):
                text = (
                    f"The levels do not nest: {low_key} ({low.level}) denies {high_key}"
                    f" ({high.level}) on {name}. State the weaker condition on the lower level,"
                    " such as at_least without an upper end; the worst that holds counts."
                )
                yield Fault("levels-do-not-nest", path, ("concern", low_key), text)


def _denied(low: dict[str, _Asked], high: dict[str, _Asked], reader: _Reader) -> str:
    for name, asked in low.items():
        if name not in high or not asked.apart(high[name]):
            continue
        others = {key: one for key, one in low.items() if key != name}
        same = others == {key: one for key, one in high.items() if key != name}
        if same or reader.band(name, asked):
            return name.split(" {", 1)[0]
    return ""


def _follows(high: dict[str, _Asked], low: dict[str, _Asked]) -> bool:
    return all(name in high and high[name].inside(asked) for name, asked in low.items())


class _Reader:
    """Reads the conditions that all hold; what stands under any, not or holds is one whole."""

    def __init__(self, library: Library, rule: Rule) -> None:
        self.library = library
        self.rule = rule

    def read(self, condition: Any) -> dict[str, _Asked]:
        found: dict[str, _Asked] = {}
        self._read(condition, found)
        return found

    def _read(self, condition: Any, found: dict[str, _Asked]) -> None:
        if isinstance(condition, list):
            for one in condition:
                self._read(one, found)
        elif isinstance(condition, dict):
            for key, value in condition.items():
                self._entry(key, value, found)

    def _entry(self, key: str, value: Any, found: dict[str, _Asked]) -> None:
        if key in ("some", "none"):
            asked = found.setdefault(f"some {_text(value)}", _Asked())
            _narrow(asked, {"at_least": 1} if key == "some" else {"at_most": 0})
        elif key == "count" and isinstance(value, dict):
            body = {k: v for k, v in value.items() if k not in BOUNDS}
            asked = found.setdefault(f"count {_text(body)}", _Asked())
            bounds = {k: v for k, v in value.items() if k in BOUNDS}
            _narrow(asked, {k: self._number(v) for k, v in bounds.items()} or {"at_least": 1})
        elif key == "not":
            self._negated(value, found)
        elif key in ("any", "holds", "concern", "could_be", "sound"):
            found.setdefault(_text({key: value}), _Asked()).has.add("it")
        else:
            fact = self._fact(key)
            if fact is not None:
                self._answer(fact, key, value, found.setdefault(key, _Asked()))

    def _negated(self, value: Any, found: dict[str, _Asked]) -> None:
        key = next(iter(value)) if isinstance(value, dict) and len(value) == 1 else ""
        fact = self._fact(key) if key else None
        if fact is not None and fact.type in ("choice", "yes_no"):
            inner = _Asked()
            self._answer(fact, key, value[key], inner)
            if inner.words is not None:
                words = frozenset(fact.choices or (True, False)) - inner.words
                asked = found.setdefault(key, _Asked())
                asked.words = words if asked.words is None else asked.words & words
                return
        found.setdefault(_text(value), _Asked()).lacks.add("it")

    def _answer(self, fact: Fact, key: str, value: Any, asked: _Asked) -> None:
        tests = value if isinstance(value, dict) else {"is": value}
        if fact.type in ("choice", "yes_no"):
            choices: list[Any] = list(fact.choices) or [True, False]
            passing = _passing(choices, tests)
            if passing is not None:
                asked.words = passing if asked.words is None else asked.words & passing
        elif fact.type in ("choices", "references"):
            asked.has.update(w for op in ("has", "has_all") for w in _list(tests.get(op)))
            asked.lacks.update(_list(tests.get("lacks")))
            size = tests.get("size")
            if size is not None:
                bounds = size if isinstance(size, dict) else {"is": size}
                _narrow(asked, {k: self._number(v) for k, v in bounds.items()})
        elif fact.type in ("number", "share", "count"):
            _narrow(asked, {k: self._number(v) for k, v in tests.items()})

    def _fact(self, key: str) -> Fact | None:
        head, _, name = key.partition(".")
        if head in self.rule.for_each:
            entity = self.library.entities.get(self.rule.for_each[head])
            return entity.facts.get(name) if entity else None
        if key in self.library.measures:
            return Fact(type="number")
        return self.library.fact(key)

    def _number(self, value: Any) -> Any:
        if parameter(value):
            try:
                value = self.library.parameter(value[1:])[1]
            except KeyError:
                return None
        return value if isinstance(value, (int, float)) else None

    def band(self, name: str, asked: _Asked) -> bool:
        """Say whether an answer is bounded on both sides."""
        if asked.words is not None:
            fact = self._fact(name)
            order = list(fact.choices) if fact and fact.ordered else []
            return bool(order) and order[0] not in asked.words and order[-1] not in asked.words
        return asked.low[0] > -_INFINITE and asked.high[0] < _INFINITE


def _passing(choices: list[Any], tests: dict[str, Any]) -> frozenset[Any] | None:
    passing = set(choices)
    order = {word: number for number, word in enumerate(choices)}
    for operator, value in tests.items():
        listed = {_flag(one, choices) for one in _list(value)}
        if operator == "is":
            passing &= listed
        elif operator == "is_not":
            passing -= listed
        elif operator in BOUNDS and value in order:
            passing = {one for one in passing if _within(operator, order[one], order[value])}
        else:
            return None
    return frozenset(passing)


def _flag(value: Any, choices: list[Any]) -> Any:
    return {"yes": True, "no": False}.get(value, value) if True in choices else value


def _within(operator: str, place: int, bound: int) -> bool:
    if operator in ("at_least", "more_than"):
        return place > bound or (operator == "at_least" and place == bound)
    return place < bound or (operator == "at_most" and place == bound)


def _narrow(asked: _Asked, bounds: dict[str, Any]) -> None:
    for operator, value in bounds.items():
        if value is None or isinstance(value, list):
            continue
        if operator in ("at_least", "more_than", "is"):
            asked.low = max(asked.low, (value, operator == "more_than"))
        if operator in ("at_most", "less_than", "is"):
            end, closed = min((asked.high[0], not asked.high[1]), (value, operator != "less_than"))
            asked.high = (end, not closed)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=str)
