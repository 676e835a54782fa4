"""Seeded random cases for the generator's vocabulary, as dicts."""

from __future__ import annotations

import random
from typing import Any

from generator import COLOURS, ENTITIES, FACTS, GRADES


def make_case(rng: random.Random, *, tiny: bool = False) -> tuple[dict[str, Any], set[str]]:
    """Make a case, and say which of open, disputed and range it has."""
    rich = rng.random() < 0.55
    size = 2 if tiny else 3
    ids = {e: [f"{e[0]}{n}" for n in range(rng.randint(0, size))] for e in ENTITIES}
    known = 0.75 if tiny else 0.6
    raw: dict[str, Any] = {
        "schema": "partnerrules.case/1", "case": "made", "assessed_on": "2026-06-30",
        "g": _answers(rng, "g", ids, known),
    }  # fmt: skip
    for entity, collection in ENTITIES.items():
        items = [{"id": one, **_answers(rng, entity, ids, known)} for one in ids[entity]]
        roll = rng.random()
        if roll < 0.1 and not any(one in str(raw) + str(items) for one in ids[entity]):
            continue
        if roll < 0.3:
            raw[collection] = _open(rng, items)
        else:
            raw[collection] = items
    if rich:
        chosen = rng.choice(list(ENTITIES.values()))
        if isinstance(raw.get(chosen), list):
            raw[chosen] = _open(rng, raw[chosen])
        raw["g"]["grade"] = disputed(rng.sample(GRADES, 2))
        raw["g"]["number"] = _range(rng)
    text = str(raw)
    opened = any(not isinstance(raw.get(c), list) for c in ENTITIES.values())
    features = {"open"} if opened else set()
    features |= {"disputed"} if "'answers'" in text else set()
    features |= {"range"} if isinstance(raw["g"].get("number"), dict) else set()
    return raw, features


def disputed(values: list[Any]) -> dict[str, Any]:
    """Make an answer on which people differ."""
    return {"answers": [{"value": v, "respondent": f"R{n}"} for n, v in enumerate(values)]}


def _open(rng: random.Random, items: list[Any]) -> dict[str, Any]:
    block: dict[str, Any] = {"complete": False, "items": items}
    if rng.random() < 0.4:
        block["at_most"] = len(items) + rng.randint(1, 2)
    return block


def _range(rng: random.Random) -> dict[str, int]:
    low = rng.randint(1, 6)
    whole = {"at_least": low, "at_most": low + rng.randint(1, 4)}
    return rng.choice([whole, whole, {"at_least": low}, {"at_most": low}])


def _answers(
    rng: random.Random, owner: str, ids: dict[str, list[str]], known: float
) -> dict[str, Any]:
    found = {}
    for name, fact in FACTS[owner].items():
        if fact.get("derived") or rng.random() < 0.1:
            continue
        roll = rng.random()
        if roll > known:
            unknown = ["not_asked", "dont_know", "declined", "no_evidence_found"]
            found[name] = rng.choice(
                unknown + (["not_applicable"] * 3 if fact.get("may_be_na") else [])
            )
            continue
        value = _value(rng, fact, ids)
        if value is None:
            continue
        other = _value(rng, fact, ids)
        if (
            roll < 0.1
            and other not in (value, None)
            and not isinstance(value, list)
            and not _is_open(value)
        ):
            value = disputed([value, other])
        found[name] = value
    return found


def _is_open(value: Any) -> bool:
    return isinstance(value, dict) and "value" in value


def _value(rng: random.Random, fact: dict[str, Any], ids: dict[str, list[str]]) -> Any:
    kind = fact["type"]
    if kind == "yes_no":
        return rng.choice(["yes", "no"])
    if kind == "number":
        return rng.randint(0, 10) if rng.random() < 0.6 else _range(rng)
    if kind == "choice":
        return rng.choice(GRADES if fact.get("ordered") else COLOURS)
    pool = list(fact["choices"]) if kind == "choices" else ids[fact["to"]]
    if kind == "reference":
        return rng.choice(pool) if pool else None
    items = [one for one in pool if rng.random() < 0.5]
    return {"value": items, "complete": False} if rng.random() < 0.2 else items
