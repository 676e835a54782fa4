"""`explain` says of every rule what it says of a case, and what that rests on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from partnerrules.cli import cli

ROOT = Path(__file__).parents[2]
RIVER = str(ROOT / "cases/made-up/river-alliance.yaml")
WARY = """\
partnership: {stage: operating, depth: deliver_together}
participants:
  involvement: {value: not_involved, source: minutes of May, confidential: yes}
"""


def _said(run: Any, *words: str) -> str:
    done = run("explain", *words)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return " ".join(done.stdout.split())


def test_a_concern_with_what_was_looked_for_and_not_found(run: Any) -> None:
    said = _said(run, RIVER, "TRA-01", "hills")
    assert "Hill districts: act now (high) follows from the answers" in said
    assert "found none that fits" in said and "Lowland Trust, regions: Delta" in said
    assert "river-alliance.yaml:7]" in said and "What could help: " in said
    assert "Delta: " not in said.split("What this rests on:")[0]
    assert _said(run, RIVER, "TRA-01", "Hill districts") == said


def test_a_member_that_is_named_in_an_answer_has_its_name(run: Any) -> None:
    said = _said(run, str(ROOT / "cases/made-up/lakeside-reading-alliance.yaml"), "GOV-14")
    assert "last word: Lake Fund" in said and "lake-fund" not in said


def test_what_does_not_apply_with_the_condition_that_was_not_met(run: Any) -> None:
    said = _said(run, RIVER, "TRA-01", "delta")
    assert "Delta: does not apply here" in said
    assert "It would need something else than this:" in said
    assert "Delta, status: The work began here" in said and ".yaml:9]" in said


def test_what_is_not_due_with_the_stage_that_it_is_due_at(run: Any, write: Any) -> None:
    write(early="partnership: {stage: forming, depth: deliver_together}\n")
    said = _said(run, "early.yaml", "SEC-01")
    assert "Not due at this stage" in said
    assert "tage: Finding each other and agreeing [early.yaml:4]" in said


def test_what_is_sound_with_what_that_rests_on(run: Any) -> None:
    said = _said(run, str(ROOT / "cases/made-up/five-equal-partners.yaml"), "CON-01")
    assert "No concern" in said and "What this rests on: - " in said
    assert "five-equal-partners.yaml:" in said


QUIET = """\
partnership: {stage: operating, depth: deliver_together, called_together_by: somebody}
partners:
  - {id: a, name: North Union, involvement: throughout, reached: not_applicable, level: local,
     groups: [implementer, expert, resource_provider]}
  - {id: b, name: State Office, involvement: throughout, reached: directly, level: national,
     groups: [participant]}
selection: {not_needed_now: {value: [decision_maker], source: minutes of May}}
regions:
  - id: hills
    name: Hill districts
    status: new
    differs_from_original: {value: little, source: visit of May}
