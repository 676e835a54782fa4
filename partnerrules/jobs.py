"""Many case files in one run: found, read, evaluated and put together."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from partnerrules.checking import Checker
from partnerrules.documents import read_document
from partnerrules.errors import DocumentError, PartnerRulesError, Problem
from partnerrules.findings import CaseResult, EngineInfo, ErrorInfo, Report, rank
from partnerrules.packs import load_pack
from partnerrules.shipped import shipped_packs


@dataclass(frozen=True)
class Settings:
    """What a checker is made of, so that a process of its own can make one too."""

    packs: tuple[str, ...]
    """Names or folders; empty for all that come with the tool."""
    engine: str
    parameters: Mapping[str, Any]
    questions: str

    def checker(self) -> Checker:
        """Make a checker; raises PackError."""
        names = self.packs or shipped_packs()
        return Checker(
            [load_pack(name) for name in names],
            engine=self.engine,
            parameters=self.parameters,
            questions=self.questions,
        )


SUFFIXES = (".yaml", ".yml", ".json", ".jsonl", ".yaml.gz", ".json.gz", ".jsonl.gz")
"""What looks like a case; a kind that cannot be read yet is an error, not passed over."""


def find_cases(names: Iterable[str]) -> tuple[list[str], list[Problem]]:
    """Return the case files behind names of files and folders, and what leads to none."""
    paths: list[str] = []
    problems: list[Problem] = []
    for name in names:
        path = Path(name)
        if not path.is_dir():
            paths.append(name)
            continue
        inside = [str(one) for one in sorted(path.rglob("*")) if _may_be_case(path, one)]
        if not inside:
            text = "There is no case file in this folder."
            problems.append(Problem("no-case", text, name))
        paths.extend(inside)
    return list({os.path.realpath(path): path for path in reversed(paths)}.values())[::-1], problems


def _may_be_case(root: Path, path: Path) -> bool:
    parts = path.relative_to(root).parts
    if not path.name.lower().endswith(SUFFIXES) or any(part.startswith(".") for part in parts):
        return False
    if any(
        (parent / "pack.yaml").is_file()
        for parent in path.parents
        if root in (parent, *parent.parents)
    ):
        return False
    try:
        value = read_document(path).value
    except DocumentError:
        return True
    schema = str(value.get("schema", "")) if isinstance(value, dict) else ""
    return not schema.startswith("partnerrules.") or schema.startswith("partnerrules.case/")


def check_apart(settings: Settings, paths: Sequence[str]) -> Report:
    """Evaluate files, with more than one of them in a process of its own.

    The C code of durable-rules then never runs in the process that writes the output. Where that
    process dies, the files are done again one by one, and one that kills it is evaluated by the
    Python engine; its case says so.
    """
    if len(paths) < 2 or settings.engine == "python":
        return _work(settings, paths)
    try:
        return _in_worker(settings, paths)
    except BrokenProcessPool:
        reports = [_alone(settings, path) for path in paths]
    with replace(settings, engine="python").checker() as checker:
        report = _again(checker, reports)
    return replace(report, engine=replace(report.engine, name=reports[0].engine.name))


def _alone(settings: Settings, path: str) -> Report:
    try:
        return _in_worker(settings, [path])
    except BrokenProcessPool:
        with replace(settings, engine="python").checker() as checker:
            report = check_all(checker, [path])
        return replace(report, cases=tuple(replace(c, engine="python") for c in report.cases))


def _in_worker(settings: Settings, paths: Sequence[str]) -> Report:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(_work, settings, paths).result()


def _work(settings: Settings, paths: Sequence[str]) -> Report:
    with settings.checker() as checker:
        return check_all(checker, paths)


def _again(checker: Checker, reports: list[Report]) -> Report:
    """Join reports of single files; a case id that stands in two of them is an error."""
    problems = [
        Problem(error.code, error.message, error.path, error.line, error.column)
        for report in reports
        for error in report.errors
    ]
    kept = [report for report in reports if report.cases[0].status == "evaluated"]
    return join(checker, *_once(kept, problems))


def check_all(checker: Checker, paths: Iterable[str]) -> Report:
    """Evaluate every file; one that cannot be read is an error beside the others."""
    reports: list[Report] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            reports.append(checker.check(checker.reader.read(path)))
        except PartnerRulesError as error:
            problems.extend(error.problems)
    return join(checker, *_once(reports, problems))


def _once(reports: list[Report], problems: list[Problem]) -> tuple[list[Report], list[Problem]]:
    """Leave out every case whose id stands in two files: which one is meant nobody can say."""
    places: dict[str, list[str]] = {}
    for report in reports:
        places.setdefault(report.cases[0].case, []).append(report.cases[0].path)
    twice = {case: paths for case, paths in places.items() if len(paths) > 1}
    for case, paths in twice.items():
        for path in paths:
            others = ", ".join(other for other in paths if other != path)
            text = f'The case id "{case}" stands in {others} too; give each case one of its own.'
            problems.append(Problem("case-twice", text, path))
    return [report for report in reports if report.cases[0].case not in twice], problems


def join(checker: Checker, reports: list[Report], problems: Iterable[Problem]) -> Report:
    """Put the reports of single cases together, in the order of the contract."""
    errors = tuple(_error(problem) for problem in problems)
    broken = sorted({error.path for error in errors})
    cases = [one for report in reports for one in report.cases]
    cases += [CaseResult("", path, "", "error", path) for path in broken]
    empty = checker.empty()
    engine = EngineInfo(
        empty.engine.name,
        empty.engine.jobs,
        sum(report.engine.tokens for report in reports),
        sum(report.engine.matches for report in reports),
    )
    return replace(
        empty,
        engine=engine,
        cases=tuple(sorted(cases, key=lambda one: (one.case, one.path))),
        findings=tuple(
            sorted(
                (one for report in reports for one in report.findings),
                key=lambda one: (one.case, -rank(one.severity), one.rule, one.subject),
            )
        ),
        strengths=_joined(reports, "strengths"),
        not_assessed=_joined(reports, "not_assessed"),
        limits=_joined(reports, "limits"),
        questions=_joined(reports, "questions"),
        errors=errors,
    )


def _joined(reports: list[Report], name: str):  # type: ignore[no-untyped-def]
    in_order = sorted(reports, key=lambda report: report.cases[0].case)
    return tuple(one for report in in_order for one in getattr(report, name))


def _error(problem: Problem) -> ErrorInfo:
    return ErrorInfo(
        problem.code,
        problem.path,
        problem.line,
        problem.column,
        str(replace(problem, path="", line=None, column=None)),
    )
