"""What a run set otherwise than its packs do, with the reasons."""

from __future__ import annotations

from partnerrules.findings import Change, Report
from partnerrules.report.text import Page
from partnerrules.report.words import level_words


def put_changes(page: Page, report: Report) -> None:
    """Put the profile, and each threshold and level that was changed, with why."""
    if not report.changes:
        return
    page.heading("Thresholds and levels that were set otherwise", line="-")
    if report.profile:
        page.put(f"By the profile {report.profile}, where nothing else is said.", indent=2)
    for one in report.changes:
        page.put(told(one), lead="- ", indent=4)
    page.blank()


def told(change: Change) -> str:
    """Return a change in words, with why."""
    if change.kind == "parameter":
        said = f"{change.value} in place of {change.was}"
    elif change.kind == "level":
        said = f"{level_words(change.value)} in place of {level_words(change.was)}"
    else:
        said = f"at most {level_words(change.value)}"
    return f"{change.name}: {said}. {change.why or 'Set for this run.'}"
