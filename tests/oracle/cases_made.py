"""Seeded random cases for the vocabulary of the made programs, as dicts."""

from __future__ import annotations

import random
from typing import Any

from vocabulary import ENTITIES, FACTS, GRADES, KINDS

UNKNOWN = ["not_asked", "dont_know", "declined", "no_evidence_found"]
MONTHS = ["2024-02", "2025-06", "2026-01", "2026-05", "2026-06", "2026-07", "2027-09"]


def make_case(rng: random.Random, *, tiny: bool = False) -> tuple[dict[str, Any], set[str]]:
    """Make a case, and say which of open, disputed, range and not applicable it has."""
    return CaseMaker(rng, tiny).make()


def disputed(values: list[Any]) -> dict[str, Any]:
    """Make an answer on which people differ."""
    return {"answers": [{"value": v, "respondent": f"R{n}"} for n, v in enumerate(values)]}


class CaseMaker:
    """Makes one case."""

    def __init__(self, rng: random.Random, tiny: bool) -> None:
        self.rng = rng
        self.tiny = tiny
        size = 2 if tiny else 3
        self.ids = {e: [f"{e[0]}{n}" for n in range(rng.randint(0, size))] for e in ENTITIES}
        self.ids["kind"] = KINDS
        self.known = 0.75 if tiny else rng.choice([0.2, 0.6, 0.6, 0.95])

    def make(self) -> tuple[dict[str, Any], set[str]]:
        """Make it; half of the cases are sure to have all that is hard."""
        rng = self.rng
        rich = rng.random() < 0.55
        raw: dict[str, Any] = {
            "schema": "partnerrules.case/1", "case": "made", "assessed_on": "2026-06-30",
            "g": self.answers("g"),
        }  # fmt: skip
        for entity, collection in ENTITIES.items():
            items = [{"id": one, **self.answers(entity)} for one in self.ids[entity]]
            roll = rng.random()
            if roll < 0.1 and not any(one in str(raw) + str(items) for one in self.ids[entity]):
                continue
            raw[collection] = self.open(items) if roll < 0.3 else items
        if rich:
            chosen = rng.choice(list(ENTITIES.values()))
            if isinstance(raw.get(chosen), list):
                raw[chosen] = self.open(raw[chosen])
            raw["g"]["grade"] = disputed(rng.sample(GRADES, 2))
            raw["g"]["number"] = self.range(0, 10)
            raw["g"].setdefault("flag", rng.choice(["yes", "not_applicable"]))
        text = str(raw)
        opened = any(not isinstance(raw.get(c), list) for c in ENTITIES.values())
        features = {"open"} if opened else set()
        features |= {"disputed"} if "'answers'" in text else set()
        features |= {"range"} if isinstance(raw["g"].get("number"), dict) else set()
        features |= {"not_applicable"} if "not_applicable" in text else set()
        return raw, features

    def open(self, items: list[Any]) -> dict[str, Any]:
        """Make a collection of which some members may not be named."""
        rng = self.rng
        block: dict[str, Any] = {"complete": False, "items": items}
        if rng.random() < 0.5:
            block["at_most"] = len(items) + rng.randint(1, 2)
        if rng.random() < 0.3:
            block["at_least"] = len(items) + rng.randint(0, 1)
        return block

    def range(self, low: float, high: float) -> Any:
        """Make a range, open at an end now and then."""
        one, two = sorted(
            (round(self.rng.uniform(low, high), 1) for _ in range(2))
            if high == 1
            else self.rng.sample(range(int(low), int(high) + 1), 2)
        )
        whole = {"at_least": one, "at_most": two}
        return self.rng.choice([whole, whole, {"at_least": one}, {"at_most": two}])

    def answers(self, owner: str) -> dict[str, Any]:
        """Answer the questions about a member or the partnership."""
        found = {}
        for name, fact in FACTS[owner].items():
            if not fact.get("derived") and self.rng.random() >= 0.1:
                answer = self.answer(fact)
                if answer is not None:
                    found[name] = answer
        return found

    def answer(self, fact: dict[str, Any]) -> Any:
        """Answer one question in some way; None where there is nothing to refer to."""
        rng = self.rng
        if rng.random() > self.known:
            na = ["not_applicable"] * 3 if fact.get("may_be_na") else []
            status = rng.choice(UNKNOWN + na)
            return {"status": status} if fact["type"] == "text" else status
        value = self.value(fact)
        if value is None:
            return None
        extended = isinstance(value, dict) and "value" in value
        if rng.random() < 0.12 and not extended:
            other = self.value(fact)
            if other not in (value, None) and not (isinstance(other, dict) and "value" in other):
                return disputed([value, other])
        if rng.random() < 0.25 and not isinstance(value, dict):
            return {"value": value, "source": "a letter"}
        return value

    def value(self, fact: dict[str, Any]) -> Any:
        """Make a value of the type."""
        rng, kind = self.rng, fact["type"]
        if kind == "yes_no":
            return rng.choice(["yes", "no"])
        if kind in ("number", "count"):
            return rng.randint(0, 9) if rng.random() < 0.6 else self.range(0, fact["max"])
        if kind == "share":
            return rng.choice([0, 0.2, 0.5, 1]) if rng.random() < 0.6 else self.range(0, 1)
        if kind == "text":
            return rng.choice(["One", "Two", "Three"])
        if kind == "date":
            return self.date(fact)
        if kind == "choice":
            return rng.choice(list(fact["choices"]))
        pool = list(fact["choices"]) if kind == "choices" else self.ids[fact["to"]]
        if kind == "reference":
            return rng.choice(pool) if pool else None
        items = [one for one in pool if rng.random() < 0.5]
        return {"value": items, "complete": False} if rng.random() < 0.2 else items

    def date(self, fact: dict[str, Any]) -> Any:
        """Make a day, a month, a year, a span of them, or never."""
        rng = self.rng
        roll = rng.random()
        if roll < 0.15 and fact.get("may_be_never"):
            return "never"
        month = rng.choice(MONTHS)
        if roll < 0.5:
            return month
        if roll < 0.7:
            return f"{month}-{rng.choice(['01', '10', '28'])}"
        if roll < 0.8:
            return rng.choice(["2025", "2026"])
        one, two = sorted(rng.sample(MONTHS, 2))
        return rng.choice([{"at_least": one, "at_most": two}, {"at_least": one}, {"at_most": two}])
