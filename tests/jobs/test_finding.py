"""What stands behind the names of files, patterns and folders."""

from __future__ import annotations

import gzip
import json
import os
import re
from pathlib import Path

import pytest

import partnerrules
from partnerrules.cases import load_case
from partnerrules.documents import Text
from partnerrules.documents.kinds import SCHEMAS
from partnerrules.errors import CaseError
from partnerrules.jobs.finding import find_cases, look_for

CASE = '{"schema": "partnerrules.case/1", "case": "one", "assessed_on": "2026-06-30"}'
OTHER = '{"schema": "partnerrules.report/1"}'
LATE = '{"cases": ["' + "x" * 200_000 + '"], "schema": "partnerrules.report/1"}'

DISGUISED = """\
"schema": "partnerrules\\x2ecase/1"
case: a
assessed_on: 2026-06-30
partnership:
  name:
    value: A
    source: "minutes
    schema: partnerrules.waivers/1
schema: partnerrules.waivers/1
    of May"
"""
WAIVERS = "schema: partnerrules.waivers/1\n"
FAR = "#" * 70_000 + "\n"

KINDS: dict[str, tuple[str | bytes, list[str] | str]] = {
    "a.yaml": ("schema: partnerrules.case/1\n", ["a.yaml"]),
    "a.yml": ("{case: a, schema: partnerrules.case/1}\n", ["a.yml"]),
    "a.json": (CASE, ["a.json"]),
    "late.json": ('{"case": "a", "schema": "partnerrules.case/1"}', ["late.json"]),
    "escaped.json": ('{"sch\\u0065ma": "partnerrules.case/1"}', ["escaped.json"]),
    "a.YAML": ("schema: partnerrules.case/1\n", ["a.YAML"]),
    "a.json.gz": (gzip.compress(CASE.encode()), ["a.json.gz"]),
    "a.jsonl": (f"\n{CASE}\n{CASE}\n", ["a.jsonl:2", "a.jsonl:3"]),
    "a.jsonl.gz": (gzip.compress(f"{CASE}\n{{}}".encode()), ["a.jsonl.gz:1", "a.jsonl.gz:2"]),
    "waivers.yaml": ("schema: partnerrules.waivers/1\n", []),
    "report.json": (OTHER, []),
    "escaped-report.json": ('{"sch\\u0065ma": "partnerrules.report/1"}', []),
    "large-report.json": (LATE, []),
    "report.json.gz": (gzip.compress(LATE.encode()), []),
    "report.jsonl": (f'{OTHER}\n{{"case": "a"}}', []),
    "slip.yaml": ("schema: partnerrules.caze/1\n", ["slip.yaml"]),
    "slip.json": ('{"schema": "partnerrules.Case/1"}', ["slip.json"]),
    "waiver.yaml": ("schema: partnerrules.waiver/1\n", ["waiver.yaml"]),
    "no-number.yml": ("schema: partnerrules.case\n", ["no-number.yml"]),
    "slip.jsonl": ('{"schema": "partnerrules.cases/1"}\n', ["slip.jsonl:1"]),
    "disguised.yaml": (DISGUISED, ["disguised.yaml"]),
    "alias.yaml": ("round: &a partnerrules.case/1\nschema: *a\n", ["alias.yaml"]),
    "disguised.json": (
        '{"schema": "partnerrules\\u002ecase/1", "a": "schema: partnerrules.waivers/1"}',
        ["disguised.json"],
    ),
    "behind.jsonl": (
        f"{OTHER}\n{' ' * 70_000}\n{CASE}\n{'{}'}{' ' * 70_000}\n",
        ["behind.jsonl:1", "behind.jsonl:3", "behind.jsonl:4"],
    ),
    "behind.yaml": (
        f"{WAIVERS}---\n{FAR}schema: partnerrules.case/1\n{FAR}",
        ["behind.yaml:1", "behind.yaml:2"],
    ),
    "nameless.yaml": (f"{WAIVERS}---\ncase: a\n", ["nameless.yaml:1", "nameless.yaml:2"]),
    "two-waivers.yaml": (f"{WAIVERS}---\n{WAIVERS}", []),
    "quoted-waivers.yaml": (f"'schema': 'partnerrules.waivers/1'\n{FAR}", []),
    "notes.txt": ("schema: partnerrules.case/1\n", []),
    ".hidden.yaml": ("schema: partnerrules.case/1\n", []),
    "package.json": ('{"name": "x", "schema": "semver"}', "does not say `schema: partnerrules"),
    "tsconfig.json": ('{ // a comment\n"a": 1}', "double quotes"),
    "list.yaml": ("- a\n- b\n", "does not say `schema: partnerrules"),
    "text.yml": ("only a sentence\n", "does not say `schema: partnerrules"),
    "empty.yaml": ("", "holds nothing"),
    "template.yaml": ("a: {{ b }}\n", "If this is no case"),
    "log.jsonl": ('{"at": 1}\n{"at": 2}\n', "does not say `schema: partnerrules"),
    "control.yaml": ("a: \x01\x02\x03\n", "control character"),
}


