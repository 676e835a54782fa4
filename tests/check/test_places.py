"""Each finding points at the answer that carries it most, or where the missing one belongs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import pytest
import yaml

from partnerrules.checking import Checker
from partnerrules.checking.explain import explain
from partnerrules.documents import parse_document
from partnerrules.findings import Location

MADE_UP = Path(__file__).parents[2] / "cases" / "made-up"
NAMES = ["river-alliance", "lakeside-reading-alliance", "three-equal-partners"]
Form = Literal["yaml", "json"]


def text_of(name: str, form: str) -> str:
    text = (MADE_UP / f"{name}.yaml").read_text("utf-8")
    if form == "json":
        return json.dumps(yaml.safe_load(text), indent=2, ensure_ascii=False, default=str)
    return text


def at(place: Location, text: str) -> str:
    """Return the text at a place, indented as it stands there; the end column is exclusive."""
    lines = text.splitlines()[place.line - 1 : place.end_line]
    lines[-1] = lines[-1][: place.end_column - 1]
    return (
        " " * (place.column - 1)
        + lines[0][place.column - 1 :]
        + "".join(f"\n{x}" for x in lines[1:])
    )


def plain(value: Any) -> Any:
    return json.loads(json.dumps(value, default=str))


def under(value: Any, pointer: str) -> tuple[bool, Any]:
    """Return whether a pointer leads to a value, and it; else the last key on its way or the id."""
    last = value["case"]
    for key in pointer.split("/")[1:]:
        if isinstance(value, list):
            value = value[int(key)]
            last = value["id"] if isinstance(value, dict) else ""
        elif key in value:
            value, last = value[key], key
        else:
            return False, last
    return True, value


@pytest.mark.parametrize("form", ["yaml", "json"])
@pytest.mark.parametrize("name", NAMES)
def test_each_finding_stands_where_its_answer_does(checker: Checker, name: str, form: Form) -> None:
    text = text_of(name, form)
    value = plain(yaml.safe_load(text))
    document = parse_document(text.encode(), path=f"a.{form}", format=form)
    report = checker.check(checker.reader.parse(document))
    places = [one.location for one in (*report.findings, *report.strengths)]
    places += [s.location for f in report.findings for s in f.proof.steps if s.location]
    assert places
    found = set()
    for place in dict.fromkeys(places):
        there, wanted = under(value, place.pointer)
        found.add(there)
        assert plain(yaml.safe_load(at(place, text))) == wanted, place
        assert there or place.line == place.end_line
    assert found == {True, False} or name == NAMES[2]


def test_a_place_counts_characters_also_beyond_the_first_plane(checker: Checker) -> None:
    text = (
        "schema: partnerrules.case/1\ncase: a\nassessed_on: 2026-06-30\n"
        'partnership: {name: "\U0001f30a\U0001f30a river", stage: operating}\n'
    )
    document = parse_document(text.encode(), path="a.yaml", format="yaml")
    report = checker.check(checker.reader.parse(document))
    places = [s.location for f in report.findings for s in f.proof.steps if s.location]
    stage = next(one for one in places if one.pointer == "/partnership/stage")
    assert at(stage, text).strip() == "operating"


@pytest.mark.parametrize("rule", ["EVD-03", "EVD-04"])
def test_what_is_said_of_an_answer_stands_where_the_answer_does(
    checker: Checker, rule: str
) -> None:
    text = text_of("river-alliance", "yaml")
    document = parse_document(text.encode(), path="a.yaml", format="yaml")
    (told,) = explain(checker, checker.reader.parse(document), rule)
    places = [one.location for one in told.proof.steps if one.location]
    # Also of an answer that is a list, in which nothing has a name.
    assert "/partners/0/groups" in {one.pointer.rpartition("/")[0] for one in places}
    assert all(one.line == one.end_line for one in places)
