"""Hooks look at the case files among what changed, and end a commit for what they say they do."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from repositories import commit, git

ROOT = Path(__file__).parents[2]
HOOKS = {one["id"]: one for one in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
CASE, ANOTHER = "cases/river-alliance.yaml", "cases/two words.yaml"


@pytest.fixture
def hook(script: Any, repository: Path) -> Any:
    """Run the entry of a hook as pre-commit does, with files or with other arguments."""

    def hook(name: str, *files: str, args: list[str] | None = None) -> Any:
        known = HOOKS[name]
        words = [*shlex.split(known["entry"]), *(known.get("args", []) if args is None else args)]
        return script(shlex.join([*words, *files]), repository)

    return hook


@pytest.mark.parametrize(
    ("path", "fits"),
    [
        ("cases/a.yaml", True),
        ("programme/cases/north/a.yml", True),
        ("cases/a.jsonl.gz", True),
        ("cases/a.json", True),
        ("cases/notes.md", False),
        ("showcases/a.yaml", False),
        ("partnerrules.toml", False),
        ("waivers.yaml", False),
        ("rules/mine/pack.yaml", False),
    ],
)
def test_files_below_a_folder_of_cases_are_looked_at(path: str, fits: bool) -> None:
    for name in ("partnerrules", "partnerrules-readable"):
        assert bool(re.search(HOOKS[name]["files"], path)) == fits


def test_case_files_that_can_be_read_pass_whatever_is_of_concern(hook: Any) -> None:
    done = hook("partnerrules-readable", CASE, ANOTHER, "cases/waivers.yaml")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_gate_of_the_settings_does_not_make_a_case_unreadable(
    hook: Any, repository: Path
) -> None:
    settings = 'fail_on = "low"\nunknown = "fail"\nmin_coverage = "90%"\nformat = ["table"]\n'
    (repository / "partnerrules.toml").write_text(settings)
    done = hook("partnerrules-readable", CASE)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    done = hook("partnerrules", ANOTHER)
    assert done.returncode == 1 and "90%" in done.stderr


def test_what_cannot_be_read_is_told_with_its_place(hook: Any, repository: Path) -> None:
    (repository / "cases" / "broken.yaml").write_text("schema: partnerrules.case/1\ncase: [\n")
    done = hook("partnerrules-readable", CASE, "cases/broken.yaml")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("cases/broken.yaml:") and done.stderr.count("\n") == 1


def test_of_concern_is_told_and_ends_a_commit_where_the_gate_does(hook: Any) -> None:
    done = hook("partnerrules", CASE, ANOTHER)
    assert done.returncode == 1
    assert "Hill districts" in done.stdout and "Gate: river-alliance" in done.stderr
    assert hook("partnerrules", ANOTHER).returncode == 0
    assert hook("partnerrules", CASE, args=["--fail-on=none", "--unknown=ignore"]).returncode == 0


def test_where_only_other_files_changed_nothing_is_wrong(hook: Any) -> None:
    for name in ("partnerrules", "partnerrules-readable"):
        assert hook(name, "cases/waivers.yaml").returncode == 0


def test_packs_are_looked_at_as_a_whole_and_have_to_be_named(hook: Any) -> None:
    assert HOOKS["partnerrules-packs"]["pass_filenames"] is False
    done = hook("partnerrules-packs")
    assert done.returncode == 2 and "name-the-folders-of-your-packs-in-args" in done.stderr


@pytest.mark.skipif(not shutil.which("pre-commit"), reason="slow: pre-commit is not here")
def test_pre_commit_runs_the_hooks_from_a_clone(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("PYTHONPATH", raising=False)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(ROOT), str(clone))
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", clone)
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--allow-empty", "--message", "Hooks")
    readable = {"id": "partnerrules-readable"}
    checked = {"id": "partnerrules", "args": ["--fail-on=none", "--unknown=ignore"]}
    rev = git(clone, "rev-parse", "HEAD")
    repos = [{"repo": str(clone), "rev": rev, "hooks": [readable, checked]}]
    config = repository / ".pre-commit-config.yaml"
    config.write_text(yaml.safe_dump({"repos": repos}))
    # More than fits into one call, so that pre-commit has to part them.
    case = (repository / "cases" / "two words.yaml").read_text()
    folder = repository.joinpath("cases", *["long-" * 48] * 10)
    folder.mkdir(parents=True)
    for number in range(70):
        (folder / f"{number}.yaml").write_text(case.replace("quiet", f"quiet-{number}"))
    commit(repository)
    run = ["pre-commit", "run", "--all-files"]
    done = subprocess.run(run, cwd=repository, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("Passed") == 2
    (folder / "broken.yaml").write_text("schema: partnerrules.case/1\ncase: [\n")
    git(repository, "add", "--all")
    done = subprocess.run(run[:2], cwd=repository, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and done.stdout.count("exit code: 3") == 2
    assert "broken.yaml:3:1: " in done.stdout
