"""What of a pack is read by rules and measures, and what is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partnerrules.packs import Library, Pack
from partnerrules.packs.models import Fact, Measure
from partnerrules.packs.placeholders import PLACE, texts
from partnerrules.packs.walk import Scope, all_conditions, parameters, walk


def parameters_used(library: Library) -> set[str]:
    """Return the full names of the parameters that conditions or sentences read."""
    found: set[str] = set()
    for condition, _ in _conditions(library):
        found.update(name for name, _ in parameters(condition, ()))
    for rule in library.rules.values():
        for _, text in texts(rule):
            found.update(one[1:] for one in PLACE.findall(text) if one.startswith("$"))
    full = set()
    for name in found:
        try:
            full.add(library.parameter(name)[0])
        except KeyError:
            full.update(key for key in library.parameters if key.endswith(f".{name}"))
    return full


def unread_facts(library: Library, pack: Pack) -> dict[str, str]:
    """Return the facts of a pack that no rule, measure or sentence reads, in its order.

    Each comes with what the pack says of why; that is empty where it says nothing.
    """
    read = _read(library)
    return {name: one.only_told for name, one in _facts_of(pack).items() if name not in read}


def read_all_the_same(library: Library, pack: Pack) -> list[str]:
    """Return the facts of a pack that something reads, though it says why nothing does."""
    read = _read(library)
    return [name for name, one in _facts_of(pack).items() if one.only_told and name in read]


def _facts_of(pack: Pack) -> dict[str, Fact]:
    groups = {owner: block.facts for owner, block in pack.groups.items()}
    entities = {owner: block.facts for owner, block in pack.entities.items()}
    owned = [*groups.items(), *entities.items()]
    return {f"{owner}.{name}": one for owner, facts in owned for name, one in facts.items()}


def _read(library: Library) -> set[str]:
    found: set[str] = {pack.file.name_fact for pack in library.packs}
    found |= {pack.file.stage_fact for pack in library.packs}
    for condition, scope in _conditions(library):
        for item in walk(condition, (), scope) if condition else ():
            if item.kind == "test":
                found.update(_facts(library, item.name, item.scope))
                if isinstance(item.value, str):
                    found.update(_facts(library, item.value, item.scope))
    for measure in library.measures.values():
        scope = {**measure.per, **measure.over}
        for text in _paths(measure):
            found.update(_facts(library, text, scope))
    for rule in library.rules.values():
        for _, text in texts(rule):
            for place in PLACE.findall(text):
                found.update(_facts(library, place, rule.for_each))
    return found


def _facts(library: Library, path: str, scope: Scope) -> Iterator[str]:
    """Yield the facts that a path walks over."""
    head, *rest = path.split(".")
    if head not in scope:
        yield path
        return
    entity = scope[head]
    for name in rest:
        yield f"{entity}.{name}"
        fact = library.declared.get(f"{entity}.{name}")
        entity = fact.to if fact else ""


_NO_PATHS = {"title", "per", "over", "where", "share"}


def _paths(measure: Measure) -> Iterator[str]:
    for value in (getattr(measure, name) for name in sorted(measure.said - _NO_PATHS)):
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from (one for one in value if isinstance(one, str))
        elif isinstance(value, dict):
            yield from (one for one in value.values() if isinstance(one, str))


def _conditions(library: Library) -> Iterator[tuple[Any, Scope]]:
    rules, measures = library.rules.values(), library.measures.values()
    yield from all_conditions(rules, measures, library.stages.values())
