"""The sets of questions: what a first look decides, and that the full one leaves nothing out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from partnerrules.checking import Checker
from partnerrules.packs import Library, load_packs
from partnerrules.packs.sets import minutes
from partnerrules.packs.walk import walk

BOTH = ("core", "extended")
SETS = ("closing", "first-look", "full", "scaling")
DECIDES = {
    # what a first look asks, in the order of the talk: rules that it bears on
    "aims": "PUR-01",
    "negotiation.part_in_terms": "PRE-01 X16",
    "partners.told_wants": "PAR-06",
    "support_kinds": "PAR-01 PAR-02",
    "document": "AGR-01 X28",
    "topics": "AGR-02 AGR-03 EXT-01",
    "last_decisions": "GOV-04 GOV-14 X05",
    "serious_disagreement": "CON-01 CON-02 X34 X43",
    "conflict.holding_up_work": "CON-03",
    "support": "SEC-01 SEC-02 SEC-03 X03 X10",
    "last_meeting": "COM-02 GOV-10",
    "learning.last_partnership_review": "MEL-02",
    "open_tasks": "ACC-06 AGR-03 X21",
    "promises": "ACC-01",
    "taking_part": "PTC-01 PTC-02 PTC-04",
    "money_ahead": "RES-03 RES-04 X02 X22",
    "what_is_short": "CAP-01 SEC-07 X27",
    "moving_on": "EXT-01 EXT-02 EXT-04",
    "partners.gets_out": "RES-05",
    "conflict.raising_a_worry": "CON-05",
    "harm": "ACC-07",
    "new_places": "PAR-03 PAR-14 SEC-06 TRA-01",
    "changes": "TRA-02 TRA-03 X12",
    "open_end": "",
}


@cache
def read(packs: tuple[str, ...]) -> tuple[Library, dict[str, frozenset[str]]]:
    """Return the library, and for each rule the facts that it asks for."""
    with Checker(load_packs(packs), engine="python") as checker:
        library, named = checker.library, dict(checker.prepared.named)
    derived = {key for key, fact in library.declared.items() if fact.derived}
    return library, {rule: frozenset(facts - derived) for rule, facts in named.items()}


def facts_of(library: Library, item: str) -> set[str]:
    asked = library.questions[item].facts if item in library.questions else [item]
    return {library.inner(path) for path in asked}


def test_a_first_look_asks_what_decides_most_in_the_order_of_a_talk() -> None:
    library, named = read(BOTH)
    look = library.sets["first-look"]
    assert look.questions == list(DECIDES)
    for item, rules in DECIDES.items():
        for rule in rules.split():
            assert named[rule] & facts_of(library, item), (item, rule)


def test_a_first_look_looks_at_what_it_decides_and_at_little_else() -> None:
    with Checker(load_packs(BOTH), engine="python", questions="first-look") as checker:
        looking = checker.prepared.looking(checker.wanted)
        looked = {rule.rule.id for rule in checker.program.told if looking.at(rule.rule.id)}
        told = {rule.rule.id for rule in checker.program.told}
    decides = {rule for rules in DECIDES.values() for rule in rules.split()} & told
    assert decides <= looked
    assert len(decides) <= len(looked) < len(told) / 2


@pytest.mark.parametrize("packs", [("core",), BOTH])
def test_the_full_set_looks_at_every_rule(packs: tuple[str, ...]) -> None:
    with Checker(load_packs(packs), engine="python", questions="full") as checker:
        looking = checker.prepared.looking(checker.wanted)
        told = [rule.rule for rule in checker.program.told]
        assert [rule.id for rule in told if not rule.limit and not looking.at(rule.id)] == []


def test_a_first_look_takes_half_an_hour_and_its_short_form_five_questions() -> None:
    library, _ = read(BOTH)
    look = library.sets["first-look"]
    new, last = look.questions[21:23], look.questions[23:]
    assert all(library.questions[one].asked_when for one in new)
    assert last == ["open_end"]
    assert minutes(library, "first-look") == 30
    asked = [library.questions.get(one) or library.declared[library.inner(one)]
             for one in look.questions[:21]]  # fmt: skip
    assert 25 <= sum(one.minutes for one in asked) <= 35
    assert len(look.short_form) == 5
    assert all(
        library.declared[library.inner(one)].ask == "each_partner" for one in look.short_form
    )


def test_what_is_looked_up_before_a_talk_stands_in_documents() -> None:
    library, _ = read(BOTH)
    for name in SETS:
        for item in library.sets[name].before:
            assert "document" in library.questions[item].source_kind, item


@pytest.mark.parametrize("packs", [("core",), BOTH])
def test_every_fact_that_a_rule_reads_is_in_the_full_set(packs: tuple[str, ...]) -> None:
    library, named = read(packs)
    missing = frozenset().union(*named.values()) - library.asked("full")
    assert not {one for one in missing if one in library.declared}


@pytest.mark.parametrize("stage", ["scaling", "closing"])
@pytest.mark.parametrize("packs", [("core",), BOTH])
def test_the_set_of_a_stage_has_what_is_due_only_there(packs: tuple[str, ...], stage: str) -> None:
    library, named = read(packs)
    late = {"scaling", "closing"}
    rules = [
        key for key, rule in library.rules.items() if stage in rule.due and late >= {*rule.due}
    ]
    assert len(rules) > 1
    for rule in rules:
        missing = named[rule] - library.asked(stage)
        assert not {one for one in missing if one in library.declared}, rule


def parents(library: Library, item: str) -> Iterator[str]:
    """Yield the facts of the partnership or of members that decide whether something is asked."""
    question = library.questions.get(item)
    whens = [question.asked_when] if question else []
    whens += [library.declared[one].asked_when for one in facts_of(library, item)
              if one in library.declared]  # fmt: skip
    for when in whens:
        for one in walk(when, (), {}) if when else ():
            if one.kind == "test":
                head, _, name = one.name.partition(".")
                yield f"{one.scope.get(head, head)}.{name}"


@pytest.mark.parametrize("name", SETS)
def test_what_decides_whether_a_question_is_asked_is_asked_before_it(name: str) -> None:
    library, _ = read(BOTH)
    known: set[str] = set()
    asked = library.asked(name)
    found = 0
    for item in library.sets[name].every:
        known |= facts_of(library, item)
        decides = {one for one in parents(library, item) if one in library.declared}
        assert decides & asked <= known, item
        assert decides <= asked, item
        found += len(decides)
    assert found or name == "closing"
