"""How far what comes out of the six published cases agrees with what their evaluators said."""

import os
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from partnerrules.checking import Checker
from partnerrules.findings import Report, rank
from partnerrules.packs import load_pack
from partnerrules.packs.models import Rule

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
was asked, the honest outcome is an open question. `tests/agreement` writes this page and fails
when anything that comes out here says the opposite of what the evaluators said.

A star marks a rule that rests on the very text that tells of the case: the founding text has D1 as
its example, and the rules name four of the other evaluations among their sources. That such a rule
finds what its source says shows that it says what it was meant to say, and no more. The rules
without a star are the test.

*Said*: C of concern, S strong. *Can be decided*: from the facts of the arrangement (yes, partly),
only because the evaluators said so (their word), or not by what is asked here (no). Concerns come
with their level; where it could be higher, that was not asked.

| finding | said | about | can be decided | looked at by | all told | facts only |
|---|---|---|---|---|---|---|
"""
SAID = {"W": ("C", "concern", "strength"), "S": ("S", "strength", "concern")}
DECIDABLE = {"from_finding_only": "their word"}
WORDS = {"concern": "concern", "strength": "strength", "open": "open question"}


TOLD_BY = {
    "farmer-field-schools": {"S19", "S30", "S31", "S33", "S39", "S40", "S41"},
    "roll-back-malaria": {"RBM"},
    "gavi-early-phases": {"GAVI"},
    "education-for-all-fast-track": {"FTI"},
    "cgiar": {"CGIAR"},
    "cocoa-field-schools-cameroon": set[str](),
}
"""The lessons and sources of our rules that tell of a case."""


@cache
def _rules() -> Mapping[str, Rule]:
    return load_pack("core").rules | load_pack("extended").rules


@cache
def _report(path: Path) -> Report:
    with Checker([load_pack("core"), load_pack("extended")], engine="python") as checker:
        return checker.check(checker.reader.read(path))


@cache
def _told(path: Path) -> dict[str, str]:
    """For each rule what came out over its subjects: concern, open, strength or nothing."""
    report = _report(path)
    told = dict.fromkeys(_rules(), "nothing")
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


def _agreeing(finding: dict[str, Any], path: Path) -> list[str]:
    """Return the checks that say what the evaluators said, where the finding agrees."""
    expected = SAID[finding["said"]][1]
    told = [rule for rule in finding["checks"] if _told(path)[rule] == expected]
    return told if _verdict(finding, path) == "agrees" else []


def _own(rule: str, case: str) -> bool:
    """Whether a rule rests on what tells of the case."""
    return bool(TOLD_BY[case] & {*_rules()[rule].lessons, *_rules()[rule].sources})


def _says(finding: dict[str, Any], case: str, path: Path) -> str:
    """Return what the checks say; their names and levels where the evaluators said the same."""
    star, levels = "\\*", _levels(path)
    told = [
        f"{rule}{star if _own(rule, case) else ''}{levels.get(rule, '')}"
        for rule in _agreeing(finding, path)
    ]
    word = WORDS[SAID[finding["said"]][1]]
    return f"{word}: {', '.join(told)}" if told else _verdict(finding, path)


def _levels(path: Path) -> dict[str, str]:
    """For each rule that is of concern its highest level, and the one that it could have."""
    concerns = [one for one in _report(path).findings if one.outcome == "concern"]
    levels = {}
    for one in sorted(concerns, key=lambda one: rank(one.severity)):
        could = f", could be {one.could_be}" if one.could_be else ""
        levels[one.rule] = f" ({one.severity}{could})"
    return levels


def _table() -> str:
    rows, notes = [], []
    totals, others = (Counter[str](), Counter[str]()), [0, 0]
    for case in CASES:
        for one in FINDINGS[case]:
            paths = (PUBLISHED / f"{case}.yaml", FACTS_ONLY / f"{case}.yaml")
            for number, path in enumerate(paths):
                totals[number][_verdict(one, path)] += 1
                others[number] += any(not _own(rule, case) for rule in _agreeing(one, path))
            decidable = DECIDABLE.get(one["decidable"], one["decidable"])
            checks = ", ".join(one["checks"]) or "nothing"
            said = [_says(one, case, path) for path in paths]
            cells = [one["id"], SAID[one["said"]][0], one["about"], decidable, checks, *said]
            rows.append("| " + " | ".join(cells) + " |")
            if "because" in one:
                notes.append(f"- {one['id']}: {one['because']}")
    sums = [
        f"- {name}: "
        + ", ".join(f"{verdict} {count}" for verdict, count in sorted(total.items()))
        + f"; of the first {other} by a rule without a star"
        for name, total, other in zip(("all told", "facts only"), totals, others, strict=True)
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
    for findings in FINDINGS.values():
        assert {rule for one in findings for rule in one["checks"]} <= _rules().keys()


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
