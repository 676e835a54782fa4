"""Bad input of each kind: one clear error with its place, and the other cases are evaluated."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

QUIET = ["-f", "json", "--unknown", "ignore", "--engine", "python"]
HEAD = "schema: partnerrules.case/1\ncase: one\nassessed_on: 2026-06-30\n"
BOMB = "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10) if n else 'lol'}]\n" for n in range(12)
)

BAD: list[tuple[str, str | bytes, str, str]] = [
    ("an empty file", "", "holds nothing", ""),
    ("only comments", "# nothing yet\n", "holds nothing", ""),
    ("invalid UTF-8", HEAD.encode() + b"partnership: {name: caf\xe9}\n", "UTF-8", "4"),
    ("UTF-16", HEAD.encode("utf-16"), "UTF-16", ""),
    ("a billion laughs", HEAD + BOMB, "alias", ""),
    ("10,000 levels deep", HEAD + "purpose: " + "[" * 10_000, "deep", "4"),
    (
        "10,000 levels deep, by indentation",
        "".join(" " * n + "a:\n" for n in range(2_000)),
        "deep",
        "",
    ),
    ("a key twice", HEAD + "purpose: {}\npurpose: {}\n", "purpose", "5"),
    ("a key that is not known", HEAD + "agreemnt: {}\n", '"agreement"', "4"),
    ("a fact that is not known", HEAD + "agreement:\n  frm: verbal\n", '"form"', "5"),
    ("a word that is no choice", HEAD + "agreement: {form: verbl}\n", '"verbal"', "4"),
    ("a list where a word belongs", HEAD + "agreement: {form: [verbal]}\n", "agreement.form", "4"),
    ("a word where a number belongs", HEAD + "support: {days_per_month: many}\n", "number", "4"),
    ("a text where a block belongs", HEAD + "agreement: yes\n", "agreement", "4"),
    ("a number where a text belongs", HEAD.replace("one", "[1]"), "case", "2"),
    ("NaN", HEAD + "support: {days_per_month: .nan}\n", "number", "4"),
    ("infinity", HEAD + "support: {days_per_month: .inf}\n", "number", "4"),
    ("31 February", HEAD + "partnership: {started_on: 2026-02-31}\n", "not a date", "4"),
    ("a share of 1.2", HEAD + "governance: {largest_vote_share: 1.2}\n", "outside", "4"),
    (
        "a range upside down",
        HEAD + "support: {days_per_month: {at_least: 5, at_most: 2}}\n",
        "upside down",
        "4",
    ),
    ("a partner id used twice", HEAD + "partners: [{id: a}, {id: A}]\n", "used twice", "4"),
    ("a partner that is not there", HEAD + "purpose: {confirmed_by: [b]}\n", "not among", "4"),
    ("no YAML at all", HEAD + "agreement: {form: verbal\n", "", "5"),
    ("binary", bytes(range(256)), "", ""),
]


@pytest.mark.parametrize(("words", "text", "said", "line"), BAD, ids=[row[0] for row in BAD])
def test_bad_input_is_named_and_the_other_cases_are_evaluated(
    run: Any, write: Any, tmp_path: Path, words: str, text: str | bytes, said: str, line: str
) -> None:
    data = text.encode() if isinstance(text, str) else text
    (tmp_path / "case.yaml").write_bytes(data)
    write(good="")
    done = run("check", "case.yaml", "good.yaml", *QUIET)
    _one_clear_error(done, said, f"case.yaml:{line}")


def _one_clear_error(done: Any, said: str, place: str, path: str = "case.yaml") -> None:
    assert done.returncode == 3, done.stderr
    assert said in done.stderr
    assert done.stderr.startswith(place)
    assert "Traceback" not in done.stderr and "Internal" not in done.stderr
    report = json.loads(done.stdout)
    assert {one["path"]: one["status"] for one in report["cases"]} == {
        path: "error",
        "good.yaml": "evaluated",
    }
    assert {error["path"] for error in report["errors"]} == {path}
    assert len(done.stderr.splitlines()) == len(report["errors"]) == 1


def test_200_megabytes(run: Any, write: Any, tmp_path: Path) -> None:
    with (tmp_path / "case.yaml").open("wb") as file:
        file.write(HEAD.encode())
        file.truncate(200 * 1024 * 1024)
    write(good="")
    done = run("check", "case.yaml", "good.yaml", *QUIET)
    _one_clear_error(done, "larger than", "case.yaml:")


@pytest.mark.parametrize(
    "kind", ["no such file", "a folder called like a case", "a circle of links"]
)
def test_what_is_no_file(run: Any, write: Any, tmp_path: Path, kind: str) -> None:
    write(good="")
    if kind.startswith("a folder"):
        (tmp_path / "case.yaml").mkdir()
    elif kind.startswith("a circle"):
        (tmp_path / "case.yaml").symlink_to("case.yaml")
    done = run("check", "case.yaml", "good.yaml", *QUIET)
    _one_clear_error(done, "", "case.yaml:")


def test_case_ids_that_differ_by_case_alone_are_an_error(
    run: Any, write: Any, tmp_path: Path
) -> None:
    (tmp_path / "a.yaml").write_text(HEAD.replace("one", "Alpha"))
    (tmp_path / "b.yaml").write_text(HEAD.replace("one", "alpha"))
    done = run("check", str(tmp_path), "--exit-zero")
    assert done.returncode == 3
    assert "a.yaml" in done.stderr
    assert "b.yaml" in done.stderr


def test_one_case_id_in_two_files_stands_in_the_first_and_is_an_error_in_the_second(
    run: Any, write: Any, tmp_path: Path
) -> None:
    write(good="")
    for name in ("b.yaml", "a.yaml"):
        (tmp_path / name).write_text(HEAD)
    done = run("check", "b.yaml", "a.yaml", "good.yaml", *QUIET)
    assert done.returncode == 3
    [told] = done.stderr.splitlines()
    assert told.startswith("b.yaml: ") and "a.yaml" in told
    found = [(one["path"], one["status"]) for one in json.loads(done.stdout)["cases"]]
    assert sorted(found) == [
        ("a.yaml", "evaluated"),
        ("b.yaml", "error"),
        ("good.yaml", "evaluated"),
    ]


STEER = "\x1b[31m\x07\x9b2J\u202e"


@pytest.mark.parametrize("form", ["table", "json"])
def test_control_characters_in_names_are_shown_and_never_obeyed(
    run: Any, tmp_path: Path, form: str
) -> None:
    name = json.dumps(f"River{STEER}")
    (tmp_path / "case.yaml").write_text(HEAD + f"partnership: {{name: {name}}}\n")
    done = run("check", "case.yaml", "-f", form)
    assert done.returncode == 0, done.stderr
    assert not set(STEER[0] + STEER[5:7] + STEER[-1]) & set(done.stdout + done.stderr)
    shown = json.loads(done.stdout)["cases"][0]["name"] if form == "json" else done.stdout
    assert f"River{STEER}" in shown or "River\\x1b[31m" in shown


@pytest.mark.parametrize(
    "text", [HEAD + f'"agreement{STEER}": {{}}\n', HEAD + f'agreement: {{form: "verbal{STEER}"}}\n']
)
def test_control_characters_in_errors_are_shown_and_never_obeyed(
    run: Any, tmp_path: Path, text: str
) -> None:
    (tmp_path / "case.yaml").write_text(text.replace("\x1b", "\\e").replace("\x07", "\\a"))
    done = run("check", "case.yaml")
    assert done.returncode == 3
    assert not set("\x1b\x07\x9b\u202e") & set(done.stdout + done.stderr)


def test_in_a_folder_only_what_can_be_a_case_is_read(run: Any, write: Any, tmp_path: Path) -> None:
    write(good="")
    pack = tmp_path / "my-pack" / "conflict"
    pack.mkdir(parents=True)
    (tmp_path / "my-pack" / "pack.yaml").write_text("schema: partnerrules.pack/1\n")
    (pack / "CON-01.yaml").write_text("id: CON-01\n")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "old.yaml").write_text("nonsense: yes\n")
    (tmp_path / "waivers.yml").write_text("schema: partnerrules.waivers/1\n")
    report = {"cases": ["x" * 200_000], "schema": "partnerrules.report/1"}
    (tmp_path / "report.json").write_text(json.dumps(report, indent=2))
    (tmp_path / "notes.txt").write_text("not a case")
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "two.yml").write_text(HEAD.replace("one", "two"))
    (tmp_path / "deeper" / "three.json").write_text(
        '{"schema": "partnerrules.case/1", "case": "three", "assessed_on": "2026-06-30"}'
    )
    done = run("check", ".", "-f", "json")
    assert done.returncode == 0, done.stderr
    cases = [one["case"] for one in json.loads(done.stdout)["cases"]]
    assert cases == ["good", "three", "two"]


def test_a_file_named_twice_is_read_once(run: Any, write: Any, tmp_path: Path) -> None:
    write(good="")
    done = run("check", "good.yaml", ".", "./good.yaml", "*.yaml", "-f", "json")
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["cases"]) == 1


def test_the_order_of_the_files_changes_nothing(run: Any, write: Any, tmp_path: Path) -> None:
    write(a="conflict: {procedure: none}\n", b="")
    (tmp_path / "bad.yaml").write_text(HEAD + "agreemnt: {}\npurpos: {}\n")
    (tmp_path / "worse.yaml").write_text("")
    names = ["a.yaml", "b.yaml", "worse.yaml", "bad.yaml", "nothing.yaml"]
    first = run("check", *names, "-f", "json")
    second = run("check", *reversed(names), "-f", "json")
    assert first.returncode == second.returncode == 3
    assert first.stdout == second.stdout
    assert first.stderr == second.stderr
