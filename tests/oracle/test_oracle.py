"""The engines agree with an evaluator that was written from the contract alone."""

from __future__ import annotations

from collections import Counter

import pytest
from comparison import PROGRAMS, cases_of, compare, program_of, shown_smallest

from partnerrules.engine.durable import durable_available

OFTEN = {"python": 2, "durable": 1} if durable_available() else {"python": 2}
"""How many cases of each program every engine takes."""
PARTS = 4
"""All programs in so many parts, which processes share."""


@pytest.mark.parametrize("part", range(PARTS))
def test_both_engines_agree_with_the_naive_evaluator(part: int) -> None:
    found = []
    for seed in range(part, PROGRAMS, PARTS):
        found += compare(seed, OFTEN)
        if len(found) > 20:
            break
    assert not found, "\n".join([*map(str, found[:20]), shown_smallest(found[0])])


def test_programs_and_cases_have_what_is_hard() -> None:
    programs = [program_of(seed) for seed in range(300)]
    shares = Counter(f for p in programs for f in p.features)
    assert shares["negation"] >= 100
    assert shares["strata"] >= 100
    assert shares["recursion"] >= 30
    cases = [features for seed in range(300) for _, features in cases_of(seed, 4)]
    rich = sum(features >= {"open", "disputed", "range"} for features in cases)
    assert rich >= len(cases) / 2
    assert sum("not_applicable" in features for features in cases) >= len(cases) / 2
