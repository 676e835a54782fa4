"""Documents as bytes, where several stand in one file or come in on stdin."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePath
from typing import Literal, NamedTuple

from partnerrules.documents.bounds import MAX_BYTES, MAX_LINES, MAX_LINES_BYTES
from partnerrules.documents.encoding import is_wide
from partnerrules.documents.files import read_bytes, read_input
from partnerrules.documents.source import Source, refuse
from partnerrules.errors import DocumentError

Format = Literal["yaml", "json", "toml"]
STDIN = "-"
"""The name that stands for what comes in."""

FORMATS: dict[str, Format] = {".json": "json", ".yaml": "yaml", ".yml": "yaml"}
LINES = ".jsonl"

_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*["}]')
"""How JSON begins, behind a byte order mark; a mapping of YAML in braces has no quotes there."""

_MARKER = re.compile(rb"^---(?=[ \t\r\n]|\Z)", re.MULTILINE)
"""Where a document of YAML begins: nothing else may stand at the start of a line."""
_SAYS = re.compile(rb"^(?!\s*#|---|\.\.\.|%)[^\n]*\S|^---[ \t]+[^#\s]", re.MULTILINE)
"""A line of YAML that says something: no comment, marker or directive."""
_CONTENT = re.compile(rb"\S[^\n]*")
_MANY = f"The file has more than {MAX_LINES:,} lines with something in them: split it."
_NOTHING = "No line of the file holds anything: write a value into each, or remove the file."


class Text(NamedTuple):
    """One document that was not read yet."""

    path: str
    """As it is shown to people."""
    data: bytes
    format: Format
    before: int = 0
    """How many lines of the file stand before it."""
    alone: bool = False
    """Whether there are no others in what was read."""


def suffix(path: str | os.PathLike[str]) -> str:
    """Return how a name ends, in lower case and without the `.gz` of what is packed."""
    name = PurePath(os.fspath(path).lower().removesuffix(".gz"))
    return name.suffix


def shown(path: str | os.PathLike[str]) -> str:
    """Return a path as text; a file name need not be text, what is shown must be."""
    return os.fspath(path).encode("utf-8", "backslashreplace").decode()


def texts_in(path: str | os.PathLike[str], *, named: str = "") -> list[Text]:
    """Return the documents of a `.jsonl` file, each line one, or of stdin where the path is `-`.

    What comes in on stdin is called `named` and has the format by how that ends. Without a name it
    is YAML, with one document or several, or JSON, with one or with one on each line.
    Raises DocumentError where there is none, or where the bound of a file is passed.
    """
    return [*iter_texts(path, named=named)]


def iter_texts(path: str | os.PathLike[str], *, named: str = "") -> Iterator[Text]:
    """Yield the same, each made when it is asked for; what is wrong is raised before the first."""
    if os.fspath(path) == STDIN:
        name = shown(named or path)
        data = read_input(shown_as=name, limit=MAX_LINES_BYTES)
        ending = suffix(named) if named else _guessed(data)
    else:
        name, ending = shown(path), LINES
        data = read_bytes(path, shown_as=name, limit=MAX_LINES_BYTES)
    if ending != LINES:
        several = _documents(name, data) if FORMATS[ending] == "yaml" else []
        yield from several or [Text(name, data, FORMATS[ending], alone=True)]
        return
    if is_wide(data):
        # Its lines are none: what is wrong with it is told once, when it is read.
        yield Text(name, data, "json")
        return
    _count(data, name)
    yield from _lines(data, name)


def yaml_texts(path: str | os.PathLike[str]) -> list[Text]:
    """Return the documents of a YAML file in which there are several, and nothing otherwise.

    Of a file with one document, or that cannot be read, there is more to say when it is read.
    """
    name = shown(path)
    try:
        return _documents(name, read_bytes(path, shown_as=name))
    except DocumentError:
        return []


def _documents(name: str, data: bytes) -> list[Text]:
    begins = [0, *(found.start() for found in _MARKER.finditer(data)), len(data)]
    if is_wide(data) or len(begins) == 2 or len(data) > MAX_BYTES:
        return []
    found = [
        Text(name, data[begin:end], "yaml", data.count(b"\n", 0, begin))
        for begin, end in pairwise(begins)
        if _SAYS.search(data, begin, end)
    ]
    return found if len(found) > 1 else []


def _guessed(data: bytes) -> str:
    if _has_lines(data):
        return LINES
    return ".json" if _OBJECT.match(data) else ".yaml"


def _count(data: bytes, name: str) -> None:
    """Raise DocumentError where lines with something in them are too many, or none."""
    number = -1
    for number, content in enumerate(_CONTENT.finditer(data)):
        if number == MAX_LINES:
            before = data.count(b"\n", 0, content.start())
            raise refuse([Source(name, "", before).problem("too-many-values", 0, _MANY)])
    if number < 0:
        raise refuse([Source(name, "").problem("empty", 0, _NOTHING)])


def _lines(data: bytes, name: str) -> Iterator[Text]:
    before = end = 0
    for content in _CONTENT.finditer(data):
        before += data.count(b"\n", end, content.start())
        # From where the line starts, so that columns are those of an editor.
        start = data.rfind(b"\n", end, content.start()) + 1 or end
        end = content.end()
        yield Text(name, data[start:end].rstrip(), "json", before)


def _has_lines(data: bytes) -> bool:
    """Tell whether a first line is a whole object, and something follows on another."""
    first, _, rest = data.lstrip().partition(b"\n")
    whole = _OBJECT.match(first) and first.rstrip().endswith(b"}")
    return bool(whole and rest.strip())
