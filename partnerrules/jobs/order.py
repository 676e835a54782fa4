"""What a run wants done with each case, and what came of one."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from partnerrules.checking import Checker
from partnerrules.documents import Text
from partnerrules.errors import PartnerRulesError, Problem
from partnerrules.findings import Report
from partnerrules.gate import Judging, judge, open_points
from partnerrules.jobs.finding import Piece, Unread
from partnerrules.jobs.selection import from_level, only
from partnerrules.jobs.settings import Settings

Place = tuple[str, int]
"""A path, and the line of a case among others in one file, or 0."""


LIMIT = 60.0
"""Seconds that one case may take."""
SLOW = "This case was not evaluated in {:g} seconds; give it more with --timeout."


class Done(NamedTuple):
    """What came of one case."""

    place: Place
    case: str = ""
    """Its id; empty where the case could not be read."""
    elsewhere: bool = False
    """Whether it belongs to another shard, so that nothing was done."""
    problems: tuple[Problem, ...] = ()
    report: Report | None = None
    line: str = ""
    """The line of the case in `jsonl`, where one is wanted."""
    reasons: tuple[str, ...] = ()
    """Why the case does not pass the gate."""
    points: tuple[str, ...] = ()
    """What could have kept it from passing, and nobody knows yet."""
    notes: tuple[str, ...] = ()
    """What the baseline and the waivers hold of the case that is no longer so."""
    sha256: str = ""
    """Of its document."""
    tokens: int = 0
    matches: int = 0


class Order(NamedTuple):
    """What is wanted of each case of a run; a process of its own gets all of it."""

    settings: Settings = Settings()
    rules: frozenset[str] | None = None
    """The rules that are shown and gated; None for all."""
    judging: Judging = Judging()
    level: str = "low"
    """Lines hold only what has or could have this level."""
    audience: str = "partners"
    """Who reads the lines."""
    line: bool = False
    report: bool = True
    """Whether the report itself is wanted."""
    shard: tuple[int, int] = (1, 1)
    """Which of how many parts of all cases."""
    taken_over: bool = False
    """Whether the Python engine does what another one did not get done; the case says so."""

    def done(self, checker: Checker, piece: Piece | Unread) -> Done:
        """Do with a case what is wanted, and say what came of it."""
        place = place_of(piece)
        if isinstance(piece, Unread):
            return self._not_done(place, piece.problems)
        try:
            case = checker.reader.read(piece)
            if not self.holds(case.id):
                return Done(place, case.id, elsewhere=True)
            report = checker.check(case)
        except PartnerRulesError as error:
            return self._not_done(place, error.problems)
        rules = checker.library.rules if self.rules is None else self.rules
        report = only(report, self.rules, checker.library)
        return self._judged(place, judge(report, self.judging, rules))

    def _not_done(self, place: Place, problems: tuple[Problem, ...]) -> Done:
        elsewhere = not self.holds(place[0])
        return Done(place, elsewhere=elsewhere, problems=() if elsewhere else problems)

    def _judged(self, place: Place, report: Report) -> Done:
        """Return what came of one case from its report, which the gate has judged."""
        fail_on, warn = self.judging.fail_on, self.judging.unknown == "warn"
        points = open_points(report, fail_on=fail_on) if warn else ()
        (case,) = report.cases
        engine = "python" if self.taken_over else case.engine
        case = case._replace(engine=engine, line=place[1])
        report = report._replace(cases=(case,))
        line = ""
        if self.line:
            # They wait: a run that writes no lines needs none of it.
            from partnerrules.report.audience import for_audience
            from partnerrules.report.jsonl import case_line

            line = case_line(for_audience(from_level(report, self.level), self.audience))
        return Done(
            place,
            case.case,
            report=report if self.report else None,
            line=line,
            reasons=case.reasons,
            points=points,
            notes=case.notes,
            sha256=case.sha256,
            tokens=report.engine.tokens,
            matches=report.engine.matches,
        )

    def holds(self, name: str) -> bool:
        """Say whether a case belongs to this shard by its id; where it has none, by its path."""
        part, parts = self.shard
        if parts == 1:
            return True
        digest = hashlib.sha256(name.casefold().encode("utf-8", "backslashreplace")).digest()
        return int.from_bytes(digest[:8], "big") % parts == part - 1


def place_of(piece: Piece | Unread) -> Place:
    """Return where a case is."""
    if isinstance(piece, Text):
        return piece.path, 0 if piece.alone else piece.before + 1
    return (piece.path if isinstance(piece, Unread) else piece), 0
