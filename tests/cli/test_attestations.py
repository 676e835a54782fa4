"""`--attestations`: answers that somebody stands for count, and are told as what they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

HEAD = "schema: partnerrules.attestations/1\nattestations:\n"
ONE = (
    "  - {{case: {}, fact: conflict.procedure, answer: {}, by: R1 of the board,"
    " document: minutes of May, on: 2026-05-04, until: {}}}\n"
)
QUIET = ("--exit-zero", "--unknown", "ignore")


@pytest.fixture
def attest(tmp_path: Path) -> Any:
    def attest(*entries: tuple[str, str, str]) -> str:
        text = HEAD + "".join(ONE.format(*entry) for entry in entries)
        (tmp_path / "attested.yaml").write_text(text)
        return "attested.yaml"

    return attest


def told(done: Any) -> Any:
    return json.loads(done.stdout)


def test_an_attested_answer_settles_what_was_open(run: Any, write: Any, attest: Any) -> None:
    write(a="conflict: {procedure: dont_know}\n")
    before = told(run("check", "a.yaml", "-f", "json", *QUIET))
    file = attest(("a", "none", "2026-12-31"))
    after = told(run("check", "a.yaml", "-f", "json", "--attestations", file, *QUIET))
    of = {"CON-01"}
    assert [one["outcome"] for one in before["findings"] if one["rule"] in of] == ["unknown"]
    [found] = [one for one in after["findings"] if one["rule"] in of]
    assert found["outcome"] == "concern"
    assert found["location"]["path"] == "attested.yaml"
    [step] = [one for one in found["proof"]["steps"] if one["fact"] == "conflict.procedure"]
    assert step["text"].endswith("(attested until 2026-12-31)")
    assert step["location"]["line"] == 3
    assert step["source"] == ""
    assert "R1" not in json.dumps(after)
    assert after["attestations"]["path"] == "attested.yaml"
    assert before["attestations"] is None


def test_the_team_reads_who_and_which_document(run: Any, write: Any, attest: Any) -> None:
    write(a="")
    file = attest(("a", "written", "2026-12-31"))
    done = run("explain", "a.yaml", "CON-01", "--attestations", file, "--audience", "team")
    words = " ".join(done.stdout.split())
    assert "source: minutes of May, attested by R1 of the board on 2026-05-04" in words
    assert "attested until 2026-12-31" in words


def test_where_both_differ_both_stand_and_it_is_told(run: Any, write: Any, attest: Any) -> None:
    write(a="conflict: {procedure: none}\n")
    file = attest(("a", "written", "2026-12-31"))
    report = told(run("check", "a.yaml", "-f", "json", "--attestations", file, *QUIET))
    [found] = [one for one in report["findings"] if one["rule"] == "CON-01"]
    assert found["outcome"] == "unknown"
    assert any(
        "differs from another answer; both stand" in one["message"] for one in report["limits"]
    )


def test_one_that_is_over_is_not_used_and_told(run: Any, write: Any, attest: Any) -> None:
    write(a="")
    file = attest(("a", "written", "2026-06-29"))
    report = told(run("check", "a.yaml", "-f", "json", "--attestations", file, *QUIET))
    plain = told(run("check", "a.yaml", "-f", "json", *QUIET))
    assert report["findings"] == plain["findings"]
    assert sum("held until 2026-06-29" in one["message"] for one in report["limits"]) == 1
    later = run("check", "a.yaml", "-f", "table", "--attestations", file, *QUIET)
    assert "held until 2026-06-29" in " ".join(later.stdout.split())


def test_what_is_wrong_ends_in_2_before_anything_is_evaluated(
    run: Any, write: Any, attest: Any
) -> None:
    write(a="", b="schema: wrong")
    file = attest(("a", "writen", "2026-02-30"))
    for words in (("check", "a.yaml"), ("check", "."), ("explain", "a.yaml", "CON-01")):
        done = run(*words, "--attestations", file)
        assert (done.returncode, done.stdout) == (2, "")
        assert "attested.yaml:3:" in done.stderr
        assert "attestations.0.until" in done.stderr
    missing = run("check", "a.yaml", "--attestations", "nowhere.yaml")
    assert (missing.returncode, missing.stdout) == (2, "")
    assert "nowhere.yaml" in missing.stderr


def test_the_file_is_no_case_in_a_folder(run: Any, write: Any, attest: Any) -> None:
    write(a="")
    file = attest(("a", "written", "2026-12-31"), ("not-here", "none", "2026-12-31"))
    done = run("check", ".", "-f", "json", "--attestations", file, *QUIET)
    assert done.returncode == 0
    assert [one["case"] for one in told(done)["cases"]] == ["a"]


@pytest.mark.parametrize("form", ["json", "jsonl", "table"])
def test_processes_and_shards_change_no_byte(run: Any, write: Any, attest: Any, form: str) -> None:
    write(a="", b="conflict: {procedure: none}\n", c="", d="")
    file = attest(*((case, "written", "2026-12-31") for case in "abd"), ("c", "none", "2026-01-01"))
    words = ("check", "a.yaml", "b.yaml", "c.yaml", "d.yaml", "--attestations", file, *QUIET)
    whole = run(*words, "-f", form, "-j", "1")
    assert run(*words, "-f", form, "-j", "2").stdout == whole.stdout
    for part in "12":
        run(*words, "-f", f"jsonl:{part}.jsonl", "--shard", f"{part}/2")
    merged = run("merge", "1.jsonl", "2.jsonl", "-f", form, "--exit-zero")
    assert merged.stdout == whole.stdout


def test_a_run_is_not_gone_on_with_by_other_attestations(
    run: Any, write: Any, attest: Any, plant: Any, tmp_path: Path
) -> None:
    write(a="", b="")
    die = "    if case.id == 'b': os.kill(os.getpid(), signal.SIGKILL)\n"
    file = attest(("a", "written", "2026-12-31"))
    words = ("check", "a.yaml", "b.yaml", "-f", "jsonl", "--resume", "run.journal", *QUIET)
    words = (*words, "--engine", "python", "-j", "1", "--attestations", file)
    assert run(*words, planted=plant(die)).returncode == -9
    attest(("a", "spoken", "2026-12-31"))
    done = run(*words)
    assert done.returncode == 2
    assert "attestations" in done.stderr
