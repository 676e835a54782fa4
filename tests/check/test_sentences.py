"""How a rule's sentences read once the words of a case stand in them."""

from pathlib import Path
from typing import Any

import pytest
from made import checker_of, report_of

from partnerrules.checking.texts import listed

PACK = {
    "pack.yaml": """\
schema: partnerrules.pack/1
id: words
version: "1"
title: Words
areas: {all: All}
dimensions: {talk: {title: Talk, area: all}}
""",
    "vocabulary/words.yaml": """\
groups:
  group:
    title: The group
    dimension: talk
    facts:
      form: {type: choice, choices: {paper: A paper, ngo: NGO rules, law: Law of Kenya}}
      ways: {type: choices, choices: {paper: A paper, talk: Talks}}
      motto: {type: text}
      busy: {type: yes_no}
      topics: {type: references, to: topic}
      heads: {type: references, to: member}
entities:
  member: {collection: members, title: Member, facts: {here: {type: yes_no}}}
  topic: {members: {money: the money, time: the time}}
""",
    "talk/T-01-said.yaml": """\
id: T-01
name: said
title: What is said
dimension: talk
given: {some: {m: member, where: {m.here: yes}}}
concern:
  quiet: {level: low, says: "SAYS"}
  busy:
    level: medium
    when: {group.busy: yes}
    says: It is busy.
    remediation: {default: Rest.}
remediation: {default: Talk.}
""",
}


def _check(folder: Path, says: str, busy: bool = False, members: int = 1, **group: Any) -> Any:
    people = [{"id": f"m{n:02}", "name": f"iM {n}", "here": True} for n in range(1, members + 1)]
    case = {"group": {"busy": busy, **group}, "members": people}
    with checker_of(folder, PACK, SAYS=says) as checker:
        [finding] = report_of(checker, case).findings
    return finding


SENTENCES = [
    ("a choice inside", "So far {group.form} is there.", {"form": "paper"},
     "So far a paper is there."),
    ("a choice at the start", "{group.form} is there.", {"form": "paper"}, "A paper is there."),
    ("a choice in a second sentence", "Yes. {group.form} is there.", {"form": "paper"},
     "Yes. A paper is there."),
    ("an acronym", "So far {group.form} hold.", {"form": "ngo"}, "So far NGO rules hold."),
    ("a label with a name", "So far {group.form} holds.", {"form": "law"},
     "So far Law of Kenya holds."),
    ("several choices", "There are {group.ways}.", {"ways": ["paper", "talk"]},
     "There are a paper and talks."),
    ("words of the pack at the start", "{group.topics} are open.", {"topics": ["time", "money"]},
     "The money and the time are open."),
    ("words of the pack inside", "Open are {group.topics}.", {"topics": ["time"]},
     "Open are the time."),
    ("a text of the case", "{group.motto} is the motto.", {"motto": "eLearn"},
     "eLearn is the motto."),
    ("a name at the start", "{names m} is there.", {}, "iM 1 is there."),
    ("a reference at the start", "{group.heads} leads.", {"heads": ["m01"]}, "iM 1 leads."),
    ("what is not known", "{group.form} is there.", {"form": "dont_know"}, "Not known is there."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("says", "group", "told"), [row[1:] for row in SENTENCES], ids=[row[0] for row in SENTENCES]
)
def test_a_sentence_has_its_capitals_where_they_belong(
    tmp_path: Path, says: str, group: dict[str, Any], told: str
) -> None:
    assert _check(tmp_path, says, **group).message == told


MANY = "iM 1, iM 2, iM 3 and 27 others are there."
FIVE = "iM 1, iM 2, iM 3, iM 4 and iM 5 are there."


@pytest.mark.parametrize("says", ["{names m} are there.", "{group.heads} are there."])
@pytest.mark.parametrize(("members", "told"), [(5, FIVE), (30, MANY)])
def test_a_sentence_lists_few_names(tmp_path: Path, members: int, told: str, says: str) -> None:
    heads = [f"m{n:02}" for n in range(1, members + 1)]
    assert _check(tmp_path, says, members=members, heads=heads).message == told


def test_names_are_listed_as_people_list_them() -> None:
    six = ["a", "b", "c", "d", "e", "f"]
    told = ["", "a", "a and b", "a, b and c", "a, b, c and d", "a, b, c, d and e"]
    assert [listed(six[:number]) for number in range(7)] == [*told, "a, b, c and 3 others"]


@pytest.mark.parametrize(("busy", "advice"), [(False, "Talk."), (True, "Rest.")])
def test_advice_fits_what_decided(tmp_path: Path, busy: bool, advice: str) -> None:
    assert _check(tmp_path, "It is calm.", busy=busy).remediation == advice
