"""The template for GitLab: its scripts run as a runner would run them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from junitparser import JUnitXml
from repositories import commit, git

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "ci" / "gitlab"
TEMPLATE = yaml.safe_load((FOLDER / "partnerrules.gitlab-ci.yml").read_text())
OPEN = yaml.safe_load((FOLDER / "example.gitlab-ci.yml").read_text())["variables"]


@pytest.fixture
def job(script: Any, repository: Path) -> Any:
    """Run the script of a job, with the variables of the template and more."""

    def job(name: str, **variables: str) -> Any:
        known = TEMPLATE["variables"] | TEMPLATE[name].get("variables", {})
        return script("\n".join(TEMPLATE[name]["script"]), repository, **(known | variables))

    return job


def test_on_a_merge_request_only_what_changed_is_checked(job: Any, repository: Path) -> None:
    before = git(repository, "rev-parse", "HEAD")
    named = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": before}
    done = job("partnerrules", **named)
    assert (done.returncode, done.stdout) == (0, "No case file changed.\n")
    assert json.loads((repository / "gl-code-quality-report.json").read_text()) == []
    case = repository / "cases" / "two words.yaml"
    case.write_text(case.read_text() + "# told again\n")
    case = repository / "cases" / "river-alliance.yaml"
    case.write_text(case.read_text() + "  # told again\n")
    (repository / "cases" / "waivers.yaml").unlink()
    commit(repository)
    done = job("partnerrules", **named)
    assert done.returncode == 1 and "Hill districts" in done.stdout
    reports = TEMPLATE["partnerrules"]["artifacts"]["reports"]
    entries = json.loads((repository / reports["codequality"]).read_text())
    assert {one["location"]["path"] for one in entries} == {"cases/river-alliance.yaml"}
    suites = {suite.name for suite in JUnitXml.fromfile(str(repository / reports["junit"]))}
    assert suites == {"river-alliance", "quiet"}
    assert job("partnerrules", **named, **OPEN).returncode == 0


def test_on_a_schedule_all_parts_are_put_together(job: Any, script: Any, repository: Path) -> None:
    total = TEMPLATE["partnerrules-shard"]["parallel"]
    for part in range(1, total + 1):
        done = job("partnerrules-shard", CI_NODE_INDEX=str(part), CI_NODE_TOTAL=str(total))
        assert done.returncode == 0, done.stderr
    merged = job("partnerrules-merge")
    whole = script("partnerrules check cases -f table -f json:whole.json", repository)
    assert (merged.returncode, merged.stdout) == (whole.returncode, whole.stdout)
    assert (repository / "report.json").read_bytes() == (repository / "whole.json").read_bytes()
    last = repository / f"shard-{total}.json"
    assert last.exists() and not (repository / f"shard-{total + 1}.json").exists()
    last.unlink()
    assert job("partnerrules-merge").returncode not in (0, 1)


def test_a_case_that_cannot_be_read_keeps_no_other_part_from_being_told(
    job: Any, repository: Path
) -> None:
    (repository / "cases" / "broken.yaml").write_text("case: [")
    allowed = TEMPLATE["partnerrules-shard"]["allow_failure"]["exit_codes"]
    done = job("partnerrules-shard", CI_NODE_INDEX="1", CI_NODE_TOTAL="1")
    assert [done.returncode] == allowed and (repository / "shard-1.json").exists()


def test_artifacts_are_for_those_who_work_on_the_cases() -> None:
    kept = TEMPLATE[".partnerrules"]["artifacts"]
    assert (kept["access"], kept["when"]) == ("developer", "always")
    assert shutil.which("git"), "the image has to bring it too"
