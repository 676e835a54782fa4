"""The outcomes of all rules in one case, compounds and guards applied after all is drawn."""

from __future__ import annotations

from partnerrules.checking.grounds import Grounds
from partnerrules.checking.guards import guard
from partnerrules.checking.results import Result
from partnerrules.engine import Program
from partnerrules.engine.compile import CompiledRule
from partnerrules.engine.subjects import rule_subjects
from partnerrules.facts.world import Env, Standing, Subject, World
from partnerrules.findings import rank
from partnerrules.packs.models import Conclusion


def results(program: Program, world: World) -> list[Result]:
    """Return every outcome, in the order of rule ids and subjects, compounds and guards applied."""
    return list(grounds_of(program, world).found.values())


def grounds_of(program: Program, world: World) -> Grounds:
    """Return the same outcomes with what they rest on."""
    found = [
        _result(rule, world.standing[rule.id][subject], subject, env)
        for rule in program.told
        for subject, env in rule_subjects(rule, world)
    ]
    _compounds(found)
    grounds = Grounds(program, world, found)
    guard(grounds)
    return grounds


def _result(rule: CompiledRule, standing: Standing, subject: Subject, env: Env) -> Result:
    result = Result(rule, subject, env, standing)
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
