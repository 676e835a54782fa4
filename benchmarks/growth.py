"""How the time of a case grows with the number of rules, and with the number of partners.

Told is the power by which it grows from each size to the next, and at most that of what there is
to find: the tokens that the engine gets, the matches that it gives back, and what is told. A power
of 1 is in step.

Rules come from the packs of the tool: as many of them as wanted, with all that they name, and
beyond their number copies of them with ids of their own, which find again what the first ones find.
Cases have every question asked, with much, half and little known in turn. All sizes take turns, and
of each the least time of a case counts, since others can only add to it.
"""

from __future__ import annotations

import gc
import math
import random
import re
import shutil
import tempfile
import time
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from benchmarks.cases import KNOWN, answered, members_for
from benchmarks.figures import Figure
from partnerrules.cases import Case
from partnerrules.checking import Checker
from partnerrules.documents import parse_document
from partnerrules.findings import Report
from partnerrules.packs import Library, Pack, load_packs
from partnerrules.report.json import render_line
from partnerrules.shipped import shipped_packs
from partnerrules.waste import look_for_waste_rarely

RULES = (60, 120, 250, 500)
PARTNERS = (10, 40, 200, 1_000)
NOISE = 0.1
"""What the power may be more than that of what there is to find, or than 1."""


class Size(NamedTuple):
    """One size: what is evaluated in it, and with what."""

    number: int
    checker: Checker
    texts: Sequence[bytes]


class Took(NamedTuple):
    """What a case of one size takes on average, in milliseconds of CPU, and what it brings."""

    reading: float
    checking: float
    writing: float
    tokens: float
    matches: float
    told: float
    """Findings and strengths."""

    @property
    def found(self) -> float:
        """All that the engine takes and gives, and all that is told."""
        return self.tokens + self.matches + self.told


def growth(engine: str, rounds: int, cases: int) -> list[Figure]:
    """Return by what power the time of a case grows, from each size to the next."""
    look_for_waste_rarely()
    packs = load_packs(shipped_packs())
    library = Library(packs)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        members = members_for(library, 150)
        texts = _texts(library, members, cases)
        sizes = [
            Size(number, stack.enter_context(_checker(packs, number, folder, engine)), texts)
            for number in RULES
        ]
        figures = [*figures_of(f"rules, {engine}", sizes, rounds)]
    with Checker(packs, engine=engine) as checker:
        sizes = [
            Size(number, checker, _texts(library, {**members, "partner": number}, cases))
            for number in PARTNERS
        ]
        return [*figures, *figures_of(f"partners, {engine}", sizes, rounds)]


def _texts(library: Library, members: Mapping[str, int], number: int) -> list[bytes]:
    return [
        answered(library, f"case-{one}", KNOWN[one % len(KNOWN)], members).encode()
        for one in range(number)
    ]


def figures_of(name: str, sizes: Sequence[Size], rounds: int) -> Iterator[Figure]:
    """Yield the powers of reading, checking and writing a case, for each step between sizes."""
    took = _took(sizes, rounds)
    for (small, before), (large, after) in pairwise(
        (size.number, one) for size, one in zip(sizes, took, strict=True)
    ):
        step = f"{large:,} {name}, not {small:,}"
        times = large / small
        more = math.log(after.found / before.found) / math.log(times)
        counts = f"{after.tokens:.0f} tokens, {after.matches:.0f} matches, {after.told:.0f} told"
        for part in ("reading", "checking", "writing"):
            yield Figure(
                f"{step}: {part}",
                getattr(after, part),
                getattr(before, part),
                "ms",
                most=max(1.0, more) + NOISE,
                kind="power",
                times=times,
                note=f"{counts}, in all n^{more:.2f}" if part == "checking" else "",
            )


def _took(sizes: Sequence[Size], rounds: int) -> list[Took]:
    """Return what a case takes at each size; the sizes take turns."""
    best: list[list[list[float]]] = [[] for _ in sizes]
    found: list[list[Report]] = [[] for _ in sizes]
    for turn in range(rounds + 1):
        for size, least, reports in zip(sizes, best, found, strict=True):
            spent = [_spent(size.checker, text) for text in size.texts]
            if not turn:
                # It prepares what is prepared once, and its reports say what there is to find.
                reports += [report for report, _ in spent]
                continue
            times = [one for _, one in spent]
            least[:] = (
                [[*map(min, a, b)] for a, b in zip(least, times, strict=True)] if least else times
            )
    return [_mean(least, reports) for least, reports in zip(best, found, strict=True)]


