"""What one rule says of a case, also where it says nothing of concern."""

from __future__ import annotations

from partnerrules.cases import Case
from partnerrules.checking.checker import Checker
from partnerrules.checking.grounds import Grounds
from partnerrules.checking.guards import told_of
from partnerrules.checking.outcomes import results
from partnerrules.checking.proofs import Proofs
from partnerrules.checking.results import Result
from partnerrules.checking.texts import Texts
from partnerrules.engine import evaluate
from partnerrules.facts.world import Evidence
from partnerrules.findings import Explanation


class _GroundsAgainst(Grounds):
    """Of what did not fire also the conditions that were not met."""

    def _rests(self, result: Result) -> tuple[Evidence, ...]:
        env, standing, rule = result.env, result.standing, result.rule
        if result.outcome == "sound" or standing.certain or standing.possible:
            # The last two also where a guard took away what the conditions gave.
            return super()._rests(result)
        if not standing.applies:
            return self.why(rule.applies, env, False)
        if not standing.due:
            return self.why(rule.due, env, False)
        against = [self.why(one.own, env, False) for one in rule.alternatives]
        return tuple(dict.fromkeys(one for evidence in against for one in evidence))


def explain(checker: Checker, case: Case, rule: str) -> tuple[Explanation, ...]:
    """Return what a rule says of each of its subjects, in the order of their ids."""
    world, _ = evaluate(checker.program, case, checker.engine)
    found = results(checker.program, world)
    grounds = _GroundsAgainst(checker.program, world, found)
    proofs = Proofs(grounds, Texts(checker.library, world), checker.prepared.wording)
    return tuple(_explanation(proofs, one) for one in found if one.rule.id == rule)


def _explanation(proofs: Proofs, one: Result) -> Explanation:
    told = one.told or one.outcome == "sound"
    return Explanation(
        one.subject,
        tuple(proofs.texts.member(member) for member in one.env.values()),
        one.outcome,
        one.certain if one.told else None,
        one.possible if one.told and one.possible != one.certain else None,
        proofs.message(one) if told else told_of(proofs.grounds, one, one.reason),
        proofs.proof(one),
    )
