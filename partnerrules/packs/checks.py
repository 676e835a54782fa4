"""Everything that must be right in packs before a case is evaluated with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partnerrules.errors import PackError, nearest
from partnerrules.packs.conditions import condition_faults
from partnerrules.packs.kinds import kind_faults
from partnerrules.packs.levels import level_faults
from partnerrules.packs.library import Library, Pack
from partnerrules.packs.models import Rule
from partnerrules.packs.names import Names
from partnerrules.packs.nothing import nothing_faults
from partnerrules.packs.placeholders import placeholder_faults
from partnerrules.packs.places import Fault, located
from partnerrules.packs.references import material_faults, rule_references
from partnerrules.packs.vocabulary import makers, vocabulary_faults
from partnerrules.packs.walk import Keys, among, conditions


def check_library(library: Library) -> None:
    """Raise PackError with everything that is wrong with the packs, each with its place."""
    faults = [fault for pack in library.packs for fault in _pack(library, pack)]
    if faults:
        raise PackError(located(faults))


def _pack(library: Library, pack: Pack) -> Iterator[Fault]:
    names = Names(library, pack)
    made = makers(library)
    yield from vocabulary_faults(names, pack)
    yield from material_faults(names, pack)
    for rule_id, rule in pack.rules.items():
        path = pack.rule_files[rule_id]
        yield from rule_references(names, rule, path)
        yield from kind_faults(rule, path)
        if rule.derive is not None:
            yield from _derive(names, rule, path, made)
        yield from placeholder_faults(names, rule, path)
        wrong = [
            fault
            for keys, condition in conditions(rule)
            for fault in condition_faults(names, condition, path, keys, rule.for_each)
        ]
        yield from wrong
        if not wrong:
            yield from level_faults(names, rule, path)
            yield from nothing_faults(library, rule, path)


def _derive(names: Names, rule: Rule, path: str, made: dict[str, list[str]]) -> Iterator[Fault]:
    derive = rule.derive
    assert derive is not None
    keys: Keys = ("derive", "fact")
    fact, fault = names.path(derive.fact, rule.for_each, path, keys)
    if fault is not None:
        yield fault
    if fact is None:
        return
    name = next(key for key, ids in made.items() if rule.id in ids)
    if not fact.derived:
        text = f"{derive.fact} is asked for: say `derived: yes` where it is declared."
        yield Fault("derives-what-is-asked", path, keys, text)
    others = [one for one in made[name] if one != rule.id]
    if others and derive.first_of:
        text = f"{derive.fact} is derived by {others[0]} too: only sets can be added to."
        yield Fault("derived-twice", path, keys, text)
    several = fact.type in ("choices", "references")
    if (derive.add is not None) != several:
        text = f"{derive.fact} is a {fact.type}: {'add' if several else 'first_of'} goes with it."
        yield Fault("derive-form", path, keys, text)
    values: list[tuple[Keys, Any]] = [
        (("derive", "add"), derive.add),
        (("derive", "otherwise"), derive.otherwise),
    ]
    values += [
        (("derive", "first_of", number, "value"), option.value)
        for number, option in enumerate(derive.first_of)
    ]
    for place, value in values:
        if value is not None and fact.choices and not among(value, fact.choices):
            text = f'"{value}" is none of the choices of {derive.fact}.'
            yield Fault("unknown-choice", path, place, text, nearest(str(value), fact.choices))
