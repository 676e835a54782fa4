"""What comes out of the cases that ship with the project."""

import json
import os
from functools import cache
from pathlib import Path

import pytest

from partnerrules.authoring.examples import example_document
from partnerrules.checking import Checker
from partnerrules.engine.chain import Chain, jobs_of
from partnerrules.engine.compile import CompiledRule
from partnerrules.engine.durable import durable_available
from partnerrules.facts.compiler import verdicts_of
from partnerrules.findings import Report
from partnerrules.packs import load_pack
from partnerrules.report import render

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "cases" / "golden"
CASES = sorted(path.relative_to(ROOT) for path in (ROOT / "cases").glob("*/*.yaml"))


@cache
def _reports() -> dict[Path, Report]:
    with Checker([load_pack("core"), load_pack("extended")], engine="python") as checker:
        return {path: checker.check(checker.reader.read(ROOT / path)) for path in CASES}


def _told(path: Path) -> dict[str, list[str]]:
    report = _reports()[path]
    return {
        "findings": [
            f"{f.rule} {', '.join(f.subject)}: {f.outcome} {f.severity} could be {f.could_be} "
            f"({f.because}, line {f.location.line})"
            for f in report.findings
        ],
        "strengths": [f"{s.rule} {', '.join(s.subject)}: {s.message}" for s in report.strengths],
        "questions": [f"{q.fact} ({q.severity})" for q in report.questions],
    }


@pytest.mark.parametrize("path", CASES, ids=str)
def test_what_comes_out_of_a_case_is_what_came_out_before(path: Path) -> None:
    golden = GOLDEN / f"{path.stem}.json"
    text = json.dumps(_told(path), indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.skipif(not durable_available(), reason="durable-rules is not installed")
def test_both_engines_give_the_same_report_of_every_case() -> None:
    texts = []
    for engine in ("durable", "python"):
        with Checker([load_pack("core"), load_pack("extended")], engine=engine) as checker:
            reports = [checker.check(checker.reader.read(ROOT / path)) for path in CASES]
            assert {report.engine.name for report in reports} == {engine}
            texts.append([render(r, "json").replace(f'"{engine}"', "") for r in reports])
    assert texts[0] == texts[1]


def test_what_puts_two_things_together_is_a_job_that_matches_somewhere() -> None:
    assert all(report.engine.matches > 2 for report in _reports().values())


def test_every_job_of_our_packs_matches_in_some_example() -> None:
    with Checker([load_pack("core"), load_pack("extended")], engine="python") as checker:
        program, library = checker.program, checker.library
        matched: set[int] = set()
        for rule in library.rules.values():
            for example in rule.examples:
                case = checker.reader.parse(example_document(example))
                with checker.engine.session() as session:
                    chain = Chain(program, case, session)
                    chain.run()
                    matched |= chain.matched
    jobs = jobs_of(program)
    assert {job.number for job in jobs} == matched
    two = [rule.id for rule in program.rules.values() if _conclusions(rule) > 1]
    assert "X12" in two
    assert all(program.rules[rule].jobs for rule in two)


def _conclusions(rule: CompiledRule) -> int:
    """Count the conclusions that one way of a rule puts together."""
    ways = [way for one in rule.alternatives for way in one.whole.ways]
    return max((len(verdicts_of(way)) for way in ways), default=0)


@pytest.mark.parametrize("number", ["two", "three", "five"])
def test_a_healthy_equal_alliance_shows_no_concern(number: str) -> None:
    told = _told(Path(f"cases/made-up/{number}-equal-partners.yaml"))
    assert told["findings"] == []
    assert len(told["strengths"]) > 10


@pytest.mark.parametrize("path", CASES, ids=str)
def test_no_case_asks_people_to_act_on_more_than_six_things_now(path: Path) -> None:
    rules = load_pack("core").rules | load_pack("extended").rules
    now = [f.rule for f in _reports()[path].findings if f.severity == "high" and not f.part_of]
    assert len([rule for rule in now if rules[rule].kind != "compound"]) <= 6


CALM = (
    "information-network-of-thirty",
    "two-year-project-first-month",
    "yearly-renewed-budgets",
    "calm-closing-year",
)


@pytest.mark.parametrize("name", CALM)
def test_what_is_in_order_shows_at_most_three_things_to_keep_in_mind(name: str) -> None:
    report = _reports()[Path(f"cases/made-up/{name}.yaml")]
    concerns = [f for f in report.findings if f.outcome == "concern"]
    assert {f.severity for f in concerns} == {"low"}
    assert len(concerns) <= 3


@pytest.mark.parametrize("path", CASES, ids=str)
def test_every_case_says_at_the_top_what_it_is(path: Path) -> None:
    says = {
        "made-up": "# Made up for teaching; no such partnership exists.",
        "published": "# Coded by us from the sources named; not the organisations' own statement, "
        "not current.",
    }
    first = (ROOT / path).read_text(encoding="utf-8").splitlines()[0]
    assert first == says[path.parent.name]
