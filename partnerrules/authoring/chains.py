"""Which rules read each other's conclusions, at first hand or through facts that they derive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from partnerrules.packs import Library
from partnerrules.packs.models import Rule

Node = tuple[str, str]
Reads = Mapping[Node, set[Node]]
"""What each rule, derived fact and measure reads itself."""


def chained(reads: Reads) -> dict[str, list[str]]:
    """Return for each rule those that it chains from, sorted."""
    return {name: sorted(_first_rules(reads, name)) for kind, name in reads if kind == "rule"}


def _first_rules(reads: Reads, rule: str) -> set[str]:
    found: set[str] = set()
    seen: set[Node] = {("rule", rule)}
    ahead: list[Node] = [("rule", rule)]
    while ahead:
        for kind, name in reads.get(ahead.pop(), ()):
            if (kind, name) not in seen:
                seen.add((kind, name))
                if kind == "rule":
                    found.add(name)
                else:
                    ahead.append((kind, name))
    return found


def readers(chain: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Return for each rule that is chained from those that chain from it, sorted."""
    found: dict[str, list[str]] = {}
    for name in sorted(chain):
        for read in chain[name]:
            found.setdefault(read, []).append(name)
    return found


def all_below(chain: Mapping[str, Iterable[str]], rules: Iterable[str]) -> set[str]:
    """Return rules with all that they chain from, however far."""
    found: set[str] = set()
    ahead = list(rules)
    while ahead:
        rule = ahead.pop()
        if rule not in found:
            found.add(rule)
            ahead.extend(chain.get(rule, ()))
    return found


def acted_on(library: Library, rule: Rule) -> Iterator[str]:
    """Yield the rules whose findings a compound, a subsuming rule or a guard changes."""
    yield from (one.rule for one in (*rule.parts, *rule.raises))
    yield from rule.subsumes.rules if rule.subsumes else ()
    if rule.target is not None:
        yield from (name for name, one in library.rules.items() if rule.target.means(one))
