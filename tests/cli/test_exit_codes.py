"""The exit codes of the contract, and one clear error for each kind of bad input."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAD = "schema: partnerrules.case/1\ncase: one\nassessed_on: 2026-06-30\n"
HIGH = HEAD + (
    "partnership: {stage: operating, depth: deliver_together}\n"
    "participants: {involvement: not_involved}\n"
)


def run(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "partnerrules", *words]
    return subprocess.run(
        command,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "PYTHONIOENCODING": "utf-8"},
    )


CODES = [
    ("a healthy case passes", HEAD, [], 0),
    ("a high concern does not pass", HIGH, [], 1),
    ("exit-zero turns 1 into 0", HIGH, ["--exit-zero"], 0),
    ("a gate that asks for nothing passes", HIGH, ["--fail-on", "none"], 0),
    ("a concern that is ignored does not gate", HIGH, ["--ignore", "PTC-01"], 0),
    ("an open question gates where asked to", HEAD, ["--unknown", "fail"], 1),
    ("an unknown option", HEAD, ["--nonsense"], 2),
    ("an unknown format", HEAD, ["-f", "nonsense"], 2),
    ("an unknown rule", HEAD, ["--select", "ABC-01"], 2),
    ("an unknown pack", HEAD, ["-p", "nonsense"], 2),
    ("an unknown parameter", HEAD, ["--param", "core.nonsense=1"], 2),
    ("a result that cannot be written", HEAD, ["-f", "json:no/such/folder/x.json"], 5),
    ("an unknown key", HEAD + "agreemnt: {}\n", [], 3),
    ("an empty file", "", [], 3),
]


@pytest.mark.parametrize(("words", "text", "options", "code"), CODES, ids=[c[0] for c in CODES])
def test_exit_codes(tmp_path: Path, words: str, text: str, options: list[str], code: int) -> None:
    (tmp_path / "case.yaml").write_text(text)
    done = run("check", "case.yaml", *options, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr


BAD = [
    ("duplicate keys", HEAD + "purpose: {}\npurpose: {}\n", "purpose"),
    ("the nearest key is named", HEAD + "agreemnt: {}\n", '"agreement"'),
    ("a word that is no choice", HEAD + "agreement: {form: verbl}\n", '"verbal"'),
    ("31 February", HEAD + "partnership: {started_on: 2026-02-31}\n", "not a date"),
    ("a share of 1.2", HEAD + "governance: {largest_vote_share: 1.2}\n", "outside"),
    ("NaN", HEAD + "support: {days_per_month: .nan}\n", "case.yaml:4"),
    (
        "a range upside down",
        HEAD + "support: {days_per_month: {at_least: 5, at_most: 2}}\n",
        "upside down",
    ),
    ("an id twice", HEAD + "partners: [{id: a}, {id: A}]\n", "used twice"),
    ("an id that is not there", HEAD + "purpose: {confirmed_by: [b]}\n", "not among"),
]


@pytest.mark.parametrize(("words", "text", "said"), BAD, ids=[row[0] for row in BAD])
def test_bad_input_is_named_and_the_other_cases_are_evaluated(
    tmp_path: Path, words: str, text: str, said: str
) -> None:
    (tmp_path / "case.yaml").write_text(text)
    (tmp_path / "good.yaml").write_text(HEAD.replace("one", "two"))
    done = run("check", "case.yaml", "good.yaml", "-f", "json", cwd=tmp_path)
    assert done.returncode == 3
    assert said in done.stderr and "case.yaml" in done.stderr
    data = json.loads(done.stdout)
    assert {one["case"]: one["status"] for one in data["cases"]} == {
        "": "error",
        "two": "evaluated",
    }


def test_no_such_file_and_a_folder_without_cases(tmp_path: Path) -> None:
    assert run("check", "nothing.yaml", cwd=tmp_path).returncode == 3
    (tmp_path / "empty").mkdir()
    assert run("check", "empty", cwd=tmp_path).returncode == 4


def test_one_case_id_in_two_files(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HEAD)
    (tmp_path / "b.yaml").write_text(HEAD)
    done = run("check", ".", cwd=tmp_path)
    assert done.returncode == 3 and "stands in" in done.stderr


def test_two_runs_and_two_orders_give_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HIGH)
    (tmp_path / "b.yaml").write_text(HIGH.replace("one", "two"))
    first = run("check", "a.yaml", "b.yaml", "-f", "json", cwd=tmp_path).stdout
    second = run("check", "b.yaml", "a.yaml", "-f", "json", cwd=tmp_path).stdout
    assert first == second and len(json.loads(first)["cases"]) == 2


def test_the_examples_of_our_packs_come_out_as_they_say(tmp_path: Path) -> None:
    assert run("packs", "test", cwd=tmp_path).returncode == 0
    assert run("packs", "lint", cwd=tmp_path).returncode == 0
