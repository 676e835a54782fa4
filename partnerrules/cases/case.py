"""A case: what is known of one partnership, member by member, with places in its file."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from partnerrules.cases.answers import Answer
from partnerrules.cases.values import INFINITE
from partnerrules.documents import Document
from partnerrules.findings import Location
from partnerrules.packs.builtin import ANSWER

UNNAMED = "?"
NO_ANSWERS: Mapping[str, Answer] = {}
NO_PLACES: Mapping[tuple[str | int, ...], Location] = {}


class Member(NamedTuple):
    """One member of an entity; its keys lead to it in the file."""

    entity: str
    id: str
    answers: Mapping[str, Answer] = NO_ANSWERS
    keys: tuple[str | int, ...] = ()

    @property
    def called(self) -> str:
        """Its name, or where the case gives it none its id."""
        name = self.answers.get("name")
        return str(name.values[0]) if name and name.values else self.id


class Collection(NamedTuple):
    """The members of an entity and how many more there may be."""

    entity: str
    members: tuple[Member, ...] = ()
    complete: bool = True
    given: bool = True
    at_least: int = 0
    at_most: float = INFINITE
    keys: tuple[str | int, ...] = ()

    @property
    def more(self) -> tuple[int, float]:
        """How many members are not named: at least, at most."""
        if self.complete:
            return 0, 0
        named = len(self.members)
        return max(0, self.at_least - named), max(0, self.at_most - named)


class Remark(NamedTuple):
    """What is to be said of the answers of a case, as a limit of its check."""

    text: str
    confidential: bool = False


class Case(NamedTuple):
    """A case file that the vocabulary understands."""

    id: str
    assessed_on: datetime.date
    answers: Mapping[str, Answer]
    """By `group.fact`."""
    collections: Mapping[str, Collection]
    """By entity."""
    document: Document
    notes: tuple[str, ...] = ()
    attested: Mapping[tuple[str | int, ...], Location] = NO_PLACES
    """Where answers stand that attestations alone give, by where the file would have them."""
    remarks: tuple[Remark, ...] = ()
    """What attestations it could not take, and where answers differ."""

    def every_answer(self) -> Iterator[Answer]:
        """Yield each answer that the file gives once, not what is said of answers as members."""
        yield from self.answers.values()
        for entity, collection in self.collections.items():
            if entity != ANSWER:
                for member in collection.members:
                    yield from member.answers.values()
