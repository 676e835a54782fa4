"""Whether a rule says what its kind needs, and nothing that belongs to another kind."""

from __future__ import annotations

from collections.abc import Iterator

from partnerrules.packs.models import Rule
from partnerrules.packs.places import Fault

_ANY = {
    "id", "name", "title", "kind", "dimension", "lessons", "sources", "for_each", "unordered",
    "applies", "why", "was", "tags", "examples",
}  # fmt: skip
_LEVELS = {
    "decides", "due", "given", "concern", "open", "sound", "remediation", "harm", "limit",
    "non_waivable",
}  # fmt: skip
_ACTS = ("lower", "cap", "not_due", "drop")
_MAY = {
    "check": _ANY | _LEVELS,
    "compound": _ANY | _LEVELS | {"parts", "raises"},
    "subsume": _ANY | _LEVELS | {"subsumes", "parts"},
    "derive": _ANY | {"derive", "when"},
    "guard": _ANY | {"when", "target", "note", *_ACTS},
}
_MUST: dict[str, list[tuple[str, ...]]] = {
    "check": [("concern",)],
    "compound": [("concern",), ("parts", "raises")],
    "subsume": [("concern",), ("subsumes",)],
    "derive": [("derive",)],
    "guard": [("when",), ("target",), _ACTS],
}


def kind_faults(rule: Rule, path: str) -> Iterator[Fault]:
    """Yield each key of another kind, and each thing that the kind needs and that is missing."""
    said = {name for name in rule.said if getattr(rule, name) not in (None, {}, [], "")}
    for name in sorted(rule.said - _MAY[rule.kind]):
        kinds = [kind for kind, may in _MAY.items() if name in may]
        text = f"{name} belongs to a {' or a '.join(kinds)}, and this is a {rule.kind}."
        yield Fault("key-of-other-kind", path, (name,), text)
    for one in _MUST[rule.kind]:
        if not said & set(one):
            yield Fault(
                "missing-for-kind", path, ("kind",), f"A {rule.kind} needs {' or '.join(one)}."
            )
    if rule.kind == "guard":
        yield from _guard(rule, path)
    if rule.derive is not None:
        yield from _derive(rule, path)
    for number, part in enumerate(rule.parts):
        if {"to", "at_least"} & part.said:
            text = "A part is told under its compound and keeps its level: that belongs to raises."
            yield Fault("key-of-other-kind", path, ("parts", number), text)
    for number, part in enumerate(rule.raises):
        if "at_least" in part.said:
            text = "at_least says nothing in raises: `to` is the level that it is raised to."
            yield Fault("key-of-other-kind", path, ("raises", number, "at_least"), text)


def _guard(rule: Rule, path: str) -> Iterator[Fault]:
    acts = [name for name in _ACTS if getattr(rule, name)]
    if len(acts) > 1:
        text = f"A guard does one thing, this does {' and '.join(acts)}: make two guards."
        yield Fault("guard-acts", path, (acts[1],), text)
    if rule.lower not in (0, 1):
        yield Fault("guard-acts", path, ("lower",), "A guard lowers by 1.")
    if rule.cap == "high":
        yield Fault("guard-acts", path, ("cap",), "A cap is medium or low: high caps nothing.")
    target = rule.target
    if target is not None and not (target.rules or target.dimensions or target.due):
        text = "A guard needs a target: rules, dimensions or due."
        yield Fault("guard-target", path, ("target",), text)


def _derive(rule: Rule, path: str) -> Iterator[Fault]:
    derive = rule.derive
    assert derive is not None
    if (derive.add is None) == (not derive.first_of):
        text = "Say either first_of, for one value, or add, for a value of a set."
        yield Fault("derive-form", path, ("derive",), text)
    if derive.add is not None and derive.otherwise is not None:
        text = "otherwise goes with first_of: a set that nothing is added to is empty."
        yield Fault("derive-form", path, ("derive", "otherwise"), text)
    if derive.first_of and derive.when:
        text = "when goes with add: with first_of each value has its own."
        yield Fault("derive-form", path, ("derive", "when"), text)
