"""Profiles as lint looks at them: each is tried on all packs, and changes what it speaks of."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial

from partnerrules.authoring import words
from partnerrules.packs import Library, Pack
from partnerrules.packs.material import Profile
from partnerrules.packs.places import Fault
from partnerrules.packs.profiles import changes_of, parameter_named, with_profile
from partnerrules.packs.walk import Keys


def profile_faults(library: Library, named: Collection[str]) -> Iterator[Fault]:
    """Yield what is to be mended in the profiles of some packs.

    Raises PackError where packs no longer fit together as a profile changes them.
    """
    for pack in library.packs:
        for name, profile in pack.profiles.items() if pack.id in named else ():
            with_profile(library.packs, name)
            yield from _profile(library, pack, profile)


def _profile(library: Library, pack: Pack, profile: Profile) -> Iterator[Fault]:
    place = pack.place("profile", profile.id)
    changed = {one.name for one in changes_of(library, pack, profile.id)}
    said = {("parameters", key): parameter_named(library, pack, key) for key in profile.parameters}
    said |= {("severities", key): key for key in profile.severities}
    for keys, full in said.items():
        if full not in changed:
            text = f"{full} is so without it: leave it out."
            yield Fault("profile-changes-nothing", place, keys, text)
    for name, value in profile.parameters.items():
        if value.basis == "sourced" and not value.source:
            where: Keys = ("parameters", name)
            yield Fault("no-source", place, where, f"{name} is sourced: name its source.")
    for part in ("parameters", "severities"):
        for key, one in getattr(profile, part).items():
            for look in (words.unkind, words.sentence, partial(words.short, most=words.MESSAGE)):
                for code, text in look(one.why):
                    yield Fault(code, place, (part, key, "why"), text)
