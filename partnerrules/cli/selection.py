"""Rules and dimensions that are named on the command line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from partnerrules.cli.output import say
from partnerrules.errors import nearest


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
