"""Both engines find just the matches that trying all tuples finds."""

import random
from itertools import product

import pytest

from partnerrules.engine.durable import DurableEngine, durable_available
from partnerrules.engine.matching import Job, Match, Pattern, Token
from partnerrules.engine.python import PythonEngine
from partnerrules.errors import EvaluationError

ENGINES = [
    PythonEngine,
    pytest.param(
        DurableEngine,
        marks=pytest.mark.skipif(not durable_available(), reason="durable-rules is not installed"),
    ),
]


def _program(rng: random.Random) -> tuple[list[Job], list[list[Token]]]:
    widths = [rng.randint(0, 3) for _ in range(rng.randint(1, 5))]
    jobs = []
    for number in range(rng.randint(1, 12)):
        patterns = []
        for _ in range(rng.randint(2, 4)):
            kind = rng.randrange(len(widths))
            slots = rng.sample(range(5), widths[kind])
            patterns.append(Pattern(kind, tuple(slots)))
        jobs.append(Job(number, tuple(patterns)))
    batches = []
    for _ in range(rng.randint(1, 3)):
        kinds = [rng.randrange(len(widths)) for _ in range(rng.randint(0, 6))]
        batches.append([Token(k, tuple(rng.randrange(3) for _ in range(widths[k]))) for k in kinds])
    return jobs, batches


def _all(jobs: list[Job], tokens: list[Token]) -> set[Match]:
    found = set()
    for job in jobs:
        pools = [
            [n for n, token in enumerate(tokens) if token.kind == pattern.kind]
            for pattern in job.patterns
        ]
        for way in product(*pools):
            values: dict[int, int] = {}
            if all(
                values.setdefault(slot, value) == value
                for place, number in enumerate(way)
                for slot, value in zip(
                    job.patterns[place].slots, tokens[number].values, strict=True
                )
            ):
                found.add(Match(job.number, way))
    return found


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_finds_what_trying_everything_finds(engine: type) -> None:
    rng = random.Random(7)
    for _ in range(300):
        jobs, batches = _program(rng)
        made = engine(jobs)
        for _ in range(2):
            with made.session() as session:
                found = [match for batch in batches for match in session.add(batch)]
            tokens = [token for batch in batches for token in batch]
            assert len(found) == len(set(found))
            assert set(found) == _all(jobs, tokens)
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
