"""A run that was cut off goes on from its journal, and no case is done twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

QUIET = ("--unknown", "ignore", "--exit-zero")
LINES = ("-f", "jsonl", *QUIET)
NOTE = "    open('done', 'a').write(case.id)\n"
DIE = """\
    if case.id == 'd' and not os.path.exists('calm'):
        while open('run.journal').read().count('\\n') < 3:
            time.sleep(0.01)
        os.kill(os.getppid(), signal.SIGKILL)
"""


@pytest.fixture
def cut_off(run: Any, write: Any, plant: Any, tmp_path: Path) -> Path:
    """Kill a run, the process that writes, while it is at its fourth case of six."""
    write(**dict.fromkeys("abcdef", ""))
    done = run(
        "check", ".", *LINES, "-j", "2", "--resume", "run.journal", planted=plant(NOTE + DIE)
    )
    assert done.returncode == -9
    (tmp_path / "calm").touch()
    return tmp_path / "run.journal"


def test_what_was_done_is_not_done_again_and_the_result_is_the_same(
    run: Any, plant: Any, cut_off: Path, tmp_path: Path
) -> None:
    whole = run("check", ".", *LINES)
    before = (tmp_path / "done").read_text()
    noted = [json.loads(line)["case"] for line in cut_off.read_text().splitlines()[1:]]
    assert noted and set(noted) < set("abcdef")
    done = run("check", ".", *LINES, "--resume", "run.journal", planted=plant(NOTE))
    assert (done.returncode, done.stdout) == (0, whole.stdout)
    again = (tmp_path / "done").read_text().removeprefix(before)
    assert sorted([*again, *noted]) == list("abcdef")
    assert not cut_off.exists()


def test_a_torn_last_line_is_dropped_and_its_case_done_again(
    run: Any, plant: Any, cut_off: Path, tmp_path: Path
) -> None:
    *lines, last = cut_off.read_bytes().splitlines(keepends=True)
    cut_off.write_bytes(b"".join(lines) + last[: len(last) // 2])
    torn = json.loads(last)["case"]
    (tmp_path / "done").unlink()
    done = run("check", ".", *LINES, "--resume", "run.journal", planted=plant(NOTE))
    assert done.stdout == run("check", ".", *LINES).stdout
    assert torn in (tmp_path / "done").read_text()


def test_a_case_that_was_changed_since_is_done_again(
    run: Any, write: Any, plant: Any, cut_off: Path, tmp_path: Path
) -> None:
    (tmp_path / "done").unlink()
    write(a="exit: {plan: none}\n")
    done = run("check", ".", *LINES, "--resume", "run.journal", planted=plant(NOTE))
    assert done.stdout == run("check", ".", *LINES).stdout
    assert "a" in (tmp_path / "done").read_text()


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("-p", "core"), "packs"),
        (("--param", "core.many_partners=9"), "parameters"),
        (("--audience", "team"), "audience"),
        (("--fail-on", "low"), "gate"),
        (("--select", "CON-01"), "rules"),
        (("--min-severity", "high"), "level"),
        (("--engine", "python"), "tool"),
        (("--shard", "1/2"), "shard"),
        (("--questions", "first-look"), "questions_set"),
        (("--profile", "local"), "profile"),
    ],
)
def test_other_settings_are_refused(
    run: Any, cut_off: Path, words: tuple[str, ...], named: str
) -> None:
    before = cut_off.read_bytes()
    done = run("check", ".", *LINES, *words, "--resume", "run.journal")
    assert (done.returncode, done.stdout) == (2, "")
    assert "other settings" in done.stderr and named in done.stderr.partition("(")[2]
    assert cut_off.read_bytes() == before


def test_what_is_no_journal_is_left_alone(run: Any, write: Any, tmp_path: Path) -> None:
    write(a="")
    (tmp_path / "notes.txt").write_text("mine\n")
    done = run("check", ".", *LINES, "--resume", "notes.txt")
    assert done.returncode == 2 and "no journal" in done.stderr
    assert (tmp_path / "notes.txt").read_text() == "mine\n"
    done = run("check", ".", *LINES, "--resume", "missing/run.journal")
    assert done.returncode == 2 and "No such file" in done.stderr
    done = run("check", ".", "--resume", "run.journal")
    assert done.returncode == 2 and "-f jsonl" in done.stderr
