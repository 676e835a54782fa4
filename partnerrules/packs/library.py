"""All loaded packs taken together: one vocabulary, one set of rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from partnerrules.errors import PackError, Problem, SettingError, nearest
from partnerrules.findings import Change
from partnerrules.packs.builtin import ANSWER, ENTITY, reads_answers
from partnerrules.packs.making import NO_KEYS
from partnerrules.packs.material import Asked, Lesson, Profile, Question, QuestionSet, Source
from partnerrules.packs.models import Entity, Fact, Group, Measure, PackFile, Parameter, Rule
from partnerrules.packs.places import Fault, located
from partnerrules.packs.reach import reach
from partnerrules.packs.sets import nowhere, settled
from partnerrules.packs.thresholds import misfit


class Pack(NamedTuple):
    """One pack as its files say it."""

    file: PackFile
    sha256: str
    root: str
    groups: Mapping[str, Group]
    entities: Mapping[str, Entity]
    measures: Mapping[str, Measure]
    rules: Mapping[str, Rule]
    rule_files: Mapping[str, str]
    lessons: Mapping[str, Lesson] = NO_KEYS
    sources: Mapping[str, Source] = NO_KEYS
    sets: Mapping[str, QuestionSet] = NO_KEYS
    questions: Mapping[str, Question] = NO_KEYS
    profiles: Mapping[str, Profile] = NO_KEYS
    files: Mapping[str, Mapping[str, str]] = NO_KEYS
    """Where things stand: kind (group, entity, measure, question, set, profile), id, file."""
    profile: str = ""
    """The profile by which it was changed, with what that changed in it."""
    changes: tuple[Change, ...] = ()
    checked: tuple[str, int] = ("", 0)
    """Set where it was checked before: in which set of packs, and how many these are."""

    @property
    def id(self) -> str:
        """The pack's id."""
        return self.file.id

    def place(self, kind: str, name: str) -> str:
        """Return the file in which something of the pack stands."""
        if kind == "rule":
            return self.rule_files[name]
        single = {"lesson": "lessons.yaml", "source": "sources.yaml"}
        return self.files.get(kind, {}).get(name) or f"{self.root}/{single.get(kind, 'pack.yaml')}"


