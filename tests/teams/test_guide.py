"""The commands of docs/ci.md, run as they stand there."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from repositories import put

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "ci.md").read_text("utf-8")
PARALLEL, TASK, JOBS = re.findall(r"```sh\n(.*?)```", GUIDE, re.S)
SBATCH = f"""#!{sys.executable}
# Stands for Slurm: runs each task of an array at once, and what --wrap says.
import os, re, subprocess, sys

*options, last = sys.argv[1:]
wrapped = [one[7:] for one in sys.argv if one.startswith("--wrap=")]
if wrapped:
    sys.exit(subprocess.run(["sh", "-c", wrapped[0]]).returncode)
text = open(last).read()
first, last_task = map(int, re.search(r"--array=(\\d+)-(\\d+)", text).groups())
cpus = re.search(r"--cpus-per-task=(\\d+)", text)[1]
for task in range(first, last_task + 1):
    told = {{"SLURM_ARRAY_TASK_ID": str(task), "SLURM_ARRAY_TASK_COUNT": str(last_task)}}
    told["SLURM_CPUS_PER_TASK"] = cpus
    subprocess.run(["sh", last], env=os.environ | told, check=True)
print(7)
"""


def test_slurm_comes_to_what_one_run_comes_to(script: Any, repository: Path, tools: Path) -> None:
    put(tools / "sbatch", SBATCH)
    (repository / "portfolio.sbatch").write_text(TASK)
    done = script(JOBS, repository)
    whole = script("partnerrules check cases -f json:whole.json", repository)
    assert done.returncode == whole.returncode == 1, done.stderr
    assert (repository / "report.json").read_bytes() == (repository / "whole.json").read_bytes()
    assert not list(repository.glob("*.journal"))


@pytest.mark.skipif(not shutil.which("parallel"), reason="GNU parallel is not here")
def test_parallel_comes_to_what_one_run_comes_to(script: Any, repository: Path) -> None:
    done = script(PARALLEL, repository)
    whole = script("partnerrules check cases -f json:whole.json", repository)
    assert done.returncode == whole.returncode == 1, done.stderr
    assert (repository / "report.json").read_bytes() == (repository / "whole.json").read_bytes()
    assert "River Alliance" in (repository / "report.md").read_text()


def test_the_guide_names_the_hooks_and_inputs_that_exist() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert re.findall(r"^\| `(partnerrules[a-z-]*)` \|", GUIDE, re.M) == [
        one["id"] for one in hooks
    ]
    inputs = yaml.safe_load((ROOT / "ci" / "github" / "action.yml").read_text())["inputs"]
    assert re.findall(r"^\| `((?!partnerrules)[a-z]+)` \|", GUIDE, re.M) == [*inputs]
    template = yaml.safe_load((ROOT / "ci/gitlab/partnerrules.gitlab-ci.yml").read_text())
    assert re.findall(r"^\| `([A-Z_]+)` \|", GUIDE, re.M) == [*template["variables"]]
    for target in re.findall(r"\]\((\.\./[^)]+)\)", GUIDE):
        assert (ROOT / "docs" / target).exists()


def test_the_settings_of_the_guide_let_a_concern_pass(script: Any, repository: Path) -> None:
    [text] = re.findall(r"```toml\n(.*?)```", GUIDE, re.S)
    (repository / "partnerrules.toml").write_text(text)
    done = script("partnerrules check cases", repository)
    assert done.returncode == 0 and "Hill districts" in done.stdout and done.stderr == ""


def test_the_configuration_of_the_guide_names_hooks_that_exist() -> None:
    [text] = re.findall(r"```yaml\n(.*?)```", GUIDE, re.S)
    [repo] = yaml.safe_load(text)["repos"]
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert {one["id"] for one in repo["hooks"]} <= {one["id"] for one in hooks}
