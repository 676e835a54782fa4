"""Bytes become text in one way: UTF-8."""

import codecs

import pytest

from partnerrules.documents import parse_document
from partnerrules.documents.texts import Format
from partnerrules.errors import DocumentError

FORMATS: list[Format] = ["yaml", "json"]
pytestmark = [
    pytest.mark.usefixtures("yaml_parser"),
    pytest.mark.parametrize("format", FORMATS),
]


def places(data: bytes, format: Format) -> list[tuple[str, int | None, int | None]]:
    with pytest.raises(DocumentError) as caught:
        parse_document(data, path="x", format=format)
    return [(problem.code, problem.line, problem.column) for problem in caught.value.problems]


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_columns_count_characters(mark: bytes, line_break: str, format: Format) -> None:
    text = '{"é😀": "日本",\n"b": ["ü", 5]}'.replace("\n", line_break)
    document = parse_document(mark + text.encode(), path="x", format=format)
    assert document.value == {"é😀": "日本", "b": ["ü", 5]}
    first = document.position(["é😀"])
    assert (first.line, first.column, first.end_line, first.end_column) == (1, 8, 1, 12)
    second = document.position(["b", 1])
    assert (second.line, second.column, second.end_column) == (2, 12, 13)


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_only_what_editors_break_is_a_line(separator: str, format: Format) -> None:
    text = f'{{"a": "x{separator}y", "b": 1}}'
    position = parse_document(text.encode(), path="x", format=format).position(["b"], of_key=True)
    assert (position.line, position.column) == (1, 14)


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
def test_wide_encodings_are_refused_with_a_hint(encoding: str, format: Format) -> None:
    with pytest.raises(DocumentError, match="save it as UTF-8") as caught:
        parse_document('{"a": 1}'.encode(encoding), path="x", format=format)
    assert caught.value.problems[0].code == "encoding"


def test_bytes_that_are_not_utf_8_are_named_with_their_place(format: Format) -> None:
    assert places(b'{"a": "\xc3\xa9\xe9",\n"b": "\xff\xfe"}', format) == [
        ("encoding", 1, 9),
        ("encoding", 2, 7),
    ]


def test_half_characters_in_the_bytes_are_refused(format: Format) -> None:
    assert places(b'["\xed\xa0\x80"]', format) == [("encoding", 1, 3)]


@pytest.mark.parametrize("control", ["\0", "\x07", "\x1b", "\x7f", "\x9b", "\ufffe", "\uffff"])
def test_control_characters_are_refused_with_their_place(control: str, format: Format) -> None:
    text = f'{{"abcd": "x",\n"b": "{control}"}}'
    assert places(text.encode(), format) == [("control-character", 2, 7)]


def test_every_control_character_is_told(format: Format) -> None:
    assert len(places(b'["\x01\x02",\n"\x03"]', format)) == 3
