"""All worlds of a tiny case: every unknown filled in, every open list with none or one more.

What is certain must hold in every world and what is ruled out in none; each world is evaluated
with two values, by code that shares with the naive evaluator only the tests on one value.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from language import (
    COMPARE,
    LEVELS,
    dependencies,
    groups_in_order,
    holds_number,
    named_rules,
    predicate,
    values_of,
)

from partnerrules.cases.case import Case
from partnerrules.packs import Library
from partnerrules.packs.models import Fact, Rule

EXTRA = "more"
Env = dict[str, tuple[str, str]]


@dataclass
class World:
    """One way in which everything is known; None is an answer that does not apply."""

    library: Library
    members: Mapping[str, list[str]]
    values: dict[tuple[str, str], Any]
    levels: dict[str, dict[tuple[str, ...], int]] = field(default_factory=dict)
    holding: dict[str, dict[tuple[str, ...], bool]] = field(default_factory=dict)

    def run(self) -> World:
        """Evaluate all rules, what they read first."""
        rules = self.library.rules
        for group in groups_in_order(dependencies(rules)):
            for rule_id in group:
                self.levels[rule_id] = {}
                derive = rules[rule_id].derive
                if derive is not None and derive.add is not None:
                    self.values.setdefault(("", derive.fact), frozenset())
            before = ""
            while before != (now := repr([self.levels[r] for r in group]) + repr(self._made())):
                before = now
                for rule_id in group:
                    self._rule(rules[rule_id])
        return self

    def _made(self) -> list[Any]:
        return [self.values.get(("", fact)) for fact in ("g.mood", "g.marks")]

    def _rule(self, rule: Rule) -> None:
        if rule.derive is not None:
            key = ("", rule.derive.fact)
            if rule.derive.add is not None:
                if self.holds(rule.derive.when, {}):
                    self.values[key] |= {rule.derive.add}
                return
            fits = (o.value for o in rule.derive.first_of if self.holds(o.when, {}))
            self.values[key] = next(fits, rule.derive.otherwise)
            return
        holding = self.holding.setdefault(rule.id, {})
        for env in self._bindings(rule.for_each, {}):
            subject = tuple(env[v][1] for v in rule.for_each)
            due = not rule.due or any(self.holds(self.library.stages[s], env) for s in rule.due)
            holding[subject] = due and self.holds(rule.applies, env)
            whole = holding[subject] and self.holds(rule.given, env)
            levels = [
                LEVELS[o.level] for o in rule.concern.values() if whole and self.holds(o.when, env)
            ]
            self.levels[rule.id][subject] = max(levels, default=0)

    def holds(self, cond: Any, env: Env, want: bool = True) -> bool:
        """Whether a condition holds, or with `want` False its negation."""
        if isinstance(cond, list):
            return (all if want else any)(self.holds(c, env, want) for c in cond)
        return (all if want else any)(self._item(k, b, env, want) for k, b in cond.items())

    def _item(self, key: str, body: Any, env: Env, want: bool) -> bool:
        if key == "any":
            return (any if want else all)(self.holds(c, env, want) for c in body)
        if key == "not":
            return self.holds(body, env, not want)
        if key in ("some", "none", "count"):
            over, where = named_rules(body)
            found = sum(self.holds(where, inner) for inner in self._bindings(over, env))
            if key != "count":
                return ((found > 0) == (key == "some")) == want
            op = next(k for k in body if k in COMPARE)
            return holds_number(op, found, body[op]) == want
        if key in ("concern", "sound"):
            names = body.get("subject", [])
            names = [names] if isinstance(names, str) else names
            subject = tuple(env[n][1] for n in names)
            level = self.levels[body["rule"]].get(subject, 0)
            if key == "concern":
                return (level >= LEVELS[body.get("at_least", "low")]) == want
            fits = self.holding[body["rule"]].get(subject, False)
            return (fits and level == 0) == want
        return self._test(key, body, env, want)

    def _test(self, path: str, test: Any, env: Env, want: bool) -> bool:
        fact, value = self._value(path, env)
        if value is None:
            return False
        if isinstance(test, dict) and "same_as" in test:
            other = self._value(test["same_as"], env)[1]
            return other is not None and (value == other) == want
        bound = {v: m for v, (_, m) in env.items()}
        return predicate(fact, test, bound)(value) == want

    def _value(self, path: str, env: Env) -> tuple[Fact, Any]:
        head, _, name = path.partition(".")
        if head in env:
            entity, member = env[head]
            return self.library.entities[entity].facts[name], self.values[
                f"{entity}:{member}", name
            ]
        measure = self.library.measures.get(path)
        if measure is not None:
            over = measure.count or {}
            return Fact(type="count"), sum(
                self.holds(measure.where, inner) for inner in self._bindings(over, {})
            )
        fact = self.library.fact(path)
        assert fact is not None
        return fact, self.values["", path]

    def _bindings(self, over: Mapping[str, str], env: Env) -> Iterator[Env]:
        pools = [[(e, m) for m in self.members[e]] for e in over.values()]
        for choice in itertools.product(*pools):
            if len(set(choice)) == len(choice):
                yield {**env, **dict(zip(over, choice, strict=True))}


def worlds_of(library: Library, case: Case, read: set[str], most: int) -> Iterator[World] | None:
    """Return every world, or None where there are more than `most`; `read` are the facts read."""
    entities = list(case.collections)
    rosters = []
    for entity in entities:
        named = [m.id for m in case.collections[entity].members]
        low, high = case.collections[entity].more
        counts = [n for n in (0, 1) if low <= n <= high]
        rosters.append([[*named, *[EXTRA] * n] for n in counts])
    plans: list[tuple[dict[str, list[str]], list[tuple[str, str]], list[list[Any]]]] = []
    total = 0
    for choice in itertools.product(*rosters):
        members = dict(zip(entities, choice, strict=True))
        keys, pools, size = [], [], 1
        for key, pool in _pools(library, case, members, read):
            keys.append(key)
            pools.append(pool)
            size *= len(pool)
        total += size
        if total > most:
            return None
        plans.append((members, keys, pools))
    return (
        World(library, members, dict(zip(keys, chosen, strict=True))).run()
        for members, keys, pools in plans
        for chosen in itertools.product(*pools)
    )


def _pools(
    library: Library, case: Case, members: dict[str, list[str]], read: set[str]
) -> Iterator[tuple[tuple[str, str], list[Any]]]:
    for name, fact in library.group_facts["g"].items():
        if not fact.derived:
            answer = case.answers.get(f"g.{name}")
            yield ("", f"g.{name}"), _pool(fact, answer, members, name in read)
    for entity, ids in members.items():
        listed = {m.id: m for m in case.collections[entity].members}
        for one in ids:
            for name, fact in library.entities[entity].facts.items():
                answer = listed[one].answers.get(name) if one in listed else None
                yield (f"{entity}:{one}", name), _pool(fact, answer, members, name in read)


def _pool(fact: Fact, answer: Any, members: dict[str, list[str]], read: bool) -> list[Any]:
    if answer is not None and answer.status == "not_applicable":
        return [None]
    values = answer.values if answer is not None else None
    found = values_of(fact, values, members.get(fact.to, []))
    if fact.type == "number":
        found = found[::4] + found[-1:]
    return list(dict.fromkeys(found))[: None if read else 1] or [None]
