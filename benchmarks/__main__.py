"""Prints what a check costs: `python -m benchmarks [KIND ...] [--quick]`."""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

from benchmarks.figures import Figure, table
from benchmarks.growth import growth
from benchmarks.jobs import jobs
from benchmarks.memory import memory
from benchmarks.noise import Noise
from benchmarks.parsing import parsing
from benchmarks.peers import peers
from benchmarks.start import start
from benchmarks.startup import startup
from benchmarks.stream import stream
from benchmarks.throughput import throughput
from partnerrules.engine.durable import durable_available

T = TypeVar("T")
Kind = Callable[[Sequence[str], bool], Iterator[Figure]]
"""Measures with these engines; less where it has to be quick."""


def main() -> None:
    """Measure what is asked for, and print it."""
    words = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    words.add_argument("kinds", nargs="*", metavar="KIND", help=f"of {', '.join(KINDS)}; or all")
    words.add_argument("--quick", action="store_true", help="fewer rounds and cases")
    asked = words.parse_args()
    if unknown := set(asked.kinds) - set(KINDS):
        words.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(KINDS)}")
    engines = ["python", *(["durable"] if durable_available() else [])]
    noise = Noise()
    figures = []
    for name, measure in KINDS.items():
        for figure in measure(engines, asked.quick) if name in (asked.kinds or KINDS) else ():
            # All of it takes hours: what is known already is told.
            print(figure.told, file=sys.stderr, flush=True)
            figures.append(figure)
    print(f"Python {platform.python_version()}, engines: {', '.join(engines)}")
    print(table(figures))
    print(noise.told())


def _startup(engines: Sequence[str], quick: bool) -> Iterator[Figure]:
    yield from startup(5 if quick else 25)


def _start(engines: Sequence[str], quick: bool) -> Iterator[Figure]:
    yield from start(engines, 5 if quick else 25)


def _throughput(engines: Sequence[str], quick: bool) -> Iterator[Figure]:
    for engine in engines:
        yield _alone(throughput, engine, 120 if quick else 2_000)


def _parsing(engines: Sequence[str], quick: bool) -> Iterator[Figure]:
    for engine in engines:
        yield from _alone(parsing, engine, 60 if quick else 1_500)


def _peers(engines: Sequence[str], quick: bool) -> Iterator[Figure]:
    yield from _alone(peers, engines, *((10, 3) if quick else (100, 10)))


def _jobs(engines: Sequence[str], quick: bool) -> Iterator[Figure]:
    yield from jobs(engines, 240 if quick else 10_000)


def _memory(engines: Sequence[str], quick: bool) -> Iterator[Figure]:
    for engine in engines:
        yield _alone(memory, engine, *((100, 500) if quick else (500, 10_000)))
    yield from stream(engines[-1], *((500, 2_000) if quick else (5_000, 100_000)))


def _growth(engines: Sequence[str], quick: bool) -> Iterator[Figure]:
    for engine in engines:
        yield from _alone(growth, engine, *((1, 3) if quick else (5, 12)))


KINDS: Mapping[str, Kind] = {
    "startup": _startup,
    "start": _start,
    "throughput": _throughput,
    "parsing": _parsing,
    "peers": _peers,
    "jobs": _jobs,
    "memory": _memory,
    "growth": _growth,
}


def _alone(measure: Callable[..., T], *given: object) -> T:
    """Measure in a process of its own, where nothing was loaded or left before."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measure, *given).result()


if __name__ == "__main__":
    main()
