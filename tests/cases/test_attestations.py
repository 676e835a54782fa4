"""Answers that somebody stands for: beside those of a case, never in their place."""

from __future__ import annotations

import random
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerrules.cases.attestations import read_attestations
from partnerrules.cases.case import Case
from partnerrules.cases.loading import CaseReader
from partnerrules.documents import parse_document
from partnerrules.errors import DocumentError
from partnerrules.packs import Library, Pack
from partnerrules.packs.models import PackFile, VocabularyFile
from partnerrules.packs.validation import read_model

WORDS = {
    "groups": {
        "group": {
            "title": "The group",
            "facts": {
                "open": {"type": "yes_no", "title": "Open to all"},
                "visit": {"type": "yes_no", "may_be_na": True, "title": "Visits"},
                "people": {"type": "count", "title": "People"},
                "chair": {"type": "reference", "to": "member", "title": "Chair"},
                "about": {"type": "reference", "to": "topic"},
                "sum": {"type": "count", "derived": True},
            },
        }
    },
    "entities": {
        "member": {"collection": "members", "facts": {"kind": {"type": "yes_no", "title": "Kind"}}},
        "topic": {"members": {"roles": "the roles"}},
    },
}
HEAD = """\
schema: partnerrules.case/1
case: made-up
assessed_on: 2026-06-30
members: [{id: ann, name: Ann}, {id: ben, kind: no}]
group:
"""
PLAIN = {
    "case": "made-up",
    "fact": "group.open",
    "answer": "yes",
    "by": "the chair",
    "document": "minutes of May",
    "on": "2026-05-04",
    "until": "2026-12-31",
}


@pytest.fixture(scope="module")
def library() -> Library:
    file = {"schema": "partnerrules.pack/1", "id": "small", "version": "1", "title": "Small"}
    words = read_model(VocabularyFile, WORDS)
    pack = Pack(read_model(PackFile, file), "", "", words.groups, words.entities, {}, {}, {})
    return Library([pack])


def text_of(*entries: dict[str, object]) -> str:
    lines = ["schema: partnerrules.attestations/1", "attestations:"]
    for entry in entries:
        told = ", ".join(f"{key}: {value}" for key, value in entry.items())
        lines.append(f"  - {{{told}}}")
    return "\n".join(lines) + "\n"


@pytest.fixture
def read(library: Library, tmp_path):
    """Read a case with attestations, each as what it says otherwise than a plain one."""

    def read(said: str, *entries: dict[str, object]) -> Case:
        path = tmp_path / "attested.yaml"
        path.write_text(text_of(*({**PLAIN, **one} for one in entries)), encoding="utf-8")
        reader = CaseReader(library, read_attestations(path, library))
        return reader.parse(parse_document((HEAD + said).encode(), path="case.yaml", format="yaml"))

    return read


TOGETHER = [
    ("nobody was asked", "  people: 3", "known", (True,), "attested until 2026-12-31", 0),
    ("nobody knew", "  open: dont_know", "known", (True,), "attested until 2026-12-31", 0),
    ("nobody answered", "  open: declined", "known", (True,), "attested until 2026-12-31", 0),
    ("the same", "  open: yes", "known", (True,), "attested until 2026-12-31", 0),
    ("another", "  open: no", "disputed", (False, True), "one answer attested until 2026-12-31", 1),
    (
        "several",
        "  open: {answers: [{value: yes}, {value: no}]}",
        "disputed",
        (True, False),
        "one answer attested until 2026-12-31",
        0,
    ),
]


@pytest.mark.parametrize(
    ("words", "said", "status", "values", "attested", "remarks"),
    TOGETHER,
    ids=[r[0] for r in TOGETHER],
)
def test_both_answers_stand(read, words, said, status, values, attested, remarks) -> None:
    case = read(said, {})
    answer = case.answers["group.open"]
    assert (answer.status, answer.values, answer.attested) == (status, values, attested)
    assert len(case.remarks) == remarks


def test_it_is_told_who_by_which_document_and_when(read) -> None:
    answer = read(
        "  open: {value: yes, source: a talk, respondent: R1, date: 2026-01}", {}
    ).answers["group.open"]
    assert answer.source == "a talk; minutes of May, attested by the chair on 2026-05-04"
    assert answer.respondents == ("R1", "the chair")
    assert answer.date == "2026-05-04"


def test_an_answer_stands_where_it_is_given(read) -> None:
    known, open_ = read("  open: no", {}), read("  people: 3", {})
    assert known.attested == {}
    assert [*open_.attested] == [("group", "open")]
    place = open_.attested["group", "open"]
    assert place.path.endswith("attested.yaml")
    assert (place.pointer, place.line) == ("/attestations/0/answer", 3)


def test_members_are_answered_for_one_by_one(read) -> None:
    case = read("", {"fact": "members.kind", "subject": "ann"})
    ann, ben = case.collections["member"].members
    assert ann.answers["kind"].values == (True,)
    assert ben.answers["kind"].values == (False,)
    assert [*case.attested] == [("members", 0, "kind")]


@pytest.mark.parametrize(
    ("until", "used"), [("2026-06-29", False), ("2026-06-30", True), ("2027-06-30", True)]
)
def test_it_holds_to_the_end_of_its_last_day_by_the_day_of_the_case(read, until, used) -> None:
    case = read("  people: 3", {"until": until})
    assert ("group.open" in case.answers) == used
    assert [one.text for one in case.remarks] == (
        [] if used else ["What is attested of open to all held until 2026-06-29, and was not used."]
    )


