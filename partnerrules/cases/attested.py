"""What attestations make of the answers of a case: beside them, never in their place."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from partnerrules.cases.answers import NOT_ASKED, Answer
from partnerrules.cases.attestations import Attestation
from partnerrules.cases.case import Collection, Member, Remark
from partnerrules.cases.evidence import fact_words
from partnerrules.cases.values import Items
from partnerrules.findings import Location
from partnerrules.packs import Library
from partnerrules.packs.models import Fact

Keys = tuple[str | int, ...]


class Attested(NamedTuple):
    """The answers of a case together with what is attested of them."""

    answers: Mapping[str, Answer]
    collections: Mapping[str, Collection]
    places: Mapping[Keys, Location]
    """Where answers stand that only an attestation gives, by where the case would have them."""
    remarks: tuple[Remark, ...]
    """What was not used or differs."""


def attested(
    library: Library,
    answers: Mapping[str, Answer],
    collections: Mapping[str, Collection],
    found: Iterable[Attestation],
    assessed_on: datetime.date,
) -> Attested:
    """Put attestations beside the answers of their case; what is there is never overridden.

    One counts that holds on the day of which the case speaks. It answers what the case does not
    know; what differs from a known answer makes it disputed. Of two that differ both stand too.
    """
    adding = _Adding(library, answers, collections, assessed_on)
    for one in found:
        adding.add(one)
    whole = {
        entity: collection._replace(members=tuple(adding.members.get(entity, {}).values()))
        if entity in adding.members
        else collection
        for entity, collection in collections.items()
    }
    return Attested(adding.answers, whole, adding.places, tuple(adding.remarks))


class _Adding:
    def __init__(
        self,
        library: Library,
        answers: Mapping[str, Answer],
        collections: Mapping[str, Collection],
        assessed_on: datetime.date,
    ) -> None:
        self.library = library
        self.answers = dict(answers)
        self.collections = collections
        self.assessed_on = assessed_on
        self.members: dict[str, dict[str, Member]] = {}
        """The members of an entity of which something is attested, by id."""
        self.places: dict[Keys, Location] = {}
        self.remarks: list[Remark] = []

    def add(self, one: Attestation) -> None:
        """Put one attestation beside what the case says, or say why it is not used."""
        head, _, name = one.fact.rpartition(".")
        entity = self.library.collections.get(head, "")
        if not entity:
            fact = self.library.group_facts[head][name]
            words = fact_words(fact, one.fact)
            before = self.answers.get(one.fact, NOT_ASKED)
            after = self._together(one, fact, words, before, (head, name))
            if after is not None:
                self.answers[one.fact] = after
            return
        every = self.collections[entity].members
        members = self.members.setdefault(entity, {member.id: member for member in every})
        member = members.get(one.subject)
        if member is None:
            text = f'What is attested of "{one.subject}" was not used: no such id is in {head}.'
            self._remark(text, one.answer)
            return
        fact = self.library.entities[entity].facts[name]
        words = f"{member.called}, {fact_words(fact, name)}"
        before = member.answers.get(name, NOT_ASKED)
        after = self._together(one, fact, words, before, (*member.keys, name))
        if after is not None:
            answers = {**member.answers, name: after}
            members[one.subject] = member._replace(answers=answers)

    def _together(
        self, one: Attestation, fact: Fact, words: str, before: Answer, keys: Keys
    ) -> Answer | None:
        """Return both answers together; None where the attestation is not used."""
        secret = before.confidential or one.answer.confidential
        if one.until < self.assessed_on:
            text = f"What is attested of {words} held until {one.until}, and was not used."
        elif before.status == "not_applicable":
            text = f"By the case this does not apply, so what is attested of {words} was not used."
        elif lost := self._nowhere(fact, one.answer):
            named = ", ".join(f'"{name}"' for name in lost)
            text = f"What is attested of {words} was not used: the case has no {named}."
        else:
            after = _both(before, one.answer)
            if not before.given:
                self.places[keys] = one.location
            elif after.values != before.values:
                text = f"What is attested of {words} differs from another answer; both stand."
                self.remarks.append(Remark(text, secret))
            return after
        self.remarks.append(Remark(text, secret))
        return None

    def _nowhere(self, fact: Fact, answer: Answer) -> list[str]:
        """Return the members that an answer names and that are not in the case."""
        if not fact.to or self.library.entities[fact.to].members:
            return []
        there = {member.id for member in self.collections[fact.to].members}
        named = {
            name
            for value in answer.values or ()
            for name in (value.must if isinstance(value, Items) else [value])
        }
        return sorted(named - there)

    def _remark(self, text: str, answer: Answer) -> None:
        self.remarks.append(Remark(text, answer.confidential))


def _both(before: Answer, more: Answer) -> Answer:
    """Return what two answers say together, as several answers in a case do."""
    values = tuple(dict.fromkeys([*(before.values or ()), *(more.values or ())]))
    sources = dict.fromkeys(one for one in (before.source, more.source) if one)
    alone = not before.given or before.values == more.values
    return Answer(
        "known" if len(values) == 1 else "disputed",
        values,
        "; ".join(sources),
        tuple(dict.fromkeys([*before.respondents, *more.respondents])),
        before.basis if before.given else more.basis,
        max(before.date, more.date),
        before.confidential or more.confidential,
        more.attested if alone else f"one answer {more.attested}",
    )
