"""Runs the examples that stand in the rules of a pack."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, Protocol

from partnerrules.cases import Case, CaseReader
from partnerrules.checking import Checker
from partnerrules.checking.grounds import Grounds
from partnerrules.checking.results import DRAWN, Result
from partnerrules.documents import Document, parse_document
from partnerrules.errors import PartnerRulesError, Problem, nearest
from partnerrules.findings import rank
from partnerrules.packs import Library
from partnerrules.packs.models import Rule
from partnerrules.packs.places import Fault, located

OUTCOMES = ("concern", "unknown", "sound", "not_applicable", "not_due")
_EXPECTED = ("outcome", "severity", "could_be", "because", "lowered_by", "part_of", "proof")

Found = dict[str, Any]
"""What a rule says of a subject, by the words that an example may expect."""


@dataclass
class Trials:
    """What came out of all examples of a pack."""

    number: int = 0
    """How many examples were run, those of rules that were not wanted left out."""
    engines: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    """One for each thing in which an example does not come out as it says."""
    shown: dict[str, set[str]] = field(default_factory=dict)
    """Rule to what its own examples show of it: outcomes, and keys of alternatives."""
    rows: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    """Rule, name of the example, and what came out otherwise, in the order of rules and files."""


def run_examples(
    library: Library,
    packs: Iterable[str] | None = None,
    *,
    engines: Sequence[str] = ("python",),
    only: Callable[[Rule], bool] = lambda rule: True,
) -> Trials:
    """Run the examples of all rules, or of some: of those of some packs, of those wanted."""
    trials, faults = Trials(engines=tuple(engines)), []
    with ExitStack() as stack:
        checkers = [
            stack.enter_context(Checker(library.packs, engine=engine)) for engine in engines
        ]
        for rule_id, rule in sorted(library.rules.items()):
            away = packs is not None and library.owners["rule"][rule_id] not in packs
            if away or not only(rule):
                continue
            shown = trials.shown.setdefault(rule_id, set())
            for number, example in enumerate(rule.examples):
                trials.number += 1
                name = str(example.get("name", "this example"))
                wrong = tuple(_otherwise(checkers, rule, example, shown))
                trials.rows.append((rule_id, name, wrong))
                path, keys = library.rule_files[rule_id], ("examples", number)
                faults += [
                    Fault("example-differs", path, keys, f"{name}: {text}") for text in wrong
                ]
    trials.problems = located(faults)
    return trials


def _otherwise(
    checkers: Sequence[Checker], rule: Rule, example: Mapping[str, Any], shown: set[str]
) -> Iterator[str]:
    """Yield what does not come out as an example says; of a second engine what it adds."""
    told: set[str] = set()
    for checker in checkers:
        for text in Trial(checker, rule, example, shown).run():
            if text not in told:
                told.add(text)
                yield text if checker is checkers[0] else f"by {checker.engine.name}: {text}"


def example_document(example: Mapping[str, Any]) -> Document:
    """Return the case of an example as a document; raises DocumentError."""
    head = {"schema": "partnerrules.case/1", "case": "example", "assessed_on": "2026-06-30"}
    data = json.dumps({**head, **example.get("case", {})}).encode()
    return parse_document(data, path="example", format="json")


class Judge(Protocol):
    """What examples are tried on: the rules of a library, compiled."""

    @property
    def library(self) -> Library:
        """Return the rules with their vocabulary."""
        ...

    @property
    def reader(self) -> CaseReader:
        """Return what reads cases by that vocabulary."""
        ...

    def grounds(self, case: Case) -> Grounds:
        """Return what every rule says of every subject, with what it rests on."""
        ...


@dataclass
class Trial:
    """One example of a rule, to be tried."""

    judge: Judge
    rule: Rule
    example: Mapping[str, Any]
    shown: set[str]
    """What is shown by the example of its rule is added: outcomes, and keys of alternatives."""

    def run(self) -> Iterator[str]:
        """Yield what does not come out as the example says."""
        for key in self.example.keys() - {"name", "case", "expect"}:
            yield f'the key "{key}" is not known in an example: name, case and expect are.'
        try:
            case = self.judge.reader.parse(example_document(self.example))
            grounds = self.judge.grounds(case)
        except PartnerRulesError as error:
            for problem in error.problems:
                hint = f' Did you mean "{problem.nearest}"?' if problem.nearest else ""
                yield f"case: {problem.key}: {problem.message}{hint}"
            return
        yield from self.compare(grounds)

    def compare(self, grounds: Grounds) -> Iterator[str]:
        """Yield where outcomes differ from what the example expects."""
        expect = self.example.get("expect")
        if isinstance(expect, str) or (isinstance(expect, dict) and "outcome" in expect):
            expect = {"": expect}
        if not isinstance(expect, dict) or not expect:
            yield "it expects nothing: say an outcome, or an outcome for each subject."
            return
        wrong = False
        for key, wanted in expect.items():
            wanted = {"outcome": wanted} if isinstance(wanted, str) else wanted
            for text in self._compare(str(key), wanted, grounds):
                wrong = True
                yield text
        about = {self._meant(str(key))[0].id for key in expect}
        if not wrong and self.rule.kind in DRAWN and self.rule.id not in about:
            yield f"it says nothing of {self.rule.id}: name an outcome of its own."

    def _compare(self, key: str, wanted: Any, grounds: Grounds) -> Iterator[str]:
        rule, subject = self._meant(key)
        wrong = list(_wrong(rule, wanted))
        if rule.kind not in DRAWN:
            wrong.append(f"{rule.id} is a {rule.kind}: name the rule whose outcome is expected.")
        about = [one for one in grounds.found.values() if one.rule.id == rule.id]
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
        proof = set(wanted.get("proof", ()))
        wanted = {name: value for name, value in wanted.items() if name != "proof"}
        meant = [one for one in about if subject in ((), one.subject)]
        told = [(one, _told(one, own)) for one in meant]
        fitting = [(one, f) for one, f in told if all(f[k] == v for k, v in wanted.items())]
        if not fitting:
            listed = " or ".join(_listed(found) for _, found in told)
            yield f"expected {_said(key, wanted)}; found {listed}."
        elif proof and not any(proof <= _names(grounds, one) for one, _ in fitting):
            missing = sorted(proof - _names(grounds, fitting[0][0]))
            yield f"it rests on other things than {', '.join(missing)}."
        for _, one in fitting if own else ():
            self.shown.add(one["outcome"])
            if one["outcome"] == "concern":
                self.shown.add(f"because {one['because']}")

    def _meant(self, key: str) -> tuple[Rule, tuple[str, ...]]:
        """Return the rule and the subject: a key names a subject, a rule, or both.

        A rule's own examples look at its own conditions: guards are tried in their own examples.
        """
        first, _, rest = key.partition(" ")
        rules = self.judge.library.rules
        rule, about = (rules[first], rest) if first in rules else (self.rule, key)
        return rule, tuple(about.split(", ")) if about else ()


def _wrong(rule: Rule, wanted: Any) -> Iterator[str]:
    if not isinstance(wanted, dict):
        yield "expected an outcome, or a mapping with `outcome`."
        return
    if not isinstance(wanted.get("proof", []), list):
        yield "`proof` is a list of the facts and rules that it rests on."
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
        "because": one.standing.decisive[one.standing.grade] if one.standing.certain else "",
        "lowered_by": one.lowered_by,
        "part_of": one.part_of,
    }


def _names(grounds: Grounds, result: Result) -> set[str]:
    """Return what a result rests on: facts and rules by name, with and without their subject."""
    found = set()
    for one in grounds.all_below(result):
        if one.kind != "absence":
            found |= {one.path, " ".join([one.path, ", ".join(one.subject)]).strip()}
    return found


def _said(key: str, wanted: Found) -> str:
    return f"{key}: {_listed(wanted)}" if key else _listed(wanted)


def _listed(found: Found) -> str:
    return ", ".join(f"{name} {value}" for name, value in found.items() if value) or "nothing"
