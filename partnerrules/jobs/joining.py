"""One report of what came of many files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from partnerrules.checking import Checker
from partnerrules.errors import Problem
from partnerrules.findings import CaseResult, EngineInfo, ErrorInfo, Report, rank
from partnerrules.jobs.worker import Outcome


def _once(reports: list[Report]) -> tuple[list[Report], list[Problem]]:
    """Leave out every case whose id stands in two files: which one is meant nobody can say."""
    places: dict[str, list[str]] = {}
    for report in reports:
        places.setdefault(report.cases[0].case.casefold(), []).append(report.cases[0].path)
    twice = {case: sorted(paths) for case, paths in places.items() if len(paths) > 1}
    problems = []
    for case, paths in twice.items():
        for path in paths:
            others = ", ".join(other for other in paths if other != path)
            text = f'The case id "{case}" stands in {others} too; give each case one of its own.'
            problems.append(Problem("case-twice", text, path))
    return [one for one in reports if one.cases[0].case.casefold() not in twice], problems


def join(checker: Checker, outcomes: Iterable[Outcome], problems: Iterable[Problem]) -> Report:
    """Put the outcomes of single files together, in the order of the contract."""
    evaluated: list[Report] = []
    problems = list(problems)
    for outcome in outcomes:
        if isinstance(outcome, Report):
            evaluated.append(outcome)
        else:
            problems.extend(outcome)
    reports, twice = _once(evaluated)
    # The order in which files are named changes nothing; within a file the places are in order.
    errors = tuple(map(_error, sorted((*problems, *twice), key=lambda one: one.path)))
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
    return empty._replace(
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
