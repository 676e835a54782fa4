"""What a file may not hold, and where the reader says so."""

import itertools

import pytest

from partnerrules.documents import parse_document
from partnerrules.documents.texts import Format
from partnerrules.errors import DocumentError, Problem


def problems(text: str, format: Format) -> tuple[Problem, ...]:
    with pytest.raises(DocumentError) as caught:
        parse_document(text.encode(), path="shown", format=format)
    assert all(problem.path == "shown" for problem in caught.value.problems)
    assert all(problem.message.endswith((".", ")")) for problem in caught.value.problems)
    return caught.value.problems


def places(text: str, format: Format) -> list[tuple[str, int | None, int | None]]:
    return [(problem.code, problem.line, problem.column) for problem in problems(text, format)]


YAML = [
    ("an empty file", "", ("empty", 1, 1)),
    ("a file of comments", "# nothing yet\n\n", ("empty", 1, 1)),
    ("an empty document", "---\n", ("empty", 1, 1)),
    ("a key that comes twice", "a: 1\nb: 2\na: 3\n", ("duplicate-key", 3, 1)),
    ("a number and a text as one key", "1: a\n'1': b\n", ("duplicate-key", 2, 1)),
    ("a list as a key", "? [a]\n: 1\n", ("key", 1, 3)),
    ("a mapping as a key", "{a: 1}: 2\n", ("key", 1, 1)),
    ("a merge key", "a: &a {x: 1}\nb:\n  <<: *a\n", ("merge-key", 3, 3)),
    ("a tag of Python", "a: !!python/name:os.system x\n", ("tag", 1, 4)),
    ("a tag of one's own", "a: !secret x\n", ("tag", 1, 4)),
    ("a tag on a key", "!secret a: x\n", ("tag", 1, 1)),
    ("a date tag", "a: !!timestamp 2026-06-30\n", ("tag", 1, 4)),
    ("a tag that does not fit", "a: !!int many\n", ("tag", 1, 4)),
    ("a yes that is no bool in 1.2", "a: !!bool yes\n", ("tag", 1, 4)),
    ("a set", "!!set {a, b}\n", ("tag", 1, 1)),
    ("a tag handle nobody declared", "a: !x!y z\n", ("tag", 1, 4)),
    ("an infinity", "a: 1\nb: -.inf\n", ("nan", 2, 4)),
    ("no number", "a: [1, .NaN]\n", ("nan", 1, 8)),
    ("a number too large to be finite", "a: 1e999\n", ("nan", 1, 4)),
    ("a number of many digits", f"a: {'1' * 5000}\n", ("number", 1, 4)),
    ("a second document", "a: 1\n---\nb: 2\n", ("several-documents", 2, 1)),
    ("a second document that is broken", "a: 1\n---\nb: [\n", ("several-documents", 2, 1)),
    ("a list that holds itself", "a: &a [1, *a]\n", ("alias-cycle", 1, 4)),
    ("a mapping that holds itself", "&a {b: {c: *a}}\n", ("alias-cycle", 1, 1)),
    ("an alias without an anchor", "a: *b\n", ("unknown-alias", 1, 4)),
    ("an anchor that comes twice", "a: &x 1\nb: &x 2\n", ("duplicate-anchor", 2, 4)),
    ("a bare ampersand", "a: & b\n", ("anchor", 1, 5)),
    ("a colon in text", "a: b: c\n", ("colon", 1, 5)),
    ("a key without a colon", "a: 1\nkey\nb: 2\n", ("colon", 2, 1)),
    ("a last key without a colon", "a: 1\nkey\n", ("colon", 2, 1)),
    ("a colon without a space", "partners:2\nregions: 1\n", ("missing-space", 1, 9)),
    ("a tab before a key", "a:\n\tb: 2\n", ("tab", 2, 1)),
    ("a tab behind a dash", "a:\n  -\t\tb: 2\n c", ("tab", 2, 4)),
    ("a quote that stays open", "a: 1\nb: \"x\nc: 3\n", ("unclosed-quote", 2, 4)),
    ("an apostrophe that stays open", "a: 'x\n", ("unclosed-quote", 1, 4)),
    ("text behind a quote", 'a: "x" y\n', ("indentation", 1, 8)),
    ("a bracket that stays open", "a: [1, 2\nb: 3\n", ("bracket", 2, 2)),
    ("a bracket too many", "a: ]\n", ("indentation", 1, 4)),
    ("keys that do not line up", "a:\n    b: 1\n  c: 2\n", ("indentation", 3, 3)),
    ("a first line further in", "  a: 1\nb: 2\n", ("indentation", 2, 1)),
    ("a dash behind a key", "a: - b\n", ("indentation", 1, 4)),
    ("text that begins with @", "a: @home\n", ("unquoted-text", 1, 4)),
    ("text that begins with %", "a: %5\n", ("unquoted-text", 1, 4)),
    ("text behind a bar", "a: |x\n  y\n", ("block-text", 1, 5)),
    ("YAML of the future", "%YAML 3.0\n---\na: 1\n", ("directive", 1, 1)),
]  # fmt: skip


