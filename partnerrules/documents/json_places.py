"""Finds the places of the values in a JSON text that the json module has accepted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from partnerrules.documents.source import Span

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}]|[^\s\[\]{},:"]+', re.DOTALL)

Members = dict[str, tuple[Span, "Spot"]]


class Spot:
    """A value: where it starts and ends, and what is in it."""

    __slots__ = ("end", "items", "members", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end
        self.items: list[Spot] | None = None
        self.members: Members | None = None


class JsonPlaces:
    """Scans the text when the first place is asked for."""

    __slots__ = ("_root", "duplicates", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.duplicates: list[tuple[str, Span, Span]] = []
        """Key, its place before, its place; known once the root was asked for."""
        self._root: Spot | None = None

    def root(self) -> Spot:
        """Return the spot of the whole value."""
        if self._root is None:
            self._root = self._scan()
        return self._root

    def child(self, node: Spot, key: str | int) -> tuple[Span | None, Spot] | None:
        """Return the place of the key, if it has one, and the spot of the value below it."""
        if node.members is not None:
            return node.members.get(str(key))
        if node.items is not None and isinstance(key, int) and 0 <= key < len(node.items):
            return None, node.items[key]
        return None

    def span(self, node: Spot | Span) -> Span:
        """Return the place of a key or a value."""
        return node if isinstance(node, tuple) else (node.start, node.end)

    def _scan(self) -> Spot:
        parents: list[Spot] = []
        key: tuple[str, Span] | None = None
        spot = Spot(0, 0)
        for start, end, token in tokens(self.text):
            if token in "]}":
                spot = parents.pop()
                spot.end = end
                continue
            parent = parents[-1] if parents else None
            if parent is not None and parent.members is not None and key is None:
                key = string(token), (start, end)
                continue
            spot = Spot(start, end)
            if parent is not None:
                self._add(parent, key, spot)
            key = None
            if token == "[":
                spot.items = []
                parents.append(spot)
            elif token == "{":
                spot.members = {}
                parents.append(spot)
        return spot

    def _add(self, parent: Spot, key: tuple[str, Span] | None, spot: Spot) -> None:
        if parent.items is not None:
            parent.items.append(spot)
        elif parent.members is not None and key is not None:
            name, span = key
            if name in parent.members:
                self.duplicates.append((name, parent.members[name][0], span))
            else:
                parent.members[name] = span, spot


def tokens(text: str) -> Iterator[tuple[int, int, str]]:
    """Return start, end and text of brackets, texts and other scalars."""
    return ((found.start(), found.end(), found.group()) for found in _TOKEN.finditer(text))


def string(token: str) -> str:
    """Return what a quoted token stands for."""
    return str(json.loads(token)) if "\\" in token else token[1:-1]
