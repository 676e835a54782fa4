"""From packs to a program: compiled rules in strata, and the jobs of the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from partnerrules.engine.jobs import JobPlan, Place, plan_jobs
from partnerrules.engine.outline import (
    JobsOutline,
    Outline,
    RuleOutline,
    keep_outline,
    kept_outline,
)
from partnerrules.engine.strata import Reading, strata
from partnerrules.errors import PackError, Problem, nearest
from partnerrules.facts.compiler import Compiler
from partnerrules.facts.conditions import Condition
from partnerrules.facts.measures import CompiledMeasure, compile_measure
from partnerrules.facts.vocabulary import Vocabulary
from partnerrules.findings import rank
from partnerrules.packs import Library
from partnerrules.packs.models import Rule


class CompiledAlternative(NamedTuple):
    """One alternative of a rule: all of its conditions, and those that are its own."""

    key: str
    level: str
    rank: int
    """That of the level."""
    whole: Condition
    own: Condition


class CompiledRule(NamedTuple):
    """One rule, ready to be evaluated."""

    id: str
    rule: Rule
    applies: Condition
    due: Condition
    alternatives: tuple[CompiledAlternative, ...]
    """The worst first; the order of the file among those of one level."""
    when: Condition
    options: tuple[tuple[Any, Condition], ...]
    parameters: frozenset[str]
    facts: Mapping[str, tuple[str, str]]
    jobs: tuple[JobPlan, ...] = ()
    soundness_read: bool = False
    """Whether another rule reads how sound this one is, also beside what is only possible."""


class Program:
    """Everything that does not depend on a case."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.rules: dict[str, CompiledRule] = {}
        self.measures: dict[str, CompiledMeasure] = {}
        self.measure_jobs: dict[str, tuple[JobPlan, ...]] = {}
        self.measure_facts: dict[str, frozenset[str]] = {}
        """The facts that each measure reads."""
        self.stages: dict[str, Condition] = {}
        self.order: list[tuple[list[Reading], bool]] = []
        """Strata, each with whether it is recursive."""
        self.makers: dict[str, list[str]] = {}
        """Derived fact to the ids of the rules that derive it."""
        self.reads: dict[Reading, set[Reading]] = {}
        """What each rule, derived fact and measure reads itself; empty where it is outlined."""

    @cached_property
    def told(self) -> list[CompiledRule]:
        """The rules that may become findings, by id."""
        return [rule for _, rule in sorted(self.rules.items()) if rule.alternatives]

    @cached_property
    def drawn(self) -> frozenset[str]:
        """The facts that rules and measures give, as `group.fact` or `entity.fact`."""
        return frozenset([*self.makers, *self.measures])

    @cached_property
    def aims(self) -> dict[str, list[str]]:
        """Guard to the ids of the rules that it is meant for, sorted."""
        return {
            name: [other for other, rule in sorted(self.rules.items()) if target.means(rule.rule)]
            for name, one in sorted(self.rules.items())
            if one.rule.kind == "guard" and (target := one.rule.target) is not None
        }

    @cached_property
    def plans(self) -> list[JobPlan]:
        """All jobs of all rules and measures."""
        owners = [rule.jobs for rule in self.rules.values()] + list(self.measure_jobs.values())
        return [plan for plans in owners for plan in plans]

    @cached_property
    def kinds(self) -> dict[JobPlan, tuple[int, ...]]:
        """The kind of token that each place of a job takes, as a small number."""
        numbers: dict[tuple[object, ...], int] = {}
        return {
            plan: tuple(numbers.setdefault(place.key, len(numbers)) for place in plan.places)
            for plan in self.plans
        }

    @cached_property
    def feeding(self) -> list[tuple[tuple[Place, int], ...]]:
        """For each stratum the places whose tokens the engine has not been given before it.

        What a place takes is settled once the strata below are done; in a recursion its tokens
        are looked for again in every round.
        """
        fed: set[int] = set()
        result = []
        for stratum, _ in self.order:
            found: dict[int, Place] = {}
            for plan in self._plans_of(stratum):
                for place, kind in zip(plan.places, self.kinds[plan], strict=True):
                    if kind not in fed:
                        found[kind] = place
            fed.update(found)
            result.append(tuple((place, kind) for kind, place in found.items()))
        return result

    def _plans_of(self, stratum: list[Reading]) -> Iterable[JobPlan]:
        for kind, name in stratum:
            if kind == "rule":
                yield from self.rules[name].jobs
            elif name in self.measures:
                yield from self.measure_jobs[name]


