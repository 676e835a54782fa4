"""What each rule says of each subject, before and after compounds and guards."""

from __future__ import annotations

from dataclasses import dataclass, field

from partnerrules.engine import Program
from partnerrules.engine.chain import rule_envs
from partnerrules.engine.compile import CompiledAlternative, CompiledRule
from partnerrules.facts.world import Env, Standing, Subject, World
from partnerrules.findings import LEVELS, rank
from partnerrules.packs.models import Conclusion, Rule

DRAWN = ("check", "compound", "subsume")
OUTSIDE = ("not_applicable", "not_due")
"""The outcomes of a rule that has nothing to say here."""


@dataclass
class Result:
    """One rule about one subject."""

    rule: CompiledRule
    subject: Subject
    env: Env
    standing: Standing
    outcome: str
    certain: str | None
    possible: str | None
    part_of: list[str] = field(default_factory=list)
    raised_by: list[str] = field(default_factory=list)
    lowered_by: list[str] = field(default_factory=list)
    perhaps: list[tuple[CompiledRule, Env]] = field(default_factory=list)
    """Guards among them of which the answers leave open whether they act."""
    reason: str = ""

    @property
    def own_outcome(self) -> str:
        """The outcome of the rule's own conditions: the first that fits."""
        standing = self.standing
        if not standing.applies:
            return "not_applicable"
        if not standing.due:
            return "not_due"
        if standing.certain:
            return "concern"
        if standing.possible:
            return "unknown"
        return "sound" if standing.sound == 2 else "not_applicable"

    @property
    def told(self) -> bool:
        """Whether it is a concern or an open question."""
        return self.outcome in ("concern", "unknown")


def results(program: Program, world: World) -> list[Result]:
    """Return every outcome, in the order of rule ids and subjects, compounds and guards applied."""
    found = [
        _result(rule, world, env)
        for _, rule in sorted(program.rules.items())
        if rule.rule.kind in DRAWN
        for env in rule_envs(rule, world)
    ]
    _compounds(found)
    _guards(program, world, found)
    return found


def _result(rule: CompiledRule, world: World, env: Env) -> Result:
    subject = tuple(member.id for member in env.values())
    standing = world.standing[rule.id][subject]
    result = Result(rule, subject, env, standing, "", standing.certain, standing.possible)
    result.outcome = result.own_outcome
    return result


def _compounds(found: list[Result]) -> None:
    by_rule: dict[str, list[Result]] = {}
    for result in found:
        by_rule.setdefault(result.rule.id, []).append(result)
    for result in found:
        if result.outcome != "concern" or result.rule.rule.kind == "check":
            continue
        rule = result.rule.rule
        for part in rule.parts:
            for below in _parts(by_rule, part, result.env):
                below.part_of.append(rule.id)
        for part in rule.raises:
            for below in _parts(by_rule, part, result.env):
                below.raised_by.append(rule.id)
                below.certain = max(below.certain, part.to, key=rank)
                below.possible = max(below.possible, part.to, key=rank)
        for name in rule.subsumes.rules if rule.subsumes else ():
            for below in by_rule.get(name, []):
                if below.told:
                    below.part_of.append(rule.id)


def _parts(by_rule: dict[str, list[Result]], part: Conclusion, env: Env) -> list[Result]:
    names = [part.subject] if isinstance(part.subject, str) else part.subject
    wanted = tuple(env[name].id for name in names)
    return [
        one
        for one in by_rule.get(part.rule, [])
        if one.outcome == "concern" and (not wanted or one.subject == wanted)
    ]


def _guards(program: Program, world: World, found: list[Result]) -> None:
    moves: dict[int, list[tuple[int, Rule]]] = {}
    perhaps: dict[int, list[tuple[CompiledRule, Env]]] = {}
    for _, guard in sorted(program.rules.items()):
        if guard.rule.kind != "guard":
            continue
        for env in rule_envs(guard, world):
            certainty = guard.when.holds(world, env)
            for number, result in enumerate(found if certainty else []):
                if result.told and _meant(guard.rule, result, env):
                    moves.setdefault(number, []).append((certainty, guard.rule))
                    if certainty == 1:
                        perhaps.setdefault(number, []).append((guard, env))
    for number, guards in moves.items():
        if not _harmful(program, world, found[number], set()):
            _move(found[number], guards)
            lowered = found[number].lowered_by
            open_ones = perhaps.get(number, [])
            found[number].perhaps = [one for one in open_ones if one[0].rule.id in lowered]


def _meant(guard: Rule, result: Result, env: Env) -> bool:
    target, rule = guard.target, result.rule.rule
    if target is None or rule.id in target.except_:
        return False
    if target.subject and result.subject != (env[target.subject].id,):
        return False
    return (
        rule.id in target.rules
        or rule.dimension in target.dimensions
        or bool(set(rule.due) & set(target.due))
    )


def _harmful(program: Program, world: World, result: Result, seen: set[str]) -> bool:
    """Say whether a finding rests on a known harm; such a finding is never lowered."""
    if result.rule.rule.harm:
        return result.outcome == "concern"
    if not result.certain or result.rule.id in seen:
        return False
    seen.add(result.rule.id)
    for evidence in alternative(result, certain=True).whole.why(world, result.env, True):
        if evidence.kind == "conclusion" and program.rules[evidence.key].rule.harm:
            return True
    return False


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


def alternative(result: Result, *, certain: bool) -> CompiledAlternative:
    """Return the alternative that decided the certain, or the possible, level."""
    standing = result.standing
    level = standing.certain if certain else standing.possible
    key = standing.alternative.get(f"certain {level}" if certain else str(level), "")
    return next(one for one in result.rule.alternatives if one.key == key)
