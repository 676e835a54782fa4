"""What a rule comes to on a subject: a concern or an open question, a strength, or nothing."""

import hashlib
from collections.abc import Iterable, Iterator
from json.encoder import encode_basestring as quoted
from typing import NamedTuple

LEVELS = ("low", "medium", "high")
"""From keep in mind over plan for to act now; the position is the rank."""
NEW = "new"
KNOWN = "known"
"""The state of a finding that the baseline holds, no less grave."""
WORSE = "worse"
NO_LONGER_ASSESSED = "no_longer_assessed"
"""The state of what is open now and was a concern: an answer was taken away."""
_RANKS: dict[str | None, int] = {None: 0, "low": 1, "medium": 2, "high": 3}


class Confided(str):
    """A text that tells what a confidential answer was; only the team reads it."""

    __slots__ = ()


def rank(level: str | None) -> int:
    """Return 0 for no level, then 1, 2, 3 for low, medium and high."""
    return _RANKS[level]


def fingerprint(rule: str, case: str, subject: tuple[str, ...]) -> str:
    """Return the identity of a finding: the same over runs, versions and machines."""
    about = ",".join(map(quoted, subject))
    said = f'["partnerrules/1",{quoted(rule)},{quoted(case)},[{about}]]'
    return hashlib.sha256(said.encode()).hexdigest()[:32]


class Location(NamedTuple):
    """A place in a case file; lines and columns count from 1, the end column is exclusive."""

    path: str
    pointer: str
    line: int
    column: int
    end_line: int
    end_column: int


class Step(NamedTuple):
    """One line of a proof."""

    id: int
    kind: str
    """answer, conclusion, derived or absence (what was looked for and not found)."""
    text: str
    certain: bool
    uses: tuple[int, ...] = ()
    location: Location | None = None
    fact: str = ""
    subject: tuple[str, ...] = ()
    value: str = ""
    status: str = ""
    source: str = ""
    rule: str = ""
    level: str | None = None
    alternative: str = ""


class Proof(NamedTuple):
    """Why a conclusion was drawn: steps that name the steps they use; never circular."""

    root: int
    steps: tuple[Step, ...]


class Advice(NamedTuple):
    """What could help, in its parts."""

    says: str
    steps: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    """Who could act, in words: each of them could."""
    founds: bool = False
    """Whether it founds something new."""
    particular: bool = False
    """Whether it is that of one alternative or names members: then it says what was answered."""

    @property
    def text(self) -> str:
        """Return all of it in sentences."""
        return " ".join(one for one in (self.says, *self.steps, self.could_act) if one)

    @property
    def could_act(self) -> str:
        """Return a sentence that says who could act, or nothing."""
        return f"Who could act: {', or '.join(self.who)}." if self.who else ""


class Waiver(NamedTuple):
    """Why somebody accepts a finding, and until when; days as in ISO 8601."""

    kind: str
    """accepted_risk, false_positive or compensating."""
    reason: str
    approved_by: str
    created: str
    expires: str
    """The last day on which it counts."""
    over: bool = False
    """Whether that day has passed: then it sets nothing aside."""