def compile_program(library: Library, outline: Outline | None = None) -> Program:
    """Compile all packs; raises PackError with every problem of every rule.

    Where the outline of the same packs is known, only what the engine puts together is compiled
    now, and each other condition when it is first asked.
    """
    if outline is not None:
        return _outlined(library, outline)
    program = Program(library)
    problems: list[Problem] = []
    reads: dict[Reading, set[tuple[str, str, bool]]] = {}
    sound: set[str] = set()
    stage_compiler = _stages(program)
    problems.extend(stage_compiler.problems)
    for name, compiler in _measures(program):
        program.measure_facts[name] = frozenset(compiler.facts)
        problems.extend(compiler.problems)
        sound |= compiler.sound
        reads["fact", name] = compiler.reads
    for rule_id, rule in sorted(library.rules.items()):
        compiler = Compiler(library, library.rule_files[rule_id])
        program.rules[rule_id] = _rule(compiler, rule)
        problems.extend(compiler.problems)
        sound |= compiler.sound
        due = stage_compiler.reads if set(rule.due) - {"forming"} else set()
        reads["rule", rule_id] = compiler.reads | due
        if rule.derive is not None:
            fact = _derived_name(rule)
            program.makers.setdefault(fact, []).append(rule_id)
            reads.setdefault(("fact", fact), set()).add(("rule", rule_id, False))
    if problems:
        raise PackError(problems)
    for rule_id in sound:
        program.rules[rule_id] = program.rules[rule_id]._replace(soundness_read=True)
    program.order = strata(reads, library)
    program.reads = {
        node: {(kind, name) for kind, name, _ in found} for node, found in reads.items()
    }
    return program


def kept_program(library: Library) -> Program:
    """Compile packs that come from the cache folder, by the outline that is kept with them."""
    outline = kept_outline(library)
    if outline is not None:
        return compile_program(library, outline)
    program = compile_program(library)
    keep_outline(program)
    return program


def _outlined(library: Library, outline: Outline) -> Program:
    program = Program(library)
    vocabulary = Vocabulary(library)
    # One for all that the engine has no part in: what several say, such as when they are due, is
    # read once.
    shared = Compiler(library, "", waiting="all", vocabulary=vocabulary)

    def compiler(jobs: JobsOutline) -> Compiler:
        if jobs.waiting == "all" and not jobs.linked:
            return shared
        own = Compiler(library, "", waiting=jobs.waiting, vocabulary=vocabulary)
        for verdicts in jobs.linked:
            own.link(verdicts)
        return own

    program.stages = {
        name: shared.compile([condition], {}) for name, condition in library.stages.items()
    }
    for name, about in outline.measures.items():
        mine = compiler(about.jobs)
        program.measures[name] = compile_measure(mine, name, library.measures[name])
        program.measure_jobs[name] = plan_jobs(mine)
        program.measure_facts[name] = about.facts
    for rule_id, rule in outline.rules.items():
        program.rules[rule_id] = _rule(compiler(rule.jobs), library.rules[rule_id], rule)
    program.order, program.makers, program.aims = outline.order, outline.makers, outline.aims
    return program


def _stages(program: Program) -> Compiler:
    """Compile the stages; return the compiler with what they read and what is wrong."""
    compiler = Compiler(program.library, "pack.yaml")
    stages = program.library.stages.items()
    program.stages = {name: compiler.compile([condition], {}) for name, condition in stages}
    return compiler


def _measures(program: Program) -> Iterator[tuple[str, Compiler]]:
    """Compile the measures one by one; yield each with its compiler."""
    for name, measure in sorted(program.library.measures.items()):
        compiler = Compiler(program.library, f"measure {name}")
        program.measures[name] = compile_measure(compiler, name, measure)
        program.measure_jobs[name] = plan_jobs(compiler)
        yield name, compiler


def _derived_name(rule: Rule) -> str:
    assert rule.derive is not None
    head, _, name = rule.derive.fact.partition(".")
    return f"{rule.for_each[head]}.{name}" if head in rule.for_each else rule.derive.fact


def _rule(compiler: Compiler, rule: Rule, outline: RuleOutline | None = None) -> CompiledRule:
    scope = rule.for_each
    library = compiler.library
    for name, entity in scope.items():
        if entity not in library.entities:
            text = f"There is no entity {entity} (variable {name})."
            near = nearest(entity, library.entities)
            raise PackError([Problem("unknown-entity", text, compiler.place, nearest=near)])
    due = _due(library, rule, compiler)
    alternatives = [
        CompiledAlternative(
            key,
            one.level,
            rank(one.level),
            compiler.compile([rule.applies, *due, rule.given, one.when], scope),
            compiler.compile([rule.given, one.when], scope),
        )
        for key, one in rule.concern.items()
    ]
    alternatives.sort(key=lambda one: -one.rank)
    applies = compiler.compile([rule.applies], scope)
    derive, options = rule.derive, []
    if derive is not None:
        strict = derive.add is None
        when = [rule.applies, derive.when, rule.when]
        whens = [([*when, o.when], o.value) for o in derive.first_of]
        if derive.add is not None:
            whens.append((when, derive.add))
        options = [(value, compiler.compile(cond, scope, strict)) for cond, value in whens]
    return CompiledRule(
        rule.id,
        rule,
        applies,
        compiler.compile(due, scope),
        tuple(alternatives),
        compiler.compile([rule.applies, rule.when], scope),
        tuple(options),
        outline.parameters if outline else frozenset(compiler.parameters),
        outline.facts if outline else dict(compiler.facts),
        plan_jobs(compiler),
        outline.sound if outline else False,
    )


def _due(library: Library, rule: Rule, compiler: Compiler) -> list[Any]:
    for stage in rule.due:
        if library.stages and stage not in library.stages:
            text = f"There is no stage {stage}."
            near = nearest(stage, library.stages)
            compiler.problems.append(Problem("unknown-stage", text, compiler.place, nearest=near))
            return []
    conditions = [library.stages[stage] for stage in rule.due if library.stages]
    if not conditions or any(not condition for condition in conditions):
        return []
    return conditions if len(conditions) == 1 else [{"any": conditions}]
