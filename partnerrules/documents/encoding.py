"""Turns bytes into text that YAML and JSON may hold."""

from __future__ import annotations

import codecs
import re

from partnerrules.documents.source import Source, refuse
from partnerrules.errors import Problem

_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_ESCAPED_BYTE = re.compile("[\udc80-\udcff]+")
# What is refused and not what is allowed: that would take longer to compile than most cases to be
# checked. Halves of characters cannot come out of UTF-8.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def decode(data: bytes, path: str, before: int = 0) -> Source:
    """Return the text of a document without its byte order mark; raise DocumentError.

    `before` is the number of lines that stand before it in its file.
    """
    if is_wide(data):
        message = "The file is UTF-16 or UTF-32: save it as UTF-8."
        raise refuse([Source(path, "", before).problem("encoding", 0, message)])
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        source = Source(path, data.decode("utf-8"), before)
    except UnicodeDecodeError:
        text = data.decode("utf-8", "surrogateescape")
        raise refuse(_bad_bytes(Source(path, text, before))) from None
    if _CONTROL.search(source.text):
        raise refuse(
            source.problem(
                "control-character",
                found.start(),
                f"The control character U+{ord(found.group()):04X} is not allowed: remove it.",
            )
            for found in _CONTROL.finditer(source.text)
        )
    return source


def is_wide(data: bytes) -> bool:
    """Tell whether the first characters, ASCII in any file of ours, take two or four bytes."""
    return data.startswith(_WIDE_MARKS) or data[:4].count(0) >= 2


def _bad_bytes(source: Source) -> list[Problem]:
    return [
        source.problem(
            "encoding",
            found.start(),
            f"The byte 0x{ord(found.group()[0]) - 0xDC00:02X} is not UTF-8: save it as UTF-8.",
        )
        for found in _ESCAPED_BYTE.finditer(source.text)
    ]
