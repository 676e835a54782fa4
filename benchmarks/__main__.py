"""Prints what a check costs: `python -m benchmarks [startup|throughput|memory] [--quick]`."""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from benchmarks.figures import Figure, table
from benchmarks.memory import memory
from benchmarks.startup import startup
from benchmarks.throughput import throughput
from partnerrules.engine.durable import durable_available

KINDS = ("startup", "throughput", "memory")


def main() -> None:
    """Measure what is asked for, and print it."""
    words = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    words.add_argument("kinds", nargs="*", metavar="KIND", help=f"of {', '.join(KINDS)}; or all")
    words.add_argument("--quick", action="store_true", help="fewer rounds and cases")
    asked = words.parse_args()
    if unknown := set(asked.kinds) - set(KINDS):
        words.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(KINDS)}")
    engines = ["python", *(["durable"] if durable_available() else [])]
    figures = []
    for figure in _figures(set(asked.kinds or KINDS), engines, quick=asked.quick):
        # All of it takes ten minutes: what is known already is told.
        print(f"{figure.name}: {figure.said(figure.result)}", file=sys.stderr)
        figures.append(figure)
    print(f"Python {platform.python_version()}, engines: {', '.join(engines)}")
    print(table(figures))


def _figures(kinds: set[str], engines: list[str], *, quick: bool) -> Iterator[Figure]:
    if "startup" in kinds:
        yield from startup(5 if quick else 25)
    for engine in engines if "throughput" in kinds else ():
        yield _alone(throughput, engine, 120 if quick else 2_000)
    for engine in engines if "memory" in kinds else ():
        yield _alone(memory, engine, *((100, 500) if quick else (500, 10_000)))


def _alone(measure: Callable[..., Figure], *given: object) -> Figure:
    """Measure in a process of its own, where nothing was loaded or left before."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measure, *given).result()


if __name__ == "__main__":
    main()
