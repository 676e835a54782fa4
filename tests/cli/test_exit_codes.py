"""The exit codes of the contract, each alone and where several apply."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
HEAD = "schema: partnerrules.case/1\ncase: one\nassessed_on: 2026-06-30\n"
HIGH = HEAD + (
    "partnership: {stage: operating, depth: deliver_together}\n"
    "participants: {involvement: not_involved}\n"
)
NOWHERE = "json:no/such/folder/x.json"

CODES: list[tuple[str, str, list[str], int]] = [
    ("an empty case passes", HEAD, [], 0),
    ("a high concern does not pass", HIGH, [], 1),
    ("exit-zero turns 1 into 0", HIGH, ["--exit-zero"], 0),
    ("a gate that asks for nothing passes", HIGH, ["--fail-on", "none"], 0),
    ("a concern that is ignored does not gate", HIGH, ["--ignore", "PTC-01"], 0),
    ("nor does one of an ignored dimension", HIGH, ["--ignore", "participants"], 0),
    ("nor one that was not selected", HIGH, ["--select", "conflict"], 0),
    ("one that is not shown gates all the same", HIGH, ["--min-severity", "high"], 1),
    ("an open question gates where asked to", HEAD, ["--unknown", "fail"], 1),
    ("too little answered gates where asked to", HEAD, ["--min-coverage", "50%"], 1),
    ("also where no level does", HEAD, ["--min-coverage", "0.5", "--fail-on", "none"], 1),
    ("an unknown option", HEAD, ["--nonsense"], 2),
    ("an unknown format", HEAD, ["-f", "nonsense"], 2),
    ("two formats for the screen", HEAD, ["-f", "json", "-f", "table"], 2),
    ("two formats for one file", HEAD, ["-f", "json:x", "-f", "table:./x"], 2),
    ("an unknown rule", HEAD, ["--select", "ABC-01"], 2),
    ("an unknown pack", HEAD, ["-p", "nonsense"], 2),
    ("an unknown parameter", HEAD, ["--param", "core.nonsense=1"], 2),
    ("a parameter without a value", HEAD, ["--param", "core.nonsense"], 2),
    ("an unknown set of questions", HEAD, ["--questions", "nonsense"], 2),
    ("an unknown engine", HEAD, ["--engine", "steam"], 2),
    ("a share above one", HEAD, ["--min-coverage", "120%"], 2),
    ("a result that cannot be written", HEAD, ["-f", NOWHERE], 5),
    ("a key that is not known", HEAD + "agreemnt: {}\n", [], 3),
    ("an empty file", "", [], 3),
    ("a file that is not there", HEAD, ["nothing.yaml"], 3),
    ("a folder without a case, beside one", HEAD, ["empty"], 3),
    ("a pattern that fits nothing, beside one", HEAD, ["no*.yaml"], 3),
    ("2 comes before 5 and 3", "", ["--select", "ABC-01", "-f", NOWHERE], 2),
    ("5 comes before 3", "", ["-f", NOWHERE], 5),
    ("5 comes before 1", HIGH, ["-f", NOWHERE], 5),
    ("3 comes before 1", HIGH, ["nothing.yaml"], 3),
    ("exit-zero leaves 3 as it is", HIGH, ["nothing.yaml", "--exit-zero"], 3),
    ("exit-zero leaves 5 as it is", HIGH, ["-f", NOWHERE, "--exit-zero"], 5),
]


@pytest.mark.parametrize(("words", "text", "options", "code"), CODES, ids=[c[0] for c in CODES])
def test_each_code(
    run: Any, tmp_path: Path, words: str, text: str, options: list[str], code: int
) -> None:
    (tmp_path / "case.yaml").write_text(text)
    (tmp_path / "empty").mkdir()
    done = run("check", "case.yaml", *options)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert bool(done.stderr.strip()) == (code not in (0,) or "Open:" in done.stderr)


@pytest.mark.parametrize("names", [["empty"], ["empty", "."], ["no*.yaml"], ["pack"]])
def test_no_case_at_all_is_4(run: Any, tmp_path: Path, names: list[str]) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "pack" / "conflict").mkdir(parents=True)
    (tmp_path / "pack" / "pack.yaml").write_text("schema: partnerrules.pack/1\n")
    (tmp_path / "pack" / "conflict" / "CON-01.yaml").write_text("id: CON-01\n")
    done = run("check", *names)
    assert done.returncode == 4
    assert "There is no case" in done.stderr or "No file fits" in done.stderr


def test_5_comes_before_4(run: Any, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run("check", "empty", "-f", NOWHERE).returncode == 5


@pytest.mark.parametrize("number", [1, 3])
def test_an_internal_error_is_70_also_from_another_process(
    run: Any, write: Any, plant: Any, number: int
) -> None:
    write(**dict.fromkeys("abc"[:number], ""))
    planted = plant("    raise ValueError('planted \\x1b[31m')")
    # With a file that cannot be read and a result that cannot be written: 70 comes first.
    done = run("check", ".", "nothing.yaml", "-f", NOWHERE, planted=planted)
    assert done.returncode == 70
    [line] = done.stderr.strip().splitlines()
    assert "ValueError: planted \\x1b[31m" in line and "report it" in line
    traced = run("check", ".", "--debug", planted=planted)
    assert traced.returncode == 70
    assert "sitecustomize.py" in traced.stderr


def test_a_full_disk_is_5(run: Any, tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no device that is always full")
    (tmp_path / "case.yaml").write_text(HIGH)
    with Path("/dev/full").open("w") as full:
        for words in (["check", "case.yaml"], ["rules", "list"], ["schema", "report"], ["--help"]):
            done = run(*words, stdout=full)
            assert done.returncode == 5, words
            assert "could not be written" in done.stderr
            assert "Traceback" not in done.stderr and "Exception ignored" not in done.stderr
    done = run("check", "case.yaml", "-f", "json:/dev/full")
    assert done.returncode == 5


def test_a_file_is_written_whole_or_not_at_all(run: Any, tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(HIGH)
    (tmp_path / "old.json").write_text("old")
    (tmp_path / "folder").mkdir()
    done = run("check", "case.yaml", "-f", "json:folder", "-f", "json:old.json", "-f", "table")
    assert done.returncode == 5
    assert (tmp_path / "old.json").read_text().startswith("{")
    assert done.stdout.startswith("This looks at")
    assert not list(tmp_path.glob("**/.partnerrules-*"))


@pytest.mark.parametrize(("text", "code"), [(HEAD, 0), (HIGH, 1)])
def test_a_closed_pipe_is_no_error(tmp_path: Path, text: str, code: int) -> None:
    (tmp_path / "case.yaml").write_text(text)
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "partnerrules", "check", "case.yaml", "--unknown", "ignore"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert done.returncode == code
    assert "Broken" not in done.stderr and "Exception" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="closes streams as a shell does")
def test_streams_closed_before_the_start_are_no_error(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(HIGH)
    command = f"{sys.executable} -m partnerrules check case.yaml -f json:out.json -f table <&- "
    for closed in (">&- 2>&-", ">&-", "2>&-"):
        done = subprocess.run(
            ["/bin/sh", "-c", command + closed],
            cwd=tmp_path,
            env={"PYTHONPATH": str(ROOT), "PATH": ""},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1, done.stderr
        assert "Error" not in done.stderr and "error" not in done.stderr
        assert (tmp_path / "out.json").read_text().startswith("{")


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no process groups")
@pytest.mark.parametrize("whole_group", [True, False], ids=["Ctrl-C", "only the first process"])
@pytest.mark.parametrize("engine", ["auto", "python"])
def test_an_interruption_is_130_and_leaves_no_worker(
    tmp_path: Path, write: Any, plant: Any, whole_group: bool, engine: str
) -> None:
    write(a="", b="")
    mark = tmp_path / "started"
    planted = plant(
        f"    path = {str(mark)!r}\n"
        "    with open(path + '.new', 'w') as file:\n        file.write(str(os.getpid()))\n"
        "    os.replace(path + '.new', path)\n    time.sleep(100)"
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "partnerrules", "check", ".", "nothing.yaml", "--engine", engine],
        cwd=tmp_path,
        env={"PYTHONPATH": f"{planted}:{ROOT}", "PATH": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Where the tests run in the background, what they start would not hear it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    _wait_for(mark.exists)
    (os.killpg if whole_group else os.kill)(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert said.strip() == "Interrupted."
    _wait_for(lambda: not _lives(int(mark.read_text())))


def _wait_for(what: Any) -> None:
    for _ in range(600):
        if what():
            return
        time.sleep(0.1)
    raise AssertionError("nothing came of it in a minute")


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_table_of_the_readme_is_what_is_tested_here() -> None:
    rows = re.findall(r"^\| (\d+) \|", (ROOT / "README.md").read_text("utf-8"), re.M)
    tested = {row[3] for row in CODES} | {4, 70, 130}
    assert {int(row) for row in rows} == tested
