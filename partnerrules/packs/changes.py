"""Whether a profile may change what it changes, and says why."""

from __future__ import annotations

from collections.abc import Iterator

from partnerrules.errors import nearest
from partnerrules.findings import rank
from partnerrules.packs.conditions import rule_faults
from partnerrules.packs.library import Library, Pack
from partnerrules.packs.material import ChangedLevel, ChangedValue
from partnerrules.packs.models import Rule
from partnerrules.packs.names import Names
from partnerrules.packs.places import Fault
from partnerrules.packs.profiles import parameter_named, rule_and_alternative
from partnerrules.packs.thresholds import misfit
from partnerrules.packs.walk import Keys


def profile_faults(names: Names, pack: Pack, name: str) -> Iterator[Fault]:
    """Yield what is wrong with a profile of a pack: names, values, levels and reasons."""
    place, profile = pack.place("profile", name), pack.profiles[name]
    for short, value in profile.parameters.items():
        keys: Keys = ("parameters", short)
        wrong = list(names.parameter(short, place, keys))
        yield from wrong or _value_faults(names, short, value, place)
        yield from _reason(value.why, place, keys)
    for text_id, level in profile.severities.items():
        yield from _level_faults(names, text_id, level, place)
        yield from _reason(level.why, place, ("severities", text_id))
    mine = _targets(names.library, pack, name)
    for other in names.library.packs:
        if other.id < pack.id and name in other.profiles:
            theirs = _targets(names.library, other, name)
            for target in sorted(mine.keys() & theirs.keys()):
                text = (
                    f"The profile {name} of {other.id} changes this too: leave it to one of them."
                )
                yield Fault("changed-twice", place, mine[target], text)


def _targets(library: Library, pack: Pack, name: str) -> dict[str, Keys]:
    """Return what a profile changes, by full names, with the keys where it says so."""
    found: dict[str, Keys] = {}
    for short in pack.profiles[name].parameters:
        try:
            found[parameter_named(library, pack, short)] = ("parameters", short)
        except KeyError:
            continue
    return found | {key: ("severities", key) for key in pack.profiles[name].severities}


def _reason(why: str, place: str, keys: Keys) -> Iterator[Fault]:
    if not why.strip():
        yield Fault("no-reason", place, (*keys, "why"), "Say why this kind of partnership differs.")


def _value_faults(names: Names, short: str, value: ChangedValue, place: str) -> Iterator[Fault]:
    keys: Keys = ("parameters", short)
    try:
        full = parameter_named(names.library, names.pack, short)
    except KeyError:
        text = f"Several packs have a parameter {short}: name the pack too."
        yield Fault("unknown-parameter", place, keys, text)
        return
    if text := misfit(names.library.declared_parameter(full), value.value):
        yield Fault("parameter-value", place, (*keys, "value"), text)


def _level_faults(names: Names, text_id: str, level: ChangedLevel, place: str) -> Iterator[Fault]:
    keys: Keys = ("severities", text_id)
    rule_id, key = rule_and_alternative(names.library, text_id)
    rule = names.rule(rule_id)
    if rule is None:
        yield from rule_faults(names, rule_id or text_id, place, keys)
        return
    yield from names.mine("rule", rule_id, place, keys)
    if key and key not in rule.concern:
        text = f"{rule_id} has no alternative {key}."
        yield Fault("unknown-alternative", place, keys, text, nearest(key, rule.concern))
    elif not rule.concern:
        text = f"{rule_id} has no levels to change."
        yield Fault("unknown-alternative", place, keys, text)
    elif bool(level.level) != bool(key) or bool(level.cap) == bool(key):
        what = "An alternative gets a `level`" if key else "A rule as a whole gets a `cap`"
        yield Fault("level-or-cap", place, keys, f"{what}, and nothing else beside `why`.")
    elif rule.harm and _lowers(rule, key, level):
        text = f"{rule_id} tells of harm: its concerns are never lowered."
        yield Fault("harm-lowered", place, keys, text)


def _lowers(rule: Rule, key: str, level: ChangedLevel) -> bool:
    if key:
        return rank(level.level) < rank(rule.concern[key].level)
    return any(rank(level.cap) < rank(one.level) for one in rule.concern.values())
