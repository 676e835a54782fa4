"""Shrinks a program and a case on which two evaluators differ."""

from __future__ import annotations

import copy
import pprint
from collections.abc import Callable, Iterator
from typing import Any

from generator import Program
from language import COMPARE

Thing = dict[str, Any]
KEPT = (
    "id",
    "schema",
    "case",
    "assessed_on",
    "says",
    "level",
    "name",
    "title",
    "dimension",
    "fact",
)


def smaller(value: Any) -> Iterator[Any]:
    """Every value that is one step simpler."""
    if isinstance(value, dict):
        if len(value) == 1 and next(iter(value)) in ("any", "not"):
            inner = value.get("not") or value["any"]
            yield from inner if isinstance(inner, list) else [inner]
        for key in value:
            if key not in KEPT:
                yield {k: v for k, v in value.items() if k != key}
        for key, inner in value.items():
            if key not in KEPT:
                for less in smaller(inner):
                    yield {**value, key: less}
    elif isinstance(value, list):
        if len(value) == 1:
            yield value[0]
        for number, inner in enumerate(value):
            yield value[:number] + value[number + 1 :]
            for less in smaller(inner):
                yield [*value[:number], less, *value[number + 1 :]]


def minimise(thing: Thing, differs: Callable[[Thing], bool], most: int = 6000) -> Thing:
    """Take steps for as long as the difference stays, at most so many tries."""
    tries = 0
    going = True
    while going:
        going = False
        for less in smaller(thing):
            tries += 1
            if tries > most:
                return thing
            try:
                found = differs(copy.deepcopy(less))
            except Exception:
                continue
            if found:
                thing, going = less, True
                break
    return thing


def smallest(program: Program, raw: dict[str, Any], found: Any) -> str:
    """Return the smallest program and case that show the same kind of difference, as text."""
    from comparison import differences

    def kinds(thing: Thing) -> list[Any]:
        made = Program(thing["rules"], thing["measures"])
        often = {found.engine: 1}
        return [d for d in differences(made, [thing["case"]], often) if d.rule == found.rule]

    def differs(thing: Thing) -> bool:
        whole = all(rule.get("concern", 1) for rule in thing["rules"]) and _bounded(thing["rules"])
        return whole and any(_sign(d) == _sign(found) for d in kinds(thing))

    thing = {"rules": program.rules, "measures": program.measures, "case": raw}
    least = minimise(thing, differs)
    rules = [{k: v for k, v in r.items() if k not in KEPT or k == "id"} for r in least["rules"]]
    case = {k: v for k, v in least["case"].items() if k not in KEPT}
    left = "\n".join(str(d) for d in kinds(least)[:1])
    return (
        pprint.pformat([*rules, least["measures"], case], width=110, sort_dicts=False) + "\n" + left
    )


def _bounded(value: Any) -> bool:
    """Whether every `count` still has a bound."""
    if isinstance(value, list):
        return all(map(_bounded, value))
    if not isinstance(value, dict):
        return True
    count = value.get("count", COMPARE)
    return bool(set(count) & set(COMPARE)) and all(map(_bounded, value.values()))


def _sign(found: Any) -> tuple[Any, ...]:
    """What kind of difference it is: where outcomes differ these, else that proofs do."""
    if found.theirs is None or found.mine is None or found.theirs[:3] == found.mine[:3]:
        return (found.theirs is None, found.mine is None)
    return found.theirs[:3], found.mine[:3]
