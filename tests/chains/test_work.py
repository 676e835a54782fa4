"""What puts conclusions together is work of the engine, and the engine finds it."""

from __future__ import annotations

from pathlib import Path

from scenarios import case_of, read

from partnerrules.checking import Checker
from partnerrules.engine.chain import Chain
from partnerrules.engine.compile import CompiledRule
from partnerrules.engine.jobs import JobPlan, VerdictPlace
from partnerrules.facts.compiler import verdicts_of
from partnerrules.facts.conditions import Verdict

CASES = sorted((Path(__file__).parents[2] / "cases").glob("*/*.yaml"))


def put_together(rule: CompiledRule) -> list[set[Verdict]]:
    """Return the conclusions that each way of a rule needs at once, where these are several."""
    ways = [way for one in rule.alternatives for way in one.whole.ways]
    needed = [set(verdicts_of(way)) for way in ways]
    return [verdicts for verdicts in needed if len(verdicts) > 1]


def read_by(job: JobPlan) -> set[Verdict]:
    """Return the conclusions that one job of the engine joins."""
    return {place.verdict for place in job.places if isinstance(place, VerdictPlace)}


def test_conclusions_that_a_rule_needs_at_once_are_joined_in_one_job(checker: Checker) -> None:
    rules = checker.program.rules.values()
    several = {rule.rule.id: put_together(rule) for rule in rules if put_together(rule)}
    assert {"X12", "X17", "X20", "X24", "X29", "X30"} <= several.keys()
    for rule, ways in several.items():
        joined = [read_by(job) for job in checker.program.rules[rule].jobs]
        for verdicts in ways:
            assert verdicts in joined, f"{rule}: {verdicts} are not joined by the engine"


def test_every_such_job_finds_what_a_scenario_of_its_rule_has(checker: Checker) -> None:
    program, found = checker.program, set()
    for scenario in read():
        with checker.engine.session() as session:
            chain = Chain(program, case_of(checker, scenario.value), session)
            chain.run()
            found |= {program.plans[number] for number in chain.matched}
    for rule in program.rules.values():
        if put_together(rule):
            assert set(rule.jobs) <= found, f"{rule.rule.id} has a job that no scenario fulfils"


def test_the_engine_has_work_in_every_case_and_not_too_much(checker: Checker) -> None:
    reports = [checker.check(checker.reader.read(path)) for path in CASES]
    assert {report.engine.jobs for report in reports} == {len(checker.program.plans)}
    for path, report in zip(CASES, reports, strict=True):
        assert 0 < report.engine.matches < 10 * report.engine.tokens < 10_000, path.name
