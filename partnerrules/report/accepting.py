"""What a baseline and a waiver say of a finding, in words."""

from __future__ import annotations

from partnerrules.findings import KNOWN, NO_LONGER_ASSESSED, WORSE, Finding, Waiver
from partnerrules.report.words import level_words

KINDS = {
    "accepted_risk": "accepted as a risk",
    "false_positive": "held to be of no concern here",
    "compensating": "seen to in another way",
}


def waiver_words(waiver: Waiver) -> str:
    """Return on what grounds, until when, why and by whom, as far as that may be read."""
    until = f"until {waiver.expires}{', which is over' if waiver.over else ''}"
    said = f"{KINDS[waiver.kind]} {until}"
    said += f": {waiver.reason.removesuffix('.')}" if waiver.reason else ""
    said += f" (approved by {waiver.approved_by})" if waiver.approved_by else ""
    return f"{said}."


def state_words(one: Finding) -> str:
    """Return how it stands to the baseline, as a sentence; nothing for what is new."""
    before = level_words(one.accepted) if one.accepted else "not known yet"
    if one.state == KNOWN:
        return "In the baseline, so it counts in no gate."
    if one.state == WORSE:
        return f"Worse than in the baseline: {before} there."
    if one.state == NO_LONGER_ASSESSED:
        return f"Was {before} in the baseline, and is not known any more."
    return ""


def accepted_words(one: Finding) -> list[str]:
    """Return sentences on what a baseline and a waiver say of a finding."""
    said = [state_words(one)]
    if one.waiver is not None:
        words = waiver_words(one.waiver)
        said.append(f"{words[:1].upper()}{words[1:]}" if one.waived else f"It was {words}")
    return [text for text in said if text]
