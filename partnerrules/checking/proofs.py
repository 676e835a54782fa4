"""Proofs: what a conclusion rests on, down to the line of the case file."""

from __future__ import annotations

from functools import reduce
from operator import getitem
from typing import Any

from partnerrules.cases import Member
from partnerrules.cases.answers import Answer
from partnerrules.checking.grounds import Grounds, is_plain
from partnerrules.checking.results import Result
from partnerrules.checking.texts import Texts
from partnerrules.checking.wording import Wording
from partnerrules.documents.source import Position
from partnerrules.facts.world import Evidence
from partnerrules.findings import LEVELS, Location, Proof, Step

Keys = tuple[str | int, ...]


class Proofs:
    """Builds the proofs of one case."""

    def __init__(self, grounds: Grounds, texts: Texts, wording: Wording) -> None:
        self.grounds = grounds
        self.texts = texts
        self.wording = wording
        self.world = grounds.world
        self._said: dict[Evidence, Step] = {}
        self._numbered: dict[tuple[Evidence, int], Step] = {}
        self._owners: dict[Keys, tuple[Any, list[Position]]] = {}
        """What stands at a path, and once it is known where what is missing there is shown."""
        self._messages: dict[Result, str] = {}

    def proof(self, result: Result) -> Proof:
        """Return the proof whose root is the result itself."""
        rests = self.grounds.of(result)
        if not is_plain(rests):
            return _Writer(self).write(result)
        uses = tuple(range(1, len(rests) + 1))
        return Proof(0, (self.root(result, uses), *map(self.step, rests, uses)))

    def root(self, result: Result, uses: tuple[int, ...]) -> Step:
        """Return the result as the step that its proof begins with."""
        level = result.certain or result.possible
        return self.conclusion(
            0, result, result.standing.grade, result.outcome != "unknown", level, uses
        )

    def conclusion(
        self,
        number: int,
        result: Result,
        grade: int,
        certain: bool,
        level: str | None,
        uses: tuple[int, ...],
    ) -> Step:
        """Return what a rule says of a subject, at a grade, as the step with a number."""
        if grade == result.standing.grade:
            text, key = self.message(result), result.because
        else:
            # In a circle, what was drawn before the conclusion grew.
            text, key = self.says(result, grade), result.standing.decisive[grade]
        rule, subject = result.rule.id, result.subject
        about = (None, "", subject, "", "", "", rule, level, key)
        return Step(number, "conclusion", text, certain, uses, *about)

    def step(self, one: Evidence, number: int) -> Step:
        """Return an answer of the case as the step with a number, which many proofs share."""
        found = self._numbered.get((one, number))
        if found is None:
            said = (number, *self.said(one)[1:])
            # Without the call that names the fields: no other record is made so often.
            found = self._numbered[one, number] = tuple.__new__(Step, said)
        return found

    def place(self, result: Result) -> Location | None:
        """Return the place that a result is about most.

        Of an open question where the first missing answer belongs; else the first answer given
        among those that the result rests on itself, or else below them.
        """
        wanted, rests = result.outcome != "unknown", self.grounds.of(result)
        for one in rests:
            if one.kind != "answer":
                break
            if (one.value.values is not None) == wanted:
                return self.said(one).location
        else:
            return self.said(rests[0]).location if rests else None
        return self._place(result, wanted)

    def _place(self, result: Result, wanted: bool) -> Location | None:
        """Return the same where what the result rests on itself does not tell at once."""
        first = other = None
        for depth, one in self.grounds.each_leaf(result):
            if (one.value.values is not None) == wanted:
                if not depth:
                    return self.said(one).location
                first = first or one
            other = other or one
        found = first or other
        return self.said(found).location if found else None

    def message(self, result: Result) -> str:
        """Return the sentence of an outcome."""
        found = self._messages.get(result)
        if found is None:
            found = self._messages[result] = self._message(result)
        return found

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
        text = result.rule.rule.concern[result.standing.decisive[grade]].says
        return self.texts.fill(text, result.rule, result.env)

    def said(self, one: Evidence) -> Step:
        """Return how an answer is told, as a step without number and without what it uses."""
        found = self._said.get(one)
        if found is None:
            found = self._said[one] = self._say(one)
        return found

    def _say(self, one: Evidence) -> Step:
        answer: Answer = one.value
        words = self.wording.of(one)
        fact, value = words.fact, self.texts.value
        values = " or ".join([value(fact, said) for said in answer.values or ()])
        text = f"{words.title}: {values}" if values else words.missing[answer.status]
        if one.member:
            text = f"{self.texts.member(one.member)}, {text}"
        return Step(
            0,
            one.kind,
            f"{text} ({answer.attested})" if answer.attested else text,
            answer.values is not None,
            (),
            self.location(one.member, one.key) if one.kind == "answer" else None,
            words.name,
            one.subject,
            values,
            "confidential" if answer.confidential else answer.status,
            answer.source,
        )

    def location(self, member: Member | None, key: str) -> Location:
        """Return where an answer stands, or where it belongs."""
        keys = (*member.keys, key) if member else tuple(key.split("."))
        case = self.world.case
        if keys in case.attested:
            return case.attested[keys]
        owner = keys[:-1]
        known = self._owners.get(owner)
        if known is None:
            known = self._owners[owner] = (_at(case.document.value, owner), [])
        block, missing = known
        if isinstance(block, dict) and keys[-1] in block:
            position = case.document.position(keys)
        elif missing:
            (position,) = missing
        else:
            shown, of_key = _told_at(case.document.value, keys)
            position = case.document.position(shown, of_key=of_key)
            missing.append(position)
        return Location(case.document.path, f"/{'/'.join(map(str, keys))}", *position)


