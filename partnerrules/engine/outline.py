"""What is known of a program before its conditions are compiled, kept beside the packs.

With it a rule that the engine has no part in is compiled condition by condition, as a case asks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from partnerrules.engine.jobs import JobPlan
from partnerrules.engine.strata import Reading
from partnerrules.facts.compiler import Waiting
from partnerrules.facts.conditions import Linked
from partnerrules.packs import Library, keep, kept, tool

if TYPE_CHECKING:
    from partnerrules.engine.compile import Program

_KIND = "outline"


class RuleOutline(NamedTuple):
    """What compiling a rule brings to light beside its conditions."""

    facts: Mapping[str, tuple[str, str]]
    parameters: frozenset[str]
    sound: bool
    """Whether another rule reads how sound this one is."""
    waiting: Waiting
    """Which of its conditions may wait until they are asked."""


class MeasureOutline(NamedTuple):
    """What compiling a measure brings to light."""

    facts: frozenset[str]
    waiting: Waiting


class Outline(NamedTuple):
    """What compiling packs brings to light beside the conditions."""

    rules: Mapping[str, RuleOutline]
    measures: Mapping[str, MeasureOutline]
    order: list[tuple[list[Reading], bool]]
    makers: dict[str, list[str]]


def kept_outline(library: Library) -> Outline | None:
    """Return the outline of packs that come from the cache folder, where it lies there too."""
    data = kept(_KIND, _key(library))
    return data and outline_of(data)


def keep_outline(program: Program) -> None:
    """Keep the outline of a program whose packs come from the cache folder."""
    keep(_KIND, _key(program.library), outline_data(program))


def _key(library: Library) -> str:
    said = "".join(pack.checked[0] for pack in library.packs) + tool("facts", "engine")
    return hashlib.sha256(said.encode()).hexdigest()


def outline_data(program: Program) -> dict[str, Any]:
    """Return the outline of a compiled program as data that JSON holds."""
    return {
        "rules": {
            name: [rule.facts, sorted(rule.parameters), rule.soundness_read, _waiting(rule.jobs)]
            for name, rule in program.rules.items()
        },
        "measures": {
            name: [sorted(facts), _waiting(program.measure_jobs[name])]
            for name, facts in program.measure_facts.items()
        },
        "order": program.order,
        "makers": program.makers,
    }


def _waiting(jobs: Sequence[JobPlan]) -> Waiting:
    """Return what may wait; a negation puts together conclusions, but no other members."""
    if not jobs:
        return "all"
    return "" if any(isinstance(one.node, Linked) for one in jobs) else "negations"


def outline_of(data: Mapping[str, Any]) -> Outline:
    """Return the outline of such data."""
    return Outline(
        {
            name: RuleOutline(
                {fact: (variable, key) for fact, (variable, key) in facts.items()},
                frozenset(parameters),
                sound,
                waiting,
            )
            for name, (facts, parameters, sound, waiting) in data["rules"].items()
        },
        {
            name: MeasureOutline(frozenset(facts), waiting)
            for name, (facts, waiting) in data["measures"].items()
        },
        [
            ([(kind, name) for kind, name in stratum], recursive)
            for stratum, recursive in data["order"]
        ],
        data["makers"],
    )
