"""Proofs in a circle of rules: each conclusion keeps what it rested on when it was drawn.

What is drawn in one round rests on what stood after the rounds before it, so that no proof leads
back to itself.
"""

from __future__ import annotations

from partnerrules.engine.compile import CompiledRule, Program
from partnerrules.engine.subjects import envs, rule_subjects
from partnerrules.facts.world import Standing, Subject, World


def keep_grounds(rule: CompiledRule, world: World, drawn: dict[Subject, Standing]) -> None:
    """Note in what a round draws what its new grades rest on; what was noted before stays."""
    before = world.standing.get(rule.id, {})
    for subject, env in rule_subjects(rule, world):
        new, old = drawn[subject], before.get(subject)
        if old is not None:
            new.decisive.update(old.decisive)
            new.rests.update(old.rests)
        grade = new.grade
        if grade and grade not in new.rests:
            key = new.decisive[grade]
            whole = next(one.whole for one in rule.alternatives if one.key == key)
            new.rests[grade] = tuple(dict.fromkeys(whole.why(world, env)))


def keep_what_adds(program: Program, fact: str, world: World) -> None:
    """Note for a derived set what the values that a round makes certain rest on."""
    for rule_id in program.makers.get(fact, ()):
        rule = program.rules[rule_id]
        for env in envs(world, rule.rule.for_each):
            key = (fact, next((member.id for member in env.values()), ""))
            known = world.added.setdefault(key, {})
            for value, when in rule.options:
                if str(value) not in known and when.holds(world, env) == 2:
                    known[str(value)] = tuple(dict.fromkeys(when.why(world, env)))
