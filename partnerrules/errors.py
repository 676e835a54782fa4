"""Everything that can go wrong with what people hand in, as values that name the place.

PartnerRulesError
├── DocumentError      a file cannot be read as YAML or JSON
├── PackError          a rule pack is wrong: nothing is evaluated
│   └── SettingError   a run names or sets something that does not go with its packs
├── ConfigurationError settings in a file or in the environment are wrong: nothing is evaluated
├── CaseError          a case file is wrong: the other cases are evaluated
└── EvaluationError    one case went beyond a stated limit of the engine
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Problem(NamedTuple):
    """One thing to mend: where it is, what it is, what was expected."""

    code: str
    message: str
    path: str = ""
    line: int | None = None
    """1-based; None where the file as a whole is meant."""
    column: int | None = None
    key: str = ""
    """Dotted path of the key inside the file, for example `partners.2.level`."""
    nearest: str = ""
    """The valid word closest to the one that was found, if one is close."""

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        key = f"{self.key}: " if self.key else ""
        hint = f' Did you mean "{self.nearest}"?' if self.nearest else ""
        return f"{place}{': ' if place else ''}{key}{self.message}{hint}"


class PartnerRulesError(Exception):
    """The base of all errors that a user can mend; holds every problem that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[PartnerRulesError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class DocumentError(PartnerRulesError):
    """A file cannot be read as YAML or JSON."""


class PackError(PartnerRulesError):
    """A rule pack, or a setting that packs take, is wrong."""


class SettingError(PackError):
    """A parameter, a profile or a set of questions that a run names does not go with its packs."""


class ConfigurationError(PartnerRulesError):
    """A file of settings, or a variable of the environment, is wrong."""


class CaseError(PartnerRulesError):
    """A case file does not say what the vocabulary understands."""


class EvaluationError(PartnerRulesError):
    """A case went beyond a stated limit of the engine."""


def nearest(word: str, valid: Iterable[str]) -> str:
    """Return the valid word closest to `word`, or an empty string where none is close."""
    # Only what is wrong needs it, and most runs find nothing wrong.
    import difflib

    close = difflib.get_close_matches(word, sorted(valid), n=1, cutoff=0.6)
    return close[0] if close else ""
