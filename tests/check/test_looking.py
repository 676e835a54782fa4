"""At which rules a set of questions looks: where it asks for something of their own."""

from pathlib import Path

import pytest
from made import checker_of, report_of

PACK = {
    "pack.yaml": """\
schema: partnerrules.pack/1
id: looking
version: "1"
title: Looking
areas: {all: All}
dimensions: {talk: {title: Talk, area: all}}
stages: {working: {group.drawn: yes}}
stage_fact: group.stage
parameters: {many: {value: 2, unit: members, basis: default, why: A guess.}}
""",
    "vocabulary/words.yaml": """\
groups:
  group:
    title: The group
    dimension: talk
    facts:
      stage: {type: choice, choices: {talks: Talks, working: Work}, question: Where is it?}
      drawn: {type: yes_no, derived: yes, title: Whether it works}
      rent: {type: yes_no, question: Is the rent paid?}
      hall: {type: yes_no, question: Is there a hall?}
      heated: {type: yes_no, question: Is the hall heated?}
      dry: {type: yes_no, question: Is the hall dry?}
      full: {type: yes_no, question: Is the hall full?}
      spent: {type: number, question: How much is spent?}
      cold: {type: yes_no, derived: yes, title: Whether it is cold}
entities:
  member:
    collection: members
    title: Member
    facts:
      pays: {type: yes_no, question: Does it pay?}
      fee: {type: number, question: How high is its fee?}
      friend: {type: reference, to: member, question: Who is its friend?}
measures:
  group.fees: {title: Fees, sum: m.fee, over: {m: member}, or_answer: group.spent}
  group.size: {title: Members, count: {m: member}, where: {m.pays: yes}}
""",
    "questions/all.yaml": """\
questions:
  place: {question: Is there a hall?, sets: [group.hall]}
""",
    "talk/D-01-works.yaml": """\
id: D-01
name: works
title: Works
dimension: talk
kind: derive
derive: {fact: group.drawn, first_of: [{value: yes, when: {group.stage: working}}], otherwise: no}
""",
    "talk/D-02-cold.yaml": """\
id: D-02
name: cold
title: Cold
dimension: talk
kind: derive
derive:
  fact: group.cold
  first_of: [{value: yes, when: {any: [{group.heated: no}, {group.dry: no}]}}]
  otherwise: no
""",
    "talk/T-01-tried.yaml": """\
id: T-01
name: tried
title: Tried
dimension: talk
due: [working]
applies: {group.hall: yes}
concern: {tried: {level: low, when: WHEN, says: It is so.}}
""",
    "talk/T-02-read.yaml": """\
id: T-02
name: read
title: Read
dimension: talk
due: [working]
concern: {dry: {level: low, when: {group.dry: no}, says: It is not dry.}}
""",
    "sets/asked.yaml": """\
id: asked
title: Asked
questions: [ASKED]
""",
    "sets/other.yaml": """\
id: other
title: Other
before: [members.pays]
questions: [group.rent]
""",
}
LOOKED_AT = [
    # what the rule says, what the set asks, whether it is looked at
    ("{group.rent: no}", "group.rent", True),
    ("{group.rent: no}", "group.stage", False),
    ("{group.rent: no}", "group.stage, place", False),
    ("{group.rent: no, group.drawn: yes}", "group.stage", False),
    ("{group.drawn: yes}", "group.stage", False),
    ("{group.drawn: yes}", "group.stage, place", True),
    ("{group.heated: no, group.dry: no}", "group.dry", False),
    ("[{group.heated: no}, {group.dry: no}]", "group.dry", False),
    ("{group.heated: no, group.dry: no}", "group.dry, group.heated", True),
    ("{any: [{group.heated: no}, {group.dry: no}]}", "group.dry", True),
    ("{not: {group.heated: no, group.dry: no}}", "group.dry", False),
    ("{not: {group.dry: no}}", "group.dry", True),
    ("{holds: {at_least: $many, of: [{group.dry: no}, {group.full: no}, {group.heated: no}]}}",
     "group.dry, group.full", True),
    ("{holds: {at_least: $many, of: [{group.dry: no}, {group.full: no}, {group.heated: no}]}}",
     "group.dry", False),
    ("{holds: {at_most: 1, of: [{group.dry: no}, {group.full: no}]}}", "group.dry", False),
    ("{group.rent: no, group.size: {at_least: $many}}", "group.rent", True),
    ("{group.size: {at_least: $many}}", "group.stage", False),
    ("{group.fees: {at_least: 9}}", "members.fee", True),
    ("{group.fees: {at_least: 9}}", "group.spent", True),
    ("{group.fees: {at_least: 9}}", "group.rent", False),
    ("{group.cold: yes}", "group.dry", True),
    ("{group.cold: yes}", "group.full", False),
    ("{some: {m: member, where: {m.fee: {at_least: 9}}}}", "members.fee", True),
    ("{none: {m: member, where: {m.fee: {at_least: 9}, m.pays: yes}}}", "members.fee", True),
    ("{count: {m: member, where: {m.pays: yes}, at_least: $many}}", "group.stage", False),
    ("{some: {m: member, where: {m.friend.fee: {at_least: 9}}}}", "members.fee", False),
    ("{some: {m: member, where: {m.friend.fee: {at_least: 9}}}}",
     "members.fee, members.friend", True),
    ("{some: {m: member, n: member, where: {m.friend: n, m.pays: yes}}}", "members.friend", True),
    ("{concern: {rule: T-02}}", "group.dry", True),
    ("{concern: T-02}", "group.dry", True),
    ("{concern: {rule: T-02}}", "group.stage, place", False),
    ("{concern: {rule: T-02}, group.rent: no}", "group.rent", False),
]  # fmt: skip


