"""Coverage, verdicts and the questions that would decide most."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from partnerrules.cases.answers import Answer
from partnerrules.checking.results import Result
from partnerrules.engine import Program
from partnerrules.facts.world import World
from partnerrules.findings import Finding, Question, Stages, Verdict, rank

FLOOR = 0.6
"""Share of answers below which the good end of a verdict is not given (our judgement)."""

Asked = dict[tuple[str, str], bool]
"""Fact and member, and whether it was answered."""


class Coverage:
    """Which facts the rules name, and which of them were answered."""

    def __init__(self, program: Program, world: World, wanted: frozenset[str]) -> None:
        self.program = program
        self.world = world
        self.wanted = wanted
        self._named: dict[str, frozenset[str]] = {}

    def named(self, rule_id: str) -> frozenset[str]:
        """Return the facts that a rule names, also through derived facts and measures."""
        if rule_id not in self._named:
            self._named[rule_id] = frozenset(self._expand(rule_id, set()))
        return self._named[rule_id]

    def _expand(self, rule_id: str, seen: set[str]) -> Iterable[str]:
        for name in self.program.rules[rule_id].facts:
            yield from self._fact(name, seen)

    def _fact(self, name: str, seen: set[str]) -> Iterable[str]:
        if name in seen:
            return
        seen.add(name)
        if name in self.program.measures:
            for inner in self.program.measure_facts[name]:
                yield from self._fact(inner, seen)
        elif name in self.program.makers:
            for maker in self.program.makers[name]:
                yield from self._expand(maker, seen)
        else:
            yield name

    def looked_at(self, rule_id: str) -> bool:
        """Say whether the question set in force bears on a rule."""
        return not self.wanted or bool(self.named(rule_id) & self.wanted)

    def asked(self, rule_ids: Iterable[str]) -> Asked:
        """Return every answer that the rules need, and whether it was given."""
        found: Asked = {}
        for rule_id in rule_ids:
            for name in self.named(rule_id):
                if not self.wanted or name in self.wanted:
                    found.update(self._answers(name))
        return found

    def _answers(self, name: str) -> Asked:
        head, _, fact = name.partition(".")
        collection = self.world.case.collections.get(head)
        if collection is None:
            return {(name, ""): _answered(self.world.answer(name))}
        if not collection.members:
            return {} if collection.complete else {(name, "?"): False}
        return {
            (name, member.id): _answered(self.world.member_answer(member, fact))
            for member in collection.members
        }


def _answered(answer: Answer) -> bool:
    return answer.given or answer.status == "not_applicable"


def verdicts(
    program: Program, coverage: Coverage, found: list[Result], findings: tuple[Finding, ...]
) -> tuple[Verdict, ...]:
    """Return how each dimension stands, in the order of the packs."""
    result = []
    for dimension, (_, area) in program.library.dimensions.items():
        rules = {
            one.rule.id
            for one in found
            if one.rule.rule.dimension == dimension
            and not one.rule.rule.limit
            and one.outcome not in ("not_applicable", "not_due")
            and coverage.looked_at(one.rule.id)
        }
        if not rules:
            continue
        inside = [one for one in findings if one.dimension == dimension]
        asked = coverage.asked(rules)
        answered = sum(asked.values())
        certain = max((one.severity for one in inside), key=rank, default=None)
        possible = max((one.could_be or one.severity for one in inside), key=rank, default=None)
        enough = not coverage.wanted and answered >= FLOOR * len(asked)
        result.append(Verdict(dimension, area, certain, possible, answered, len(asked), enough))
    return tuple(result)


def stages(program: Program, world: World) -> Stages:
    """Return the stated stage and those that are active."""
    stated = world.answer(program.library.stage_fact) if program.library.stage_fact else None
    said = str(stated.values[0]) if stated and stated.values else None
    # A stage without a condition is always due; it is only where people say that they are in it.
    codes = {
        name: 2 * (name == said) if stage.empty else stage.holds(world, {})
        for name, stage in program.stages.items()
    }
    return Stages(
        said,
        tuple(name for name, certainty in codes.items() if certainty == 2),
        tuple(name for name, certainty in codes.items() if certainty),
    )


def questions(
    program: Program, case: str, findings: Iterable[Finding], names: Callable[[str, str], str]
) -> tuple[Question, ...]:
    """Return the missing answers, those first that could bring the most.

    `names` gives the name of the member with an id that a fact is about.
    """
    worst: dict[str, str] = {}
    decides: dict[str, set[str]] = {}
    about: dict[str, set[str]] = {}
    for finding in findings:
        level = finding.could_be or finding.severity or "low"
        for name in finding.open_questions:
            fact, _, member = name.partition("@")
            worst[fact] = max(worst.get(fact, level), level, key=rank)
            decides.setdefault(fact, set()).add(finding.rule)
            if member:
                about.setdefault(fact, set()).add(member)
    result = []
    for fact, level in worst.items():
        members = tuple(sorted(about.get(fact, ())))
        named = tuple(names(fact, one) for one in members)
        decided = tuple(sorted(decides[fact]))
        words = _words(program, fact)
        result.append(Question(case, fact, members, *words, level, decided, named))
    result.sort(key=lambda one: (-rank(one.severity), -len(one.would_decide), one.fact))
    return tuple(result)


def _words(program: Program, name: str) -> tuple[str, str]:
    library = program.library
    fact = library.fact(name)
    if fact is None:
        collection, _, last = name.rpartition(".")
        entity = library.collections.get(collection, collection)
        declared = library.entities.get(entity)
        fact = declared.facts.get(last) if declared else None
    if fact is None:
        return name, ""
    ask = fact.ask if isinstance(fact.ask, str) else ", ".join(fact.ask)
    return fact.question or fact.title or name, ask
