"""What a case file may say for a fact, and what is refused, each with its place."""

import datetime

import pytest

from partnerrules.cases.case import Case
from partnerrules.cases.loading import CaseReader
from partnerrules.cases.values import INFINITE, Days, Interval, Items
from partnerrules.documents import parse_document
from partnerrules.errors import CaseError
from partnerrules.packs import Library, Pack
from partnerrules.packs.models import PackFile, VocabularyFile
from partnerrules.packs.validation import read_model

WORDS = {
    "groups": {
        "group": {
            "title": "The group",
            "facts": {
                "open": {"type": "yes_no"},
                "mood": {"type": "choice", "choices": {"bad": "Bad", "good": "Good"}},
                "visit": {"type": "yes_no", "may_be_na": True},
                "topics": {"type": "choices", "choices": {"money": "Money", "time": "Time"}},
                "share": {"type": "share"},
                "people": {"type": "count"},
                "warmth": {"type": "number", "min": -10},
                "begun": {"type": "date"},
                "met": {"type": "date", "may_be_never": True},
                "words": {"type": "text"},
                "chair": {"type": "reference", "to": "member"},
                "heard": {"type": "references", "to": "member"},
                "covers": {"type": "references", "to": "topic"},
            },
        }
    },
    "entities": {
        "member": {
            "collection": "members",
            "facts": {
                "level": {"type": "number"},
                "friend": {"type": "reference", "to": "member"},
            },
        },
        "topic": {"members": {"roles": "the roles"}},
    },
}
HEAD = """\
schema: partnerrules.case/1
case: made-up
assessed_on: 2026-06-30
members: [{id: ann}, {id: ben}]
group:
"""


@pytest.fixture(scope="module")
def reader():
    file = {"schema": "partnerrules.pack/1", "id": "small", "version": "1", "title": "Small"}
    words = read_model(VocabularyFile, WORDS)
    pack = read_model(PackFile, file)
    return CaseReader(Library([Pack(pack, "", "small", words.groups, words.entities, {}, {}, {})]))


def read(reader: CaseReader, text: str) -> Case:
    return reader.parse(parse_document(text.encode(), path="case.yaml", format="yaml"))


def number(low, high=None):
    return Interval(low, low if high is None else high)


def days(first, last):
    return Days(datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))


def items(*must, may=()):
    return Items(frozenset(must), frozenset({*must, *may}))


FORMS = [
    ("open: yes", "known", [True]),
    ("open: 'No'", "known", [False]),
    ("open: true", "known", [True]),
    ("open: {value: no, source: minutes}", "known", [False]),
    ("open:", "not_asked", None),
    *[
        (f"open: {word}", word, None)
        for word in ("not_asked", "dont_know", "declined", "no_evidence_found")
    ],
    ("open: {status: declined, respondent: R1}", "declined", None),
    ("open: {value: dont_know}", "dont_know", None),
    ("visit: not_applicable", "not_applicable", None),
    ("mood: good", "known", ["good"]),
    ("mood: {status: known, value: bad}", "known", ["bad"]),
    ("mood: {status: disputed}", "disputed", None),
    ("words: dont_know", "known", ["dont_know"]),
    ("words: {value: declined}", "known", ["declined"]),
    ("words: {status: declined}", "declined", None),
    ("share: 0.5", "known", [number(0.5)]),
    ("share: {at_least: 0.5}", "known", [number(0.5, 1)]),
    ("share: {value: {at_most: 0.25}, source: a}", "known", [number(0, 0.25)]),
    ("share: {at_least: 0.5, at_most: 0.75, source: a}", "known", [number(0.5, 0.75)]),
    ("people: 3", "known", [number(3)]),
    ("people: {at_least: 3}", "known", [number(3, INFINITE)]),
    ("warmth: -2.5", "known", [number(-2.5)]),
    ("begun: 2026", "known", [days("2026-01-01", "2026-12-31")]),
    ("begun: 2024-02", "known", [days("2024-02-01", "2024-02-29")]),
    ("begun: 2024-02-29", "known", [days("2024-02-29", "2024-02-29")]),
    ("begun: {at_least: 2024-02, at_most: 2025}", "known", [days("2024-02-01", "2025-12-31")]),
    ("met: never", "known", ["never"]),
    ("topics: [money, time]", "known", [items("money", "time")]),
    ("topics: money", "known", [items("money")]),
    ("topics: []", "known", [items()]),
    ("topics: {value: [money], complete: no}", "known", [items("money", may=["time"])]),
    ("heard: {value: [ann], complete: no}", "known", [Items(frozenset({"ann"}), None)]),
    ("chair: ann", "known", ["ann"]),
    ("covers: [roles]", "known", [items("roles")]),
    ("mood: {answers: [good, good]}", "known", ["good"]),
    ("mood: {answers: [{value: good}, {value: bad, respondent: R2}]}", "disputed", ["good", "bad"]),
    ("mood: {answers: [dont_know, {value: bad}]}", "known", ["bad"]),
    ("mood: {answers: [declined, dont_know]}", "declined", None),
    ("met: {answers: [never, 2026-05]}", "disputed", ["never", days("2026-05-01", "2026-05-31")]),
    ("people: {answers: [3, {at_least: 3}]}", "disputed", [number(3), number(3, INFINITE)]),
    ("mood: {answers: [good, bad], settled: {as: bad, because: asked, by: R1}}", "known", ["bad"]),
]


