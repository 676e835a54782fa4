"""The report for people at a terminal: prose for what matters, tables for what is compared."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

from tabulate import tabulate

from partnerrules.findings import (
    LEVELS,
    NO_LONGER_ASSESSED,
    CaseResult,
    Finding,
    Gate,
    Report,
    Strength,
)
from partnerrules.report.concerns import put_concern, shared
from partnerrules.report.grouping import Groups, grouped
from partnerrules.report.sections import (
    put_error,
    put_head,
    put_limits,
    put_not_assessed,
    put_notes,
    put_questions,
    put_set_aside,
    put_strengths,
    put_taken_away,
    put_unknown,
)
from partnerrules.report.settings import put_changes
from partnerrules.report.text import Page, plain
from partnerrules.report.words import (
    LEVEL_WORDS,
    PURPOSE,
    by_area,
    count,
    level_words,
    share,
    standing,
    titled,
)

PADDING = 2
REASONS = 5
"""Why the gate was not passed; the others are counted."""
WIDE = 120
"""From here on the areas have a column for each count."""


def render_table(report: Report, *, width: int = 80, color: bool = False) -> str:
    """Return the report for a terminal; control codes only where `color` asks for them."""
    page = Page(width=width, color=color)
    page.put(PURPOSE)
    page.blank()
    shown = {case.case: grouped(report, case) for case in report.cases}
    for case in report.cases:
        if case.status != "error":
            _put_case(page, report, case, shown[case.case])
    evaluated = [case for case in report.cases if case.status != "error"]
    if len(evaluated) > 1:
        _put_overview(page, evaluated, shown)
    if not report.cases and not report.errors:
        page.put("There was no case to look at.")
    if report.errors:
        page.heading("Could not be looked at", line="-")
        for error in report.errors:
            put_error(page, error)
        page.blank()
    put_changes(page, report)
    _put_foot(page, report)
    return page.text()


def _put_case(page: Page, report: Report, case: CaseResult, groups: Groups) -> None:
    strengths = [one for one in report.strengths if one.case == case.case]
    first_look = bool(report.questions_set)
    borne_out = [one for one in strengths if not one.reported]
    put_head(page, case, groups, borne_out, first_look=first_look)
    put_strengths(page, strengths)
    _put_areas(page, case, groups, borne_out, first_look=first_look)
    _put_concerns(page, report, groups)
    taken = [one for one in groups.unknown if one.state == NO_LONGER_ASSESSED]
    put_taken_away(page, taken)
    put_unknown(page, [one for one in groups.unknown if one.state != NO_LONGER_ASSESSED])
    put_questions(page, [one for one in report.questions if one.case == case.case])
    put_set_aside(page, groups.set_aside)
    put_notes(page, case.notes)
    put_limits(page, [one for one in report.limits if one.case == case.case])
    put_not_assessed(page, [one for one in report.not_assessed if one.case == case.case])


def _put_concerns(page: Page, report: Report, groups: Groups) -> None:
    number = 0
    told: dict[tuple[str, str, str], tuple[int, Finding]] = {}
    for level in reversed(LEVELS):
        concerns = [one for one in groups.concerns if one.severity == level]
        if not concerns:
            continue
        title = level_words(level)
        follow = count(len(concerns), "concern follows", "concerns follow")
        heading = f"{title[:1].upper()}{title[1:]}: {follow} from the answers"
        page.heading(heading, style="now" if level == "high" else "bold", line="-")
        for concern in concerns:
            number += 1
            before = told.setdefault(shared(concern), (number, concern))
            put_concern(
                page,
                concern,
                number=number,
                groups=groups,
                report=report,
                before=before if before[0] != number else None,
            )


def _put_areas(
    page: Page,
    case: CaseResult,
    groups: Groups,
    strengths: Sequence[Strength],
    *,
    first_look: bool,
) -> None:
    if not case.verdicts:
        return
    strong = Counter(one.area for one in strengths)
    concerns = Counter((one.area, one.severity) for one in groups.concerns)
    unknown = Counter(one.area for one in groups.unknown)
    wide = page.width >= WIDE
    rows = []
    for one in by_area(case):
        row = [
            titled(one.area),
            standing(one, strengths=strong[one.area], first_look=first_look),
            share(one.answered, one.asked),
        ]
        if wide:
            counts = [concerns[one.area, level] for level in reversed(LEVELS)]
            row[2:2] = map(str, [strong[one.area], *counts, unknown[one.area]])
        rows.append(row)
    heads = ["Area", "How it stands", "Answered"]
    if wide:
        heads[2:2] = ["Strengths", *_level_heads(), "Not known yet"]
    page.heading("How the areas stand", line="-")
    _put_grid(page, heads, rows)
    page.blank()


def _level_heads() -> list[str]:
    return [LEVEL_WORDS[level].capitalize() for level in reversed(LEVELS)]


def _put_overview(page: Page, cases: Sequence[CaseResult], shown: dict[str, Groups]) -> None:
    """Put all cases by name: an order by levels would rank what cannot be compared."""
    rows = []
    for case in sorted(cases, key=_by_name):
        levels = Counter(concern.severity for concern in shown[case.case].concerns)
        rows.append(
            [
                case.name or case.case,
                *(str(levels[level]) for level in reversed(LEVELS)),
                str(len(shown[case.case].unknown)),
                share(case.coverage.answered, case.coverage.asked),
            ]
        )
    page.heading(f"All {count(len(rows), 'case')}, by name", line="-")
    _put_grid(page, ["Name", *_level_heads(), "Not known yet", "Answered"], rows)
    page.put(
        "The cases differ in what was asked and who answered: this is not a ranking.", indent=2
    )
    page.blank()


def _by_name(case: CaseResult) -> tuple[str, str]:
    # Decomposed, so that letters with marks stand beside those without.
    return unicodedata.normalize("NFKD", (case.name or case.case).casefold()), case.case


def _put_grid(page: Page, heads: list[str], rows: list[list[str]]) -> None:
    page.grid(grid(heads, rows, page.width))


def grid(heads: list[str], rows: list[list[str]], width: int) -> str:
    """Return a table in which the widest columns give way until it fits so many characters."""
    table = [heads, *([plain(cell) for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in table) for column in range(len(heads))]
    # tabulate pads every heading by two columns.
    widths = [max(width, len(head) + PADDING) for width, head in zip(widths, heads, strict=True)]
    room = width - 2 - 2 * (len(heads) - 1)
    while sum(widths) > room and max(widths) > 6:
        widths[widths.index(max(widths))] -= 1
    return tabulate(
        table[1:],
        headers=heads,
        tablefmt="simple",
        maxcolwidths=list(widths),
        maxheadercolwidths=[width - PADDING for width in widths],
        disable_numparse=True,
    )


def _put_gate(page: Page, gate: Gate | None) -> None:
    """Say at the end that the gate was not passed, and why."""
    if gate is None or gate.passed:
        return
    page.put("The gate was not passed:", style="now")
    for reason in gate.reasons[:REASONS]:
        page.put(reason, lead="- ", indent=2)
    more = len(gate.reasons) - REASONS
    if more > 0:
        page.put(f"and {count(more, 'more reason')}, all of them in the JSON report", indent=4)
    page.blank()


def _put_foot(page: Page, report: Report) -> None:
    _put_gate(page, report.gate)
    named = ", ".join(f"{pack.id} {pack.version}" for pack in report.packs)
    packs = f"{'pack' if len(report.packs) == 1 else 'packs'} {named or 'none'}"
    asked = f", profile {report.profile}" if report.profile else ""
    asked += f", questions {report.questions_set}" if report.questions_set else ""
    settings = report.gate.settings if report.gate else {}
    for key, words in (("select", "Shown is only"), ("ignore", "Not shown is")):
        if key in settings:
            page.put(f"{words}: {settings[key]}.")
    page.put(
        f"partnerrules {report.version}, {packs}{asked}, for the audience {report.audience}.",
        style="dim",
    )
