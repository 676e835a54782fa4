"""The answers of a case as members that rules can speak about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from partnerrules.cases.answers import Answer
from partnerrules.cases.case import Collection, Member
from partnerrules.cases.values import parse_date
from partnerrules.packs import Library
from partnerrules.packs.builtin import ANSWER, FOR_THE_TEAM
from partnerrules.packs.models import Fact

_NOT_SAID = "no_evidence_found"
"""What stands in the file was looked at, and this does not stand there."""


def answers_as_members(
    library: Library, answers: Mapping[str, Answer], collections: Iterable[Collection]
) -> Collection:
    """Return every answer that stands in the file, known or not, in the order of the vocabulary.

    The ids are paths: `agreement.form`, `partners.lowland-trust.level`.
    """
    members: list[Member] = []
    for path, answer in answers.items():
        group, _, name = path.partition(".")
        fact = library.group_facts[group][name]
        dimension = fact.dimension or library.group_dimension(group)
        words = fact.title or path.replace(".", " ").replace("_", " ")
        members.extend(_member(path, path, dimension, words, answer, (group, name)))
    for collection in collections:
        entity = library.entities[collection.entity]
        for one in collection.members if entity.collection else ():
            for name, answer in one.answers.items():
                found = entity.facts.get(name, Fact(type="text"))
                path = f"{entity.collection}.{name}"
                identifier = f"{entity.collection}.{one.id}.{name}"
                words = f"{one.called}, {found.title or name.replace('_', ' ')}"
                dimension = found.dimension or entity.dimension
                keys = (*one.keys, name)
                if name != "name":
                    members.extend(_member(identifier, path, dimension, words, answer, keys))
    return Collection(ANSWER, tuple(members))


def _member(
    identifier: str,
    path: str,
    dimension: str,
    words: str,
    answer: Answer,
    keys: tuple[str | int, ...],
) -> Iterator[Member]:
    if answer.status == "not_asked":
        return
    date = parse_date(answer.date) if answer.date else None
    about = {
        "name": (words,),
        "fact": (path,),
        "dimension": (dimension,) if dimension else (),
        "status": (answer.status,),
        "respondent": answer.respondents,
        "date": (date,) if date else (),
        "source": (answer.source,) if answer.source else (),
        "basis": (answer.basis,) if answer.basis else (),
    }
    said = {key: _said(key, values, answer) for key, values in about.items()}
    yield Member(ANSWER, identifier, said, keys)


def _said(key: str, values: tuple[object, ...], answer: Answer) -> Answer:
    status = "known" if len(values) == 1 else "disputed" if values else _NOT_SAID
    return Answer(
        status,
        values or None,
        answer.source,
        answer.respondents,
        answer.basis,
        answer.date,
        answer.confidential or key in FOR_THE_TEAM,
    )
