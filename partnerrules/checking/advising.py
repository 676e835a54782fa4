"""Which advice of a rule fits the stage that a partnership is in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from partnerrules import findings
from partnerrules.checking.texts import PLACE
from partnerrules.packs.models import Advice, Rule

DEFAULT = "default"


def advice_of(rule: Rule, alternative: str, active: Sequence[str]) -> findings.Advice | None:
    """Return the advice of the last active stage that has some, or None where a rule has none.

    That of the alternative goes before that of the rule. Advice for a stage that names nobody
    keeps who could act from `default`. Its placeholders are not filled yet.
    """
    own = rule.concern[alternative].remediation if alternative in rule.concern else {}
    told = {**rule.remediation, **own}
    stage = next((one for one in reversed(active) if one in told), DEFAULT)
    found = told.get(stage)
    if found is None:
        return None
    others = (one[DEFAULT] for one in (told, rule.remediation) if DEFAULT in one)
    who = next((one.roles for one in (found, *others) if one.roles), ())
    return findings.Advice(
        found.says,
        tuple(found.steps),
        who,
        found.builds,
        stage in own or _tells(found, rule.for_each),
    )


def filled(advice: findings.Advice, fill: Callable[[str], str]) -> findings.Advice:
    """Return advice with its placeholders filled."""
    says, steps = fill(advice.says), tuple([fill(step) for step in advice.steps])
    if says == advice.says and steps == advice.steps:
        return advice
    return advice._replace(says=says, steps=steps)


def _tells(advice: Advice, subject: Iterable[str]) -> bool:
    """Say whether its placeholders lead to answers, beyond the names of the subject."""
    harmless = {f"{one}{end}" for one in subject for end in ("", ".name")}
    found = {one for text in (advice.says, *advice.steps) for one in PLACE.findall(text)}
    return any(one not in harmless and not one.startswith("$") for one in found)
