"""What the tool concludes, in the words of the naive evaluator."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import cycle
from typing import Any

from language import LEVELS

from partnerrules.cases.case import Case
from partnerrules.checking.grounds import Grounds
from partnerrules.checking.outcomes import results
from partnerrules.checking.proofs import Proofs
from partnerrules.checking.texts import Texts
from partnerrules.checking.wording import Wording
from partnerrules.engine import compile_program, evaluate, make_engine
from partnerrules.engine.outline import outline_data, outline_of
from partnerrules.facts.world import Evidence
from partnerrules.findings import Proof, Step
from partnerrules.packs import Library


class Tool:
    """One program, compiled once, with engines that take its cases.

    The checks of packs are passed over: a made program may say what one that people wrote must
    not, that something follows from no answers at all or that nothing does. Engines take turns
    with a program that is compiled at once and one whose conditions wait until they are asked.
    """

    def __init__(self, library: Library, engines: Iterable[str]) -> None:
        self.library = library
        at_once = compile_program(library)
        waiting = compile_program(library, outline_of(outline_data(at_once)))
        self.programs = dict(zip(engines, cycle((at_once, waiting)), strict=False))
        self.engines = {name: make_engine(name, one) for name, one in self.programs.items()}
        self.collections = {e.collection: key for key, e in library.entities.items()}

    def close(self) -> None:
        """Give back what the engines hold."""
        for engine in self.engines.values():
            engine.close()

    def rows(self, name: str, case: Case, *, proofs: bool = True) -> dict[Any, Any]:
        """Return outcome, levels and proof by rule and subject."""
        program = self.programs[name]
        world, _ = evaluate(program, case, self.engines[name])
        found = results(program, world)
        known: dict[Any, Any] = {}
        if proofs:
            texts = Texts(self.library, world)
            made = _Bare(Grounds(program, world, found), texts, Wording(self.library))
            proofs = [made.proof(one) for one in found if one.told or one.outcome == "sound"]
            for proof in proofs:
                assert _goes_down(proof), "a proof leads back to itself"
            # What a conclusion rests on itself, and only then what it did for others in a circle.
            for only_root in (True, False):
                for proof in proofs:
                    self._collect(proof, known, only_root)
        return {
            (one.rule.id, one.subject): (
                one.outcome,
                LEVELS.get(one.certain or "", 0),
                LEVELS.get(one.possible or "", 0),
                known.get((one.rule.id, one.subject)),
            )
            for one in found
        }

    def _collect(self, proof: Proof, known: dict[Any, Any], only_root: bool) -> None:
        steps = {step.id: step for step in proof.steps}
        for step in proof.steps[:1] if only_root else proof.steps:
            if step.kind == "conclusion" and (step.rule, step.subject) not in known:
                items = tuple(self._item(steps[n], steps) for n in step.uses)
                known[step.rule, step.subject] = (step.alternative, items)

    def _item(self, step: Step, steps: dict[int, Step]) -> tuple[Any, ...]:
        if step.kind == "conclusion":
            return "conclusion", step.rule, step.subject
        if step.kind == "absence":
            return "absence", tuple(self._item(steps[n], steps) for n in step.uses)
        collection, _, name = step.fact.rpartition(".")
        entity = self.collections.get(collection)
        path = f"{entity}.{name}" if entity else step.fact
        return "answer", path, step.subject[0] if step.subject else ""


class _Bare(Proofs):
    """Proofs without sentences and places, which take long to find and are not compared."""

    def message(self, result: Any) -> str:
        """Return no sentence."""
        return ""

    def says(self, result: Any, grade: int) -> str:
        """Return no sentence."""
        return ""

    def said(self, one: Evidence) -> Any:
        """Return the path of an answer."""
        path = self.wording.of(one).name
        return Step(0, one.kind, "", True, fact=path, subject=one.subject)


def _goes_down(proof: Proof) -> bool:
    """Whether no step uses itself, through others either."""
    uses = {step.id: set(step.uses) for step in proof.steps}
    while uses:
        done = {number for number, below in uses.items() if not below & uses.keys()}
        if not done:
            return False
        uses = {number: below for number, below in uses.items() if number not in done}
    return True
