"""One answer of a case, read from what stands in the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from partnerrules.cases.typed import YES_NO, Refused, read_value, refuse
from partnerrules.cases.values import parse_date
from partnerrules.errors import nearest
from partnerrules.packs.models import Fact

STATUSES = (
    "known", "not_asked", "dont_know", "declined", "no_evidence_found",
    "not_applicable", "disputed",
)  # fmt: skip
_BARE = frozenset(STATUSES) - {"known", "disputed"}
BASES = ("stated", "derived", "claimed")
_ENDS = frozenset({"at_least", "at_most"})
_ABOUT = ("source", "respondent", "date", "note", "basis", "confidential")
_SINGLE = ("value", "status", "complete", "at_least", "at_most", *_ABOUT)
_SEVERAL = ("answers", "settled", *_ABOUT)
_SETTLED = ("as", "because", "by")
_NOTHING: Mapping[str, Any] = {}


class Answer(NamedTuple):
    """What was answered. `values` are those it may be: one where known, several where disputed."""

    status: str = "not_asked"
    values: tuple[Any, ...] | None = None
    """None where nothing is known about the value."""
    source: str = ""
    respondents: tuple[str, ...] = ()
    basis: str = ""
    date: str = ""
    confidential: bool = False
    attested: str = ""
    """Until when an attestation stands for it, in words; empty where none does."""

    @property
    def given(self) -> bool:
        """Whether somebody answered."""
        return self.values is not None


NOT_ASKED = Answer()
NOT_APPLICABLE = Answer("not_applicable")


class AnswerReader:
    """Reads the answers to one fact; raises Refused with what was expected."""

    def __init__(self, fact: Fact) -> None:
        self.fact = fact
        self.words: dict[str, Answer] = {}
        """The answers that are one word."""
        if fact.type == "choice":
            self.words = {word: Answer("known", (word,)) for word in fact.choices}
        elif fact.type == "yes_no":
            self.words = {word: Answer("known", (said,)) for word, said in YES_NO.items()}
        if fact.type != "text":
            bare = _BARE if fact.may_be_na else _BARE - {"not_applicable"}
            self.words.update({status: Answer(status) for status in bare})

    def __call__(self, raw: Any) -> Answer:
        """Read a leaf of a case file."""
        if type(raw) is str:
            found = self.words.get(raw)
            if found is not None:
                return found
        if isinstance(raw, dict) and not raw.keys() <= _ENDS:
            return self._several(raw) if "answers" in raw else self._single(raw)
        return NOT_ASKED if raw is None else self._given(raw)

    def _given(self, raw: Any, about: Mapping[str, Any] = _NOTHING, complete: Any = True) -> Answer:
        if isinstance(raw, str) and raw in _BARE and self.fact.type != "text":
            return self._missing(raw, about)
        return Answer("known", (read_value(self.fact, raw, open_list=not complete),), **about)

    def _missing(self, status: str, about: Mapping[str, Any]) -> Answer:
        if status == "not_applicable" and not self.fact.may_be_na:
            refuse("This question always applies; not_applicable is no answer to it.")
        return Answer(status, None, **about)

    def _single(self, raw: dict[str, Any]) -> Answer:
        known_keys(raw, _SINGLE, "an answer")
        about = _about(raw)
        complete = _yes_or_no(raw, "complete", default=True)
        if "complete" in raw and self.fact.type not in ("choices", "references"):
            refuse("Only the answer to a question for a list can be incomplete.", "", "complete")
        ends = {key: raw[key] for key in raw if key in _ENDS}
        if ends and "value" in raw:
            refuse("Write the range into the value: value: {at_least: ..., at_most: ...}.")
        value = raw.get("value", ends or None)
        status = raw.get("status", "known" if value is not None else "")
        if status not in STATUSES:
            said = "An answer needs a value or a status." if not status else ""
            text = said or f'The status "{status}" is not known.'
            refuse(text, nearest(str(status), STATUSES), *(["status"] if status else []))
        if status != "known":
            if value is not None:
                refuse(f"An answer is {status} or has a value, not both.", "", "status")
            return self._missing(status, about)
        if value is None:
            refuse("A known answer needs a value.")
        return self._given(value, about, complete)

    def _several(self, raw: dict[str, Any]) -> Answer:
        known_keys(raw, _SEVERAL, "a list of answers")
        answers = raw["answers"]
        if not isinstance(answers, list) or not answers:
            text = "`answers` is a list of answers, each with a value or a status."
            refuse(text, "", "answers")
        read = [self._one(number, item) for number, item in enumerate(answers)]
        about = _about(raw)
        people = [person for one in read for person in one.respondents]
        about["respondents"] = tuple(dict.fromkeys([*about["respondents"], *people]))
        sources = [about["source"], *(one.source for one in read)]
        about["source"] = "; ".join(dict.fromkeys(source for source in sources if source))
        about["confidential"] = about["confidential"] or any(one.confidential for one in read)
        about["date"] = about["date"] or max((one.date for one in read), default="")
        bases = {one.basis for one in read if one.given}
        about["basis"] = about["basis"] or (bases.pop() if len(bases) == 1 else "")
        if "settled" in raw:
            return self._settled(raw["settled"], about)
        values = tuple(dict.fromkeys(value for one in read for value in one.values or ()))
        if not values:
            return Answer(read[0].status, None, **about)
        return Answer("known" if len(values) == 1 else "disputed", values, **about)

    def _one(self, number: int, item: Any) -> Answer:
        try:
            if isinstance(item, dict) and not item.keys() <= _ENDS:
                return self._single(item)
            return self._given(item)
        except Refused as error:
            refuse(error.text, error.nearest, "answers", number, *error.inside)

    def _settled(self, raw: Any, about: Mapping[str, Any]) -> Answer:
        if not isinstance(raw, dict):
            refuse("`settled` says {as: the value, because: why, by: whom}.", "", "settled")
        known_keys(raw, _SETTLED, "what settles a dispute", "settled")
        for key in ("because", "by"):
            _text(raw, key, "settled")
        if raw.get("as") is None:
            refuse("What settles a dispute needs `as`: the value that counts.", "", "settled")
        return Answer("known", (read_value(self.fact, raw["as"]),), **about)


def known_keys(raw: Mapping[str, Any], valid: Iterable[str], what: str, *inside: str) -> None:
    """Refuse a key that is not among those that are valid."""
    for key in raw:
        if key not in valid:
            text = f'The key "{key}" is not known in {what}.'
            refuse(text, nearest(key, valid), *inside, key)


def _about(raw: Mapping[str, Any]) -> dict[str, Any]:
    basis, date = _text(raw, "basis"), raw.get("date")
    if basis and basis not in BASES:
        text = f'"{basis}" is no basis; there are {", ".join(BASES)}.'
        refuse(text, nearest(basis, BASES), "basis")
    if date is not None and parse_date(date) is None:
        text = f'"{date}" is not a date that exists; write 2026, 2026-06 or 2026-06-30.'
        refuse(text, "", "date")
    _text(raw, "note")
    respondent = _text(raw, "respondent")
    return {
        "source": _text(raw, "source"),
        "respondents": (respondent,) if respondent else (),
        "basis": basis,
        "date": "" if date is None else str(date),
        "confidential": _yes_or_no(raw, "confidential", default=False),
    }


def _text(raw: Mapping[str, Any], key: str, *inside: str) -> str:
    said = raw.get(key)
    if isinstance(said, (dict, list)):
        refuse(f"Expected a word or a short text for {key}.", "", *inside, key)
    return "" if said is None else str(said)


def _yes_or_no(raw: Mapping[str, Any], key: str, *, default: bool) -> bool:
    said = raw.get(key)
    if said is None:
        return default
    word = str(said).lower()
    if not isinstance(said, (str, bool)) or word not in YES_NO:
        refuse(f"Expected yes or no for {key}.", nearest(word, YES_NO), key)
    return YES_NO[word]
