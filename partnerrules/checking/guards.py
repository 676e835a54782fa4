"""Guards: where a rule's word is too strong for the case, its level is lowered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from partnerrules.checking.grounds import Grounds
from partnerrules.checking.results import Result
from partnerrules.engine.compile import CompiledRule
from partnerrules.engine.subjects import rule_subjects
from partnerrules.facts.world import Env, Evidence
from partnerrules.findings import LEVELS, Confided, rank
from partnerrules.packs.models import Rule


def guard(grounds: Grounds) -> None:
    """Let the guards that hold, or could, act on the results that they are meant for."""
    told: dict[str, list[Result]] = {}
    for result in grounds.found.values():
        if result.told:
            told.setdefault(result.rule.id, []).append(result)
    moves: dict[int, tuple[Result, list[_Guard]]] = {}
    for name, aims in grounds.program.aims.items():
        reached = [result for rule in aims for result in told.get(rule, ())]
        for one in _guards(grounds, name) if reached else ():
            for result in reached:
                if one.reaches(result):
                    moves.setdefault(id(result), (result, []))[1].append(one)
    harm = _Harm(grounds)
    for result, guards in moves.values():
        if not harm.carries(result):
            _move(result, [(one.certainty, one.rule.rule) for one in guards])
            result.guards = [(one.rule, one.env) for one in guards]
            result.perhaps = [
                (one.rule, one.env)
                for one in guards
                if one.certainty == 1 and one.rule.id in result.lowered_by
            ]


def told_of(grounds: Grounds, result: Result, text: str, name: str = "") -> str:
    """Return a text that says why a guard acts, the one with an id or any of a result.

    It is Confided where a confidential answer is among those that such a guard rests on.
    """
    answers = (
        one.value
        for rule, env in result.guards
        if name in ("", rule.id)
        for one in grounds.answers_below(rule.when, env)
    )
    return Confided(text) if any(answer.confidential for answer in answers) else text


class _Guard(NamedTuple):
    """A guard that holds, or could, for one way to bind its variables."""

    rule: CompiledRule
    env: Env
    certainty: int

    def reaches(self, result: Result) -> bool:
        target = self.rule.rule.target
        about = target.subject if target else None
        return not about or result.subject == (self.env[about].id,)


def _guards(grounds: Grounds, name: str) -> Iterator[_Guard]:
    rule, world = grounds.program.rules[name], grounds.world
    for _, env in rule_subjects(rule, world):
        certainty = rule.when.holds(world, env)
        if certainty:
            yield _Guard(rule, env, certainty)


class _Harm:
    """Which findings rest on a known harm; such a finding is never lowered."""

    def __init__(self, grounds: Grounds) -> None:
        self.grounds = grounds
        self.rules = {
            one.rule.id
            for one in grounds.found.values()
            if one.rule.rule.harm and one.standing.certain
        }
        """The rules that tell of a harm here."""

    def carries(self, result: Result) -> bool:
        """Say whether a finding is, or rests on, a known harm."""
        if result.rule.rule.harm:
            return result.outcome == "concern"
        return bool(self.rules) and any(map(self._is, self.grounds.all_below(result)))

    def _is(self, one: Evidence) -> bool:
        return one.kind == "conclusion" and one.drawn > len(LEVELS) and one.key in self.rules


def _move(result: Result, guards: list[tuple[int, Rule]]) -> None:
    base = (rank(result.certain), rank(result.possible))
    low = min([_moved(guard, base[0]) for _, guard in guards]) if base[0] else 0
    high = min([_moved(guard, base[1]) for c, guard in guards if c == 2], default=base[1])
    if (low, high) == base:
        return
    result.lowered_by = [
        guard.id for _, guard in guards if base[0] == 0 or _moved(guard, base[0]) < base[0]
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
