"""Guards: where a rule's word is too strong for the case, its level is lowered."""

from __future__ import annotations

from partnerrules.checking.grounds import Grounds
from partnerrules.checking.results import Result
from partnerrules.engine.compile import CompiledRule
from partnerrules.engine.subjects import rule_envs
from partnerrules.facts.world import Env
from partnerrules.findings import LEVELS, rank
from partnerrules.packs.models import Rule


def guard(grounds: Grounds) -> None:
    """Let the guards that hold, or could, act on the results that they are meant for."""
    world, found = grounds.world, list(grounds.found.values())
    moves: dict[int, list[tuple[int, Rule]]] = {}
    perhaps: dict[int, list[tuple[CompiledRule, Env]]] = {}
    for _, one in sorted(grounds.program.rules.items()):
        if one.rule.kind != "guard":
            continue
        for env in rule_envs(one, world):
            certainty = one.when.holds(world, env)
            for number, result in enumerate(found if certainty else []):
                if result.told and _meant(one.rule, result, env):
                    moves.setdefault(number, []).append((certainty, one.rule))
                    if certainty == 1:
                        perhaps.setdefault(number, []).append((one, env))
    for number, guards in moves.items():
        if not _harmful(grounds, found[number]):
            _move(found[number], guards)
            lowered = found[number].lowered_by
            open_ones = perhaps.get(number, [])
            found[number].perhaps = [way for way in open_ones if way[0].rule.id in lowered]


def _meant(guard: Rule, result: Result, env: Env) -> bool:
    target = guard.target
    if target is None or (target.subject and result.subject != (env[target.subject].id,)):
        return False
    return target.means(result.rule.rule)


def _harmful(grounds: Grounds, result: Result) -> bool:
    """Say whether a finding rests on a known harm; such a finding is never lowered."""
    if result.rule.rule.harm:
        return result.outcome == "concern"
    rules = grounds.program.rules
    return any(
        one.kind == "conclusion" and one.drawn > len(LEVELS) and rules[one.key].rule.harm
        for one in grounds.all_below(result)
    )


def _move(result: Result, guards: list[tuple[int, Rule]]) -> None:
    base = (rank(result.certain), rank(result.possible))
    low = min(_moved(guard, base[0]) for _, guard in guards)
    high = min((_moved(guard, base[1]) for c, guard in guards if c == 2), default=base[1])
    if (low, high) == base:
        return
    result.lowered_by = [
        guard.id for _, guard in guards if _moved(guard, base[0]) < base[0] or base[0] == 0
    ]
    result.certain = LEVELS[low - 1] if low else None
    result.possible = LEVELS[high - 1] if high else None
    if not high:
        certain = [guard for c, guard in guards if c == 2]
        result.outcome = "not_due" if any(g.not_due for g in certain) else "not_applicable"
        result.reason = next((g.note for g in certain if g.note), "")
    elif not low:
        result.outcome = "unknown"


def _moved(guard: Rule, level: int) -> int:
    if guard.not_due or guard.drop:
        return 0
    if guard.cap is not None:
        return min(level, rank(guard.cap))
    return max(min(level, 1), level - guard.lower)
