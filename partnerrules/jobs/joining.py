"""One report of what came of many cases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from partnerrules.checking import Checker
from partnerrules.documents import Text
from partnerrules.errors import Problem
from partnerrules.findings import CaseResult, EngineInfo, ErrorInfo, Report, rank
from partnerrules.jobs.finding import Piece
from partnerrules.jobs.worker import Outcome

Place = tuple[str, int]
"""A path, and the line of a case among others in one file, or 0."""


def _place(piece: Piece) -> Place:
    return (piece.path, piece.before + 1) if isinstance(piece, Text) else (piece, 0)


def _once(
    evaluated: list[tuple[Place, Report]],
) -> tuple[list[Report], dict[Place, list[Problem]]]:
    """Leave out every case whose id stands in two places: which one is meant nobody can say."""
    places: dict[str, list[Place]] = {}
    for place, report in evaluated:
        places.setdefault(report.cases[0].case.casefold(), []).append(place)
    twice = {case: sorted(found) for case, found in places.items() if len(found) > 1}
    problems = {}
    for case, found in twice.items():
        for place in found:
            others = ", ".join(_told(other) for other in found if other != place)
            text = f'The case id "{case}" stands in {others} too; give each case one of its own.'
            problems[place] = [Problem("case-twice", text, place[0], place[1] or None)]
    return [one for _, one in evaluated if one.cases[0].case.casefold() not in twice], problems


def _told(place: Place) -> str:
    return f"{place[0]}:{place[1]}" if place[1] else place[0]


def join(
    checker: Checker, outcomes: Iterable[tuple[Piece, Outcome]], problems: Iterable[Problem]
) -> Report:
    """Put the outcomes of single cases together, in the order of the contract."""
    evaluated: list[tuple[Place, Report]] = []
    broken: dict[Place, list[Problem]] = {}
    for problem in problems:
        broken.setdefault((problem.path, 0), []).append(problem)
    for piece, outcome in outcomes:
        if isinstance(outcome, Report):
            evaluated.append((_place(piece), outcome))
        else:
            broken.setdefault(_place(piece), []).extend(outcome)
    reports, twice = _once(evaluated)
    broken |= twice
    # The order in which files are named changes nothing; within a case the places are in order.
    errors = tuple(_error(one) for place in sorted(broken) for one in broken[place])
    cases = [one for report in reports for one in report.cases]
    cases += [CaseResult("", path, "", "error", path) for path, _ in sorted(broken)]
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


def _joined(reports: list[Report], name: str) -> tuple[Any, ...]:
    in_order = sorted(reports, key=lambda report: report.cases[0].case)
    return tuple(one for report in in_order for one in getattr(report, name))


def _error(problem: Problem) -> ErrorInfo:
    return ErrorInfo(
        problem.code,
        problem.path,
        problem.line,
        problem.column,
        str(problem._replace(path="", line=None, column=None)),
    )
