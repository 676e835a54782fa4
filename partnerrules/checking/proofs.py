"""Proofs: what a conclusion rests on, down to the line of the case file."""

from __future__ import annotations

from collections.abc import Sequence

from partnerrules.cases import Member
from partnerrules.cases.answers import Answer
from partnerrules.cases.values import Items
from partnerrules.checking.results import Result, alternative
from partnerrules.checking.texts import Texts
from partnerrules.engine import Program
from partnerrules.facts.world import Evidence, Subject, World
from partnerrules.findings import Location, Proof, Step
from partnerrules.packs.models import Fact

STATUS_WORDS = {
    "not_asked": "nobody has asked yet",
    "dont_know": "asked, and not known",
    "declined": "asked, and not answered",
    "no_evidence_found": "looked for, and nothing found",
    "not_applicable": "does not apply",
}


class Proofs:
    """Builds the proofs of one case."""

    def __init__(self, program: Program, world: World, found: list[Result]) -> None:
        self.program = program
        self.library = program.library
        self.world = world
        self.texts = Texts(program.library, world)
        self.found = {(one.rule.id, one.subject): one for one in found}

    def proof(self, result: Result, evidence: Sequence[Evidence], text: str) -> Proof:
        """Return the proof whose root is the result itself."""
        steps: list[Step | None] = [None]
        known: dict[tuple[object, ...], int] = {}
        path = frozenset([(result.rule.id, result.subject)])
        uses = self._all(evidence, steps, known, path)
        steps[0] = Step(
            0,
            "conclusion",
            text,
            result.outcome != "unknown",
            tuple(uses),
            subject=result.subject,
            rule=result.rule.id,
            level=result.certain or result.possible,
            alternative=self._key(result),
        )
        return Proof(0, tuple(step for step in steps if step is not None))

    def _key(self, result: Result) -> str:
        return alternative(result, certain=bool(result.standing.certain)).key if result.told else ""

    def _all(
        self,
        evidence: Sequence[Evidence],
        steps: list[Step | None],
        known: dict[tuple[object, ...], int],
        path: frozenset[tuple[str, Subject]],
    ) -> list[int]:
        uses = []
        for one in dict.fromkeys(evidence):
            number = self._one(one, steps, known, path)
            if number is not None and number not in uses:
                uses.append(number)
        return uses

    def _one(
        self,
        one: Evidence,
        steps: list[Step | None],
        known: dict[tuple[object, ...], int],
        path: frozenset[tuple[str, Subject]],
    ) -> int | None:
        entity = one.member.entity if one.member else ""
        key = (one.kind, entity, one.key, one.subject, tuple(one.below))
        if key in known:
            return known[key]
        if one.kind == "conclusion" and (one.key, one.subject) in path:
            return None
        number = known[key] = len(steps)
        steps.append(None)
        if one.kind == "answer":
            steps[number] = self._answer(number, one, steps, known, path)
        elif one.kind == "absence":
            uses = self._all(one.below, steps, known, path)
            text = f"looked at every {one.key}, and found none that fits"
            steps[number] = Step(number, "absence", text, True, tuple(uses))
        else:
            steps[number] = self._conclusion(number, one, steps, known, path)
        return number

    def _conclusion(
        self,
        number: int,
        one: Evidence,
        steps: list[Step | None],
        known: dict[tuple[object, ...], int],
        path: frozenset[tuple[str, Subject]],
    ) -> Step:
        below = self.found[one.key, one.subject]
        path = path | {(one.key, one.subject)}
        uses = self._all(self.evidence(below), steps, known, path)
        return Step(
            number,
            "conclusion",
            self.message(below),
            below.standing.certain is not None or below.outcome == "sound",
            tuple(uses),
            subject=one.subject,
            rule=one.key,
            level=below.standing.certain or below.standing.possible,
            alternative=self._key(below),
        )

    def evidence(self, result: Result) -> list[Evidence]:
        """Return what an outcome rests on."""
        world, env = self.world, result.env
        if result.standing.certain or result.standing.possible:
            return alternative(result, certain=bool(result.standing.certain)).whole.why(
                world, env, True
            )
        applies = result.rule.applies.why(world, env, result.standing.applies > 0)
        if result.outcome != "sound":
            return applies + result.rule.due.why(world, env, result.standing.due > 0)
        against = [one.own.why(world, env, False) for one in result.rule.alternatives]
        return [*applies, *(e for evidence in against for e in evidence)]

    def message(self, result: Result) -> str:
        """Return the sentence of an outcome."""
        rule = result.rule.rule
        if result.standing.certain and result.outcome == "concern":
            text = rule.concern[alternative(result, certain=True).key].says
        elif result.outcome == "sound":
            text = rule.sound or rule.title
        else:
            text = rule.open or f"{rule.title}: not known yet."
        return self.texts.fill(text, result.rule, result.env)

    def _answer(
        self,
        number: int,
        one: Evidence,
        steps: list[Step | None],
        known: dict[tuple[object, ...], int],
        path: frozenset[tuple[str, Subject]],
    ) -> Step:
        answer: Answer = one.value
        fact, name = self.fact(one)
        title = (fact.title if fact else "") or _words(one.key, first=not one.member)
        if fact is None and one.key in self.library.measures:
            title = self.library.measures[one.key].title or title
        who = f"{self.texts.member(one.member)}, " if one.member else ""
        values = " or ".join(self.texts.value(fact, value) for value in answer.values or ())
        said = values or STATUS_WORDS.get(answer.status, answer.status)
        derived = answer.basis == "derived"
        uses = self._below(one, steps, known, path) if derived else []
        return Step(
            number,
            "derived" if derived else "answer",
            f"{who}{title}: {said}",
            answer.given,
            tuple(uses),
            None if derived else self.location(one.member, one.key),
            fact=name,
            subject=one.subject,
            value=values,
            status="confidential" if answer.confidential else answer.status,
            source=answer.source,
        )

    def _below(
        self,
        one: Evidence,
        steps: list[Step | None],
        known: dict[tuple[object, ...], int],
        path: frozenset[tuple[str, Subject]],
    ) -> list[int]:
        name = f"{one.member.entity}.{one.key}" if one.member else one.key
        evidence: list[Evidence] = []
        for maker in self.program.makers.get(name, []):
            rule = self.program.rules[maker]
            env = dict(zip(rule.rule.for_each, [one.member], strict=False)) if one.member else {}
            for value, when in rule.options:
                if _settled(one.value, value) and when.holds(self.world, env):
                    evidence.extend(when.why(self.world, env, True))
        return self._all(evidence, steps, known, path)

    def fact(self, one: Evidence) -> tuple[Fact | None, str]:
        """Return the fact behind an answer, and its path as questions name it."""
        if one.member is None:
            return self.library.fact(one.key), one.key
        entity = self.library.entities[one.member.entity]
        return entity.facts.get(one.key), f"{entity.collection or one.member.entity}.{one.key}"

    def location(self, member: Member | None, key: str) -> Location:
        """Return where an answer stands, or where it belongs."""
        keys = (*member.keys, key) if member else tuple(key.split("."))
        document = self.world.case.document
        place = document.position(keys)
        pointer = "/" + "/".join(str(part) for part in keys)
        return Location(
            document.path, pointer, place.line, place.column, place.end_line, place.end_column
        )


def _words(path: str, *, first: bool) -> str:
    """Return the path of a fact as words; questions are too long to be read in a proof."""
    words = path.replace(".", " ").replace("_", " ")
    return words[:1].upper() + words[1:] if first else words


def _settled(answer: Answer, value: object) -> bool:
    """Say whether a value is what a derived fact came to, or certainly in it."""
    values = answer.values or ()
    return value in values or any(isinstance(v, Items) and str(value) in v.must for v in values)
