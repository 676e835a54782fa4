"""The table fits the terminal, loses nothing, and speaks as one speaks to partners."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata

import pytest

from partnerrules.findings import Gate, Report
from partnerrules.report import render
from partnerrules.report.audience import for_audience
from partnerrules.report.text import plain

UNKIND = re.compile(
    r"\b(fail\w*|violat\w*|weak\w*|poor\w*|deficit|certain|possible|proof|coverage|unknown)\b", re.I
)


@pytest.mark.parametrize("width", [50, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal(rich: Report, width: int) -> None:
    long = rich.findings[2]._replace(message="word " * 90 + "x" * 500, title="y" * 300)
    report = rich._replace(findings=(*rich.findings[:2], long))
    lines = render(report, "table", width=width).splitlines()
    assert not [line for line in lines if len(line) > width and ".yaml" not in line]


def test_a_path_stays_in_one_piece(rich: Report) -> None:
    path = "cases/" + "long-" * 30 + "name.yaml"
    moved = rich.cases[0]._replace(path=path)
    assert path in render(rich._replace(cases=(moved,)), "table")


@pytest.mark.parametrize("color", [False, True])
def test_nothing_from_a_case_steers_the_terminal(rich: Report, color: bool) -> None:
    text = render(rich, "table", color=color)
    text = re.sub(r"\x1b\[(?:0|1|2|1;33)m", "", text) if color else text
    assert not [c for c in text if c != "\n" and unicodedata.category(c) in {"Cc", "Cf", "Cs"}]
    assert "\\x1b[31mred" in text


def test_color_changes_nothing_but_color(rich: Report) -> None:
    colored = render(rich, "table", color=True)
    assert "\x1b[" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == render(rich, "table")


def test_the_words_are_kind_and_the_engine_stays_inside(rich: Report) -> None:
    text = render(rich, "table").replace("unknown key", "")
    assert not UNKIND.findall(text)


def test_a_part_is_told_under_its_compound_and_not_counted(rich: Report) -> None:
    text = render(rich, "table")
    assert "Plan for (medium): 1 concern follows" in text
    assert text.index("Told under this") < text.index("Plan for (medium): 1 concern follows")
    assert '"A new region and a partner' in " ".join(text.split())


def test_parts_of_each_other_are_not_lost(rich: Report) -> None:
    one = rich.findings[0]._replace(part_of=("CON-01",), title="First")
    two = rich.findings[2]._replace(part_of=("X20",), title="Second")
    text = render(rich._replace(findings=(one, two)), "table")
    assert "First" in text
    assert "Second" in text


def test_a_circular_proof_ends(rich: Report) -> None:
    found = rich.findings[2]
    steps = tuple(step._replace(uses=(0, 1)) for step in found.proof.steps)
    circular = found._replace(proof=found.proof._replace(steps=steps))
    assert "No procedure" in render(rich._replace(findings=(circular,)), "table")


def test_many_cases_are_listed_by_name_and_not_ranked(rich: Report) -> None:
    text = render(rich, "table")
    overview = text[text.index("All 2 cases") :]
    assert "not a ranking" in overview
    alone = render(rich._replace(cases=rich.cases[:1]), "table")
    assert "by name" not in alone


def test_the_public_page_has_no_empty_places(rich: Report) -> None:
    text = render(for_audience(rich, "public"), "table")
    assert "[]" not in text
    assert "[:" not in text


@pytest.mark.parametrize(
    ("reasons", "shown"),
    [
        ([], []),
        (["one"], ["The gate was not passed:", "  - one"]),
        (
            list("abcdefg"),
            [
                "The gate was not passed:",
                *(f"  - {reason}" for reason in "abcde"),
                "    and 2 more reasons, all of them in the JSON report",
            ],
        ),
    ],
)
def test_the_last_lines_say_why_the_gate_was_not_passed(
    rich: Report, reasons: list[str], shown: list[str]
) -> None:
    gate = Gate({"fail_on": "high"}, not reasons, tuple(reasons))
    lines = render(rich._replace(gate=gate), "table").splitlines()
    foot = next(n for n, line in enumerate(lines) if line.startswith("partnerrules 0"))
    assert lines[foot - 1] == ""
    assert lines[foot - 1 - len(shown) : foot - 1] == shown
    assert any("gate was" in line for line in lines) == bool(reasons)


@pytest.mark.parametrize(
    ("rests_on", "words"),
    [
        ("document", "(rests on documents)."),
        ("several", "(rests on the word of several sides)."),
        ("one", "(rests on the word of one side)."),
        ("interested", "(rests on the word of those who lead or fund, about themselves)."),
        ("open", "(rests on answers that are still open)."),
    ],
)
@pytest.mark.parametrize("reported", [True, False])
def test_a_strength_says_what_it_rests_on(
    rich: Report, rests_on: str, words: str, reported: bool
) -> None:
    one = rich.strengths[0]._replace(rests_on=rests_on, reported=reported, message="It is there.")
    text = " ".join(render(rich._replace(strengths=(one,)), "table").split())
    assert f"+ It is there {words}" in text


def test_of_a_confidential_answer_a_strength_says_nothing_more(rich: Report) -> None:
    one = rich.strengths[0]._replace(confidential=True)
    text = render(for_audience(rich._replace(strengths=(one,))), "table")
    assert "+ A strength. This rests on a confidential answer.\n" in text


def test_plain_keeps_scripts_that_need_joiners() -> None:
    assert plain("a\u200cb\u200dc") == "a\u200cb\u200dc"
    assert plain("a\r\nb\tc\u2028d\U000e0041") == "a\\x0d b c\\u2028d\\U000e0041"


def test_json_does_not_load_tabulate() -> None:
    code = "import sys, partnerrules.report; sys.exit('tabulate' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
