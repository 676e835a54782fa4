"""Reads JSON through the json module and refuses what that lets pass."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from partnerrules.documents.bounds import MAX_DEPTH, MAX_DIGITS
from partnerrules.documents.json_places import JsonPlaces, string, tokens
from partnerrules.documents.source import Source, refuse
from partnerrules.documents.words import (
    DEEP,
    EMPTY,
    LONG,
    SURROGATE,
    Reason,
    duplicate,
    explain,
    not_finite,
)
from partnerrules.errors import Problem

_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_CONSTANTS = frozenset({"NaN", "Infinity", "-Infinity"})
_FRACTION = re.compile(r"[.eE]")
_HALF = re.compile("[\ud800-\udfff]")
_REASONS: tuple[Reason, ...] = (
    ("trailing comma", "syntax", "There is a comma too many before a closing bracket: remove it."),
    ("property name", "syntax", "A key in double quotes belongs here: look for a comma too many."),
    ("',' delimiter", "syntax", "A comma or a closing bracket is missing before this: write it."),
    ("':' delimiter", "syntax", "A colon is missing between a key and its value: write it."),
    ("unterminated string", "unclosed-quote", "A quote opens here and never closes: close it."),
    (
        "control character",
        "control-character",
        "Write a line break in quotes as \\n, a tab as \\t.",
    ),
    ("escape", "escape", "JSON has no such escape: write a backslash as \\\\."),
    ("extra data", "several-documents", "The file goes on after its value: keep one value."),
    ("expecting value", "syntax", "A value is missing here, or the quotes around a text."),
)


class _Hooks:
    """Lets the json module read on, and notes that a second look is needed."""

    doubt = False

    def pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        result = dict(pairs)
        self.doubt |= len(result) != len(pairs)
        return result

    def constant(self, _word: str) -> None:
        self.doubt = True

    def float(self, word: str) -> float:
        number = float(word)
        self.doubt |= math.isinf(number)
        return number

    def int(self, word: str) -> int:
        if len(word) <= MAX_DIGITS:
            return int(word)
        self.doubt = True
        return 0


def read_json(source: Source) -> tuple[Any, JsonPlaces]:
    """Return the value and the places of a JSON text; raise DocumentError."""
    text = source.text
    if not text.strip():
        raise refuse([source.problem("empty", 0, EMPTY)])
    hooks = _Hooks()
    try:
        value = json.loads(
            text,
            object_pairs_hook=hooks.pairs,
            parse_constant=hooks.constant,
            parse_float=hooks.float,
            parse_int=hooks.int,
        )
    except json.JSONDecodeError as error:
        code, message = explain(_REASONS, error.msg, "JSON")
        raise refuse([source.problem(code, error.pos, message)]) from None
    except RecursionError:
        # The rest of the text was not looked at, and may not even be JSON.
        found = list(_depth_problems(source)) or [source.problem("too-deep", 0, DEEP)]
        raise refuse(found) from None
    places = JsonPlaces(text)
    if hooks.doubt or _is_deep(value) or _SURROGATE_ESCAPE.search(text):
        problems = [
            *_depth_problems(source),
            *_token_problems(source),
            *_duplicates(source, places),
        ]
        if problems:
            raise refuse(problems)
    return value, places


def _is_deep(value: Any) -> bool:
    level = [value] if isinstance(value, (dict, list)) else []
    for _ in range(MAX_DEPTH):
        level = [
            item
            for part in level
            for item in (part.values() if isinstance(part, dict) else part)
            if isinstance(item, (dict, list))
        ]
    return bool(level)


def _duplicates(source: Source, places: JsonPlaces) -> Iterator[Problem]:
    places.root()
    for name, before, span in places.duplicates:
        message = duplicate(name, source.place(before[0])[0])
        yield source.problem("duplicate-key", span[0], message)


def _depth_problems(source: Source) -> Iterator[Problem]:
    depth = 0
    for start, _, token in tokens(source.text):
        depth += (token in "[{") - (token in "]}")
        if depth > MAX_DEPTH:
            yield source.problem("too-deep", start, DEEP)
            return


def _token_problems(source: Source) -> Iterator[Problem]:
    for start, _, token in tokens(source.text):
        if token[0] == '"':
            if _SURROGATE_ESCAPE.search(token) and _HALF.search(string(token)):
                yield source.problem("surrogate", start, SURROGATE)
        elif token in _CONSTANTS:
            yield source.problem("nan", start, not_finite(token))
        elif not token[-1].isdigit():
            continue
        elif _FRACTION.search(token):
            if math.isinf(float(token)):
                yield source.problem("nan", start, not_finite(token))
        elif len(token) > MAX_DIGITS:
            yield source.problem("number", start, LONG)
