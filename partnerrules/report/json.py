"""The report as JSON, in the shape of report.schema.json."""

from __future__ import annotations

import datetime
import json
import re
from math import isfinite
from typing import Any

from pydantic_core import PydanticSerializationError, to_json

from partnerrules.findings import Report
from partnerrules.report.data import as_data

# Characters that JSON allows as they are, but that steer a terminal or the order of a line.
UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def render_json(report: Report) -> str:
    """Return the same bytes for the same report: keys sorted, control characters escaped.

    Raises ValueError for a number that JSON does not have (NaN, infinity).
    """
    return dumped(_data(report), indent=2) + "\n"


def render_line(report: Report) -> str:
    """Return the report as one line; raises as `render_json` does."""
    return dumped(_data(report)) + "\n"


def dumped(data: object, indent: int | None = None) -> str:
    """Return plain data as JSON, control characters escaped."""
    try:
        # A third of the time that the standard library takes.
        text = to_json(data, indent=indent).decode()
    except PydanticSerializationError:
        # Half a character of UTF-16 alone, which a case file in JSON may hold.
        layout = (",", ":") if indent is None else None
        text = json.dumps(
            data, ensure_ascii=False, indent=indent, separators=layout, default=_plain_value
        )
    return _escaped(text)


def _data(report: Report) -> dict[str, Any]:
    for name, value in report.parameters.items():
        if isinstance(value, float) and not isfinite(value):
            raise ValueError(f"{name} is {value}, which is no number that JSON has")
    return as_data(report)


def _escaped(text: str) -> str:
    if "##[" in text:
        # The log of GitHub Actions would take it for a command.
        text = text.replace("##[", "#\\u0023[")
    if text.isascii() and "\x7f" not in text:
        return text
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _plain_value(value: Any) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"a report cannot hold a {type(value).__name__}")