@pytest.mark.parametrize(("text", "status", "values"), FORMS, ids=[form[0] for form in FORMS])
def test_an_answer_is_read_as_it_is_meant(reader, text, status, values):
    case = read(reader, f"{HEAD}  {text}\n")
    (answer,) = case.answers.values()
    assert answer.status == status
    assert answer.values == (None if values is None else tuple(values))


def test_what_is_left_out_was_not_asked(reader):
    assert read(reader, HEAD).answers == {}


def test_where_an_answer_comes_from_is_kept(reader):
    text = "  open: {value: yes, source: minutes, respondent: R1, date: 2026-05, basis: claimed}\n"
    answer = read(reader, HEAD + text).answers["group.open"]
    assert (answer.source, answer.respondents, answer.date) == ("minutes", ("R1",), "2026-05")
    assert (answer.basis, answer.confidential) == ("claimed", False)


def test_of_several_answers_all_sources_and_respondents_are_kept(reader):
    text = """\
  mood:
    answers:
      - {value: good, source: minutes, respondent: R1, basis: claimed}
      - {value: good, source: diary, respondent: R2, basis: claimed, confidential: yes}
"""
    answer = read(reader, HEAD + text).answers["group.mood"]
    assert (answer.source, answer.respondents) == ("minutes; diary", ("R1", "R2"))
    assert (answer.basis, answer.confidential) == ("claimed", True)


REFUSED = [
    ("open: maybe", "group.open", "Expected yes or no"),
    ("visit: not_aplicable", "group.visit", "Expected yes or no"),
    ("open: not_applicable", "group.open", "always applies"),
    ("mood: god", "group.mood", 'Did you mean "good"'),
    ("mood: {valu: good}", "group.mood.valu", 'Did you mean "value"'),
    ("mood: {source: minutes}", "group.mood", "needs a value or a status"),
    ("mood: {status: dont_now}", "group.mood.status", 'Did you mean "dont_know"'),
    ("mood: {status: known}", "group.mood", "needs a value"),
    ("mood: {status: declined, value: good}", "group.mood.status", "not both"),
    ("mood: {value: good, basis: guessed}", "group.mood.basis", "stated, derived, claimed"),
    ("mood: {value: good, confidential: maybe}", "group.mood.confidential", "yes or no"),
    ("mood: {value: good, date: 2026-02-31}", "group.mood.date", "not a date that exists"),
    ("mood: {value: good, source: [a]}", "group.mood.source", "short text"),
    ("mood: {value: good, respondent: {a: b}}", "group.mood.respondent", "short text"),
    ("mood: {value: good, complete: no}", "group.mood.complete", "can be incomplete"),
    ("topics: {value: [money], complete: soon}", "group.topics.complete", "yes or no"),
    ("topics: [money, tme]", "group.topics", 'Did you mean "time"'),
    ("mood: {answers: []}", "group.mood.answers", "is a list of answers"),
    ("mood: {answers: [good], value: bad}", "group.mood.value", "not known"),
    ("mood: {answers: [{value: god}]}", "group.mood.answers.0", 'Did you mean "good"'),
    ("mood: {answers: [good, {vale: bad}]}", "group.mood.answers.1.vale", "value"),
    ("mood: {answers: [{answers: [good]}]}", "group.mood.answers.0.answers", "not known"),
    ("mood: {value: good, settled: {as: bad}}", "group.mood.settled", "not known"),
    ("mood: {answers: [good], settled: yes}", "group.mood.settled", "because"),
    ("mood: {answers: [good], settled: {because: x}}", "group.mood.settled", "needs `as`"),
    ("mood: {answers: [good], settled: {as: good, cause: x}}", "group.mood.settled.cause", "known"),
    ("mood: {answers: [good], settled: {as: good, by: [x]}}", "group.mood.settled.by", "text"),
    ("mood: {answers: [good], settled: {as: god}}", "group.mood", 'Did you mean "good"'),
    ("share: 1.2", "group.share", "outside of 0 to 1"),
    ("share: {at_least: 0.7, at_most: 0.5}", "group.share", "upside down"),
    ("share: {value: 0.5, at_most: 0.6}", "group.share", "into the value"),
    ("people: 1.5", "group.people", "whole number"),
    ("people: many", "group.people", "Expected a number"),
    ("begun: 2026-02-31", "group.begun", "not a date that exists"),
    ("begun: never", "group.begun", "never is no answer here"),
    ("chair: anne", "group.chair", 'Did you mean "ann"'),
    ("heard: [ann, bob]", "group.heard", "is not among the ids under members"),
    ("covers: [roads]", "group.covers", '"roads" is none of the choices: roles.'),
    ("covers: [rols]", "group.covers", 'Did you mean "roles"'),
    ("heard: {answers: [[ann], {value: [bob]}]}", "group.heard", '"bob" is not among'),
    ("chair: {value: bob, source: minutes}", "group.chair", '"bob" is not among'),
    ("moood: good", "group.moood", 'Did you mean "mood"'),
]


