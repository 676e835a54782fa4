"""A file of attestations: answers that somebody stands for, with a document, until a day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from os import PathLike
from typing import Any, NamedTuple

from partnerrules.cases.answers import STATUSES, Answer, AnswerReader
from partnerrules.cases.plain import checked_id, read_day
from partnerrules.cases.typed import YES_NO, Refused, refuse
from partnerrules.documents import Document, read_document
from partnerrules.documents.entries import Entries
from partnerrules.errors import DocumentError, nearest
from partnerrules.findings import Location
from partnerrules.packs import Library
from partnerrules.packs.models import Fact

SCHEMA = "partnerrules.attestations/1"
ITEMS = "attestations"
_NEEDED = ("case", "fact", "answer", "by", "document", "on", "until")
_OTHER = ("subject", "confidential")
_TEXTS = ("by", "document")


class Attestation(NamedTuple):
    """One answer to one question about one case."""

    case: str
    fact: str
    """As a report names it under `questions`: `agreement.form`, `partners.level`."""
    subject: str
    """The id of the member that it is about; empty for the partnership as a whole."""
    answer: Answer
    until: datetime.date
    """The last day on which it holds."""
    location: Location


class Attestations(NamedTuple):
    """All of one file, by case."""

    path: str
    sha256: str
    cases: Mapping[str, tuple[Attestation, ...]]


def read_attestations(path: str | PathLike[str], library: Library) -> Attestations:
    """Read a file of attestations; raises DocumentError with all that is wrong in it."""
    document = read_document(path)
    reading = _Reading(document, library)
    cases: dict[str, list[Attestation]] = {}
    for one in reading.every():
        cases.setdefault(one.case, []).append(one)
    if reading.entries.problems:
        raise DocumentError(reading.entries.problems)
    # By what they say and not by where they stand: so their order in the file changes nothing.
    found = {case: tuple(sorted(every, key=_order)) for case, every in cases.items()}
    return Attestations(document.path, document.sha256, found)


def _order(one: Attestation) -> tuple[str, str, datetime.date, str]:
    return one.fact, one.subject, one.until, one.answer.source


class _Reading:
    """Reads entry by entry, and notes what is wrong."""

    def __init__(self, document: Document, library: Library) -> None:
        self.document = document
        self.library = library
        self.entries = Entries(
            document,
            schema=SCHEMA,
            items=ITEMS,
            kind="An attestation",
            needed=_NEEDED,
            other=_OTHER,
        )

    def every(self) -> Iterator[Attestation]:
        """Yield the attestations in which nothing is wrong."""
        for keys, item in self.entries:
            try:
                yield self._one(keys, item)
            except Refused as error:
                where = (*keys, *error.inside)
                self.entries.wrong("attestation", where, error.text, near=error.nearest)

    def _one(self, keys: tuple[str | int, ...], item: Mapping[str, Any]) -> Attestation:
        case = _id(item["case"], "case")
        fact, subject = self._fact(item)
        texts = {name: item[name] for name in _TEXTS}
        for name, text in texts.items():
            if not isinstance(text, str) or not text.strip():
                refuse("Expected a short text.", "", name)
        on, until = (_day(item[name], name) for name in ("on", "until"))
        if until < on:
            refuse(f"It would end on {until}, before it was given on {on}.", "", "until")
        raw = item["answer"]
        if isinstance(raw, str) and raw in STATUSES and fact.type != "text":
            refuse("An attestation gives an answer; what nobody knows needs none.", "", "answer")
        about = {
            "value": raw,
            "source": f"{texts['document']}, attested by {texts['by']} on {on}",
            "respondent": texts["by"],
            "date": on.isoformat(),
            "confidential": _flag(item.get("confidential"), "confidential"),
        }
        try:
            answer = AnswerReader(fact)(about)
        except Refused as error:
            refuse(error.text, error.nearest, "answer")
        answer = answer._replace(attested=f"attested until {until}")
        place = Location(
            self.document.path,
            "/" + "/".join(map(str, (*keys, "answer"))),
            *self.document.position((*keys, "answer")),
        )
        return Attestation(case, item["fact"], subject, answer, until, place)

    def _fact(self, item: Mapping[str, Any]) -> tuple[Fact, str]:
        """Return the fact that is answered, and the member that it is about."""
        path, subject = item["fact"], item.get("subject")
        head, _, name = str(path).rpartition(".")
        entity = self.library.collections.get(head)
        facts = (
            self.library.entities[entity].facts
            if entity
            else self.library.group_facts.get(head, {})
        )
        fact = facts.get(name)
        if fact is None:
            known = self.library.asked_paths
            refuse("No loaded pack asks for this fact.", nearest(str(path), known), "fact")
        if fact.derived:
            refuse("This is worked out from answers, and never entered.", "", "fact")
        if entity and subject is None:
            refuse(f"Name the one of {head} that it is about, under `subject`.", "", "fact")
        if subject is not None and not entity:
            refuse("This fact is about the partnership as a whole.", "", "subject")
        if fact.to and (fixed := self.library.entities[fact.to].members):
            for word in _words(item["answer"]):
                if word not in fixed:
                    text = f'"{word}" is none of the choices: {", ".join(fixed)}.'
                    refuse(text, nearest(word, fixed), "answer")
        return fact, "" if subject is None else _id(subject, "subject")


def _id(raw: Any, name: str) -> str:
    try:
        return checked_id(raw)
    except Refused as error:
        refuse(error.text, error.nearest, name)


def _day(raw: Any, name: str) -> datetime.date:
    try:
        return read_day(raw)
    except Refused as error:
        refuse(error.text, error.nearest, name)


def _flag(raw: Any, name: str) -> bool:
    word = str(raw).lower()
    if raw is not None and word not in YES_NO:
        refuse(f"Expected yes or no for {name}.", nearest(word, YES_NO), name)
    return raw is not None and YES_NO[word]


def _words(raw: Any) -> list[str]:
    return [str(one) for one in raw] if isinstance(raw, list) else [str(raw)]
