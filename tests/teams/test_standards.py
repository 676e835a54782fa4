"""The files in `ci` are what their servers take, and name only options that exist."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner

from partnerrules.cli.check import command as check
from partnerrules.cli.merge import command as merge
from partnerrules.report import FORMATS

ROOT = Path(__file__).parents[2]
CI = ROOT / "ci"
FILES = (ROOT / ".pre-commit-hooks.yaml", ROOT / "docs" / "ci.md", *CI.rglob("*.*"))
SCHEMAS = {
    "github/action.yml": "vendor.github-actions",
    "github/example-workflow.yml": "vendor.github-workflows",
    "gitlab/partnerrules.gitlab-ci.yml": "vendor.gitlab-ci",
    "gitlab/example.gitlab-ci.yml": "vendor.gitlab-ci",
}
FOREIGN = {"--depth", "--sshlogin", "--dependency", "--parsable", "--wrap", "--job-name"}
FOREIGN |= {"--array", "--cpus-per-task", "--requeue", "--quiet"}


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_file_keeps_to_the_schema_of_its_server(name: str, tmp_path: Path) -> None:
    words = ["--builtin-schema", SCHEMAS[name]]
    if SCHEMAS[name] == "vendor.gitlab-ci":
        words += ["--data-transform", "gitlab-ci"]
    done = CliRunner().invoke(check_jsonschema, [*words, str(CI / name)])
    assert done.exit_code == 0, done.output
    wrong = tmp_path / "wrong.yml"
    text = (CI / name).read_text()
    wrong.write_text(
        re.sub(r"^(runs|jobs|include|partnerrules):", r"\1: 1\nnot:", text, flags=re.M)
    )
    assert CliRunner().invoke(check_jsonschema, [*words, str(wrong)]).exit_code == 1


def test_every_file_has_a_test() -> None:
    found = {path.relative_to(CI).as_posix() for path in CI.rglob("*") if path.is_file()}
    assert found == {*SCHEMAS, "github/check"}


@pytest.mark.parametrize("path", [*FILES, CI / "github" / "check"], ids=lambda path: path.name)
def test_only_options_that_exist_are_named(path: Path) -> None:
    known = {option for one in (check, merge) for param in one.params for option in param.opts}
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", _commands(path)))
    assert named - FOREIGN - known == set()
    formats = re.findall(r"(?<!seq )(?:-f |--format=)[\"']?([a-z]+)", _commands(path))
    assert set(formats) <= {*FORMATS}


def _commands(path: Path) -> str:
    """Return the text of a file, of scripts without the lines that call git and other programs."""
    lines = path.read_text("utf-8").splitlines()
    return "\n".join(line for line in lines if not re.search(r"\bgit (diff|rev-parse)\b", line))


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="shellcheck is not here")
def test_the_scripts_are_sound() -> None:
    words = ["shellcheck", "-s", "bash", "-"]
    template = yaml.safe_load((CI / "gitlab" / "partnerrules.gitlab-ci.yml").read_text())
    scripts = ["\n".join(job["script"]) for job in template.values() if "script" in job]
    # Variables with several words are meant to be parted there, by bash and by GitLab.
    parted = "\n# shellcheck disable=SC2086,SC2046\ntrue\n"
    texts = [(CI / "github" / "check").read_text()]
    texts += [f"# shellcheck disable=SC2086,SC2046\n{{\n{one}\n}}{parted}" for one in scripts]
    for text in texts:
        done = subprocess.run(words, input=text, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
