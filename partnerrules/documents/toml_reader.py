"""Reads TOML through the library, and finds the lines of keys, which that does not tell."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

from partnerrules.documents.source import Source, Span, refuse

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

Path = tuple[str, ...]

_WHERE = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
_DEEP = "Tables and lists go too deep here: make them flatter."
_FAR = 8
"""Keys below each other whose places are kept; a dotted key may have any number."""

_TOKEN = re.compile(
    r'"""[^"\\]*(?:(?:\\.|"{1,2}(?!"))[^"\\]*)*"{3,5}'
    r"|'''[^']*(?:'{1,2}(?!')[^']*)*'{3,5}"
    r'|"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[\[\]{}\n]",
    re.DOTALL,
)
"""What may hide the end of a line from the one who looks for it, and the end itself."""


def read_toml(source: Source) -> tuple[dict[str, Any], TomlPlaces]:
    """Return the value of a text and the places of its keys; raises DocumentError."""
    try:
        return tomllib.loads(source.text), TomlPlaces(source.text)
    except RecursionError:
        raise refuse([source.problem("too-deep", 0, _DEEP)]) from None
    except ValueError as error:
        raise refuse([_problem(source, str(error))]) from None


def _problem(source: Source, said: str) -> Any:
    found = _WHERE.search(said)
    words = (said[: found.start()] if found else said).strip()
    message = f"This is not TOML: {words}."
    if found is None or found[1] is None:
        return source.problem("syntax", len(source.text.rstrip()) if found else 0, message)
    line, column = int(found[1]), int(found[2])
    return source.problem("syntax", 0, message)._replace(line=line, column=column)


class TomlPlaces:
    """Looks for the lines when the first place is asked for; what stands in a list has none."""

    __slots__ = ("_spans", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._spans: dict[Path, Span] | None = None

    def root(self) -> Path:
        """Return the node of the whole: no keys."""
        return ()

    def child(self, node: Path, key: str | int) -> tuple[Path, Path] | None:
        """Return the node of a key, which is that of its value too."""
        below = (*node, str(key))
        return (below, below) if below in self.spans else None

    def span(self, node: Path) -> Span:
        """Return the place of the statement in which a key stands first."""
        return self.spans.get(node, (0, 0))

    @property
    def spans(self) -> dict[Path, Span]:
        """Return the places of all keys, those of dotted keys and inline tables too."""
        if self._spans is None:
            self._spans = {}
            table: Path = ()
            for start, end in _statements(self.text):
                text = self.text[start:end]
                value = tomllib.loads(text)
                head = text.startswith("[")
                for path in _paths(value):
                    self._spans.setdefault((*(() if head else table), *path), (start, end))
                if head:
                    table = _named(value)
        return self._spans


def _statements(text: str) -> Iterator[Span]:
    """Yield where each header and each key with its value stands in a text that is TOML."""
    start = depth = 0
    for found in _TOKEN.finditer(text + "\n"):
        token = found.group()
        depth += (token in "[{") - (token in "]}")
        if token != "\n" or depth:
            continue
        said = text[start : found.start()]
        before = len(said) - len(said.lstrip())
        if said.strip() and not said.lstrip().startswith("#"):
            yield start + before, start + len(said.rstrip())
        start = found.end()


def _paths(value: dict[str, Any]) -> Iterator[Path]:
    waiting: list[tuple[Path, Any]] = [((), value)]
    while waiting:
        above, node = waiting.pop()
        if isinstance(node, list) and len(node) == 1:
            (node,) = node
        if isinstance(node, dict) and len(above) < _FAR:
            for key, below in node.items():
                yield (*above, key)
                waiting.append(((*above, key), below))


def _named(header: Any) -> Path:
    """Return the keys of a header: each value has one key, in the list of a table or without."""
    keys = []
    while header:
        if isinstance(header, list):
            (header,) = header
        else:
            ((key, header),) = header.items()
            keys.append(key)
    return tuple(keys)
