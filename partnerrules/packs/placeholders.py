"""Whether the placeholders in the sentences of a rule lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from partnerrules.errors import nearest
from partnerrules.packs.builtin import ANSWER, FOR_THE_TEAM
from partnerrules.packs.models import Advice, Rule
from partnerrules.packs.names import Names
from partnerrules.packs.places import Fault
from partnerrules.packs.walk import Keys, walk

PLACE = re.compile(r"\{([^{}]*)\}")
"""What stands in a sentence for something of the case; also where nothing is named in it."""


def placeholder_faults(names: Names, rule: Rule, path: str) -> Iterator[Fault]:
    """Yield every placeholder that would be printed as it stands."""
    looked: set[str] | None = None
    for keys, text in texts(rule):
        if "{" not in text and "}" not in text:
            continue
        if looked is None:
            looked = looked_for(rule)
        for match in PLACE.finditer(text):
            fault = _fault(names, rule, match[1], path, keys, looked)
            if fault is not None:
                yield fault
        if "{" in (rest := PLACE.sub("", text)) or "}" in rest:
            yield Fault("lone-brace", path, keys, "A brace stands alone: a placeholder is {...}.")


def texts(rule: Rule) -> Iterator[tuple[Keys, str]]:
    """Yield every sentence of a rule that is printed, with its key."""
    for key, one in rule.concern.items():
        yield ("concern", key, "says"), one.says
        yield from _by_stage(("concern", key, "remediation"), one.remediation)
    for name in ("title", "open", "sound", "why", "note"):
        if text := getattr(rule, name):
            yield (name,), text
    yield from _by_stage(("remediation",), rule.remediation)


def advice_of(rule: Rule) -> Iterator[tuple[Keys, Mapping[str, Advice]]]:
    """Yield the advice of a rule, and that of its alternatives, by stage, with its key."""
    yield ("remediation",), rule.remediation
    for key, one in rule.concern.items():
        yield ("concern", key, "remediation"), one.remediation


def _by_stage(keys: Keys, found: Mapping[str, Advice]) -> Iterator[tuple[Keys, str]]:
    for stage, advice in found.items():
        alone = advice.said == {"says"}
        yield (*keys, stage) if alone else (*keys, stage, "says"), advice.says
        for number, step in enumerate(advice.steps):
            yield (*keys, stage, "steps", number), step
        for who in advice.roles:
            yield (*keys, stage, "who"), who


def looked_for(rule: Rule) -> set[str]:
    """Return the variables of members that the conditions of a rule look for."""
    conditions = [rule.applies, rule.given, *(one.when for one in rule.concern.values())]
    items = (item for one in conditions for item in walk(one, (), rule.for_each))
    return {name for item in items if item.kind == "quantifier" for name in item.value}


def _fault(
    names: Names, rule: Rule, inner: str, path: str, keys: Keys, looked: set[str]
) -> Fault | None:
    if keys[0] in ("title", "why", "note"):
        text = f"{{{inner}}} would be printed as it stands: a {keys[0]} has no placeholders."
        return Fault("no-placeholders-here", path, keys, text)
    if inner.startswith("names "):
        variable = inner[6:].strip()
        if variable in looked:
            return None
        text = f"{{{inner}}} leads nowhere: no condition looks for {variable}."
        return Fault("unknown-placeholder", path, keys, text, _braced("names ", variable, looked))
    if inner.startswith("$"):
        fault = next(names.parameter(inner[1:], path, keys), None)
        if fault is None:
            return None
        near = f"{{${fault.nearest}}}" if fault.nearest else ""
        return Fault("unknown-placeholder", path, keys, f"{{{inner}}} leads nowhere.", near)
    if inner in rule.for_each:
        return None
    head, _, name = inner.partition(".")
    if rule.for_each.get(head) == ANSWER and name in FOR_THE_TEAM:
        text = f"{{{inner}}} is for the team alone, and this sentence for every reader."
        return Fault("placeholder-for-team", path, keys, text)
    _, fault = names.path(inner, rule.for_each, path, keys)
    if fault is None and inner.count(".") == 1:
        return None
    if fault is not None and fault.code == "not-required":
        return fault
    known = [*rule.for_each, *names.library.paths]
    known += [f"{v}.{name}" for v, entity in rule.for_each.items() for name in names.facts(entity)]
    near = _braced("", inner, known)
    return Fault("unknown-placeholder", path, keys, f"{{{inner}}} leads nowhere.", near)


def _braced(before: str, word: str, known: Any) -> str:
    near = nearest(word, known)
    return f"{{{before}{near}}}" if near else ""
