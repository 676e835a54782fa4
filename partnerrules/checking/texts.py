"""Filling the placeholders of a rule's sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from partnerrules.cases import Member
from partnerrules.cases.case import UNNAMED
from partnerrules.cases.values import Items, shown, small
from partnerrules.engine.compile import CompiledRule
from partnerrules.facts.world import Env, World
from partnerrules.packs import Library
from partnerrules.packs.models import Fact

PLACE = re.compile(r"\{([^{}]+)\}")

MOST = 5
"""Names that a sentence lists in full."""
FIRST = 3
"""Names that it lists of more."""


class Texts:
    """Words for the values of one case."""

    def __init__(self, library: Library, world: World) -> None:
        self.library = library
        self.world = world
        self._members: dict[tuple[str, str], str] = {}
        self._named_by: dict[str, dict[str, str]] = {}

    def member(self, member: Member) -> str:
        """Return the name of a member."""
        key = (member.entity, member.id)
        if key not in self._members:
            self._members[key] = self._member(member)
        return self._members[key]

    def _member(self, member: Member) -> str:
        if member.id == UNNAMED:
            title = self.library.entities[member.entity].title or member.entity
            return f"a further {title.lower()}"
        return member.called

    def value(self, fact: Fact | None, value: Any) -> str:
        """Return a value in the words of its choices."""
        choices = fact.choices if fact else {}
        names = self._names(fact) if fact and fact.to else choices
        if isinstance(value, Items):
            return ", ".join(names.get(one, one) for one in sorted(value.must)) or "none"
        return names.get(value, shown(value)) if isinstance(value, str) else shown(value)

    def _names(self, fact: Fact) -> dict[str, str]:
        found = self._named_by.get(fact.to)
        if found is None:
            found = {one.id: self.member(one) for one in self.world.members(fact.to)}
            self._named_by[fact.to] = found
        return found

    def fill(self, text: str, rule: CompiledRule, env: Env) -> str:
        """Fill a sentence; a placeholder that leads nowhere stays as it is.

        The words of a pack begin with a capital only where a sentence does; what a case calls
        itself is never changed.
        """
        if "{" not in text:
            return text
        said = []
        for before, place, begins in _parts(text):
            said.append(before)
            if place:
                found, named = self._place(place, rule, env)
                said.append(found[:1].upper() + found[1:] if begins and not named else found)
        return "".join(said)

    def _place(self, inner: str, rule: CompiledRule, env: Env) -> tuple[str, bool]:
        """Return what a placeholder stands for, and whether the case words it."""
        if inner.startswith("names "):
            return self._found(inner[6:].strip(), rule, env)
        if inner.startswith("$"):
            try:
                return shown(self.library.parameter(inner[1:])[1]), False
            except KeyError:
                return f"{{{inner}}}", True
        head, _, name = inner.partition(".")
        if head in env:
            member = env[head]
            if name in ("name", ""):
                return self.member(member), self._named(member.entity, member.id)
            answer = self.world.member_answer(member, name)
            fact = self.library.entities[member.entity].facts.get(name)
        else:
            answer = self.world.answer(inner)
            fact = self.library.fact(inner)
        if not answer.values:
            return "not known", False
        named = fact is not None and (fact.type == "text" or self._named(fact.to, ""))
        return " or ".join(self._inside(fact, value) for value in answer.values), named

    def _named(self, entity: str, member: str) -> bool:
        """Say whether cases, not packs, give members of an entity their names."""
        found = self.library.entities.get(entity)
        return found is not None and not found.members and member != UNNAMED

    def _inside(self, fact: Fact | None, value: Any) -> str:
        """Return a value as it stands inside a sentence."""
        choices = {key: small(label) for key, label in (fact.choices if fact else {}).items()}
        if isinstance(value, Items):
            names = self._names(fact) if fact and fact.to else choices
            return listed([names.get(one, one) for one in sorted(value.must)]) or "none"
        return choices[value] if value in choices else self.value(fact, value)

    def _found(self, variable: str, rule: CompiledRule, env: Env) -> tuple[str, bool]:
        found: dict[str, Member] = {}
        for one in rule.alternatives:
            for node in one.whole.members():
                if variable in node.bound:
                    for certainty, inner in node.found(self.world, env):
                        if certainty == 2:
                            member = inner[variable]
                            found.setdefault(self.member(member), member)
        first = next(iter(found.values()), None)
        named = first is not None and self._named(first.entity, first.id)
        return listed(list(found)) or "somebody", named


@lru_cache(4096)
def _parts(text: str) -> tuple[tuple[str, str, bool], ...]:
    """Return what stands before each placeholder, what is in it, and whether it begins a sentence.

    Last comes what stands behind the last one, with no placeholder.
    """
    found, end = [], 0
    for match in PLACE.finditer(text):
        begins = text[: match.start()].rstrip()[-1:] in ("", ".", "?", "!")
        found.append((text[end : match.start()], match[1], begins))
        end = match.end()
    return (*found, (text[end:], "", False))


def listed(names: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"; of many the first few, and how many more."""
    if len(names) > MOST:
        names = [*names[:FIRST], f"{len(names) - FIRST} others"]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
