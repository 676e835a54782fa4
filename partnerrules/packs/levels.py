"""Whether the levels of a rule nest: a lower one states the weaker condition.

A lower alternative denies a higher one where both ask the same thing and no answer passes both,
and where either the lower one is bounded on both sides there (a band, as in 4 to 7 and 8 or more)
or the two differ in nothing else. To look for members and find none is to ask how many there are:
it denies what asks for one that is among them, whatever else is asked of that one. It is no denial
where another alternative of the same level as the lower one follows from the higher one: then that
is the weaker condition.
"""

from __future__ import annotations

from collections.abc import Iterator

from partnerrules.findings import rank
from partnerrules.packs.asked import AskedOf
from partnerrules.packs.asking import AskedReader
from partnerrules.packs.models import Rule
from partnerrules.packs.names import Names
from partnerrules.packs.places import Fault


def level_faults(names: Names, rule: Rule, path: str) -> Iterator[Fault]:
    """Yield each lower alternative that denies a higher one."""
    if len({one.level for one in rule.concern.values()}) < 2:
        return
    reader = AskedReader(names.library, rule)
    asked = {key: reader.read([rule.given, one.when]) for key, one in rule.concern.items()}
    for low_key, low in rule.concern.items():
        for high_key, high in rule.concern.items():
            if rank(low.level) >= rank(high.level):
                continue
            name = _denied(asked[low_key], asked[high_key], reader)
            weaker = (asked[key] for key, one in rule.concern.items() if one.level == low.level)
            if name and not any(asked[high_key].inside(one) for one in weaker):
                text = (
                    f"The levels do not nest: {low_key} ({low.level}) denies {high_key}"
                    f" ({high.level}) on {name}. State the weaker condition on the lower level,"
                    " such as at_least without an upper end; the worst that holds counts."
                )
                yield Fault("levels-do-not-nest", path, ("concern", low_key), text)


def _denied(low: AskedOf, high: AskedOf, reader: AskedReader) -> str:
    for name, theirs in low.apart(high):
        if low.without(name) == high.without(theirs) or _band(name, low, reader):
            members = low.members.get(name)
            if members is None:
                return name.split(" {", 1)[0]
            return f"how many {' and '.join(members.entities)} members fit"
    return ""


def _band(name: str, low: AskedOf, reader: AskedReader) -> bool:
    """Say whether what is asked is bounded on both sides; a number of members begins at 0."""
    asked = low.of[name]
    if asked.words is None:
        return asked.bounded or (name in low.members and asked.high[0] < float("inf"))
    fact = reader.fact(name)
    order = list(fact.choices) if fact and fact.ordered else []
    return bool(order) and order[0] not in asked.words and order[-1] not in asked.words
