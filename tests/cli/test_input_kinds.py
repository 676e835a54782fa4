"""Cases that come in on stdin, on the lines of a file, or packed."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
RIVER = ROOT / "cases/made-up/river-alliance.yaml"
CHECK = ["-f", "json", "--exit-zero", "--unknown", "ignore"]


def line(case: str, **more: Any) -> str:
    head = {"schema": "partnerrules.case/1", "case": case, "assessed_on": "2026-06-30"}
    return json.dumps({**head, **more})


def _report(done: Any) -> Any:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_case_that_comes_in_is_shown_as_a_dash(run: Any) -> None:
    told = _report(run("check", str(RIVER), *CHECK))
    report = _report(run("check", "-", *CHECK, input=RIVER.read_text("utf-8")))
    assert [one["path"] for one in report["cases"]] == ["-"]
    assert json.dumps(report) == json.dumps(told).replace(RIVER.name, "-")


def test_many_cases_come_in_beside_those_of_files(run: Any, write: Any) -> None:
    write(c="")
    done = run("check", "-", "c.yaml", "-", *CHECK, input=f"{line('b')}\n{line('a')}\n")
    cases = [(one["case"], one["path"]) for one in _report(done)["cases"]]
    assert cases == [("a", "-"), ("b", "-"), ("c", "c.yaml")]


def test_nothing_that_comes_in_is_3(run: Any) -> None:
    done = run("check", "-", input="")
    assert done.returncode == 3
    assert done.stderr.startswith("-:1:1: The file holds nothing")


def test_explain_reads_what_comes_in(run: Any) -> None:
    done = run("explain", "-", "TRA-01", "hills", input=RIVER.read_text("utf-8"))
    assert done.returncode == 0, done.stderr
    assert "act now (high) follows from the answers" in done.stdout and "[-:7]" in done.stdout


def test_the_lines_of_a_file_are_cases_with_places_of_their_own(run: Any, tmp_path: Path) -> None:
    text = [
        line("b", conflict={"procedure": "none"}),
        "",
        line("bad", agreemnt={}),
        '{"case" 1}',
        line("a"),
        line("B"),
    ]
    (tmp_path / "all.jsonl").write_text("\n".join(text))
    done = run("check", "all.jsonl", *CHECK)
    assert done.returncode == 3
    report = json.loads(done.stdout)
    cases = [(one["case"], one["status"]) for one in report["cases"]]
    assert cases == [*[("", "error")] * 3, ("a", "evaluated"), ("b", "evaluated")]
    assert {one["path"] for one in report["cases"]} == {"all.jsonl"}
    assert [line.split(" ")[0] for line in done.stderr.splitlines()] == [
        f"all.jsonl:3:{text[2].index('agreemnt')}:",
        "all.jsonl:4:9:",
        "all.jsonl:6:",
    ]
    assert "stands in all.jsonl:1 too" in done.stderr
    (tmp_path / "all.jsonl").write_text("\n".join([text[4], text[0]]))
    report = _report(run("check", "all.jsonl", *CHECK))
    (found,) = [o for o in report["findings"] if (o["rule"], o["case"]) == ("CON-01", "b")]
    assert found["location"]["line"] == 2
    assert found["location"]["column"] == text[0].index('"none"') + 1


@pytest.mark.parametrize("name", ["case.yaml.gz", "case.json.gz", "case.jsonl.gz"])
def test_what_is_packed_is_read_and_a_bomb_ends_in_the_error_of_its_size(
    run: Any, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(gzip.compress(line("one").encode()))
    assert [one["path"] for one in _report(run("check", ".", *CHECK))["cases"]] == [name]
    (tmp_path / name).write_bytes(gzip.compress(b" " * 100_000_000))
    done = run("check", name)
    assert done.returncode == 3
    assert done.stderr.startswith(f"{name}: The file is larger than")


def test_what_comes_in_may_be_packed(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "partnerrules", "check", "-", *CHECK],
        input=gzip.compress(line("one").encode()),
        capture_output=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["cases"][0]["case"] == "one"


def test_a_stray_file_in_a_folder_is_one_error_that_names_the_ignore_file(
    run: Any, write: Any, tmp_path: Path
) -> None:
    write(good="")
    (tmp_path / "package.json").write_text('{"name": "x", "version": "1", "private": true}')
    done = run("check", ".", *CHECK)
    assert done.returncode == 3
    (told,) = done.stderr.splitlines()
    assert told.startswith("package.json: ") and ".partnerrulesignore" in told
    (tmp_path / ".partnerrulesignore").write_text("/*.json\n")
    assert [one["case"] for one in _report(run("check", ".", *CHECK))["cases"]] == ["good"]


def test_only_a_stray_file_in_a_folder_is_3(run: Any, tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text("{}")
    assert run("check", ".").returncode == 3


SEVERAL = """\
# The cases of one programme.
%YAML 1.2
---
schema: partnerrules.case/1
case: b
assessed_on: 2026-06-30
conflict: {procedure: none}
---
# Nothing yet.
---
case: [
--- {schema: partnerrules.case/1, case: a, assessed_on: 2026-06-30, exit: {plan: none}}
...
---
schema: partnerrules.case/1
case: B
assessed_on: 2026-06-30
partnership:
  name: |
    --- no marker: it does not stand at the start of the line
"""


@pytest.mark.parametrize("name", ["all.yaml", "all.yaml.gz"])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_yaml_file_may_hold_several_cases(run: Any, tmp_path: Path, name: str, jobs: str) -> None:
    data = SEVERAL.encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    done = run("check", ".", *CHECK, "-j", jobs)
    assert done.returncode == 3
    report = json.loads(done.stdout)
    cases = [(one["case"], one["line"]) for one in report["cases"]]
    assert cases == [("", 10), ("", 14), ("a", 12), ("b", 3)]
    first, second = done.stderr.splitlines()
    assert first.startswith(f"{name}:12:1: ") and second.startswith(f"{name}:14: ")
    assert f"stands in {name}:3 too" in second
    places = {
        (one["case"], one["location"]["line"])
        for one in report["findings"]
        if one["rule"] in ("CON-01", "EXT-02") and one["outcome"] == "concern"
    }
    assert {("b", 7)} <= places


def test_a_yaml_file_with_one_case_says_itself_what_is_wrong(run: Any, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("---\ncase: [\n")
    done = run("check", "a.yaml", *CHECK)
    assert done.returncode == 3 and done.stderr.startswith("a.yaml:3:1: ")


@pytest.mark.parametrize("name", ["in/river.yaml", "river.yml", "in/river.yaml.gz", "RIVER.YAML"])
def test_a_case_that_comes_in_with_a_name_is_told_under_it(run: Any, name: str) -> None:
    told = _report(run("check", str(RIVER), *CHECK))
    words = ["check", "-", "--stdin-filename", name, *CHECK]
    report = _report(run(*words, input=RIVER.read_text("utf-8")))
    assert json.dumps(report) == json.dumps(told).replace(RIVER.name, name)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.json", "case: a", "a.json:1:1: "),
        ("a.json", f"{line('a')}\n{line('b')}", "a.json:2:1: The file goes on after its value"),
        ("a.jsonl", f"{line('a', agreemnt={})}\n", "a.jsonl:1:77: agreemnt: "),
        ("b/a.yaml", "case: [\n", "b/a.yaml:2:1: "),
        ("b/a.yaml", "", "b/a.yaml:1:1: The file holds nothing"),
        ("a.jsonl", "", "a.jsonl:1:1: No line of the file holds anything"),
    ],
)
def test_the_name_tells_the_format_and_stands_in_every_error(
    run: Any, name: str, text: str, said: str
) -> None:
    done = run("check", "-", "--stdin-filename", name, *CHECK, input=text)
    assert done.returncode == 3
    assert done.stderr.startswith(said)
    assert {one["path"] for one in json.loads(done.stdout)["cases"]} == {name}


@pytest.mark.parametrize("command", [["check"], ["explain", "-", "TRA-01"]])
@pytest.mark.parametrize(
    ("name", "said"),
    [("notes.txt", "--stdin-filename notes.txt: the name does not tell the format"), ("a.gz", "")],
)
def test_a_name_that_tells_no_format_or_belongs_to_nothing_is_2(
    run: Any, command: list[str], name: str, said: str
) -> None:
    words = [*command, *(["-"] if command == ["check"] else [])]
    done = run(*words, "--stdin-filename", name, input="")
    assert done.returncode == 2 and said in " ".join(done.stderr.split())
    words = ["x.yaml" if word == "-" else word for word in words]
    done = run(*words, "--stdin-filename", "a.yaml")
    assert done.returncode == 2 and "give - as a case too" in done.stderr


def test_explain_tells_what_comes_in_under_its_name(run: Any) -> None:
    words = ["explain", "-", "TRA-01", "hills", "--stdin-filename", "in/r.yaml"]
    done = run(*words, input=RIVER.read_text("utf-8"))
    assert done.returncode == 0, done.stderr
    assert "[in/r.yaml:7]" in done.stdout or "[r.yaml:7]" in done.stdout


def test_several_documents_come_in_and_stand_where_their_name_belongs(run: Any, write: Any) -> None:
    write(a="", c="")
    text = SEVERAL.replace("---\ncase: [\n", "")
    for words, name in (([], "-"), (["--stdin-filename", "b.yaml"], "b.yaml")):
        done = run("check", "c.yaml", "-", "a.yaml", *words, *QUIET, input=text)
        assert done.returncode == 3, done.stderr
        found = [json.loads(one) for one in done.stdout.splitlines()[1:-1]]
        paths = [one["cases"][0]["path"] for one in found]
        assert paths == sorted(["a.yaml", *[name] * 3, "c.yaml"])
        assert f"{name}:" in done.stderr and "is used twice" not in done.stderr


QUIET = ["-f", "jsonl", "--exit-zero", "--unknown", "ignore"]
