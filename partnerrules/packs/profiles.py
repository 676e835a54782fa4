"""Profiles: other thresholds and levels for one kind of partnership, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from partnerrules.errors import PackError, Problem, SettingError, nearest
from partnerrules.findings import Change, rank
from partnerrules.packs.library import Library, Pack
from partnerrules.packs.models import Rule


def profile_names(packs: Iterable[Pack]) -> dict[str, str]:
    """Return the names of the profiles of packs, in order, each with a title."""
    packs = sorted(packs, key=lambda pack: pack.id, reverse=True)
    found = {name: one.title for pack in packs for name, one in pack.profiles.items()}
    return dict(sorted(found.items()))


def with_profile(packs: Iterable[Pack], name: str) -> list[Pack]:
    """Return packs as all their profiles of this name change them; without a name as they are.

    Raises SettingError where no pack has such a profile, and PackError where packs are wrong as
    they are or as the profile makes them.
    """
    from partnerrules.packs.checks import check_library

    packs = list(packs)
    if not name or all(pack.profile == name for pack in packs):
        return packs
    known = profile_names(packs)
    if name not in known:
        there = f"there are {', '.join(known)}" if known else "there are none"
        text = f"No loaded pack has a profile of this name; {there}."
        near = nearest(name, known)
        raise SettingError([Problem("unknown-profile", text, key=name, nearest=near)])
    library = Library(packs)
    check_library(library)
    changes = [change for pack in library.packs for change in changes_of(library, pack, name)]
    changed = [_changed(pack, name, changes) for pack in packs]
    try:
        check_library(Library(changed))
    except PackError as error:
        first = f"With the profile {name}: "
        found = [one._replace(message=first + one.message) for one in error.problems]
        raise PackError(found) from None
    return changed


def parameter_named(library: Library, pack: Pack, name: str) -> str:
    """Return the full name of the parameter that a pack calls so: its own goes first.

    Raises KeyError where there is none, or where the name is not enough.
    """
    own = f"{pack.id}.{name}"
    return own if own in library.parameters else library.parameter(name)[0]


def rule_and_alternative(library: Library, name: str) -> tuple[str, str]:
    """Return the rule that a profile means, and its alternative or nothing."""
    if name in library.rules:
        return name, ""
    rule, _, key = name.rpartition(".")
    return rule, key


def changes_of(library: Library, pack: Pack, name: str) -> Iterator[Change]:
    """Yield what the profile of one pack changes; what it leaves as it is is no change."""
    profile = pack.profiles.get(name)
    if profile is None:
        return
    for short, value in profile.parameters.items():
        full = parameter_named(library, pack, short)
        was = library.parameters[full]
        if was != value.value:
            yield Change(
                "parameter", full, was, value.value, value.why, pack.id, value.basis, value.source
            )
    for text_id, level in profile.severities.items():
        rule_id, key = rule_and_alternative(library, text_id)
        concern = library.rules[rule_id].concern
        if key:
            before, after = concern[key].level, level.level
        else:
            before, after = max((one.level for one in concern.values()), key=rank), level.cap
        if after and (rank(before) > rank(after) or (key and before != after)):
            kind = "level" if key else "cap"
            yield Change(kind, text_id, before, after, level.why, pack.id)


def _changed(pack: Pack, name: str, changes: Iterable[Change]) -> Pack:
    parameters, rules = dict(pack.file.parameters), dict(pack.rules)
    mine = []
    # What caps a rule comes after what sets one of its levels.
    for change in sorted(changes, key=lambda one: (one.kind == "cap", one.name)):
        if change.kind == "parameter":
            owner, _, short = change.name.partition(".")
            if owner != pack.id:
                continue
            more = {key: getattr(change, key) for key in ("value", "basis", "source", "why")}
            parameters[short] = parameters[short].but(**more)
        else:
            rule_id = change.name if change.kind == "cap" else change.name.rpartition(".")[0]
            if rule_id not in rules:
                continue
            rules[rule_id] = _levelled(rules[rule_id], change)
        mine.append(change)
    file = pack.file.but(parameters=parameters)
    pack = pack._replace(file=file, rules=rules, profile=name, changes=tuple(mine))
    return pack._replace(checked=("", 0))


def _levelled(rule: Rule, change: Change) -> Rule:
    concern = dict(rule.concern)
    key = change.name.rpartition(".")[2]
    for name, one in rule.concern.items():
        if name == key if change.kind == "level" else rank(one.level) > rank(change.value):
            concern[name] = one.but(level=change.value)
    return rule.but(concern=concern)