class _Writer:
    """Writes one proof: numbered steps, each thing once, never circular."""

    def __init__(self, proofs: Proofs) -> None:
        self.proofs = proofs
        self.grounds = proofs.grounds
        self.steps: list[Step] = []
        self.known: dict[Evidence, int] = {}
        self.path: set[Evidence] = set()
        """What is being written: of several that are sound together none carries the others."""

    def write(self, result: Result) -> Proof:
        root = self.grounds.world.conclusion(result.rule.id, result.subject, result.standing.grade)
        self.path.add(root)
        self.steps.append(_OPEN)
        self.steps[0] = self.proofs.root(result, self._all(self.grounds.of(result)))
        return Proof(0, tuple(self.steps))

    def _all(self, evidence: tuple[Evidence, ...]) -> tuple[int, ...]:
        """Write what is not written yet; return the numbers of all."""
        known, steps = self.known, self.steps
        numbers = []
        for one in evidence:
            number = known.get(one)
            if number is None:
                number = len(steps)
                if one.kind == "answer":
                    known[one] = number
                    steps.append(self.proofs.step(one, number))
                elif one in self.path:
                    continue
                else:
                    known[one] = number
                    self._write(number, one)
            elif one in self.path:
                continue
            numbers.append(number)
        return tuple(numbers)

    def _write(self, number: int, one: Evidence) -> None:
        """Write something with what it rests on."""
        self.steps.append(_OPEN)
        self.path.add(one)
        uses = self._all(self.grounds.below(one))
        self.path.remove(one)
        if one.kind == "derived":
            _, kind, text, certain, _, *about = self.proofs.said(one)
            step = Step._make((number, kind, text, certain, uses, *about))
        elif one.kind == "absence":
            text = f"looked at every {one.key}, and found none that fits"
            step = Step(number, "absence", text, True, uses)
        else:
            step = self._drawn(number, one, uses)
        self.steps[number] = step

    def _drawn(self, number: int, one: Evidence, uses: tuple[int, ...]) -> Step:
        """Return a conclusion that another rests on: as its rule drew it, whatever changed it."""
        result = self.grounds.found[one.key, one.subject]
        grade = one.drawn or result.standing.grade
        certain = grade > len(LEVELS) or result.outcome == "sound"
        level = LEVELS[(grade - 1) % len(LEVELS)] if grade else None
        return self.proofs.conclusion(number, result, grade, certain, level, uses)


def _at(value: Any, keys: Keys) -> Any:
    """Return what stands at a path, None where it leads nowhere."""
    try:
        return reduce(getitem, keys, value)
    except (IndexError, KeyError, TypeError):
        return None


def _told_at(value: Any, keys: Keys) -> tuple[Keys, bool]:
    """Return where a place is shown, and whether by its key, or else by its value.

    A missing answer is shown by the id of what it belongs to. Otherwise it would be all of a case,
    or of a member of a list, over many lines. What has a key of its own is shown by that.
    """
    for depth, key in enumerate(keys):
        if isinstance(value, dict):
            inside = key in value
        else:
            # What is said of an answer is looked for in what it holds, which may be a list.
            inside = isinstance(value, list) and isinstance(key, int)
        if not inside:
            name = "id" if depth else "case"
            own_key = depth and isinstance(keys[depth - 1], str)
            known = isinstance(value, dict) and name in value
            return ((*keys[:depth], name), False) if known and not own_key else (keys[:depth], True)
        value = value[key]
    return keys, False


_OPEN = Step(-1, "", "", False)
"""Stands for a step until what it uses is written."""
