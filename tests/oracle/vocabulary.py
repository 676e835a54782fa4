"""The vocabulary of the made programs: every type of fact and every measure."""

from __future__ import annotations

from typing import Any

GRADES = ["none", "some", "full"]
COLOURS = ["red", "green", "blue"]
KINDS = ["maker", "helper"]
ENTITIES = {"partner": "partners", "region": "regions"}


def _choices(words: list[str]) -> dict[str, str]:
    return {word: word for word in words}


_GRADE = {"type": "choice", "choices": _choices(GRADES), "ordered": True}
_COLOUR = {"type": "choice", "choices": _choices(COLOURS)}
_FLAG = {"type": "yes_no", "may_be_na": True}
_NUMBER = {"type": "number", "min": 0, "max": 10}
_KINDS = {"type": "references", "to": "kind"}
FACTS: dict[str, dict[str, dict[str, Any]]] = {
    "g": {
        "flag": _FLAG,
        "other": {"type": "yes_no"},
        "grade": _GRADE,
        "number": {**_NUMBER, "may_be_na": True},
        "second": _NUMBER,
        "part": {"type": "share"},
        "heads": {"type": "count", "max": 9},
        "title": {"type": "text"},
        "begun": {"type": "date", "may_be_never": True, "may_be_na": True},
        "opened": {"type": "date"},
        "ended": {"type": "date", "may_be_na": True},
        "tags": {"type": "choices", "choices": _choices(["a", "b", "c"]), "may_be_na": True},
        "signed": {"type": "references", "to": "partner", "may_be_na": True},
        "lead": {"type": "reference", "to": "partner", "may_be_na": True},
        "covers": _KINDS,
        "mood": {"type": "choice", "choices": _choices(["x", "y", "z"]), "derived": True},
        "marks": {"type": "choices", "choices": _choices(["m", "n"]), "derived": True},
    },
    "partner": {
        "ok": _FLAG,
        "rank": _GRADE,
        "weight": {**_NUMBER, "may_be_na": True},
        "since": {"type": "date"},
        "home": {"type": "reference", "to": "region", "may_be_na": True},
        "places": {"type": "references", "to": "region"},
        "kinds": _KINDS,
        "role": {"type": "choice", "choices": _choices(["x", "y"]), "derived": True},
    },
    "region": {
        "hot": {"type": "yes_no"},
        "colour": {**_COLOUR, "may_be_na": True},
        "host": {"type": "reference", "to": "partner"},
        "heads": {"type": "count", "max": 9},
    },
}
MEASURES = {
    "g.total": {"count": {"mp": "partner"}},
    "g.load": {"over": {"mp": "partner"}, "sum": "mp.weight"},
    "g.tagged": {"size": "g.tags"},
    "g.score": {"points": []},
    "g.gap": {"difference": ["g.number", "g.heads"]},
    "g.months": {"months_between": ["g.opened", "g.ended"]},
    "partner.hosted": {"for": {"mp": "partner"}, "count": {"mr": "region"},
                       "where": {"mr.host": "mp"}},
}  # fmt: skip
FURTHER = {
    "g.mean": {"over": {"mp": "partner"}, "mean": "mp.weight"},
    "g.least": {"over": {"mp": "partner"}, "min": "mp.weight"},
    "g.most": {"over": {"mp": "partner"}, "max": "mp.weight"},
    "g.spread": {"over": {"mp": "partner"}, "range": "mp.weight"},
    "g.top": {"over": {"mp": "partner"}, "top": {"of": "mp.weight", "number": 2}},
    "g.ranks": {"over": {"mp": "partner"}, "count_values": "mp.rank"},
    "g.spots": {"over": {"mp": "partner"}, "count_values": "mp.places"},
    "g.held": {"over": {"mp": "partner"}, "share": {}},
    "g.warm": {"over": {"mp": "partner"}, "sum": "mp.home.heads"},
    "g.tints": {"over": {"mp": "partner"}, "count_values": "mp.home.colour"},
    "g.rate": {"ratio": ["g.number", "g.second"]},
    "g.age": {"months_between": ["g.begun"]},
}
"""The measures that only the worlds work out: their values, not their ranges."""
