"""What evaluating a few rules costs, beside the same rules in engines that others wrote.

`benchmarks/peer.py` says which rules, and what the peers do not do. The tool has just these rules
too. Each gets the same cases of 600 lines, read before, in turn.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

from benchmarks.cases import answered, members_for
from benchmarks.figures import Figure
from benchmarks.growth import packs_of
from benchmarks.peer import NAMES, Concerns, Peer, plain
from partnerrules.cases import Case
from partnerrules.checking import Checker
from partnerrules.documents import parse_document
from partnerrules.packs import load_packs
from partnerrules.shipped import shipped_packs
from partnerrules.waste import look_for_waste_rarely

MADE = {"clipspy": ("peer_clips", "Clips"), "zen-engine": ("peer_zen", "Zen")}
"""By the name under which it is installed: where its rules are."""


def installed(clauses: list[str]) -> Iterator[Peer]:
    """Yield the peers that are installed, and say which are not."""
    for package, (module, kind) in MADE.items():
        try:
            peer: Peer = getattr(import_module(f"benchmarks.{module}"), kind)(clauses)
        except ImportError:
            print(f"{package} is not installed, so it is not measured.", file=sys.stderr)
            continue
        yield peer


def peers(engines: Sequence[str], number: int, rounds: int) -> list[Figure]:
    """Return the CPU time of a case with five rules, by engine and by peer."""
    look_for_waste_rarely()
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        packs = packs_of(load_packs(shipped_packs()), NAMES, Path(folder))
        for engine in engines:
            with Checker(packs, engine=engine) as checker:
                figures += beside(checker, number, rounds)
    # This process is for that alone; CLIPS writes about its memory to stdout as it ends.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return figures


def beside(checker: Checker, number: int, rounds: int) -> Iterator[Figure]:
    """Yield what a case takes beside each peer, for outcomes alone and for a whole report."""
    texts = known(checker, number)
    cases = [_read(checker, text) for text in texts]
    values = [plain(yaml.load(text, Loader=yaml.CSafeLoader)) for text in texts]
    for peer in installed(clauses_of(checker)):
        same = sum(
            concerns(checker, case) == peer.concerns(value)
            for case, value in zip(cases, values, strict=True)
        )
        works: list[tuple[str, Callable[[Case], object]]] = [
            ("outcomes", checker.outcomes),
            ("report with proofs", checker.check),
        ]
        for what, work in works:
            ratios, own, base = [], 0.0, 0.0
            for _ in range(rounds):
                mine, its = _spent(cases, work), _spent(values, peer.concerns)
                own, base = own + mine, base + its
                ratios.append(mine / its)
            every = number * rounds
            yield Figure(
                f"5 rules, {what}, {checker.engine.name}, beside {peer.name}",
                own / every,
                base / every,
                "ms",
                spread=(min(ratios), max(ratios)),
                note=f"the same concerns in {same} of {number} cases",
            )


def known(checker: Checker, number: int) -> list[str]:
    """Return cases in which every question has an answer that is known."""
    members = members_for(checker.library, 600)
    return [answered(checker.library, f"case-{one}", 1.0, members) for one in range(number)]


def clauses_of(checker: Checker) -> list[str]:
    """Return the ids of the topics that a document may cover."""
    return [*checker.library.entities["clause"].members]


def concerns(checker: Checker, case: Case) -> Concerns:
    """Return what the rules find by their own conditions, before guards and compounds."""
    return {
        (one.rule.id, "".join(one.subject)): one.standing.certain
        for one in checker.outcomes(case)
        if one.own_outcome == "concern" and one.standing.certain
    }


def _read(checker: Checker, text: str) -> Case:
    return checker.reader.parse(parse_document(text.encode(), path="made-up.yaml", format="yaml"))


def _spent(things: Iterable[Any], work: Callable[[Any], object]) -> float:
    """Return the milliseconds of CPU that the work takes on all things."""
    gc.collect()
    start = time.process_time()
    for one in things:
        work(one)
    return (time.process_time() - start) * 1000
