"""Reads one document from a file or from bytes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from typing import Any

from partnerrules.documents.bounds import MAX_BYTES
from partnerrules.documents.document import Document, Places
from partnerrules.documents.encoding import decode
from partnerrules.documents.files import read_bytes, too_large
from partnerrules.documents.source import Source
from partnerrules.documents.texts import (
    FORMATS,
    LINES,
    STDIN,
    Format,
    Text,
    shown,
    suffix,
    texts_in,
)
from partnerrules.errors import DocumentError, Problem

_SUFFIX = (
    "The name does not tell the format: let it end in .yaml, .yml, .json or .jsonl, packed also in "
    ".gz behind that."
)


def read_document(path: str | os.PathLike[str], *, shown_as: str | None = None) -> Document:
    """Read a file with one document, or stdin where the path is `-`.

    The name of a file ends in `.yaml`, `.yml`, `.json` or `.jsonl`, or in `.gz` behind one of
    these. Problems and the document name the file as `shown_as`, by default as the path was given;
    what comes in on stdin then has the format by how that name ends.
    Raises DocumentError with all that is wrong.
    """
    ending = suffix(path)
    if os.fspath(path) == STDIN or ending == LINES:
        return _only(texts_in(path, named=shown_as or ""))
    name = shown(shown_as or path)
    format = FORMATS.get(ending)
    data = read_bytes(path, shown_as=name)
    if format is None:
        raise DocumentError([Problem(code="suffix", message=_SUFFIX, path=name)])
    return parse_document(data, path=name, format=format)


def _only(texts: list[Text]) -> Document:
    if len(texts) > 1:
        what = "each on a line" if texts[0].format == "json" else "each behind its ---"
        message = f"One document is needed here, and there are {len(texts):,}, {what}."
        raise DocumentError([Problem("several-documents", message, texts[0].path)])
    return parse_text(texts[0])


def parse_text(text: Text) -> Document:
    """Read a document from bytes that were found; raise DocumentError with all that is wrong."""
    return parse_document(text.data, path=text.path, format=text.format, before=text.before)


def parse_document(data: bytes, *, path: str, format: Format, before: int = 0) -> Document:
    """Read a document from bytes; raise DocumentError with all that is wrong.

    `before` is the number of lines that stand before it in its file.
    """
    if len(data) > MAX_BYTES:
        line = before + 1 if before else None
        message = too_large(MAX_BYTES)
        raise DocumentError([Problem(code="too-large", message=message, path=path, line=line)])
    source = decode(data, path, before)
    # Imported here: a run over JSON files does not pay for YAML.
    read: Callable[[Source], tuple[Any, Places]]
    if format == "json":
        from partnerrules.documents.json_reader import read_json as read
    elif format == "toml":
        from partnerrules.documents.toml_reader import read_toml as read
    else:
        from partnerrules.documents.yaml_reader import read_yaml as read
    value, places = read(source)
    digest = hashlib.sha256(data).hexdigest()
    return Document(path=path, value=value, sha256=digest, source=source, places=places)
