"""What could help with one concern: the advice, its steps, and who could act."""

from __future__ import annotations

from partnerrules.findings import Advice, Finding
from partnerrules.report.text import Page


def put_advice(page: Page, finding: Finding, *, lead: str, indent: int) -> None:
    """Put the advice of a finding after `lead`, its steps in order below it, then who could act."""
    advice = finding.advice or Advice(finding.remediation)
    if not advice.says:
        return
    page.put(advice.says, lead=lead, indent=indent)
    inner = indent + len(lead)
    for number, step in enumerate(advice.steps, 1):
        page.put(step, lead=f"{number}. ", indent=inner)
    if advice.could_act:
        page.put(advice.could_act, indent=inner)