class Library:
    """The packs of one run, merged; the order of the packs changes nothing."""

    def __init__(self, packs: Iterable[Pack], parameters: Mapping[str, Any] | None = None) -> None:
        self.packs = tuple(sorted(packs, key=lambda pack: pack.id))
        self.owners: dict[str, dict[str, str]] = {}
        """Kind and name to the id of the pack that declares it; a fact is `group.fact`."""
        self.entities: dict[str, Entity] = {ANSWER: ENTITY}
        self.measures: dict[str, Measure] = {}
        self.rules: dict[str, Rule] = {}
        self.group_facts: dict[str, dict[str, Fact]] = {}
        self.rule_files: dict[str, str] = {}
        self.questions: dict[str, Question] = {}
        self.sets: dict[str, QuestionSet] = {}
        self.reach = reach({pack.id: pack.file.requires for pack in self.packs})
        """Pack to the packs that it may read: itself, and what it requires."""
        below_first = sorted(self.packs, key=lambda pack: len(self.reach[pack.id]))
        faults = [fault for pack in below_first for fault in self._merge(pack)]
        if faults:
            raise PackError(located(faults))
        self.parameters = self._parameters(parameters or {})

    def _merge(self, pack: Pack) -> Iterator[Fault]:
        for need in pack.file.requires:
            if need not in {other.id for other in self.packs}:
                text = f"This pack requires {need}, which is not loaded."
                yield Fault("pack-not-loaded", pack.place("pack", ""), ("requires",), text)
        kinds: dict[str, tuple[Mapping[str, Any], dict[str, Any], str]] = {
            "measure": (pack.measures, self.measures, "measures"),
            "rule": (pack.rules, self.rules, ""),
            "dimension": (pack.file.dimensions, {}, "dimensions"),
            "area": (pack.file.areas, {}, "areas"),
            "stage": (pack.file.stages, {}, "stages"),
        }
        for kind, (found, merged, part) in kinds.items():
            for name, value in found.items():
                yield from self._own(pack, kind, name, (part, name) if part else ("id",))
                merged[name] = value
        self.rule_files.update(pack.rule_files)
        yield from self._asked(pack, "question", pack.questions, self.questions)
        yield from self._asked(pack, "set", pack.sets, self.sets)
        for name, group in pack.groups.items():
            if group.title or name not in self.group_facts:
                yield from self._own(pack, "group", name, ("groups", name))
            facts = self.group_facts.setdefault(name, {})
            yield from self._facts(pack, "group", name, group.facts)
            facts.update(group.facts)
        for name, entity in pack.entities.items():
            yield from self._entity(pack, name, entity)

    def _asked(
        self, pack: Pack, kind: str, found: Mapping[str, Asked], merged: dict[str, Asked]
    ) -> Iterator[Fault]:
        for name, one in found.items():
            if one.own:
                keys = ("questions", name) if kind == "question" else ("id",)
                yield from self._own(pack, kind, name, keys)
                merged[name] = one
                continue
            owner = self.owners.get(kind, {}).get(name)
            faults = list(nowhere(kind, name, owner, self.reach[pack.id], pack.place(kind, name)))
            yield from faults
            if not faults:
                merged[name] = merged[name].with_more(one)

    def _entity(self, pack: Pack, name: str, entity: Entity) -> Iterator[Fault]:
        here = self.entities.get(name)
        adds = not (entity.collection or entity.members)
        if not adds or here is None:
            yield from self._own(pack, "entity", name, ("entities", name))
        yield from self._facts(pack, "entity", name, entity.facts)
        if here is not None:
            whole, more = (here, entity) if adds else (entity, here)
            entity = whole.but(facts={**whole.facts, **more.facts})
        self.entities[name] = entity

    def _facts(
        self, pack: Pack, kind: str, owner: str, facts: Mapping[str, Fact]
    ) -> Iterator[Fault]:
        part = "groups" if kind == "group" else "entities"
        for name in facts:
            keys = (part, owner, "facts", name)
            yield from self._own(pack, "fact", f"{owner}.{name}", keys, (kind, owner))

    def _own(
        self,
        pack: Pack,
        kind: str,
        name: str,
        keys: tuple[str, ...],
        inside: tuple[str, str] | None = None,
    ) -> Iterator[Fault]:
        """Note whose something is; yield a problem where another pack has it too."""
        owner = self.owners.setdefault(kind, {}).setdefault(name, pack.id)
        if owner != pack.id:
            text = f"The {kind} {name} is declared by the pack {owner} too: give it another name."
            yield Fault("clash", pack.place(*(inside or (kind, name))), keys, text)

    def _parameters(self, changed: Mapping[str, Any]) -> dict[str, Any]:
        values = {
            f"{pack.id}.{name}": parameter.value
            for pack in self.packs
            for name, parameter in pack.file.parameters.items()
        }
        problems = []
        for name, value in changed.items():
            if name not in values:
                text, near = "No loaded pack has a parameter of this name.", nearest(name, values)
                problems.append(Problem("unknown-parameter", text, key=name, nearest=near))
            elif text := misfit(self.declared_parameter(name), value):
                problems.append(Problem("parameter-value", text, key=name))
        if problems:
            raise SettingError(problems)
        return {**values, **changed}

    def declared_parameter(self, full_name: str) -> Parameter:
        """Return a parameter as its pack declares it."""
        pack_id, name = full_name.split(".", 1)
        return next(p.file.parameters[name] for p in self.packs if p.id == pack_id)

    def parameter(self, name: str) -> tuple[str, Any]:
        """Return the full name and the value of `$name`; raises KeyError."""
        if name in self.parameters:
            return name, self.parameters[name]
        full = self._full_names.get(name, [])
        if len(full) != 1:
            raise KeyError(name)
        return full[0], self.parameters[full[0]]

    @cached_property
    def _full_names(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key in self.parameters:
            found.setdefault(key.split(".", 1)[1], []).append(key)
        return found

    def basis(self, full_name: str) -> str:
        """Return the basis of a parameter."""
        return self.declared_parameter(full_name).basis

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
    def renamed(self) -> dict[str, str]:
        """Ids that rules had before, to those that they have now."""
        return {old: key for key, rule in self.rules.items() for old in words(rule.was)}

    def rule_id(self, name: str) -> str:
        """Return the id that a rule has now, for one that it had; other names stay as they are."""
        return name if name in self.rules else self.renamed.get(name, name)

    def asked(self, name: str) -> frozenset[str]:
        """Return the facts, as `group.fact` or `entity.fact`, that a question set asks for."""
        return frozenset(settled(self, self.sets[name].every))

    def inner(self, path: str) -> str:
        """Return the name of a fact inside the tool for its path in a case file."""
        collection, _, fact = path.rpartition(".")
        entity = self.collections.get(collection)
        return f"{entity}.{fact}" if entity else path

    @cached_property
    def collections(self) -> dict[str, str]:
        """Collection path to entity."""
        return {e.collection: key for key, e in self.entities.items() if e.collection}

    @cached_property
    def declared(self) -> dict[str, Fact]:
        """All facts of packs, as `group.fact` or `entity.fact`."""
        entities = {key: one.facts for key, one in self.entities.items() if key != ANSWER}
        blocks = {**self.group_facts, **entities}
        return {
            f"{key}.{name}": one for key, facts in blocks.items() for name, one in facts.items()
        }

    @cached_property
    def asked_paths(self) -> set[str]:
        """The paths of facts as case files have them."""
        outer = {entity: path for path, entity in self.collections.items()}
        return {
            f"{outer.get(head, head)}.{name}"
            for head, _, name in (path.partition(".") for path in self.declared)
        }

    def fact(self, path: str) -> Fact | None:
        """Return the fact of `group.name`, or None."""
        group, _, name = path.partition(".")
        return self.group_facts.get(group, {}).get(name)

    def group_dimension(self, name: str) -> str:
        """Return the dimension of a group, of its facts that name none of their own."""
        found = (pack.groups[name].dimension for pack in self.packs if name in pack.groups)
        return next((one for one in found if one), "")

    @cached_property
    def reads_answers(self) -> bool:
        """Whether rules, measures or stages speak about answers: where none does, none are made."""
        return reads_answers(self.rules.values(), self.measures.values(), self.stages.values())

    @cached_property
    def paths(self) -> set[str]:
        """All paths that a condition may name without a variable."""
        facts = {f"{g}.{f}" for g, facts in self.group_facts.items() for f in facts}
        return facts | {key for key, m in self.measures.items() if not m.per} | {"assessed_on"}


def checked_before(packs: Sequence[Pack]) -> bool:
    """Say whether just these packs were checked with each other before."""
    return (
        {pack.checked for pack in packs} == {(packs[0].checked[0], len(packs))} if packs else True
    )


def words(value: str | list[str]) -> list[str]:
    """Return what may be one word or several as a list."""
    return value if isinstance(value, list) else [value] if value else []
