"""What the outcomes of one case rest on; each is worked out once and shared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from partnerrules.checking.results import Result, alternative
from partnerrules.engine import Program
from partnerrules.facts.conditions import Condition
from partnerrules.facts.world import Env, Evidence, Subject, World


class Grounds:
    """The evidence below the results of one case."""

    def __init__(self, program: Program, world: World, found: list[Result]) -> None:
        self.program = program
        self.world = world
        self.found = {(one.rule.id, one.subject): one for one in found}
        self._why: dict[tuple[int, Subject, bool], tuple[Evidence, ...]] = {}
        self._answers: dict[tuple[str, Subject], tuple[Evidence, ...]] = {}

    def why(self, node: Condition, env: Env, wanted: bool) -> tuple[Evidence, ...]:
        """Return what a condition, or its negation, rests on, each thing once."""
        key = (id(node), tuple([member.id for member in env.values()]), wanted)
        found = self._why.get(key)
        if found is None:
            found = self._why[key] = tuple(dict.fromkeys(node.why(self.world, env, wanted)))
        return found

    def of(self, result: Result) -> tuple[Evidence, ...]:
        """Return what an outcome rests on."""
        env, standing, rule = result.env, result.standing, result.rule
        if standing.certain or standing.possible:
            decisive = alternative(result, certain=bool(standing.certain))
            return self.why(decisive.whole, env, True)
        applies = self.why(rule.applies, env, standing.applies > 0)
        if result.outcome != "sound":
            return applies + self.why(rule.due, env, standing.due > 0)
        against = [self.why(one.own, env, False) for one in rule.alternatives]
        return applies + tuple([one for evidence in against for one in evidence])

    def answers(self, result: Result) -> tuple[Evidence, ...]:
        """Return the answers from the case below an outcome, in the order of its proof."""
        key = (result.rule.id, result.subject)
        if key not in self._answers:
            self._answers[key] = tuple(self._below(self.of(result), set()))
        return self._answers[key]

    def open_answers(self, result: Result) -> Iterator[Evidence]:
        """Yield the answers below the worst level that a rule may have, and below open guards."""
        seen: set[Evidence] = set()
        decisive = alternative(result, certain=False)
        yield from self._below(self.why(decisive.whole, result.env, True), seen)
        for guard, env in result.perhaps:
            yield from self._below(self.why(guard.when, env, True), seen)

    def is_derived(self, one: Evidence) -> bool:
        """Say whether rules or measures give an answer: people do not."""
        name = f"{one.entity}.{one.key}" if one.member else one.key
        return name in self.program.makers or name in self.program.measures

    def _below(self, found: Iterable[Evidence], seen: set[Evidence]) -> Iterator[Evidence]:
        for one in found:
            if one in seen:
                continue
            seen.add(one)
            if one.kind == "answer":
                yield from self._answer(one, seen)
            elif one.kind == "absence":
                yield from self._below(one.below, seen)
            else:
                below = self.found[one.key, one.subject]
                if below.standing.possible:
                    way = alternative(below, certain=False).whole
                    yield from self._below(self.why(way, below.env, True), seen)

    def _answer(self, one: Evidence, seen: set[Evidence]) -> Iterator[Evidence]:
        name = f"{one.entity}.{one.key}" if one.member else one.key
        makers = self.program.makers.get(name)
        if makers is None:
            if name not in self.program.measures:
                yield one
            return
        for maker in makers:
            rule = self.program.rules[maker]
            env = dict(zip(rule.rule.for_each, [one.member], strict=False)) if one.member else {}
            for _, when in rule.options:
                yield from self._below(self.why(when, env, True), seen)
