"""Proofs: what a conclusion rests on, down to the line of the case file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from partnerrules.cases import Member
from partnerrules.cases.answers import Answer
from partnerrules.cases.values import Items
from partnerrules.checking.grounds import Grounds
from partnerrules.checking.results import Result, alternative
from partnerrules.checking.texts import Texts
from partnerrules.facts.world import Evidence, Subject
from partnerrules.findings import Location, Proof, Step
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
        """Return the place that carries a proof most: an answer given, else one missing."""
        first = None
        for one in self._placed(self.grounds.of(result), {(result.rule.id, result.subject)}):
            place = self.location(one.member, one.key)
            if one.value.given:
                return place
            first = first or place
        return first

    def _placed(self, evidence: Iterable[Evidence], seen: set[object]) -> Iterator[Evidence]:
        """Yield the answers of the case in the order of the steps of a proof."""
        for one in evidence:
            key: object = (one.key, one.subject) if one.kind == "conclusion" else one
            if key in seen:
                continue
            seen.add(key)
            if one.kind == "absence":
                yield from self._placed(one.below, seen)
            elif one.kind == "conclusion":
                below = self.grounds.found[one.key, one.subject]
                yield from self._placed(self.grounds.of(below), seen)
            elif self.grounds.is_derived(one):
                yield from self._placed(self.said(one).below, seen)
            else:
                yield one

    def key(self, result: Result) -> str:
        """Return the alternative that decided a concern or an open question."""
        return alternative(result, certain=bool(result.standing.certain)).key if result.told else ""

    def message(self, result: Result) -> str:
        """Return the sentence of an outcome."""
        place = (result.rule.id, result.subject)
        if place not in self._messages:
            self._messages[place] = self._message(result)
        return self._messages[place]

    def _message(self, result: Result) -> str:
        rule = result.rule.rule
        if result.standing.certain and result.outcome == "concern":
            text = rule.concern[alternative(result, certain=True).key].says
        elif result.outcome == "sound":
            text = rule.sound or rule.title
        else:
            text = rule.open or f"{rule.title}: not known yet."
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
            self._derived_from(one) if derived else (),
        )

    def _derived_from(self, one: Evidence) -> tuple[Evidence, ...]:
        name = f"{one.entity}.{one.key}" if one.member else one.key
        evidence: list[Evidence] = []
        for maker in self.program.makers.get(name, ()):
            rule = self.program.rules[maker]
            env = dict(zip(rule.rule.for_each, [one.member], strict=False)) if one.member else {}
            for value, when in rule.options:
                if _settled(one.value, value) and when.holds(self.world, env):
                    evidence.extend(self.grounds.why(when, env, True))
        return tuple(evidence)

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
        self.steps: list[Step | None] = []
        self.known: dict[Evidence, int] = {}
        self.path: list[tuple[str, Subject]] = []

    def write(self, result: Result) -> Proof:
        self.steps.append(None)
        sure = result.outcome != "unknown"
        level = result.certain or result.possible
        self.steps[0] = self._conclusion(0, result, sure=sure, level=level)
        return Proof(0, tuple([step for step in self.steps if step is not None]))

    def _conclusion(self, number: int, result: Result, *, sure: bool, level: str | None) -> Step:
        rule, subject = result.rule.id, result.subject
        self.path.append((rule, subject))
        uses = self._all(self.proofs.grounds.of(result))
        self.path.pop()
        return Step(
            number,
            "conclusion",
            self.proofs.message(result),
            sure,
            uses,
            subject=subject,
            rule=rule,
            level=level,
            alternative=self.proofs.key(result),
        )

    def _all(self, evidence: Iterable[Evidence]) -> tuple[int, ...]:
        numbers = [self._one(one) for one in evidence]
        return tuple(dict.fromkeys([number for number in numbers if number is not None]))

    def _one(self, one: Evidence) -> int | None:
        number = self.known.get(one)
        if number is not None:
            return number
        if one.kind == "conclusion" and (one.key, one.subject) in self.path:
            return None
        number = self.known[one] = len(self.steps)
        self.steps.append(None)
        if one.kind == "answer":
            self.steps[number] = self._answer(number, one)
        elif one.kind == "absence":
            text = f"looked at every {one.key}, and found none that fits"
            self.steps[number] = Step(number, "absence", text, True, self._all(one.below))
        else:
            below = self.proofs.grounds.found[one.key, one.subject]
            standing = below.standing
            self.steps[number] = self._conclusion(
                number,
                below,
                sure=standing.certain is not None or below.outcome == "sound",
                level=standing.certain or standing.possible,
            )
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


def _settled(answer: Answer, value: object) -> bool:
    """Say whether a value is what a derived fact came to, or certainly in it."""
    values = answer.values or ()
    return value in values or any(isinstance(v, Items) and str(value) in v.must for v in values)
