"""Rules and dimensions that are named on the command line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from partnerrules.cli.output import say
from partnerrules.errors import Problem, SettingError, nearest


def rule_named(name: str, library: Any) -> str | None:
    """Return the id of the rule that has a name, or had it once: then it is told on stderr."""
    found = str(library.rule_id(name))
    if found not in library.rules:
        return None
    if found != name:
        say(f"Note: {name} is called {found} now.")
    return found


def unknown_rule(name: str, library: Any) -> click.UsageError:
    """Return the error that says what is not there, and what is nearest."""
    text, near = _unknown(name, library, "rule")
    return click.UsageError(text + (f' Did you mean "{near}"?' if near else ""))


def _unknown(name: str, library: Any, kinds: str) -> tuple[str, str]:
    valid = [*library.rules, *(library.dimensions if kinds != "rule" else ())]
    near = nearest(name, valid) or nearest(name.upper(), valid)
    hint = "" if near else " See `partnerrules rules list`."
    return f"There is no {kinds} {name}.{hint}", near


def rules_chosen(select: Iterable[str], ignore: Iterable[str], library: Any) -> frozenset[str]:
    """Return the ids of the rules that are shown and gated; raises SettingError."""
    problems: list[Problem] = []
    wanted = _rules(select, library, "unknown-select", problems)
    unwanted = _rules(ignore, library, "unknown-ignore", problems)
    if problems:
        raise SettingError(problems)
    return (wanted or frozenset(library.rules)) - unwanted


def _rules(
    names: Iterable[str], library: Any, code: str, problems: list[Problem]
) -> frozenset[str]:
    found: set[str] = set()
    for name in names:
        if name in library.dimensions:
            found |= {key for key, rule in library.rules.items() if rule.dimension == name}
        elif rule := rule_named(name, library):
            found.add(rule)
        else:
            text, near = _unknown(name, library, "rule or dimension")
            problems.append(Problem(code, text, key=name, nearest=near))
    return frozenset(found)
