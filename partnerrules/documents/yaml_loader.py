"""Turns YAML text into nodes, with PyYAML's C parser where it is there."""

from __future__ import annotations

from typing import Any, Protocol

import yaml
from yaml.composer import Composer
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from partnerrules.documents.bounds import MAX_DEPTH, MAX_NODES
from partnerrules.documents.words import DEEP

# The kinds of nodes, in the place of tags; compared by identity, so that no tag of a file is one.
TEXT = "(text)"
PLAIN = "(plain)"
LIST = "(list)"
MAP = "(map)"

_SUSPECT = frozenset("+-.0123456789~nNtTfF<")
"""What a plain scalar begins with that may be more than text."""

_MANY = f"The file has more than {MAX_NODES:,} keys and values: split it."


class BeyondBoundError(Exception):
    """The file is larger inside than a file may be."""

    def __init__(self, code: str, offset: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.offset = offset
        self.message = message


class Loader(Protocol):
    """What both parsers offer."""

    nodes: int

    def check_node(self) -> bool:
        """Tell whether another document follows."""

    def get_node(self) -> Any:
        """Return the root of the next document."""


class _Bounds:
    """The hooks that PyYAML calls for each node, in the place of its YAML 1.1 resolver."""

    nodes = 0
    _depth = 0

    def descend_resolver(self, parent: Any, _index: Any) -> None:
        self._depth += 1
        self.nodes += 1
        # Both composers recurse, the one in C until its stack ends; a scalar is one level more.
        if self._depth > MAX_DEPTH + 1:
            raise BeyondBoundError("too-deep", parent.start_mark.index, DEEP)
        if self.nodes > MAX_NODES:
            raise BeyondBoundError("too-many-values", parent.start_mark.index, _MANY)

    def ascend_resolver(self) -> None:
        self._depth -= 1

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        if kind is yaml.ScalarNode:
            return PLAIN if implicit[0] and (not value or value[0] in _SUSPECT) else TEXT
        return LIST if kind is yaml.SequenceNode else MAP


class PureLoader(_Bounds, Reader, Scanner, Parser, Composer):
    """The parser that is always there."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)


def _fastest() -> type[Any]:
    try:
        from yaml._yaml import CParser
    except ImportError:
        return PureLoader
    return type("CLoader", (_Bounds, CParser), {})


LOADER: type[Any] = _fastest()
"""Takes the text; a Loader."""
