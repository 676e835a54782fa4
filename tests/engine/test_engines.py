"""Both engines find just the matches that trying all tuples finds."""

import os
import random

import pytest
from made_jobs import make_batches, make_jobs, try_all

from partnerrules.engine.durable import DurableEngine, durable_available
from partnerrules.engine.matching import Job, Pattern, Token
from partnerrules.engine.python import PythonEngine
from partnerrules.errors import EvaluationError

PROGRAMS = int(os.environ.get("PARTNERRULES_PROGRAMS", "80"))
CASES = 3
ENGINES = [
    PythonEngine,
    pytest.param(
        DurableEngine,
        marks=pytest.mark.skipif(not durable_available(), reason="durable-rules is not installed"),
    ),
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("part", range(4))
def test_an_engine_finds_what_trying_everything_finds(engine: type, part: int) -> None:
    matches = 0
    for seed in range(part, PROGRAMS, 4):
        rng = random.Random(f"engines/{seed}")
        jobs, widths = make_jobs(rng)
        made = engine(jobs)
        for _ in range(CASES):
            batches = make_batches(rng, widths)
            tokens: list[Token] = []
            with made.session() as session:
                so_far = set()
                for batch in batches:
                    found = session.add(batch)
                    tokens += batch
                    assert len(set(found) - so_far) == len(found), seed
                    so_far |= set(found)
                    assert len(so_far) > 2000 or so_far == try_all(jobs, tokens), seed
                assert so_far == try_all(jobs, tokens), seed
            matches += len(so_far)
        made.close()
    assert matches > PROGRAMS


@pytest.mark.parametrize("engine", ENGINES)
def test_patterns_of_one_kind_may_name_one_variable_twice_each_in_its_way(engine: type) -> None:
    jobs = [
        Job(0, (Pattern(0, (0, 0, 1)), Pattern(0, (0, 1, 1)))),
        Job(1, (Pattern(0, (0, 1, 2)), Pattern(0, (2, 1, 0)))),
    ]
    tokens = [Token(0, (a, b, c)) for a in range(3) for b in range(3) for c in range(3)]
    made = engine(jobs)
    with made.session() as session:
        assert set(session.add(tokens)) == try_all(jobs, tokens)
    made.close()


@pytest.mark.parametrize("engine", ENGINES)
def test_equal_tokens_are_tokens_of_their_own(engine: type) -> None:
    jobs = [Job(0, (Pattern(0, (0,)), Pattern(1, (0,)), Pattern(2, (0,))))]
    tokens = [Token(kind, (5,)) for kind in (0, 1, 2, 1, 0, 0, 2)]
    made = engine(jobs)
    with made.session() as session:
        found = session.add(tokens)
        assert len(found) == 3 * 2 * 2
        assert set(found) == try_all(jobs, tokens)
    made.close()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_rule_that_joins_without_bound_stops_with_an_error_of_the_case(engine: type) -> None:
    job = Job(0, (Pattern(0, (0,)), Pattern(1, (1,))))
    tokens = [Token(kind, (n,)) for kind in (0, 1) for n in range(60)]
    made = engine([job], limit=1000)
    with pytest.raises(EvaluationError), made.session() as session:
        session.add(tokens)
    with made.session() as session:
        assert len(session.add([Token(0, (1,)), Token(1, (2,))])) == 1
    made.close()


@pytest.mark.parametrize("engine", ENGINES)
def test_seventy_thousand_matches_are_all_read(engine: type) -> None:
    job = Job(0, (Pattern(0, (0,)), Pattern(1, (1,))))
    tokens = [Token(0, (n,)) for n in range(700)] + [Token(1, (n,)) for n in range(100)]
    made = engine([job])
    with made.session() as session:
        assert len(set(session.add(tokens))) == 70_000
    made.close()
