"""Reports of shards put together to the one that the whole run would have written."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator, Sequence
from typing import Any

from partnerrules.errors import DocumentError, Problem
from partnerrules.findings import Report, Tally, in_order
from partnerrules.jobs.joining import join, judged
from partnerrules.report.jsonl import head_line, tail_line
from partnerrules.report.reading import ReportFile

_USED = (
    "version", "packs", "parameters", "questions_set", "audience", "profile", "changes",
    "attestations", "baseline", "waivers",
)  # fmt: skip


def merged(files: Sequence[ReportFile]) -> Report:
    """Return all of several reports as one; raises DocumentError where they do not go together."""
    _compare(files)
    seen: dict[str, str] = {}
    reports = []
    for file in files:
        for report in file.reports():
            for case in report.cases:
                _once(seen, case.case, file.path)
            reports.append(report)
    return judged(join(files[0].used, reports))


def merged_lines(files: Sequence[ReportFile], tally: Tally) -> Iterator[str]:
    """Yield the lines of several reports as one, holding one line of each; raises DocumentError.

    `tally` counts what there is. Lines without paths, as the public gets them, follow file by file.
    """
    _compare(files)
    seen: dict[str, str] = {}
    yield head_line(files[0].used)
    for _, line, data, file in heapq.merge(*map(_placed, files), key=lambda one: one[0]):
        (case,) = data["cases"]
        _once(seen, case["case"], file.path)
        tally.count(1, errors=case["status"] == "error", held_back=bool(case["reasons"]))
        yield line
    for file in files:
        tally.count(tokens=file.engine.tokens, matches=file.engine.matches)
    yield tail_line(tally)


def _placed(file: ReportFile) -> Iterator[tuple[tuple[str, str, int], str, Any, ReportFile]]:
    for line in file.case_lines():
        data = json.loads(line)
        (case,) = data["cases"]
        yield in_order(case["path"], case["line"]), line, data, file


def _once(seen: dict[str, str], case: str, path: str) -> None:
    if case and case.casefold() in seen:
        text = f'The case "{case}" is in {seen[case.casefold()]} too: name each shard once.'
        raise DocumentError([Problem("case-twice", text, path)])
    seen[case.casefold()] = path


def _compare(files: Sequence[ReportFile]) -> None:
    """Raise DocumentError where reports were made by other means."""
    first = files[0].used
    problems = []
    for file in files[1:]:
        other = [name for name in _USED if getattr(file.used, name) != getattr(first, name)]
        if file.used.engine != first.engine:
            other.append("engine")
        if (file.used.gate and file.used.gate.settings) != (first.gate and first.gate.settings):
            other.append("gate")
        if other:
            text = f"This is of a run with other settings than {files[0].path}: {', '.join(other)}."
            problems.append(Problem("other-settings", text, file.path))
    if problems:
        raise DocumentError(problems)
