"""`merge`: the reports of shards become, byte for byte, that of the whole run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CASES = str(ROOT / "cases")
WORDS = ("--unknown", "ignore", "--fail-on", "medium")


FORMS = ("json", "jsonl")
COMPLETE = (*FORMS, "table")


@pytest.fixture
def mixed(write: Any, tmp_path: Path) -> tuple[str, ...]:
    """Name all cases and some more, among them three that cannot be read."""
    write(a="", b="")
    (tmp_path / "sub").mkdir()
    (tmp_path / "broken.yaml").write_text("case: [")
    (tmp_path / "sub" / "again.yaml").write_text((tmp_path / "a.yaml").read_text())
    return ".", CASES, "none.yaml"


@pytest.fixture
def shards(run: Any, mixed: tuple[str, ...]) -> Any:
    """Write the reports of three shards, in each form."""

    def shards(*words: str) -> dict[str, list[str]]:
        for part in "123":
            formats = [word for form in FORMS for word in ("-f", f"{form}:{part}.of-three-{form}")]
            done = run("check", *mixed, *WORDS, *words, "--shard", f"{part}/3", *formats)
            assert done.returncode in (1, 3), done.stderr
        return {form: [f"{part}.of-three-{form}" for part in "123"] for form in FORMS}

    return shards


@pytest.mark.parametrize("audience", ["partners", pytest.param("team", marks=pytest.mark.slow)])
def test_shards_become_the_whole_byte_by_byte(
    run: Any, mixed: tuple[str, ...], shards: Any, tmp_path: Path, audience: str
) -> None:
    words = ("--audience", audience)
    parts = shards(*words)
    formats = [word for form in COMPLETE for word in ("-f", f"{form}:whole-{form}")]
    whole = run("check", *mixed, *WORDS, *words, *formats)
    for form in FORMS:
        outs = [out for out in COMPLETE if out == form or out != "jsonl"]
        formats = [word for out in outs for word in ("-f", f"{out}:merged-{out}")]
        for order in (parts[form], parts[form][::-1]):
            done = run("merge", *order, *formats)
            assert done.returncode == whole.returncode == 3, done.stderr
            for out in outs:
                merged, expected = (tmp_path / f"{name}-{out}" for name in ("merged", "whole"))
                assert merged.read_bytes() == expected.read_bytes(), (form, out)
                merged.unlink()


def test_what_the_public_gets_is_merged_too(run: Any, mixed: tuple[str, ...], shards: Any) -> None:
    words = ("--audience", "public")
    whole = json.loads(run("check", *mixed, *WORDS, *words, "-f", "json").stdout)
    for parts in shards(*words).values():
        found = json.loads(run("merge", *parts, "-f", "json").stdout)
        assert found["findings"] == whole["findings"]
        assert [one for one in found["cases"] if one["case"]] == [
            one for one in whole["cases"] if one["case"]
        ]


def test_other_settings_are_refused_by_name(run: Any, write: Any) -> None:
    write(a="", b="")
    run("check", "a.yaml", "-f", "json:a.json")
    run("check", "b.yaml", "-f", "jsonl:b.jsonl", "-p", "core", "--fail-on", "low")
    done = run("merge", "a.json", "b.jsonl")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("b.jsonl: ")
    assert "packs" in done.stderr and "gate" in done.stderr and "audience" not in done.stderr


def test_a_case_in_two_reports_is_refused(run: Any, write: Any) -> None:
    write(a="")
    for form in ("json", "jsonl"):
        for name in "12":
            run("check", "a.yaml", "-f", f"{form}:{name}")
        done = run("merge", "1", "2", "-f", f"{form}:out")
        assert done.returncode == 2 and 'The case "a" is in 1 too' in done.stderr
        done = run("merge", "1", "1", "-f", f"{form}:out")
        assert done.returncode == 2 and "name each shard once" in done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no report"),
        ("[]", "no report"),
        ("{", "no report"),
        ('{"schema": "partnerrules.report/1"}', "no report"),
        ('{"schema": "partnerrules.report/9"}', "another version (partnerrules.report/9)"),
        (None, "cannot be read"),
        (b"\xff\xfe", "cannot be read"),
    ],
)
def test_what_is_no_report_is_refused(
    run: Any, tmp_path: Path, text: str | bytes | None, said: str
) -> None:
    if text is not None:
        (tmp_path / "x").write_bytes(text if isinstance(text, bytes) else text.encode())
    done = run("merge", "x")
    assert done.returncode == 2 and done.stderr.startswith("x: ") and said in done.stderr


def test_a_report_that_was_cut_off_is_refused_and_nothing_is_written(
    run: Any, write: Any, tmp_path: Path
) -> None:
    write(a="", b="")
    run("check", ".", "-f", "jsonl:r")
    lines = (tmp_path / "r").read_text().splitlines(keepends=True)
    (tmp_path / "r").write_text("".join(lines[:-1]))
    done = run("merge", "r", "-f", "jsonl:out")
    assert done.returncode == 2 and "was cut off" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml", "b.yaml", "r"]
