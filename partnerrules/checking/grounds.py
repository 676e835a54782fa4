"""What the outcomes of one case rest on; each is worked out once and shared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from partnerrules.cases.answers import Answer
from partnerrules.cases.values import Items
from partnerrules.checking.results import Result, alternative
from partnerrules.engine import Program
from partnerrules.facts.conditions import Condition
from partnerrules.facts.world import Env, Evidence, Subject, World
from partnerrules.findings import rank


class Grounds:
    """The evidence below the results of one case."""

    def __init__(self, program: Program, world: World, found: list[Result]) -> None:
        self.program = program
        self.world = world
        self.found = {(one.rule.id, one.subject): one for one in found}
        self._why: dict[tuple[Condition, Subject, bool], tuple[Evidence, ...]] = {}
        self._of: dict[Result, tuple[Evidence, ...]] = {}
        self._below_of: dict[Evidence, tuple[Evidence, ...]] = {}
        self._leaves: dict[Result, tuple[tuple[int, Evidence], ...]] = {}

    def why(self, node: Condition, env: Env, wanted: bool) -> tuple[Evidence, ...]:
        """Return what a condition, or its negation, rests on, each thing once."""
        key = (node, tuple([member.id for member in env.values()]) if env else (), wanted)
        found = self._why.get(key)
        if found is None:
            found = self._why[key] = tuple(node.why(self.world, env, wanted))
        return found

    def of(self, result: Result) -> tuple[Evidence, ...]:
        """Return what an outcome rests on, each thing once."""
        found = self._of.get(result)
        if found is None:
            found = self._of[result] = self._rests(result)
        return found

    def _rests(self, result: Result) -> tuple[Evidence, ...]:
        env, standing, rule = result.env, result.standing, result.rule
        if standing.grade:
            return self.drawn(result, standing.grade)
        applies = self.why(rule.applies, env, standing.applies > 0)
        if result.outcome != "sound":
            return _each([applies, self.why(rule.due, env, standing.due > 0)])
        return _each([applies, *[self.why(one.own, env, False) for one in rule.alternatives]])

    def drawn(self, result: Result, grade: int) -> tuple[Evidence, ...]:
        """Return what a conclusion rests on, in a circle what it did when it came to a grade."""
        kept = result.standing.rests.get(grade)
        if kept is not None:
            return kept
        return self.why(alternative(result, grade).whole, result.env, True)

    def below(self, one: Evidence) -> tuple[Evidence, ...]:
        """Return what a piece of evidence rests on itself; nothing for an answer of the case."""
        if one.kind == "answer":
            return ()
        found = self._below_of.get(one)
        if found is None:
            found = self._below_of[one] = self._directly_below(one)
        return found

    def _directly_below(self, one: Evidence) -> tuple[Evidence, ...]:
        if one.kind == "absence":
            return one.below
        if one.kind == "derived":
            return self.derived_from(one)
        result = self.found[one.key, one.subject]
        return self.drawn(result, one.drawn) if one.drawn else self.of(result)

    def leaves(self, result: Result) -> tuple[tuple[int, Evidence], ...]:
        """Return the answers from the case below an outcome, in the order of its proof.

        Each with how many steps it stands below; what was not found is no step of its own.
        """
        found = self._leaves.get(result)
        if found is None:
            found = self._leaves[result] = tuple(self.each_leaf(result))
        return found

    def each_leaf(self, result: Result) -> Iterator[tuple[int, Evidence]]:
        """Yield the same one by one, for who may not need all."""
        return self._down(self.of(result), self.below)

    def open_answers(self, result: Result) -> Iterable[Evidence]:
        """Return the answers below the worst level that a rule may have, and below open guards."""
        standing, grade = result.standing, rank(result.standing.possible)
        if standing.grade == grade and not standing.rests:
            rests = self.of(result)
        else:
            rests = self.why(alternative(result, grade).whole, result.env, True)
        if result.perhaps:
            rests = _each([rests, *[self.why(one.when, env, True) for one, env in result.perhaps]])
        if is_plain(rests):
            return rests
        return [one for _, one in self._down(rests, self._worst)]

    def all_below(self, result: Result) -> Iterator[Evidence]:
        """Yield everything in the proof of an outcome, each thing once."""
        seen: set[Evidence] = set()
        left = list(self.of(result))
        while left:
            one = left.pop()
            if one not in seen:
                seen.add(one)
                yield one
                left.extend(self.below(one))

    def answers_below(self, node: Condition, env: Env) -> Iterator[Evidence]:
        """Yield the answers from the case below a condition, in the order of a proof."""
        return (one for _, one in self._down(self.why(node, env, True), self.below))

    def _down(
        self,
        found: Iterable[Evidence],
        below: Callable[[Evidence], tuple[Evidence, ...]],
    ) -> Iterator[tuple[int, Evidence]]:
        """Yield the answers of the case below evidence, each once, with how many steps down."""
        seen: set[Evidence] = set()
        left = [(0, iter(found))]
        while left:
            depth, ones = left[-1]
            for one in ones:
                if one in seen:
                    continue
                seen.add(one)
                if one.kind == "answer":
                    yield depth, one
                else:
                    left.append((depth + (one.kind != "absence"), iter(below(one))))
                    break
            else:
                left.pop()

    def derived_from(self, one: Evidence) -> tuple[Evidence, ...]:
        """Return what a derived fact or a measure rests on; nothing for an answer of the case."""
        name = one.path
        measure = self.program.measures.get(name)
        if measure is not None:
            env = dict.fromkeys(measure.measure.per, one.member) if one.member else {}
            return _each([measure.why(self.world, env)])
        kept = self.world.added.get((name, one.subject[0] if one.subject else ""))
        if kept is not None:
            return _each([rests for value, rests in kept.items() if settled(one.value, value)])
        came = [
            (when, env)
            for value, when, env in self._options(one)
            if settled(one.value, value) and when.holds(self.world, env)
        ]
        against = self._against(one)
        return _each([*(self.why(when, env, True) for when, env in came), *against])

    def _against(self, one: Evidence) -> Iterator[tuple[Evidence, ...]]:
        """Yield what speaks against every value with a condition, of a fact that has none of them.

        That is what the value rests on that counts otherwise.
        """
        for maker in self.program.makers.get(one.path, ()):
            derive = self.program.rules[maker].rule.derive
            if derive and derive.otherwise is not None and settled(one.value, derive.otherwise):
                for _, when, env in self._options(one):
                    yield self.why(when, env, False)

    def _options(self, one: Evidence) -> Iterator[tuple[Any, Condition, Env]]:
        """Yield each value that rules may give a derived fact, with what it takes."""
        for maker in self.program.makers.get(one.path, ()):
            rule = self.program.rules[maker]
            env = dict.fromkeys(rule.rule.for_each, one.member) if one.member else {}
            for value, when in rule.options:
                yield value, when, env

    def _worst(self, one: Evidence) -> tuple[Evidence, ...]:
        """Return what the worst rests on that a piece of evidence may come to."""
        if one.kind == "conclusion":
            result = self.found[one.key, one.subject]
            grade = rank(result.standing.possible)
            return self.drawn(result, grade) if grade else self.of(result)
        if one.path in self.program.makers:
            return _each([self.why(when, env, True) for _, when, env in self._options(one)])
        return self.below(one)


def is_plain(rests: tuple[Evidence, ...]) -> bool:
    """Say whether there is nothing below any of it."""
    return not [one for one in rests if one.kind != "answer"]


def _each(found: Iterable[Iterable[Evidence]]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys([one for evidence in found for one in evidence]))


def settled(answer: Answer, value: object) -> bool:
    """Say whether a value is what a derived fact came to, or certainly in it."""
    values = answer.values or ()
    return value in values or any(isinstance(v, Items) and str(value) in v.must for v in values)
