"""The action of GitHub, its steps run as a runner would, and the workflow that uses it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from repositories import commit

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "ci" / "github"
WORKFLOW = FOLDER / "example-workflow.yml"


@pytest.fixture
def action(script: Any, repository: Path, tmp_path: Path) -> Any:
    """Run the step that checks, with inputs; return its end, the summary and the outputs."""
    [step] = [one for one in _action()["runs"]["steps"] if one.get("id") == "check"]

    def action(**inputs: str) -> tuple[subprocess.CompletedProcess[str], str, dict[str, str]]:
        known = {name: one["default"] for name, one in _action()["inputs"].items()}
        assert set(inputs) <= set(known)
        variables = {}
        for name, value in step["env"].items():
            found = re.fullmatch(r"\$\{\{ inputs\.(\w+) \}\}", value)
            if found:
                variables[name] = inputs.get(found[1], known[found[1]])
        temp = tmp_path / "temp"
        temp.mkdir(exist_ok=True)
        files = {name: temp / name for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
        for file in files.values():
            file.write_text("")
        done = script(
            step["run"],
            repository,
            GITHUB_ACTION_PATH=str(FOLDER),
            RUNNER_TEMP=str(temp),
            **variables,
            **{name: str(file) for name, file in files.items()},
        )
        told = files["GITHUB_OUTPUT"].read_text().splitlines()
        outputs = dict(line.split("=", 1) for line in told)
        return done, files["GITHUB_STEP_SUMMARY"].read_text(), outputs

    return action


def _action() -> Any:
    return yaml.safe_load((FOLDER / "action.yml").read_text())


def _jobs() -> Any:
    return yaml.safe_load(WORKFLOW.read_text())["jobs"]


def _uses(jobs: Any) -> Any:
    return [one for job in jobs.values() for one in job["steps"] if "uses" in one]


def test_on_a_pull_request_only_what_changed_is_checked(action: Any, repository: Path) -> None:
    case = repository / "cases" / "river-alliance.yaml"
    case.write_text(case.read_text() + "  # told again\n")
    (repository / "cases" / "two words.yaml").unlink()
    waivers = repository / "cases" / "waivers.yaml"
    waivers.write_text(waivers.read_text() + "waivers: []\n")
    commit(repository)
    done, summary, outputs = action(since="HEAD^1")
    assert done.returncode == 1, done.stderr
    assert "::error file=cases/river-alliance.yaml,line=10," in done.stdout
    assert "River Alliance" in summary and "What could help" in summary
    assert outputs["exit-code"] == "1"
    report = json.loads(Path(outputs["report"]).read_text())
    assert [one["case"] for one in report["cases"]] == ["river-alliance"]
    assert json.loads(Path(outputs["sarif"]).read_text())["runs"][0]["results"]
    done, *_ = action(since="HEAD^1", args="--fail-on=none\n--unknown=ignore\n")
    assert done.returncode == 0 and "Gate" not in done.stderr


def test_where_no_case_changed_the_job_says_so(action: Any, repository: Path) -> None:
    (repository / "notes.md").write_text("A note.\n")
    commit(repository)
    done, summary, outputs = action(since="HEAD^1")
    assert (done.returncode, outputs) == (0, {})
    assert summary == "No case file changed.\n"


def test_a_commit_that_the_checkout_does_not_reach_is_told(action: Any) -> None:
    for since in ("HEAD^1", "--output=planted", "$(touch planted)"):
        done, summary, _ = action(since=since)
        assert done.returncode == 2 and "fetch-depth" in done.stdout and summary == ""


def test_what_inputs_say_is_never_run(action: Any, repository: Path) -> None:
    planted = "$(touch planted); `touch planted`\n'; touch planted #"
    done, *_ = action(cases=planted, args="--profile=$(touch planted)")
    assert done.returncode == 2
    assert action(reports=planted)[0].returncode == 2
    assert not (repository / "planted").exists()
    for step in _action()["runs"]["steps"]:
        assert "${{" not in step["run"]
    assert not [step for job in _jobs().values() for step in job["steps"] if "run" in step]


def test_the_nightly_run_puts_all_parts_together(action: Any, repository: Path) -> None:
    jobs = _jobs()
    [check] = [one for one in _uses({"": jobs["shard"]}) if one.get("id") == "check"]
    [merge] = [one for one in _uses({"": jobs["portfolio"]}) if one.get("id") == "merge"]
    parts = jobs["shard"]["strategy"]["matrix"]["part"]
    for part in parts:
        inputs = {
            name: value.replace("${{ matrix.part }}", str(part))
            for name, value in check["with"].items()
        }
        done, _, outputs = action(**inputs)
        assert done.returncode == 0, done.stderr
        (repository / f"shards/shard-{part}").mkdir(parents=True)
        shutil.copy(outputs["report"], repository / f"shards/shard-{part}")
    done, summary, outputs = action(**merge["with"])
    assert done.returncode == 0, done.stderr
    merged = Path(outputs["report"]).read_bytes()
    whole = action(cases="cases", args="--fail-on=none\n--unknown=ignore")[2]
    assert Path(whole["report"]).read_bytes() == merged
    assert "River Alliance" in summary
    shutil.rmtree(repository / "shards" / f"shard-{parts[-1]}")
    done, *_ = action(**merge["with"])
    assert done.returncode == 2 and f"shards/shard-{parts[-1]}/" in done.stdout


def test_other_actions_are_named_by_commit_and_rights_are_few() -> None:
    workflow = yaml.safe_load(WORKFLOW.read_text())
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert set(job["permissions"].items()) <= {
            ("contents", "read"),
            ("security-events", "write"),
        }
    for step in _uses(workflow["jobs"]):
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", step["uses"])
        if step["uses"].startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
    assert "pull_request_target" not in WORKFLOW.read_text()


def test_the_workflow_sets_only_inputs_and_reads_only_outputs_that_exist() -> None:
    action = _action()
    ours = [one for one in _uses(_jobs()) if "/ci/github@" in one["uses"]]
    assert len(ours) == 3
    assert {name for one in ours for name in one["with"]} <= set(action["inputs"])
    read = re.findall(r"steps\.(?:check|merge)\.outputs\.([\w-]+)", WORKFLOW.read_text())
    assert read and set(read) <= set(action["outputs"])


@pytest.mark.skipif(not shutil.which("zizmor"), reason="zizmor is not here")
def test_an_auditor_of_workflows_has_nothing_to_say(tmp_path: Path) -> None:
    copy = tmp_path / ".github" / "workflows"
    copy.mkdir(parents=True)
    shutil.copy(WORKFLOW, copy)
    shutil.copy(FOLDER / "action.yml", tmp_path)
    words = ["zizmor", "--offline", "--no-progress", "--persona=pedantic", "."]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
