"""Whether what packs name beside conditions is there: lessons, facts, dimensions, stages, ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from partnerrules.errors import nearest
from partnerrules.packs.changes import profile_faults
from partnerrules.packs.conditions import condition_faults, rule_faults
from partnerrules.packs.library import Library, Pack, words
from partnerrules.packs.material import ChangedValue, Question, QuestionSet
from partnerrules.packs.models import Parameter, Rule
from partnerrules.packs.names import UNKNOWN, Names
from partnerrules.packs.placeholders import advice_of
from partnerrules.packs.places import Fault
from partnerrules.packs.sets import places
from partnerrules.packs.walk import Keys, among


def rule_references(names: Names, rule: Rule, path: str) -> Iterator[Fault]:
    """Yield every name in a rule, outside of its conditions, that leads nowhere."""
    library, prefix = names.library, names.pack.file.prefix
    if prefix and not rule.id.startswith(f"{prefix}-"):
        text = f"The ids of this pack begin with {prefix}-, as pack.yaml says."
        yield Fault("id-prefix", path, ("id",), text)
    yield from _known(names, "dimension", [rule.dimension], dimensions(library), path)
    yield from _known(names, "stage", rule.due, library.stages, path, "due")
    for kind in ("lesson", "source"):
        valid = readable(names, kind)
        for number, one in enumerate(getattr(rule, f"{kind}s")):
            if one not in valid:
                text = f"There is no {kind} {one} in {kind}s.yaml."
                yield Fault(UNKNOWN[kind], path, (f"{kind}s", number), text, nearest(one, valid))
    for name, entity in rule.for_each.items():
        yield from names.check("entity", entity, library.entities, path, ("for_each", name))
    for keys, advice in advice_of(rule):
        for stage in advice:
            if stage != "default" and stage not in library.stages:
                text = f"There is no stage {stage}: advice is the default or that of a stage."
                near = nearest(stage, [*library.stages, "default"])
                yield Fault("unknown-stage", path, (*keys, stage), text, near)
    for old in words(rule.was):
        if old in library.rules or library.renamed[old] != rule.id:
            text = f"The id {old} is in use: it cannot be what {rule.id} was called before."
            yield Fault("clash", path, ("was",), text)
    yield from _decided(names, rule, path)
    yield from _others(names, rule, path)


def _decided(names: Names, rule: Rule, path: str) -> Iterator[Fault]:
    for lesson, what in rule.decides.items():
        keys: Keys = ("decides", lesson)
        if lesson not in rule.lessons:
            text = f"{lesson} is not among the lessons of this rule."
            yield Fault("unknown-lesson", path, keys, text, nearest(lesson, rule.lessons))
        for number, one in enumerate(what) if isinstance(what, list) else ():
            if one not in rule.concern:
                text = f"There is no alternative {one} in concern."
                near = nearest(one, rule.concern)
                yield Fault("unknown-alternative", path, (*keys, number), text, near)
        for name, member in what.items() if isinstance(what, dict) else ():
            entity = names.library.entities.get(rule.for_each.get(name, ""))
            if name not in rule.for_each:
                text = f"There is no variable {name} in for_each."
                near = nearest(name, rule.for_each)
                yield Fault("unknown-variable", path, (*keys, name), text, near)
            for one in words(member) if entity else ():
                if entity and one not in entity.members:
                    text = f"The pack fixes no member {one} of {rule.for_each[name]}."
                    near = nearest(one, entity.members)
                    yield Fault("unknown-member", path, (*keys, name), text, near)


def _others(names: Names, rule: Rule, path: str) -> Iterator[Fault]:
    target = rule.target
    named: list[tuple[Keys, str]] = []
    for kind in ("parts", "raises"):
        for number, part in enumerate(getattr(rule, kind)):
            named.append(((kind, number, "rule"), part.rule))
            for one in words(part.subject):
                if one not in rule.for_each:
                    text = f"There is no variable {one} in for_each."
                    near = nearest(one, rule.for_each)
                    yield Fault("unknown-variable", path, (kind, number, "subject"), text, near)
    if rule.subsumes is not None:
        named += [(("subsumes", "rules", n), one) for n, one in enumerate(rule.subsumes.rules)]
    if target is not None:
        named += [(("target", "rules", n), one) for n, one in enumerate(target.rules)]
        named += [(("target", "except", n), one) for n, one in enumerate(target.except_)]
        library = names.library
        keys = ("target", "dimensions")
        yield from _known(names, "dimension", target.dimensions, dimensions(library), path, *keys)
        yield from _known(names, "stage", target.due, library.stages, path, "target", "due")
        if target.subject and target.subject not in rule.for_each:
            text = f"There is no variable {target.subject} in for_each."
            near = nearest(target.subject, rule.for_each)
            yield Fault("unknown-variable", path, ("target", "subject"), text, near)
    for keys_, one in named:
        yield from rule_faults(names, one, path, keys_)


def _known(
    names: Names,
    kind: str,
    found: Iterable[str],
    known: Mapping[str, Any],
    path: str,
    *keys: str,
) -> Iterator[Fault]:
    for number, one in enumerate(found):
        yield from names.check(kind, one, known, path, (*keys, number) if keys else (kind,))


def dimensions(library: Library) -> dict[str, Any]:
    """Return the dimensions of all packs."""
    return {key: one for pack in library.packs for key, one in pack.file.dimensions.items()}


def readable(names: Names, kind: str) -> dict[str, Any]:
    """Return the lessons or sources that a pack may name."""
    return {
        key: one
        for pack in names.library.packs
        if pack.id in names.reach
        for key, one in getattr(pack, f"{kind}s").items()
    }


def material_faults(names: Names, pack: Pack) -> Iterator[Fault]:
    """Yield what questions, sets, lessons, parameters and profiles name and that is not there."""
    for name, question in pack.questions.items():
        yield from _question(names, question, pack.place("question", name), ("questions", name))
    for name, questions in pack.sets.items():
        yield from _set(names, questions, pack.place("set", name))
    sources = readable(names, "source")
    for place, keys, source in _cited(pack):
        if source and source not in sources:
            text = f"There is no source {source} in sources.yaml."
            yield Fault("unknown-source", place, keys, text, nearest(source, sources))
    for name in pack.profiles:
        yield from profile_faults(names, pack, name)


def _cited(pack: Pack) -> Iterator[tuple[str, Keys, str]]:
    """Yield what is cited beside rules, each with its place."""
    for name, lesson in pack.lessons.items():
        yield pack.place("lesson", name), ("lessons", name, "source"), lesson.source
    blocks: list[tuple[str, Mapping[str, Parameter | ChangedValue]]]
    blocks = [(pack.place("pack", ""), pack.file.parameters)]
    blocks += [(pack.place("profile", name), one.parameters) for name, one in pack.profiles.items()]
    for place, parameters in blocks:
        for name, parameter in parameters.items():
            yield place, ("parameters", name, "source"), parameter.source


def _question(names: Names, question: Question, place: str, keys: Keys) -> Iterator[Fault]:
    for number, one in enumerate(question.sets):
        yield from _asked(names, one, place, (*keys, "sets", number))
    for choice, told in question.choices.items():
        for one, value in told.sets.items():
            inner = (*keys, "choices", choice, "sets", one)
            yield from _asked(names, one, place, inner)
            yield from _value(names.library, one, value, place, inner)
    extra = [
        "from" if key == "source_kind" else key for key in question.said - {"question", "sets"}
    ]
    for key in () if question.own else sorted(extra):
        text = f"The key {key} is that of a question of its own: what adds to another has `sets`."
        yield Fault("unknown-key", place, (*keys, key), text)
    if not question.facts:
        text = "This question sets no fact: say in `sets` which ones it settles."
        yield Fault("question-sets-nothing", place, keys, text)
    yield from condition_faults(names, question.asked_when, place, (*keys, "asked_when"), {})


def _set(names: Names, questions: QuestionSet, place: str) -> Iterator[Fault]:
    whole = names.library.sets.get(questions.id, questions)
    for keys, one in places(questions):
        if one in names.library.questions:
            yield from names.mine("question", one, place, keys)
        else:
            yield from _asked(names, one, place, keys)
    named: list[tuple[Keys, str]] = [
        (("short_form", number), one) for number, one in enumerate(questions.short_form)
    ]
    named += [(("after", one), one) for one in questions.after]
    for keys, one in named:
        if one not in (whole.questions if keys[0] == "short_form" else whole.every):
            text = f"{one} is not among the questions of this set."
            yield Fault("short-form", place, keys, text, nearest(one, whole.every))
    if questions.own and questions.after:
        text = "`after` places what is added to a set of another pack: this is one of its own."
        yield Fault("unknown-key", place, ("after",), text)


def _asked(names: Names, path: str, place: str, keys: Keys) -> Iterator[Fault]:
    library = names.library
    inner = library.inner(path)
    entity, _, short = inner.partition(".")
    known = short == "name" and entity in library.entities
    fact = known or library.declared.get(inner)
    if not fact or (entity in library.entities and inner == path):
        near = nearest(path, {*library.asked_paths, *library.questions})
        yield Fault("unknown-fact", place, keys, f"There is no fact or question {path}.", near)
    elif not known and library.declared[inner].derived:
        text = f"{path} is derived: nobody is asked for it."
        yield Fault("derived-is-asked", place, keys, text)
    else:
        yield from names.mine("fact", inner, place, keys)


def _value(library: Library, path: str, value: Any, place: str, keys: Keys) -> Iterator[Fault]:
    fact = library.declared.get(library.inner(path))
    if fact is None:
        return
    valid = fact.choices
    if fact.type == "yes_no":
        valid = {"yes": "", "no": ""}
        value = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
    for one in value if isinstance(value, list) and fact.type == "choices" else [value]:
        if valid and one != "not_applicable" and not among(one, valid):
            text = f'"{one}" is no value of {path}.'
            yield Fault("unknown-choice", place, keys, text, nearest(str(one), valid))