class Finding(NamedTuple):
    """A concern or an open question about one subject."""

    fingerprint: str
    rule: str
    name: str
    title: str
    case: str
    subject: tuple[str, ...]
    outcome: str
    severity: str | None
    """The level that follows from the answers; None for an open question."""
    could_be: str | None
    """The level that it may turn out to have; None where it cannot be worse."""
    base_severity: str | None
    because: str
    """The key of the alternative that decided the level."""
    dimension: str
    area: str
    message: str
    why: str
    remediation: str
    """Advice in one text: `advice` with its steps and who could act."""
    lessons: tuple[str, ...]
    sources: tuple[str, ...]
    location: Location
    proof: Proof
    rests_on: str
    """document, several, one, interested or open."""
    basis: str
    """sourced, convention, default or none: the weakest basis of the parameters used."""
    part_of: tuple[str, ...] = ()
    """Rule ids of the compounds under which this finding is told; counted once, there."""
    escalated_from: str | None = None
    raised_by: tuple[str, ...] = ()
    lowered_by: tuple[str, ...] = ()
    lowered_because: tuple[str, ...] = ()
    """Why, in the words of each guard in `lowered_by`; others may read it without one."""
    open_questions: tuple[str, ...] = ()
    """Facts whose answer is missing and bears on this finding."""
    about: tuple[str, ...] = ()
    """The subject in the words of the case: names in place of ids."""
    state: str = NEW
    """Against the baseline: new, known, worse, or no_longer_assessed (open, and was a concern)."""
    waiver: Waiver | None = None
    """Why it is accepted; None where nobody said so."""
    advice: Advice | None = None
    pack: str = ""
    """The id of the pack of the rule."""
    accepted: str | None = None
    """The level of the concern that the baseline holds; None where it holds none."""

    @property
    def waived(self) -> bool:
        """Whether a waiver that is not over accepts it."""
        return self.waiver is not None and not self.waiver.over

    @property
    def set_aside(self) -> bool:
        """Whether a waiver or the baseline accepts it: it is told, and counts in no gate."""
        return self.waived or self.state == KNOWN

    @property
    def level(self) -> str | None:
        """The severity; of what is open and was a concern in the baseline the one that it had."""
        return self.accepted if self.state == NO_LONGER_ASSESSED else self.severity

    @property
    def fresh(self) -> bool:
        """Whether it follows from the answers at a level that nothing accepts."""
        return not self.set_aside and rank(self.severity) > rank(self.accepted)


def holds_back(one: Finding, fail_on: str) -> str:
    """Return as what a finding keeps a case from passing, or nothing.

    `concern` where a level follows that nothing accepts; `no_longer_assessed` where such a level
    was in the baseline and is open now; `unknown` where it could turn out so, which counts only
    where that is asked for.
    """
    if fail_on == "none" or one.set_aside:
        return ""
    level = rank(fail_on)
    if one.fresh and rank(one.severity) >= level:
        return "concern"
    if one.state == NO_LONGER_ASSESSED and rank(one.accepted) >= level:
        return NO_LONGER_ASSESSED
    return "unknown" if rank(one.severity) < level <= rank(one.could_be) else ""


def counted(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield what a gate counts: nothing that is set aside, and a part under its compound alone.

    A part counts by itself where no compound counts that is as grave.
    """
    known = tuple(findings)
    levels: dict[tuple[str, str], int] = {}
    for one in known:
        if one.fresh:
            key = one.case, one.rule
            levels[key] = max(levels.get(key, 0), rank(one.severity))
    for one in known:
        own = max(rank(one.severity), rank(one.could_be))
        above = max((levels.get((one.case, rule), 0) for rule in one.part_of), default=0)
        if not one.set_aside and own > above:
            yield one


class Explanation(NamedTuple):
    """What one rule says about one subject, also where it says nothing of concern."""

    subject: tuple[str, ...]
    about: tuple[str, ...]
    outcome: str
    """concern, unknown, sound, not_due or not_applicable."""
    severity: str | None
    could_be: str | None
    message: str
    proof: Proof
    """Of what did not fire: the conditions that were not met."""


class Strength(NamedTuple):
    """A rule that holds on answers that can carry it; `reported` where they cannot."""

    rule: str
    name: str
    case: str
    subject: tuple[str, ...]
    dimension: str
    area: str
    message: str
    rests_on: str
    reported: bool
    location: Location
    confidential: bool = False


class Sound(NamedTuple):
    """A rule that was looked at and has nothing of concern, and is not told as a strength."""

    rule: str
    name: str
    case: str
    subject: tuple[str, ...]


class NotAssessed(NamedTuple):
    """A rule that does not apply, is not due, or is not looked at; with the reason."""

    rule: str
    name: str
    case: str
    subject: tuple[str, ...]
    outcome: str
    """not_applicable, not_due or not_looked_at."""
    reason: str


class Limit(NamedTuple):
    """What is known about the evidence itself; never a concern, never counted by a gate."""

    case: str
    rule: str
    message: str
    remediation: str = ""
    confidential: bool = False


class Question(NamedTuple):
    """A question whose answer would decide something."""

    case: str
    fact: str
    subject: tuple[str, ...]
    question: str
    ask: str
    severity: str
    """The worst level that an answer could bring."""
    would_decide: tuple[str, ...]
    about: tuple[str, ...] = ()
