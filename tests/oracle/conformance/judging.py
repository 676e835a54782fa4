"""What the tool and the naive evaluator make of one case."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from naive import Naive
from run import GROUPS, Bound

from conformance.made import Made, read
from partnerrules.cases import CaseReader
from partnerrules.cases.answers import Answer
from partnerrules.engine import compile_program, evaluate, make_engine
from partnerrules.engine.durable import durable_available
from partnerrules.engine.subjects import envs, rule_subjects
from partnerrules.facts.world import World

ENGINES = ("python", "durable") if durable_available() else ("python",)
GRADES = ("ruled out", "possible", "certain")
Pair = tuple[int, int]


class Disagreement(AssertionError):
    """The tool and the naive evaluator say different things of a cell."""


class Judge:
    """One program, with engines that take its cases; give them back with `close`."""

    def __init__(self, made: Made) -> None:
        self.made = made
        self.library = made.library()
        self.program = compile_program(self.library)
        self.engines = [make_engine(name, self.program) for name in ENGINES]
        self.reader = CaseReader(self.library)

    @cached_property
    def naive(self) -> Naive:
        """The evaluator that knows only what the page about the language says."""
        return Naive(self.library)

    def close(self) -> None:
        """Give back what the engines hold."""
        for engine in self.engines:
            engine.close()

    def condition(self, rule: str, case: dict[str, Any], subject: tuple[str, ...] = ()) -> Pair:
        """Return how certainly the condition of a rule and its negation hold."""
        found = read(self.reader, case)
        run = self.naive.run(found)
        compiled = self.naive.rules[rule]
        mine = next(
            (compiled.whole[0][2].value(run, env), compiled.against[0][1].value(run, env))
            for env in self.naive.subjects(run, compiled.rule)
            if tuple(one.id for one in env.values()) == subject
        )
        for engine in self.engines:
            world, _ = evaluate(self.program, found, engine)
            theirs = self._pair(world, rule, subject)
            if theirs != mine:
                text = f"{compiled.rule.given} of {case}: {theirs}, the naive evaluator {mine}"
                raise Disagreement(text)
        return mine

    def _pair(self, world: World, rule: str, subject: tuple[str, ...]) -> Pair:
        compiled = self.program.rules[rule]
        env = dict(rule_subjects(compiled, world))[subject]
        one = compiled.alternatives[0]
        pair = one.own.holds(world, env), one.own.against(world, env)
        standing = world.standing[rule][subject]
        if "?" not in subject:
            assert pair[0] == (2 if standing.certain else 1 if standing.possible else 0)
        return pair

    def measure(self, name: str, case: dict[str, Any], member: str = "") -> Answer:
        """Return what a measure comes to, the same by every engine."""
        found = read(self.reader, case)
        told = set()
        for engine in self.engines:
            world, _ = evaluate(self.program, found, engine)
            one = self.program.measures[name]
            env = next(
                env
                for env in envs(world, one.measure.per)
                if not member or [m.id for m in env.values()] == [member]
            )
            answer = one.answer(world, env)
            told.add((answer.status, answer.values))
        assert len(told) == 1, f"{name} of {case}: the engines say {told}"
        return Answer(*told.pop())

    def naive_measure(self, name: str, case: dict[str, Any], member: str = "") -> Answer:
        """Return what the naive evaluator makes of a measure."""
        run = self.naive.run(read(self.reader, case))
        owner = Bound("partner", member)[:2] if member else GROUPS
        return self.naive.measures[name].answer(run, owner)


def told(pair: Pair) -> str:
    """Return how certainly a condition and its negation hold, in words."""
    if pair == (0, 0):
        return "neither"
    return f"{GRADES[pair[0]]} / {GRADES[pair[1]]}"
