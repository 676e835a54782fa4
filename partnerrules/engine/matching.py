"""What is asked of an engine: which tuples of tokens fit the jobs. Nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import NamedTuple, Protocol

from partnerrules.errors import EvaluationError, Problem


class Pattern(NamedTuple):
    """One place of a job: takes tokens of one kind, binds their values to join variables."""

    kind: int
    slots: tuple[int, ...]
    """The join variable that each value of the token binds, in the order of its values."""


class Job(NamedTuple):
    """A positive conjunction: every pattern is matched, equal join variables have equal values."""

    number: int
    patterns: tuple[Pattern, ...]
    """Two or more. Two patterns of one kind may take the same token."""


class Token(NamedTuple):
    """Something that may be matched: its kind and the small integers that joins compare."""

    kind: int
    values: tuple[int, ...]


class Match(NamedTuple):
    """One way in which a job is fulfilled, by the numbers of its tokens in pattern order."""

    job: int
    tokens: tuple[int, ...]


MATCH_LIMIT = 1_000_000
"""Matches in one case beyond which the evaluation stops with an error of that case."""


def too_many(limit: int) -> EvaluationError:
    """Return the error of a case in which rules put too much together."""
    text = (
        f"The rules find more than {limit} combinations in this case; "
        "it has too many members for a rule that compares all with all."
    )
    return EvaluationError([Problem("too-many-matches", text)])


class Session(Protocol):
    """The work on one case. Tokens are numbered from 0 in the order in which they are added."""

    def add(self, tokens: Sequence[Token]) -> list[Match]:
        """Add tokens and return the matches that are new, each once, in no given order.

        Raises EvaluationError beyond MATCH_LIMIT.
        """
        ...

    def __enter__(self) -> Session: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class Engine(Protocol):
    """Compiled jobs, kept for many cases."""

    @property
    def name(self) -> str:
        """Return the word for it in reports."""
        ...

    def session(self) -> Session:
        """Open the work on one case; use it as a context manager."""
        ...

    def close(self) -> None:
        """Give back what the engine holds; calling it twice does no harm."""
        ...