@pytest.mark.parametrize(("text", "key", "words"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_cannot_be_meant_is_refused_with_its_place(reader, text, key, words):
    with pytest.raises(CaseError) as caught:
        read(reader, f"{HEAD}  {text}\n")
    (problem,) = caught.value.problems
    assert (problem.path, problem.line, problem.key) == ("case.yaml", 6, key)
    assert words in str(problem)


def test_all_that_is_wrong_with_a_file_comes_at_once_in_the_order_of_its_lines(reader):
    text = "  open: maybe\n  mood: {value: god}\nround: [1]\nteam: x\nmembers: [{id: a b}]\n"
    with pytest.raises(CaseError) as caught:
        read(reader, HEAD.replace("members: [{id: ann}, {id: ben}]\n", "") + text)
    keys = [problem.key for problem in caught.value.problems]
    assert keys == ["group.open", "group.mood", "round", "team", "members.0.id"]


def test_members_that_are_not_there_are_told_beside_all_else(reader):
    members = "members: [{id: ann, friend: bob}, {id: a b, friend: a b}, {level: x, friend: 7}]\n"
    text = (
        "  open: maybe\n  chair: {value: cy, basis: guessed}\n  heard: [ann, dan]\n  covers: all\n"
    )
    with pytest.raises(CaseError) as caught:
        read(reader, HEAD.replace("members: [{id: ann}, {id: ben}]\n", members) + text + "x: 1\n")
    told = [(problem.line, problem.key, problem.code) for problem in caught.value.problems]
    assert told == [
        (4, "members.0.friend", "reference"),
        (4, "members.1.id", "answer"),
        (4, "members.2", "missing"),
        (4, "members.2.level", "answer"),
        (4, "members.2.friend", "reference"),
        (6, "group.open", "answer"),
        (7, "group.chair.basis", "answer"),
        (8, "group.heard", "reference"),
        (9, "group.covers", "reference"),
        (10, "x", "extra-forbidden"),
    ]


def test_a_list_that_cannot_be_read_makes_no_further_problems(reader):
    with pytest.raises(CaseError) as caught:
        read(reader, HEAD.replace("[{id: ann}, {id: ben}]", "ann") + "  heard: [ann]\n")
    assert [problem.key for problem in caught.value.problems] == ["members"]


LISTS = [
    ("[{id: ann}, {id: Ann}]", "members.1.id", 'used twice (as "ann")'),
    ("[{id: ann}, {id: ann}]", "members.1.id", "used twice"),
    ("{items: [{id: ann}, {id: ANN}]}", "members.items.1.id", 'used twice (as "ann")'),
    ("[{id: änn}]", "members.0.id", "letters"),
    ("[{id: 1.5}]", "members.0.id", "letters"),
    ("[{name: Ann}]", "members.0", 'The key "id" is missing'),
    ("[{id: ann, levl: 3}]", "members.0.levl", 'Did you mean "level"'),
    ("[ann]", "members.0", "Expected a mapping"),
    ("ann", "members", "Expected a mapping"),
    ("{complete: soon, items: []}", "members.complete", "Expected yes or no"),
    ("{at_most: 1, items: [{id: a}, {id: b}]}", "members", "less than what is listed"),
    ("{at_least: 3, at_most: 2}", "members", "less than what is listed or than at_least"),
    ("{at_least: -1}", "members.at_least", "from 0"),
    ("{itmes: []}", "members.itmes", 'Did you mean "items"'),
]


@pytest.mark.parametrize(("text", "key", "words"), LISTS, ids=[row[0] for row in LISTS])
def test_a_list_of_members_that_cannot_be_meant_is_refused(reader, text, key, words):
    with pytest.raises(CaseError) as caught:
        read(reader, f"{HEAD.replace('[{id: ann}, {id: ben}]', text)}  open: yes\n")
    (problem,) = caught.value.problems
    assert (problem.line, problem.key) == (4, key)
    assert words in str(problem)


@pytest.mark.parametrize(
    ("text", "more", "names"),
    [
        ("[{id: ann}]", (0, 0), ["ann"]),
        ("[]", (0, 0), []),
        ("not_asked", (0, INFINITE), []),
        ("", (0, INFINITE), []),
        ("{complete: no, items: [{id: ann}]}", (0, INFINITE), ["ann"]),
        ("{complete: no, at_least: 3, at_most: 5, items: [{id: 7}]}", (2, 4), ["7"]),
    ],
)
def test_a_list_says_how_many_members_it_leaves_open(reader, text, more, names):
    case = read(reader, HEAD.replace("[{id: ann}, {id: ben}]", text))
    members = case.collections["member"]
    assert members.more == more
    assert [member.id for member in members.members] == names