@pytest.mark.usefixtures("yaml_parser")
@pytest.mark.parametrize(("text", "place"), [case[1:] for case in YAML], ids=[c[0] for c in YAML])
def test_yaml_is_refused_with_its_place(text: str, place: tuple[str, int, int]) -> None:
    assert places(text, "yaml") == [place]


JSON = [
    ("an empty file", " \n", ("empty", 1, 1)),
    ("a key that comes twice", '{"a": 1,\n "a": 2}', ("duplicate-key", 2, 2)),
    ("a key that comes twice, once escaped", '{"a": 1, "\\u0061": 2}', ("duplicate-key", 1, 10)),
    ("no number", '{"a": NaN}', ("nan", 1, 7)),
    ("an infinity", '[1,\n-Infinity]', ("nan", 2, 1)),
    ("a number too large to be finite", '[1e999]', ("nan", 1, 2)),
    ("a number of many digits", f"[{'1' * 5000}]", ("number", 1, 2)),
    ("half a character", '["\\ud800"]', ("surrogate", 1, 2)),
    ("half a character in a key", '{"\\uDC00": 1}', ("surrogate", 1, 2)),
    ("a comma too many", '{"a": 1,}', None),
    ("a comma too few", '[1 2]', ("syntax", 1, 4)),
    ("a missing colon", '{"a" 1}', ("syntax", 1, 6)),
    ("single quotes", "{'a': 1}", ("syntax", 1, 2)),
    ("a quote that stays open", '["a', ("unclosed-quote", 1, 2)),
    ("a tab in quotes", '["a\tb"]', ("control-character", 1, 4)),
    ("an escape that JSON lacks", '["\\x41"]', ("escape", 1, 3)),
    ("more behind the value", '{}\n{}', ("several-documents", 2, 1)),
    ("a comment", '// x\n{}', ("syntax", 1, 1)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place"), [case[1:] for case in JSON], ids=[c[0] for c in JSON])
def test_json_is_refused_with_its_place(text: str, place: tuple[str, int, int] | None) -> None:
    found = places(text, "json")
    # Where a comma too many is shown depends on the version of Python.
    assert found == [place] if place else found[0][0] == "syntax"


def test_whole_characters_in_json_escapes_are_fine() -> None:
    found = parse_document(b'["\\ud83d\\ude00", "\\\\ud800"]', path="x", format="json")
    assert found.value == ["😀", "\\ud800"]


@pytest.mark.usefixtures("yaml_parser")
@pytest.mark.parametrize("escape", ["\\ud800", "\\U0000DC00", "\\ud83d\\ude00", "\\Uffffffff"])
def test_escapes_in_yaml_that_are_no_characters_are_refused(escape: str) -> None:
    (problem,) = problems(f'a: "{escape}"', "yaml")
    assert problem.code in {"escape", "surrogate"}


@pytest.mark.usefixtures("yaml_parser")
def test_all_problems_of_a_yaml_file_come_at_once() -> None:
    text = "a: .nan\nb: {x: 1, x: 2, x: 3}\n<<: 1\na: !t 2\n? [k]\n: .inf\n---\n"
    assert places(text, "yaml") == [
        ("nan", 1, 4),
        ("duplicate-key", 2, 11),
        ("duplicate-key", 2, 17),
        ("merge-key", 3, 1),
        ("duplicate-key", 4, 1),
        ("tag", 4, 4),
        ("key", 5, 3),
        ("nan", 6, 3),
        ("several-documents", 7, 1),
    ]


def test_all_problems_of_a_json_file_come_at_once() -> None:
    text = '{"a": NaN, "a": {"b": 1, "b": "\\ud800"},\n"c": 1e999}'
    assert [code for code, _, _ in places(text, "json")] == [
        "nan", "duplicate-key", "duplicate-key", "surrogate", "nan",
    ]  # fmt: skip


@pytest.mark.usefixtures("yaml_parser")
def test_a_duplicate_key_names_both_lines() -> None:
    (problem,) = problems("level: local\nname: x\nlevel: national\n", "yaml")
    assert problem.line == 3
    assert '"level" is already on line 1' in problem.message


@pytest.mark.usefixtures("yaml_parser")
def test_a_problem_behind_several_aliases_is_told_once() -> None:
    assert places("[&a [.nan], *a, *a]", "yaml") == [("nan", 1, 6)]


@pytest.mark.usefixtures("yaml_parser")
def test_the_words_of_the_parser_are_kept() -> None:
    (problem,) = problems("a: b: c", "yaml")
    assert "mapping values are not allowed" in problem.message


def test_both_formats_name_the_same_thing_with_the_same_code() -> None:
    shared = ['{"a": 1, "a": 2}', "[1e999]", "", f"[{'9' * 500}]", "[" * 70 + "]" * 70]
    for text, (one, other) in itertools.product(shared, [("yaml", "json")]):
        assert places(text, one) == places(text, other)  # type: ignore[arg-type]
