"""One concern, told in the order in which people take it in."""

from __future__ import annotations

from collections.abc import Iterable

from partnerrules.findings import Explanation, Finding, Proof, Question, Report, Step, rank
from partnerrules.report.accepting import accepted_words
from partnerrules.report.grouping import Groups
from partnerrules.report.helping import put_advice
from partnerrules.report.text import Page, place
from partnerrules.report.words import BASIS, LEVEL_WORDS, RESTS_ON, joined, level_words

STEPS = 8
"""Lines of what a concern rests on; the rest is in the JSON report."""
DEEPEST = 2
"""Steps further down are not indented further."""


def put_concern(
    page: Page,
    finding: Finding,
    *,
    number: int,
    groups: Groups,
    report: Report,
    before: tuple[int, Finding] | None = None,
) -> None:
    """Put one concern with everything that is told under it.

    `before` is an earlier concern of the same rule with its number: what both share is not told
    twice.
    """
    lead = f"{number}. "
    indent = len(lead) + 2
    page.put(
        f"{subject(finding)}{finding.title} ({finding.rule})", lead=lead, indent=2, style="bold"
    )
    page.put(finding.message, lead="Of concern:  ", indent=indent)
    if finding.lowered_because:
        page.put(lowered(finding), indent=indent)
    if before and shared(finding) == shared(before[1]):
        page.put(f"Why, and what could help: as for {before[0]}.", indent=indent)
    else:
        if finding.why:
            page.put(finding.why, lead="Why:         ", indent=indent)
        put_advice(page, finding, lead="Could help:  ", indent=indent)
    for sentence in _sentences(finding, groups, report):
        page.put(sentence, indent=indent)
    page.put(f"What this rests on: {_rests_on(finding)}", indent=indent)
    put_proof(page, finding.proof, indent=indent + 2)
    _put_parts(page, groups.parts.get(finding.fingerprint, ()), indent=indent)
    page.blank()


def shared(finding: Finding) -> tuple[str, str, str]:
    """Return what findings of one rule have in common, whatever their subjects."""
    return finding.rule, finding.why, finding.remediation


def subject(one: Finding | Question | Explanation) -> str:
    """Return the subject by its names, before a colon, or nothing."""
    names = one.about or one.subject
    if not names:
        return ""
    name = joined(names if len(names) < 4 else [*names[:3], f"{len(names) - 3} more"])
    return f"{name[:1].upper()}{name[1:]}: "


def lowered(finding: Finding) -> str:
    """Return that a guard lowered what the conditions of a rule gave, and why."""
    before, after = finding.base_severity, finding.severity or finding.could_be
    if before and after and rank(before) > rank(after):
        done = f'Lowered from "{LEVEL_WORDS[before]}" to "{LEVEL_WORDS[after]}"'
    else:
        done = "Lowered" if finding.severity else "Left open"
    because = " ".join(finding.lowered_because)
    names = ", ".join(finding.lowered_by)
    if not because:
        return f"{done} by {names}."
    return f"{done}: {because} ({names})" if names else f"{done}: {because}"


def _rests_on(finding: Finding) -> str:
    words = RESTS_ON.get(finding.rests_on, finding.rests_on)
    basis = BASIS.get(finding.basis, "")
    return f"{words}. {basis}".strip()


def _sentences(finding: Finding, groups: Groups, report: Report) -> list[str]:
    level = LEVEL_WORDS[finding.severity] if finding.severity else "not known yet"
    found = []
    if finding.could_be:
        asked = _asked(finding, report.questions)
        condition = (
            f"if the answers to this show it: {asked}" if asked else "if more comes to light."
        )
        found.append(f"Could be {level_words(finding.could_be)}, {condition}")
    if finding.raised_by:
        before = finding.escalated_from
        start = f'Raised from "{LEVEL_WORDS[before]}" to "{level}"' if before else "Raised"
        found.append(f"{start} because of {_titles(finding.raised_by, groups)}.")
    elif finding.escalated_from:
        found.append(f'Raised from "{LEVEL_WORDS[finding.escalated_from]}" to "{level}".')
    if finding.part_of:
        found.append(f"Also told under {_titles(finding.part_of, groups)}.")
    return found + accepted_words(finding)


def _asked(finding: Finding, questions: Iterable[Question]) -> str:
    """Return the questions whose answers decide, in their own words where they are known."""
    words = {one.fact: one.question for one in questions if one.case == finding.case}
    facts = dict.fromkeys(name.partition("@")[0] for name in finding.open_questions)
    shown = [words.get(fact, fact) for fact in list(facts)[:2]]
    more = len(facts) - len(shown)
    return " ".join(shown) + (f" (and {more} more)" if more else "")


def _titles(rules: Iterable[str], groups: Groups) -> str:
    return joined(
        [f'"{groups.titles[rule]}" ({rule})' if rule in groups.titles else rule for rule in rules]
    )


def _put_parts(page: Page, parts: tuple[Finding, ...], *, indent: int) -> None:
    if not parts:
        return
    page.put("Told under this, and not counted again:", indent=indent)
    for part in parts:
        level = level_words(part.severity) if part.severity else "not known yet"
        page.put(
            f"{subject(part)}{part.title} ({part.rule}), {level}", lead="- ", indent=indent + 2
        )
        page.put(part.message, indent=indent + 4)
        for sentence in accepted_words(part):
            page.put(sentence, indent=indent + 4)
        if part.lowered_because:
            page.put(lowered(part), indent=indent + 4)
        put_advice(page, part, lead="Could help: ", indent=indent + 4)


def put_proof(
    page: Page, proof: Proof, *, indent: int, limit: int = STEPS, short: bool = True
) -> None:
    """Put what a conclusion rests on, each step once, the deeper the further to the right.

    `short` names files without their folders.
    """
    steps = {step.id: step for step in proof.steps}
    root = steps.get(proof.root)
    waiting = [(0, identifier) for identifier in reversed(root.uses)] if root else []
    seen = {proof.root}
    put = left = 0
    while waiting:
        depth, identifier = waiting.pop()
        step = steps.get(identifier)
        if step is None or identifier in seen:
            continue
        seen.add(identifier)
        waiting += [(depth + 1, below) for below in reversed(step.uses)]
        if put == limit:
            left += 1
            continue
        put += 1
        _put_step(page, step, indent=indent + 2 * min(depth, DEEPEST), short=short)
    if left:
        page.put(f"and {left} more, all of them in the JSON report", lead="- ", indent=indent)


def _put_step(page: Page, step: Step, *, indent: int, short: bool) -> None:
    about = ".".join((*step.subject, step.fact)) if step.subject else step.fact
    told = step.text or ": ".join(part for part in (about, step.value) if part) or step.rule
    told = f"{told[:1].upper()}{told[1:]}"
    level = f" ({LEVEL_WORDS[step.level]})" if step.level else ""
    source = f" (source: {step.source})" if step.source else ""
    # An answer that is not there says so itself; a conclusion that only may hold does not.
    maybe = "Could be: " if not step.certain and step.kind not in {"answer", "absence"} else ""
    page.put(
        f"{maybe}{told}{level}{source}",
        lead="- ",
        indent=indent,
        at=place(step.location, short=short),
    )
