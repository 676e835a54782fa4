"""At which rules a set of questions looks: those that its answers can settle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from partnerrules.engine import Program
from partnerrules.packs.models import Rule
from partnerrules.packs.operators import BOUNDS, CONCLUSIONS
from partnerrules.packs.walk import Scope, conditions, walk


class Looking:
    """Which rules a set of questions looks at.

    A rule is looked at where the set asks for something of its own, or for all that it reads; and
    where one of its alternatives reads nothing but what is asked for or known before a talk.
    """

    def __init__(
        self,
        program: Program,
        named: Mapping[str, frozenset[str]],
        wanted: frozenset[str],
        before: frozenset[str],
    ) -> None:
        self.program = program
        self.library = program.library
        self.named = named
        """Rule to the facts that it reads, also through derived facts and measures."""
        self.wanted, self.before = wanted, before
        self._found: dict[str, bool] = {}
        """Of rules that read each other in a circle none carries the others."""

    def at(self, rule_id: str) -> bool:
        """Say whether the set looks at a rule."""
        if rule_id not in self._found:
            self._found[rule_id] = False
            rule = self.library.rules[rule_id]
            whens = (one.when for one in rule.concern.values())
            self._found[rule_id] = self._asks(rule) and self._one(rule, rule.given, whens)
        return self._found[rule_id]

    def _asks(self, rule: Rule) -> bool:
        named = self.named[rule.id]
        if not (named - self.before).isdisjoint(self.wanted) or named <= self.wanted:
            return True
        items = (item for _, one in conditions(rule) if one for item in walk(one, (), {}))
        return any(self.at(item.value["rule"]) for item in items if item.kind == "conclusion")

    def _one(self, rule: Rule, given: Any, whens: Iterable[Any]) -> bool:
        return any(self._settled([given, when], rule.for_each) for when in whens)

    def _settled(self, condition: Any, scope: Scope) -> bool:
        """Say whether a condition can hold by what is asked for or known before alone."""
        if isinstance(condition, list):
            return all(self._settled(one, scope) for one in condition)
        return all(self._entry(key, value, scope) for key, value in condition.items())

    def _entry(self, key: str, value: Any, scope: Scope) -> bool:
        if key == "any":
            return any(self._settled(one, scope) for one in value)
        if key == "not":
            return self._settled(value, scope)
        if key == "holds":
            number = sum(self._settled(one, scope) for one in value["of"])
            return number == len(value["of"]) or number >= self._number(value.get("at_least"))
        if key in ("some", "none", "count"):
            bound = {k: v for k, v in value.items() if k != "where" and k not in BOUNDS}
            return self._settled(value.get("where", {}), {**scope, **bound})
        if key in CONCLUSIONS:
            return self.at(value if isinstance(value, str) else value["rule"])
        return key in scope or all(self._known(one) for one in self._facts(key, scope))

    def _number(self, bound: Any) -> float:
        found = self.library.parameter(bound[1:])[1] if isinstance(bound, str) else bound
        return float("inf") if found is None else float(found)

    def _facts(self, path: str, scope: Scope) -> Iterator[str]:
        """Yield what a path reads: of a path through references each of them too."""
        first, *rest = path.split(".")
        if first not in scope:
            yield path
            return
        entity = scope[first]
        for one in rest:
            yield f"{entity}.{one}"
            declared = self.library.declared.get(f"{entity}.{one}")
            entity = declared.to if declared else entity

    def _known(self, name: str) -> bool:
        if name in self.program.measures:
            stated = self.library.measures[name].or_answer
            if stated and self._known(stated):
                return True
            return all(self._known(one) for one in self.program.measure_facts[name] - {stated})
        if name not in self.program.makers:
            return name in self.wanted or name in self.before
        return any(self._made(one) for one in self.program.makers[name])

    def _made(self, rule_id: str) -> bool:
        if rule_id not in self._found:
            self._found[rule_id] = False
            rule = self.library.rules[rule_id]
            whens = [one for (part, *_), one in conditions(rule) if one and part == "derive"]
            given = [rule.applies, rule.when]
            self._found[rule_id] = self._one(rule, given, whens or [{}])
        return self._found[rule_id]
