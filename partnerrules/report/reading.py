"""Reports that were written as JSON, read back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

from partnerrules.errors import DocumentError, Problem
from partnerrules.findings import SCHEMA, EngineInfo, Report
from partnerrules.report.jsonl import OF_A_CASE

_NO_REPORT = "This is no report of partnerrules as json or jsonl: name what `check` wrote with -f."
_TORN = "The file ends before its last line: the run that wrote it was cut off."
_OTHER = "This report is of another version ({}): write it again with this one."


class ReportFile:
    """A report in a file, as one piece or as lines; lines are read as they are asked for.

    Raises DocumentError where it is none.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        try:
            with open(path, encoding="utf-8") as file:  # noqa: PTH123 - as people name it
                first = file.readline()
        except (OSError, UnicodeDecodeError) as error:
            raise self._refused(f"It cannot be read: {error}.") from None
        head = _parsed(first)
        self.lines = isinstance(head, dict) and head.get("line") == "head"
        """Whether it has a line for each case."""
        if self.lines:
            engine = {**head["tool"]["engine"], "matches": 0, "tokens": 0}
            gate = head["gate"] and {**head["gate"], "passed": True, "reasons": []}
            data = {**head, "tool": {**head["tool"], "engine": engine}, "gate": gate}
            self.used = self._report({**data, **{name: [] for name in OF_A_CASE}})
        else:
            self._whole = self._report(self._read_whole())
            nothing: dict[str, Any] = dict.fromkeys(OF_A_CASE, ())
            self.used = self._whole._replace(
                engine=self._whole.engine._replace(tokens=0, matches=0),
                gate=self._whole.gate and self._whole.gate._replace(passed=True, reasons=()),
                **nothing,
            )
        """What was used, as a report of no case."""

    def reports(self) -> Iterator[Report]:
        """Yield what it holds: one report, or one for each case and one for the work at last."""
        if not self.lines:
            yield self._whole
            return
        for line in self.case_lines():
            yield self.report_of(json.loads(line))
        yield self.used._replace(engine=self.engine)

    def case_lines(self) -> Iterator[str]:
        """Yield the lines of its cases as they are; `engine` is set when they are through."""
        tail: Any = None
        with open(self.path, encoding="utf-8") as file:  # noqa: PTH123 - as people name it
            next(file)
            for line in file:
                if tail is not None:
                    yield tail
                tail = line
        said = _parsed(tail or "")
        if not isinstance(said, dict) or said.get("line") != "tail":
            raise self._refused(_TORN)
        self.engine: EngineInfo = self.used.engine._replace(**said["engine"])

    def report_of(self, data: Mapping[str, Any]) -> Report:
        """Return the report of a case from its line."""
        parts = {name: _reader(Report, name)(data[name]) for name in OF_A_CASE}
        return self.used._replace(**parts)

    def _read_whole(self) -> Any:
        try:
            with open(self.path, encoding="utf-8") as file:  # noqa: PTH123 - as people name it
                return json.load(file)
        except ValueError:
            raise self._refused(_NO_REPORT) from None

    def _report(self, data: Any) -> Report:
        try:
            if data["schema"] != SCHEMA:
                raise self._refused(_OTHER.format(data["schema"]))
            tool = data["tool"]
            told = {**data, "engine": tool["engine"], "version": tool["version"]}
            report: Report = _made(Report, told)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise self._refused(_NO_REPORT) from None
        return report

    def _refused(self, text: str) -> DocumentError:
        return DocumentError([Problem("no-report", text, self.path)])


def _parsed(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None


def _made(kind: Any, data: Mapping[str, Any]) -> Any:
    return kind(**{name: _reader(kind, name)(data[name]) for name in kind._fields})


@cache
def _reader(kind: Any, name: str) -> Callable[[Any], Any]:
    """Return what reads one field of a record, by the type that it is declared with."""
    return _of(kind.__annotations__[name])


def _of(declared: Any) -> Callable[[Any], Any]:
    if hasattr(declared, "_fields"):
        return lambda data: _made(declared, data)
    if get_origin(declared) is tuple:
        one = _of(get_args(declared)[0])
        return lambda data: tuple(map(one, data))
    if isinstance(declared, UnionType):
        (other,) = (_of(one) for one in get_args(declared) if one is not NoneType)
        return lambda data: None if data is None else other(data)
    return lambda data: data
