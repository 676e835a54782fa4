"""From results to findings, strengths and what was not assessed."""

from __future__ import annotations

from collections.abc import Iterator

from partnerrules.cases.answers import Answer
from partnerrules.checking.advising import filled
from partnerrules.checking.asking import is_missing
from partnerrules.checking.grounds import Grounds
from partnerrules.checking.guards import told_of
from partnerrules.checking.prepared import Prepared
from partnerrules.checking.proofs import Proofs
from partnerrules.checking.results import Result
from partnerrules.checking.summary import Coverage, stages
from partnerrules.checking.texts import Texts
from partnerrules.facts.world import Evidence
from partnerrules.findings import (
    Advice,
    Finding,
    Limit,
    Location,
    NotAssessed,
    Sound,
    Strength,
    fingerprint,
    rank,
)
from partnerrules.packs.builtin import ANSWER

MAYBE = "It is not known yet whether this holds:"
"""Before the note of a guard that only may act."""


def _worse(one: Result) -> bool:
    """Say whether it may turn out to be worse than what is certain."""
    return one.possible != one.certain and rank(one.possible) > rank(one.certain)


class Builder:
    """Builds the report values of one case."""

    def __init__(self, prepared: Prepared, grounds: Grounds, coverage: Coverage) -> None:
        self.prepared = prepared
        self.program = prepared.program
        self.world = world = grounds.world
        self.found = list(grounds.found.values())
        self.coverage = coverage
        self.grounds = grounds
        self.proofs = Proofs(grounds, Texts(prepared.library, world), prepared.wording)
        self.case = world.case.id
        self.stages = stages(self.program, world)
        self._asked: dict[Evidence, dict[str, None]] = {}

    def findings(self) -> tuple[Finding, ...]:
        """Return concerns and open questions, sorted by severity, rule and subject."""
        shown = [
            one
            for one in self.found
            if one.told
            and not one.rule.rule.limit
            and (one.outcome == "concern" or self.coverage.looked_at(one.rule.id))
        ]
        findings = [self._finding(one) for one in shown]
        findings.sort(key=lambda f: (-rank(f.severity), f.rule, f.subject))
        return tuple(findings)

    def _finding(self, one: Result) -> Finding:
        rule, standing, proofs = one.rule.id, one.standing, self.proofs
        sure, worse = one.outcome == "concern", _worse(one)
        advice, remediation = self._advice(one)
        told = self.prepared.told[rule]
        return Finding(
            fingerprint(rule, self.case, one.subject),
            rule,
            told.name,
            told.title,
            self.case,
            one.subject,
            one.outcome,
            one.certain,
            one.possible if worse else None,
            standing.certain if sure else standing.possible,
            one.because,
            told.dimension,
            told.area,
            proofs.message(one),
            told.why,
            remediation,
            told.lessons,
            told.sources,
            proofs.place(one) or self._fallback(),
            proofs.proof(one),
            self._rests_on(one) if sure else "open",
            told.basis,
            tuple(sorted(set(one.part_of))) if one.part_of else (),
            standing.certain if one.raised_by else None,
            tuple(one.raised_by),
            tuple(one.lowered_by),
            tuple(self._lowered_because(one)) if one.lowered_by else (),
            self._open(one) if worse else (),
            tuple([proofs.texts.member(member) for member in one.env.values()]) if one.env else (),
            "new",
            None,
            advice,
            told.pack,
        )

    def _lowered_because(self, one: Result) -> Iterator[str]:
        open_guards = {guard.id for guard, _ in one.perhaps}
        for name in one.lowered_by:
            note = self.program.rules[name].rule.note
            why = f"{MAYBE} {note}" if name in open_guards and note else note
            yield told_of(self.grounds, one, why, name)

    def _advice(self, one: Result) -> tuple[Advice | None, str]:
        """Return what could help, and its text."""
        key = one.because if one.outcome == "concern" else ""
        advice, text = self.prepared.advice(one.rule.rule, key, self.stages.active)
        if advice is None or text:
            return advice, text

        def fill(text: str) -> str:
            return self.proofs.texts.fill(text, one.rule, one.env)

        advice = filled(advice, fill)
        return advice, advice.text

    def _open(self, one: Result) -> tuple[str, ...]:
        """Return the facts whose answer is missing and could make it worse, each once."""
        found: dict[str, None] = {}
        known = self._asked
        for evidence in self.grounds.open_answers(one):
            asked = known.get(evidence)
            if asked is None:
                asked = known[evidence] = self._asked_for(evidence)
            if asked:
                found |= asked
        return tuple(found)

    def _asked_for(self, one: Evidence) -> dict[str, None]:
        """Return the facts to be asked for instead of an answer; none where it is not missing."""
        if not is_missing(one):
            return {}
        found = dict.fromkeys(self._asked_first(one, ()))
        return {
            "@".join((self.prepared.wording.of(asked).name, *asked.subject)): None
            for asked in found
        }

    def _asked_first(self, one: Evidence, before: tuple[Evidence, ...]) -> Iterator[Evidence]:
        """Yield what is to be asked for a missing answer: it, or first what decides on that."""
        name, asking = one.path, self.coverage.asking
        certainty = asking.asked(name, one.member)
        found: list[Evidence] = []
        if certainty == 1 and one not in before:
            for condition, env in asking.open_conditions(name, one.member):
                for below in filter(is_missing, self.grounds.answers_below(condition, env)):
                    found.extend(self._asked_first(below, (*before, one)))
        yield from found or ([one] if certainty else [])

    def _rests_on(self, one: Result) -> str:
        """Return what carries an outcome, in the words of `Finding.rests_on`."""
        sourced = claimed = True
        people: set[str] = set()
        given = False
        for answer in self._answers(one):
            if answer.given:
                given = True
                sourced = sourced and bool(answer.source)
                claimed = claimed and answer.basis == "claimed"
                people.update(answer.respondents)
        if not given:
            return "open"
        if sourced or claimed:
            return "document" if sourced else "interested"
        return "several" if len(people) > 1 else "one"

    def _answers(self, one: Result) -> list[Answer]:
        return [evidence.value for _, evidence in self.grounds.leaves(one)]

    def member_name(self, fact: str, member: str) -> str:
        """Return the name of the member with an id that a fact, by its path, is about."""
        entity = self.program.library.collections.get(fact.rpartition(".")[0], "")
        known = {one.id: one for one in self.world.members(entity)} if entity else {}
        return self.proofs.texts.member(known[member]) if member in known else member

    def _fallback(self) -> Location:
        return self.proofs.location(None, self.program.library.name_fact or "case")

    def strengths(self) -> tuple[Strength, ...]:
        """Return what holds; `reported` where only an unsourced word carries it."""
        if self.coverage.wanted:
            return ()
        result = []
        for one in self.found:
            rule = one.rule.rule
            if one.outcome != "sound" or rule.kind != "check" or not rule.sound or rule.limit:
                continue
            rests_on = self._rests_on(one)
            place = self.proofs.place(one) or self._fallback()
            weak = rests_on in ("one", "interested", "open") and not self._backed(one)
            weak = weak or self._lacks_source(one)
            result.append(
                Strength(
                    rule.id,
                    rule.name,
                    self.case,
                    one.subject,
                    rule.dimension,
                    self.prepared.areas.get(rule.dimension, ""),
                    self.proofs.message(one),
                    rests_on,
                    weak,
                    place,
                    any(answer.confidential for answer in self._answers(one)),
                )
            )
        return tuple(result)

    def _backed(self, one: Result) -> bool:
        answers = self._answers(one)
        return any(a.source for a in answers if a.given and a.basis != "claimed")

    def _lacks_source(self, one: Result) -> bool:
        """Say whether an answer that needs a source has none."""
        for _, evidence in self.grounds.leaves(one):
            fact = self.prepared.wording.of(evidence).fact
            if fact and fact.needs_source and evidence.value.given and not evidence.value.source:
                return True
        return False

    def sound(self, strengths: tuple[Strength, ...]) -> tuple[Sound, ...]:
        """Return what was looked at and is of no concern, without what is told as a strength."""
        told = {(one.rule, one.subject) for one in strengths}
        return tuple(
            Sound(one.rule.id, one.rule.rule.name, self.case, one.subject)
            for one in self.found
            if one.outcome == "sound"
            and not one.rule.rule.limit
            and (one.rule.id, one.subject) not in told
        )

    def not_assessed(self) -> tuple[NotAssessed, ...]:
        """Return the rules that do not apply, are not due, or are outside the questions asked."""
        result = []
        for one in self.found:
            rule, outcome = one.rule.rule, one.outcome
            if rule.limit:
                continue
            if not self.coverage.looked_at(rule.id) and outcome == "unknown":
                outcome = "not_looked_at"
            if outcome in ("not_applicable", "not_due", "not_looked_at"):
                reason = (
                    told_of(self.grounds, one, one.reason)
                    or {
                        "not_applicable": "It does not apply here.",
                        "not_due": "It is not due at this stage.",
                        "not_looked_at": "The questions asked do not look at it.",
                    }[outcome]
                )
                result.append(
                    NotAssessed(rule.id, rule.name, self.case, one.subject, outcome, reason)
                )
        return tuple(result)

    def limits(self) -> tuple[Limit, ...]:
        """Return what is known about the evidence itself."""
        found = [
            self._limit(one)
            for one in self.found
            if one.rule.rule.limit and one.outcome == "concern"
        ]
        case = self.world.case
        if not any(answer.source or answer.respondents for answer in case.every_answer()):
            text = "No answer names a source or who gave it, so nothing here can be checked again."
            found.append(Limit(self.case, "", text))
        found.extend(Limit(self.case, "", note) for note in case.notes)
        found.extend(Limit(self.case, "", one.text, "", one.confidential) for one in case.remarks)
        return tuple(found)

    def _limit(self, one: Result) -> Limit:
        names = "{" in one.rule.rule.concern[one.because].says.replace("{$", "")
        # What is said of answers as such tells none of them, unless it names which.
        secret = any(
            rests.value.confidential
            and (names or not (rests.member and rests.member.entity == ANSWER))
            for _, rests in self.grounds.leaves(one)
        )
        advice, _ = self._advice(one)
        # Who could act is whoever runs the check: those who read this know it.
        helps = " ".join((advice.says, *advice.steps)) if advice else ""
        return Limit(self.case, one.rule.id, self.proofs.message(one), helps, secret)
