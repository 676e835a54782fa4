"""Finds the places of the values among YAML nodes."""

from __future__ import annotations

import re
from typing import Any

from yaml import MappingNode, ScalarNode, SequenceNode

from partnerrules.documents.source import Span

_ALIAS = re.compile(r"\*[^\s,\[\]{}]+")


class YamlPlaces:
    """Walks the nodes that were composed; nothing is copied before a place is asked for."""

    __slots__ = ("_members", "_root", "_text")

    def __init__(self, text: str, root: Any) -> None:
        self._text = text
        self._root = root
        self._members: dict[int, dict[str, tuple[Any, Any]]] = {}

    def root(self) -> Any:
        """Return the node of the whole value."""
        return self._root

    def child(self, node: Any, key: str | int) -> tuple[Any, Any] | None:
        """Return the node of the key, if it has one, and that of the value below it."""
        if isinstance(node, MappingNode):
            members = self._members.get(id(node))
            if members is None:
                members = {pair[0].value: pair for pair in node.value}
                self._members[id(node)] = members
            return members.get(str(key))
        if isinstance(node, SequenceNode) and isinstance(key, int) and 0 <= key < len(node.value):
            return None, node.value[key]
        return None

    def span(self, node: Any) -> Span:
        """Return the place of a value, with its tag and anchor, without the space behind it."""
        start = node.start_mark.index
        end = self._end(node)
        return start, start + len(self._text[start:end].rstrip())

    def _end(self, node: Any) -> int:
        """Return where a node ends; PyYAML ends block collections where the next token starts."""
        while not isinstance(node, ScalarNode) and not node.flow_style and node.value:
            last = node.value[-1]
            child = last[1] if isinstance(last, tuple) else last
            start, end = node.start_mark.index, node.end_mark.index
            if not start <= child.start_mark.index <= end:
                # The child of an alias stands at its anchor: look for the alias in the text.
                alias = _ALIAS.match(self._text, self._text.rfind("*", start, end))
                return alias.end() if alias else int(end)
            node = child
        return int(node.end_mark.index)
