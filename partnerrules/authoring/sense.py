"""Conditions that make no sense: what can never hold, always holds, or is said twice."""

from __future__ import annotations

import json
from collections.abc import Iterator

from partnerrules.authoring.coverage import Leaf, leaves_of
from partnerrules.cases.case import Collection
from partnerrules.checking import Checker
from partnerrules.checking.results import DRAWN, Result
from partnerrules.documents import parse_document
from partnerrules.engine.subjects import envs
from partnerrules.facts.world import World
from partnerrules.findings import rank
from partnerrules.packs import Library
from partnerrules.packs.builtin import ANSWER
from partnerrules.packs.models import Rule
from partnerrules.packs.places import Fault
from partnerrules.packs.walk import Keys

NOBODY = b'{"schema": "partnerrules.case/1", "case": "nobody", "assessed_on": "2026-06-30"}'
"""A case in which nobody was asked anything, so that all that can be is possible."""


def senseless(checker: Checker, packs: set[str]) -> Iterator[Fault]:
    """Yield what is wrong in the conditions of the rules of packs, as far as it can be decided."""
    library = checker.library
    case = checker.reader.parse(parse_document(NOBODY, path="nobody", format="json"))
    # What is asked of answers themselves can hold once there are some.
    answers = {**case.collections, ANSWER: Collection(ANSWER, complete=False)}
    grounds = checker.grounds(case._replace(collections=answers))
    rules = {k: r for k, r in library.rules.items() if library.owners["rule"][k] in packs}
    for one in grounds.found.values():
        if one.rule.id in rules:
            yield from _follows(one, library.rule_files[one.rule.id])
    for name, rule in rules.items():
        path = library.rule_files[name]
        for leaf in leaves_of(library, rule):
            yield from _leaf(leaf, grounds.world, path)
        yield from _alternatives(checker, rule, grounds.world, path)
    yield from _twice(library, rules)


def _follows(one: Result, path: str) -> Iterator[Fault]:
    """Yield what follows where nobody was asked anything: nothing must."""
    if not one.rule.rule.limit and (one.certain or one.outcome == "sound"):
        told = f"of concern ({one.certain})" if one.certain else "sound"
        text = f"Where nobody was asked anything, {one.rule.id} is {told}: nothing must follow."
        yield Fault("no-answers", path, ("id",), text)


def _leaf(leaf: Leaf, world: World, path: str) -> Iterator[Fault]:
    ways = envs(world, leaf.scope)
    if not ways:
        return
    can = any(leaf.condition.holds(world, env) for env in ways)
    cannot = any(leaf.condition.against(world, env) for env in ways)
    if "concern" in leaf.keys[-1:] and not can:
        text = f"This can never start: {leaf.words}, and no answers lead to that."
        yield Fault("no-start", path, leaf.keys, text)
    elif not can:
        yield Fault("never-holds", path, leaf.keys, f"This can never hold: {leaf.words}.")
    elif not cannot and "could_be" not in leaf.keys[-1:]:
        yield Fault("always-holds", path, leaf.keys, f"This always holds: {leaf.words}.")


def _alternatives(checker: Checker, rule: Rule, world: World, path: str) -> Iterator[Fault]:
    compiled = checker.program.rules[rule.id]
    ways = envs(world, rule.for_each)
    for one in compiled.alternatives if rule.kind in DRAWN else ():
        keys: Keys = ("concern", one.key)
        if ways and not any(one.whole.holds(world, env) for env in ways):
            text = f"No answers make {one.key} hold, with all that is asked beside it."
            yield Fault("never-holds", path, keys, text)
        for other in compiled.alternatives:
            if rank(other.level) > rank(one.level) and _hides(rule, other.key, one.key):
                text = f"{one.key} never counts: where it holds, {other.key} holds too."
                yield Fault("hidden-alternative", path, keys, text)


def _hides(rule: Rule, higher: str, lower: str) -> bool:
    """Say whether one alternative asks nothing that another does not ask too."""
    asked = {_written(one) for one in _parts(rule.concern[lower].when)}
    return {_written(one) for one in _parts(rule.concern[higher].when)} <= asked


def _parts(condition: object) -> list[object]:
    if isinstance(condition, list):
        return [part for one in condition for part in _parts(one)]
    if isinstance(condition, dict):
        return [{key: value} for key, value in condition.items()]
    return [condition]


def _written(condition: object) -> str:
    return json.dumps(condition, sort_keys=True, default=str)


def _twice(library: Library, rules: dict[str, Rule]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for name, rule in sorted(library.rules.items()):
        if rule.kind not in DRAWN:
            continue
        for key, one in rule.concern.items():
            whole = [rule.for_each, rule.applies, rule.given, one.when]
            before = seen.setdefault(_written(whole), name)
            if before != name and name in rules:
                text = f"{before} asks exactly the same: one of the two is enough."
                yield Fault("same-condition", library.rule_files[name], ("concern", key), text)
