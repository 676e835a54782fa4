"""Turning the conditions of a rule into parts that can be asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from partnerrules.cases.values import parse_date
from partnerrules.errors import Problem, nearest
from partnerrules.facts.leaves import About, Comparison, IsMember, Path, Test
from partnerrules.facts.nodes import All, AnyOf, Holds, Linked, Node, Not, Verdict
from partnerrules.facts.operators import (
    ABOUT,
    DATES,
    LISTS,
    NUMBER,
    OPERATORS,
    ORDER,
    WORDS,
    about,
    compare,
    has_verdicts,
    never,
)
from partnerrules.facts.quantifiers import Quantifier
from partnerrules.facts.regions import judge
from partnerrules.packs import Library
from partnerrules.packs.models import Fact

NAME = Fact(type="text")


@dataclass
class Compiler:
    """Compiles the conditions of one rule; collects its problems, parameters and what it reads."""

    library: Library
    place: str
    problems: list[Problem] = field(default_factory=list)
    parameters: set[str] = field(default_factory=set)
    reads: set[tuple[str, str, bool]] = field(default_factory=set)
    """(rule or fact, name, strict): strict where the reading cannot be part of a recursion."""
    facts: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Answers that are read: `group.fact` or `entity.fact`, with variable and fact name."""
    quantifiers: list[Quantifier] = field(default_factory=list)
    linked: list[Linked] = field(default_factory=list)

    def compile(
        self, conditions: Iterable[Any], scope: Mapping[str, str], strict: bool = False
    ) -> All:
        """Return the conjunction of conditions; tests on one answer are taken together."""
        items: list[tuple[str, Any]] = []
        for condition in conditions:
            self._flatten(condition, items)
        tests: dict[str, list[tuple[str, Any]]] = {}
        parts: list[Node] = []
        verdicts: list[Verdict] = []
        for key, value in items:
            if key in ("concern", "could_be", "sound"):
                verdict = self._verdict(key, value, scope, strict)
                if verdict:
                    verdicts.append(verdict)
            elif key in WORDS:
                part = self._word(key, value, scope, strict)
                if part is not None:
                    parts.append(part)
            else:
                tests.setdefault(key, []).append(("", value))
        answers = [
            part for key, raw in tests.items() for part in self._tests(key, raw, scope, strict)
        ]
        return All((*answers, *self._link(verdicts), *parts))

    def _flatten(self, condition: Any, items: list[tuple[str, Any]]) -> None:
        if isinstance(condition, list):
            for one in condition:
                self._flatten(one, items)
        elif isinstance(condition, dict):
            items.extend(condition.items())
        else:
            self._problem("condition", f"Expected a condition, found {condition!r}.")

    def _link(self, verdicts: list[Verdict]) -> list[Node]:
        outer = tuple(sorted({name for verdict in verdicts for name in verdict.subject}))
        if len(verdicts) < 2 and not outer:
            return list(verdicts)
        linked = Linked(tuple(verdicts), outer)
        self.linked.append(linked)
        return [linked]

    def _word(self, key: str, value: Any, scope: Mapping[str, str], strict: bool) -> Node | None:
        if key == "any":
            return AnyOf(tuple(self.compile([one], scope, strict) for one in value))
        if key == "not":
            return Not(self.compile([value], scope, True))
        if key == "holds":
            bounds = {k: v for k, v in value.items() if k != "of"}
            strict = strict or not bounds.keys() <= {"at_least", "more_than"}
            parts = tuple(self.compile([one], scope, strict) for one in value.get("of", []))
            return Holds(parts, self._bounds(bounds))
        return self.quantifier(key, value, scope, strict)

    def quantifier(
        self, kind: str, value: Mapping[str, Any], scope: Mapping[str, str], strict: bool = False
    ) -> Quantifier | None:
        """Compile `some`, `none` or `count` with its variables and its `where`."""
        bounds = {k: v for k, v in value.items() if k in ORDER}
        bound = {k: v for k, v in value.items() if k != "where" and k not in ORDER}
        for name, entity in bound.items():
            if entity not in self.library.entities:
                near = nearest(str(entity), self.library.entities)
                self._problem("entity", f"There is no entity {entity} (variable {name}).", near)
                return None
        lower_only = kind == "count" and bounds.keys() <= {"at_least", "more_than"}
        strict = strict or kind == "none" or (kind == "count" and not lower_only)
        where = self.compile([value.get("where", {})], {**scope, **bound}, strict)
        outer = tuple(sorted(where.variables - bound.keys()))
        joined = bool(outer) or len(bound) > 1 or has_verdicts(where)
        node = Quantifier(
            kind, bound, where, outer, self._bounds(bounds) if kind == "count" else None, joined
        )
        self.quantifiers.append(node)
        return node

    def _bounds(self, bounds: Mapping[str, Any]) -> Any:
        tests = [(key, self._constant(value)) for key, value in bounds.items()]
        return judge(NUMBER, tests or [("at_least", 1)])[0]

    def _verdict(
        self, kind: str, value: Any, scope: Mapping[str, str], strict: bool
    ) -> Verdict | None:
        if isinstance(value, str):
            value = {"rule": value}
        rule = str(value.get("rule", ""))
        if rule not in self.library.rules:
            near = nearest(rule, self.library.rules)
            self._problem("rule", f"There is no rule {rule}.", near)
            return None
        raw = value.get("subject", [])
        subject = tuple([raw] if isinstance(raw, str) else raw)
        wanted = self.library.rules[rule].for_each
        if len(subject) != len(wanted):
            self._problem("subject", f"{rule} has {len(wanted)} subject(s), {len(subject)} given.")
            return None
        for name in subject:
            if name not in scope:
                self._problem("variable", f"There is no variable {name}.", nearest(name, scope))
                return None
        self.reads.add(("rule", rule, strict or kind == "sound"))
        return Verdict(rule, subject, str(value.get("at_least", "low")), kind)

    def path(self, text: str, scope: Mapping[str, str]) -> tuple[Path, Fact] | None:
        """Resolve a path; a problem is noted where it leads nowhere."""
        words = text.split(".")
        library = self.library
        if words[0] in scope and len(words) in (2, 3):
            entity = scope[words[0]]
            facts = {"name": NAME, **library.entities[entity].facts}
            facts |= self._measures_of(entity)
            fact = facts.get(words[1])
            if fact is None:
                near = nearest(words[1], facts)
                self._problem("fact", f"A {entity} has no fact {words[1]}.", near)
                return None
            self.facts[f"{entity}.{words[1]}"] = (words[0], words[1])
            if len(words) == 2:
                return Path(words[0], words[1], entity), fact
            target = library.entities[fact.to].facts if fact.to else {}
            if words[2] not in target:
                self._problem("fact", f"{text} leads nowhere.", nearest(words[2], target))
                return None
            return Path(words[0], words[2], entity, words[1], fact.to), target[words[2]]
        known = library.fact(text) or (NUMBER if text in library.measures else None)
        if known is None:
            self._problem("fact", f"There is no fact {text}.", nearest(text, library.paths))
            return None
        self.facts[text] = ("", text)
        return Path("", text), known

    def _measures_of(self, entity: str) -> dict[str, Fact]:
        names = {
            name.partition(".")[2]
            for name, measure in self.library.measures.items()
            if entity in measure.per.values() and name.startswith(f"{entity}.")
        }
        return dict.fromkeys(names, NUMBER)

    def _tests(
        self, key: str, raw: list[tuple[str, Any]], scope: Mapping[str, str], strict: bool
    ) -> list[Node]:
        if key in scope:
            return [self._is_member(key, value) for _, value in raw]
        found = self.path(key, scope)
        if found is None:
            return []
        path, fact = found
        merged: list[tuple[str, Any]] = []
        parts: list[Node] = []
        for _, value in raw:
            for name, operand in value.items() if isinstance(value, dict) else [("is", value)]:
                part = self._test(path, fact, name, operand, scope, merged)
                if part is not None:
                    parts.append(part)
        self._read(path, merged, strict)
        if merged:
            test, possible = judge(fact, merged)
            parts.insert(0, Test(path, test, possible))
        return parts

    def _read(self, path: Path, merged: list[tuple[str, Any]], strict: bool) -> None:
        name = path.name if not path.variable else f"{path.target or path.entity}.{path.name}"
        grows = bool(merged) and all(op in ("has", "has_any", "has_all") for op, _ in merged)
        self.reads.add(("fact", name, strict or not grows))

    def _is_member(self, variable: str, value: Any) -> Node:
        negate = isinstance(value, dict)
        ids = value.get("is_not", []) if isinstance(value, dict) else value
        return IsMember(variable, frozenset([ids] if isinstance(ids, str) else ids), negate)

    def _test(
        self,
        path: Path,
        fact: Fact,
        name: str,
        operand: Any,
        scope: Mapping[str, str],
        merged: list[tuple[str, Any]],
    ) -> Node | None:
        if name not in ("is", *OPERATORS):
            self._problem(
                "operator", f"The operator {name} is not known.", nearest(name, OPERATORS)
            )
            return None
        if name in ABOUT:
            return About(path, about(name, operand))
        operand = self._constant(operand)
        link = isinstance(operand, str) and fact.type in ("reference", "references")
        if link and operand in scope and name in ("is", "has", "is_not", "lacks"):
            test = Test(path, never, True, operand)
            return Not(test) if name in ("is_not", "lacks") else test
        if name == "same_as" or (
            isinstance(operand, str)
            and fact.type in ("number", "share", "count", "date", "choice")
            and "." in operand
        ):
            right = self.path(operand, scope)
            return None if right is None else Comparison(path, right[0], compare(name, fact))
        self._constant_test(fact, name, operand, merged)
        return None

    def _constant_test(
        self, fact: Fact, name: str, operand: Any, merged: list[tuple[str, Any]]
    ) -> None:
        if fact.type == "yes_no":
            operand = {"yes": True, "no": False}.get(operand, operand)
        values = operand if isinstance(operand, list) else [operand]
        fits = {
            "yes_no": ("is", "is_not"),
            "text": ("is", "is_not"),
            "reference": ("is", "is_not"),
            "choice": ("is", "is_not", *(ORDER if fact.ordered else ())),
            "choices": LISTS,
            "references": LISTS,
            "date": ("is", "is_not", *DATES),
        }.get(fact.type, ("is", "is_not", *ORDER))
        if name not in fits:
            text = f"The operator {name} does not fit a fact of the type {fact.type}."
            self._problem("operator", text, nearest(name, fits))
            return
        if fact.type in ("choice", "choices") and name != "size":
            for value in values:
                if value not in fact.choices:
                    near = nearest(str(value), fact.choices)
                    self._problem("choice", f"{value} is none of the choices.", near)
                    return
        if fact.type == "date" and name in ("before", "after", "is", "is_not"):
            operand = parse_date(operand) or operand
        merged.append((name, operand))

    def _constant(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._constant(one) for key, one in value.items()}
        if not isinstance(value, str) or not value.startswith("$"):
            return value
        try:
            name, found = self.library.parameter(value[1:])
        except KeyError:
            names = [key.split(".", 1)[1] for key in self.library.parameters]
            self._problem("parameter", f"There is no parameter {value}.", nearest(value[1:], names))
            return 0
        self.parameters.add(name)
        return found

    def _problem(self, code: str, text: str, near: str = "") -> None:
        self.problems.append(Problem(code, text, self.place, nearest=near))
