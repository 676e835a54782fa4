"""Runs the examples that stand in the rules of a pack."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from partnerrules.checking import Checker
from partnerrules.checking.results import DRAWN, Result
from partnerrules.documents import Document, parse_document
from partnerrules.errors import PartnerRulesError, Problem, nearest
from partnerrules.findings import rank
from partnerrules.packs import Library
from partnerrules.packs.models import Rule
from partnerrules.packs.places import Fault, located

OUTCOMES = ("concern", "unknown", "sound", "not_applicable", "not_due")
_EXPECTED = ("outcome", "severity", "could_be", "because", "lowered_by", "part_of")

Found = dict[str, Any]
"""What a rule says of a subject, by the words that an example may expect."""


@dataclass
class Trials:
    """What came out of all examples of a pack."""

    number: int = 0
    problems: list[Problem] = field(default_factory=list)
    """One for each example that does not come out as it says."""
    shown: dict[str, set[str]] = field(default_factory=dict)
    """Rule to what its own examples show of it: outcomes, and keys of alternatives."""


def run_examples(library: Library, packs: Iterable[str] | None = None) -> Trials:
    """Run the examples of all rules, or of those of some packs."""
    trials, faults = Trials(), []
    with Checker(library.packs, engine="python") as checker:
        for rule_id, rule in sorted(library.rules.items()):
            if packs is not None and library.owners["rule"][rule_id] not in packs:
                continue
            shown = trials.shown.setdefault(rule_id, set())
            for number, example in enumerate(rule.examples):
                trials.number += 1
                for text in _Trial(checker, rule, example, shown).run():
                    keys = ("examples", number)
                    name = example.get("name", "this example")
                    path = library.rule_files[rule_id]
                    faults.append(Fault("example", path, keys, f"{name}: {text}"))
    trials.problems = located(faults)
    return trials


def example_document(example: Mapping[str, Any]) -> Document:
    """Return the case of an example as a document; raises DocumentError."""
    head = {"schema": "partnerrules.case/1", "case": "example", "assessed_on": "2026-06-30"}
    data = json.dumps({**head, **example.get("case", {})}).encode()
    return parse_document(data, path="example", format="json")


@dataclass
class _Trial:
    checker: Checker
    rule: Rule
    example: Mapping[str, Any]
    shown: set[str]

    def run(self) -> Iterator[str]:
        """Yield what does not come out as the example says."""
        for key in self.example.keys() - {"name", "case", "expect"}:
            yield f'the key "{key}" is not known in an example: name, case and expect are.'
        try:
            document = example_document(self.example)
            outcomes = self.checker.outcomes(self.checker.reader.parse(document))
        except PartnerRulesError as error:
            for problem in error.problems:
                hint = f' Did you mean "{problem.nearest}"?' if problem.nearest else ""
                yield f"case: {problem.key}: {problem.message}{hint}"
            return
        expect = self.example.get("expect")
        if isinstance(expect, str) or (isinstance(expect, dict) and "outcome" in expect):
            expect = {"": expect}
        if not isinstance(expect, dict) or not expect:
            yield "it expects nothing: say an outcome, or an outcome for each subject."
            return
        for key, wanted in expect.items():
            wanted = {"outcome": wanted} if isinstance(wanted, str) else wanted
            yield from self._compare(str(key), wanted, outcomes)

    def _compare(self, key: str, wanted: Any, outcomes: list[Result]) -> Iterator[str]:
        rule, subject = self._meant(key)
        wrong = list(_wrong(rule, wanted))
        if rule.kind not in DRAWN:
            wrong.append(f"{rule.id} is a {rule.kind}: name the rule whose outcome is expected.")
        about = [one for one in outcomes if one.rule.id == rule.id]
        if subject and not wrong and not any(one.subject == subject for one in about):
            known = [", ".join(one.subject) for one in about if one.subject]
            near = nearest(", ".join(subject), known)
            there = f"there are {'; '.join(known)}" if known else f"{rule.id} has none"
            hint = f' Did you mean "{near}"?' if near else ""
            wrong.append(f"there is no subject {', '.join(subject)}: {there}.{hint}")
        if wrong:
            yield from wrong
            return
        own = rule is self.rule
        found = [_told(one, own) for one in about if subject in ((), one.subject)]
        fitting = [one for one in found if all(one[k] == v for k, v in wanted.items())]
        if not fitting:
            yield f"expected {_said(key, wanted)}; found {' or '.join(map(_listed, found))}."
        for one in fitting if own else ():
            self.shown.add(one["outcome"])
            if one["outcome"] == "concern":
                self.shown.add(f"because {one['because']}")

    def _meant(self, key: str) -> tuple[Rule, tuple[str, ...]]:
        """Return the rule and the subject: a key names a subject, a rule, or both.

        A rule's own examples look at its own conditions: guards are tried in their own examples.
        """
        first, _, rest = key.partition(" ")
        rules = self.checker.library.rules
        rule, about = (rules[first], rest) if first in rules else (self.rule, key)
        return rule, tuple(about.split(", ")) if about else ()


def _wrong(rule: Rule, wanted: Any) -> Iterator[str]:
    if not isinstance(wanted, dict):
        yield "expected an outcome, or a mapping with `outcome`."
        return
    for name in wanted:
        if name not in _EXPECTED:
            hint = nearest(name, _EXPECTED)
            yield f'"{name}" cannot be expected.' + (f' Did you mean "{hint}"?' if hint else "")
    outcome = wanted.get("outcome", "concern")
    if outcome not in OUTCOMES:
        hint = nearest(str(outcome), OUTCOMES)
        yield f'"{outcome}" is no outcome.' + (f' Did you mean "{hint}"?' if hint else "")
    because = wanted.get("because")
    if because and because not in rule.concern:
        hint = nearest(str(because), rule.concern)
        yield f"{rule.id} has no {because}." + (f' Did you mean "{hint}"?' if hint else "")


def _told(one: Result, own: bool) -> Found:
    worse = rank(one.possible) > rank(one.certain)
    return {
        "outcome": one.own_outcome if own else one.outcome,
        "severity": one.standing.certain if own else one.certain,
        "could_be": one.possible if worse else None,
        "because": one.standing.decisive(one.standing.grade) if one.standing.certain else "",
        "lowered_by": one.lowered_by,
        "part_of": one.part_of,
    }


def _said(key: str, wanted: Found) -> str:
    return f"{key}: {_listed(wanted)}" if key else _listed(wanted)


def _listed(found: Found) -> str:
    return ", ".join(f"{name} {value}" for name, value in found.items() if value) or "nothing"
