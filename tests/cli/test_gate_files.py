"""`--baseline` and `--waivers`: what is accepted lets a run pass, in shards and processes too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

GRAVE = "partnership: {stage: operating}\nconflict: {procedure: none}\n"
HEAD = "schema: partnerrules.waivers/1\nwaivers:\n"
ONE = (
    "  - {{rule: {}, case: {}, kind: accepted_risk, reason: We know it., approved_by: Ada Board,"
    " created: 2026-01-01, expires: {}}}\n"
)
LOW = ("--fail-on", "low", "--unknown", "ignore")
DAY = ("--today", "2026-07-01")


@pytest.fixture
def waive(tmp_path: Path) -> Any:
    def waive(*entries: tuple[str, str, str]) -> str:
        (tmp_path / "w.yaml").write_text(HEAD + "".join(ONE.format(*entry) for entry in entries))
        return "w.yaml"

    return waive


def told(done: Any) -> Any:
    return json.loads(done.stdout)


def test_from_the_first_day_to_what_is_mended(run: Any, write: Any, tmp_path: Path) -> None:
    write(a=GRAVE, b="")
    assert run("check", "a.yaml", *LOW).returncode == 1
    made = run("baseline", "create", ".", "-o", "base.json")
    assert (made.returncode, made.stderr) == (0, "")
    first = (tmp_path / "base.json").read_bytes()
    again = run("baseline", "create", ".", "-o", "base.json")
    assert again.returncode == 2 and "is there already" in again.stderr
    passed = run("check", ".", "--baseline", "base.json", "-f", "json", *LOW)
    assert (passed.returncode, passed.stderr) == (0, "")
    assert {one["state"] for one in told(passed)["findings"]} == {"known"}
    assert told(passed)["baseline"]["path"] == "base.json"
    # An answer is taken away: what was of concern is open, and that does not pass.
    write(a=GRAVE.replace("procedure: none", ""))
    less = run("check", "a.yaml", "--baseline", "base.json", *LOW)
    assert less.returncode == 1 and "is not known any more" in less.stderr
    assert run("baseline", "update", "base.json", ".").returncode == 0
    assert (tmp_path / "base.json").read_bytes() == first
    # It is mended: a note says so, and an update takes it out.
    write(a=GRAVE.replace("procedure: none", "procedure: written"))
    mended = run("check", "a.yaml", "--baseline", "base.json", *LOW)
    assert "Note: a: In the baseline, and no longer so: CON-01" in mended.stderr
    part = run("check", "a.yaml", "--baseline", "base.json", "--ignore", "CON-01", *LOW)
    assert "CON-01" not in part.stderr
    updated = run("baseline", "update", "base.json", "a.yaml")
    assert "removed: a: CON-01, " in updated.stdout
    shown = run("baseline", "show", "base.json").stdout
    assert "a: CON-01," not in shown and "b: CON-01, could be" in shown
    # What is found anew comes in only where that is asked for.
    write(a=GRAVE)
    back = run("baseline", "update", "base.json", "a.yaml")
    assert back.returncode == 0 and "--add accepts them" in back.stderr
    assert run("check", ".", "--baseline", "base.json", *LOW).returncode == 1
    run("baseline", "update", "base.json", "a.yaml", "--add")
    assert (tmp_path / "base.json").read_bytes() == first
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml", "b.yaml", "base.json"]


def test_a_case_that_cannot_be_read_keeps_its_entries(run: Any, write: Any, tmp_path: Path) -> None:
    write(a="", b="")
    run("baseline", "create", ".", "-o", "base.json")
    before = (tmp_path / "base.json").read_bytes()
    (tmp_path / "a.yaml").write_text("case: [")
    done = run("baseline", "update", "base.json", ".")
    assert done.returncode == 3 and "a.yaml:" in done.stderr
    assert (tmp_path / "base.json").read_bytes() == before
    assert run("baseline", "update", "base.json", "nowhere/*.yaml").returncode == 4
    assert (tmp_path / "base.json").read_bytes() == before


def test_a_waiver_counts_until_its_day_and_says_who_only_to_the_team(
    run: Any, write: Any, waive: Any
) -> None:
    write(a=GRAVE)
    words = (
        "check",
        "a.yaml",
        "--select",
        "CON-01",
        *LOW,
        "--waivers",
        waive(("CON-01", "a", "2026-06-30")),
    )
    on_time = run(*words, "--today", "2026-06-30", "-f", "json")
    assert (on_time.returncode, on_time.stderr) == (0, "")
    [found] = told(on_time)["findings"]
    assert found["waiver"]["reason"] == "We know it." and not found["waiver"]["over"]
    assert "Ada Board" not in on_time.stdout
    assert told(on_time)["gate"]["settings"]["today"] == "2026-06-30"
    team = run(*words, "--today", "2026-06-30", "--audience", "team")
    assert "approved by Ada Board" in " ".join(team.stdout.split())
    public = run(*words, "--today", "2026-06-30", "--audience", "public", "-f", "json")
    assert "We know it." not in public.stdout and "w.yaml" not in public.stdout
    late = run(*words, *DAY)
    assert late.returncode == 1 and "its waiver ended on 2026-06-30" in late.stderr
    assert "which is over" in " ".join(late.stdout.split())


def test_what_is_wrong_ends_in_2_before_anything_is_evaluated(
    run: Any, write: Any, waive: Any, tmp_path: Path
) -> None:
    write(a="")
    (tmp_path / "base.json").write_text('{"schema": "partnerrules.baseline/1"}')
    files = ("--waivers", waive(("CON-99", "a", "2026-02-30")), "--baseline", "base.json")
    done = run("check", "a.yaml", *files)
    assert (done.returncode, done.stdout) == (2, "")
    for said in (
        "base.json:1:1: ",
        "w.yaml:3:12: waivers.0.rule: ",
        "w.yaml:3:125: waivers.0.expires: ",
    ):
        assert said in done.stderr
    for words in (("--today", "2026-02-30"), ("--today", "today"), ("--baseline", "none.json")):
        wrong = run("check", "a.yaml", *words)
        assert (wrong.returncode, wrong.stdout) == (2, "")
    lint = run("waivers", "lint", "w.yaml")
    assert lint.returncode == 1 and "waivers.0.expires" in lint.stderr


def test_waivers_are_listed_and_linted(run: Any, waive: Any) -> None:
    waive(("CON-01", "b", "2026-12-31"), ("TRA-01", "a", "2026-06-30"))
    listed = run("waivers", "list", "w.yaml", *DAY).stdout.splitlines()
    assert listed[0].startswith(
        "a: TRA-01, accepted as a risk until 2026-06-30, which is over: We know"
    )
    assert listed[1:] == [
        "b: CON-01, accepted as a risk until 2026-12-31: We know it (approved by Ada Board).",
        "2 waivers, 1 of them over.",
    ]
    lint = run("waivers", "lint", "w.yaml", *DAY)
    assert lint.returncode == 1
    assert lint.stderr.startswith("w.yaml:4: a, TRA-01: It ended on 2026-06-30")
    waive(("CON-01", "b", "2026-12-31"), ("CON-01", "b", "2026-11-30"))
    assert (
        "w.yaml:4: b, CON-01: Line 3 says this too" in run("waivers", "lint", "w.yaml", *DAY).stderr
    )
    waive(("CON-01", "b", "2026-12-31"))
    assert run("waivers", "lint", "w.yaml", *DAY).stdout == "1 waiver, nothing to mend.\n"


def test_shards_and_processes_give_the_same_bytes(
    run: Any, write: Any, waive: Any, tmp_path: Path
) -> None:
    write(a=GRAVE, b="", c=GRAVE, d="")
    run("baseline", "create", ".", "-o", "base.json")
    write(b=GRAVE, c="partnership: {stage: operating}\n", d=GRAVE)
    waive(*(("CON-01", one, until) for one, until in (("b", "2026-12-31"), ("d", "2026-06-30"))))
    words = ("check", ".", "--baseline", "base.json", "--waivers", "w.yaml", *DAY, *LOW)
    forms = ("json", "jsonl", "junit", "sarif", "md", "table")

    def written(name: str) -> list[str]:
        return [word for form in forms for word in ("-f", f"{form}:{name}.{form}")]

    assert run(*words, *written("one"), "-j", "1").returncode == 1
    assert run(*words, *written("two"), "-j", "2").returncode == 1
    for part in "12":
        run(*words, "-f", f"jsonl:{part}.lines", "--shard", f"{part}/2")
    assert run("merge", "1.lines", "2.lines", *written("merged")).returncode == 1
    for form in forms:
        said = {(tmp_path / f"{name}.{form}").read_bytes() for name in ("one", "two", "merged")}
        assert len(said) == 1, form
    run(*words, "--today", "2026-07-02", "-f", "jsonl:3.lines", "--shard", "2/2")
    other = run("merge", "1.lines", "3.lines")
    assert other.returncode == 2 and "gate" in other.stderr


def test_a_run_is_not_gone_on_with_by_other_files(
    run: Any, write: Any, waive: Any, plant: Any
) -> None:
    write(a=GRAVE, b="")
    run("baseline", "create", "a.yaml", "-o", "base.json")
    waive(("CON-01", "a", "2026-12-31"))
    die = "    if case.id == 'b': os.kill(os.getpid(), signal.SIGKILL)\n"
    words = ("check", "a.yaml", "b.yaml", "-f", "jsonl", "--resume", "run.journal", "--engine")
    words = (*words, "python", "-j", "1", "--baseline", "base.json", "--waivers", "w.yaml")
    assert run(*words, *DAY, planted=plant(die)).returncode == -9
    assert "gate" in run(*words, "--today", "2026-07-02").stderr
    waive(("CON-01", "a", "2026-12-30"))
    assert "(waivers)" in run(*words, *DAY).stderr
    waive(("CON-01", "a", "2026-12-31"))
    done = run(*words, *DAY)
    assert done.returncode in (0, 1)
    assert done.stdout == run(*words, *DAY).stdout
