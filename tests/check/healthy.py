"""Healthy cases: every answer that they gave, and what comes out when one changes."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from partnerrules.checking import Checker
from partnerrules.checking.results import Result
from partnerrules.documents import parse_document, read_document
from partnerrules.findings import Report

HERE = Path(__file__).parent
CASES = HERE.parents[1] / "cases" / "made-up"
COLLECTIONS = {
    "dependencies": "dependency",
    "partners": "partner",
    "regions": "region",
    "decisions": "decision",
}
Keys = tuple[str | int, ...]


@dataclass(frozen=True)
class Healthy:
    """A healthy case, as its file says or with a new region that it has entered."""

    file: str
    entered: bool = False

    def __str__(self) -> str:
        return f"{self.file}, new region" if self.entered else self.file

    @cached_property
    def value(self) -> dict[str, Any]:
        """The case as plain data."""
        value = copy.deepcopy(read_document(CASES / f"{self.file}.yaml").value)
        if self.entered:
            _enter(value, read_document(HERE / "new-region.yaml").value)
        return value

    def answers(self) -> Iterator[tuple[str, Keys]]:
        """Yield each answer by its fact, with the keys that lead to it."""
        for group, inside in self.value.items():
            if isinstance(inside, list):
                yield from _members(group, inside, (group,))
            elif isinstance(inside, dict):
                for name, answer in inside.items():
                    if name in COLLECTIONS:
                        yield from _members(name, answer, (group, name))
                    else:
                        yield f"{group}.{name}", (group, name)

    def at(self, keys: Keys) -> Any:
        """Return what stands there, of an answer its value."""
        found = self.value
        for key in keys:
            found = found[key]  # type: ignore[index]
        return found["value"] if isinstance(found, dict) and "value" in found else found

    def member(self, keys: Keys) -> str:
        """Return the id of the member whose answer it is, nothing for other answers."""
        return str(self.at((*keys[:-1], "id"))) if isinstance(keys[-2], int) else ""

    def changed(self, changes: dict[Keys, Any]) -> dict[str, Any]:
        """Return the case with other answers; a known answer keeps its source."""
        value = copy.deepcopy(self.value)
        for keys, answer in changes.items():
            inside: Any = value
            for key in keys[:-1]:
                inside = inside[key]
            before = inside.get(keys[-1])
            kept = isinstance(before, dict) and not isinstance(answer, dict)
            inside[keys[-1]] = {**before, "value": answer} if kept else answer
        return value


def _members(name: str, members: list[dict[str, Any]], keys: Keys) -> Iterator[tuple[str, Keys]]:
    for number, member in enumerate(members):
        for fact in member:
            if fact != "id":
                yield f"{COLLECTIONS[name]}.{fact}", (*keys, number, fact)


def _enter(value: dict[str, Any], region: dict[str, Any]) -> None:
    """Take the work to a new region, where the first partner is at home and has its part."""
    value["partners"][0].update(copy.deepcopy(region["first partner"]))
    value["regions"] += copy.deepcopy(region["regions"])
    value["scaling"] = copy.deepcopy(region["scaling"])


EQUALS = [
    Healthy(f"{number}-equal-partners", entered)
    for entered in (False, True)
    for number in ("two", "three", "five")
]
CALM = [
    Healthy("information-network-of-thirty"),
    Healthy("two-year-project-first-month"),
    Healthy("yearly-renewed-budgets"),
    Healthy("calm-closing-year"),
]


def check(checker: Checker, value: dict[str, Any]) -> Report:
    """Return what comes out of a case given as plain data."""
    document = parse_document(json.dumps(value).encode(), path="case.json", format="json")
    return checker.check(checker.reader.parse(document))


def concerns(report: Report) -> dict[str, str | None]:
    """Return the rules that are of concern, each with its worst level."""
    found: dict[str, str | None] = {}
    for finding in reversed(report.findings):
        if finding.outcome == "concern":
            found[finding.rule] = finding.severity
    return found


def outcomes(checker: Checker, value: dict[str, Any]) -> list[Result]:
    """Return what every rule says of every subject, without texts."""
    document = parse_document(json.dumps(value).encode(), path="case.json", format="json")
    return checker.outcomes(checker.reader.parse(document))


def told(found: list[Result], *wanted: str) -> set[tuple[str, ...]]:
    """Return which rules come out so, each with its subject; limits of the check are left out."""
    return {(r.rule.id, *r.subject) for r in found if r.outcome in wanted and not r.rule.rule.limit}