@pytest.mark.parametrize(("when", "asked", "wanted"), LOOKED_AT)
def test_a_rule_is_looked_at_where_what_is_asked_can_settle_it(
    tmp_path: Path, when: str, asked: str, wanted: bool
) -> None:
    checker = checker_of(tmp_path, PACK, WHEN=when, ASKED=asked, questions="asked")
    assert checker.prepared.looking(checker.wanted).at("T-01") == wanted


def test_what_is_not_looked_at_is_named_and_asks_nothing(tmp_path: Path) -> None:
    words = {"WHEN": "{group.rent: no}", "ASKED": "group.stage, group.dry"}
    checker = checker_of(tmp_path, PACK, questions="asked", **words)
    report = report_of(checker, {"group": {"stage": "working", "hall": "yes"}})
    left = [(one.rule, one.outcome) for one in report.not_assessed]
    assert left == [("T-01", "not_looked_at")]
    assert [(one.rule, one.outcome) for one in report.findings] == [("T-02", "unknown")]
    assert [one.fact for one in report.questions] == ["group.dry"]


def test_what_is_certain_is_told_also_where_the_set_does_not_look(tmp_path: Path) -> None:
    words = {"WHEN": "{group.rent: no}", "ASKED": "group.full"}
    checker = checker_of(tmp_path, PACK, questions="asked", **words)
    report = report_of(checker, {"group": {"stage": "working", "hall": "yes", "rent": "no"}})
    assert [(one.rule, one.outcome) for one in report.findings] == [("T-01", "concern")]


def test_what_a_rule_asks_counts_only_where_the_set_looks_at_it(tmp_path: Path) -> None:
    words = {
        "WHEN": "{group.rent: no, group.full: yes}",
        "ASKED": "group.stage, group.rent, group.dry",
    }
    checker = checker_of(tmp_path, PACK, questions="asked", **words)
    report = report_of(checker, {"group": {"stage": "working", "hall": "yes", "rent": "no"}})
    known = report.cases[0].coverage
    assert (known.answered, known.asked) == (1, 2)  # The stage, and not whether it is dry.
