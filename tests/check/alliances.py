"""Healthy alliances of equals: every answer that they gave, and what comes out when one changes."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from partnerrules.checking import Checker
from partnerrules.documents import parse_document, read_document
from partnerrules.findings import Report

CASES = Path(__file__).parents[2] / "cases" / "made-up"
KINDS = ("decision_maker", "resource_provider", "expert", "implementer")
SOURCE = "shared minutes, page 2"
COLLECTIONS = {
    "dependencies": "dependency",
    "partners": "partner",
    "regions": "region",
    "decisions": "decision",
}
Keys = tuple[str | int, ...]


@dataclass(frozen=True)
class Alliance:
    """One of the alliances, as its case file says or with a new region that it has entered."""

    number: str
    entered: bool

    def __str__(self) -> str:
        return f"{self.number} partners" + (" in a new region" if self.entered else "")

    @cached_property
    def value(self) -> dict[str, Any]:
        """The case as plain data."""
        value = copy.deepcopy(read_document(CASES / f"{self.number}-equal-partners.yaml").value)
        if self.entered:
            _enter(value)
        return value

    def answers(self) -> Iterator[tuple[str, Keys]]:
        """Yield each answer by its fact, with the keys that lead to it."""
        for group, inside in self.value.items():
            if isinstance(inside, list):
                yield from _members(group, inside, (group,))
            elif isinstance(inside, dict):
                for name, answer in inside.items():
                    if isinstance(answer, list):
                        yield from _members(name, answer, (group, name))
                    else:
                        yield f"{group}.{name}", (group, name)

    def at(self, *keys: str | int) -> Any:
        """Return the value of an answer."""
        found = self.value
        for key in keys:
            found = found[key]  # type: ignore[index]
        return found["value"] if isinstance(found, dict) and "value" in found else found

    def changed(self, changes: dict[Keys, Any]) -> dict[str, Any]:
        """Return the case with other answers; a known answer keeps its source."""
        value = copy.deepcopy(self.value)
        for keys, answer in changes.items():
            inside: Any = value
            for key in keys[:-1]:
                inside = inside[key]
            before = inside[keys[-1]]
            kept = isinstance(before, dict) and not isinstance(answer, dict)
            inside[keys[-1]] = {**before, "value": answer} if kept else answer
        return value

    @property
    def partners(self) -> list[dict[str, Any]]:
        """The partners as they stand in the case."""
        return list(self.value["partners"])

    def worked_only_by(self, partner: int) -> set[str]:
        """Return the places where nobody but this partner does the work."""
        places: list[set[str]] = [
            set(p["regions"]["value"]) if "implementer" in p["groups"]["value"] else set()
            for p in self.partners
        ]
        return places[partner] - {r for n, one in enumerate(places) if n != partner for r in one}

    def kinds_only_from(self, partner: int) -> set[str]:
        """Return the kinds of support that nobody but this partner brings."""
        others = [p for number, p in enumerate(self.partners) if number != partner]
        brought = {kind for p in others for kind in p["groups"]["value"]}
        return set(self.partners[partner]["groups"]["value"]) & set(KINDS) - brought


def _members(name: str, members: list[dict[str, Any]], keys: Keys) -> Iterator[tuple[str, Keys]]:
    for number, member in enumerate(members):
        for fact in member:
            if fact != "id":
                yield f"{COLLECTIONS[name]}.{fact}", (*keys, number, fact)


def _enter(value: dict[str, Any]) -> None:
    """Take the work to a new region, where the first partner is at home and has its part."""
    first = value["partners"][0]
    first["level"]["value"] = "local"
    first["regions"]["value"] = ["valley", "heights"]
    status, differs = ({"value": word, "source": SOURCE} for word in ("new", "some"))
    heights = {"id": "heights", "name": "The heights", "status": status}
    found = {
        name: {"value": list(KINDS), "source": SOURCE} for name in ("held_there", "held_above")
    }
    found["not_needed_there"] = {"value": [], "source": SOURCE}
    found["mandate"] = {"value": "given", "source": SOURCE}
    value["regions"].append({**heights, "differs_from_original": differs, **found})
    value["scaling"] = {
        "adaptation_process": {"value": "written", "source": SOURCE},
        "core_defined": {"value": True, "source": SOURCE},
        "last_change_wanted": {"value": "tried_out", "source": SOURCE},
        "step_plan": {"value": "somebody_named", "source": SOURCE},
        "steps_followed": {"value": True, "source": SOURCE},
        "quality_followed": {"value": True, "source": SOURCE},
        "quality_kept": {"value": "kept", "source": SOURCE},
        "quality_acted_on": {"value": True, "source": SOURCE},
        "adaptation_expertise": {"value": True, "source": SOURCE},
        "learning_fed_back": {"value": True, "source": SOURCE},
        "management_reviewed": {"value": True, "source": SOURCE},
        "carried_by_hosts": {"value": ["operations", "money", "decisions"], "source": SOURCE},
        "budget_held_by": {"value": "both", "source": SOURCE},
        "results_known": {"value": "several_places", "source": SOURCE},
        "places_added": {"value": 1, "source": SOURCE},
        "support_added": {"value": True, "source": SOURCE},
        "target_level": {"value": "district", "source": SOURCE},
    }


ALLIANCES = [
    Alliance(number, entered) for entered in (False, True) for number in ("two", "three", "five")
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


def outcomes(checker: Checker, value: dict[str, Any], *wanted: str) -> set[tuple[str, ...]]:
    """Return which rules come out so, each with its subject."""
    document = parse_document(json.dumps(value).encode(), path="case.json", format="json")
    found = checker.outcomes(checker.reader.parse(document))
    return {(one.rule.id, *one.subject) for one in found if one.outcome in wanted}
