"""Coverage, verdicts and the questions that would decide most."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from partnerrules.cases import Member
from partnerrules.cases.answers import Answer
from partnerrules.cases.case import UNNAMED
from partnerrules.checking.asking import Asking
from partnerrules.checking.prepared import Prepared
from partnerrules.checking.results import OUTSIDE, Result
from partnerrules.engine import Program
from partnerrules.facts.world import World
from partnerrules.findings import (
    LEVELS,
    Answered,
    AreaAnswered,
    Finding,
    Question,
    Stages,
    Verdict,
    rank,
)

FLOOR = 0.6
"""Share of answers below which the good end of a verdict is not given (our judgement)."""


class Coverage:
    """Which facts the rules name, and which of them were answered."""

    def __init__(self, prepared: Prepared, world: World, wanted: frozenset[str]) -> None:
        self.world = world
        self.wanted = wanted
        self.asking = Asking(prepared.asked_when, world)
        self._named = prepared.named
        self._looking = prepared.looking(wanted) if wanted else None
        self._shares: dict[str, tuple[int, int]] = {}

    def looked_at(self, rule_id: str) -> bool:
        """Say whether the question set in force looks at a rule."""
        return self._looking is None or self._looking.at(rule_id)

    def share(self, rule_ids: Iterable[str]) -> tuple[int, int]:
        """Return how many of the answers that the rules need were given, and how many there are."""
        names = frozenset().union(*[self._named[rule_id] for rule_id in rule_ids])
        known = self._shares
        shares = [
            known.get(name) or self._share(name)
            for name in (names & self.wanted if self.wanted else names)
        ]
        return sum([given for given, _ in shares]), sum([asked for _, asked in shares])

    def _share(self, name: str) -> tuple[int, int]:
        answers = self._answers(name)
        given = sum([one.given or one.status == "not_applicable" for one in answers])
        found = self._shares[name] = (given, len(answers))
        return found

    def _answers(self, name: str) -> list[Answer]:
        head, _, fact = name.partition(".")
        collection = self.world.case.collections.get(head)
        if collection is None:
            return [self.world.answer(name)] if self.asking.asked(name, None) else []
        members = collection.members
        if not members and not collection.complete:
            members = (Member(head, UNNAMED),)
        asked = [member for member in members if self.asking.asked(name, member)]
        return [self.world.member_answer(member, fact) for member in asked]


def looked_at(coverage: Coverage, found: Iterable[Result]) -> dict[str, set[str]]:
    """Return by dimension the rules that have something to say, or to ask, here."""
    rules: dict[str, set[str]] = {}
    for one in found:
        rule = one.rule.rule
        if not rule.limit and one.outcome not in OUTSIDE and coverage.looked_at(rule.id):
            rules.setdefault(rule.dimension, set()).add(rule.id)
    return rules


def answered(prepared: Prepared, coverage: Coverage, rules: Mapping[str, set[str]]) -> Answered:
    """Return how much was answered of what rules (by dimension) need, in all and in each area."""
    by_area: dict[str, set[str]] = {}
    for dimension, area in prepared.areas.items():
        by_area.setdefault(area, set()).update(rules.get(dimension, ()))
    areas = tuple(AreaAnswered(a, *coverage.share(ids)) for a, ids in by_area.items() if ids)
    return Answered(*coverage.share(set().union(*by_area.values())), areas)


def verdicts(
    prepared: Prepared,
    coverage: Coverage,
    rules: Mapping[str, set[str]],
    findings: tuple[Finding, ...],
) -> tuple[Verdict, ...]:
    """Return how each dimension stands that has rules here, in the order of the packs."""
    inside: dict[str, list[Finding]] = {}
    for finding in findings:
        inside.setdefault(finding.dimension, []).append(finding)
    result = []
    for dimension, area in prepared.areas.items():
        if dimension not in rules:
            continue
        told = inside.get(dimension, [])
        certain = max([one.severity for one in told], key=rank, default=None)
        possible = max([one.could_be or one.severity for one in told], key=rank, default=None)
        answered, asked = coverage.share(rules[dimension])
        enough = not coverage.wanted and answered >= FLOOR * asked
        result.append(Verdict(dimension, area, certain, possible, answered, asked, enough))
    return tuple(result)


def stages(program: Program, world: World) -> Stages:
    """Return the stated stage and those that are active."""
    stated = world.answer(program.library.stage_fact) if program.library.stage_fact else None
    values = (stated and stated.values) or ()
    said = str(values[0]) if len(values) == 1 else None
    # A stage without a condition is always due; it is only where people say that they are in it.
    codes = {
        name: 2 * (name == said) or name in values if stage.empty else stage.holds(world, {})
        for name, stage in program.stages.items()
    }
    return Stages(
        said,
        tuple(name for name, certainty in codes.items() if certainty == 2),
        tuple(name for name, certainty in codes.items() if certainty),
    )


def questions(
    prepared: Prepared, case: str, findings: Iterable[Finding], names: Callable[[str, str], str]
) -> tuple[Question, ...]:
    """Return the missing answers, those first that could bring the most.

    `names` gives the name of the member with an id that a fact is about.
    """
    deciding: dict[str, list[Finding]] = {}
    for finding in findings:
        for name in finding.open_questions:
            deciding.setdefault(name, []).append(finding)
    # Of each fact, and of each member whose fact it is, what its answer bears on.
    facts: dict[str, dict[str, list[Finding]]] = {}
    for name, bears_on in deciding.items():
        fact, _, member = name.partition("@")
        facts.setdefault(fact, {})[member] = bears_on
    result = []
    for fact, about in facts.items():
        members = tuple(sorted(filter(None, about), key=lambda one: (one == UNNAMED, one)))
        found = [one for bears_on in about.values() for one in bears_on]
        worst = max([rank(one.could_be or one.severity or "low") for one in found])
        decided = tuple(sorted({one.rule for one in found}))
        named = tuple([names(fact, one) for one in members])
        words = prepared.question(fact)
        result.append(Question(case, fact, members, *words, LEVELS[worst - 1], decided, named))
    result.sort(key=lambda one: (-rank(one.severity), -len(one.would_decide), one.fact))
    return tuple(result)
