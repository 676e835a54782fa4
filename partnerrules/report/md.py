"""The report as Markdown, short, for a comment on a pull request or the summary of a job."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from partnerrules.findings import (
    NEW,
    NO_LONGER_ASSESSED,
    CaseResult,
    ErrorInfo,
    Finding,
    Question,
    Report,
    Strength,
    rank,
)
from partnerrules.report.accepting import accepted_words, waiver_words
from partnerrules.report.concerns import subject
from partnerrules.report.grouping import Groups, active, grouped
from partnerrules.report.markup import link, marked, page_of
from partnerrules.report.sections import most_deciding, spread
from partnerrules.report.text import place
from partnerrules.report.words import (
    PURPOSE,
    count,
    heard,
    in_one_sentence,
    level_words,
    titled,
)

CONCERNS = 10
QUESTIONS = 5
STRENGTHS = 5
LINES = 5
"""Reasons, limits and points that are open again; the others are counted."""
TEXT = 600
"""Characters of one text."""
ROOM = 60_000
"""Characters of a comment on GitHub, with some to spare for the end."""


def render_md(report: Report, *, pages: str = "") -> str:
    """Return what is new or worse first, then the rest, what to ask, and what is strong.

    Where there is no room for all cases, the gravest come first and the rest is counted. `pages` is
    the address of pages about rules.
    """
    blocks = [_line(PURPOSE), *_gate(report), *_errors(report.errors)]
    room = ROOM - sum(map(len, blocks))
    evaluated = [case for case in report.cases if case.status != "error"]
    told, left = _fitting(report, evaluated, room, pages)
    if left:
        told, left = _fitting(report, _gravest_first(report, evaluated), room, pages)
    blocks += told
    if left:
        text = f"There is no room here for {count(left, 'more case')}; the gravest come first."
        blocks.append(text)
    if not report.cases and not report.errors:
        blocks.append("There was no case to look at.")
    blocks.append(_foot(report))
    return "\n\n".join(blocks) + "\n"


def _fitting(
    report: Report, cases: Sequence[CaseResult], room: int, pages: str
) -> tuple[list[str], int]:
    """Return the blocks of the cases for which there is room, and how many others there are."""
    blocks: list[str] = []
    for number, case in enumerate(cases):
        told = [*_case(report, case, pages)]
        room -= sum(len(block) + 2 for block in told)
        if room < 0:
            return blocks, len(cases) - number
        blocks += told
    return blocks, 0


def _gravest_first(report: Report, cases: Sequence[CaseResult]) -> list[CaseResult]:
    worst: dict[str, int] = {}
    for one in active(report):
        worst[one.case] = max(worst.get(one.case, 0), rank(one.severity))
    return sorted(cases, key=lambda case: -worst.get(case.case, 0))


def _line(text: str) -> str:
    return marked(text if len(text) <= TEXT else f"{text[: TEXT - 1]}…")


def _more(shown: int, number: int, noun: str) -> list[str]:
    return [f"- and {count(number - shown, f'more {noun}')}"] if number > shown else []


def _gate(report: Report) -> Iterator[str]:
    gate = report.gate
    if gate is None or gate.passed:
        return
    reasons = [f"- {_line(reason)}" for reason in gate.reasons[:LINES]]
    yield "**The gate was not passed:**"
    yield "\n".join([*reasons, *_more(LINES, len(gate.reasons), "reason")])


def _errors(errors: Sequence[ErrorInfo]) -> Iterator[str]:
    if not errors:
        return
    yield "## Could not be looked at"
    told = []
    for one in errors[:CONCERNS]:
        where = f"{one.path}:{one.line}" if one.path and one.line else one.path
        told.append(f"- {_line(one.message)} ({_line(', '.join(filter(None, (where, one.code))))})")
    yield "\n".join([*told, *_more(CONCERNS, len(errors), "case")])


def _case(report: Report, case: CaseResult, pages: str) -> Iterator[str]:
    groups = grouped(report, case)
    strengths = [one for one in report.strengths if one.case == case.case]
    borne_out = [one for one in strengths if not one.reported]
    yield f"## {_line(case.name or case.case)}"
    yield f"{_line(heard(case))} " + _line(
        in_one_sentence(
            case,
            groups.concerns,
            groups.unknown,
            borne_out,
            first_look=bool(report.questions_set),
        )
    )
    yield from _concerns(groups, pages)
    yield from _questions([one for one in report.questions if one.case == case.case])
    yield from _strengths(borne_out, len(strengths) - len(borne_out))
    limits = [one.message for one in report.limits if one.case == case.case]
    if limits:
        yield "### Limits of this check"
        told = [f"- {_line(text)}" for text in limits[:LINES]]
        yield "\n".join([*told, *_more(LINES, len(limits), "limit")])
    if case.notes:
        yield "### Baseline and waivers"
        told = [f"- {_line(text)}" for text in case.notes[:LINES]]
        yield "\n".join([*told, *_more(LINES, len(case.notes), "note")])


def _concerns(groups: Groups, pages: str) -> Iterator[str]:
    every = (*groups.concerns, *groups.unknown, *groups.set_aside)
    compared = any(one.state != NEW for one in every)
    new = [one for one in groups.concerns if not one.set_aside]
    before = [one for one in groups.concerns if one.set_aside]
    open_again = [one for one in groups.unknown if one.state == NO_LONGER_ASSESSED]
    heading = "New or worse since the last time" if compared else "Of concern"
    for title, found in ((heading, new), ("As the last time", before)):
        if found:
            yield f"### {title}"
            told = [_concern(one, pages) for one in found[:CONCERNS]]
            yield "\n".join([*told, *_more(CONCERNS, len(found), "concern")])
    if open_again:
        yield "### Was a concern, and is not known now"
        told = [
            f"- {_named(one, pages)}. {_line(' '.join([one.message, *accepted_words(one)]))}"
            for one in open_again[:LINES]
        ]
        yield "\n".join([*told, *_more(LINES, len(open_again), "point")])
    if groups.set_aside:
        yield f"### Set aside with a reason: {count(len(groups.set_aside), 'point')}"
        told = [_waived(one, pages) for one in groups.set_aside[:CONCERNS]]
        yield "\n".join([*told, *_more(CONCERNS, len(groups.set_aside), "point")])


def _waived(one: Finding, pages: str) -> str:
    words = waiver_words(one.waiver) if one.waiver else ""
    return f"- {_named(one, pages)}: {_line(words)}"


def _named(one: Finding, pages: str) -> str:
    rule = link(one.rule, page_of(one.rule, one.pack, pages))
    return f"**{_line(f'{subject(one)}{one.title}')}** ({rule})"


def _concern(one: Finding, pages: str) -> str:
    helps = one.advice.says if one.advice else one.remediation
    where = place(one.location) if one.location.path else ""
    # That all of a section are known is told by its heading.
    said = [] if one.set_aside else accepted_words(one)
    parts = [
        f"- {_named(one, pages)}, {level_words(one.severity or 'low')}.",
        _line(" ".join([one.message, *said])),
        f"*What could help:* {_line(helps)}" if helps else "",
        f"({_line(where)})" if where else "",
    ]
    return " ".join(part for part in parts if part)


def _questions(questions: Sequence[Question]) -> Iterator[str]:
    if not questions:
        return
    yield "### What to ask"
    told = []
    for one in most_deciding(questions)[:QUESTIONS]:
        asked = _line(f"{subject(one)}{one.question}")
        told.append(f"- {asked} (to ask: {_line(titled(one.ask) or 'anybody who knows')})")
    yield "\n".join([*told, *_more(QUESTIONS, len(questions), "question")])


def _strengths(borne_out: Sequence[Strength], reported: int) -> Iterator[str]:
    if not borne_out and not reported:
        return
    yield "### What is strong, to keep"
    shown = spread(borne_out)[:STRENGTHS]
    told = [f"- {_line(one.message)}" for one in shown]
    told += _more(len(shown), len(borne_out), "strength")
    if reported:
        said = count(reported, "strength is", "strengths are")
        told.append(f"- {said} reported; a second source would bear this out")
    yield "\n".join(told)


def _foot(report: Report) -> str:
    packs = ", ".join(f"{pack.id} {pack.version}" for pack in report.packs) or "none"
    asked = f", profile {report.profile}" if report.profile else ""
    asked += f", questions {report.questions_set}" if report.questions_set else ""
    said = (
        f"partnerrules {report.version}, packs {packs}{asked}, for the audience {report.audience}."
    )
    return f"*{_line(said)}*"
