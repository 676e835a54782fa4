"""JSON reports follow their published schema and hold nothing that steers a terminal."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from partnerrules import findings
from partnerrules.findings import Report
from partnerrules.report import render
from partnerrules.report.audience import for_audience
from partnerrules.report.data import as_data
from partnerrules.report.json import render_line
from partnerrules.report.schema import report_schema

SHAPES = {
    "location": findings.Location,
    "step": findings.Step,
    "proof": findings.Proof,
    "finding": findings.Finding,
    "strength": findings.Strength,
    "sound": findings.Sound,
    "limit": findings.Limit,
    "not_assessed": findings.NotAssessed,
    "question": findings.Question,
    "verdict": findings.Verdict,
    "advice": findings.Advice,
    "stages": findings.Stages,
    "case": findings.CaseResult,
    "pack": findings.PackInfo,
    "engine": findings.EngineInfo,
    "error": findings.ErrorInfo,
    "gate": findings.Gate,
    "change": findings.Change,
    "file": findings.FileInfo,
    "waiver": findings.Waiver,
}


@pytest.mark.parametrize("audience", ["team", "partners", "public"])
def test_each_report_follows_the_schema(rich: Report, empty: Report, audience: str) -> None:
    validator = Draft202012Validator(report_schema())
    for report in (rich, empty):
        validator.validate(json.loads(render(for_audience(report, audience), "json")))


def test_the_schema_is_one_and_names_every_field_and_no_other() -> None:
    schema = report_schema()
    Draft202012Validator.check_schema(schema)
    for name, shape in SHAPES.items():
        named = schema["$defs"][name]["properties"]
        assert set(named) == {*shape._fields}, name
    for part in (schema, *schema["$defs"].values()):
        assert part["additionalProperties"] is False
        assert set(part["required"]) == set(part["properties"])


def test_keys_are_sorted_and_letters_stay_letters(rich: Report) -> None:
    text = render(rich, "json")
    assert text.endswith("}\n")
    assert "Söhne" in text
    assert json.dumps(json.loads(text)) == json.dumps(json.loads(text), sort_keys=True)


def plain(value: Any) -> Any:
    """Return values of `findings` as dictionaries of all that they hold."""
    if hasattr(value, "_asdict"):
        return {name: plain(one) for name, one in value._asdict().items()}
    return tuple(map(plain, value)) if isinstance(value, tuple) else value


def test_every_value_of_the_report_is_in_its_data(rich: Report) -> None:
    wanted = plain(rich)
    data = as_data(rich)
    assert (data.pop("schema"), data["tool"].pop("name")) == (findings.SCHEMA, "partnerrules")
    assert data.pop("tool") == {"version": wanted.pop("version"), "engine": wanted.pop("engine")}
    assert data == wanted


def test_one_line_says_what_the_whole_page_says(rich: Report, empty: Report) -> None:
    for report in (rich, empty):
        line = render_line(report)
        assert line.splitlines(keepends=True) == [line]
        assert json.loads(line) == json.loads(render(report, "json"))


def test_control_characters_are_escaped_and_come_back(rich: Report) -> None:
    text = render(rich, "json")
    assert not [c for c in text if c != "\n" and unicodedata.category(c) in {"Cc", "Cf", "Cs"}]
    assert json.loads(text)["findings"][3]["message"] == rich.findings[3].message


def test_a_number_that_json_does_not_have_is_refused(rich: Report) -> None:
    with pytest.raises(ValueError, match="a is nan"):
        render(rich._replace(parameters={"a": float("nan")}), "json")
