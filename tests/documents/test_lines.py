"""Files with a document on each line, what comes in on stdin, and what is packed."""

import gzip
import io
import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerrules.documents import (
    bounds,
    iter_texts,
    parse_text,
    read_document,
    texts,
    texts_in,
)
from partnerrules.errors import DocumentError, Problem

VALUE = {"a": [1, {"b": "c"}]}
BOM = b"\xef\xbb\xbf"


def refused(path: Path | str) -> Problem:
    with pytest.raises(DocumentError) as caught:
        for text in texts_in(path):
            parse_text(text)
    (only,) = caught.value.problems
    return only


@pytest.mark.parametrize("name", ["a.yaml.gz", "a.yml.GZ", "a.json.gz", "a.jsonl.gz", "a.jsonl"])
@pytest.mark.parametrize("packed", [True, False])
def test_one_document_is_read_from_each_kind_of_file(
    tmp_path: Path, name: str, packed: bool
) -> None:
    data = json.dumps(VALUE).encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if packed else data)
    document = read_document(tmp_path / name)
    assert document.value == VALUE
    # The same however it is packed.
    assert document.sha256 == read_document(_plain(tmp_path, data)).sha256


def _plain(folder: Path, data: bytes) -> Path:
    (folder / "plain.json").write_bytes(data)
    return folder / "plain.json"


@pytest.mark.parametrize("name", ["a.gz", "a.txt.gz", "a.jsonl.zip", "gz"])
def test_a_name_that_tells_no_format_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(gzip.compress(b"{}"))
    with pytest.raises(DocumentError, match=r"end in \.yaml, \.yml, \.json or \.jsonl, .* \.gz"):
        read_document(tmp_path / name)


@pytest.mark.parametrize("unpacked", [b"a: " + b"b" * 20_000_000, b"\n" * 200_000_000])
@pytest.mark.parametrize("name", ["a.yaml.gz", "a.jsonl.gz"])
def test_a_bomb_ends_in_the_error_of_its_size(tmp_path: Path, name: str, unpacked: bytes) -> None:
    (tmp_path / name).write_bytes(gzip.compress(unpacked))
    problem = refused(tmp_path / name) if name == "a.jsonl.gz" else None
    if problem is None:
        with pytest.raises(DocumentError) as caught:
            read_document(tmp_path / name)
        (problem,) = caught.value.problems
    assert problem.code == "too-large"


@pytest.mark.parametrize("cut", [3, 12, -1])
def test_what_is_packed_and_broken_is_refused(tmp_path: Path, cut: int) -> None:
    packed = gzip.compress(json.dumps(VALUE).encode())
    (tmp_path / "a.json.gz").write_bytes(packed[:cut])
    with pytest.raises(DocumentError, match="cannot be unpacked"):
        read_document(tmp_path / "a.json.gz")


def test_places_on_a_line_are_those_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'\n{"a": 1}\r\n \t\n  {"a": {"b": [1, "two"]}}   \n{"a": 1, "a": 2}\n{"a" 1}')
    first, second, third, fourth = texts_in(path)
    assert parse_text(first).position(["a"]).line == 2
    place = parse_text(second).position(["a", "b", 1])
    assert (place.line, place.column, place.end_line, place.end_column) == (4, 19, 4, 24)
    assert parse_text(second).problem("x", ["a", "c"], "-").line == 4
    for text, line, column in ((third, 5, 10), (fourth, 6, 6)):
        with pytest.raises(DocumentError) as caught:
            parse_text(text)
        (problem,) = caught.value.problems
        assert (problem.line, problem.column) == (line, column)
        assert "line 5" in problem.message or problem.code == "syntax"


letters = st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=4)
lines = st.lists(
    st.one_of(
        st.sampled_from(["", " ", "\t", "\r"]),
        st.builds(
            lambda indent, value: indent + json.dumps(value, ensure_ascii=False),
            st.sampled_from(["", "  "]),
            st.dictionaries(letters, letters, max_size=2),
        ),
    ),
    max_size=8,
)


@given(lines=lines, ending=st.sampled_from(["\n", "\r\n"]), last=st.booleans())
def test_each_line_with_something_in_it_is_one_document(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], ending: str, last: bool
) -> None:
    path = tmp_path_factory.mktemp("lines") / "a.jsonl"
    path.write_bytes((ending.join(lines) + (ending if last else "")).encode())
    wanted = [(n, json.loads(line)) for n, line in enumerate(lines) if line.strip()]
    if not wanted:
        assert refused(path).code == "empty"
        return
    found = texts_in(path)
    assert [(text.before, parse_text(text).value) for text in found] == wanted
    for text in found:
        indent = len(lines[text.before]) - len(lines[text.before].lstrip())
        assert parse_text(text).position([]).column == indent + 1


