"""Whatever is read back is what was written, and its place points at it."""

import json
import string
from collections.abc import Iterator
from typing import Any, Literal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from partnerrules.documents import Document, Position, parse_document

Path = list[str | int]

CHARACTERS = st.characters(
    exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"
)
TEXT = st.one_of(
    st.text(CHARACTERS, max_size=12),
    st.text(string.ascii_letters + " :#-,[]{}\"'\\\n&*!|>%@", max_size=200),
    st.sampled_from(["no", "2026-06-30", "12:30", "~", "null", "<<", "- a", "a: b", "true"]),
)


def values(text: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    numbers = st.integers(-(10**40), 10**40) | st.floats(allow_nan=False, allow_infinity=False)
    return st.recursive(
        st.none() | st.booleans() | numbers | text,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
        max_leaves=15,
    )


def paths(value: Any) -> Iterator[tuple[Path, Any]]:
    yield [], value
    if isinstance(value, (dict, list)):
        parts = value.items() if isinstance(value, dict) else enumerate(value)
        for key, part in parts:
            for path, below in paths(part):
                yield [key, *path], below


def cut(text: str, position: Position) -> str:
    lines = text.replace("\r\n", "\n").split("\n")[position.line - 1 : position.end_line]
    lines[-1] = lines[-1][: position.end_column - 1]
    # The space before keeps the lines of a block in line.
    return "\n".join([" " * (position.column - 1) + lines[0][position.column - 1 :], *lines[1:]])


def same(one: Any, other: Any) -> bool:
    return json.dumps(one) == json.dumps(other)


def read(text: str, format: Literal["yaml", "json"]) -> Document:
    return parse_document(text.encode(), path="x", format=format)


@given(
    values(
        st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))
    ),
    st.sampled_from([None, 0, 2]),
    st.booleans(),
    st.sampled_from(["\n", "\r\n"]),
)
def test_json_comes_back_and_every_place_holds_its_value(
    value: Any, indent: int | None, ascii_only: bool, line_break: str
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only).replace("\n", line_break)
    document = read(text, "json")
    assert same(document.value, value)
    for path, part in paths(value):
        assert same(json.loads(cut(text, document.position(path))), part)
        if path and isinstance(path[-1], str):
            assert json.loads(cut(text, document.position(path, of_key=True))) == path[-1]


def unlike_1_2(text: str) -> bool:
    """Tell whether PyYAML, which writes YAML 1.1, may leave out quotes that 1.2 needs."""
    return not text[:1].isdigit() and text[:1] not in ("+", "-", ".")


@pytest.mark.usefixtures("yaml_parser")
@given(
    values(TEXT.filter(unlike_1_2)),
    st.sampled_from([None, True, False]),
    st.sampled_from([None, '"', "'"]),
    st.booleans(),
    st.sampled_from(["\n", "\r\n"]),
)
def test_yaml_comes_back_and_every_place_holds_its_value(
    value: Any, flow: bool | None, style: str | None, unicode: bool, line_break: str
) -> None:
    text = yaml.safe_dump(
        value,
        default_flow_style=flow,
        default_style=style,
        allow_unicode=unicode,
        line_break=line_break,
        sort_keys=False,
    )
    document = read(text, "yaml")
    assert same(document.value, value)
    for path, part in paths(value):
        assert same(read(cut(text, document.position(path)), "yaml").value, part)
        if path and isinstance(path[-1], str):
            key = cut(text, document.position(path, of_key=True))
            assert read(f"{{? {key.strip()} : 1}}" if flow else f"? {key}\n: 1", "yaml").value


@pytest.mark.usefixtures("yaml_parser")
@given(values(TEXT))
def test_both_readers_agree_on_json(value: Any) -> None:
    text = json.dumps(value, indent=1, ensure_ascii=False)
    one, other = read(text, "json"), read(text, "yaml")
    assert same(one.value, other.value)
    for path, _ in paths(value):
        assert one.position(path) == other.position(path)
        assert one.position(path, of_key=True) == other.position(path, of_key=True)


CASE = """\
case: river-alliance   # made up
partners:
  - id: lowland-trust
    groups: [implementer]

  - id: hill-council   # the last

regions:
  2026: {status: new}
note: |
  two
  lines

ties:
"""


@pytest.mark.usefixtures("yaml_parser")
@pytest.mark.parametrize(
    ("path", "of_key", "place"),
    [
        ([], False, (1, 1, 14, 6)),
        (["case"], True, (1, 1, 1, 5)),
        (["case"], False, (1, 7, 1, 21)),
        (["partners"], True, (2, 1, 2, 9)),
        (["partners"], False, (3, 3, 6, 21)),
        (["partners", 0], False, (3, 5, 4, 26)),
        (["partners", 1], True, (6, 5, 6, 21)),
        (["partners", 1, "id"], False, (6, 9, 6, 21)),
        (["regions", "2026", "status"], False, (9, 18, 9, 21)),
        (["regions", 2026], True, (9, 3, 9, 7)),
        (["note"], False, (10, 7, 12, 8)),
        (["ties"], False, (14, 6, 14, 6)),
        (["partners", 1, "level"], True, (6, 5, 6, 21)),
        (["partners", 7, "id"], False, (2, 1, 2, 9)),
        (["partners", -1], False, (2, 1, 2, 9)),
        (["case", "deeper", "still"], False, (1, 1, 1, 5)),
        (["nowhere"], True, (1, 1, 14, 6)),
    ],
)
def test_a_place_is_that_of_the_nearest_that_exists(
    path: Path, of_key: bool, place: tuple[int, int, int, int]
) -> None:
    position = read(CASE, "yaml").position(path, of_key=of_key)
    found = (position.line, position.column, position.end_line, position.end_column)
    assert found == place


@pytest.mark.usefixtures("yaml_parser")
def test_a_value_behind_an_alias_stands_at_its_anchor() -> None:
    document = read("a: &x {k: 1}\nb:\n  - 2\n  - *x\nc: 3\n", "yaml")
    assert document.position(["b", 1, "k"]).line == 1
    assert document.position(["b"], of_key=True).line == 2
    whole = document.position(["b"])
    assert (whole.end_line, whole.end_column) == (4, 7)


@pytest.mark.parametrize("format", ["yaml", "json"])
def test_a_problem_names_file_place_and_key(format: Literal["yaml", "json"]) -> None:
    document = read('{"partners": [{"level": "locl"}]}', format)
    problem = document.problem(
        "choice", ["partners", 0, "level"], '"locl" is not a level.', nearest="local"
    )
    assert str(problem) == (
        'x:1:25: partners.0.level: "locl" is not a level. Did you mean "local"?'
    )
    at_key = document.problem("unknown-key", ["partners", 0, "level"], "No.", of_key=True)
    assert at_key.column == 16
