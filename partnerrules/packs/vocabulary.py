"""Whether the words of a pack are whole: facts, entities, measures, stages, derived facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from partnerrules.packs.builtin import ANSWER
from partnerrules.packs.conditions import condition_faults
from partnerrules.packs.library import Library, Pack
from partnerrules.packs.models import Fact, Measure
from partnerrules.packs.names import Names
from partnerrules.packs.operators import STATUSES
from partnerrules.packs.places import Fault
from partnerrules.packs.references import dimensions
from partnerrules.packs.walk import Keys, number

_WORKED_OUT = (
    "count", "count_values", "size", "sum", "mean", "min", "max", "range", "top", "share",
    "ratio", "difference", "months_between", "points",
)  # fmt: skip
_OVER = ("sum", "mean", "min", "max", "range", "top", "share", "count_values")

_WORD = re.compile(r"[a-z][a-z0-9_]*")
_HEAD = {"schema", "case", "assessed_on", "packs", "assessment", "round"}
"""What a case file has beside groups and collections."""
_FITS: dict[str, tuple[str, ...]] = {
    "months_between": ("date",),
    "size": ("choices", "references"),
}
"""What a way of working out takes; the others take numbers."""


def vocabulary_faults(names: Names, pack: Pack) -> Iterator[Fault]:
    """Yield everything that is wrong with the vocabulary and the stages of a pack."""
    known = dimensions(names.library)
    for name, group in pack.groups.items():
        place, keys = pack.place("group", name), ("groups", name)
        yield from _named(name, place, keys)
        yield from _dimension(names, group.dimension, known, place, keys)
        yield from _facts(names, group.facts, {}, place, keys)
    for name, entity in pack.entities.items():
        place, keys = pack.place("entity", name), ("entities", name)
        whole = names.library.entities[name]
        if bool(whole.collection) == bool(whole.members):
            text = f"The entity {name} needs a collection in the case, or members that are fixed."
            yield Fault("entity-without-members", place, keys, text)
        yield from _named(name, place, keys)
        if entity.collection and entity.collection.split(".")[0] in _HEAD:
            text = f"{entity.collection} stands in every case file for something else."
            yield Fault("reserved-name", place, (*keys, "collection"), text)
        if name in names.library.group_facts:
            text = f"There is a group {name} too: a path could mean either."
            yield Fault("clash", place, keys, text)
        yield from _dimension(names, entity.dimension, known, place, keys)
        yield from _facts(names, entity.facts, {name: name}, place, keys)
    for name, measure in pack.measures.items():
        place = pack.place("measure", name)
        yield from _measure(names, name, measure, place, ("measures", name))
    yield from _pack_file(names, pack)
    yield from _derived(names.library, pack)


def _named(name: str, place: str, keys: Keys) -> Iterator[Fault]:
    if not _WORD.fullmatch(name):
        text = f"{name} cannot be named in a path: use small letters, digits and underscores."
        yield Fault("unusable-name", place, keys, text)
    if len(keys) == 2 and name == ANSWER:
        text = f"{ANSWER} is built in: the answers of a case. Use another name."
        yield Fault("reserved-name", place, keys, text)
    if keys[0] == "groups" and len(keys) == 2 and name in _HEAD:
        text = f"{name} stands in every case file for something else."
        yield Fault("reserved-name", place, keys, text)


def _dimension(
    names: Names, name: str, known: Mapping[str, Any], place: str, keys: Keys
) -> Iterator[Fault]:
    if name:
        yield from names.check("dimension", name, known, place, (*keys, "dimension"))


def _facts(
    names: Names, facts: Mapping[str, Fact], scope: Mapping[str, str], place: str, outer: Keys
) -> Iterator[Fault]:
    for name, fact in facts.items():
        keys = (*outer, "facts", name)
        yield from _named(name, place, keys)
        for choice in fact.choices:
            if choice in STATUSES:
                text = f"{choice} is the status of an answer: use another word for the choice."
                yield Fault("choice-is-status", place, (*keys, "choices", choice), text)
        if fact.type in ("choice", "choices"):
            if not fact.choices:
                yield Fault(
                    "no-choices", place, keys, f"A fact of the type {fact.type} needs choices."
                )
        elif fact.choices or fact.ordered:
            text = f"Choices and their order go with choice and choices, not with {fact.type}."
            yield Fault("key-of-other-type", place, keys, text)
        if fact.type in ("reference", "references"):
            entities = names.library.entities
            yield from names.check("entity", fact.to, entities, place, (*keys, "to"))
        elif fact.to:
            text = f"to goes with reference and references, not with {fact.type}."
            yield Fault("key-of-other-type", place, (*keys, "to"), text)
        if fact.may_be_never and fact.type != "date":
            text = f"may_be_never goes with a date, not with {fact.type}."
            yield Fault("key-of-other-type", place, (*keys, "may_be_never"), text)
        if name in ("id", "name") and outer[0] == "entities":
            text = f"Every member has {name} without its being declared."
            yield Fault("reserved-name", place, keys, text)
        yield from _dimension(names, fact.dimension, dimensions(names.library), place, keys)
        yield from condition_faults(names, fact.asked_when, place, (*keys, "asked_when"), scope)


def _measure(names: Names, name: str, measure: Measure, place: str, keys: Keys) -> Iterator[Fault]:
    ways = [way for way in _WORKED_OUT if getattr(measure, way) is not None]
    if len(ways) != 1:
        text = f"A measure is worked out in one way, this says {' and '.join(ways) or 'none'}."
        yield Fault("measure-way", place, keys, text)
        return
    way = ways[0]
    if name.partition(".")[0] not in {*names.library.group_facts, *names.library.entities}:
        text = "A measure is named after a group or an entity: group.name or entity.name."
        yield Fault("measure-name", place, keys, text)
    if measure.top is not None and measure.top.keys() - {"of", "number"}:
        text = "top takes `of`, a path, and `number`: how many of the highest are added up."
        yield Fault("unknown-key", place, (*keys, "top"), text)
    if way in _OVER and not measure.over:
        yield Fault("measure-over", place, keys, f"{way} needs `over`: a variable with its entity.")
    bound = measure.count or measure.over
    for part in ({"for": measure.per} if measure.per else {}, {way: measure.count or {}},
                 {"over": measure.over}):  # fmt: skip
        for key, variables in part.items():
            for variable, entity in variables.items():
                inner = (*keys, key, variable)
                yield from names.check("entity", entity, names.library.entities, place, inner)
    scope = {**measure.per, **bound}
    yield from condition_faults(names, measure.where, place, (*keys, "where"), scope)
    for key, conditions in (("share", measure.share), ("points", measure.points)):
        yield from condition_faults(names, conditions, place, (*keys, key), scope)
    for text in _paths(measure, way):
        yield from _number(names, way, text, scope, place, (*keys, way))
    if measure.or_answer:
        inner = (*keys, "or_answer")
        yield from _number(names, way, measure.or_answer, measure.per, place, inner)


def _paths(measure: Measure, way: str) -> Iterable[str]:
    value = getattr(measure, way)
    if way == "top":
        return [str(value.get("of", ""))]
    if way in ("ratio", "difference", "months_between"):
        return list(value)
    return [value] if isinstance(value, str) else []


def _number(
    names: Names, way: str, text: str, scope: Mapping[str, str], place: str, keys: Keys
) -> Iterator[Fault]:
    fact, fault = names.path(text, scope, place, keys)
    if fault is not None:
        yield fault
    elif fact is not None:
        fits = _FITS.get(str(keys[-1]), ("number", "share", "count"))
        if fact.type not in fits and way != "count_values":
            text = f"{text} is a {fact.type}; {way} needs a {' or '.join(fits)}."
            yield Fault("measure-type", place, keys, text)


def _pack_file(names: Names, pack: Pack) -> Iterator[Fault]:
    place, library = pack.place("pack", ""), names.library
    areas = {key for one in library.packs for key in one.file.areas}
    for name, dimension in pack.file.dimensions.items():
        if dimension.area:
            keys: Keys = ("dimensions", name, "area")
            yield from names.check("area", dimension.area, dict.fromkeys(areas), place, keys)
    for name, condition in pack.file.stages.items():
        yield from condition_faults(names, condition, place, ("stages", name), {})
    for key in ("stage_fact", "name_fact"):
        path = getattr(pack.file, key)
        if path:
            yield from names.check("fact", path, library.declared, place, (key,))
    for name, parameter in pack.file.parameters.items():
        value = parameter.value
        for one in value if isinstance(value, list) else [value]:
            if not number(one) and not isinstance(one, (str, bool)):
                text = "A parameter is a number, a word, or a list of them."
                yield Fault("parameter-value", place, ("parameters", name, "value"), text)


def _derived(library: Library, pack: Pack) -> Iterator[Fault]:
    made = makers(library)
    for kind, part, blocks in (
        ("group", "groups", pack.groups), ("entity", "entities", pack.entities)
    ):  # fmt: skip
        for owner, block in blocks.items():
            for name, fact in block.facts.items():
                if fact.derived and f"{owner}.{name}" not in made:
                    text = f"{owner}.{name} is derived, and no rule derives it."
                    keys = (part, owner, "facts", name)
                    yield Fault("derived-by-nothing", pack.place(kind, owner), keys, text)


def makers(library: Library) -> dict[str, list[str]]:
    """Return the rules that derive each fact, by `group.fact` or `entity.fact`."""
    made: dict[str, list[str]] = {}
    for rule_id, rule in sorted(library.rules.items()):
        if rule.derive is not None:
            head, _, name = rule.derive.fact.partition(".")
            fact = f"{rule.for_each[head]}.{name}" if head in rule.for_each else rule.derive.fact
            made.setdefault(fact, []).append(rule_id)
    return made
