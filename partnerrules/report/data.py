"""Reports as plain data, in the shape of report.schema.json."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter
from typing import Any

from partnerrules import findings


def as_data(report: findings.Report) -> dict[str, Any]:
    """Return the report as plain data in the shape of its published schema; keys are sorted."""
    data: dict[str, Any] = _record(report, {})
    engine = data.pop("engine")
    data["tool"] = {"engine": engine, "name": "partnerrules", "version": data.pop("version")}
    data["schema"] = findings.SCHEMA
    data["parameters"] = dict(sorted(data["parameters"].items()))
    if data["gate"]:
        data["gate"]["settings"] = dict(sorted(data["gate"]["settings"].items()))
    return dict(sorted(data.items()))


_NESTED = frozenset(
    {
        "advice", "areas", "cases", "changes", "coverage", "engine", "errors", "findings", "gate",
        "limits", "location", "not_assessed", "packs", "proof", "questions", "stages", "steps",
        "sound", "strengths", "verdicts",
    }
)  # fmt: skip
"""The fields that hold values of `findings`."""


def _reader(kind: Any) -> tuple[tuple[str, ...], Callable[[Any], Any], tuple[str, ...]]:
    names = sorted(kind._fields)
    places = [kind._fields.index(one) for one in names]
    return tuple(names), itemgetter(*places), tuple(one for one in names if one in _NESTED)


_READERS = {kind: _reader(kind) for kind in vars(findings).values() if hasattr(kind, "_fields")}


def _record(record: Any, places: dict[int, Any]) -> Any:
    """Return the fields of a record by name; `places` are those told already, by identity."""
    reader = _READERS.get(type(record))
    if reader is None:
        return record
    names, read, nested = reader
    data = dict(zip(names, read(record)))  # noqa: B905 - as many by how readers are made
    for name in nested:
        value = data[name]
        if value is None:
            continue
        if type(value) is tuple:
            data[name] = tuple([_record(one, places) for one in value])
        elif type(value) is findings.Location:
            # One place is told by many findings and steps.
            found = places.get(id(value))
            data[name] = found or places.setdefault(id(value), _record(value, places))
        else:
            data[name] = _record(value, places)
    return data
