"""Reading what stands in a condition: paths, tests, conclusions, with a problem for each slip."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from partnerrules.cases.values import NEVER, parse_date
from partnerrules.errors import nearest
from partnerrules.facts.conditions import Part, Verdict
from partnerrules.facts.leaves import About, Comparison, IsMember, Variable
from partnerrules.facts.operators import (
    ABOUT,
    OPERATORS,
    about,
    compare,
    fitting,
    negation,
)
from partnerrules.facts.paths import Path
from partnerrules.facts.vocabulary import DAY, Named
from partnerrules.packs.models import Fact

if TYPE_CHECKING:
    from partnerrules.facts.compiler import Compiler

_KNOWN = frozenset({"is", *OPERATORS})
Scope = Mapping[str, str]


class TestItem:
    """One test as it is written; those on one path are put together later."""

    def __init__(self, path: Path, fact: Fact, name: str, operand: Any) -> None:
        self.path = path
        self.fact = fact
        self.name = name
        self.operand = operand


Raw = tuple["Part | TestItem", ...]
Ways = list[Raw]


def together(parts: Iterable[Ways]) -> Ways:
    """Return the ways in which all parts hold, the first part changing last."""
    ways: Ways = [()]
    for part in parts:
        ways = [(*raw, *more) for raw in ways for more in part]
    return ways


def one_of(parts: Iterable[Ways]) -> Ways:
    """Return the ways in which one of the parts holds."""
    return [raw for ways in parts for raw in ways]


class Reading:
    """Reads for a compiler, which collects problems, parameters and what is read."""

    def __init__(self, compiler: Compiler) -> None:
        self.compiler = compiler
        self.library = compiler.library
        self.vocabulary = compiler.vocabulary
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
        if not isinstance(value, dict):
            return self._test(path, fact, "is", value, scope, negated, strict)
        ways = [self._test(path, fact, n, o, scope, negated, strict) for n, o in value.items()]
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
        place = (text, scope.get(text.partition(".")[0], ""))
        named = self.vocabulary.paths.get(place)
        if named is None:
            named = self._named(text, place[1])
            if named is None:
                return None
            self.vocabulary.paths[place] = named
        if named.read:
            self.compiler.facts[named.read] = named.by
        return named.path, named.fact

    def _named(self, text: str, entity: str) -> Named | None:
        words = text.split(".")
        if entity and len(words) in (2, 3):
            return self._of_member(text, entity, *words)
        if text == "assessed_on":
            return Named(Path("", text), DAY)
        known = self.library.fact(text) or self.vocabulary.measure(text)
        if known is None:
            near = nearest(text, self.library.paths)
            self.problem("unknown-fact", f"There is no fact {text}.", near)
            return None
        return Named(Path("", text), known, text, ("", text))

    def _of_member(
        self, text: str, entity: str, variable: str, name: str, behind: str = ""
    ) -> Named | None:
        facts = self.vocabulary.facts_of(entity)
        fact = facts.get(name)
        if fact is None:
            near = nearest(name, facts)
            self.problem("unknown-fact", f"A {entity} has no fact {name}.", near)
            return None
        read, by = f"{entity}.{name}", (variable, name)
        if not behind:
            return Named(Path(variable, name, entity), fact, read, by)
        target = self.library.entities[fact.to].facts if fact.type == "reference" else {}
        if behind not in target:
            self.compiler.facts[read] = by
            self.problem("path-too-far", f"{text} leads nowhere.", nearest(behind, target))
            return None
        return Named(Path(variable, behind, entity, name, fact.to), target[behind], read, by)

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
        if name not in _KNOWN:
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
            return operand
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
