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
HEAD = """\
What the evaluators of six published partnerships found (W of concern, S a strength), and what comes
out of our two codings. "all told": everything that the sources say, the evaluators included;
"facts only": without what only the evaluators concluded. Written by the test beside it.

| finding | said | about | decidable | checks we have | all told | facts only |
|---|---|---|---|---|---|---|
"""


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
    """Whether the checks that exist say what the evaluators said, the opposite, or neither."""
    expected, opposite = "concern", "strength"
    if finding["said"] == "S":
        expected, opposite = opposite, expected
    told = [_told(path)[rule] for rule in finding["checks"] if rule in _told(path)]
    verdicts = {opposite: "contradicts", expected: "agrees", "open": "open question"}
    for word, verdict in verdicts.items():
        if word in told:
            return verdict
    return "says nothing" if told else "no check yet"


def _table() -> str:
    rows, totals = [], (Counter[str](), Counter[str]())
    for case in CASES:
        for one in FINDINGS[case]:
            paths = (PUBLISHED / f"{case}.yaml", FACTS_ONLY / f"{case}.yaml")
            checks = ", ".join(rule for rule in one["checks"] if rule in _told(paths[0]))
            verdicts = [_verdict(one, path) for path in paths]
            for total, verdict in zip(totals, verdicts, strict=True):
                total[verdict] += 1
            cells = [one["id"], one["said"], one["about"], one["decidable"], checks or "none"]
            rows.append("| " + " | ".join([*cells, *verdicts]) + " |")
    sums = [
        f"{name}: " + ", ".join(f"{verdict} {count}" for verdict, count in sorted(total.items()))
        for name, total in zip(("all told", "facts only"), totals, strict=True)
    ]
    return HEAD + "\n".join(sorted(rows)) + "\n\n" + "\n".join(f"- {line}" for line in sums) + "\n"


def test_the_measured_agreement_is_what_was_measured_before() -> None:
    golden = HERE / "agreement.md"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(_table(), encoding="utf-8")
    assert _table() == golden.read_text(encoding="utf-8")


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
