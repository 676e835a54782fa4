"""Reports as plain data, in the shape of report.schema.json."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter
from typing import Any

from partnerrules import findings


def as_data(report: findings.Report) -> dict[str, Any]:
    """Return the report as plain data in the shape of its published schema."""
    data: dict[str, Any] = _plain(report)
    engine = data.pop("engine")
    data["tool"] = {"name": "partnerrules", "version": data.pop("version"), "engine": engine}
    data["schema"] = findings.SCHEMA
    return data


_NESTED = frozenset(
    {
        "advice", "areas", "cases", "changes", "coverage", "engine", "errors", "findings", "gate",
        "limits", "location", "not_assessed", "packs", "proof", "questions", "stages", "steps",
        "strengths", "verdicts",
    }
)  # fmt: skip
"""The fields that hold values of `findings`."""


def _reader(kind: Any) -> tuple[tuple[str, ...], Callable[[Any], Any], tuple[str, ...]]:
    names = sorted(kind._fields)
    places = [kind._fields.index(one) for one in names]
    return tuple(names), itemgetter(*places), tuple(one for one in names if one in _NESTED)


_READERS = {kind: _reader(kind) for kind in vars(findings).values() if hasattr(kind, "_fields")}


def _plain(value: Any) -> Any:
    if type(value) is tuple:
        return tuple([_plain(one) for one in value])
    reader = _READERS.get(type(value))
    if reader is None:
        return value
    names, read, nested = reader
    data = dict(zip(names, read(value), strict=True))
    for name in nested:
        data[name] = _plain(data[name])
    return data
