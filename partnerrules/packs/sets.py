"""Questions and sets of them: what a pack adds to those of another, and how long a set takes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from math import ceil
from typing import TYPE_CHECKING

from partnerrules.packs.material import QuestionSet
from partnerrules.packs.places import Fault
from partnerrules.packs.walk import Keys

if TYPE_CHECKING:
    from partnerrules.packs.library import Library

_NEEDED = {"question": "a text", "set": "a title"}


def nowhere(
    kind: str, name: str, owner: str | None, reach: Collection[str], place: str
) -> Iterator[Fault]:
    """Yield a fault where there is nothing to which a pack may add."""
    keys: Keys = ("questions", name) if kind == "question" else ("id",)
    if owner is None:
        text = f"There is no {kind} {name} to add to: one of its own needs {_NEEDED[kind]}."
        yield Fault("missing-key", place, keys, text)
    elif owner not in reach:
        text = f"The {kind} {name} belongs to the pack {owner}: add {owner} to `requires`."
        yield Fault("not-required", place, keys, text)


def places(found: QuestionSet) -> Iterator[tuple[Keys, str]]:
    """Yield each question that the file of a set names, with the keys that lead to it."""
    for key in ("before", "questions"):
        for number, one in enumerate(getattr(found, key)):
            yield (key, number), one
    for anchor, items in found.after.items():
        for number, one in enumerate(items):
            yield ("after", anchor, number), one


def settled(library: Library, items: Iterable[str]) -> Iterator[str]:
    """Yield the facts, as `group.fact` or `entity.fact`, that items of a set settle."""
    for item in items:
        paths = library.questions[item].facts if item in library.questions else [item]
        yield from map(library.inner, paths)


def minutes(library: Library, name: str) -> int:
    """Return how many minutes the talk of a set is meant to take.

    Where the set does not say it, those of its questions count, each once: what is asked of every
    partner or place takes longer.
    """
    found = library.sets[name]
    if found.minutes:
        return ceil(found.minutes)
    each = [
        library.questions.get(one) or library.declared.get(library.inner(one))
        for one in found.questions
    ]
    return ceil(sum(one.minutes if one else 1 for one in each))


def sets_told(library: Library) -> dict[str, str]:
    """Return all sets by name, each with its title, how much it asks and how long that takes."""
    return {name: _told(library, name) for name in sorted(library.sets)}


def _told(library: Library, name: str) -> str:
    found = library.sets[name]
    number = len(found.questions)
    before = f"{len(found.before)} to look up before, " if found.before else ""
    asked = f"{number} question{'s' * (number != 1)}"
    return f"{found.title}: {before}{asked}, meant for about {minutes(library, name)} minutes"
