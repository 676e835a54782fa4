"""A naive three-valued evaluator, written from docs/language.md alone.

It imports nothing of the tool's engine, facts or checking. Every test on an answer is decided by
trying the values that the answer may have, every statement about members by going through them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from amounts import Amount
from compiling import MOST_WAYS, Compiler
from language import LEVELS, groups_in_order
from parts import Condition
from run import GROUPS, MAYBE, NO, YES, Bound, Env, Items, Run, unique

from partnerrules.cases.answers import Answer
from partnerrules.cases.case import Case
from partnerrules.cases.values import Items as Listed
from partnerrules.packs import Library
from partnerrules.packs.models import Rule

Subject = tuple[str, ...]
Values = list[tuple[Env, list[tuple[Any, int]]]]


@dataclass(eq=False)
class Compiled:
    """A rule with its conditions."""

    rule: Rule
    applies: Condition
    due: Condition
    applies_not: Condition
    due_not: Condition
    whole: list[tuple[str, int, Condition]] = field(default_factory=list)
    """Key, level and all conditions of each alternative."""
    against: list[tuple[int, Condition]] = field(default_factory=list)
    """What speaks against each alternative, its own conditions alone."""
    options: list[tuple[Any, Condition]] = field(default_factory=list)
    """The values that a derived fact may take."""


@dataclass
class Result:
    """What a rule says of a subject."""

    rule: Compiled | None = None
    env: Env = field(default_factory=dict)
    certain: int = 0
    possible: int = 0
    applies: int = NO
    due: int = NO
    sound: int = NO
    because: str = ""
    """The decisive alternative."""
    rests: Items | None = None
    """In a circle: what it rested on when it came to its level."""

    @property
    def grade(self) -> tuple[int, int]:
        """How far it goes: the certain level, and where there is none the possible one."""
        return self.certain, 0 if self.certain else self.possible

    @property
    def outcome(self) -> str:
        """The first of the outcomes that fits."""
        if self.applies == NO:
            return "not_applicable"
        if self.due == NO:
            return "not_due"
        if self.certain:
            return "concern"
        if self.possible:
            return "unknown"
        return "sound" if self.sound == YES else "not_applicable"


class Naive:
    """Evaluates the cases of one program."""

    def __init__(self, library: Library, most_ways: int = MOST_WAYS) -> None:
        self.library = library
        self.judged: dict[int, dict[Any, int]] = {}
        self.rules: dict[str, Compiled] = {}
        self.measures: dict[str, Amount] = {}
        reads: dict[str, set[str]] = {}
        for name, measure in library.measures.items():
            compiler = Compiler(library, most_ways)
            self.measures[name] = Amount(compiler, measure)
            reads[f"measure {name}"] = compiler.read
        for rule in library.rules.values():
            compiler = Compiler(library, most_ways)
            self.rules[rule.id] = self._compile(compiler, rule)
            reads[rule.id] = compiler.read
            if rule.derive is not None:
                head, _, name = rule.derive.fact.partition(".")
                fact = f"fact {rule.for_each.get(head, head)}.{name}"
                reads.setdefault(fact, set()).add(rule.id)
        known = {name: {one for one in below if one in reads} for name, below in reads.items()}
        groups = groups_in_order(known)
        self.groups = [[one for one in group if one in self.rules] for group in groups]
        circles = [group for group in groups if len(group) > 1 or group[0] in known[group[0]]]
        self.recursive = {one for group in circles for one in group}

    def _compile(self, compiler: Compiler, rule: Rule) -> Compiled:
        scope = rule.for_each
        due: Any = {"any": [self.library.stages[s] for s in rule.due]} if rule.due else {}
        made = Compiled(
            rule,
            compiler.condition(rule.applies, scope),
            compiler.condition(due, scope),
            compiler.condition(rule.applies, scope, True),
            compiler.condition(due, scope, True),
        )
        for key, one in rule.concern.items():
            whole = compiler.condition([rule.applies, due, rule.given, one.when], scope)
            made.whole.append((key, LEVELS[one.level], whole))
            against = compiler.condition([rule.given, one.when], scope, True)
            made.against.append((LEVELS[one.level], against))
        made.against.sort(key=lambda one: -one[0])
        if rule.derive is not None:
            given = [(o.value, o.when) for o in rule.derive.first_of]
            if rule.derive.add is not None:
                given = [(rule.derive.add, rule.derive.when)]
            made.options = [(v, compiler.condition([rule.applies, w], scope)) for v, w in given]
        return made

    def run(self, case: Case) -> Run:
        """Evaluate all rules, what they read first; in a circle in rounds until nothing changes.

        A round evaluates all rules of the circle against what stood before it.
        """
        run = Run(self, case)
        for group in self.groups:
            circle = any(rule in self.recursive for rule in group)
            for rule_id in group:
                run.results[rule_id] = {}
                if circle and self.rules[rule_id].rule.derive is not None:
                    self._write(run, self.rules[rule_id], self._values(run, rule_id, first=True))
            before: Any = None
            while before != (now := self._snapshot(run, group)):
                before = now
                self._round(run, group, circle)
                if not circle:
                    break
        return run

    def _round(self, run: Run, group: list[str], circle: bool) -> None:
        if circle:
            run.memo.clear()
        rules = {rule: self.rules[rule] for rule in group}
        drawn = {k: dict(self._rule(run, r)) for k, r in rules.items() if r.rule.derive is None}
        values = {k: self._values(run, k) for k, r in rules.items() if r.rule.derive is not None}
        if circle:
            for rule_id, results in drawn.items():
                for subject, result in results.items():
                    self._keep(run, result, run.results[rule_id].get(subject))
        run.results.update(drawn)
        for rule_id, found in values.items():
            self._write(run, rules[rule_id], found)

    def _keep(self, run: Run, result: Result, old: Result | None) -> None:
        """In a circle a conclusion rests on what it did when it first came to its level."""
        if old is not None and old.grade == result.grade:
            result.because, result.rests = old.because, old.rests
        elif result.because:
            result.rests = self.rests_on(run, result)

    def _snapshot(self, run: Run, group: list[str]) -> Any:
        levels = [
            [(s, r.certain, r.possible, r.sound) for s, r in run.results[rule].items()]
            for rule in group
        ]
        rules = [self.rules[r].rule for r in group]
        made = {r.derive.fact.partition(".")[2] if r.for_each else r.derive.fact
                for r in rules if r.derive is not None}  # fmt: skip
        facts = [answer for (_, name), answer in run.answers.items() if name in made]
        return repr((levels, facts))

    def _rule(self, run: Run, compiled: Compiled) -> Iterator[tuple[Subject, Result]]:
        for env in self.subjects(run, compiled.rule):
            result = Result(compiled, env)
            subject = tuple(one.id for one in env.values())
            cap = MAYBE if "?" in subject else YES
            result.applies = min(cap, compiled.applies.value(run, env))
            result.due = min(cap, compiled.due.value(run, env))
            found = [(key, level, w.value(run, env)) for key, level, w in compiled.whole]
            for _, level, value in found:
                if min(cap, value) == YES:
                    result.certain = max(result.certain, level)
                if value:
                    result.possible = max(result.possible, level)
            wanted = (result.certain or result.possible, YES if result.certain else MAYBE)
            fits = [k for k, level, v in found if level == wanted[0] and min(cap, v) == wanted[1]]
            result.because = fits[0] if fits else ""
            result.sound = min(
                [result.applies, result.due, *(a.value(run, env) for _, a in compiled.against)]
            )
            yield subject, result

    def subjects(self, run: Run, rule: Rule) -> Iterator[Env]:
        """Every subject; with `unordered` each set of members once."""
        seen = set()
        for env, _ in run.bindings(rule.for_each, {}):
            key = frozenset(env.values())
            if not rule.unordered or frozenset((b.entity, b.id) for b in key) not in seen:
                yield env
            seen.add(frozenset((b.entity, b.id) for b in key))

    def _values(self, run: Run, rule_id: str, first: bool = False) -> Values:
        """How certainly each value of a derived fact belongs to each owner."""
        compiled = self.rules[rule_id]
        return [
            (env, [(v, NO if first else w.value(run, env)) for v, w in compiled.options])
            for env in self.subjects(run, compiled.rule)
        ]

    def _write(self, run: Run, compiled: Compiled, values: Values) -> None:
        derive = compiled.rule.derive
        assert derive is not None
        for env, found in values:
            bound: Bound | None = next(iter(env.values()), None)
            owner = (bound.entity, bound.id) if bound is not None else GROUPS
            name = derive.fact.partition(".")[2] if bound is not None else derive.fact
            old = run.answers.get((owner, name))
            run.answers[owner, name] = (
                self._first(found, derive.otherwise)
                if derive.add is None
                else self._added(found, old)
            )

    def _added(self, found: list[tuple[Any, int]], old: Answer | None) -> Answer:
        items = old.values[0] if old is not None and old.values else Listed(*[frozenset()] * 2)
        must = items.must | {str(v) for v, value in found if value == YES}
        may = items.may | {str(v) for v, value in found if value}
        return Answer("known", (Listed(must, may),))

    def _first(self, found: list[tuple[Any, int]], otherwise: Any) -> Answer:
        values = []
        for value, certainty in found:
            values += [value] if certainty else []
            if certainty == YES:
                break
        else:
            values.append(otherwise)
        values = list(dict.fromkeys(values))
        return Answer("known" if len(values) == 1 else "disputed", tuple(values))

    # what a conclusion rests on

    def rests_on(self, run: Run, result: Result) -> Items:
        """Return the items of a result, in order."""
        rule, env = result.rule, result.env
        assert rule is not None
        if result.rests is not None:
            return result.rests
        if result.because:
            whole = next(w for key, _, w in rule.whole if key == result.because)
            return whole.items(run, env)
        if result.outcome == "sound":
            parts = [rule.applies, *(against for _, against in rule.against)]
            return unique(item for part in parts for item in part.items(run, env))
        found = (rule.applies if result.applies else rule.applies_not).items(run, env)
        found += (rule.due if result.due else rule.due_not).items(run, env)
        return unique(found)
