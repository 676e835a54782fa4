"""Random jobs and tokens, and the matches that trying all tuples finds."""

import random
from collections.abc import Iterator

from partnerrules.engine.matching import Job, Match, Pattern, Token


def make_jobs(rng: random.Random, most: int = 12) -> tuple[list[Job], list[int]]:
    """Return jobs and the number of values of the tokens of each kind."""
    widths = [rng.randint(0, 3) for _ in range(rng.randint(1, rng.choice([5, 40])))]
    jobs = []
    for number in rng.sample(range(100), rng.randint(1, most)):
        patterns = []
        for _ in range(rng.randint(2, 4)):
            kind = rng.randrange(len(widths))
            few = rng.choice([2, 5, 9])
            slots = tuple(rng.randrange(few) for _ in range(widths[kind]))
            patterns.append(Pattern(kind, slots))
        jobs.append(Job(number, tuple(patterns)))
    if rng.random() < 0.3:
        jobs.append(Job(100, jobs[0].patterns))
    return jobs, widths


def make_batches(rng: random.Random, widths: list[int]) -> list[list[Token]]:
    """Return tokens, equal ones among them; some kinds come late or never."""
    present = rng.sample(range(len(widths)), rng.randint(1, len(widths)))
    batches: list[list[Token]] = []
    left = 12
    for _ in range(rng.randint(1, 4)):
        kinds = rng.sample(present, rng.randint(1, min(6, len(present))))
        batch = []
        for _ in range(rng.randint(0, min(left, 10))):
            kind = rng.choice(kinds)
            batch.append(Token(kind, tuple(rng.randrange(3) for _ in range(widths[kind]))))
        left -= len(batch)
        batches.append(batch)
    return batches


def try_all(jobs: list[Job], tokens: list[Token]) -> set[Match]:
    """Return the matches that there are, found in the plainest way."""
    return {Match(job.number, way) for job in jobs for way in _ways(job.patterns, tokens, {})}


def _ways(
    patterns: tuple[Pattern, ...], tokens: list[Token], bound: dict[int, int]
) -> Iterator[tuple[int, ...]]:
    if not patterns:
        yield ()
        return
    for number, token in enumerate(tokens):
        if token.kind == patterns[0].kind:
            values = dict(bound)
            pairs = zip(patterns[0].slots, token.values, strict=True)
            if all(values.setdefault(slot, value) == value for slot, value in pairs):
                yield from ((number, *rest) for rest in _ways(patterns[1:], tokens, values))
