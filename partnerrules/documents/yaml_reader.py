"""Reads YAML into a value and refuses what our files may not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from yaml import ScalarNode, YAMLError

from partnerrules.documents import yaml_loader
from partnerrules.documents.source import Source, refuse
from partnerrules.documents.words import EMPTY, SURROGATE
from partnerrules.documents.yaml_places import YamlPlaces
from partnerrules.documents.yaml_values import Builder, descendants
from partnerrules.documents.yaml_words import yaml_problem
from partnerrules.errors import Problem

_SEVERAL = "A second document begins here: put each document into a file of its own."
_NO_CHARACTER = "An escape or a number in this file is larger than any character or version."
_SURROGATE_ESCAPE = re.compile(r"\\(?:u|U0000)[dD][89a-fA-F]")
_HALF = re.compile("[\ud800-\udfff]")
_MARKER = re.compile(r"^---(?=\s|\Z)", re.MULTILINE)


def read_yaml(source: Source) -> tuple[Any, YamlPlaces]:
    """Return the value and the places of a text with one document; raise DocumentError."""
    loader: yaml_loader.Loader = yaml_loader.LOADER(source.text)
    try:
        root = loader.get_node() if loader.check_node() else None
        if root is None or (root.tag is yaml_loader.PLAIN and not root.value):
            raise refuse([source.problem("empty", 0, EMPTY)])
        several = loader.check_node()
    except YAMLError as error:
        raise refuse([yaml_problem(source, error)]) from None
    except yaml_loader.BeyondBoundError as error:
        raise refuse([source.problem(error.code, error.offset, error.message)]) from None
    except (ValueError, OverflowError):
        # Only the parser in Python: it makes characters and versions of any number.
        offset = getattr(loader, "index", 0)
        raise refuse([source.problem("escape", offset, _NO_CHARACTER)]) from None
    builder = Builder(source, loader.nodes)
    value = builder.value(root)
    problems = [*builder.problems, *_half_characters(source, root)]
    if several:
        end = root.end_mark.index
        marker = _MARKER.search(source.text, end)
        problems.append(
            source.problem("several-documents", marker.start() if marker else end, _SEVERAL)
        )
    if problems:
        raise refuse(problems)
    return value, YamlPlaces(source.text, root)


def _half_characters(source: Source, root: Any) -> Iterator[Problem]:
    """Look for what the parser in C refuses itself."""
    if not _SURROGATE_ESCAPE.search(source.text):
        return
    for node in [root, *descendants(root)]:
        if isinstance(node, ScalarNode) and _HALF.search(node.value):
            yield source.problem("surrogate", node.start_mark.index, SURROGATE)
