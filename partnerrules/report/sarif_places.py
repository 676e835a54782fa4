"""Places in files, and sentences that lead to them, as SARIF has them."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from partnerrules.findings import Location
from partnerrules.report.text import plain

ROOT = "%SRCROOT%"
"""The base of relative paths: the folder in which the check was run."""
_DRIVE = re.compile(r"[A-Za-z]:/")


def place_of(path: str, line: int | None = None, column: int | None = None) -> dict[str, Any]:
    """Return a physical location: a file, or a line in it from a column on."""
    place: dict[str, Any] = {"artifactLocation": _file(path)}
    if line:
        place["region"] = {"startLine": line, "startColumn": column or 1}
    return place


def region_of(location: Location) -> dict[str, Any]:
    """Return the physical location of a value; the end column is the one after the last."""
    region = {
        "startLine": location.line,
        "startColumn": location.column,
        "endLine": location.end_line,
        "endColumn": location.end_column,
    }
    return place_of(location.path) | {"region": region}


def said(text: str) -> str:
    """Return text for a message in which no bracket begins a link."""
    text = plain(text)
    for mark in "\\[]":
        text = text.replace(mark, f"\\{mark}")
    return text


def _file(path: str) -> dict[str, str]:
    path = path.replace("\\", "/")
    if _DRIVE.match(path):
        path = f"/{path}"
    named = quote(path, safe="/", errors="replace")
    return {"uri": f"file://{named}"} if path.startswith("/") else {"uri": named, "uriBaseId": ROOT}