@pytest.mark.parametrize("name", KINDS)
def test_in_a_folder_each_kind_of_file_is_a_case_passed_over_or_one_error(
    tmp_path: Path, name: str
) -> None:
    content, wanted = KINDS[name]
    (tmp_path / "b.yaml").write_text("schema: partnerrules.case/1\n")
    (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    pieces, problems = find_cases([str(tmp_path)])
    told = [_told(piece, tmp_path) for piece in pieces]
    if isinstance(wanted, list):
        assert told == sorted([*wanted, "b.yaml"])
        assert problems == []
        return
    (problem,) = problems
    assert told == ["b.yaml"]
    assert wanted in problem.message
    assert f"write `{name}` into a file .partnerrulesignore beside it" in problem.message
    (tmp_path / ".partnerrulesignore").write_text(f"{name}\n")
    assert find_cases([str(tmp_path)]) == (pieces, [])


def _told(piece: str | Text, folder: Path) -> str:
    if isinstance(piece, Text):
        return f"{Path(piece.path).relative_to(folder).as_posix()}:{piece.before + 1}"
    return Path(piece).relative_to(folder).as_posix()


def test_a_file_that_is_named_is_read_whatever_an_ignore_file_says(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")
    (tmp_path / ".partnerrulesignore").write_text("*\n")
    for name in ("a.json", "*.json"):
        assert find_cases([str(tmp_path / name)]) == ([str(tmp_path / "a.json")], [])
    assert [one.code for one in find_cases([str(tmp_path)])[1]] == ["no-case"]


def test_packs_and_hidden_folders_are_passed_over_and_the_rest_is_in_order(tmp_path: Path) -> None:
    for folder in ("b/c", "a", ".git", "pack/conflict", "a-b"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "x.yaml").write_text("schema: partnerrules.case/1\n")
    (tmp_path / "pack/pack.yaml").write_text("schema: partnerrules.pack/1\n")
    (tmp_path / "z.yaml").write_text("schema: partnerrules.case/1\n")
    (tmp_path / "link").symlink_to(tmp_path / "b")
    (tmp_path / "round").symlink_to(tmp_path)
    pieces, problems = find_cases([str(tmp_path)])
    assert [_told(piece, tmp_path) for piece in pieces] == [
        "a/x.yaml",
        "a-b/x.yaml",
        "b/c/x.yaml",
        "z.yaml",
    ]
    assert problems == []
    assert find_cases([str(tmp_path / "pack")])[0] == []


def test_the_kinds_that_pass_a_file_over_are_those_that_the_tool_reads_and_writes() -> None:
    texts = [path.read_text("utf-8") for path in Path(partnerrules.__path__[0]).rglob("*.py")]
    named = {one for text in texts for one in re.findall(r'"(partnerrules\.[a-z]+/\d+)"', text)}
    assert named == {*SCHEMAS.values()}


def test_a_slip_in_the_schema_is_told_with_the_nearest_one(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    for schema, near in [
        ("partnerrules.caze/1", ""),
        ("partnerrules.Case/1", ""),
        ("partnerrules.waiver/1", "partnerrules.waivers/1"),
        ("partnerrules.waivers/1", ""),
    ]:
        path.write_text(f"schema: {schema}\ncase: a\nassessed_on: 2026-06-30\n")
        with pytest.raises(CaseError) as raised:
            load_case(path, ())
        (problem,) = raised.value.problems
        assert (problem.key, problem.nearest) == ("schema", near)
        assert "partnerrules.case/1" in problem.message
    path.write_text(DISGUISED.partition("partnership")[0])
    assert load_case(path, ()).id == "a"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_folder_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("schema: partnerrules.case/1\n")
    (tmp_path / "shut").mkdir(mode=0)
    pieces, problems = find_cases([str(tmp_path)])
    assert len(pieces) == 1
    assert [(one.code, one.path) for one in problems] == [("unreadable", str(tmp_path / "shut"))]


def test_paths_are_told_from_the_folder_in_which_the_work_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases/a.json").write_text(CASE)
    (tmp_path / "cases/a.jsonl").write_text(CASE)
    monkeypatch.chdir(tmp_path)
    for name in (str(tmp_path), ".", str(tmp_path / "cases/*")):
        paths = [one.path if isinstance(one, Text) else one for one in find_cases([name])[0]]
        assert paths == [os.path.join("cases", one) for one in ("a.json", "a.jsonl")]  # noqa: PTH118
    monkeypatch.chdir(tmp_path / "cases")
    assert find_cases([str(tmp_path / "x.yaml")])[0] == [str(tmp_path / "x.yaml")]
    assert find_cases(["../cases"])[0][0] == os.path.join("..", "cases", "a.json")  # noqa: PTH118


def test_many_cases_in_one_file_are_found_once(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n".join([json.dumps({"n": n}) for n in range(50)]))
    name = str(tmp_path / "a.jsonl")
    assert len(find_cases([name, name, str(tmp_path / "*.jsonl")])[0]) == 50


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("cases/a.yaml", True),
        ("./cases/../cases/a.yaml", True),
        ("cases/waivers.yaml", False),
        ("cases/notes.md", False),
        ("cases/old/a.yaml", False),
        ("cases/.hidden/a.yaml", False),
        ("cases/pack/deep/a.yaml", False),
        ("cases/ignored.yaml", False),
        ("cases", True),
    ],
)
def test_among_what_changed_only_cases_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, wanted: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("cases/old", "cases/.hidden", "cases/pack/deep"):
        Path(folder).mkdir(parents=True)
        Path(folder, "a.yaml").write_text("schema: partnerrules.case/1\n")
    for file in ("a.yaml", "ignored.yaml", "notes.md"):
        Path("cases", file).write_text("schema: partnerrules.case/1\n")
    Path("cases/waivers.yaml").write_text("schema: partnerrules.waivers/1\n")
    Path("cases/pack/pack.yaml").write_text("schema: partnerrules.pack/1\n")
    Path(".partnerrulesignore").write_text("/cases/old/\n")
    Path("cases/.partnerrulesignore").write_text("ignored.yaml\n")
    found = look_for([name], only_cases=True)
    assert (bool(found.paths), found.problems) == (wanted, ())
    if Path(name).is_file():
        assert look_for([name]).paths


def test_among_what_changed_a_file_that_is_nothing_of_ours_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("list.yaml").write_text("- a\n")
    for name in ("list.yaml", str(tmp_path / "list.yaml")):
        (problem,) = look_for([name], only_cases=True).problems
        assert problem.code == "not-a-case"
    # That it is not there is told when it is read.
    assert look_for(["gone.yaml"], only_cases=True).paths == ["gone.yaml"]
