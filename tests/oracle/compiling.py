"""From conditions as a pack says them to ways and parts; done once for a program."""

from __future__ import annotations

import itertools
import math
from typing import Any

from language import CONCLUSIONS, STATUS, bound_by, compares_two, names_of, operators
from pairs import Pair
from parts import About, Concluded, Condition, Members, Part, Several, Tests
from run import Place

from partnerrules.packs import Library
from partnerrules.packs.models import Fact

Scope = dict[str, str]
Ways = list[tuple[Part, ...]]
COUNTED = ("count", "count_values", "size", "points")
MOST_WAYS = 256


class TooManyWays(Exception):
    """A condition with more ways than the language allows."""


class Compiler:
    """Builds conditions; `read` collects the rules and facts that they read."""

    def __init__(self, library: Library, most: int = MOST_WAYS) -> None:
        self.library = library
        self.most = most
        self.read: set[str] = set()
        self._parts: dict[Any, Part] = {}
        self._places: dict[Any, Place] = {}

    def condition(self, cond: Any, scope: Scope, neg: bool = False) -> Condition:
        """Compile a condition or its negation."""
        return Condition([self._grouped(way, scope) for way in self.ways(cond, scope, neg)])

    def ways(self, cond: Any, scope: Scope, neg: bool) -> Ways:
        """Return the ways of a condition, or with `neg` of its negation."""
        if isinstance(cond, list):
            return self._join([self.ways(one, scope, neg) for one in cond], neg)
        found = [self._item(key, body, scope, neg) for key, body in cond.items()]
        return self._join(found, neg)

    def _join(self, parts: list[Ways], choice: bool) -> Ways:
        number = sum(map(len, parts)) if choice else math.prod(map(len, parts))
        if number > self.most:
            raise TooManyWays(number)
        if choice:
            return [way for ways in parts for way in ways]
        return [tuple(itertools.chain(*ways)) for ways in itertools.product(*parts)]

    def _item(self, key: str, body: Any, scope: Scope, neg: bool) -> Ways:
        if key == "any":
            return self._join([self.ways(one, scope, neg) for one in body], not neg)
        if key == "not":
            return self.ways(body, scope, not neg)
        if key in ("some", "none", "count"):
            return [(self._members(key, body, scope, neg),)]
        if key == "holds":
            of = [self.condition(one, scope) for one in body["of"]]
            against = [self.condition(one, scope, True) for one in body["of"]]
            return [(Several(body["at_least"], of, against, neg),)]
        if key in CONCLUSIONS:
            self.read.add(body["rule"])
            level = body.get("at_least", "low")
            return [(Concluded(key, body["rule"], names_of(body), level, neg),)]
        place = self.place(key, scope)
        found = [self._test(place, key, op, arg, scope, neg) for op, arg in operators(body)]
        return self._join(found, neg)

    def _members(self, kind: str, body: Any, scope: Scope, neg: bool) -> Members:
        over, where, bounds = bound_by(body)
        return self.members(kind, over, where, scope, self._parameter(bounds), neg)

    def members(
        self,
        kind: str,
        over: Scope,
        where: Any,
        scope: Scope,
        bounds: Any = None,
        neg: bool = False,
    ) -> Members:
        """Compile a statement about members."""
        inner = {**scope, **over}
        return Members(
            over,
            self.condition(where, inner),
            self.condition(where, inner, True),
            kind,
            bounds or {},
            neg,
        )

    def _test(self, place: Place, path: str, op: str, arg: Any, scope: Scope, neg: bool) -> Ways:
        arg = self._parameter(arg)
        if op in STATUS:
            return [(About(place, op, arg, neg),)]
        if compares_two(place.fact, op, arg, scope):
            return [(Pair(place, op, self.place(arg, scope), neg),)]
        if op == "has_all" and neg:
            return [(Tests(place, [("lacks", one, False)]),) for one in arg]
        return [(Tests(place, [(op, arg, neg)]),)]

    def _parameter(self, arg: Any) -> Any:
        if isinstance(arg, str) and arg.startswith("$"):
            return self.library.parameter(arg[1:])[1]
        if isinstance(arg, dict):
            return {key: self._parameter(one) for key, one in arg.items()}
        return arg

    def _grouped(self, way: tuple[Part, ...], scope: Scope) -> tuple[Part, ...]:
        """Put the tests of one way on the same path together, and share what is the same."""
        found: dict[Any, Part] = {}
        for part in way:
            if not isinstance(part, Tests):
                found[id(part)] = part
                continue
            same = found.get(part.place)
            tests = same.tests if isinstance(same, Tests) else []
            new = [one for one in part.tests if one not in tests]
            found[part.place] = Tests(part.place, [*tests, *new])
        return tuple(self._shared(part, scope) for part in found.values())

    def _shared(self, part: Part, scope: Scope) -> Part:
        if not isinstance(part, Tests):
            return part
        key = (tuple(scope.items()), part.place, repr(part.tests))
        return self._parts.setdefault(key, part)

    def place(self, path: str, scope: Scope) -> Place:
        """Return where a path leads, the same place for the same path."""
        key = (path, tuple(scope.items()))
        if key not in self._places:
            self._places[key] = self._place(path, scope)
        return self._places[key]

    def _place(self, path: str, scope: Scope) -> Place:
        if path == "assessed_on":
            return Place("day", Fact(type="date"))
        if path in scope:
            return Place("member", Fact(type="reference", to=scope[path]), head=path)
        first, *names = path.split(".")
        if first in scope:
            return self._walk(scope[first], names, first, [])
        if path in self.library.measures:
            self.read.add(f"measure {path}")
            return Place("measure", self._measured(path), path)
        name = f"{first}.{names[0]}"
        fact = self.library.group_facts[first][names[0]]
        self.read.add(f"fact {name}")
        if len(names) == 1:
            return Place("fact", fact, name)
        return self._walk(fact.to, names[1:], "", [(name, fact)])

    def _measured(self, name: str) -> Fact:
        measure = self.library.measures[name]
        whole = any(getattr(measure, kind) is not None for kind in COUNTED)
        return Fact(type="count" if whole else "number")

    def _walk(
        self, entity: str, names: list[str], head: str, steps: list[tuple[str, Fact]]
    ) -> Place:
        full = f"{entity}.{names[0]}"
        if full in self.library.measures:
            self.read.add(f"measure {full}")
            return Place("measure", self._measured(full), full, head, tuple(steps))
        facts = {"name": Fact(type="text"), **self.library.entities[entity].facts}
        fact = facts[names[0]]
        self.read.add(f"fact {full}")
        if len(names) == 1:
            return Place("fact", fact, names[0], head, tuple(steps))
        return self._walk(fact.to, names[1:], head, [*steps, (names[0], fact)])
