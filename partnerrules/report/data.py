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
        "advice", "areas", "attestations", "baseline", "cases", "changes", "coverage", "engine",
        "errors", "findings", "gate", "limits", "location", "not_assessed", "packs", "proof",
        "questions", "stages", "steps", "sound", "strengths", "verdicts", "waiver", "waivers",
    }
)  # fmt: skip
"""The fields that hold values of `findings`."""


def _reader(kind: Any) -> tuple[tuple[str, ...], Callable[[Any], Any], tuple[str, ...]]:
    names = sorted(kind._fields)
    places = [kind._fields.index(one) for one in names]
    return tuple(names), itemgetter(*places), tuple(one for one in names if one in _NESTED)


_READERS = {kind: _reader(kind) for kind in vars(findings).values() if hasattr(kind, "_fields")}


_SHARED = (findings.Advice, findings.Location)
"""What many findings have in common: told once, and then found again by its identity."""


def _record(record: Any, told: dict[int, Any]) -> Any:
    """Return the fields of a record by name; `told` is what is shared and was told before."""
    kind = type(record)
    if kind is findings.Proof:
        return _proof(record, told)
    reader = _READERS.get(kind)
    if reader is None:
        return record
    names, read, nested = reader
    data = dict(zip(names, read(record)))  # noqa: B905 - as many by how readers are made
    for name in nested:
        value = data[name]
        if type(value) is tuple:
            data[name] = tuple([_record(one, told) for one in value])
        elif type(value) in _SHARED:
            data[name] = _once(_record, value, told)
        elif value is not None:
            data[name] = _record(value, told)
    return data


def _once(tell: Callable[[Any, dict[int, Any]], Any], shared: Any, told: dict[int, Any]) -> Any:
    found = told.get(id(shared))
    if found is None:
        found = told[id(shared)] = tell(shared, told)
    return found


def _proof(proof: findings.Proof, told: dict[int, Any]) -> dict[str, Any]:
    steps = tuple([_once(_step, one, told) for one in proof.steps])
    return {"root": proof.root, "steps": steps}


def _step(step: findings.Step, told: dict[int, Any]) -> dict[str, Any]:
    """Return what `_record` would, in half of its time: most of a report are steps."""
    number, kind, text, certain, uses, place, fact, subject = step[:8]
    value, status, source, rule, level, alternative = step[8:]
    return {
        "alternative": alternative,
        "certain": certain,
        "fact": fact,
        "id": number,
        "kind": kind,
        "level": level,
        "location": place and _once(_record, place, told),
        "rule": rule,
        "source": source,
        "status": status,
        "subject": subject,
        "text": text,
        "uses": uses,
        "value": value,
    }
