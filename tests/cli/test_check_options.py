"""What the options of `check` show, and that they change nothing of what is found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
RIVER = str(ROOT / "cases/made-up/river-alliance.yaml")


def _told(run: Any, *options: str) -> dict[str, Any]:
    done = run("check", RIVER, "-f", "json", "--exit-zero", *options)
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


@pytest.fixture
def everything(run: Any) -> dict[str, Any]:
    return _told(run)


def test_select_and_ignore_take_rules_and_dimensions(run: Any, everything: dict[str, Any]) -> None:
    ids = {one["rule"] for one in everything["findings"]}
    transfer = {one["rule"] for one in everything["findings"] if one["dimension"] == "transfer"}
    assert "TRA-01" in transfer and ids - transfer
    for options, wanted in (
        (["--select", "TRA-01"], {"TRA-01"}),
        (["--select", "transfer"], transfer),
        (["--select", "transfer", "--ignore", "TRA-01"], transfer - {"TRA-01"}),
        (["--ignore", "transfer"], ids - transfer),
    ):
        report = _told(run, *options)
        assert {one["rule"] for one in report["findings"]} == wanted
        kept = [one for one in everything["findings"] if one["rule"] in wanted]
        assert report["findings"] == kept
        assert all(wanted & {*one["would_decide"]} for one in report["questions"])


def test_a_level_only_limits_what_is_shown(run: Any, everything: dict[str, Any]) -> None:
    report = _told(run, "--min-severity", "high")
    high = [one for one in everything["findings"] if "high" in (one["severity"], one["could_be"])]
    assert report["findings"] == high != everything["findings"]
    assert report["gate"] == everything["gate"]
    assert report["cases"] == everything["cases"]


def test_a_table_and_a_file_come_from_one_run(run: Any, tmp_path: Path) -> None:
    done = run("check", RIVER, "-f", "table", "-f", "json:out.json", "--exit-zero")
    assert done.stdout.startswith("This looks at")
    assert json.loads((tmp_path / "out.json").read_text())["gate"]["passed"] is False


def test_the_engines_say_the_same(run: Any, everything: dict[str, Any]) -> None:
    report = _told(run, "--engine", "python")
    assert report["tool"]["engine"].pop("name") == "python"
    everything["tool"]["engine"].pop("name")
    assert report == everything


def test_a_set_of_questions_limits_what_is_looked_at(run: Any, everything: dict[str, Any]) -> None:
    report = _told(run, "--questions", "first-look")
    assert report["questions_set"] == "first-look"
    assert report["strengths"] == []
    assert report["cases"] != everything["cases"]
    table = run("check", RIVER, "--questions", "first-look").stdout
    assert "no concern;" not in table and "questions first-look" in table


def test_a_parameter_moves_a_threshold(run: Any, everything: dict[str, Any]) -> None:
    name, value = next(
        (key, value) for key, value in everything["parameters"].items() if isinstance(value, int)
    )
    report = _told(run, "--param", f"{name}={value + 1}")
    assert report["parameters"] == everything["parameters"] | {name: value + 1}


def test_only_the_team_reads_sources_and_the_public_no_paths(run: Any) -> None:
    texts = {
        one: json.dumps(_told(run, "--audience", one)) for one in ("team", "partners", "public")
    }
    source = "agreement of 2021"
    assert "river-alliance.yaml" in texts["team"] and "river-alliance.yaml" in texts["partners"]
    assert "river-alliance.yaml" not in texts["public"]
    assert source not in texts["partners"] and source not in texts["public"]


@pytest.mark.parametrize("variable", ["NO_COLOR", "TERM"])
def test_color_only_on_a_terminal_that_wants_it(
    monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    from partnerrules.cli.evaluating import colored

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert colored()
    monkeypatch.setenv(variable, "dumb")
    assert not colored()


def test_nothing_iscolored_in_a_pipe(run: Any) -> None:
    assert "\x1b" not in run("check", RIVER).stdout


def test_a_folder_named_like_a_shipped_pack_never_stands_in_for_it(
    run: Any, tmp_path: Path, everything: dict[str, Any]
) -> None:
    (tmp_path / "core").mkdir()
    (tmp_path / "core" / "pack.yaml").write_text("schema: partnerrules.pack/1\n")
    assert _told(run)["packs"] == everything["packs"]
    core = [one for one in everything["packs"] if one["id"] == "core"]
    assert _told(run, "-p", "core")["packs"] == core
    assert run("check", RIVER, "-p", "./core").returncode == 2
