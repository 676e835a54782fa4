"""What one rule says of a case, also where it says nothing of concern."""

from __future__ import annotations

from collections.abc import Iterator

from partnerrules.cases import Case
from partnerrules.checking.checker import Checker
from partnerrules.checking.proofs import Proofs
from partnerrules.checking.results import Result, results
from partnerrules.engine import evaluate
from partnerrules.facts.world import Evidence
from partnerrules.findings import Explanation


def explain(checker: Checker, case: Case, rule: str) -> tuple[Explanation, ...]:
    """Return what a rule says of each of its subjects, in the order of their ids."""
    world, _ = evaluate(checker.program, case, checker.engine)
    found = results(checker.program, world)
    proofs = Proofs(checker.program, world, found)
    return tuple(_explanation(proofs, one) for one in found if one.rule.id == rule)


def _explanation(proofs: Proofs, one: Result) -> Explanation:
    told = one.told or one.outcome == "sound"
    message = proofs.message(one) if told else one.reason
    evidence = list(dict.fromkeys(_evidence(proofs, one)))
    worse = one.possible if one.told and one.possible != one.certain else None
    return Explanation(
        one.subject,
        tuple(proofs.texts.member(member) for member in one.env.values()),
        one.outcome,
        one.certain if one.told else None,
        worse,
        message,
        proofs.proof(one, evidence, message),
    )


def _evidence(proofs: Proofs, one: Result) -> Iterator[Evidence]:
    standing, rule = one.standing, one.rule
    if one.told or one.outcome == "sound" or standing.certain or standing.possible:
        # The last two: a guard took away what the conditions gave.
        yield from proofs.evidence(one)
    elif not standing.applies:
        yield from rule.applies.why(proofs.world, one.env, False)
    elif not standing.due:
        yield from rule.due.why(proofs.world, one.env, False)
    else:
        for alternative in rule.alternatives:
            yield from alternative.own.why(proofs.world, one.env, False)
