"""All loaded packs taken together: one vocabulary, one set of rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from partnerrules.errors import PackError, Problem, nearest
from partnerrules.packs.models import (
    Entity,
    Fact,
    Group,
    Measure,
    PackFile,
    QuestionSet,
    Rule,
)


@dataclass(frozen=True)
class Pack:
    """One pack as its files say it."""

    file: PackFile
    sha256: str
    root: str
    groups: Mapping[str, Group]
    entities: Mapping[str, Entity]
    measures: Mapping[str, Measure]
    rules: Mapping[str, Rule]
    rule_files: Mapping[str, str]
    lessons: Mapping[str, Any] = field(default_factory=dict)
    sources: Mapping[str, Any] = field(default_factory=dict)
    sets: Mapping[str, QuestionSet] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The pack's id."""
        return self.file.id


class Library:
    """The packs of one run, merged; the order of the packs changes nothing."""

    def __init__(self, packs: Iterable[Pack], parameters: Mapping[str, Any] | None = None) -> None:
        self.packs = tuple(sorted(packs, key=lambda pack: pack.id))
        problems: list[Problem] = []
        self.entities: dict[str, Entity] = {}
        self.measures: dict[str, Measure] = {}
        self.rules: dict[str, Rule] = {}
        self.group_facts: dict[str, dict[str, Fact]] = {}
        self.rule_files: dict[str, str] = {}
        for pack in self.packs:
            for group_id, group in pack.groups.items():
                self.group_facts.setdefault(group_id, {}).update(group.facts)
            for mine, theirs in ((self.entities, pack.entities), (self.measures, pack.measures)):
                for key, value in theirs.items():
                    mine.setdefault(key, value)  # type: ignore[arg-type]
            for rule_id, rule in pack.rules.items():
                if rule_id in self.rules:
                    text = f"The id {rule_id} is used by {self.rule_files[rule_id]} too."
                    problems.append(Problem("clash", text, pack.rule_files[rule_id], key="id"))
                self.rules[rule_id] = rule
                self.rule_files[rule_id] = pack.rule_files[rule_id]
            for need in pack.file.requires:
                if need not in {other.id for other in self.packs}:
                    text = f"This pack requires {need}, which is not loaded."
                    problems.append(Problem("requires", text, pack.root, key="requires"))
        if problems:
            raise PackError(problems)
        self.parameters = self._parameters(parameters or {})

    def _parameters(self, changed: Mapping[str, Any]) -> dict[str, Any]:
        values = {
            f"{pack.id}.{name}": parameter.value
            for pack in self.packs
            for name, parameter in pack.file.parameters.items()
        }
        for name, value in changed.items():
            if name not in values:
                text = f"No loaded pack has a parameter {name}."
                raise PackError([Problem("parameter", text, nearest=nearest(name, values))])
            values[name] = value
        return values

    def parameter(self, name: str) -> tuple[str, Any]:
        """Return the full name and the value of `$name`; raises KeyError."""
        if name in self.parameters:
            return name, self.parameters[name]
        full = [key for key in self.parameters if key.split(".", 1)[1] == name]
        if len(full) != 1:
            raise KeyError(name)
        return full[0], self.parameters[full[0]]

    def basis(self, full_name: str) -> str:
        """Return the basis of a parameter."""
        pack_id, name = full_name.split(".", 1)
        return next(p.file.parameters[name].basis for p in self.packs if p.id == pack_id)

    @cached_property
    def stages(self) -> dict[str, Any]:
        """The stages in order, each with its condition."""
        return {name: cond for pack in self.packs for name, cond in pack.file.stages.items()}

    @cached_property
    def dimensions(self) -> dict[str, tuple[str, str]]:
        """Dimension to title and title of its area."""
        areas = {key: title for pack in self.packs for key, title in pack.file.areas.items()}
        return {
            key: (dimension.title, areas.get(dimension.area, dimension.area))
            for pack in self.packs
            for key, dimension in pack.file.dimensions.items()
        }

    @cached_property
    def stage_fact(self) -> str:
        """The fact that holds the stated stage, or nothing."""
        return next((p.file.stage_fact for p in self.packs if p.file.stage_fact), "")

    @cached_property
    def name_fact(self) -> str:
        """The fact that holds the name of what is described."""
        return next((p.file.name_fact for p in self.packs if p.file.name_fact), "")

    @cached_property
    def sets(self) -> dict[str, QuestionSet]:
        """Question sets by id."""
        return {key: value for pack in self.packs for key, value in pack.sets.items()}

    @cached_property
    def collections(self) -> dict[str, str]:
        """Collection path to entity."""
        return {e.collection: key for key, e in self.entities.items() if e.collection}

    def fact(self, path: str) -> Fact | None:
        """Return the fact of `group.name`, or None."""
        group, _, name = path.partition(".")
        return self.group_facts.get(group, {}).get(name)

    @cached_property
    def paths(self) -> set[str]:
        """All paths that a condition may name without a variable."""
        facts = {f"{g}.{f}" for g, facts in self.group_facts.items() for f in facts}
        return facts | {key for key, m in self.measures.items() if not m.per} | {"assessed_on"}
