"""What the tool concludes, in the words of the naive evaluator."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

from generator import Program
from language import LEVELS

from partnerrules.cases.case import Case
from partnerrules.checking import Checker
from partnerrules.findings import Proof, Step


class Engine:
    """A checker of one program with one engine."""

    def __init__(self, name: str, program: Program, *, proofs: bool = True) -> None:
        # A made program may say what a pack that people wrote must not: that something follows
        # from no answers at all, or nothing does.
        with patch("partnerrules.checking.checker.check_library"):
            self.checker = Checker([program.pack()], engine=name)
        self.proofs = proofs
        self.collections = {e.collection: key for key, e in self.checker.library.entities.items()}

    def close(self) -> None:
        """Give back what the engine holds."""
        self.checker.close()

    def rows(self, case: Case) -> tuple[dict[Any, Any], dict[Any, Any]]:
        """Return outcome, levels and proof by rule and subject, and the proofs alone."""
        found = {
            (one.rule.id, one.subject): (
                one.outcome,
                LEVELS.get(one.certain or "", 0),
                LEVELS.get(one.possible or "", 0),
            )
            for one in self.checker.outcomes(case)
        }
        proofs: dict[Any, Any] = {}
        if self.proofs:
            for finding in self.checker.check(case).findings:
                self._collect(finding.proof, proofs)
        return {key: (*row, proofs.get(key)) for key, row in found.items()}, proofs

    def _collect(self, proof: Proof, proofs: dict[Any, Any]) -> None:
        steps = {step.id: step for step in proof.steps}
        for step in proof.steps:
            if step.kind == "conclusion":
                items = tuple(self._item(steps[n], steps) for n in step.uses)
                proofs[step.rule, step.subject] = items

    def _item(self, step: Step, steps: dict[int, Step]) -> tuple[Any, ...]:
        if step.kind == "conclusion":
            return "conclusion", step.rule, step.subject
        if step.kind == "absence":
            return "absence", tuple(self._item(steps[n], steps) for n in step.uses)
        collection, _, name = step.fact.rpartition(".")
        entity = self.collections.get(collection)
        path = f"{entity}.{name}" if entity else step.fact
        return "answer", path, step.subject[0] if step.subject else ""
