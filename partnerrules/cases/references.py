"""Members that an answer names and that are not there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from partnerrules.cases.answers import AnswerReader
from partnerrules.cases.typed import Refused
from partnerrules.cases.values import Items
from partnerrules.documents import Document
from partnerrules.errors import Problem, nearest
from partnerrules.packs import Library

Keys = tuple[str | int, ...]
Readers = Mapping[str, Mapping[str, AnswerReader]]
"""By the path of a group or a list, and the name of a fact that names members."""


def under(value: Any, keys: Keys) -> Any:
    """Return what stands at a path of mappings, or None."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def items_under(value: Any, keys: Keys) -> tuple[list[Any], Keys]:
    """Return what a list of members holds, as it stands in the file, and the path of its items."""
    found = under(value, keys)
    if isinstance(found, dict):
        keys, found = (*keys, "items"), found.get("items")
    return found if isinstance(found, list) else [], keys


def readers_of_references(library: Library) -> Readers:
    """Return what reads the answers that name members."""
    facts = {
        **library.group_facts,
        **{path: library.entities[entity].facts for path, entity in library.collections.items()},
    }
    named = {
        path: {key: AnswerReader(one) for key, one in block.items() if one.to and not one.derived}
        for path, block in facts.items()
    }
    return {path: readers for path, readers in named.items() if readers}


def reference_problems(document: Document, readers: Readers, library: Library) -> Iterator[Problem]:
    """Yield a problem for each member that is named and not there.

    Reads the file itself and not a case, so that it can be told beside what else is wrong.
    """
    known = {entity: _known(document.value, entity, library) for entity in library.entities}
    for path, named in readers.items():
        for block, keys in _blocks(document.value, path, library):
            for name, reader in named.items():
                ids = known[reader.fact.to] if name in block else None
                for text, near in _unknown(reader, block.get(name), ids, library):
                    yield document.problem("reference", (*keys, name), text, nearest=near)


def _blocks(value: Any, path: str, library: Library) -> Iterator[tuple[dict[str, Any], Keys]]:
    """Yield the answers of a group, or those of each member of a list, with where they stand."""
    keys: Keys = tuple(path.split("."))
    if path not in library.collections:
        found = [(under(value, keys), keys)]
    else:
        items, keys = items_under(value, keys)
        found = [(item, (*keys, number)) for number, item in enumerate(items)]
    return ((block, place) for block, place in found if isinstance(block, dict))


def _known(value: Any, entity: str, library: Library) -> Collection[str] | None:
    """Return the ids of the members of an entity; None where their list cannot be read."""
    declared = library.entities[entity]
    if declared.members or not declared.collection:
        return declared.members
    keys: Keys = tuple(declared.collection.split("."))
    found = under(value, keys)
    if found not in (None, "not_asked") and not isinstance(found, (list, dict)):
        return None
    items, _ = items_under(value, keys)
    return {str(item["id"]) for item in items if isinstance(item, dict) and "id" in item}


def _unknown(
    reader: AnswerReader, raw: Any, known: Collection[str] | None, library: Library
) -> Iterator[tuple[str, str]]:
    """Yield what to say of each id that is not known, and the nearest that is."""
    try:
        values = reader(raw).values or () if known is not None else ()
    except Refused:
        # It is told as an answer that cannot be read.
        return
    names = {n for value in values for n in (value.must if isinstance(value, Items) else [value])}
    declared = library.entities[reader.fact.to]
    for name in sorted(names.difference(known or ())):
        if declared.members:
            text = f'"{name}" is none of the choices: {", ".join(declared.members)}.'
        else:
            text = f'"{name}" is not among the ids under {declared.collection} in this case.'
        yield text, nearest(name, known or ())
