"""Builds plain values from YAML nodes, with the scalars of YAML 1.2."""

from __future__ import annotations

import math
import re
from typing import Any

from yaml import MappingNode, ScalarNode, SequenceNode

from partnerrules.documents.bounds import MAX_ALIASED, MAX_DEPTH, MAX_DIGITS
from partnerrules.documents.source import Source, refuse
from partnerrules.documents.words import DEEP, LONG, duplicate, not_finite
from partnerrules.documents.yaml_loader import LIST, MAP, PLAIN, TEXT
from partnerrules.errors import DocumentError, Problem

_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_BASES = {"0o": 8, "0x": 16}

_STANDARD = "tag:yaml.org,2002:"
_TYPES: dict[str, tuple[type, ...]] = {
    "null": (type(None),),
    "bool": (bool,),
    "int": (int,),
    "float": (int, float),
}

_CYCLE = "An alias stands inside what it repeats: write out what is meant."
_BOMB = f"The aliases repeat more than {MAX_ALIASED:,} values: write out what is meant."
_KEY = "A list or mapping cannot be a key: write one word or text before the colon."
_MERGE = "Merge keys (<<) are not read: write the keys out, or put << in quotes if it is a name."


class Builder:
    """Builds one document; gathers the problems that leave the rest readable."""

    def __init__(self, source: Source, nodes: int) -> None:
        self.problems: list[Problem] = []
        self._source = source
        self._left = nodes + MAX_ALIASED

    def value(self, node: Any, depth: int = 0) -> Any:
        """Return the value of a node that has `depth` lists and mappings around it.

        Each alias gets a copy of its own. Raises DocumentError where a bound is passed.
        """
        tag = node.tag
        if tag is TEXT:
            return node.value
        if tag is PLAIN:
            return self._plain(node)
        if tag is MAP:
            return self._mapping(node, depth)
        if tag is LIST:
            return self._sequence(node, depth)
        return self._tagged(node, depth)

    def _mapping(self, node: Any, depth: int) -> dict[str, Any]:
        pairs = node.value
        self._left -= len(pairs)
        if depth >= MAX_DEPTH or self._left < 0:
            raise self._beyond(node, depth)
        result = {}
        for key, item in pairs:
            tag = item.tag
            # The common kinds once more, without the calls: this loop is the price of a file.
            if tag is TEXT:
                value = item.value
            elif tag is PLAIN:
                value = self._plain(item)
            else:
                value = self.value(item, depth + 1)
            if key.tag is TEXT or self._is_key(key):
                result[key.value] = value
        if len(result) != len(pairs):
            self._find_duplicates(pairs)
        return result

    def _sequence(self, node: Any, depth: int) -> list[Any]:
        items = node.value
        self._left -= len(items)
        if depth >= MAX_DEPTH or self._left < 0:
            raise self._beyond(node, depth)
        deeper = depth + 1
        return [item.value if item.tag is TEXT else self.value(item, deeper) for item in items]

    def _plain(self, node: Any) -> Any:
        text: str = node.value
        if text in _WORDS:
            return _WORDS[text]
        if _INT.fullmatch(text):
            if len(text) > MAX_DIGITS:
                return self._note("number", node, LONG)
            return int(text, _BASES.get(text[:2], 10))
        if _FLOAT.fullmatch(text):
            number = float(text)
            return self._note("nan", node, not_finite(text)) if math.isinf(number) else number
        if _NOT_FINITE.fullmatch(text):
            return self._note("nan", node, not_finite(text))
        return text

    def _tagged(self, node: Any, depth: int) -> Any:
        tag = node.tag.removeprefix(_STANDARD)
        if tag == "map" and isinstance(node, MappingNode):
            return self._mapping(node, depth)
        if tag == "seq" and isinstance(node, SequenceNode):
            return self._sequence(node, depth)
        if tag == "str" and isinstance(node, ScalarNode):
            return node.value
        if tag in _TYPES and isinstance(node, ScalarNode):
            value = self._plain(node)
            if type(value) in _TYPES[tag]:
                return float(value) if tag == "float" else value
            return self._note("tag", node, f'"{node.value[:40]}" is no !!{tag}: remove the tag.')
        return self._note("tag", node, f'The tag "{tag[:40]}" is not read: remove it.')

    def _is_key(self, key: Any) -> bool:
        """Tell whether a node can be a key; note a problem where it cannot."""
        if not isinstance(key, ScalarNode):
            self._note("key", key, _KEY)
        elif key.tag is PLAIN:
            if key.value != "<<":
                return True
            self._note("merge-key", key, _MERGE)
        elif key.tag is TEXT or key.tag.removeprefix(_STANDARD) in {"str", *_TYPES}:
            return True
        else:
            self._tagged(key, 0)
        return False

    def _find_duplicates(self, pairs: list[tuple[Any, Any]]) -> None:
        before: dict[str, int] = {}
        for key, _ in pairs:
            if not isinstance(key, ScalarNode):
                continue
            line, _column = self._source.place(key.start_mark.index)
            if key.value in before:
                self._note("duplicate-key", key, duplicate(key.value, before[key.value]))
            before.setdefault(key.value, line)

    def _note(self, code: str, node: Any, message: str) -> None:
        self.problems.append(self._source.problem(code, node.start_mark.index, message))

    def _beyond(self, node: Any, depth: int) -> DocumentError:
        if _holds_itself(node):
            self._note("alias-cycle", node, _CYCLE)
        elif depth >= MAX_DEPTH:
            self._note("too-deep", node, DEEP)
        else:
            self._note("too-many-values", node, _BOMB)
        return refuse(self.problems)


def _holds_itself(node: Any) -> bool:
    return any(found is node for found in descendants(node))


def descendants(node: Any) -> list[Any]:
    """Return the nodes below a node, each once."""
    found: dict[int, Any] = {}
    waiting = [node]
    while waiting:
        below = waiting.pop()
        if isinstance(below, ScalarNode):
            continue
        for part in below.value:
            for child in part if isinstance(part, tuple) else (part,):
                if id(child) not in found:
                    found[id(child)] = child
                    waiting.append(child)
    return list(found.values())
