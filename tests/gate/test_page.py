"""The tables of docs/gate.md, each cell by the gate itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from gate_made import finding, report

from partnerrules.findings import Finding
from partnerrules.gate import Judging, judge, open_points
from partnerrules.gate.baseline import Baseline
from partnerrules.gate.updating import entry_of

PAGE = (Path(__file__).parents[2] / "docs" / "gate.md").read_text("utf-8")
RULE = "CON-01"


def table(name: str) -> list[list[str]]:
    """Return the cells of a table of the page, its heads first."""
    found = re.search(rf"<!-- table: {name} -->\n((?:\|.*\n)+)", PAGE)
    assert found
    rows = [line.strip("|").split("|") for line in found[1].splitlines()]
    return [[cell.strip().strip("`") for cell in row] for row in rows if "---" not in row[0]]


def meant(words: str) -> Finding | None:
    """Return the finding that a cell tells of."""
    if words == "nothing":
        return None
    level, _, could_be = words.partition(", could be ")
    return finding(RULE, None if level == "open" else level, could_be or None)


def cell(judging: Judging, now: Finding | None) -> tuple[str, str]:
    """Return the exit code with what is told on stderr, and the state."""
    whole = report(*([now] if now else []))
    done = judge(whole._replace(cases=whole.cases[:1]), judging, {RULE})
    points = open_points(done, fail_on=judging.fail_on) if judging.unknown == "warn" else ()
    code = "1" if done.cases[0].reasons else "0"
    state = done.findings[0].state if done.findings else ""
    return f"{code}, told" if points and code == "0" else code, state


def test_every_setting_comes_to_what_the_page_says() -> None:
    heads, *rows = table("settings")
    assert len({tuple(row[:2]) for row in rows}) == 12
    assert len(heads) == 11
    for fail_on, unknown, *cells in rows:
        for words, said in zip(heads[2:], cells, strict=True):
            told = cell(Judging(fail_on, unknown), meant(words))
            assert told == (said, "new"), (fail_on, unknown, words)


@pytest.mark.parametrize("row", table("baseline")[1:], ids=lambda row: f"{row[0]} - {row[1]}")
def test_every_state_comes_to_what_the_page_says(row: list[str]) -> None:
    before, now, state, *cells = row
    entry = meant(before)
    entries = (entry_of(entry),) if entry else ()
    for unknown, said in zip(("ignore", "warn", "fail"), cells, strict=True):
        judging = Judging(unknown=unknown, baseline=Baseline("b", "", {"one": entries}))
        assert cell(judging, meant(now)) == (said, state)
