"""One world: a case in which everything is known, evaluated with two values.

It shares with the naive evaluator only the tests on one value. An answer that does not apply is
None, and a test on it holds neither plain nor negated.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from language import (
    CONCLUSIONS,
    LEVELS,
    STATUS,
    bound_by,
    compares_two,
    groups_in_order,
    names_of,
    number_passes,
    operators,
    passes,
)

from partnerrules.cases.values import month_index
from partnerrules.packs import Library
from partnerrules.packs.models import Fact, Measure, Rule

Owner = tuple[str, str]
Env = dict[str, Owner]
GROUPS: Owner = ("", "")
NUMBER = Fact(type="number")


@dataclass(frozen=True, slots=True)
class Told:
    """What a rule says of a subject in one world."""

    applies: bool
    due: bool
    level: int
    sound: bool


class Rules:
    """The rules of one program, in the order in which they are evaluated."""

    def __init__(self, library: Library) -> None:
        self.library = library
        rules = library.rules.values()
        derived = {r.derive.fact.rpartition(".")[2]: set() for r in rules if r.derive}
        for rule in rules:
            if rule.derive:
                derived[rule.derive.fact.rpartition(".")[2]].add(rule.id)
        needs: dict[str, set[str]] = {}
        for rule in rules:
            said = words_of([rule.applies, rule.given, *(o.when for o in rule.concern.values())])
            if rule.derive:
                said |= words_of([rule.derive.when, *(o.when for o in rule.derive.first_of)])
            needs[rule.id] = said & set(library.rules)
            needs[rule.id].update(*(derived[word] for word in said & set(derived)))
        self.groups = groups_in_order(needs)
        self.circles = {r for r in needs for g in self.groups if r in g and len(g) > 1} | {
            r for r in needs if r in needs[r]
        }


def words_of(said: Any) -> set[str]:
    """Return every word of a condition, paths in pieces."""
    if isinstance(said, dict):
        return set().union(*(words_of(key) | words_of(one) for key, one in said.items()))
    if isinstance(said, list):
        return set().union(*map(words_of, said))
    return {said, *said.split(".")} if isinstance(said, str) else set()


@dataclass
class World:
    """One way in which everything is known."""

    rules: Rules
    day: datetime.date
    members: Mapping[str, list[str]]
    values: dict[tuple[Owner, str], Any]
    """By owner and fact; of the partnership itself by `group.fact`."""

    @cached_property
    def told(self) -> dict[str, dict[tuple[str, ...], Told]]:
        """What each rule says of each subject: what rules read comes first."""
        found: dict[str, dict[tuple[str, ...], Told]] = {}
        self.__dict__["told"] = found
        library = self.rules.library
        for group in self.rules.groups:
            for rule_id in group:
                found[rule_id] = {}
                derive = library.rules[rule_id].derive
                if derive is not None and derive.add is not None:
                    self.values.setdefault((GROUPS, derive.fact), frozenset())
            circle = bool(self.rules.circles & set(group))
            before = ""
            while before != (now := repr((found, self.values)) if circle else "once"):
                before = now
                for rule_id in group:
                    rule = library.rules[rule_id]
                    if rule.derive is None:
                        found[rule_id] = dict(self._rule(rule))
                    else:
                        self._derive(rule)
        return found

    def _rule(self, rule: Rule) -> Iterator[tuple[tuple[str, ...], Told]]:
        seen = set()
        for env in self._bindings(rule.for_each, {}):
            if rule.unordered and frozenset(env.values()) in seen:
                continue
            seen.add(frozenset(env.values()))
            applies = self.holds(rule.applies, env)
            due = not rule.due or self.holds({"any": self._stages(rule)}, env)
            given = applies and due and self.holds(rule.given, env)
            levels = [
                LEVELS[o.level] for o in rule.concern.values() if given and self.holds(o.when, env)
            ]
            against = (self.holds([rule.given, o.when], env, False) for o in rule.concern.values())
            sound = applies and due and all(against)
            subject = tuple(one for _, one in env.values())
            yield subject, Told(applies, due, max(levels, default=0), sound)

    def _stages(self, rule: Rule) -> list[Any]:
        return [self.rules.library.stages[stage] for stage in rule.due]

    def _derive(self, rule: Rule) -> None:
        derive = rule.derive
        assert derive is not None
        for env in self._bindings(rule.for_each, {}):
            owner = next(iter(env.values()), GROUPS)
            key = owner, derive.fact.rpartition(".")[2] if env else derive.fact
            applies = self.holds(rule.applies, env)
            if derive.add is None:
                fits = (o.value for o in derive.first_of if applies and self.holds(o.when, env))
                self.values[key] = next(fits, derive.otherwise)
            elif applies and self.holds(derive.when, env):
                self.values[key] |= {derive.add}

    # conditions

    def holds(self, cond: Any, env: Env, want: bool = True) -> bool:
        """Whether a condition holds, or with `want` False its negation."""
        if isinstance(cond, list):
            parts = (self.holds(one, env, want) for one in cond)
        else:
            parts = (self._item(key, body, env, want) for key, body in cond.items())
        return all(parts) if want else any(parts)

    def _item(self, key: str, body: Any, env: Env, want: bool) -> bool:
        if key == "any":
            parts = (self.holds(one, env, want) for one in body)
            return any(parts) if want else all(parts)
        if key == "not":
            return self.holds(body, env, not want)
        if key == "holds":
            needed = body["at_least"] if want else len(body["of"]) - body["at_least"] + 1
            return sum(self.holds(one, env, want) for one in body["of"]) >= needed
        if key in ("some", "none", "count"):
            over, where, bounds = bound_by(body)
            found = sum(self.holds(where, inner) for inner in self._bindings(over, env))
            if key != "count":
                return ((found > 0) == (key == "some")) == want
            limits = [(op, self._parameter(bound)) for op, bound in bounds.items()]
            return all(number_passes(op, found, bound) for op, bound in limits) == want
        if key in CONCLUSIONS:
            return self._concluded(key, body, env) == want
        fact, value = self.value(key, env)
        tests = (self._test(fact, value, op, arg, env, want) for op, arg in operators(body))
        return all(tests) if want else any(tests)

    def _concluded(self, kind: str, body: Any, env: Env) -> bool:
        assert kind != "could_be", "whether something could be is nothing that a world says"
        told = self.told[body["rule"]].get(tuple(env[name][1] for name in names_of(body)))
        if told is None:
            return False
        return told.sound if kind == "sound" else told.level >= LEVELS[body.get("at_least", "low")]

    def _test(self, fact: Fact, value: Any, op: str, arg: Any, env: Env, want: bool) -> bool:
        assert op not in STATUS, "in a world all that applies is known"
        arg = self._parameter(arg)
        scope = {name: entity for name, (entity, _) in env.items()}
        if value is None:
            return False
        if compares_two(fact, op, arg, scope):
            other = self.value(arg, env)[1]
            return other is not None and compare(op, value, other) == want
        return passes(fact, op, arg, value, lambda word: self._named(word, env), self.day) == want

    def _named(self, word: str, env: Env) -> str:
        return env[word][1] if word in env else word

    def _parameter(self, arg: Any) -> Any:
        if isinstance(arg, str) and arg.startswith("$"):
            return self.rules.library.parameter(arg[1:])[1]
        return arg

    def _bindings(self, over: Mapping[str, str], env: Env) -> Iterator[Env]:
        """Bind each variable to another member than those around it."""
        taken = set(env.values())
        pools = [[(e, m) for m in self.members[e] if (e, m) not in taken] for e in over.values()]
        for choice in itertools.product(*pools):
            if len(set(choice)) == len(choice):
                yield {**env, **dict(zip(over, choice, strict=True))}

    # values

    def value(self, path: str, env: Env) -> tuple[Fact, Any]:
        """Return the fact to which a path leads, and its value."""
        library = self.rules.library
        first, *names = path.split(".")
        if path == "assessed_on":
            return Fact(type="date"), self.day
        if first in env and not names:
            return Fact(type="reference", to=env[first][0]), env[first][1]
        if path in library.measures:
            return NUMBER, self.measure(library.measures[path], {})
        if first in env:
            return self._walk(env[first], names)
        fact, value = (
            library.group_facts[first][names[0]],
            self.values[GROUPS, f"{first}.{names[0]}"],
        )
        if len(names) == 1:
            return fact, value
        return self._walk((fact.to, value), names[1:])

    def _walk(self, owner: Owner, names: list[str]) -> tuple[Fact, Any]:
        entity, name = owner[0], names[0]
        measure = self.rules.library.measures.get(f"{entity}.{name}")
        if measure is not None:
            env = dict.fromkeys(measure.per, owner)
            return NUMBER, None if owner[1] is None else self.measure(measure, env)
        fact = self.rules.library.entities[entity].facts[name]
        value = None if owner[1] is None else self.values[owner, name]
        return (fact, value) if len(names) == 1 else self._walk((fact.to, value), names[1:])

    def measure(self, measure: Measure, env: Env) -> Any:
        """Return the value of a measure, None where it does not apply."""
        if measure.points is not None:
            return sum(self.holds(point, env) for point in measure.points)
        if measure.size is not None:
            value = self.value(measure.size, env)[1]
            return None if value is None else len(value)
        two = measure.ratio or measure.difference or measure.months_between
        if two:
            one, other = (self.value(path, env)[1] for path in [*two, "assessed_on"][:2])
            return _of_two(measure, one, other)
        inside = self._bindings(measure.count or measure.over, env)
        found = [inner for inner in inside if self.holds(measure.where, inner)]
        if measure.count is not None:
            return len(found)
        if measure.share is not None:
            within = sum(self.holds(measure.share, inner) for inner in found)
            out = sum(self.holds(measure.share, inner, False) for inner in found)
            return Fraction(within, within + out) if within + out else None
        path = next(str(one) for one in _paths(measure) if one)
        values = [self.value(path, inner)[1] for inner in found]
        return _of_several(measure, [v for v in values if v is not None], bool(values))


def _paths(measure: Measure) -> list[Any]:
    top = (measure.top or {}).get("of")
    return [measure.sum, measure.mean, measure.min, measure.max, measure.range,
            measure.count_values, top]  # fmt: skip


def _of_two(measure: Measure, one: Any, other: Any) -> Any:
    if one is None or other is None:
        return None
    if measure.months_between:
        return None if "never" in (one, other) else month_index(other) - month_index(one)
    if measure.difference:
        return one - other
    return None if other == 0 else Fraction(one) / Fraction(other)


def _of_several(measure: Measure, values: list[Any], there: bool) -> Any:
    if there and not values:
        return None
    if measure.count_values is not None:
        lists = [v if isinstance(v, frozenset) else {v} for v in values]
        return len(set().union(*lists))
    if measure.sum is not None:
        return sum(values)
    if not values:
        return None
    if measure.top is not None:
        return sum(sorted(values)[-int(measure.top.get("number", 1)) :])
    if measure.mean is not None:
        return Fraction(sum(values)) / len(values)
    least, most = min(values), max(values)
    return least if measure.min is not None else most if measure.max is not None else most - least


def compare(op: str, one: Any, other: Any) -> bool:
    """Compare the values of two answers."""
    if op in ("same_as", "is", "is_not"):
        return bool(one == other) != (op == "is_not")
    if op not in ("before", "after"):
        return number_passes(op, one, other)
    if "never" in (one, other):
        return False
    return bool(one < other if op == "before" else one > other)
