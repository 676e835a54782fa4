"""Says in plain words what PyYAML says about broken YAML."""

from __future__ import annotations

import re

from yaml import MarkedYAMLError, YAMLError

from partnerrules.documents.source import Source
from partnerrules.documents.words import DEEP, Reason, explain
from partnerrules.errors import Problem

_TAB = "A tab stands where only spaces may indent: replace it with spaces."
_INDENT = "This does not fit the lines above: check the indentation, and quotes that end too early."
_SPACE = "A space is missing after this colon: write it."
_BLOCK = "Only a line break may follow | or >: begin the text on the next line, further in."
_COLON = "A colon cannot stand here: put text with a colon in quotes, or check the indentation."
_ESCAPE = "A backslash in double quotes starts an escape: write \\\\, or use single quotes."
_BRACKET = "A list or mapping in brackets goes wrong here: look for a missing comma or bracket."
_QUOTE = "A quote opens here and never closes: close it, or write '' for a quote inside text."

_REASONS: tuple[Reason, ...] = (
    ("mapping values are not allowed", "colon", _COLON),
    ("while scanning a quoted scalar: found unexpected", "unclosed-quote", _QUOTE),
    (
        "could not find expected ':'",
        "colon",
        "A key needs a colon and a space behind it: write it.",
    ),
    (
        "could not found expected ':'",
        "colon",
        "A key needs a colon and a space behind it: write it.",
    ),
    (
        "cannot start any token",
        "unquoted-text",
        "Text cannot begin with this character: put the text in quotes.",
    ),
    ("undefined alias", "unknown-alias", "No anchor of this name stands before: put * in quotes."),
    ("duplicate anchor", "duplicate-anchor", "This anchor is used twice: rename one of the two."),
    ("escape", "escape", _ESCAPE),
    ("hexdecimal", "escape", _ESCAPE),
    ("block sequence entries are not allowed", "indentation", _INDENT),
    ("sequence entries are not allowed", "indentation", _INDENT),
    ("mapping keys are not allowed", "indentation", _INDENT),
    ("document start", "indentation", _INDENT),
    ("block scalar", "block-text", _BLOCK),
    ("while parsing a flow", "bracket", _BRACKET),
    ("while parsing a block", "indentation", _INDENT),
    ("tag", "tag", "The tag cannot be read: put text that begins with ! in quotes."),
    ("directive", "directive", "Lines that begin with % are for YAML itself: remove this one."),
    ("yaml document", "directive", "This version of YAML is not read: remove the %YAML line."),
    ("anchor", "anchor", "Names that begin with & or * are for YAML: put the text in quotes."),
    ("alias", "anchor", "Names that begin with & or * are for YAML: put the text in quotes."),
)
_GLUED = re.compile(r"[ -]*[A-Za-z0-9_]+:(?=[^\s:/])")
_TOO_DEEP = "exceeded maximum nesting depth"
"""What newer versions of libyaml say where they look ahead further than a file may go down."""
_AT_CONTEXT = frozenset({"unclosed-quote"})
"""Codes of what is better shown where it begins."""


def yaml_problem(source: Source, error: YAMLError) -> Problem:
    """Return the problem for a syntax error."""
    if not isinstance(error, MarkedYAMLError):
        return source.problem("syntax", 0, f"This cannot be read as YAML: {error}.")
    said = ": ".join(part for part in (error.context, error.problem) if part)
    if _TOO_DEEP in said:
        mark = error.problem_mark or error.context_mark
        return source.problem("too-deep", mark.index if mark else 0, DEEP)
    code, message = explain(_REASONS, " ".join(said.split()), "YAML")
    mark = error.problem_mark or error.context_mark
    simple_key = "scanning a simple key" in (error.context or "")
    if (code in _AT_CONTEXT or simple_key) and error.context_mark:
        mark = error.context_mark
    offset = mark.index if mark else 0
    colon = code == "colon" and _GLUED.match(source.text, *_line_before(source.text, offset))
    if colon:
        return source.problem("missing-space", colon.end() - 1, f"{_SPACE} (YAML: {said})")
    tab = _tab_before(source.text, offset)
    if tab is not None and code not in _AT_CONTEXT:
        return source.problem("tab", tab, f"{_TAB} (YAML: {' '.join(said.split())})")
    return source.problem(code, offset, message)


def _line_before(text: str, offset: int) -> tuple[int, int]:
    """Return start and end of the line above the one of an offset."""
    end = max(text.rfind("\n", 0, offset), 0)
    return text.rfind("\n", 0, end) + 1, end


def _tab_before(text: str, offset: int) -> int | None:
    """Return the offset of a tab at an offset, or in the indentation of its line."""
    if text[offset : offset + 1] == "\t":
        return offset
    line = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    rest = text[line:]
    indent = rest[: len(rest) - len(rest.lstrip(" \t-"))]
    return line + indent.index("\t") if "\t" in indent else None
