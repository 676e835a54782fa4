"""What of a report is shown: rules and dimensions that were chosen, levels from one on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from partnerrules.cli.output import say
from partnerrules.errors import nearest
from partnerrules.findings import Finding, Report, rank


def rule_named(name: str, library: Any) -> str | None:
    """Return the id of the rule that has a name, or had it once: then it is told on stderr."""
    found = str(library.rule_id(name))
    if found not in library.rules:
        return None
    if found != name:
        say(f"Note: {name} is called {found} now.")
    return found


def unknown_rule(name: str, library: Any, *, kinds: str = "rule") -> click.UsageError:
    """Return the error that says what is not there, and what is nearest."""
    valid = [*library.rules, *(library.dimensions if kinds != "rule" else ())]
    near = nearest(name, valid) or nearest(name.upper(), valid)
    hint = f' Did you mean "{near}"?' if near else " See `partnerrules rules list`."
    return click.UsageError(f"There is no {kinds} {name}.{hint}")


def rules_chosen(select: Iterable[str], ignore: Iterable[str], library: Any) -> frozenset[str]:
    """Return the ids of the rules that are shown and gated; raises UsageError."""
    wanted, unwanted = (_rules(names, library) for names in (select, ignore))
    return (wanted or frozenset(library.rules)) - unwanted


def _rules(names: Iterable[str], library: Any) -> frozenset[str]:
    found: set[str] = set()
    for name in names:
        if name in library.dimensions:
            found |= {key for key, rule in library.rules.items() if rule.dimension == name}
        elif rule := rule_named(name, library):
            found.add(rule)
        else:
            raise unknown_rule(name, library, kinds="rule or dimension")
    return frozenset(found)


def only(report: Report, rules: frozenset[str], library: Any) -> Report:
    """Return a report without what other rules said; nothing is evaluated anew."""
    if rules >= frozenset(library.rules):
        return report
    dimensions = {library.rules[rule].dimension for rule in rules}
    cases = (
        case._replace(verdicts=tuple(one for one in case.verdicts if one.dimension in dimensions))
        for case in report.cases
    )
    return report._replace(
        cases=tuple(cases),
        findings=tuple(one for one in report.findings if one.rule in rules),
        strengths=tuple(one for one in report.strengths if one.rule in rules),
        not_assessed=tuple(one for one in report.not_assessed if one.rule in rules),
        questions=tuple(one for one in report.questions if rules & {*one.would_decide}),
    )


def from_level(report: Report, level: str) -> Report:
    """Return a report without findings that neither have nor could have a level."""

    def high_enough(one: Finding) -> bool:
        return max(rank(one.severity), rank(one.could_be)) >= rank(level)

    return report._replace(findings=tuple(filter(high_enough, report.findings)))
