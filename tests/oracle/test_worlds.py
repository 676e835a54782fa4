"""What an engine calls certain holds in every world, and what it rules out in none."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from adapter import Tool
from bracket import Seen, bracketed, case_of, loose, program_of, violations
from comparison import PROGRAMS
from generator import Program, read_case
from worlds import Told
from worlds_made import Worlds

from partnerrules.engine.durable import durable_available

MOST = 120 if PROGRAMS <= 2000 else 4000
"""As many worlds as a case has at most."""


def test_what_is_certain_holds_in_every_world(record_property: Any) -> None:
    total: Counter[str] = Counter()
    wrong = []
    for seed in range(PROGRAMS // 10):
        program = program_of(seed)
        worlds = Worlds(program)
        engine = "durable" if seed % 5 == 0 and durable_available() else "python"
        tool = Tool(worlds.library, [engine])
        for number in range(2 if PROGRAMS > 2000 else 1):
            raw = case_of(worlds, seed, number, MOST)
            found, count = bracketed(program, worlds, tool, raw, engine)
            wrong += [f"{engine} program {seed}, case {number}: {one}" for one in found]
            total += count
        tool.close()
        if len(wrong) > 20:
            break
    record_property("worlds", dict(total))
    print(dict(total))
    assert not wrong, "\n".join(wrong[:20])
    assert total["open subjects"] >= total["subjects"] / 3
    # What only a split by cases would settle may stay open, but it is not much.
    assert total["loose"] <= total["subjects"] / 10, total


OVER = {"over": {"p": "partner"}, "where": {"p.ok": "yes"}}
SOME_DO_NOT_APPLY = {
    "partners": [
        {"id": "a", "ok": "yes", "weight": "not_applicable"},
        {"id": "b", "ok": "dont_know", "weight": 4},
    ]
}
BEHIND_A_REFERENCE = {
    "partners": [{"id": "a", "ok": "yes"}],
    "regions": [
        {"id": "n", "heads": 3, "colour": "red"},
        {"id": "s", "heads": 5, "colour": "not_applicable"},
    ],
}


@pytest.mark.parametrize(
    ("measure", "test", "case", "expected"),
    [
        ({**OVER, "sum": "p.weight"}, {"at_least": 0}, SOME_DO_NOT_APPLY, "unknown"),
        ({**OVER, "count_values": "p.weight"}, {"at_least": 0}, SOME_DO_NOT_APPLY, "unknown"),
        ({**OVER, "mean": "p.weight"}, {"at_least": 0}, SOME_DO_NOT_APPLY, "unknown"),
        ({**OVER, "sum": "p.home.heads"}, {"at_least": 3}, BEHIND_A_REFERENCE, "concern"),
        ({**OVER, "sum": "p.home.heads"}, {"at_least": 4}, BEHIND_A_REFERENCE, "unknown"),
        ({**OVER, "max": "p.home.heads"}, {"more_than": 5}, BEHIND_A_REFERENCE, "sound"),
        ({**OVER, "count_values": "p.home.colour"}, {"at_most": 1}, BEHIND_A_REFERENCE, "unknown"),
    ],
)
def test_a_measure_is_a_range_of_what_it_is_in_the_worlds(
    measure: Any, test: Any, case: Any, expected: str
) -> None:
    rule = {
        "id": "R-00", "name": "made", "title": "R", "dimension": "d", "given": {"g.made": test},
        "concern": {"only": {"level": "low", "says": "-"}},
    }  # fmt: skip
    program = Program([rule], {"g.made": measure})
    worlds = Worlds(program)
    tool = Tool(worlds.library, ["python"])
    raw = {"schema": "partnerrules.case/1", "case": "made", "assessed_on": "2026-06-30", **case}
    wrong, count = bracketed(program, worlds, tool, {"regions": [], **raw}, "python")
    assert not wrong and not count["loose"]
    rows = tool.rows("python", read_case({"regions": [], **raw}), proofs=False)
    assert rows["R-00", ()][0] == expected


def test_a_claim_that_a_world_denies_is_found() -> None:
    seen = Seen()
    seen.add(Told(applies=True, due=True, level=1, sound=False))
    seen.add(Told(applies=True, due=True, level=3, sound=False))
    assert violations(("concern", 1, 3, None), seen) == []
    assert violations(("concern", 2, 3, None), seen) == ["certain, but not in every world"]
    assert violations(("concern", 1, 2, None), seen) == ["ruled out, but holds in a world"]
    assert "sound, but not in every world" in violations(("sound", 0, 0, None), seen)
    assert "not due, but due in a world" in violations(("not_due", 0, 0, None), seen)
    assert violations(None, seen) == ["a world has this subject, the engine has not"]
    assert loose((), ("unknown", 0, 3, None), seen) == ["certain"]
