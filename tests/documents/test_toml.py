"""Keys of TOML files stand where an editor shows them, whatever stands around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerrules.documents import parse_document
from partnerrules.errors import DocumentError

TRICKY = '''\
# a = 1 is said here, and not meant: "
title = "no [header] and no # comment"

"quoted key" = 'C:\\no\\escape"'
many = [ # a comment with ] and """
  "[looks.like.a.header]",
  "b = 2",
]
text = """
[not.a.header]
c = 3 \\""" still text
"""""
raw = \'\'\'
d = 4 \'\' " # [
\'\'\'
dotted.below.here = {e = 1, "f.g" = [1, 2], h = {i = "}"}}
[table]  # [other]
  e = 1
["to\\u006fl"."part.nerrules"]
  fail_on = "low" # high
[ table . "inner" ]
k = ""
l = \'\'
[[row]]
m = 1
[[row]]
n = 2
'''
LINES = {
    ("title",): 2,
    ("quoted key",): 4,
    ("many",): 5,
    ("text",): 9,
    ("raw",): 13,
    ("dotted",): 16,
    ("dotted", "below", "here"): 16,
    ("dotted", "below", "here", "f.g"): 16,
    ("dotted", "below", "here", "h", "i"): 16,
    ("table",): 17,
    ("table", "e"): 18,
    ("tool", "part.nerrules", "fail_on"): 20,
    ("table", "inner"): 21,
    ("table", "inner", "k"): 22,
    ("table", "inner", "l"): 23,
    ("row",): 24,
    ("row", "m"): 25,
    ("row", "n"): 27,
}


def _read(text: str):
    return parse_document(text.encode(), path="a.toml", format="toml")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize(("keys", "line"), LINES.items(), ids=[".".join(keys) for keys in LINES])
def test_a_key_stands_on_its_line(keys, line, ending):
    document = _read(TRICKY.replace("\n", ending))
    assert document.position(keys, of_key=True).line == line


def test_a_key_that_is_not_there_stands_where_its_table_begins():
    document = _read(TRICKY)
    assert document.position(("table", "inner", "zz")).line == 21
    assert document.position(("a",)).line == document.position(("b",)).line == 1


STATEMENTS = st.sampled_from(
    [
        '"""\n[x]\ny = 1\n"""', "'''\n]\n'''", "[\n1, # ]\n2,\n]", '"#"', "{a = ']', b = [1]}",
        '""""a"""""', "1979-05-27T07:32:00Z", "[{a = 1}, {b = '''\n'''}]", '"\\""', "''", '""',
    ]
)  # fmt: skip
BETWEEN = st.sampled_from(["", "\n", "# x = [\n", '  # """\n', "\n\n", "#'''\n"])


@given(st.lists(st.tuples(BETWEEN, st.booleans(), STATEMENTS), max_size=12))
def test_every_key_is_found_where_it_was_written(parts):
    text, table, written = "", (), {}
    for number, (between, header, value) in enumerate(parts):
        text += between
        key = f"k{number}"
        if header:
            table = ("t", key)
            written[table] = text.count("\n") + 1
            text += f"[t.{key}] # ]\n"
        written[(*table, "v", key)] = text.count("\n") + 1
        text += f"  v . {key} = {value}\n"
    document = _read(text)
    assert {keys: document.position(keys, of_key=True).line for keys in written} == written


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a = 1\nb =\n", "a.toml:2:"),
        ("a = 1\na = 2\n", "a.toml:2:"),
        ("a = [1,\n\n", "a.toml:"),
        ("x = " + "[" * 5000, "a.toml:"),
        ("x = " + "9" * 5000, "a.toml:"),
        ("x = \x01", "a.toml:1:5"),
    ],
)
def test_what_is_no_toml_is_told_with_its_place(text, place):
    with pytest.raises(DocumentError) as caught:
        _read(text)
    assert str(caught.value).startswith(place)
