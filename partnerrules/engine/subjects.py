"""Whom a rule is about: every way to bind the variables of its `for_each`."""

from __future__ import annotations

from itertools import product
from math import prod

from partnerrules.cases.case import UNNAMED
from partnerrules.engine.compile import CompiledRule
from partnerrules.engine.matching import MATCH_LIMIT, too_many
from partnerrules.facts.members import existence
from partnerrules.facts.world import Env, World


def envs(world: World, scope: dict[str, str]) -> list[Env]:
    """Return every way to bind the variables of a rule to different members.

    Raises EvaluationError beyond MATCH_LIMIT.
    """
    pools = [world.members(entity) for entity in scope.values()]
    if prod(map(len, pools)) > MATCH_LIMIT:
        raise too_many(MATCH_LIMIT)
    ways = [dict(zip(scope, way, strict=True)) for way in product(*pools)]
    return ways if len(scope) < 2 else [way for way in ways if existence(world, way, scope)]


def rule_envs(rule: CompiledRule, world: World) -> list[Env]:
    """Return the members that a rule is about; each pair once where the order says nothing."""
    ways = envs(world, rule.rule.for_each)
    if rule.rule.unordered:
        ways = [way for way in ways if _in_order([member.id for member in way.values()])]
    return ways


def _in_order(ids: list[str]) -> bool:
    """Say whether ids are sorted, the unnamed member last."""
    return sorted(ids, key=lambda one: (one == UNNAMED, one)) == ids
