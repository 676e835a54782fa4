"""Examples that stand in rules: they run, and what they get wrong is said clearly."""

from pathlib import Path

import pytest
from small import FILES, write

from partnerrules.authoring.examples import run_examples
from partnerrules.packs import Library, load_pack

MEMBERS = "meeting/MEE-02-members.yaml"
CASE = """\
examples:
  - name: two of them
    case:
      members: [{id: a, level: national, place: hills}, {id: b, level: local, place: hills}]
      places: [{id: hills, far: yes}]
    expect: EXPECT
"""


def told(folder: Path, expect: str, case: str = CASE) -> list[str]:
    text = FILES[MEMBERS] + case.replace("EXPECT", expect)
    library = Library([load_pack(write(folder / "small", {**FILES, MEMBERS: text}))])
    trials = run_examples(library)
    assert trials.number == 1
    return [str(problem) for problem in trials.problems]


@pytest.mark.parametrize(
    "expect",
    [
        "{a: {outcome: concern, severity: low, because: far}, b: sound}",
        "concern",
        "{MEE-02 a: concern, MEE-03 a: unknown}",
        "{a: {outcome: concern, proof: [member.level a, place.far hills, place.far]}}",
    ],
)
def test_an_example_comes_out_as_it_says(expect: str, tmp_path: Path) -> None:
    assert told(tmp_path, expect) == []


@pytest.mark.parametrize(
    ("expect", "text"),
    [
        ("{a: sound}", "expected a: outcome sound; found outcome concern, severity low"),
        ("{c: concern}", "there is no subject c: there are a; b."),
        ("{MEE-02 c: concern}", "there is no subject c: there are a; b."),
        ("{a: {outcome: concern, sevrity: low}}", 'Did you mean "severity"?'),
        ("{a: conern}", '"conern" is no outcome. Did you mean "concern"?'),
        ("{a: {outcome: concern, because: fr}}", 'MEE-02 has no fr.'),
        ("{MEE-04: concern}", "MEE-04 is a derive: name the rule"),
        ("{MEE-01 a: concern}", "there is no subject a: MEE-01 has none."),
        ("{a: [concern]}", "expected an outcome, or a mapping"),
        ("{}", "it expects nothing"),
        ("{MEE-03 a: unknown}", "it says nothing of MEE-02: name an outcome of its own."),
        ("{a: {proof: [group.mood, place.far]}}", "it rests on other things than group.mood."),
        ("{a: {proof: group.mood}}", "`proof` is a list"),
    ],
)  # fmt: skip
def test_what_an_example_gets_wrong_is_said(expect: str, text: str, tmp_path: Path) -> None:
    (problem,) = told(tmp_path, expect)
    assert text in problem
    assert "two of them" in problem
    line = (tmp_path / "small" / MEMBERS).read_text().splitlines().index("  - name: two of them")
    assert f"{MEMBERS}:{line + 1}:" in problem


def test_a_case_that_cannot_be_read_is_said_with_its_key(tmp_path: Path) -> None:
    (problem,) = told(tmp_path, "concern", CASE.replace("level: local", "level: lokal"))
    assert "case: members.1.level" in problem
    assert 'Did you mean "local"?' in problem


def test_a_key_that_no_example_has_is_said(tmp_path: Path) -> None:
    (problem,) = told(tmp_path, "concern\n    expects: x")
    assert 'the key "expects" is not known in an example' in problem
