"""The parts of the page of one case, besides its concerns and tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from partnerrules.findings import (
    KNOWN,
    CaseResult,
    ErrorInfo,
    Finding,
    Limit,
    NotAssessed,
    Question,
    Strength,
    rank,
)
from partnerrules.report.accepting import accepted_words, waiver_words
from partnerrules.report.audience import RESTING
from partnerrules.report.concerns import subject
from partnerrules.report.grouping import Groups
from partnerrules.report.text import Page, plain
from partnerrules.report.words import (
    RESTS_ON,
    count,
    heard,
    in_one_sentence,
    level_words,
    titled,
)

STRENGTHS = 5
REPORTED = 3
UNKNOWN = 10
QUESTIONS = 7


def put_head(
    page: Page,
    case: CaseResult,
    groups: Groups,
    strengths: Sequence[Strength],
    *,
    first_look: bool,
) -> None:
    """Put the name, who was heard and how it stands."""
    page.heading(case.name or case.case, line="=")
    stage = f"stage: {_stage(case)}"
    page.put(f"case {case.case}, {stage}", at=plain(case.path), style="dim")
    page.blank()
    page.put(heard(case))
    page.put(
        in_one_sentence(case, groups.concerns, groups.unknown, strengths, first_look=first_look)
    )
    page.blank()


def _stage(case: CaseResult) -> str:
    if case.stages is None or not case.stages.stated:
        return "not known yet"
    others = [stage for stage in case.stages.active if stage != case.stages.stated]
    maybe = [stage for stage in case.stages.possible if stage not in case.stages.active]
    maybe = [stage for stage in maybe if stage != case.stages.stated]
    return "".join(
        (
            case.stages.stated,
            f", also {' and '.join(others)}" if others else "",
            f", perhaps {' and '.join(maybe)}" if maybe else "",
        )
    )


def put_strengths(page: Page, strengths: Sequence[Strength]) -> None:
    """Put some strengths, from as many areas as there are, and how many more there are."""
    borne_out = [one for one in strengths if not one.reported]
    reported = [one for one in strengths if one.reported]
    if not strengths:
        return
    page.heading("Strengths, to keep", line="-")
    shown = spread(borne_out)
    for strength in shown:
        page.put(_resting(strength), lead="+ ", indent=2)
    more = len(borne_out) - len(shown)
    if more > 0:
        page.put(f"and {count(more, 'more strength')}", indent=4)
    if reported:
        page.put("Reported to go well; a second source would bear this out:", indent=2)
        some = spread(reported)[:REPORTED]
        for strength in some:
            page.put(_resting(strength), lead="+ ", indent=4)
        if len(reported) > len(some):
            page.put(f"and {len(reported) - len(some)} more", indent=6)
    page.blank()


def _resting(strength: Strength) -> str:
    """Return the sentence of a strength with what it rests on, short."""
    if RESTING in strength.message:
        return strength.message
    words = RESTS_ON.get(strength.rests_on, strength.rests_on)
    return f"{strength.message.removesuffix('.')} (rests on {words})."


def spread(strengths: Sequence[Strength]) -> list[Strength]:
    """Return the first few, one of each area before a second of any, then in their order."""
    turns: Counter[str] = Counter()
    ranked = []
    for position, strength in enumerate(strengths):
        ranked.append((turns[strength.area], position))
        turns[strength.area] += 1
    return [strengths[position] for _, position in sorted(ranked)[:STRENGTHS]]


def put_unknown(page: Page, findings: Sequence[Finding]) -> None:
    """Put what is not known yet, by the level that it could have, each rule once."""
    if not findings:
        return
    page.heading(f"Not known yet: {count(len(findings), 'point')}", line="-")
    by_rule: dict[tuple[str | None, str], list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault((finding.could_be, finding.rule), []).append(finding)
    told, level = 0, None
    for (could_be, rule), same in list(by_rule.items())[:UNKNOWN]:
        if could_be and could_be != level:
            page.put(f"Could be {level_words(could_be)}, if answers point that way:", indent=2)
        told, level = told + len(same), could_be
        more = f" Likewise for {len(same) - 1} more." if len(same) > 1 else ""
        known = sum(one.state == KNOWN for one in same)
        if known:
            more += " In the baseline." if len(same) == 1 else f" {known} in the baseline."
        page.put(f"{same[0].message}{more} ({rule})", lead="- ", indent=4)
    if told < len(findings):
        page.put(f"and {count(len(findings) - told, 'more point')}", indent=4)
    page.blank()


def most_deciding(questions: Sequence[Question]) -> list[Question]:
    """Return questions by the level that an answer could bring, then by what it would decide."""
    return sorted(
        questions,
        key=lambda one: (-rank(one.severity), -len(one.would_decide), one.fact, one.subject),
    )


def put_questions(page: Page, questions: Sequence[Question]) -> None:
    """Put the questions that would decide most, grouped by whom to ask."""
    if not questions:
        return
    first = most_deciding(questions)[:QUESTIONS]
    page.heading("Questions whose answers would decide most", line="-")
    for ask in dict.fromkeys(one.ask for one in first):
        page.put(f"To ask: {titled(ask) or 'anybody who knows'}", indent=2)
        for question in (one for one in first if one.ask == ask):
            decides = count(len(question.would_decide), "point")
            page.put(
                f"{subject(question)}{question.question} (bears on {decides})", lead="? ", indent=4
            )
    more = len(questions) - len(first)
    if more > 0:
        page.put(f"and {count(more, 'more question')}", indent=4)
    page.blank()


def put_set_aside(page: Page, findings: Sequence[Finding]) -> None:
    """Put what was set aside, each with its reason."""
    if not findings:
        return
    page.heading(f"Set aside with a reason: {count(len(findings), 'point')}", line="-")
    for finding in findings:
        about = f"{subject(finding)}{finding.title} ({finding.rule})"
        level = level_words(finding.severity) if finding.severity else "not known yet"
        words = waiver_words(finding.waiver) if finding.waiver else ""
        page.put(f"{about}, {level}: {words}", lead="- ", indent=2)
    page.blank()


def put_taken_away(page: Page, findings: Sequence[Finding]) -> None:
    """Put what was a concern in the baseline and is open now."""
    if not findings:
        return
    page.heading(f"Was a concern, and is not known now: {count(len(findings), 'point')}", line="-")
    for finding in findings:
        about = f"{subject(finding)}{finding.title} ({finding.rule})."
        said = " ".join([about, finding.message, *accepted_words(finding)])
        page.put(said, lead="- ", indent=2)
    page.blank()


def put_notes(page: Page, notes: Sequence[str]) -> None:
    """Put what the baseline and the waivers hold that is no longer so."""
    if not notes:
        return
    page.heading("Baseline and waivers", line="-")
    for note in notes:
        page.put(note, lead="- ", indent=2)
    page.blank()


def put_limits(page: Page, limits: Sequence[Limit]) -> None:
    """Put what is known about the evidence itself."""
    if not limits:
        return
    page.heading("Limits of this check", line="-")
    for limit in limits:
        page.put(f"{limit.message} {limit.remediation}".rstrip(), lead="- ", indent=2)
    page.blank()


def put_not_assessed(page: Page, rules: Sequence[NotAssessed]) -> None:
    """Put how many rules were not assessed, by the kind of reason."""
    if not rules:
        return
    counts = Counter(one.outcome for one in rules)
    kinds = {
        "not_applicable": ("does not apply here", "do not apply here"),
        "not_due": ("is not due at this stage", "are not due at this stage"),
        "not_looked_at": ("was not looked at", "were not looked at"),
    }
    told = [count(counts[kind], *words) for kind, words in kinds.items() if counts[kind]]
    page.put(f"Not assessed: {', '.join(told)}.")
    page.blank()


def put_error(page: Page, error: ErrorInfo) -> None:
    """Put one error where an editor finds it: path, line and column first."""
    parts = (plain(error.path), error.line, error.column)
    place = ":".join(str(part) for part in parts if part)
    if place:
        # A path stays in one piece, so that it can be clicked and copied.
        page.lines.append(f"  {place}")
    page.put(f"{error.message} ({error.code})", indent=4 if place else 2)
