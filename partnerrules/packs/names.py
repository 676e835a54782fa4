"""What the names in a pack lead to, and whether the pack may read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from partnerrules.errors import nearest
from partnerrules.packs.library import Library, Pack
from partnerrules.packs.models import Entity, Fact, Rule
from partnerrules.packs.places import Fault
from partnerrules.packs.walk import Keys, Scope

NUMBER = Fact(type="number")
NAME = Fact(type="text")
DAY = Fact(type="date")
UNKNOWN = {
    "area": "unknown-area",
    "dimension": "unknown-dimension",
    "entity": "unknown-entity",
    "fact": "unknown-fact",
    "lesson": "unknown-lesson",
    "rule": "unknown-rule",
    "source": "unknown-source",
    "stage": "unknown-stage",
}
"""What a name stands for to the code of the problem where it leads nowhere."""


class Names:
    """The names that one pack may use: its own, and those of the packs that it requires."""

    def __init__(self, library: Library, pack: Pack) -> None:
        self.library = library
        self.pack = pack
        self.reach = library.reach[pack.id]

    def check(
        self, kind: str, name: str, known: Mapping[str, object], path: str, keys: Keys
    ) -> Iterator[Fault]:
        """Yield a fault where a name leads nowhere or to what the pack may not read."""
        if name not in known:
            text = f"There is no {kind} {name}."
            yield Fault(UNKNOWN[kind], path, keys, text, nearest(name, known))
        else:
            yield from self.mine(kind, name, path, keys)

    def mine(self, kind: str, name: str, path: str, keys: Keys) -> Iterator[Fault]:
        """Yield a fault where something belongs to a pack that is not required."""
        owner = self.library.owners.get(kind, {}).get(name, self.pack.id)
        if owner not in self.reach:
            text = f"The {kind} {name} belongs to the pack {owner}: add {owner} to `requires`."
            yield Fault("not-required", path, keys, text)

    def parameter(self, name: str, path: str, keys: Keys) -> Iterator[Fault]:
        """Yield a fault where `$name` leads nowhere, to two parameters, or too far."""
        known = {
            key: pack.id
            for pack in self.library.packs
            if pack.id in self.reach
            for short in pack.file.parameters
            for key in (short, f"{pack.id}.{short}")
        }
        if name not in known:
            text = f"There is no parameter ${name} in this pack or in those that it requires."
            yield Fault("unknown-parameter", path, keys, text, nearest(name, known))

    def value(self, name: str) -> Any:
        """Return the value of `$name`, or None where it leads nowhere."""
        try:
            return self.library.parameter(name)[1]
        except KeyError:
            return None

    def path(
        self, text: str, scope: Scope, path: str, keys: Keys
    ) -> tuple[Fact | None, Fault | None]:
        """Return the fact or measure to which a path leads, and what is wrong with it."""
        head, *rest = text.split(".")
        if head in scope and rest:
            return self._member(text, rest, scope[head], path, keys)
        if text == "assessed_on":
            return DAY, None
        fact = self.library.fact(text) if head in self.library.group_facts else None
        kind = "fact"
        if fact is None and text in self.library.measures:
            fact, kind = NUMBER, "measure"
            if self.library.measures[text].per:
                fact = None
        if fact is None:
            known = [
                *self.library.paths,
                *(f"{v}.{n}" for v in scope for n in self.facts(scope[v])),
            ]
            return None, Fault(
                "unknown-fact", path, keys, f"There is no fact {text}.", nearest(text, known)
            )
        return fact, next(self.mine(kind, text, path, keys), None)

    def _member(
        self, text: str, rest: list[str], entity: str, path: str, keys: Keys
    ) -> tuple[Fact | None, Fault | None]:
        fact: Fact | None = None
        for number, name in enumerate(rest):
            if number:
                if fact is None or fact.type != "reference" or number > 1:
                    message = f"{text} leads nowhere: a path walks through one single reference."
                    return None, Fault("path-too-far", path, keys, message)
                entity = fact.to
            facts = self.facts(entity)
            if name not in facts:
                message = f"A {entity} has no fact {name}."
                return None, Fault("unknown-fact", path, keys, message, nearest(name, facts))
            fact = facts[name]
            kind = "measure" if f"{entity}.{name}" in self.library.measures else "fact"
            fault = next(self.mine(kind, f"{entity}.{name}", path, keys), None)
            if fault:
                return fact, fault
        return fact, None

    def facts(self, entity: str) -> Mapping[str, Fact]:
        """Return what can be read of a member: its facts, its name and its measures."""
        return self._facts.get(entity, {})

    @cached_property
    def _facts(self) -> dict[str, dict[str, Fact]]:
        library = self.library
        found = {key: {"name": NAME, **one.facts} for key, one in library.entities.items()}
        for name, measure in library.measures.items():
            entity, _, short = name.partition(".")
            if entity in found and entity in measure.per.values():
                found[entity][short] = NUMBER
        return found

    def entity(self, name: str) -> Entity | None:
        """Return an entity by its id."""
        return self.library.entities.get(name)

    def rule(self, name: str) -> Rule | None:
        """Return a rule by its id."""
        return self.library.rules.get(name)
