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
from partnerrules.facts.conditions import Linked, Verdict
from partnerrules.packs import Library, keep, kept, tool

if TYPE_CHECKING:
    from partnerrules.engine.compile import Program

_KIND = "outline"


class JobsOutline(NamedTuple):
    """What the engine has to do for a rule or a measure."""

    waiting: Waiting
    linked: tuple[tuple[Verdict, ...], ...]
    """The conclusions that are put together, in the order of the jobs."""


class RuleOutline(NamedTuple):
    """What compiling a rule brings to light beside its conditions."""

    facts: Mapping[str, tuple[str, str]]
    parameters: frozenset[str]
    sound: bool
    """Whether another rule reads how sound this one is."""
    jobs: JobsOutline


class MeasureOutline(NamedTuple):
    """What compiling a measure brings to light."""

    facts: frozenset[str]
    jobs: JobsOutline


class Outline(NamedTuple):
    """What compiling packs brings to light beside the conditions."""

    rules: Mapping[str, RuleOutline]
    measures: Mapping[str, MeasureOutline]
    order: list[tuple[list[Reading], bool]]
    makers: dict[str, list[str]]
    aims: dict[str, list[str]]
    """Guard to the ids of the rules that it is meant for."""


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
            name: [rule.facts, sorted(rule.parameters), rule.soundness_read, _jobs(rule.jobs)]
            for name, rule in program.rules.items()
        },
        "measures": {
            name: [sorted(facts), _jobs(program.measure_jobs[name])]
            for name, facts in program.measure_facts.items()
        },
        "order": program.order,
        "makers": program.makers,
        "aims": program.aims,
    }


def _jobs(jobs: Sequence[JobPlan]) -> tuple[Waiting, list[Any]]:
    nodes = [job.node for job in jobs if isinstance(job.node, Linked)]
    linked = [
        [(one.rule, one.subject, one.at_least, one.kind) for one in node.verdicts] for node in nodes
    ]
    # A negation puts together other conclusions, but looks for no other members.
    return "all" if len(linked) == len(jobs) else "negations", linked


def outline_of(data: Mapping[str, Any]) -> Outline:
    """Return the outline of such data."""
    return Outline(
        {
            name: RuleOutline(
                {fact: (variable, key) for fact, (variable, key) in facts.items()},
                frozenset(parameters),
                sound,
                _jobs_of(jobs),
            )
            for name, (facts, parameters, sound, jobs) in data["rules"].items()
        },
        {
            name: MeasureOutline(frozenset(facts), _jobs_of(jobs))
            for name, (facts, jobs) in data["measures"].items()
        },
        [
            ([(kind, name) for kind, name in stratum], recursive)
            for stratum, recursive in data["order"]
        ],
        data["makers"],
        data["aims"],
    )


def _jobs_of(data: Any) -> JobsOutline:
    waiting, linked = data
    return JobsOutline(
        waiting,
        tuple(
            tuple(Verdict(rule, tuple(subject), *rest) for rule, subject, *rest in verdicts)
            for verdicts in linked
        ),
    )
