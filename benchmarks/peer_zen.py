"""The five rules in zen-engine, as expressions whose order is given by hand: it does not chain."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import Any

import zen

from benchmarks.peer import LEVELS, Concerns, Values

_OWN = "agreement.form == 'own_document'"
_NOW = "partnership.stage in ['operating', 'scaling', 'closing']"
_NEW = "r.status in ['new', 'planned']"
_ROOTED = "p.level == 'local' and r.id in p.regions"
_EXPRESSIONS = {
    "size": "count(partners as p, p.involvement == 'throughout')",
    "growing": (
        "partnership.stage == 'scaling' or partnership.going_to_scale == 'yes'"
        f" or some(regions as r, {_NEW})"
    ),
    "agr02": (
        f"{_OWN} ? map(filter(clauses as c, not(c in agreement.covers)) as c, {{subject: c, level:"
        " (c in ['management', 'planning', 'partnership_review']"
        " or (c == 'decisions' and $.size >= 3)) ? 2 : 1}) : []"
    ),
    "agr03": (
        "agreement.tasks_shared_out == 'no' ? ($.size >= 4 ? 2 : 1) :"
        " (some(partners as p, p.involvement == 'throughout' and p.role_agreed == 'no') ? 1 : 0)"
    ),
    "agr06": (
        f"{_NOW} and agreement.contract_differs != 'alike' ?"
        " (agreement.contract_differs == 'decisions_or_ending' ? 2 : 1) : 0"
    ),
    "tra01": (
        f"$.growing ? map(filter(regions as r, {_NEW}) as r, {{subject: r.id, level:"
        f" none(partners as p, {_ROOTED}) ? (r.differs_from_original == 'very' ? 3 : 2) :"
        f" (none(partners as p, {_ROOTED} and p.role_agreed == 'yes') ? 1 : 0)}}) : []"
    ),
    "x28": f"{_OWN} and len($.agr02) >= 5 ? 2 : 0",
}


def _graph() -> dict[str, Any]:
    expressions = [{"id": key, "key": key, "value": value} for key, value in _EXPRESSIONS.items()]
    places = {"position": {"x": 0, "y": 0}}
    return {
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode", **places},
            {
                "id": "rules",
                "name": "rules",
                "type": "expressionNode",
                "content": {"expressions": expressions},
                **places,
            },
            {"id": "out", "name": "out", "type": "outputNode", **places},
        ],
        "edges": [
            {"id": "1", "sourceId": "in", "targetId": "rules", "type": "edge"},
            {"id": "2", "sourceId": "rules", "targetId": "out", "type": "edge"},
        ],
    }


class Zen:
    """A decision made once, asked about each case."""

    name = f"zen-engine {version('zen-engine')}"

    def __init__(self, clauses: list[str]) -> None:
        self.decision = zen.ZenEngine().create_decision(json.dumps(_graph()))
        self.clauses = clauses

    def concerns(self, case: Values) -> Concerns:
        """Return what the five rules find."""
        parts = {key: case[key] for key in ("agreement", "partnership", "partners", "regions")}
        result = self.decision.evaluate({**parts, "clauses": self.clauses})["result"]
        found = {
            (rule, one["subject"]): one["level"]
            for rule, key in (("AGR-02", "agr02"), ("TRA-01", "tra01"))
            for one in result[key]
        }
        for rule, key in (("AGR-03", "agr03"), ("AGR-06", "agr06"), ("X28", "x28")):
            found[rule, ""] = result[key]
        return {key: LEVELS[int(level)] for key, level in found.items() if level}
