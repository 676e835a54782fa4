"""Filling the placeholders of a rule's sentences."""

from __future__ import annotations

import re
from typing import Any

from partnerrules.cases import Member
from partnerrules.cases.case import UNNAMED
from partnerrules.cases.values import Items, shown
from partnerrules.engine.compile import CompiledRule
from partnerrules.facts.world import Env, World
from partnerrules.packs import Library
from partnerrules.packs.models import Fact

_PLACE = re.compile(r"\{([^{}]+)\}")


class Texts:
    """Words for the values of one case."""

    def __init__(self, library: Library, world: World) -> None:
        self.library = library
        self.world = world
        self._members: dict[tuple[str, str], str] = {}

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
        name = member.answers.get("name")
        return str(name.values[0]) if name and name.values else member.id

    def value(self, fact: Fact | None, value: Any) -> str:
        """Return a value in the words of its choices."""
        choices = fact.choices if fact else {}
        if isinstance(value, Items):
            names = self._names(fact) if fact and fact.to else choices
            return ", ".join(names.get(one, one) for one in sorted(value.must)) or "none"
        return choices.get(value, shown(value)) if isinstance(value, str) else shown(value)

    def _names(self, fact: Fact) -> dict[str, str]:
        return {m.id: self.member(m) for m in self.world.members(fact.to)}

    def fill(self, text: str, rule: CompiledRule, env: Env) -> str:
        """Fill a sentence; a placeholder that leads nowhere stays as it is."""
        if "{" not in text:
            return text
        return _PLACE.sub(lambda match: self._place(match[1], match[0], rule, env), text)

    def _place(self, inner: str, whole: str, rule: CompiledRule, env: Env) -> str:
        if inner.startswith("names "):
            return self._found(inner[6:].strip(), rule, env)
        if inner.startswith("$"):
            try:
                return shown(self.library.parameter(inner[1:])[1])
            except KeyError:
                return whole
        head, _, name = inner.partition(".")
        if head in env:
            member = env[head]
            if name in ("name", ""):
                return self.member(member)
            answer = self.world.member_answer(member, name)
            fact = self.library.entities[member.entity].facts.get(name)
        else:
            answer = self.world.answer(inner)
            fact = self.library.fact(inner)
        if not answer.values:
            return "not known"
        return " or ".join(self.value(fact, value) for value in answer.values)

    def _found(self, variable: str, rule: CompiledRule, env: Env) -> str:
        names: dict[str, None] = {}
        for one in rule.alternatives:
            for node in one.whole.members():
                if variable in node.bound:
                    for certainty, inner in node.found(self.world, env):
                        if certainty == 2:
                            names[self.member(inner[variable])] = None
        words = list(names)
        if len(words) > 1:
            return ", ".join(words[:-1]) + " and " + words[-1]
        return words[0] if words else "somebody"
