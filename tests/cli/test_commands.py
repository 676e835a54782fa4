"""Help in plain words, a quick start, and what the small commands say."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from partnerrules.cli.commands import COMMANDS
from partnerrules.engine.durable import durable_available

ROOT = Path(__file__).parents[2]
HEAVY = {"pydantic", "yaml", "tabulate", "durable", "durable_rules_engine", "multiprocessing"}


@pytest.mark.parametrize(
    "words", [["--help"], ["--version"], ["check", "--help"], ["explain", "-h"]]
)
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "partnerrules", *words],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    loaded = {
        line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()
    }
    assert "click" in loaded
    assert loaded & HEAVY == set()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_in_plain_words(run: Any, name: str) -> None:
    done = run(name, "--help")
    assert done.returncode == 0, done.stderr
    text = " ".join(done.stdout.split())
    assert f"partnerrules {name}" in text
    assert name in run("--help").stdout
    for word in ("proof", "token", "certain", "fixpoint", "stratum", "severity of"):
        assert word not in text.lower()


def test_every_option_of_check_says_what_it_does(run: Any) -> None:
    from partnerrules.cli.check import command

    assert [
        one.name for one in command.params if not getattr(one, "help", "") and one.opts[0][0] == "-"
    ] == []


def test_an_unknown_command_is_2_and_no_command_shows_help(run: Any) -> None:
    assert run("chekc").returncode == 2
    done = run()
    assert done.returncode == 2 and "check" in done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_for_each_shell(run: Any, shell: str) -> None:
    done = run("completion", shell)
    assert done.returncode == 0, done.stderr
    assert f"_PARTNERRULES_COMPLETE={shell}_complete" in done.stdout


@pytest.mark.parametrize(
    ("words", "wanted"), [("partnerrules ch", "check"), ("partnerrules check --fail", "--fail-on")]
)
def test_a_shell_is_told_what_could_come_next(run: Any, words: str, wanted: str) -> None:
    env = {
        "_PARTNERRULES_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
    }
    done = run(env=env)
    assert done.returncode == 0, done.stderr
    assert f"plain,{wanted}" in done.stdout


def test_doctor_says_what_is_there_and_where_from(run: Any) -> None:
    done = run("doctor")
    assert done.returncode == 0
    for word in ("Python 3.", "pydantic: ", "PyYAML: ", "pack core ", str(ROOT / "rules" / "core")):
        assert word in done.stdout
    assert f"engine: {'durable' if durable_available() else 'python'}, since" in done.stdout


def test_doctor_says_so_where_durable_rules_is_missing(run: Any, tmp_path: Path) -> None:
    planted = tmp_path / "planted"
    planted.mkdir()
    (planted / "durable_rules_engine.py").write_text("raise ImportError('not here')\n")
    assert "engine: python, since" in run("doctor", planted=planted).stdout


def test_schemas_are_json(run: Any) -> None:
    assert json.loads(run("schema", "report").stdout)["title"] == "partnerrules report"


@pytest.mark.parametrize(
    ("word", "said"),
    [("chek", 'There is no command "chek". Did you mean "check"?'), ("xyz", 'no command "xyz".')],
)
def test_a_slip_in_a_command_is_answered_with_the_nearest(run: Any, word: str, said: str) -> None:
    done = run(word)
    assert done.returncode == 2 and said in " ".join(done.stderr.split())
