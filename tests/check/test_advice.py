"""Which advice is told in which stage, in its parts."""

from pathlib import Path
from typing import Any

import pytest
from made import checker_of, report_of

PACK = {
    "pack.yaml": """\
schema: partnerrules.pack/1
id: words
version: "1"
title: Words
areas: {all: All}
dimensions: {talk: {title: Talk, area: all}}
stages:
  forming: {}
  operating: {group.stage: {at_least: operating}}
  closing: {group.stage: closing}
stage_fact: group.stage
""",
    "vocabulary/words.yaml": """\
groups:
  group:
    title: The group
    dimension: talk
    facts:
      stage:
        type: choice
        ordered: yes
        choices: {forming: Forming, operating: Operating, closing: Closing}
      busy: {type: choice, ordered: yes, choices: {no: No, some: Some, very: Very}}
entities:
  member: {collection: members, title: Member, facts: {here: {type: yes_no}}}
""",
    "talk/T-01-said.yaml": """\
id: T-01
name: said
title: What is said
dimension: talk
for_each: {m: member}
given: {m.here: no}
concern:
  some: {level: low, when: {group.busy: {at_least: some}}, says: It is busy.}
  very:
    level: medium
    when: {group.busy: very}
    says: It is very busy.
    remediation: {closing: {says: Rest., who: the cook}}
remediation:
  default:
    says: Set up a table.
    steps: [Find wood., "Ask {m.name}."]
    who: [the chair, all]
    builds: yes
  forming: Talk before you begin.
  closing: "Tell {m.name} that it is {group.busy}."
""",
}


def _advice(folder: Path, **group: Any) -> Any:
    said = {
        "group": {"busy": "some", **group},
        "members": [{"id": "a", "name": "Ana", "here": False}],
    }
    with checker_of(folder, PACK) as checker:
        [finding] = report_of(checker, said).findings
    assert finding.remediation == finding.advice.text
    return finding.advice


DISPUTED = {"answers": [{"value": "forming"}, {"value": "operating"}]}
STAGES = [
    ("at work", {"stage": "operating"}, "Set up a table."),
    ("not known", {}, "Set up a table."),
    ("disputed", {"stage": DISPUTED}, "Set up a table."),
    ("forming", {"stage": "forming"}, "Talk before you begin."),
    ("closing", {"stage": "closing"}, "Tell Ana that it is some."),
    ("closing, by what decided", {"stage": "closing", "busy": "very"}, "Rest."),
    ("at work, by what decided", {"stage": "operating", "busy": "very"}, "Set up a table."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("group", "says"), [row[1:] for row in STAGES], ids=[row[0] for row in STAGES]
)
def test_advice_is_in_season(tmp_path: Path, group: dict[str, Any], says: str) -> None:
    assert _advice(tmp_path, **group).says == says


def test_advice_has_steps_and_who_could_act(tmp_path: Path) -> None:
    advice = _advice(tmp_path, stage="operating")
    assert advice.steps == ("Find wood.", "Ask Ana.")
    assert advice.who == ("the chair", "all")
    told = "Set up a table. Find wood. Ask Ana. Who could act: the chair, or all."
    assert (advice.text, advice.founds) == (told, True)


def test_a_stage_that_names_nobody_keeps_who_could_act(tmp_path: Path) -> None:
    assert _advice(tmp_path, stage="forming").who == ("the chair", "all")
    assert _advice(tmp_path, stage="closing", busy="very").who == ("the cook",)


def test_what_names_no_answer_can_be_told_to_everybody(tmp_path: Path) -> None:
    assert not _advice(tmp_path, stage="operating").particular
    assert _advice(tmp_path, stage="closing").particular
    assert _advice(tmp_path, stage="closing", busy="very").particular
