"""What a bad answer to each question is, and which concern belongs to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from alliances import KINDS, Alliance, Keys

Rules = Callable[[Alliance, Keys], set[str]]
TOPICS = ("purpose", "working_together", "decisions", "management", "planning", "communication",
          "learning", "values", "work_review", "partnership_review")  # fmt: skip


@dataclass(frozen=True)
class Bad:
    """A bad answer; where no concern belongs to it by itself, the reason why."""

    answer: Any
    rules: Rules | str = ""
    because: str = ""

    def expected(self, alliance: Alliance, keys: Keys) -> set[str]:
        """Return the rules that must be of concern, and no others."""
        if callable(self.rules):
            return self.rules(alliance, keys)
        return {self.rules} if self.rules else set()


def _groups(alliance: Alliance, keys: Keys) -> set[str]:
    return {"PAR-01"} if alliance.kinds_only_from(int(keys[1])) else set()


def _local(alliance: Alliance, keys: Keys) -> set[str]:
    return {"TRA-01"} if alliance.entered and keys[1] == 0 else set()


def _planned(alliance: Alliance, keys: Keys) -> set[str]:
    return set() if alliance.entered else {"TRA-01"}


def _part(alliance: Alliance, keys: Keys) -> set[str]:
    return {"AGR-03"} | _local(alliance, keys)


def _votes(alliance: Alliance, keys: Keys) -> set[str]:
    return {"GOV-03"} if len(alliance.partners) > 2 else set()


NAME = "A name can be neither good nor bad."
PLANNED = "It brings the end near, and there is a plan for that."
EIGHT = "It is asked about where eight partners work in several places."
NOTHING_MISSING = "It makes what is missing weigh more or less, and nothing is missing."
MOST_OF_THE_SAY = "It makes what is told one way weigh more, and all is told among all."
ONE_OF_THREE = "One of three decisions shows no habit."
PRACTICE = "It lets a spoken way count, and the way is written."

BAD: dict[str, list[Bad]] = {
    "partnership.name": [Bad("Unnamed", because=NAME)],
    "partnership.stage": [Bad("closing", because=PLANNED), Bad("forming", because=NOTHING_MISSING)],
    "partnership.depth": [
        Bad("exchange_information", because=NOTHING_MISSING),
        Bad("joint_body", because=NOTHING_MISSING),
    ],
    "partnership.started_on": [Bad("2026-06", because=NOTHING_MISSING)],
    "partnership.planned_end_on": [Bad("2026-07", because=PLANNED)],
    "partnership.ending_announced": [Bad(True, because=PLANNED)],
    "partnership.going_to_scale": [Bad(True, because=NOTHING_MISSING)],
    "partnership.money_together": [Bad("none", because=NOTHING_MISSING)],
    "partner.name": [Bad("Unnamed", because=NAME)],
    "partner.groups": [
        Bad([], _groups, "Somebody else brings the same."),
        Bad(["ally", *KINDS], _groups, "Somebody else brings the same."),
    ],
    "partner.level": [Bad("international", _local, "It works where the work began.")],
    "partner.regions": [Bad([], _local, "It works where the work began.")],
    "partner.involvement": [Bad("beside", because="An ally is told by what it brings.")],
    "partner.role_agreed": [Bad(False, _part)],
    "region.name": [Bad("Unnamed", because=NAME)],
    "region.status": [Bad("planned", _planned, "A local partner has its part there.")],
    "region.differs_from_original": [Bad("very", because=NOTHING_MISSING)],
    "purpose.stated": [Bad("nothing", "PUR-01"), Bad("spoken", "PUR-01")],
    "purpose.confirmed_by": [Bad([], "PUR-01"), Bad(["north-trust"], "PUR-01")],
    "selection.reviewed": [Bad([], "PAR-05"), Bad(["role", "capacity"], "PAR-05")],
    "selection.not_needed_now": [Bad(["expert"], because="Somebody brings it all the same.")],
    "agreement.form": [Bad(form, "AGR-01") for form in ("none", "verbal", "funding_contract")],
    "agreement.confirmed_by": [Bad([], "AGR-01"), Bad(["south-union"], "AGR-01")],
    "agreement.covers": [
        Bad([], lambda alliance, keys: {"X28", "AGR-02"}),
        *(Bad([one for one in TOPICS if one != topic], "AGR-02") for topic in TOPICS),
    ],
    "agreement.tasks_shared_out": [Bad(False, "AGR-03")],
    "agreement.reporting_lines": [Bad(False, "ACC-01")],
    "agreement.agreed_before_start": [Bad("not_yet", "AGR-07"), Bad("later", "AGR-07")],
    "agreement.contract_differs": [
        Bad(word, "AGR-06") for word in ("decisions_or_ending", "something_else", "not_compared")
    ],
    "governance.body": [Bad("none", "GOV-01")],
    "governance.body_mandate": [Bad("none", "GOV-01"), Bad("spoken", "GOV-01")],
    "governance.meetings_planned": [Bad(8, "GOV-10")],
    "governance.meetings_held": [Bad(0, "GOV-10"), Bad(2, "GOV-10")],
    "governance.last_agreed_done": [Bad("little", "GOV-10"), Bad("half", "GOV-10")],
    "governance.changed_by_funder": [Bad("more_than_once", because=MOST_OF_THE_SAY)],
    "governance.funder_seats": [Bad("more_than_half", because=MOST_OF_THE_SAY)],
    "accountability.reporting": [Bad("nobody", "ACC-01"), Bad("one_way", "ACC-01")],
    "accountability.promises_kept": [Bad("few", "ACC-01"), Bad("half", "ACC-01")],
    "accountability.task_without_owner": [Bad("critical", "ACC-06"), Bad("minor", "ACC-06")],
    "accountability.instructions_differ": [
        Bad(["technical_advice"], "ACC-06"),
        Bad(["something_else"], "ACC-06"),
    ],
    "resources.top_source_share": [Bad(0.9, because=MOST_OF_THE_SAY)],
    "governance.largest_vote_share": [
        Bad(0.9, _votes, "Votes of two are not compared; their decisions are."),
    ],
    "decision.topic": [Bad("Something else", because=NAME)],
    "decision.took_part": [Bad([], because=ONE_OF_THREE)],
    "decision.last_word": [Bad("north-trust", because=ONE_OF_THREE)],
    "decision.others_disagreed": [Bad(True, because="To disagree is no concern.")],
    "conflict.procedure": [Bad("none", "CON-01"), Bad("spoken", "CON-01")],
    "conflict.neutral_facilitator": [Bad(False, because=PRACTICE)],
    "conflict.resolved_in_last_year": [Bad(False, because=PRACTICE)],
    "support.kind": [Bad("none", "SEC-01")],
    "support.days_per_month": [Bad(0, because=EIGHT)],
    "support.funded_months": [Bad(0, because=EIGHT)],
    "support.functions": [Bad([], because=EIGHT)],
    "communication.last_meeting_of_all": [Bad("never", because=EIGHT)],
    "participants.involvement": [Bad("not_involved", "PTC-01"), Bad("planned", "PTC-01")],
    "resources.horizon": [Bad("ends_no_renewal", because=PLANNED)],
    "scaling.adaptation_process": [Bad("none", "TRA-02"), Bad("agreed", "TRA-02")],
    "scaling.core_defined": [Bad(False, "TRA-02")],
    "exit.duration": [Bad("not_discussed", "EXT-01"), Bad("discussed", "EXT-01")],
    "exit.plan": [Bad("none", "EXT-02"), Bad("discussed", "EXT-02")],
    "exit.terms_for_one_leaving": [Bad(False, "EXT-02")],
}
"""By fact. An answer of an alliance that is missing here has not been thought about."""
