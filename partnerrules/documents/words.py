"""What both formats say about what they refuse."""

from __future__ import annotations

from collections.abc import Iterable

from partnerrules.documents.bounds import MAX_DEPTH, MAX_DIGITS

EMPTY = "The file holds nothing: write something into it, or remove it."
DEEP = f"Lists and mappings go deeper than {MAX_DEPTH} levels here: make them flatter."
LONG = f"The number has more than {MAX_DIGITS} digits: put it in quotes if it is text."
SURROGATE = "An escape names half a character: write the character itself."

Reason = tuple[str, str, str]
"""A part of a parser's words, in lower case; the code and the sentence for it."""


def not_finite(word: str) -> str:
    """Return what to say about infinities and what is not a number."""
    shown = word if len(word) <= 20 else word[:20] + "..."
    return f'"{shown}" is not a finite number: write the number, or put it in quotes if it is text.'


def duplicate(key: str, line: int) -> str:
    """Return what to say about a key that stands on a line before."""
    return f'The key "{key}" is already on line {line}: keep one of the two.'


def explain(reasons: Iterable[Reason], said: str, language: str) -> tuple[str, str]:
    """Return the code and the sentence for what a parser said, with its own words behind."""
    for part, code, sentence in reasons:
        if part in said.lower():
            return code, f"{sentence} ({language}: {said})"
    return "syntax", f"This cannot be read as {language}: {said}."
