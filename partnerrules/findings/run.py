"""What comes out of a run: how each case stands, what was used, and everything that was found."""

from pathlib import PureWindowsPath
from typing import Any, NamedTuple

from partnerrules.findings.finding import Finding, Limit, NotAssessed, Question, Sound, Strength

SCHEMA = "partnerrules.report/1"


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
    line: int = 0
    """Where it stands in a file with others, each on a line of its own; else 0."""
    reasons: tuple[str, ...] = ()
    """Why it does not pass the gate."""
    notes: tuple[str, ...] = ()
    """What the baseline and the waivers hold of it that is no longer so."""


class PackInfo(NamedTuple):
    """A pack that was used."""

    id: str
    version: str
    sha256: str


class FileInfo(NamedTuple):
    """A file that bears on what is found, beside cases and packs."""

    path: str
    sha256: str


class Change(NamedTuple):
    """What a run sets otherwise than the packs do."""

    kind: str
    """parameter, level (of an alternative) or cap (of a rule)."""
    name: str
    was: Any
    value: Any
    why: str
    by: str = ""
    """The pack whose profile says so; empty where the run itself does."""
    basis: str = "default"
    source: str = ""


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
    profile: str = ""
    changes: tuple[Change, ...] = ()
    sound: tuple[Sound, ...] = ()
    attestations: FileInfo | None = None
    """Whose answers count beside those of the cases."""
    baseline: FileInfo | None = None
    """What was accepted as it is."""
    waivers: FileInfo | None = None


def in_order(path: str, line: int = 0) -> tuple[str, str, int]:
    """Return what puts cases in the order of their paths: folder by folder, then by line.

    It is the same for who reads only the name of what lies outside of the working folder.
    """
    return _folder_by_folder(near(path)), _folder_by_folder(path), line


def _folder_by_folder(path: str) -> str:
    return path.replace("\\", "/").replace("/", "\0")


def near(path: str) -> str:
    """Return a path without folders that lie outside of the one in which the work went on.

    They may be called by the name of whoever ran it.
    """
    windows = PureWindowsPath(path)
    outside = bool(windows.drive or windows.root) or path.startswith("~") or ".." in windows.parts
    return windows.name if outside else path


class Tally:
    """What a run over many cases comes to, counted case by case."""

    def __init__(self) -> None:
        self.cases = self.errors = self.held_back = self.tokens = self.matches = 0

    def count(
        self,
        cases: int = 0,
        *,
        errors: int = 0,
        held_back: int = 0,
        tokens: int = 0,
        matches: int = 0,
    ) -> None:
        """Count cases, those that are errors, those that do not pass the gate, and work."""
        self.cases += cases
        self.errors += errors
        self.held_back += held_back
        self.tokens += tokens
        self.matches += matches
