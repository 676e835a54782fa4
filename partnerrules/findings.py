"""What comes out of a check, as frozen values that every output reads.

Named tuples are made in a third of the time that frozen dataclasses take, and so are their classes
when this is imported; without postponed annotations, each of which would be compiled by itself.
"""

import hashlib
import json
from typing import Any, NamedTuple

LEVELS = ("low", "medium", "high")
"""From keep in mind over plan for to act now; the position is the rank."""
SCHEMA = "partnerrules.report/1"
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def rank(level: str | None) -> int:
    """Return 0 for no level, then 1, 2, 3 for low, medium and high."""
    return 0 if level is None else LEVELS.index(level) + 1


def fingerprint(rule: str, case: str, subject: tuple[str, ...]) -> str:
    """Return the identity of a finding: the same over runs, versions and machines."""
    said = _ENCODE(["partnerrules/1", rule, case, subject]).encode()
    return hashlib.sha256(said).hexdigest()[:32]


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
    """Why, in the words of each guard in `lowered_by`."""
    open_questions: tuple[str, ...] = ()
    """Facts whose answer is missing and bears on this finding."""
    about: tuple[str, ...] = ()
    """The subject in the words of the case: names in place of ids."""
    state: str = "new"
    waiver: str | None = None


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


class Verdict(NamedTuple):
    """How one dimension stands: from the worst certain to the worst possible level."""

    dimension: str
    area: str
    certain: str | None
    possible: str | None
    answered: int
    asked: int
    enough: bool
    """Whether enough was answered to give the good end."""


class Stages(NamedTuple):
    """The stated stage, and the stages that are certainly or possibly active."""

    stated: str | None
    active: tuple[str, ...]
    possible: tuple[str, ...]


class AreaAnswered(NamedTuple):
    """How many of the answers that the rules of one area need were given."""

    area: str
    answered: int
    asked: int


class Answered(NamedTuple):
    """The same for all rules; areas, in the order of the packs, may share answers."""

    answered: int = 0
    asked: int = 0
    areas: tuple[AreaAnswered, ...] = ()


class CaseResult(NamedTuple):
    """One case as a whole."""

    case: str
    path: str
    sha256: str
    status: str
    """evaluated or error."""
    name: str = ""
    stages: Stages | None = None
    coverage: Answered = Answered()
    respondents: int = 0
    sourced: int = 0
    """Answers that name a source."""
    verdicts: tuple[Verdict, ...] = ()
    engine: str = ""
    """Set only where another engine than that of the run had to take the case over."""


class PackInfo(NamedTuple):
    """A pack that was used."""

    id: str
    version: str
    sha256: str


class EngineInfo(NamedTuple):
    """The engine and the work that it was given."""

    name: str
    jobs: int
    tokens: int
    matches: int


class ErrorInfo(NamedTuple):
    """A case that could not be read or evaluated."""

    code: str
    path: str
    line: int | None
    column: int | None
    message: str


class Gate(NamedTuple):
    """The settings of the gate and what it says."""

    settings: dict[str, str]
    passed: bool
    reasons: tuple[str, ...]


class Report(NamedTuple):
    """Everything that one run found, for one case or many."""

    version: str
    engine: EngineInfo
    packs: tuple[PackInfo, ...]
    parameters: dict[str, Any]
    questions_set: str
    audience: str
    cases: tuple[CaseResult, ...]
    findings: tuple[Finding, ...]
    strengths: tuple[Strength, ...]
    not_assessed: tuple[NotAssessed, ...]
    limits: tuple[Limit, ...]
    questions: tuple[Question, ...]
    errors: tuple[ErrorInfo, ...] = ()
    gate: Gate | None = None
