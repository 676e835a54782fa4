"""What could help is told with every concern, and in season, in real partnerships too."""

import json
import re
from functools import cache
from pathlib import Path

import pytest

from partnerrules.checking import Checker
from partnerrules.documents import parse_document, read_document
from partnerrules.findings import Report
from partnerrules.packs import Library, load_pack
from partnerrules.packs.placeholders import advice_of

ROOT = Path(__file__).parents[2]
PUBLISHED = sorted((ROOT / "cases/published").glob("*.yaml"))
STAGES = ("forming", "operating", "scaling", "closing")
FOUNDS = re.compile(
    r"\b(set up|found an?|form an?|bring in|invite|establish|create|secretariat|committee)\b",
    re.IGNORECASE,
)
EACH = [(path, stage) for path in PUBLISHED for stage in STAGES]
NAMES = [f"{path.stem} {stage}" for path, stage in EACH]


@cache
def library() -> Library:
    return Library([load_pack("core"), load_pack("extended")])


@cache
def reports() -> dict[tuple[Path, str], Report]:
    found = {}
    with Checker(library().packs, engine="python") as checker:
        for path, stage in EACH:
            said = read_document(path).value
            said["partnership"]["stage"] = stage
            text = json.dumps(said, default=str).encode()
            case = checker.reader.parse(parse_document(text, path=str(path), format="json"))
            found[path, stage] = checker.check(case)
    return found


@pytest.mark.parametrize(("path", "stage"), EACH, ids=NAMES)
def test_each_concern_and_each_open_point_has_advice_with_who_could_act(
    path: Path, stage: str
) -> None:
    for finding in reports()[path, stage].findings:
        assert finding.advice is not None, finding.rule
        assert finding.advice.says, finding.rule
        assert finding.advice.who, finding.rule
        assert finding.remediation == finding.advice.text


@pytest.mark.parametrize(("path", "stage"), EACH, ids=NAMES)
def test_where_the_end_is_near_nobody_is_told_to_found_something(path: Path, stage: str) -> None:
    report = reports()[path, stage]
    [case] = report.cases
    assert case.stages is not None
    assert stage in case.stages.active
    told = [one for one in report.findings if one.advice]
    if "closing" in case.stages.active:
        assert not [one.rule for one in told if one.advice and one.advice.founds]
        assert not [one.rule for one in told if FOUNDS.search(one.remediation)]


def test_at_other_times_some_of_it_founds_something() -> None:
    told = [f for report in reports().values() for f in report.findings if f.advice]
    assert {f.rule for f in told if f.advice and f.advice.founds} >= {"GOV-01", "PAR-01", "AGR-01"}


def test_only_those_who_are_forming_are_told_what_to_do_before_they_sign() -> None:
    for (_, stage), report in reports().items():
        for finding in report.findings:
            assert stage == "forming" or "before you sign" not in finding.remediation.lower()


def test_every_rule_that_draws_a_conclusion_says_who_could_act() -> None:
    for rule in library().rules.values():
        for keys, told in advice_of(rule):
            if "default" in told:
                inherited = rule.remediation["default"].roles if keys[0] == "concern" else ()
                assert told["default"].roles or inherited, (rule.id, keys)


def test_no_advice_for_the_end_speaks_of_something_new() -> None:
    for rule in library().rules.values():
        for _, told in advice_of(rule):
            closing = told.get("closing")
            assert closing is None or not FOUNDS.search(closing.says), rule.id