def test_one_bad_line_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"a": "\xff"}\n{"a": "\x01"}\n{"a": 1}')
    bad, worse, good = texts_in(path)
    assert parse_text(good).value == {"a": 1}
    for text, line in ((bad, 1), (worse, 2)):
        with pytest.raises(DocumentError) as caught:
            parse_text(text)
        assert [problem.line for problem in caught.value.problems] == [line]


@pytest.mark.parametrize("bound", ["MAX_LINES", "MAX_LINES_BYTES"])
def test_a_file_of_lines_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    (tmp_path / "a.jsonl").write_text("1\n" * 20)
    monkeypatch.setattr(texts, bound, 20)
    if bound == "MAX_LINES":
        assert len(texts_in(tmp_path / "a.jsonl")) == 20
    else:
        assert refused(tmp_path / "a.jsonl").code == "too-large"
    monkeypatch.setattr(texts, bound, 19)
    assert refused(tmp_path / "a.jsonl").code in ("too-large", "too-many-values")


def test_of_a_file_of_lines_little_more_than_its_bytes_is_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = (tmp_path / "a.jsonl").write_text(f'"{"x" * 1000}"\n' * 2000)
    # As much as a file may have is set apart for it, and only what it has is taken.
    monkeypatch.setattr(texts, "MAX_LINES_BYTES", size)
    tracemalloc.start()
    try:
        assert sum(len(one.data) + 1 for one in iter_texts(tmp_path / "a.jsonl")) == size
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert size < most < 1.5 * size


def test_a_line_has_the_bound_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'1\n"' + b"x" * bounds.MAX_BYTES + b'"\n2')
    first, second, third = texts_in(tmp_path / "a.jsonl")
    assert (parse_text(first).value, parse_text(third).value) == (1, 2)
    with pytest.raises(DocumentError) as caught:
        parse_text(second)
    assert [(one.code, one.line) for one in caught.value.problems] == [("too-large", 2)]


def test_lines_in_utf_16_are_told_once(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes('{"a": 1}\n{"a": 2}'.encode("utf-16"))
    assert refused(tmp_path / "a.jsonl").code == "encoding"


PRETTY = b'{\n"a":\n{\n"b": 1}}\n'
INCOMING = {
    "YAML": (b"a: 1\nb: 2\n", [{"a": 1, "b": 2}]),
    "YAML in braces": (b"{a: 1,\n b: yes}\n", [{"a": 1, "b": "yes"}]),
    "JSON": (PRETTY, [{"a": {"b": 1}}]),
    "JSON behind a byte order mark": (BOM + PRETTY, [{"a": {"b": 1}}]),
    "JSON on one line": (b'\n{"a": 1}\n\n', [{"a": 1}]),
    "JSON on two lines": (b'{"a": 1}\r\n\r\n{"a": 2}', [{"a": 1}, {"a": 2}]),
    "two lines behind a byte order mark": (BOM + b'{"a": 1}\n{"a": 2}', [{"a": 1}, {"a": 2}]),
    "packed": (gzip.compress(b'{"a": 1}\n{"a": 2}'), [{"a": 1}, {"a": 2}]),
}


@pytest.mark.parametrize(("data", "wanted"), INCOMING.values(), ids=INCOMING)
def test_what_comes_in_is_read_by_how_it_looks(
    monkeypatch: pytest.MonkeyPatch, data: bytes, wanted: list[object]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    found = texts_in("-")
    assert [parse_text(text).value for text in found] == wanted
    assert {parse_text(text).path for text in found} == {"-"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"a: b: c", "colon"),
        (b'{"a" 1}', "syntax"),
        (b"1" * (bounds.MAX_BYTES + 1), "too-large"),
        (gzip.compress(b"1" * (bounds.MAX_LINES_BYTES + 1)), "too-large"),
    ],
)
def test_what_comes_in_and_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch, data: bytes, code: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    problem = refused("-")
    assert (problem.code, problem.path) == (code, "-")


def test_where_one_document_is_needed_several_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}\n{}")
    with pytest.raises(DocumentError, match="there are 2, each on a line"):
        read_document(tmp_path / "a.jsonl")


def test_several_documents_of_yaml_come_in_and_where_one_is_needed_none_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = b"a: 1\n---\na: 2"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert [(parse_text(one).value, one.before) for one in texts_in("-")] == [
        ({"a": 1}, 0),
        ({"a": 2}, 1),
    ]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    with pytest.raises(DocumentError, match="there are 2, each behind its ---"):
        read_document("-")
