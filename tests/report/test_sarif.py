"""SARIF as its schema has it, and as GitHub code scanning reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from jsonschema import Draft7Validator

from partnerrules.findings import Report
from partnerrules.report import render, sarif
from partnerrules.report.audience import for_audience
from partnerrules.report.markup import JOINER

PAGES = "https://partners.example/docs/rules"
SCHEMAS = [
    path
    for folder in Path(__file__).parents
    if (path := folder / "shared" / "data" / "schemas" / "sarif-schema-2.1.0.json").is_file()
]
AUDIENCES = ["team", "partners", "public"]


def log(report: Report, **view: Any) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(render(report, "sarif", **view))
    return read


def run(report: Report, **view: Any) -> dict[str, Any]:
    [one] = log(report, **view)["runs"]
    return dict(one)


@pytest.fixture(scope="module")
def validator() -> Draft7Validator:
    if not SCHEMAS:
        pytest.skip("the schema of SARIF is not here")
    return Draft7Validator(json.loads(SCHEMAS[0].read_text("utf-8")))


@pytest.mark.parametrize("everything", [False, True])
@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("which", ["rich", "hostile", "long", "empty"])
def test_it_follows_the_schema(
    request: pytest.FixtureRequest,
    validator: Draft7Validator,
    which: str,
    audience: str,
    everything: bool,
) -> None:
    report = for_audience(request.getfixturevalue(which), audience)
    for pages in ("", PAGES):
        validator.validate(log(report, everything=everything, pages=pages))


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)
    elif isinstance(value, str):
        yield value


def messages(told: dict[str, Any]) -> list[str]:
    """Return the texts in which viewers look for links."""
    notes = told["invocations"][0]["toolExecutionNotifications"]
    return [one["message"]["text"] for one in (*told["results"], *notes)]


def places(one: dict[str, Any]) -> list[dict[str, Any]]:
    flows = [
        step["location"]
        for flow in one.get("codeFlows", [])
        for thread in flow["threadFlows"]
        for step in thread["locations"]
    ]
    return [*one["locations"], *one.get("relatedLocations", []), *flows]


@pytest.mark.parametrize("audience", ["team", "partners"])
@pytest.mark.parametrize("which", ["rich", "hostile", "long"])
def test_github_takes_it(request: pytest.FixtureRequest, which: str, audience: str) -> None:
    told = run(for_audience(request.getfixturevalue(which), audience), pages=PAGES)
    rules = told["tool"]["driver"]["rules"]
    for rule in rules:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"] and rule["help"]["markdown"]
        assert len(rule["name"]) <= 255
        assert rule["defaultConfiguration"]["level"] in ("note", "warning", "error")
        about = rule["properties"]
        assert about["precision"] == "high"
        assert about["problem.severity"] in ("error", "warning", "recommendation")
        assert len(about["tags"]) <= 10
        # With it these would be alerts about security.
        assert "security-severity" not in about
    for one in told["results"]:
        assert rules[one["ruleIndex"]]["id"] == one["ruleId"]
        assert one["message"]["text"]
        assert one["level"] in ("note", "warning", "error")
        assert re.fullmatch(
            r"[0-9a-f]{32}:1", one["partialFingerprints"]["primaryLocationLineHash"]
        )
        assert len(one["locations"]) == 1
        assert len(one.get("relatedLocations", [])) <= 10
        assert not {"suppressions", "baselineState", "kind", "fixes"} & {*one}
        for place in places(one):
            physical = place["physicalLocation"]
            address = urlsplit(physical["artifactLocation"]["uri"])
            assert (address.scheme, address.netloc) == ("", "")
            assert {*physical["region"]} == {"startLine", "startColumn", "endLine", "endColumn"}
    assert "" not in set(texts({**told, "properties": {}}))
    assert re.fullmatch(r"[^/]+/[^/]+/", told["automationDetails"]["id"])


def test_every_text_is_shown_as_it_is(hostile: Report, long: Report) -> None:
    for report in (hostile, long):
        told = run(report, everything=True)
        for one in texts(told):
            shown = one.replace("\n", "").replace(JOINER, "")
            assert shown.isprintable()
        for one in messages(told):
            links = re.findall(r"(?<!\\)\]\(([^)]*)\)", one.replace("\\\\", ""))
            assert all(map(str.isdigit, links)), one


def test_only_what_is_active_and_certain_is_told_unless_all_is_asked_for(rich: Report) -> None:
    told = run(rich)["results"]
    assert [(one["ruleId"], one["level"]) for one in told] == [
        ("X20", "error"),
        ("TRA-01", "warning"),
        ("CON-01", "warning"),
        ("AGR-01", "error"),
        ("CON-01", "warning"),
        ("GOV-01", "warning"),
    ]
    assert [one["properties"]["certainty"] for one in told][2] == "possible"
    assert run(rich)["properties"]["openQuestions"] == 2
    every = run(rich, everything=True)["results"]
    kinds = [(one["ruleId"], one.get("kind", "fail"), one.get("baselineState")) for one in every]
    assert kinds == [
        ("X20", "fail", "new"),
        ("TRA-01", "fail", "new"),
        ("CON-01", "fail", "new"),
        ("CON-02", "fail", "unchanged"),
        ("RES-01", "open", "new"),
        ("RES-02", "fail", "new"),
        ("AGR-01", "fail", "updated"),
        ("CON-01", "fail", "new"),
        ("GOV-01", "fail", "updated"),
        ("PUR-01", "pass", None),
        ("PAR-01", "pass", None),
        ("X07", "pass", None),
        ("EXT-01", "notApplicable", None),
        ("TRA-02", "notApplicable", None),
        ("LEA-01", "notApplicable", None),
    ]
    assert [one["level"] != "none" for one in every] == [kind == "fail" for _, kind, _ in kinds]
    assert every[5]["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "accepted as a risk until 2026-12-31: Agreed at the yearly meeting "
            "(approved by Board).",
        }
    ]


def test_without_a_baseline_nothing_is_compared(rich: Report) -> None:
    fresh = rich._replace(baseline=None)
    assert not [one for one in run(fresh, everything=True)["results"] if "baselineState" in one]


def test_the_proof_is_told_in_the_order_in_which_it_is_drawn(rich: Report) -> None:
    one = run(rich)["results"][0]
    [flow] = one["codeFlows"]
    [thread] = flow["threadFlows"]
    said = [step["location"]["message"]["text"] for step in thread["locations"]]
    assert said[-1] == rich.findings[0].message
    assert said.index("The hills are planned.") < said.index("The partnership goes to new places.")
    linked = dict(re.findall(r"\[([^\]]+)\]\((\d+)\)", one["message"]["text"]))
    related = {str(at["id"]): at["message"]["text"] for at in one["relatedLocations"]}
    assert {number: text for text, number in linked.items()} == related
    assert one["message"]["text"].splitlines()[0] == rich.findings[0].message


def test_each_rule_leads_to_its_page(rich: Report) -> None:
    pages = {r["id"]: r["helpUri"] for r in run(rich, pages=PAGES)["tool"]["driver"]["rules"]}
    assert pages["CON-01"] == f"{PAGES}/core/CON-01.md"
    assert not [r for r in run(rich)["tool"]["driver"]["rules"] if "helpUri" in r]


def test_what_could_not_be_read_is_told_beside_the_results(rich: Report) -> None:
    [invocation] = run(rich)["invocations"]
    assert invocation["executionSuccessful"] is False
    [told] = invocation["toolExecutionNotifications"]
    assert (told["level"], told["descriptor"]["id"]) == ("error", "case.key")
    [place] = told["locations"]
    assert place["physicalLocation"]["region"] == {"startLine": 4, "startColumn": 1}
    assert run(rich._replace(errors=()))["invocations"] == [{"executionSuccessful": True}]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b/ü.yaml", "a%20b/%C3%BC.yaml"),
        ("a:b%20.yaml", "a%3Ab%2520.yaml"),
        ("/srv/a.yaml", "file:///srv/a.yaml"),
        ("C:\\cases\\a.yaml", "file:///C%3A/cases/a.yaml"),
        ("cases\\a.yaml", "cases/a.yaml"),
    ],
)
def test_paths_are_addresses(rich: Report, path: str, uri: str) -> None:
    found = rich.findings[0]
    one = found._replace(location=found.location._replace(path=path))
    [told] = run(rich._replace(findings=(one,)))["results"]
    file = told["locations"][0]["physicalLocation"]["artifactLocation"]
    assert file["uri"] == uri
    assert ("uriBaseId" in file) == ("file:" not in uri)
    assert unquote(uri).removeprefix("file:///").endswith(path.replace("\\", "/").lstrip("/"))


def test_the_public_reads_of_no_file(rich: Report) -> None:
    told = run(for_audience(rich, "public"), everything=True)
    assert not [place for one in told["results"] for place in places(one) if len(place) > 1]
    assert all(one["locations"][0]["logicalLocations"] for one in told["results"])


def test_no_more_results_than_github_takes_and_the_gravest_stay(
    rich: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sarif, "MOST", 2)
    told = run(rich)
    assert [one["ruleId"] for one in told["results"]] == ["X20", "AGR-01"]
    notes = told["invocations"][0]["toolExecutionNotifications"]
    assert notes[-1]["message"]["text"].startswith("4 results are left out")
