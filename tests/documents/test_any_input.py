"""No input whatever ends in anything but a value or a DocumentError."""

import contextlib
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerrules.documents import parse_document
from partnerrules.errors import DocumentError

PIECES = [
    "a: ", "- ", "? ", ": ", "{", "}", "[", "]", ",", "\n", "  ", "\t", "&a ", "*a", "!!int ",
    "!t ", "!!float ", "'", '"', "|", ">-", "#", "---\n", "...\n", "%YAML 1.2\n", "%TAG ! x\n",
    "<<", "\\", "\\u", "\\ud800", "\\UFFFFFFFF", "1", "-", ".", "e", "9e999", ".nan", "NaN", "0x",
    "null", "~", "\r", "\r\n", "\ufeff", "\x00", "\u2028", "é", "😀", "key: value\n", '"k": 1', "@",
    "`", "=",
]  # fmt: skip
SOUP = st.lists(st.sampled_from(PIECES), max_size=25).map("".join).map(str.encode)


@pytest.mark.usefixtures("yaml_parser")
@pytest.mark.parametrize("format", ["yaml", "json"])
@given(SOUP | st.binary(max_size=60))
def test_any_bytes_end_in_a_value_or_a_document_error(
    format: Literal["yaml", "json"], data: bytes
) -> None:
    with contextlib.suppress(DocumentError):
        document = parse_document(data, path="any", format=format)
        document.position([0, "key", 1])
        assert all(part >= 1 for part in vars_of(document.position([])))


def vars_of(position: object) -> list[int]:
    names = ("line", "column", "end_line", "end_column")
    return [getattr(position, name) for name in names]
