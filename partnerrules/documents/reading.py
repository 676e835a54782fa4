"""Reads one document from a file or from bytes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import PurePath
from typing import Any, Literal

from partnerrules.documents.bounds import MAX_BYTES
from partnerrules.documents.document import Document, Places
from partnerrules.documents.encoding import decode
from partnerrules.documents.files import TOO_LARGE, read_bytes
from partnerrules.documents.source import Source
from partnerrules.errors import DocumentError, Problem

Format = Literal["yaml", "json"]

_FORMATS: dict[str, Format] = {".json": "json", ".yaml": "yaml", ".yml": "yaml"}


def read_document(path: str | os.PathLike[str], *, shown_as: str | None = None) -> Document:
    """Read a `.yaml`, `.yml` or `.json` file; raise DocumentError with all that is wrong.

    Problems and the document name the file as `shown_as`, by default as the path was given.
    """
    # A file name need not be text: what is shown must be.
    shown = (shown_as or os.fspath(path)).encode("utf-8", "backslashreplace").decode()
    format = _FORMATS.get(PurePath(path).suffix.lower())
    data = read_bytes(path, shown_as=shown)
    if format is None:
        message = "The name does not tell the format: let it end in .yaml, .yml or .json."
        raise DocumentError([Problem(code="suffix", message=message, path=shown)])
    return parse_document(data, path=shown, format=format)


def parse_document(data: bytes, *, path: str, format: Format) -> Document:
    """Read a document from bytes; raise DocumentError with all that is wrong."""
    if len(data) > MAX_BYTES:
        raise DocumentError([Problem(code="too-large", message=TOO_LARGE, path=path)])
    source = decode(data, path)
    # Imported here: a run over JSON files does not pay for YAML.
    read: Callable[[Source], tuple[Any, Places]]
    if format == "json":
        from partnerrules.documents.json_reader import read_json as read
    else:
        from partnerrules.documents.yaml_reader import read_yaml as read
    value, places = read(source)
    digest = hashlib.sha256(data).hexdigest()
    return Document(path=path, value=value, sha256=digest, source=source, places=places)
