"""How far what comes out of the six published cases agrees with what their evaluators said."""

import os
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from partnerrules.checking import Checker
from partnerrules.packs import load_pack

HERE = Path(__file__).parent
PUBLISHED = HERE.parents[1] / "cases" / "published"
FACTS_ONLY = HERE / "facts-only"


def _read(path: Path) -> Any:
    """Read a file with every answer as it is written."""
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


FINDINGS: dict[str, list[dict[str, Any]]] = _read(HERE / "findings.yaml")
CASES = sorted(FINDINGS)
TABLE = HERE.parents[1] / "docs" / "agreement.md"
HEAD = """\
# What evaluators found, and what comes out here

The evaluators of six published partnerships found 42 things, of concern or strong. This table
sets what the rules say beside each. The cases are coded by us in two ways: *all told* is
everything that the sources say, the evaluators' own judgement included; *facts only* leaves that
judgement out, and so shows what the rules would have said before anybody evaluated. Where nobody
was asked, the honest outcome is an open question; no rule was fitted to a case. `tests/agreement`
writes this page and fails when anything that comes out here says the opposite of what the
evaluators said.

*Said*: C of concern, S strong. *Can be decided*: from the facts of the arrangement (yes, partly),
only because the evaluators said so (their word), or not by what is asked here (no).

| finding | said | about | can be decided | looked at by | all told | facts only |
|---|---|---|---|---|---|---|
"""
SAID = {"W": ("C", "concern", "strength"), "S": ("S", "strength", "concern")}
DECIDABLE = {"from_finding_only": "their word"}
WORDS = {"concern": "concern", "strength": "strength", "open": "open question"}


@cache
def _told(path: Path) -> dict[str, str]:
    """For each rule what came out over its subjects: concern, open, strength or nothing."""
    with Checker([load_pack("core"), load_pack("extended")], engine="python") as checker:
        report = checker.check(checker.reader.read(path))
        told = dict.fromkeys(checker.library.rules, "nothing")
    told |= {guard: "strength" for f in report.findings for guard in f.lowered_by}
    told |= {one.rule: "strength" for one in report.strengths}
    told |= {f.rule: "open" for f in report.findings if f.outcome == "unknown"}
    told |= {f.rule: "concern" for f in report.findings if f.outcome == "concern"}
    return told


def _verdict(finding: dict[str, Any], path: Path) -> str:
    """Return contradicts, agrees, open question or silent, the first that a check says."""
    _, expected, opposite = SAID[finding["said"]]
    told = [_told(path)[rule] for rule in finding["checks"]]
    verdicts = {opposite: "contradicts", expected: "agrees", "open": "open question"}
    return next((verdict for word, verdict in verdicts.items() if word in told), "silent")


def _says(finding: dict[str, Any], path: Path) -> str:
    """Return what the checks say, with their names where they say what the evaluators said."""
    _, expected, _ = SAID[finding["said"]]
    verdict = _verdict(finding, path)
    if verdict != "agrees":
        return verdict
    rules = [rule for rule in finding["checks"] if _told(path)[rule] == expected]
    return f"{WORDS[expected]}: {', '.join(rules)}"


def _table() -> str:
    rows, notes, totals = [], [], (Counter[str](), Counter[str]())
    for case in CASES:
        for one in FINDINGS[case]:
            paths = (PUBLISHED / f"{case}.yaml", FACTS_ONLY / f"{case}.yaml")
            for total, path in zip(totals, paths, strict=True):
                total[_verdict(one, path)] += 1
            decidable = DECIDABLE.get(one["decidable"], one["decidable"])
            checks = ", ".join(one["checks"]) or "nothing"
            said = [_says(one, path) for path in paths]
            cells = [one["id"], SAID[one["said"]][0], one["about"], decidable, checks, *said]
            rows.append("| " + " | ".join(cells) + " |")
            if "because" in one:
                notes.append(f"- {one['id']}: {one['because']}")
    sums = [
        f"- {name}: " + ", ".join(f"{verdict} {count}" for verdict, count in sorted(total.items()))
        for name, total in zip(("all told", "facts only"), totals, strict=True)
    ]
    parts = [HEAD + "\n".join(sorted(rows)), "\n".join(sums), "Of some there is more to say:"]
    return "\n\n".join([*parts, "\n".join(sorted(notes))]) + "\n"


def test_the_measured_agreement_is_what_was_measured_before() -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        TABLE.write_text(_table(), encoding="utf-8")
    assert _table() == TABLE.read_text(encoding="utf-8")


def test_what_nothing_says_anything_about_is_told_with_why() -> None:
    for case, findings in FINDINGS.items():
        for one in findings:
            silent = _verdict(one, PUBLISHED / f"{case}.yaml") == "silent"
            assert "because" in one or (one["checks"] and not silent), one["id"]


def test_every_check_that_is_named_exists() -> None:
    rules = load_pack("core").rules | load_pack("extended").rules
    for findings in FINDINGS.values():
        assert {rule for one in findings for rule in one["checks"]} <= rules.keys()


@pytest.mark.parametrize("folder", [PUBLISHED, FACTS_ONLY], ids=["all-told", "facts-only"])
def test_nothing_that_comes_out_contradicts_the_evaluators(folder: Path) -> None:
    verdicts = {
        one["id"]: _verdict(one, folder / f"{case}.yaml")
        for case, findings in FINDINGS.items()
        for one in findings
    }
    assert len(verdicts) == 42
    assert [found for found, verdict in verdicts.items() if verdict == "contradicts"] == []


def _facts_only(node: Any) -> Any:
    """A case without the answers that are the evaluators' own, and without what is then empty."""
    if isinstance(node, list):
        return [_facts_only(value) for value in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _facts_only(value) for key, value in node.items() if not _is_judgement(value)}
    return {key: value for key, value in kept.items() if value != {}}


def _is_judgement(node: Any) -> bool:
    return isinstance(node, dict) and str(node.get("source", "")).startswith("Evaluators")


@pytest.mark.parametrize("case", CASES)
def test_the_second_coding_is_the_first_without_what_only_evaluators_concluded(case: str) -> None:
    first, second = (_read(folder / f"{case}.yaml") for folder in (PUBLISHED, FACTS_ONLY))
    assert second.pop("case") == first.pop("case") + "-facts-only"
    assert second == _facts_only(first)
    assert second != first


def test_every_published_case_is_measured() -> None:
    assert [path.stem for path in sorted(PUBLISHED.glob("*.yaml"))] == CASES


def test_every_answer_of_a_published_case_names_its_source() -> None:
    for path in PUBLISHED.glob("*.yaml"):
        assert _unsourced(_read(path)) == [], path.name


def _unsourced(node: Any) -> list[Any]:
    if isinstance(node, dict) and node.keys() & {"value", "status"}:
        return [] if node.get("source") else [node]
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return [found for child in children for found in _unsourced(child)]
