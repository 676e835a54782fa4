"""Reading what stands in a condition: paths, tests, conclusions, with a problem for each slip."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from partnerrules.cases.values import NEVER, parse_date
from partnerrules.errors import nearest
from partnerrules.facts.conditions import Part, Verdict
from partnerrules.facts.leaves import About, Comparison, IsMember, Variable
from partnerrules.facts.operators import (
    ABOUT,
    COUNT,
    OPERATORS,
    about,
    compare,
    fitting,
    negation,
)
from partnerrules.facts.paths import Path
from partnerrules.packs.models import Fact

if TYPE_CHECKING:
    from partnerrules.facts.compiler import Compiler

NAME = Fact(type="text")
DAY = Fact(type="date")
Scope = Mapping[str, str]


@dataclass(frozen=True, eq=False)
class TestItem:
    """One test as it is written; those on one path are put together later."""

    path: Path
    fact: Fact
    name: str
    operand: Any


Raw = tuple["Part | TestItem", ...]
Ways = list[Raw]


def together(parts: Iterable[Ways]) -> Ways:
    """Return the ways in which all parts hold, the first part changing last."""
    return [tuple(p for raw in chosen for p in raw) for chosen in product(*parts)]


def one_of(parts: Iterable[Ways]) -> Ways:
    """Return the ways in which one of the parts holds."""
    return [raw for ways in parts for raw in ways]


class Reading:
    """Reads for a compiler, which collects problems, parameters and what is read."""

    def __init__(self, compiler: Compiler) -> None:
        self.compiler = compiler
        self.library = compiler.library
        self.problem = compiler.problem

    def verdict(
        self, kind: str, value: Any, scope: Scope, negated: bool, strict: bool
    ) -> Verdict | None:
        """Read another rule's conclusion."""
        if isinstance(value, str):
            value = {"rule": value}
        rule = str(value.get("rule", ""))
        if rule not in self.library.rules:
            self.problem(
                "unknown-rule", f"There is no rule {rule}.", nearest(rule, self.library.rules)
            )
            return None
        raw = value.get("subject", [])
        subject = tuple([raw] if isinstance(raw, str) else raw)
        wanted = self.library.rules[rule].for_each
        if len(subject) != len(wanted):
            self.problem(
                "wrong-subject", f"{rule} has {len(wanted)} subject(s), {len(subject)} given."
            )
            return None
        for name in subject:
            if name not in scope:
                self.problem(
                    "unknown-variable", f"There is no variable {name}.", nearest(name, scope)
                )
                return None
        if kind == "sound":
            self.compiler.sound.add(rule)
        self.compiler.reads_of("rule", rule, strict or negated or kind == "sound")
        return Verdict(rule, subject, str(value.get("at_least", "low")), kind, negated)

    def tests(self, key: str, value: Any, scope: Scope, negated: bool, strict: bool) -> Ways:
        """Read all tests on one path; of several, negated, one must not pass."""
        if key in scope:
            return [(self._is_member(key, value, scope, negated),)]
        found = self.path(key, scope)
        if found is None:
            return [()]
        path, fact = found
        written = value.items() if isinstance(value, dict) else [("is", value)]
        ways = [self._test(path, fact, n, o, scope, negated, strict) for n, o in written]
        return one_of(ways) if negated else together(ways)

    def _is_member(self, variable: str, value: Any, scope: Scope, negated: bool) -> Part:
        other = isinstance(value, dict)
        ids = value.get("is_not", []) if isinstance(value, dict) else value
        names = frozenset([ids] if isinstance(ids, str) else ids)
        self._known_ids(scope[variable], names)
        return IsMember(variable, names, other != negated)

    def _known_ids(self, entity: str, ids: Iterable[str]) -> None:
        members = self.library.entities[entity].members
        for name in ids:
            if members and name not in members:
                text = f"There is no {entity} {name}."
                self.problem("unknown-member", text, nearest(str(name), members))
            elif not members:
                text = f"{name} is no variable here, and a pack does not know the ids of a case."
                self.problem("member-of-cases", text)

    def path(self, text: str, scope: Scope) -> tuple[Path, Fact] | None:
        """Resolve a path; a problem is noted where it leads nowhere."""
        words = text.split(".")
        library = self.library
        if words[0] in scope and len(words) in (2, 3):
            entity = scope[words[0]]
            facts = {"name": NAME, **library.entities[entity].facts} | self._measures_of(entity)
            fact = facts.get(words[1])
            if fact is None:
                near = nearest(words[1], facts)
                self.problem("unknown-fact", f"A {entity} has no fact {words[1]}.", near)
                return None
            self.compiler.facts[f"{entity}.{words[1]}"] = (words[0], words[1])
            if len(words) == 2:
                return Path(words[0], words[1], entity), fact
            target = library.entities[fact.to].facts if fact.type == "reference" else {}
            if words[2] not in target:
                self.problem("path-too-far", f"{text} leads nowhere.", nearest(words[2], target))
                return None
            return Path(words[0], words[2], entity, words[1], fact.to), target[words[2]]
        if text == "assessed_on":
            return Path("", text), DAY
        known = library.fact(text) or self._measure(text)
        if known is None:
            self.problem("unknown-fact", f"There is no fact {text}.", nearest(text, library.paths))
            return None
        self.compiler.facts[text] = ("", text)
        return Path("", text), known

    def _measure(self, name: str) -> Fact | None:
        measure = self.library.measures.get(name)
        if measure is None:
            return None
        counts = (measure.count, measure.count_values, measure.size, measure.points)
        if any(one is not None for one in counts):
            return COUNT
        return Fact(type="share" if measure.share is not None else "number")

    def _measures_of(self, entity: str) -> dict[str, Fact]:
        return {
            name.partition(".")[2]: self._measure(name) or COUNT
            for name, measure in self.library.measures.items()
            if entity in measure.per.values() and name.startswith(f"{entity}.")
        }

    def read(self, path: Path, grows: bool) -> None:
        """Note that an answer is read; `grows` where more in it only makes the reading truer."""
        name = path.name if not path.variable else f"{path.target or path.entity}.{path.name}"
        self.compiler.reads_of("fact", name, not grows)
        if path.through:
            self.compiler.reads_of("fact", f"{path.entity}.{path.through}", True)

    def _test(
        self,
        path: Path,
        fact: Fact,
        name: str,
        operand: Any,
        scope: Scope,
        negated: bool,
        strict: bool,
    ) -> Ways:
        if name not in ("is", *OPERATORS):
            text = f"The operator {name} is not known."
            self.problem("unknown-operator", text, nearest(name, OPERATORS))
            return [()]
        if name in ABOUT:
            self.read(path, False)
            return [(About(path, about(name, operand), negated, name == "answer"),)]
        other = self._other(fact, name, operand, scope)
        if other is not None:
            self.read(path, False)
            if other == "":
                return [()]
            right = self.path(other, scope)
            if right is None:
                return [()]
            self.read(right[0], False)
            return [(Comparison(path, right[0], compare(name, fact), negated),)]
        constant = self._operand(fact, name, operand, scope)
        if constant is None:
            return [()]
        choices = negation(name, constant) if negated else [(name, constant)]
        self.read(path, not strict and all(n in ("has", "has_any", "has_all") for n, _ in choices))
        return [(TestItem(path, fact, *choice),) for choice in choices]

    def _other(self, fact: Fact, name: str, operand: Any, scope: Scope) -> str | None:
        """Return the path of another answer that this one is compared with, if it is one."""
        if name == "same_as":
            return str(operand)
        if not isinstance(operand, str) or operand.startswith("$"):
            return None
        if fact.type == "choice" and "." in operand and operand not in fact.choices:
            return operand
        if fact.type in ("number", "share", "count"):
            return operand
        if fact.type == "reference":
            return operand if "." in operand and operand not in scope else None
        if fact.type == "date" and operand != NEVER and parse_date(operand) is None:
            return operand if name in fitting(fact) and name not in _MONTHS else None
        return None

    def _operand(self, fact: Fact, name: str, operand: Any, scope: Scope) -> Any:
        """Return the operand as tests take it, or None where it does not fit the fact."""
        operand = self.constant(operand)
        fits = fitting(fact)
        if name not in fits:
            text = f"The operator {name} does not fit a fact of the type {fact.type}."
            self.problem("operator-does-not-fit", text, nearest(name, fits))
            return None
        values = operand if isinstance(operand, list) else [operand]
        if fact.type == "yes_no":
            said = [{"yes": True, "no": False}.get(value, value) for value in values]
            return said if isinstance(operand, list) else said[0]
        if fact.type in ("choice", "choices") and name != "size":
            for value in values:
                if value not in fact.choices:
                    near = nearest(str(value), fact.choices)
                    self.problem("unknown-choice", f"{value} is none of the choices.", near)
                    return None
        if fact.type in ("reference", "references") and name != "size":
            self._known_ids(fact.to, [one for one in values if one not in scope])
            bound = [Variable(one) if one in scope else one for one in values]
            return bound if isinstance(operand, list) else bound[0]
        if fact.type == "date" and name not in _MONTHS:
            days = [one if one == NEVER else parse_date(one) or one for one in values]
            return days if isinstance(operand, list) else days[0]
        return self._numeric(fact, name, operand)

    def _numeric(self, fact: Fact, name: str, operand: Any) -> Any:
        parts = operand.values() if isinstance(operand, dict) else operand
        numbers = parts if not isinstance(parts, (str, int, float)) else [parts]
        wanted = fact.type in ("number", "share", "count") or name == "size" or name in _MONTHS
        if wanted and not all(isinstance(n, (int, float)) and n is not True for n in numbers):
            self.problem("wrong-value", f"{name} takes a number, not {operand!r}.")
            return None
        return operand

    def constant(self, value: Any) -> Any:
        """Return a constant with the values of its parameters."""
        if isinstance(value, dict):
            return {key: self.constant(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self.constant(one) for one in value]
        if not isinstance(value, str) or not value.startswith("$"):
            return value
        try:
            name, found = self.library.parameter(value[1:])
        except KeyError:
            names = [key.split(".", 1)[1] for key in self.library.parameters]
            self.problem(
                "unknown-parameter", f"There is no parameter {value}.", nearest(value[1:], names)
            )
            return 0
        self.compiler.parameters.add(name)
        return found


_MONTHS = ("older_than", "within_past", "within_next")
