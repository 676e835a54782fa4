"""What each rule says of each subject, before and after compounds and guards."""

from __future__ import annotations

from partnerrules.engine.compile import CompiledAlternative, CompiledRule
from partnerrules.facts.world import Env, Standing, Subject

DRAWN = ("check", "compound", "subsume")
OUTSIDE = ("not_applicable", "not_due")
"""The outcomes of a rule that has nothing to say here."""


class Result:
    """One rule about one subject."""

    def __init__(self, rule: CompiledRule, subject: Subject, env: Env, standing: Standing) -> None:
        self.rule = rule
        self.subject = subject
        self.env = env
        self.standing = standing
        self.outcome = ""
        self.certain = standing.certain
        self.possible = standing.possible
        self.part_of: list[str] = []
        self.raised_by: list[str] = []
        self.lowered_by: list[str] = []
        self.guards: list[tuple[CompiledRule, Env]] = []
        """All that reach it and hold, or could."""
        self.perhaps: list[tuple[CompiledRule, Env]] = []
        """Those that lowered it of which the answers leave open whether they act."""
        self.reason = ""

    @property
    def own_outcome(self) -> str:
        """The outcome of the rule's own conditions: the first that fits."""
        standing = self.standing
        if not standing.applies:
            return "not_applicable"
        if not standing.due:
            return "not_due"
        if standing.certain:
            return "concern"
        if standing.possible:
            return "unknown"
        return "sound" if standing.sound == 2 else "not_applicable"

    @property
    def told(self) -> bool:
        """Whether it is a concern or an open question."""
        return self.outcome in ("concern", "unknown")

    @property
    def because(self) -> str:
        """The key of the alternative that decided a concern or an open question."""
        return self.standing.decisive[self.standing.grade] if self.told else ""


def alternative(result: Result, grade: int) -> CompiledAlternative:
    """Return the alternative that led to a grade, of the standing's own or below it."""
    key = result.standing.decisive[grade]
    for one in result.rule.alternatives:
        if one.key == key:
            return one
    raise KeyError(key)
