"""The answers of a case as members that rules can speak about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from partnerrules.cases.answers import Answer
from partnerrules.cases.case import Collection, Member
from partnerrules.cases.values import parse_date, small
from partnerrules.packs import Library
from partnerrules.packs.builtin import ANSWER, ENTITY, FOR_THE_TEAM
from partnerrules.packs.models import Fact

# What stands in the file was looked at, and this does not stand there.
_NOT_SAID = Answer("no_evidence_found")
_NOT_SAID_ALOUD = Answer("no_evidence_found", confidential=True)


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
        members.extend(
            _member(path, path, dimension, fact_words(fact, path), answer, (group, name))
        )
    for collection in collections:
        entity = library.entities[collection.entity]
        for one in collection.members if entity.collection else ():
            for name, answer in one.answers.items():
                found = entity.facts.get(name, Fact(type="text"))
                path = f"{entity.collection}.{name}"
                identifier = f"{entity.collection}.{one.id}.{name}"
                words = f"{one.called}, {fact_words(found, name)}"
                dimension = found.dimension or entity.dimension
                keys = (*one.keys, name)
                if name != "name":
                    members.extend(_member(identifier, path, dimension, words, answer, keys))
    return Collection(ANSWER, tuple(members))


def alike(members: Iterable[Member], name: str) -> list[list[int]]:
    """Put together the places of the members of whose answers the same is said under a name.

    Of those put together a test on that name says the same.
    """
    found: dict[object, list[int]] = {}
    for place, member in enumerate(members):
        said = member.answers
        told = said.told(name) if isinstance(said, _Said) else None
        found.setdefault(told, []).append(place)
    return [*found.values()]


def fact_words(fact: Fact, path: str) -> str:
    """Return what an answer is called inside a sentence."""
    if fact.title:
        return small(fact.title)
    return f'"{fact.question}"' if fact.question else path.replace(".", " ").replace("_", " ")


def _member(
    identifier: str,
    path: str,
    dimension: str,
    words: str,
    answer: Answer,
    keys: tuple[str | int, ...],
) -> Iterator[Member]:
    if answer.status != "not_asked":
        yield Member(ANSWER, identifier, _Said(answer, words, path, dimension), keys)


class _Said(Mapping[str, Answer]):
    """What is said of an answer, made when it is read: of most answers little is."""

    __slots__ = ("_about", "_answer", "_dimension", "_path", "_words")

    def __init__(self, answer: Answer, words: str, path: str, dimension: str) -> None:
        self._answer = answer
        self._words = words
        self._path = path
        self._dimension = dimension
        self._about: dict[str, Answer] = {}

    def __getitem__(self, key: str) -> Answer:
        found = self._about.get(key)
        if found is None:
            found = self._about[key] = self._made(key)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(("name", *ENTITY.facts))

    def __len__(self) -> int:
        return 1 + len(ENTITY.facts)

    def told(self, key: str) -> object:
        """Return what tells whether the same is said under a key as of another answer."""
        if key == "fact":
            return self._path
        answer = self._answer
        if key == "respondent":
            told: object = answer.respondents
        elif key == "name":
            told = self._words
        elif key == "dimension":
            told = self._dimension
        else:
            told = getattr(answer, key)
        return told, bool(answer.source)

    def _made(self, key: str) -> Answer:
        about = self._answer
        values = self._values(key)
        confidential = about.confidential or key in FOR_THE_TEAM
        if not values:
            return _NOT_SAID_ALOUD if confidential else _NOT_SAID
        status = "known" if len(values) == 1 else "disputed"
        return Answer(
            status,
            values,
            about.source,
            about.respondents,
            about.basis,
            about.date,
            confidential,
        )

    def _values(self, key: str) -> tuple[object, ...]:
        answer = self._answer
        if key == "respondent":
            return answer.respondents
        if key == "date":
            value: object = parse_date(answer.date) if answer.date else None
        elif key == "name":
            value = self._words
        elif key == "fact":
            value = self._path
        elif key == "dimension":
            value = self._dimension
        elif key in ENTITY.facts:
            value = getattr(answer, key)
        else:
            raise KeyError(key)
        return (value,) if value else ()
