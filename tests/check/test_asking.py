"""What is asked of a case: a question that depends on another waits for it, or is left out."""

from collections.abc import Iterator
from typing import Any

import pytest
from made import checker_of, report_of

from partnerrules.checking import Checker
from partnerrules.findings import Report

PACK = {
    "pack.yaml": """\
schema: partnerrules.pack/1
id: asking
version: "1"
title: Asking
areas: {all: All}
dimensions: {talk: {title: Talk, area: all}}
""",
    "vocabulary/words.yaml": """\
groups:
  group:
    title: The group
    dimension: talk
    facts:
      meets: {type: yes_no, question: Does it meet?}
      minutes: {type: yes_no, question: Are there minutes?, asked_when: {group.meets: yes}}
      sent: {type: yes_no, question: Are they sent?, asked_when: {group.minutes: yes}}
      hall: {type: yes_no, question: Is there a hall?}
      paid: {type: yes_no, question: Is it paid?, needs_source: yes}
entities:
  member:
    collection: members
    title: Member
    facts:
      pays: {type: yes_no, question: Does it pay?}
      fee: {type: yes_no, question: Is the fee high?, asked_when: {member.pays: yes}}
""",
    "questions/all.yaml": """\
questions:
  hall:
    question: Is there a hall?
    sets: [group.hall]
    asked_when: {some: {m: member, n: member, where: {m.pays: yes, n.pays: no}}}
""",
    "talk/T-01-sent.yaml": """\
id: T-01
name: sent
title: Sent
dimension: talk
concern: {not_sent: {level: low, when: {group.sent: no}, says: They are not sent.}}
""",
    "talk/T-02-fee.yaml": """\
id: T-02
name: fee
title: Fee
dimension: talk
for_each: {m: member}
concern: {high: {level: low, when: {m.fee: yes}, says: It is high.}}
""",
    "talk/T-03-hall.yaml": """\
id: T-03
name: hall
title: Hall
dimension: talk
concern: {none: {level: low, when: {group.hall: no}, says: There is no hall.}}
""",
    "talk/T-04-paid.yaml": """\
id: T-04
name: paid
title: Paid
dimension: talk
concern: {none: {level: low, when: {group.paid: no}, says: It is not paid.}}
sound: It is paid.
""",
}


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    with checker_of(tmp_path_factory.mktemp("asking"), PACK) as made:
        yield made


def _check(checker: Checker, **said: Any) -> Report:
    return report_of(checker, said)


def _member(number: int, **said: Any) -> dict[str, Any]:
    return {"id": f"m{number}", **said}


NONE: dict[str, Any] = {"members": []}
ASKED: list[tuple[str, dict[str, Any], list[str], tuple[int, int]]] = [
    # what is known; the case; what is asked for beside group.paid; answered and asked in all
    ("nothing", NONE, ["group.meets"], (0, 2)),
    ("it meets", {"group": {"meets": "yes"}, **NONE}, ["group.minutes"], (0, 2)),
    ("it does not meet", {"group": {"meets": "no"}, **NONE}, [], (0, 1)),
    ("nobody knows whether it meets", {"group": {"meets": "dont_know"}, **NONE},
     ["group.meets"], (0, 2)),
    ("there are minutes", {"group": {"meets": "yes", "minutes": "yes"}, **NONE},
     ["group.sent"], (0, 2)),
    ("all of it", {"group": {"meets": "yes", "minutes": "yes", "sent": "yes"}, **NONE},
     [], (1, 2)),
    ("a member that pays and one that does not",
     {"group": {"meets": "no"}, "members": [_member(1, pays="yes"), _member(2, pays="no")]},
     ["members.fee@m1", "group.hall"], (0, 3)),
    ("a member that was not asked whether it pays",
     {"group": {"meets": "no"}, "members": [_member(1), _member(2, pays="yes", fee="no")]},
     ["members.pays@m1"], (1, 4)),
    ("an open list", {"group": {"meets": "no"}}, ["members.pays@?"], (0, 3)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("case", "asked", "share"), [row[1:] for row in ASKED], ids=[row[0] for row in ASKED]
)
def test_a_question_waits_for_what_decides_on_it(
    asking: Checker, case: dict[str, Any], asked: list[str], share: tuple[int, int]
) -> None:
    report = _check(asking, **case)
    found = [
        f"{one.fact}@{member}" if member else one.fact
        for one in report.questions
        for member in one.subject or ("",)
    ]
    assert sorted(found) == sorted([*asked, "group.paid"])
    assert (report.cases[0].coverage.answered, report.cases[0].coverage.asked) == share


TOPICS = [
    ("own_document", True, True),
    ("verbal", False, False),
    ("not_asked", False, True),
]


@pytest.mark.parametrize(("form", "asked", "counted"), TOPICS, ids=[row[0] for row in TOPICS])
def test_topics_are_asked_for_where_there_is_a_document(
    checker: Checker, form: str, asked: bool, counted: bool
) -> None:
    stage = {"stage": "operating", "depth": "deliver_together"}
    report = _check(checker, partnership=stage, agreement={"form": form})
    facts = {one.fact for one in report.questions}
    assert ("agreement.covers" in facts) == asked
    assert ("agreement.form" in facts) == (form == "not_asked")
    assert (len(report.cases) == 1) and all("agreement.covers" not in one.open_questions
                                            for one in report.findings) != asked  # fmt: skip
    alone = _check(checker, partnership=stage, agreement={"form": form, "covers": ["purpose"]})
    more = alone.cases[0].coverage.answered - report.cases[0].coverage.answered
    assert more == (1 if counted else 0)


SOURCED = [
    ({"value": "yes", "respondent": "R1"}, True),
    ({"value": "yes", "source": "cash book"}, False),
    ({"answers": [{"value": "yes", "respondent": "R1"}, {"value": "yes", "respondent": "R2"}]},
     True),
]  # fmt: skip


@pytest.mark.parametrize(("paid", "reported"), SOURCED, ids=["one", "source", "several"])
def test_what_needs_a_source_is_only_reported_without(
    asking: Checker, paid: dict[str, Any], reported: bool
) -> None:
    [strength] = _check(asking, group={"meets": "no", "paid": paid}, members=[]).strengths
    assert (strength.message, strength.reported) == ("It is paid.", reported)