scaling: {adaptation_process: none}
"""
NO_CONCERN = {
    "two partners who have nothing to do with each other": (
        "PAR-08", "", "the others need not all be in touch with each other"),
    "one organisation that brings several kinds of support": (
        "PAR-01", "expert", "one organisation may bring several kinds"),
    "a kind of support that the partners decided to go without": (
        "PAR-01", "decision_maker", "decided to go without this kind of support for now"),
    "a new place with nearly the same conditions": (
        "TRA-01", "hills", "nearly the same"),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "subject", "reason"), NO_CONCERN.values(), ids=NO_CONCERN)
def test_what_others_might_take_for_a_gap_with_the_reason_why_it_is_none(
    run: Any, write: Any, rule: str, subject: str, reason: str
) -> None:
    write(quiet=QUIET)
    said = _said(run, "quiet.yaml", rule, *filter(None, [subject]))
    assert reason in said


def test_what_is_open_with_what_is_missing(run: Any) -> None:
    said = _said(run, RIVER, "CON-01")
    assert "Not known yet; could be act now (high)" in said
    assert "asked, and not known" in said


@pytest.mark.parametrize("rule", ["X01", "X50"])
def test_rules_that_draw_no_conclusion_say_so(run: Any, rule: str) -> None:
    assert "no conclusion of its own" in _said(run, RIVER, rule)


WRONG = [
    (["TRA-11"], "There is no rule TRA-11."),
    (["tra-01"], 'Did you mean "TRA-01"?'),
    (["nonsense"], "partnerrules rules list"),
    (["TRA-01", "hils"], 'there are delta, hills. Did you mean "hills"?'),
    (["CON-01", "hills"], "the rule has no subjects here"),
]


@pytest.mark.parametrize(("words", "said"), WRONG, ids=[row[0][-1] for row in WRONG])
def test_a_slip_is_answered_with_the_nearest(run: Any, words: list[str], said: str) -> None:
    done = run("explain", RIVER, *words)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())


def test_an_old_id_leads_to_the_rule(run: Any, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(ROOT / "rules/core", tmp_path / "core")
    [path] = (tmp_path / "core/conflict").glob("CON-01*.yaml")
    text = path.read_text("utf-8")
    path.write_text(text.replace("\ntitle:", "\nwas: OLD-07\ntitle:", 1), "utf-8")
    for words, code in [
        (["explain", RIVER, "OLD-07"], 0),
        (["check", RIVER, "--select", "OLD-07", "--unknown", "fail"], 1),
        (["check", RIVER, "--ignore", "OLD-07", "--fail-on", "none"], 0),
        (["rules", "show", "OLD-07"], 0),
    ]:
        done = run(*words, "-p", "core/")
        assert done.returncode == code, done.stderr
        assert "Note: OLD-07 is called CON-01 now." in done.stderr
        assert ("(CON-01)" in done.stdout or "CON-01  " in done.stdout) != ("--ignore" in words)


def test_a_case_that_cannot_be_read_is_3(run: Any) -> None:
    done = run("explain", "nothing.yaml", "CON-01")
    assert done.returncode == 3 and "nothing.yaml: There is no such file" in done.stderr


def test_only_the_team_reads_what_is_confidential(run: Any, write: Any) -> None:
    write(wary=WARY)
    assert "minutes of May" in _said(run, "wary.yaml", "PTC-01", "--audience", "team")
    said = _said(run, "wary.yaml", "PTC-01")
    assert "minutes of May" not in said and "wary.yaml:6" not in said
    assert "A confidential answer." in said
    assert "wary.yaml" not in _said(run, "wary.yaml", "PTC-01", "--audience", "public")


BY_ITSELF = """\
partnership: {{stage: operating, depth: {}, money_together: material, rapid_start: no}}
agreement: {{form: verbal}}
"""
LOWERED = [
    (
        "coordinate_own_work",
        'Lowered from "act now" to "plan for": The partners coordinate their own work; less needs '
        "to be settled than for joint work. (X40)",
    ),
    (
        "dont_know",
        'Lowered from "act now" to "keep in mind": It is not known yet whether this holds: The '
        "partners coordinate their own work; less needs to be settled than for joint work. It is "
        "not known yet whether this holds: The partners exchange information; little needs to be "
        "settled for that. (X40, X50)",
    ),
]


@pytest.mark.parametrize(("depth", "why"), LOWERED, ids=["certain", "possible"])
def test_what_a_guard_lowers_is_told_with_why(run: Any, write: Any, depth: str, why: str) -> None:
    write(own=BY_ITSELF.format(depth))
    assert why in _said(run, "own.yaml", "AGR-01")
    table = run("check", "own.yaml", "--select", "AGR-01")
    assert why in " ".join(table.stdout.split())
    report = json.loads(run("check", "own.yaml", "-f", "json").stdout)
    [told] = [one for one in report["findings"] if one["rule"] == "AGR-01"]
    assert "and much depends on" in told["message"]
    assert " ".join(told["lowered_because"]) == why.partition(": ")[2].rpartition(" (")[0]


QUIETLY = """\
partnership: {{stage: operating, depth: deliver_together}}
conflict: {{procedure: {{value: {}, confidential: yes}}}}
"""


@pytest.mark.parametrize("value", ["none", "written", "dont_know"])
@pytest.mark.parametrize("audience", ["partners", "public"])
def test_no_sentence_says_what_a_confidential_answer_was(
    write: Any, tmp_path: Path, value: str, audience: str
) -> None:
    write(told=QUIETLY.format(value))

    def said(audience: str) -> str:
        words = ["explain", str(tmp_path / "told.yaml"), "CON-01", "--audience", audience]
        done = CliRunner().invoke(cli, words)
        assert done.exit_code == 0, done.output
        return done.output

    full, seen = (said(one).split("\n\n")[1].splitlines() for one in ("team", audience))
    assert seen[:2] == [full[0], "  This rests on a confidential answer."]
    assert full[1] not in seen
