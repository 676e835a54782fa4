"""The text of a file, and how places in it are counted."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from partnerrules.documents.bounds import MAX_PROBLEMS
from partnerrules.errors import DocumentError, Problem

Span = tuple[int, int]
"""Offsets into the text: the first character, and the one after the last."""

_LINE_BREAK = re.compile(r"\r\n|\n|\r")


class Position(NamedTuple):
    """A place in a file; all numbers are 1-based and count characters."""

    line: int
    column: int
    end_line: int
    end_column: int
    """The column after the last character."""


class Source:
    """The text of one document under the name its file is shown as."""

    __slots__ = ("_starts", "before", "path", "text")

    def __init__(self, path: str, text: str, before: int = 0) -> None:
        self.path = path
        self.text = text
        self.before = before
        """How many lines of the file stand before the text."""
        self._starts: list[int] | None = None

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset."""
        if self._starts is None:
            # Not the marks of YAML 1.1: it also breaks lines where no editor does (U+2028).
            self._starts = [0, *(found.end() for found in _LINE_BREAK.finditer(self.text))]
        offset = min(offset, len(self.text))
        line = bisect_right(self._starts, offset)
        return self.before + line, offset - self._starts[line - 1] + 1

    def position(self, span: Span) -> Position:
        """Return the position of a span."""
        start, end = span
        line, column = self.place(start)
        starts = self._starts or ()
        after = line - self.before
        if end <= len(self.text) and (after == len(starts) or end < starts[after]):
            return Position(line, column, line, column + end - start)
        return Position(line, column, *self.place(end))

    def problem(self, code: str, offset: int, message: str) -> Problem:
        """Return a problem at an offset."""
        line, column = self.place(offset)
        return Problem(code=code, message=message, path=self.path, line=line, column=column)


def refuse(problems: Iterable[Problem]) -> DocumentError:
    """Return the error that tells the first problems, each once and in the order of the file."""
    once = dict.fromkeys(problems)
    ordered = sorted(once, key=lambda problem: (problem.line or 0, problem.column or 0))
    return DocumentError(islice(ordered, MAX_PROBLEMS))
