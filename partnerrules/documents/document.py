"""A file that was read: its value, and the place of everything in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from partnerrules.documents.source import Position, Source, Span
from partnerrules.errors import Problem


class Places(Protocol):
    """Knows where the parts of one document stand; the nodes are its own affair."""

    def root(self) -> Any:
        """Return the node of the whole value."""

    def child(self, node: Any, key: str | int) -> tuple[Any, Any] | None:
        """Return the node of the key, if it has one, and that of the value below it."""

    def span(self, node: Any) -> Span:
        """Return the place of a key or a value."""


class Document:
    """One document; compare its `value` or `sha256`, not the document."""

    def __init__(self, path: str, value: Any, sha256: str, source: Source, places: Places) -> None:
        self.path = path
        """As it is shown to people."""
        self.value = value
        """Plain dict, list, str, int, float, bool or None; the keys of a dict are text."""
        self.sha256 = sha256
        """Of the bytes of the document, unpacked, in hex; of one on a line of the line alone."""
        self.source = source
        self.places = places

    def position(self, keys: Sequence[str | int], *, of_key: bool = False) -> Position:
        """Return where the value at a path stands, or its key.

        Where the path leads nowhere it is the place of the nearest ancestor that exists, of its
        key if it has one. A value behind a YAML alias stands where its anchor is.
        """
        node = self.places.root()
        key_node = None
        for key in keys:
            step = self.places.child(node, key)
            if step is None:
                of_key = True
                break
            key_node, node = step
        wanted = key_node if of_key and key_node is not None else node
        return self.source.position(self.places.span(wanted))

    def problem(
        self,
        code: str,
        keys: Sequence[str | int],
        message: str,
        *,
        nearest: str = "",
        of_key: bool = False,
    ) -> Problem:
        """Return a problem with the value at a path, or with its key."""
        position = self.position(keys, of_key=of_key)
        return Problem(
            code=code,
            message=message,
            path=self.path,
            line=position.line,
            column=position.column,
            key=".".join(map(str, keys)),
            nearest=nearest,
        )
