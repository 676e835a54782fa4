"""The JSON Schemas that editors use: of case files, and of the files of packs."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from partnerrules.authoring.case_schema import case_schema
from partnerrules.authoring.pack_schema import FILES, pack_schema
from partnerrules.cases import CaseReader
from partnerrules.cli import cli
from partnerrules.cli.schema import KINDS
from partnerrules.documents import parse_document, read_document
from partnerrules.errors import CaseError
from partnerrules.packs import Library, load_pack

ROOT = Path(__file__).parents[2]
CASES = sorted(path.relative_to(ROOT) for path in (ROOT / "cases").glob("*/*.yaml"))
LIBRARY = Library([load_pack("core"), load_pack("extended")])
VALIDATOR = Draft202012Validator(case_schema(LIBRARY))
HEAD = {"schema": "partnerrules.case/1", "case": "a", "assessed_on": "2026-06-30"}

GOOD: list[dict[str, Any]] = [
    {},
    {"agreement": {"form": "own_document"}},
    {"agreement": {"form": "dont_know"}},
    {"agreement": {"form": None}},
    {"agreement": {"form": {"value": "verbal", "source": "minutes", "respondent": "R1"}}},
    {"agreement": {"form": {"status": "declined", "confidential": "yes"}}},
    {"agreement": {"form": {"answers": [{"value": "none"}, {"value": "verbal"}]}}},
    {"agreement": {"form": {"answers": ["none", "verbal"], "settled": {"as": "none"}}}},
    {"agreement": {"covers": {"value": ["decisions"], "complete": "no"}}},
    {"agreement": {"covers": "decisions"}},
    {"agreement": {"confirmed_by": []}},
    {"governance": {"largest_vote_share": {"at_least": 0.5, "at_most": 0.7}}},
    {"governance": {"largest_vote_share": {"value": {"at_most": 0.7}, "source": "minutes"}}},
    {"governance": {"largest_vote_share": "not_applicable"}},
    {"governance": {"decisions": [{"id": "d1", "others_disagreed": True}]}},
    {"governance": {"decisions": {"complete": "no", "items": [{"id": "d1"}]}}},
    {"partnership": {"planned_end_on": "never"}},
    {"partnership": {"planned_end_on": {"at_least": "2027", "at_most": "2028-05"}}},
    {"partnership": {"started_on": 2021, "name": "No"}},
    {"partners": {"complete": "no", "at_least": 7, "at_most": 9}},
    {"partners": [{"id": "a", "name": {"value": "A", "note": "as they write it"}}]},
    {"support": {"days_per_month": 2.5}},
    {"partners": "not_asked"},
]
BAD: list[dict[str, Any]] = [
    {"agreemen": {}},
    {"agreement": {"frm": "none"}},
    {"agreement": {"form": "perhaps"}},
    {"agreement": {"form": "not_applicable"}},
    {"agreement": {"form": {"value": "perhaps"}}},
    {"agreement": {"form": {"valu": "none"}}},
    {"agreement": {"form": {"source": "minutes"}}},
    {"agreement": {"form": {"status": "unknwn"}}},
    {"agreement": {"form": {"answers": []}}},
    {"agreement": {"covers": ["dcisions"]}},
    {"governance": {"largest_vote_share": 1.2}},
    {"governance": {"largest_vote_share": {"at_leas": 0.5}}},
    {"governance": {"decisions": [{"topic": "no id"}]}},
    {"partnership": {"planned_end_on": "soon"}},
    {"partnership": {"started_on": "never"}},
    {"partners": [{"id": "has a space"}]},
    {"partners": [{"id": "a", "levl": "local"}]},
    {"partners": {"complet": "no"}},
    {"support": {"effective": "none"}},
    {"support": {"days_per_month": -1}},
    {"schema": "partnerrules.case/2"},
    {"assessed_on": "2026-06"},
]


@pytest.mark.parametrize("path", CASES, ids=str)
def test_every_case_that_ships_follows_the_schema(path: Path) -> None:
    errors = VALIDATOR.iter_errors(read_document(ROOT / path).value)
    assert [error.message for error in errors] == []


def _read(case: dict[str, Any]) -> bool:
    """Say whether the reader itself takes a case."""
    data = json.dumps({**HEAD, **case}).encode()
    try:
        CaseReader(LIBRARY).parse(parse_document(data, path="a.json", format="json"))
    except CaseError:
        return False
    return True


@pytest.mark.parametrize("case", GOOD, ids=str)
def test_what_the_reader_takes_follows_the_schema(case: dict[str, Any]) -> None:
    assert _read(case)
    assert VALIDATOR.is_valid({**HEAD, **case})


@pytest.mark.parametrize("case", BAD, ids=str)
def test_what_the_reader_refuses_is_refused_by_the_schema(case: dict[str, Any]) -> None:
    assert not _read(case)
    assert not VALIDATOR.is_valid({**HEAD, **case})


def test_an_editor_can_show_question_help_and_words() -> None:
    schema = case_schema(LIBRARY)
    form = schema["properties"]["agreement"]["properties"]["form"]
    fact = LIBRARY.group_facts["agreement"]["form"]
    assert form["title"] == fact.question
    words = schema["$defs"][form["anyOf"][0]["$ref"].removeprefix("#/$defs/")]["oneOf"]
    assert {one["const"]: one["description"] for one in words} == fact.choices


@pytest.mark.parametrize("kind", FILES)
def test_the_files_of_a_pack_follow_their_schema(kind: str) -> None:
    schema = pack_schema(kind)
    Draft202012Validator.check_schema(schema)
    core = ROOT / "rules" / "core"
    inside = {"pack": "pack", "rule": "*/[A-Z]*", "vocabulary": "vocabulary/*",
              "questions": "questions/*", "set": "sets/*", "profile": "profiles/*",
              "lessons": "lessons", "sources": "sources"}[kind]  # fmt: skip
    for path in core.glob(f"{inside}.yaml"):
        errors = Draft202012Validator(schema).iter_errors(read_document(path).value)
        assert [error.message for error in errors] == [], path


def test_a_key_that_no_rule_has_is_refused() -> None:
    rule = read_document(next((ROOT / "rules/core").glob("*/TRA-01-*.yaml"))).value
    assert not Draft202012Validator(pack_schema("rule")).is_valid({**rule, "remedy": "x"})


@pytest.mark.parametrize("kind", KINDS)
def test_the_command_prints_every_schema(kind: str) -> None:
    result = CliRunner().invoke(cli, ["schema", kind])
    assert result.exit_code == 0
    Draft202012Validator.check_schema(json.loads(result.output))
