"""Whom a rule is about: every way to bind the variables of its `for_each`."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from math import prod

from partnerrules.cases.case import UNNAMED
from partnerrules.engine.compile import CompiledRule
from partnerrules.engine.matching import MATCH_LIMIT, too_many
from partnerrules.facts.members import existence
from partnerrules.facts.world import Env, Subject, World

Ways = list[tuple[Subject, Env]]
"""Ways to bind variables, each with the ids of the members bound."""


_PARTNERSHIP: Ways = [((), {})]
"""The one way in which nothing is bound."""


def envs(world: World, scope: Mapping[str, str]) -> list[Env]:
    """Return every way to bind the variables of a rule to different members.

    Raises EvaluationError beyond MATCH_LIMIT.
    """
    return [env for _, env in subjects(world, scope)]


def subjects(world: World, scope: Mapping[str, str], *, unordered: bool = False) -> Ways:
    """Return the same with the ids; each pair once where the order says nothing."""
    if not scope:
        return _PARTNERSHIP
    key = (*scope.items(), unordered)
    found = world.ways.get(key)
    if found is None:
        found = world.ways[key] = _subjects(world, scope, unordered)
    return found


def rule_subjects(rule: CompiledRule, world: World) -> Ways:
    """Return the subjects of a rule."""
    return subjects(world, rule.rule.for_each, unordered=rule.rule.unordered)


def _subjects(world: World, scope: Mapping[str, str], unordered: bool) -> Ways:
    pools = [world.members(entity) for entity in scope.values()]
    if prod(map(len, pools)) > MATCH_LIMIT:
        raise too_many(MATCH_LIMIT)
    found = [
        (tuple([member.id for member in way]), dict(zip(scope, way, strict=True)))
        for way in product(*pools)
    ]
    if len(scope) > 1:
        found = [way for way in found if existence(world, way[1], scope)]
    return [way for way in found if _in_order(way[0])] if unordered else found


def _in_order(ids: Subject) -> bool:
    """Say whether ids are sorted, the unnamed member last."""
    return sorted(ids, key=lambda one: (one == UNNAMED, one)) == [*ids]
