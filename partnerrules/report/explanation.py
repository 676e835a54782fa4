"""What one rule says about one subject, told in full."""

from __future__ import annotations

from partnerrules.findings import Explanation, Finding
from partnerrules.report.concerns import lowered, put_proof, subject
from partnerrules.report.helping import put_advice
from partnerrules.report.text import Page
from partnerrules.report.words import level_words

OUTCOMES = {
    "sound": "no concern",
    "not_due": "not due at this stage",
    "not_applicable": "does not apply here",
    "not_looked_at": "not looked at",
}
LIMIT = {
    "concern": "A limit of this check, and no concern",
    "unknown": "Not known yet",
    "sound": "No limit of this check",
}
RESTS_ON = {
    "concern": "What this rests on:",
    "sound": "What this rests on:",
    "unknown": "What is known, and what is missing:",
    "not_due": "It would need something else than this:",
    "not_applicable": "It would need something else than this:",
    "not_looked_at": "What is known, and what is missing:",
}
EVERY_STEP = 1000


def put_explanation(
    page: Page, one: Explanation, finding: Finding | None, *, limit: bool = False
) -> None:
    """Put what a rule says, what that rests on, and what could help.

    A rule that tells a limit of the check comes to no level.
    """
    standing = LIMIT.get(one.outcome, "") if limit else ""
    page.put(f"{subject(one)}{standing or _standing(one)}", style="bold")
    if one.message:
        page.put(one.message, indent=2)
    if finding and finding.lowered_because:
        page.put(lowered(finding), indent=2)
    if finding and finding.raised_by:
        page.put(f"Raised because of {', '.join(finding.raised_by)}.", indent=2)
    if len(one.proof.steps) > 1:
        page.put(RESTS_ON[one.outcome], indent=2)
        put_proof(page, one.proof, indent=4, limit=EVERY_STEP, short=False)
    if finding:
        put_advice(page, finding, lead="What could help: ", indent=2)
    page.blank()


def _standing(one: Explanation) -> str:
    known = f"{level_words(one.severity)} follows from the answers" if one.severity else ""
    could = f"could be {level_words(one.could_be)}" if one.could_be else ""
    if one.outcome == "unknown":
        known = "not known yet"
    told = "; ".join(part for part in (known, could) if part)
    if not told or one.outcome == "not_looked_at":
        told = OUTCOMES[one.outcome]
    return told if one.about or one.subject else f"{told[:1].upper()}{told[1:]}"
