"""Scenarios of the chains: a case, what follows from it, and each premise that carries it.

A scenario is a mapping:
    chain     the rule that it is about; `pages` says in words when it is to hold
    case      the answers that make it hold; what every scenario has in common is added
    gives     key to state: a rule with its subject (`X12 hills`), or a derived fact
    instead   of a guard: the states where it does not act
    parts     what is told under the chain
    paths     steps of a proof, each resting on the next: `X26 > PAR-02 > scaling.target_level`
    premises  name to {at, away}: the answer that carries it, and one that takes it away.
              Without it what `gives` says is gone; where it was not asked it becomes possible.
              `gone` and `open` say where something else is left in these two cases.

A state is a level; `low to high` where it may be worse; `open high` where only that it could be is
known; `nothing`; `not due`; or a value of a derived fact, `possibly` before it where it is one of
several.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from partnerrules.cases import Case
from partnerrules.cases.values import Items
from partnerrules.checking import Checker
from partnerrules.checking.grounds import Grounds
from partnerrules.checking.results import Result
from partnerrules.documents import parse_document
from partnerrules.findings import Report, rank

HEAD = {"schema": "partnerrules.case/1", "case": "chain", "assessed_on": "2026-06-30"}
PARTNERSHIP = {"depth": "deliver_together", "started_on": "2023-06", "stage": "operating"}
"""Without these, guards could act on nearly everything."""
NOT_ASKED = None

States = dict[str, str]


@dataclass(frozen=True)
class Premise:
    """One thing that a conclusion rests on."""

    name: str
    at: str
    """Where it stands: `group.fact`, or `collection.id.fact`."""
    away: Any
    gone: States
    open: States
    unseen: bool
    """Whether a proof has no reason to name it."""


class Scenario:
    """A case in which a chain holds."""

    def __init__(self, said: Mapping[str, Any]) -> None:
        self.chain: str = said["chain"]
        self.pages: str = said["pages"]
        self.gives: States = said["gives"]
        self.instead: States = said.get("instead", {})
        self.parts: list[str] = said.get("parts", [])
        self.paths: list[str] = said.get("paths", [])
        self.value = {**copy.deepcopy(said["case"]), **HEAD}
        self.value["partnership"] = {**PARTNERSHIP, **said["case"].get("partnership", {})}
        self.premises = [
            Premise(
                name,
                one["at"],
                one.get("away"),
                {**self._gone(), **one.get("gone", {})},
                {**{key: self._open(key) for key in self.gives}, **one.get("open", {})},
                one.get("unseen", False),
            )
            for name, one in said["premises"].items()
        ]

    def __str__(self) -> str:
        return f"{self.chain}: {self.pages}"

    def _gone(self) -> States:
        return {key: self.instead.get(key, "nothing") for key in self.gives}

    def _open(self, key: str) -> str:
        """Return the state of a key where a premise was not asked."""
        held, other = self.gives[key], self.instead.get(key)
        if "." in key:
            return f"possibly {held}"
        if other is None:
            return f"open {held}"
        return f"{held} to {other}" if rank_of(held) else f"open {other}"

    def changed(self, at: str, answer: Any) -> dict[str, Any]:
        """Return the case with another answer, or without one (None)."""
        value = copy.deepcopy(self.value)
        *keys, last = at.split(".")
        node: Any = value
        for key in keys:
            node = _below(node, key)
        if answer is NOT_ASKED:
            node.pop(last, None)
        else:
            node[last] = answer
        return value


def rank_of(state: str) -> int:
    """Return the rank of a state that is a level, else 0."""
    return rank(state) if state in ("low", "medium", "high") else 0


def _below(node: Any, key: str) -> Any:
    if isinstance(node, list):
        return next(one for one in node if one["id"] == key)
    return node.setdefault(key, {})


def read() -> Iterator[Scenario]:
    """Yield the scenarios of all files beside this one, in their order."""
    for path in sorted(Path(__file__).parent.glob("chains-*.yaml")):
        for said in yaml.safe_load(path.read_text(encoding="utf-8"))["scenarios"]:
            yield Scenario(said)


def case_of(checker: Checker, value: Mapping[str, Any]) -> Case:
    """Read a case that stands in a scenario."""
    document = parse_document(json.dumps(value).encode(), path="chain.json", format="json")
    return checker.reader.parse(document)


def grounds_of(checker: Checker, value: Mapping[str, Any]) -> Grounds:
    """Return what every rule says of a case."""
    return checker.grounds(case_of(checker, value))


def report_of(checker: Checker, value: Mapping[str, Any]) -> Report:
    """Return the report on a case, with its proofs."""
    return checker.check(case_of(checker, value))


def result_of(grounds: Grounds, key: str) -> Result | None:
    """Return what a rule says of a subject, such as `X12 hills`."""
    rule, _, subject = key.partition(" ")
    return grounds.found.get((rule, tuple(subject.split(", ")) if subject else ()))


def state_of(grounds: Grounds, key: str, wanted: str) -> str:
    """Return the state of a rule, or of a derived fact with the value that is looked for."""
    if "." in key:
        return _value(grounds, key, wanted.removeprefix("possibly "))
    one = result_of(grounds, key)
    if one is None or not one.told:
        return "not due" if one and one.outcome == "not_due" and wanted == "not due" else "nothing"
    if one.outcome == "unknown":
        return f"open {one.possible}"
    return str(one.certain) if one.certain == one.possible else f"{one.certain} to {one.possible}"


def _value(grounds: Grounds, path: str, wanted: str) -> str:
    held = [_holds(value, wanted) for value in grounds.world.answer(path).values or ()]
    if held and min(held) == 2:
        return wanted
    return f"possibly {wanted}" if any(held) else "nothing"


def _holds(value: Any, wanted: str) -> int:
    if isinstance(value, Items):
        return 2 if wanted in value.must else int(value.may is None or wanted in value.may)
    return 2 * (str(value) == wanted)


def names_below(grounds: Grounds, one: Result) -> set[str]:
    """Return what a result rests on, facts and rules, with and without their subject."""
    found = set()
    for evidence in grounds.all_below(one):
        if evidence.kind != "absence":
            found |= {evidence.path, " ".join([evidence.path, *evidence.subject])}
    return found
