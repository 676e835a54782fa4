"""Proofs: what a conclusion rests on, down to the line of the case file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from partnerrules.cases import Member
from partnerrules.cases.answers import Answer
from partnerrules.checking.grounds import Grounds
from partnerrules.checking.results import Result
from partnerrules.checking.texts import Texts
from partnerrules.facts.world import Evidence, Subject
from partnerrules.findings import LEVELS, Location, Proof, Step
from partnerrules.packs.models import Fact

STATUS_WORDS = {
    "not_asked": "nobody has asked yet",
    "dont_know": "asked, and not known",
    "declined": "asked, and not answered",
    "no_evidence_found": "looked for, and nothing found",
    "not_applicable": "does not apply",
}


class _Said(NamedTuple):
    """The parts of a step about an answer that are the same in every proof."""

    text: str
    location: Location | None
    fact: str
    value: str
    below: tuple[Evidence, ...]


class Proofs:
    """Builds the proofs of one case."""

    def __init__(self, grounds: Grounds, texts: Texts) -> None:
        self.grounds = grounds
        self.texts = texts
        self.world = grounds.world
        self.program = grounds.program
        self.library = grounds.program.library
        self._said: dict[Evidence, _Said] = {}
        self._places: dict[tuple[str | int, ...], Location] = {}
        self._messages: dict[tuple[str, Subject], str] = {}

    def proof(self, result: Result) -> Proof:
        """Return the proof whose root is the result itself."""
        return _Writer(self).write(result)

    def place(self, result: Result) -> Location | None:
        """Return the place that a result is about most.

        Of an open question where the first missing answer belongs; else the first answer given
        among those that the result rests on itself, or else below them.
        """
        found = list(self._placed(self.grounds.of(result), 0, set()))
        if not found:
            return None
        wanted = [
            (depth > 0, number)
            for number, (depth, one) in enumerate(found)
            if one.value.given == (result.outcome != "unknown")
        ]
        _, number = min(wanted, default=(False, 0))
        one = found[number][1]
        return self.location(one.member, one.key)

    def _placed(
        self, evidence: Iterable[Evidence], depth: int, seen: set[Evidence]
    ) -> Iterator[tuple[int, Evidence]]:
        """Yield the answers of the case in the order of a proof, with how many steps down."""
        for one in evidence:
            if one in seen:
                continue
            seen.add(one)
            if one.kind == "answer" and not self.grounds.is_derived(one):
                yield depth, one
            else:
                deeper = depth + (one.kind != "absence")
                yield from self._placed(self.grounds.below(one), deeper, seen)

    def key(self, result: Result) -> str:
        """Return the alternative that decided a concern or an open question."""
        return result.standing.decisive(result.standing.grade) if result.told else ""

    def message(self, result: Result) -> str:
        """Return the sentence of an outcome."""
        place = (result.rule.id, result.subject)
        if place not in self._messages:
            self._messages[place] = self._message(result)
        return self._messages[place]

    def _message(self, result: Result) -> str:
        if result.standing.certain and result.outcome == "concern":
            return self.says(result, result.standing.grade)
        rule = result.rule.rule
        if result.outcome == "sound":
            text = rule.sound or rule.title
        else:
            text = rule.open or f"{rule.title}: not known yet."
        return self.texts.fill(text, result.rule, result.env)

    def says(self, result: Result, grade: int) -> str:
        """Return the sentence of the alternative that led to a grade."""
        text = result.rule.rule.concern[result.standing.decisive(grade)].says
        return self.texts.fill(text, result.rule, result.env)

    def said(self, one: Evidence) -> _Said:
        """Return how an answer is told."""
        found = self._said.get(one)
        if found is None:
            found = self._said[one] = self._say(one)
        return found

    def _say(self, one: Evidence) -> _Said:
        answer: Answer = one.value
        fact, name = self.fact(one)
        title = (fact.title if fact else "") or _words(one.key, first=not one.member)
        if fact is None and one.key in self.library.measures:
            title = self.library.measures[one.key].title or title
        who = f"{self.texts.member(one.member)}, " if one.member else ""
        values = " or ".join([self.texts.value(fact, value) for value in answer.values or ()])
        said = values or STATUS_WORDS.get(answer.status, answer.status)
        derived = self.grounds.is_derived(one)
        return _Said(
            f"{who}{title}: {said}",
            None if derived else self.location(one.member, one.key),
            name,
            values,
            self.grounds.derived_from(one) if derived else (),
        )

    def fact(self, one: Evidence) -> tuple[Fact | None, str]:
        """Return the fact behind an answer, and its path as questions name it."""
        if one.member is None:
            return self.library.fact(one.key), one.key
        entity = self.library.entities[one.entity]
        return entity.facts.get(one.key), f"{entity.collection or one.entity}.{one.key}"

    def location(self, member: Member | None, key: str) -> Location:
        """Return where an answer stands, or where it belongs."""
        keys = (*member.keys, key) if member else tuple(key.split("."))
        found = self._places.get(keys)
        if found is None:
            found = self._places[keys] = self._locate(keys)
        return found

    def _locate(self, keys: tuple[str | int, ...]) -> Location:
        document = self.world.case.document
        place = document.position(keys)
        pointer = "/" + "/".join([str(part) for part in keys])
        return Location(
            document.path, pointer, place.line, place.column, place.end_line, place.end_column
        )


class _Writer:
    """Writes one proof: numbered steps, each thing once, never circular."""

    def __init__(self, proofs: Proofs) -> None:
        self.proofs = proofs
        self.grounds = proofs.grounds
        self.steps: list[Step | None] = []
        self.known: dict[Evidence, int] = {}
        self.path: set[Evidence] = set()
        """What is being written: of several that are sound together none carries the others."""

    def write(self, result: Result) -> Proof:
        grade = result.standing.grade
        root = Evidence("conclusion", result.rule.id, result.subject, drawn=grade)
        self.steps.append(None)
        self.path.add(root)
        level = result.certain or result.possible
        self.steps[0] = self._conclusion(0, root, result.outcome != "unknown", level)
        return Proof(0, tuple([step for step in self.steps if step is not None]))

    def _drawn(self, number: int, one: Evidence) -> Step:
        """Write a conclusion that another rests on: as its rule drew it, whatever changed it."""
        result = self.grounds.found[one.key, one.subject]
        grade = one.drawn or result.standing.grade
        certain = grade > len(LEVELS) or result.outcome == "sound"
        level = LEVELS[(grade - 1) % len(LEVELS)] if grade else None
        return self._conclusion(number, one, certain, level)

    def _conclusion(self, number: int, one: Evidence, certain: bool, level: str | None) -> Step:
        result = self.grounds.found[one.key, one.subject]
        grade = result.standing.grade
        if one.drawn in (0, grade):
            text, key = self.proofs.message(result), self.proofs.key(result)
        else:
            # In a circle, what was drawn before the conclusion grew.
            text = self.proofs.says(result, one.drawn)
            key = result.standing.decisive(one.drawn)
        return Step(
            number,
            "conclusion",
            text,
            certain,
            self._all(self.grounds.below(one)),
            subject=one.subject,
            rule=one.key,
            level=level,
            alternative=key,
        )

    def _all(self, evidence: Iterable[Evidence]) -> tuple[int, ...]:
        numbers = [self._one(one) for one in evidence if one not in self.path]
        return tuple(dict.fromkeys(numbers))

    def _one(self, one: Evidence) -> int:
        number = self.known.get(one)
        if number is not None:
            return number
        number = self.known[one] = len(self.steps)
        self.steps.append(None)
        self.path.add(one)
        if one.kind == "answer":
            self.steps[number] = self._answer(number, one)
        elif one.kind == "absence":
            text = f"looked at every {one.key}, and found none that fits"
            self.steps[number] = Step(number, "absence", text, True, self._all(one.below))
        else:
            self.steps[number] = self._drawn(number, one)
        self.path.remove(one)
        return number

    def _answer(self, number: int, one: Evidence) -> Step:
        said, answer = self.proofs.said(one), one.value
        return Step(
            number,
            "answer" if said.location else "derived",
            said.text,
            answer.given,
            self._all(said.below) if said.below else (),
            said.location,
            said.fact,
            one.subject,
            said.value,
            "confidential" if answer.confidential else answer.status,
            answer.source,
        )


def _words(path: str, *, first: bool) -> str:
    """Return the path of a fact as words; questions are too long to be read in a proof."""
    words = path.replace(".", " ").replace("_", " ")
    return words[:1].upper() + words[1:] if first else words
