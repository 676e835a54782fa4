"""What a run writes in each format goes where it is told to, for whom it is told to."""

from __future__ import annotations

import json
import re
import subprocess
import sys
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


def test_rules_lead_to_pages_and_sarif_can_tell_all(run: Any) -> None:
    def told(*options: str) -> dict[str, Any]:
        done = run("check", RIVER, "-f", "sarif", "--exit-zero", *options)
        assert done.returncode == 0, done.stderr
        [one] = json.loads(done.stdout)["runs"]
        return dict(one)

    pages = "https://partners.example/docs/rules"
    rules = told("--pages", f"{pages}/")["tool"]["driver"]["rules"]
    for one in rules:
        assert one["helpUri"].startswith(f"{pages}/")
        page = ROOT / "docs" / "rules" / one["helpUri"].removeprefix(f"{pages}/")
        assert page.is_file()
    kinds = {one.get("kind", "fail") for one in told("--sarif-all")["results"]}
    assert kinds == {"fail", "open", "pass", "notApplicable"}


@pytest.mark.parametrize("address", ["docs/rules", "javascript:alert(1)", "https://a/<b>", "x y"])
def test_what_is_no_address_is_refused(run: Any, address: str) -> None:
    done = run("check", RIVER, "--pages", address)
    assert done.returncode == 2
    assert "name an address" in done.stderr


def test_a_format_waits_until_it_is_wanted() -> None:
    code = """if True:
        import sys, partnerrules.report
        loaded = [name for name in sys.modules if name.startswith("partnerrules.report.")]
        sys.exit(bool(loaded) or bool({"csv", "xml", "tabulate"} & {*sys.modules}))
    """
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
