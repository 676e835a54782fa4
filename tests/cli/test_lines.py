"""`-f jsonl`: a line for each case, the same for any number of processes and after any fault."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from partnerrules.engine.durable import durable_available
from partnerrules.report.schema import report_schema

ROOT = Path(__file__).parents[2]
CASES = str(ROOT / "cases" / "made-up")
QUIET = ("--unknown", "ignore", "--exit-zero")
LINES = ("-f", "jsonl", *QUIET)
NAMES = "abcdefgh"
ALSO = ["team", "public"]


@pytest.fixture
def eight(write: Any) -> None:
    write(**dict.fromkeys(NAMES, ""))


def parsed(text: str) -> list[dict[str, Any]]:
    assert text.endswith("\n")
    return [json.loads(line) for line in text.splitlines()]


def cases_of(lines: list[dict[str, Any]]) -> list[str]:
    assert [one["line"] for one in lines] == ["head", *["case"] * (len(lines) - 2), "tail"]
    return [case["case"] for one in lines[1:-1] for case in one["cases"]]


def test_the_lines_hold_what_the_report_holds(run: Any) -> None:
    lines = parsed(run("check", CASES, *LINES).stdout)
    report = json.loads(run("check", CASES, "-f", "json", *QUIET).stdout)
    head, *cases, tail = lines
    for name in ("findings", "limits", "not_assessed", "questions", "strengths", "cases"):
        together = [one for line in cases for one in line[name]]
        assert sorted(map(repr, together)) == sorted(map(repr, report[name])), name
    for name in ("audience", "changes", "packs", "parameters", "profile", "schema"):
        assert head[name] == report[name]
    assert tail["engine"].items() <= report["tool"]["engine"].items()
    assert tail["cases"] == len(cases) and tail["errors"] == 0
    validator = Draft202012Validator(report_schema())
    for line in cases:
        whole = {**report, **{key: line[key] for key in line if key != "line"}}
        assert not [*validator.iter_errors(whole)]


@pytest.mark.parametrize(
    "audience", ["partners", *(pytest.param(one, marks=pytest.mark.slow) for one in ALSO)]
)
@pytest.mark.parametrize("form", ["json", "jsonl", "table"])
def test_the_bytes_do_not_depend_on_the_number_of_processes(
    run: Any, form: str, audience: str
) -> None:
    one, two = (
        run("check", CASES, "nothing.yaml", "-f", form, "--audience", audience, "-j", number)
        for number in ("1", "3")
    )
    assert one.returncode == two.returncode == 3
    assert (one.stdout, one.stderr) == (two.stdout, two.stderr)
    assert one.stdout


def test_the_first_line_comes_before_all_cases_are_done(
    eight: None, plant: Any, tmp_path: Path
) -> None:
    body = "    time.sleep(60 * (case.id == 'h'))"
    command = [sys.executable, "-m", "partnerrules", "check", ".", *LINES]
    environment = {"PYTHONPATH": f"{plant(body)}:{ROOT}", "PATH": ""}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        lines = [json.loads(run.stdout.readline()) for _ in range(3)]
        assert [one["line"] for one in lines] == ["head", "case", "case"]
        assert run.poll() is None
        run.kill()


@pytest.mark.parametrize(
    ("engine", "jobs"),
    [("python", "1"), ("python", "2"), *[("durable", "2")] * durable_available()],
)
def test_a_case_without_end_is_an_error_and_all_others_are_done(
    run: Any, eight: None, plant: Any, engine: str, jobs: str
) -> None:
    body = "    while case.id in 'bg': time.sleep(1)"
    words = ("--timeout", "1.5", "--engine", engine, "-j", jobs)
    done = run("check", ".", *LINES, *words, planted=plant(body))
    assert done.returncode == 3
    assert cases_of(parsed(done.stdout)) == [n if n not in "bg" else "" for n in NAMES]
    told = [line for line in done.stderr.splitlines() if "1.5 seconds" in line]
    assert len(told) == 2 and "--timeout" in told[0]


@pytest.mark.skipif(not durable_available(), reason="there is but one engine")
def test_a_case_that_hangs_one_engine_is_evaluated_by_the_other(
    run: Any, eight: None, plant: Any
) -> None:
    body = "    while case.id == 'b' and checker.engine.name == 'durable': time.sleep(1)"
    done = run("check", ".", *LINES, "--timeout", "1", planted=plant(body))
    assert done.returncode == 0, done.stderr
    engines = {
        one["cases"][0]["case"]: one["cases"][0]["engine"] for one in parsed(done.stdout)[1:-1]
    }
    assert engines == {name: "python" if name == "b" else "" for name in NAMES}


@pytest.mark.parametrize("engine", ["python", *["durable"] * durable_available()])
@pytest.mark.parametrize("how", ["SIGKILL", "SIGSEGV", "memory"])
def test_a_case_that_ends_every_process_is_an_error_and_all_others_are_done(
    run: Any, eight: None, plant: Any, how: str, engine: str
) -> None:
    act = "raise MemoryError" if how == "memory" else f"os.kill(os.getpid(), signal.{how})"
    body = f"    if case.id in 'cd':\n        {act}"
    done = run("check", ".", *LINES, "-j", "2", "--engine", engine, planted=plant(body))
    assert done.returncode == 3, done.stderr
    assert cases_of(parsed(done.stdout)) == [n if n not in "cd" else "" for n in NAMES]
    assert done.stderr.count("Its process ended whenever this case was evaluated") == 2


def test_ctrl_c_leaves_no_half_written_file_and_no_process(
    eight: None, plant: Any, tmp_path: Path
) -> None:
    body = "    open(f'pid-{os.getpid()}', 'w').close(); time.sleep(60 * (case.id == 'e'))"
    process = subprocess.Popen(
        [sys.executable, "-m", "partnerrules", "check", ".", "-f", "jsonl:out.jsonl", "-j", "2"],
        cwd=tmp_path,
        env={"PYTHONPATH": f"{plant(body)}:{ROOT}", "PATH": ""},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while len([*tmp_path.glob("pid-*")]) < 2:
        time.sleep(0.05)
    time.sleep(0.5)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert said.splitlines()[-1] == "Interrupted." and "Traceback" not in said
    assert not [*tmp_path.glob("*.jsonl")] and not [*tmp_path.glob(".partnerrules-*")]
    for mark in tmp_path.glob("pid-*"):
        with pytest.raises(ProcessLookupError):
            os.kill(int(mark.name.removeprefix("pid-")), 0)


def test_a_full_disk_is_5_and_leaves_nothing_half_written(run: Any, eight: None) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no full disk to be had")
    done = run("check", ".", "-f", "jsonl:/dev/full", *QUIET)
    assert done.returncode == 5
    assert "No space left on device" in done.stderr
    with Path("/dev/full").open("w") as full:
        done = run("check", ".", *LINES, stdout=full)
    assert done.returncode == 5
    assert "No space left on device" in done.stderr


def test_who_has_read_enough_ends_the_run_without_an_error(
    eight: None, plant: Any, tmp_path: Path
) -> None:
    body = "    open('done', 'a').write(case.id); time.sleep(0.2)"
    command = f"{sys.executable} -m partnerrules check . {' '.join(LINES)} -j 1 | head -n 1"
    done = subprocess.run(
        ["/bin/bash", "-c", f"set -o pipefail; {command}"],
        cwd=tmp_path,
        env={"PYTHONPATH": f"{plant(body)}:{ROOT}", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert len((tmp_path / "done").read_text()) < len(NAMES)


def test_every_case_is_in_one_shard(run: Any, eight: None, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("case: [")
    found: list[str] = []
    for part in range(1, 8):
        done = run("check", ".", "nothing.yaml", *LINES, "--shard", f"{part}/7")
        lines = parsed(done.stdout)
        mine = [case["case"] or case["path"] for one in lines[1:-1] for case in one["cases"]]
        assert done.returncode == (3 if {"broken.yaml", "nothing.yaml"} & {*mine} else 0)
        found += mine
    assert sorted(found) == sorted([*NAMES, "broken.yaml", "nothing.yaml"])
    done = run("check", "a.yaml", *LINES, "--shard", "1/1000")
    assert (done.returncode, cases_of(parsed(done.stdout))) == (0, [])


@pytest.mark.parametrize("said", ["0/2", "3/2", "1", "1/0", "x/2", "1/2/3"])
def test_a_shard_that_is_none_is_2(run: Any, said: str) -> None:
    done = run("check", CASES, "--shard", said)
    assert done.returncode == 2 and "such as 1/4" in done.stderr
