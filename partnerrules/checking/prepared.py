"""What the reports of all cases need to know of the rules, worked out once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from partnerrules.checking.advising import advice_of
from partnerrules.checking.asking import asked_conditions
from partnerrules.checking.wording import Wording
from partnerrules.engine import Program
from partnerrules.engine.compile import CompiledRule
from partnerrules.findings import Advice
from partnerrules.packs.builtin import ANSWER
from partnerrules.packs.models import Rule
from partnerrules.packs.sets import settled
from partnerrules.packs.walk import walk

if TYPE_CHECKING:
    from partnerrules.checking.looking import Looking

_BASES = ("none", "sourced", "convention", "default")


class Told(NamedTuple):
    """What all findings of a rule have in common."""

    name: str
    title: str
    dimension: str
    area: str
    why: str
    lessons: tuple[str, ...]
    sources: tuple[str, ...]
    basis: str
    """The weakest of its parameters."""
    pack: str


class Prepared:
    """A program with what its rules name, rest on and quote."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.library = program.library
        self.named = {rule: frozenset(self._expand(rule, set())) for rule in program.rules}
        """The facts that a rule names, also through derived facts and measures."""
        self.areas = {name: area for name, (_, area) in self.library.dimensions.items()}
        self.told = {rule.id: self._told(rule) for rule in program.told}
        self.wording = Wording(self.library)
        self.asked_when = asked_conditions(self.library)
        self.questions: dict[str, tuple[str, str]] = {}
        self._looking: dict[frozenset[str], Looking] = {}
        self._advice: dict[tuple[str, str, tuple[str, ...]], tuple[Advice | None, str]] = {}

    def _told(self, rule: CompiledRule) -> Told:
        said, library = rule.rule, self.library
        return Told(
            said.name,
            said.title,
            said.dimension,
            self.areas.get(said.dimension, ""),
            said.why,
            tuple(said.lessons),
            tuple(said.sources),
            max(map(library.basis, rule.parameters), key=_BASES.index, default="none"),
            library.owners["rule"][rule.id],
        )

    def _expand(self, rule_id: str, seen: set[str]) -> Iterator[str]:
        for name in self.program.rules[rule_id].facts:
            yield from self._fact(name, seen)

    def _fact(self, name: str, seen: set[str]) -> Iterator[str]:
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
            if not name.startswith(f"{ANSWER}."):
                yield name

    @cached_property
    def before(self) -> frozenset[str]:
        """The facts that no talk is held for: what stages read, and what sets look up before."""
        library = self.library
        sets = library.sets.values()
        found = {one for each in sets for one in settled(library, each.before)}
        for stage in filter(None, library.stages.values()):
            for item in walk(stage, (), {}):
                found.update(self._fact(item.name, set()) if item.kind == "test" else ())
        return frozenset(found)

    def looking(self, wanted: frozenset[str]) -> Looking:
        """Return at which rules a set of questions looks that asks for these facts."""
        from partnerrules.checking.looking import Looking

        if wanted not in self._looking:
            self._looking[wanted] = Looking(self.program, self.named, wanted, self.before)
        return self._looking[wanted]

    def advice(
        self, rule: Rule, alternative: str, active: tuple[str, ...]
    ) -> tuple[Advice | None, str]:
        """Return what could help, and its text, empty while there are placeholders to fill.

        Each is worked out once.
        """
        key = (rule.id, alternative, active)
        found = self._advice.get(key)
        if found is None:
            advice = advice_of(rule, alternative, active)
            text = advice.text if advice else ""
            found = self._advice[key] = (advice, "" if "{" in text else text)
        return found

    def question(self, name: str) -> tuple[str, str]:
        """Return how to ask for a fact, and whom."""
        if name not in self.questions:
            self.questions[name] = self._question(name)
        return self.questions[name]

    def _question(self, name: str) -> tuple[str, str]:
        fact = self.library.fact(name)
        if fact is None:
            collection, _, last = name.rpartition(".")
            entity = self.library.collections.get(collection, collection)
            declared = self.library.entities.get(entity)
            fact = declared.facts.get(last) if declared else None
        if fact is None:
            return name, ""
        ask = fact.ask if isinstance(fact.ask, str) else ", ".join(fact.ask)
        return fact.question or fact.title or name, ask
