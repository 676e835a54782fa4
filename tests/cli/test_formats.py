"""What a run writes in each format goes where it is told to, for whom it is told to."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from partnerrules.report import FORMATS

ROOT = Path(__file__).parents[2]
RIVER = str(ROOT / "cases/made-up/river-alliance.yaml")
SECRETS = ("the dam and its toll", "R77-of-hills", "minutes-of-the-ford", "told at night")
CONFIDENTIAL = """\
partnership:
  name: A
  stage: operating
  works_best: {value: the dam and its toll, confidential: yes, respondent: R77-of-hills}
agreement:
  form: {value: none, confidential: yes, source: minutes-of-the-ford, respondent: R77-of-hills,
    note: told at night}
conflict:
  procedure: {value: none, confidential: yes, source: minutes-of-the-ford, note: told at night}
"""


def test_all_formats_come_of_one_run(run: Any, tmp_path: Path) -> None:
    options = [word for name in FORMATS for word in ("-f", f"{name}:out.{name}")]
    done = run("check", RIVER, *options, "--exit-zero")
    assert (done.returncode, done.stdout) == (0, "")
    assert all((tmp_path / f"out.{name}").read_text() for name in FORMATS)


def test_the_number_of_tests_is_that_of_rules_and_subjects(run: Any) -> None:
    def tests(*options: str) -> set[str]:
        done = run("check", RIVER, "-f", "junit", "--exit-zero", *options)
        assert done.returncode == 0, done.stderr
        return {*re.findall(r'<testcase [^>]* name="([^"]+)"', done.stdout)}

    every = tests()
    assert len(every) > 100
    for options in (
        ["--min-severity", "high"],
        ["--fail-on", "low", "--unknown", "fail"],
        ["--questions", "first-look"],
    ):
        assert tests(*options) == every


def test_the_help_and_the_readme_name_each_format(run: Any) -> None:
    helped = run("check", "--help").stdout
    readme = (ROOT / "README.md").read_text("utf-8")
    for name in FORMATS:
        assert re.search(rf"\b{name}\b", helped)
        assert f"| `{name}` |" in readme


@pytest.mark.parametrize("audience", ["team", "partners", "public"])
def test_a_confidential_answer_stays_with_the_team(
    run: Any, write: Any, tmp_path: Path, audience: str
) -> None:
    write(a=CONFIDENTIAL)
    options = [word for name in FORMATS for word in ("-f", f"{name}:out.{name}")]
    done = run(
        "check", "a.yaml", *options, "--audience", audience, "--exit-zero", "--fail-on", "low"
    )
    assert done.returncode == 0, done.stderr
    told = {name: (tmp_path / f"out.{name}").read_text("utf-8") for name in FORMATS}
    for name, text in told.items():
        found = [one for one in SECRETS if one in " ".join(text.split())]
        # Who said it, and what is noted beside it, is in no report at all.
        assert "R77-of-hills" not in found and "told at night" not in found
        assert audience == "team" or not found, (name, found)
    hidden = [s for f in json.loads(told["json"])["findings"] for s in f["proof"]["steps"]]
    assert any(one["status"] == "confidential" for one in hidden)
    assert ("minutes-of-the-ford" in told["json"]) == (audience == "team")
