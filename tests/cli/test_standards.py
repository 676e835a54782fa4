"""By what a case is looked at: packs, a profile, thresholds and questions, and slips in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
RIVER = str(ROOT / "cases/made-up/river-alliance.yaml")
ONE_SOURCE = """\
partnership: {stage: operating, depth: deliver_together, money_together: material, rapid_start: no}
resources: {top_source_share: 0.9}
"""

SLIPS = [
    ("an unknown name", "--param", "core.many_partner=3",
     'core.many_partner: No loaded pack has a parameter of this name. '
     'Did you mean "core.many_partners"?'),
    ("no pack", "--param", "many_partners=3", 'Did you mean "core.many_partners"?'),
    ("no value", "--param", "core.many_partners", "expected PACK.NAME=VALUE"),
    ("a word", "--param", "core.many_partners=several",
     'core.many_partners: Expected a number, found "several" in place of 8 (partners).'),
    ("nothing", "--param", "core.many_partners=", "Expected a number"),
    ("yes", "--param", "core.many_partners=true", 'Expected a number, found "true"'),
    ("a list", "--param", "core.many_partners=[3]", "Expected a number"),
    ("no number", "--param", "core.many_partners=NaN", "Expected a number"),
    ("more than any number", "--param", "core.many_partners=1e999", "Expected a number"),
    ("infinite", "--param", "core.beyond_equal_share=Infinity", "Expected a number"),
    ("half a partner", "--param", "core.many_partners=3.5", "Expected a whole number above 0"),
    ("nothing at all", "--param", "core.clauses_for_one_finding=0", "a whole number above 0"),
    ("less than nothing", "--param", "core.quiet_months=-6", "a whole number above 0"),
    ("a negative share", "--param", "core.majority=-0.1", "Expected a share from 0 to 1"),
    ("a share in percent", "--param", "core.majority=50", "Expected a share from 0 to 1"),
    ("a negative factor", "--param", "core.beyond_equal_share=-1", "Expected a number above 0"),
    ("an unknown profile", "--profile", "locl",
     'locl: No loaded pack has a profile of this name; there are consortium, global, local. '
     'Did you mean "local"?'),
    ("an unknown set", "--questions", "first",
     "first: No loaded pack has a set of questions of this name;"),
]  # fmt: skip


@pytest.mark.parametrize(
    "command", [["check", RIVER], ["explain", RIVER, "CON-01"]], ids=lambda w: w[0]
)
@pytest.mark.parametrize(
    ("option", "value", "said"), [row[1:] for row in SLIPS], ids=[row[0] for row in SLIPS]
)
def test_a_slip_is_told_with_its_option(
    run: Any, command: list[str], option: str, value: str, said: str
) -> None:
    done = run(*command, option, value)
    told = " ".join(done.stderr.split())
    assert done.returncode == 2
    assert f"Error: {option} " in told and said in told
    assert ".yaml" not in told and done.stdout == ""


def test_all_slips_are_told_at_once_and_none_twice(run: Any) -> None:
    done = run("check", RIVER, "--param", "core.majority=2", "--param", "core.nonsense=2")
    assert done.stderr.count("--param core.") == 2
    twice = run("check", RIVER, "--param", "core.majority=0.6", "--param", "core.majority=0.7")
    assert twice.returncode == 2 and "--param core.majority: it is set twice." in twice.stderr


def _level(run: Any, *words: str) -> str | None:
    report = json.loads(run("check", "money.yaml", "-f", "json", *words).stdout)
    levels = [one["severity"] for one in report["findings"] if one["rule"] == "RES-02"]
    assert report["profile"] == (words[1] if words[:1] == ("--profile",) else "")
    return levels[0]


def test_a_profile_moves_levels_and_a_threshold_goes_before_it(run: Any, write: Any) -> None:
    write(money=ONE_SOURCE)
    assert [_level(run), _level(run, "--profile", "local")] == ["medium", "low"]
    kept = run("check", "money.yaml", "--profile", "local", "--param", "core.several_partners=6",
               "-f", "json")  # fmt: skip
    report = json.loads(kept.stdout)
    changes = {one["name"]: (one["was"], one["value"], one["by"]) for one in report["changes"]}
    assert changes["core.several_partners"] == (4, 6, "")
    assert changes["RES-02"] == ("medium", "low", "extended")
    assert report["parameters"]["core.support_funded_months"] == 3
    assert all(one["why"] for one in report["changes"] if one["by"])


def test_a_profile_holds_in_every_process(run: Any, write: Any) -> None:
    write(money=ONE_SOURCE, more=ONE_SOURCE)
    done = run("check", ".", "--profile", "local", "-f", "json")
    report = json.loads(done.stdout)
    assert {one["severity"] for one in report["findings"] if one["rule"] == "RES-02"} == {"low"}
    assert report["profile"] == "local"


def test_explain_looks_at_a_case_as_check_does(run: Any, write: Any) -> None:
    write(money=ONE_SOURCE)
    usual = run("explain", "money.yaml", "RES-02").stdout
    assert "Plan for (medium) follows" in usual
    local = run("explain", "money.yaml", "RES-02", "--profile", "local").stdout
    assert "Keep in mind (low) follows" in local
    moved = run("explain", "money.yaml", "RES-02", "--param", "extended.nearly_one_source=0.95")
    assert "Keep in mind (low) follows" in moved.stdout
    outside = run("explain", "money.yaml", "CAP-02", "--questions", "first-look").stdout
    assert "Not looked at" in outside and "The questions asked do not look at it." in outside


def test_a_rule_is_shown_as_a_profile_has_it(run: Any) -> None:
    usual = run("rules", "show", "SEC-02").stdout
    shown = run("rules", "show", "SEC-02", "--profile", "global").stdout
    assert "core.support_days = 3 days a month" in usual and "Set otherwise" not in usual
    assert "core.support_days = 20 days a month" in " ".join(shown.split())
    assert "Set otherwise by the profile global" in shown
    assert "core.support_days: 20 in place of 3." in " ".join(shown.split())
    assert run("rules", "show", "SEC-02", "--profile", "globl").returncode == 2
