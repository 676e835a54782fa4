"""Which mutants of rules their examples tell apart, and which they let live."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from partnerrules.authoring.chains import acted_on, all_below, chained, readers
from partnerrules.authoring.examples import Trial, example_document
from partnerrules.authoring.mutants import Mutant, mutants
from partnerrules.cases import Case, CaseReader
from partnerrules.checking.grounds import Grounds
from partnerrules.checking.outcomes import grounds_of
from partnerrules.documents import read_document
from partnerrules.engine import Engine, Program, compile_program, evaluate, make_engine
from partnerrules.errors import EvaluationError, PackError, Problem, nearest
from partnerrules.packs import Library, Pack
from partnerrules.packs.models import Rule

ENOUGH, ENOUGH_OF_EACH = 0.9, 0.7
"""The share of mutants that examples of packs should tell apart: of all, and of each rule."""


@dataclass
class Told:
    """The mutants of one rule."""

    rule: str
    killed: list[Mutant] = field(default_factory=list)
    survived: list[Mutant] = field(default_factory=list)
    equal: list[Mutant] = field(default_factory=list)
    """Survivors that are named, with a reason, as saying the same in every case."""
    stale: list[str] = field(default_factory=list)
    """What is named so and is told apart, or is no mutant any more."""

    @property
    def number(self) -> int:
        """How many mutants count: all but those that say the same."""
        return len(self.killed) + len(self.survived)

    @property
    def share(self) -> float:
        """The share of them that examples tell apart; 1 where there is none."""
        return len(self.killed) / self.number if self.number else 1.0


def mutate(library: Library, rules: Iterable[str]) -> Iterator[Told]:
    """Try the mutants of rules on the examples of each rule and of those that read it."""
    lab = _Lab(library)
    for rule_id in rules:
        yield lab.told(library.rules[rule_id])


def reasons_of(pack: Pack) -> dict[str, dict[str, str]]:
    """Return why mutants say the same as their rule: rule, mutant, reason, from `mutants.yaml`.

    Raises PackError where the file says something else.
    """
    path = Path(pack.root) / "mutants.yaml"
    if not path.is_file():
        return {}
    found = read_document(path).value
    for rule, reasons in found.items() if isinstance(found, dict) else [("", found)]:
        if rule not in pack.rules or not isinstance(reasons, dict):
            text = f"Expected rules of the pack, each with mutants and reasons; found {rule}."
            near = nearest(rule, pack.rules)
            raise PackError([Problem("mutants-file", text, str(path), key=rule, nearest=near)])
    return {rule: dict(reasons) for rule, reasons in found.items()}


@dataclass
class _Judge:
    """Compiled rules that examples can be tried on."""

    library: Library
    reader: CaseReader
    program: Program
    engine: Engine

    def grounds(self, case: Case) -> Grounds:
        world, _ = evaluate(self.program, case, self.engine)
        return grounds_of(self.program, world)


class _Lab:
    def __init__(self, library: Library) -> None:
        self.library = library
        self.reader = CaseReader(library)
        self.chain = chained(compile_program(library).reads)
        self.readers = readers(self.chain)
        self._cases: dict[tuple[str, int], Case] = {}
        self.reasons: dict[str, dict[str, str]] = {}
        for pack in library.packs:
            self.reasons.update(reasons_of(pack))

    def told(self, rule: Rule) -> Told:
        told = Told(rule.id)
        reasons = self.reasons.get(rule.id, {})
        around = [self.library.rules[name] for name in self.readers.get(rule.id, ())]
        rings = [[rule], [one for one in around if one.id != rule.id]]
        tried = [(ring, self._needed([*ring, rule])) for ring in rings if ring]
        for mutant in mutants(self.library, rule):
            if any(self._kills(ring, needed, mutant) for ring, needed in tried):
                told.killed.append(mutant)
            else:
                (told.equal if mutant.name in reasons else told.survived).append(mutant)
        told.stale = sorted(reasons.keys() - {one.name for one in told.equal})
        return told

    def _kills(self, tried: list[Rule], needed: set[str], mutant: Mutant) -> bool:
        """Say whether an example of the rules comes out otherwise."""
        try:
            judge = self._judge(needed, mutant)
        except PackError:
            return True
        for one in tried:
            if one.id in judge.library.rules:
                one = judge.library.rules[one.id]
            for number, example in enumerate(one.examples):
                trial = Trial(judge, one, example, set())
                try:
                    found = judge.grounds(self._case(one, number))
                except EvaluationError:
                    return True
                if next(trial.compare(found), None) is not None:
                    return True
        return False

    def _judge(self, needed: set[str], mutant: Mutant) -> _Judge:
        library = Library([_only(pack, needed, mutant) for pack in self.library.packs])
        program = compile_program(library)
        return _Judge(library, self.reader, program, make_engine("python", program))

    def _case(self, rule: Rule, number: int) -> Case:
        key = (rule.id, number)
        if key not in self._cases:
            self._cases[key] = self.reader.parse(example_document(rule.examples[number]))
        return self._cases[key]

    def _needed(self, tried: list[Rule]) -> set[str]:
        """Return all that the examples of rules look at: what they read, name, or are moved by."""
        names = {one.id for one in tried}
        for one in tried:
            for example in one.examples:
                names |= _named(example, self.library)
        names = all_below(self.chain, names)
        for rule in self.library.rules.values():
            if not names.isdisjoint(acted_on(self.library, rule)):
                names.add(rule.id)
        return all_below(self.chain, names)


def _only(pack: Pack, names: set[str], mutant: Mutant) -> Pack:
    rules = {name: rule for name, rule in pack.rules.items() if name in names}
    if mutant.rule in rules:
        if mutant.changed is None:
            del rules[mutant.rule]
        else:
            rules[mutant.rule] = mutant.changed
    files = {name: pack.rule_files[name] for name in rules}
    return pack._replace(rules=rules, rule_files=files)


def _named(example: object, library: Library) -> set[str]:
    expect = example.get("expect") if isinstance(example, dict) else None
    if not isinstance(expect, dict):
        return set()
    return {str(key).partition(" ")[0] for key in expect} & library.rules.keys()