def _mean(times: Sequence[Sequence[float]], reports: Sequence[Report]) -> Took:
    number = len(reports)
    reading, checking, writing = (sum(part) / number for part in zip(*times, strict=True))
    told = sum(len(one.findings) + len(one.strengths) for one in reports)
    tokens, matches = (
        sum(getattr(one.engine, name) for one in reports) for name in ("tokens", "matches")
    )
    return Took(reading, checking, writing, tokens / number, matches / number, told / number)


def _spent(checker: Checker, text: bytes) -> tuple[Report, list[float]]:
    """Return the report of a case, and what reading, checking and writing it took."""
    gc.collect()
    marks = [time.process_time()]
    case: Case = checker.reader.parse(parse_document(text, path="made-up.yaml", format="yaml"))
    marks.append(time.process_time())
    report = checker.check(case)
    marks.append(time.process_time())
    render_line(report)
    marks.append(time.process_time())
    return report, [(after - before) * 1000 for before, after in pairwise(marks)]


def _checker(packs: Sequence[Pack], number: int, folder: Path, engine: str) -> Checker:
    """Return a checker with so many rules."""
    return Checker(packs_with(packs, number, folder / str(number)), engine=engine)


def packs_with(packs: Sequence[Pack], number: int, folder: Path) -> list[Pack]:
    """Return the packs with so many rules, written anew into a folder: some, or all and copies."""
    order = sorted(name for pack in packs for name in pack.rules)
    random.Random(2026).shuffle(order)
    kinds = {name: rule.kind for pack in packs for name, rule in pack.rules.items()}
    order.sort(key=lambda name: kinds[name] != "derive")
    needs = _needs(packs)
    kept: set[str] = set()
    for name in order:
        if len(kept | needs[name]) <= number:
            kept |= needs[name]
    _write(packs, kept, folder)
    checks = [name for name, kind in kinds.items() if kind == "check"]
    for count in range(number - len(kept)):
        name, turn = checks[count % len(checks)], count // len(checks) + 1
        pack = next(pack for pack in packs if name in pack.rules)
        _copy(Path(pack.rule_files[name]), name, f"{name}-{turn}", folder / pack.id)
    return load_packs([folder / pack.id for pack in packs], keep=False)


def packs_of(packs: Sequence[Pack], names: Iterable[str], folder: Path) -> list[Pack]:
    """Return the packs with some rules and all that these need, written anew into a folder."""
    needs = _needs(packs)
    derived = {name for pack in packs for name, rule in pack.rules.items() if rule.derive}
    _write(packs, derived.union(*(needs[name] for name in names)), folder)
    return load_packs([folder / pack.id for pack in packs], keep=False)


def _needs(packs: Sequence[Pack]) -> dict[str, set[str]]:
    """Return for each rule itself and the rules that it names, and that those name."""
    files = {name: Path(path) for pack in packs for name, path in pack.rule_files.items()}
    named = re.compile(rf"(?<![\w.-])({'|'.join(map(re.escape, files))})(?![\w-])")
    names = {name: {*named.findall(path.read_text("utf-8"))} for name, path in files.items()}
    needs = {}
    for name in files:
        wanted, left = {name}, [name]
        while left:
            more = names[left.pop()] - wanted
            wanted |= more
            left += more
        needs[name] = wanted
    return needs


def _write(packs: Sequence[Pack], kept: Container[str], folder: Path) -> None:
    for pack in packs:
        root = folder / pack.id
        # Profiles name rules that may not be there.
        shutil.copytree(pack.root, root, ignore=shutil.ignore_patterns("profiles"))
        for name, path in pack.rule_files.items():
            if name not in kept:
                (root / Path(path).relative_to(pack.root)).unlink()


def _copy(path: Path, name: str, new: str, home: Path) -> None:
    """Write a rule once more under another id; what it names stays."""
    text = re.sub(r"^was:.*\n", "", path.read_text("utf-8"), flags=re.M)
    text = re.sub(rf"^id: {re.escape(name)}$", f"id: {new}", text, count=1, flags=re.M)
    words = dict(re.findall(r"^(name|dimension): (.*)$", text, re.M))
    (home / words["dimension"] / f"{new}-{words['name']}.yaml").write_text(text, "utf-8")
