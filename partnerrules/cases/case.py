"""A case: what is known of one partnership, member by member, with places in its file."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from partnerrules.cases.answers import Answer
from partnerrules.cases.values import INFINITE
from partnerrules.documents import Document
from partnerrules.packs.builtin import ANSWER

UNNAMED = "?"
NO_ANSWERS: Mapping[str, Answer] = {}


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

    def every_answer(self) -> Iterator[Answer]:
        """Yield each answer that the file gives once, not what is said of answers as members."""
        yield from self.answers.values()
        for entity, collection in self.collections.items():
            if entity != ANSWER:
                for member in collection.members:
                    yield from member.answers.values()