NOT_USED = [
    ("", {"fact": "members.kind", "subject": "eve"}, 'of "eve" was not used: no such id is in'),
    ("  chair: dont_know", {"fact": "group.chair", "answer": "eve"}, 'the case has no "eve"'),
    ("  visit: not_applicable", {"fact": "group.visit"}, "By the case this does not apply"),
]


@pytest.mark.parametrize(("said", "entry", "words"), NOT_USED)
def test_what_does_not_fit_the_case_is_told_and_changes_nothing(read, said, entry, words) -> None:
    case, alone = read(said, entry), read(said, {"case": "another"})
    [remark] = case.remarks
    assert words in remark.text
    assert (case.answers, case.collections) == (alone.answers, alone.collections)


def test_other_cases_are_not_touched(read) -> None:
    case = read(
        "  open: no", {"case": "another"}, {"case": "a-third", "fact": "group.people", "answer": 4}
    )
    assert case.answers["group.open"].status == "known"
    assert (case.attested, case.remarks) == ({}, ())


def test_a_confidential_one_stays_so_in_what_is_told_of_it(read) -> None:
    case = read("  open: no", {"confidential": "yes"})
    assert case.answers["group.open"].confidential
    assert case.remarks[0].confidential
    assert read("  open: {value: no, confidential: yes}", {}).remarks[0].confidential


def test_the_order_of_entries_changes_nothing(read) -> None:
    entries = [
        {},
        {"answer": "no", "by": "the lead"},
        {"until": "2026-01-01", "on": "2025-01-01"},
        {"fact": "group.people", "answer": 4},
    ]
    found = [read("  people: 3", *order) for order in permutations(entries)]
    assert len({(one.remarks, one.answers["group.open"]) for one in found}) == 1
    assert found[0].answers["group.open"].status == "disputed"


@given(st.randoms(use_true_random=False), st.sampled_from(["yes", "no", "dont_know", "not_asked"]))
def test_no_known_answer_ever_gets_lost(
    library: Library, tmp_path_factory, source: random.Random, said: str
) -> None:
    path = tmp_path_factory.mktemp("attested") / "attested.yaml"
    answers = [source.choice(["yes", "no"]) for _ in range(source.randint(0, 3))]
    entries = [{**PLAIN, "answer": one} for one in answers]
    path.write_text(text_of(*entries) if entries else text_of() + "  []\n", encoding="utf-8")
    reader = CaseReader(library, read_attestations(path, library))
    case = reader.parse(
        parse_document(f"{HEAD}  open: {said}\n".encode(), path="case.yaml", format="yaml")
    )
    values = case.answers["group.open"].values or ()
    given_ = {*answers, said} & {"yes", "no"}
    assert {"yes" if one else "no" for one in values} == given_


WRONG = [
    ({"fact": "group.opne"}, "attestations.0.fact", 'Did you mean "group.open"?'),
    ({"fact": "group.sum", "answer": 3}, "attestations.0.fact", "worked out from answers"),
    ({"fact": "members.kind"}, "attestations.0.fact", "Name the one of members"),
    ({"subject": "ann"}, "attestations.0.subject", "the partnership as a whole"),
    ({"answer": "perhaps"}, "attestations.0.answer", "Expected yes or no"),
    ({"answer": "dont_know"}, "attestations.0.answer", "what nobody knows needs none"),
    ({"answer": "{value: yes}"}, "attestations.0.answer", "Expected yes or no"),
    ({"fact": "group.about", "answer": "rolse"}, "attestations.0.answer", 'mean "roles"?'),
    ({"on": "2026-02-30"}, "attestations.0.on", "is not a day that exists"),
    ({"until": "2026-12"}, "attestations.0.until", "is not a day that exists"),
    ({"until": "2026-05-03"}, "attestations.0.until", "before it was given"),
    ({"by": "''"}, "attestations.0", 'The key "by" is missing or empty'),
    ({"document": "[a]"}, "attestations.0.document", "Expected a short text"),
    ({"case": "a case"}, "attestations.0.case", "An id has letters"),
    ({"confidential": "perhaps"}, "attestations.0.confidential", "Expected yes or no"),
    ({"untill": "2026-12-31"}, "attestations.0.untill", 'Did you mean "until"?'),
]


@pytest.mark.parametrize(("entry", "key", "words"), WRONG, ids=[str(row[0]) for row in WRONG])
def test_what_is_wrong_is_refused_with_its_place(read, entry, key, words) -> None:
    with pytest.raises(DocumentError) as caught:
        read("", entry)
    [problem] = caught.value.problems
    assert problem.key == key
    assert words in str(problem)
    assert problem.line == 3


def test_all_that_is_wrong_comes_at_once(read) -> None:
    with pytest.raises(DocumentError) as caught:
        read("", {"answer": "perhaps"}, {}, {"until": "soon"}, {"extra": "x", "by": "''"})
    assert [one.line for one in caught.value.problems] == [3, 5, 6, 6]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[]", "Start the file with `schema: partnerrules.attestations/1`."),
        ("schema: partnerrules.waivers/1", "Start the file with"),
        ("schema: partnerrules.attestations/1", "Expected a list under `attestations`."),
        ("schema: partnerrules.attestations/1\nattestations: [3]", "An attestation is a mapping"),
    ],
)
def test_another_kind_of_file_is_refused(library: Library, tmp_path, text, words) -> None:
    path = tmp_path / "other.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError, match=words):
        read_attestations(path, library)
