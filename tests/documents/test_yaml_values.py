"""What YAML means: version 1.2, and keys that are text."""

from typing import Any

import pytest

from partnerrules.documents import parse_document

pytestmark = pytest.mark.usefixtures("yaml_parser")


def value(text: str) -> Any:
    return parse_document(text.encode(), path="case.yaml", format="yaml").value


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("null", None),
        ("Null", None),
        ("~", None),
        ("", None),
        ("true", True),
        ("FALSE", False),
        ("tRUE", "tRUE"),
        ("yes", "yes"),
        ("no", "no"),
        ("NO", "NO"),
        ("on", "on"),
        ("off", "off"),
        ("n", "n"),
        ("0", 0),
        ("-12", -12),
        ("+12", 12),
        ("0123", 123),
        ("08", 8),
        ("0o17", 15),
        ("0x1F", 31),
        ("-0x1f", "-0x1f"),
        ("0b11", "0b11"),
        ("1_000", "1_000"),
        ("1,000", "1,000"),
        ("12:30", "12:30"),
        ("190:20:30", "190:20:30"),
        ("1.5", 1.5),
        ("1.", 1.0),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("-1.5E-2", -0.015),
        (".", "."),
        ("1e", "1e"),
        ("٣", "٣"),
        ("2026-06-30", "2026-06-30"),
        ("2026-06", "2026-06"),
        ("2026-06-30T10:00:00Z", "2026-06-30T10:00:00Z"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("''", ""),
        ("<<", "<<"),
        ("=", "="),
        ("!!str 12", "12"),
        ("!!int '12'", 12),
        ("!!float 1", 1.0),
        ("!!bool 'true'", True),
        ("!!null ''", None),
        ("!!seq [1]", [1]),
        ("!!map {a: 1}", {"a": 1}),
        ("|\n  one\n  two\n", "one\ntwo\n"),
        (">-\n  one\n  two\n", "one two"),
    ],
)
def test_a_scalar_means_what_yaml_1_2_says(written: str, meant: Any) -> None:
    found = value(f"key: {written}\n")["key"]
    assert (type(found), found) == (type(meant), meant)


@pytest.mark.parametrize(
    ("written", "key"),
    [("2026", "2026"), ("no", "no"), ("true", "true"), ("0x1f", "0x1f"), ("1.50", "1.50"),
     ("null", "null"), ("'<<'", "<<"), ("!!str 1", "1"), ("? 2", "2"), ("12:30", "12:30")],
)  # fmt: skip
def test_a_key_is_the_text_that_was_written(written: str, key: str) -> None:
    assert value(f"{written}: x" if written[0] != "?" else f"{written}\n: x") == {key: "x"}


def test_an_alias_gives_a_copy_of_its_own() -> None:
    first, second = value("[&a {regions: [delta]}, *a]")
    first["regions"].append("hills")
    assert second == {"regions": ["delta"]}


def test_a_whole_file_may_be_a_list_or_a_scalar() -> None:
    assert value("- 1\n- 2") == [1, 2]
    assert value("--- 12") == 12
    assert value("null") is None


def test_json_is_yaml() -> None:
    assert value('{"a": [1, true, null, "x"]}') == {"a": [1, True, None, "x"]}
