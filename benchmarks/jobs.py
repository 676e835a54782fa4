"""How many cases a second two processes check, beside one, by the command line.

Cases of three sizes take turns. The work is cut in rounds, in each of which one job and two take
turns, now the one first and now the other, so that what else the machine does falls on both. What
two processes come to that share nothing, each reading half of the files, says what the machine
gives at best.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.running import Spent, check, mixed, surroundings, write_jsonl, write_yaml

ROUNDS = 4
LEAST = 1.8
FORMATS = {"YAML": write_yaml, "JSONL": write_jsonl}
_READ = """
import sys, yaml
from pathlib import Path
for name in sys.argv[1:]:
    for path in sorted(Path(name).iterdir()):
        yaml.compose(path.read_bytes(), Loader=yaml.CSafeLoader)
"""


def jobs(engines: Sequence[str], number: int) -> Iterator[Figure]:
    """Yield cases per second with two jobs and with one, by engine and format of the cases."""
    number -= number % ROUNDS
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        around = surroundings(place / "kept")
        for form, write in FORMATS.items():
            texts = mixed(number)
            for turn in range(ROUNDS):
                part = [next(texts) for _ in range(number // ROUNDS)]
                write(part, place / form / str(turn))
        warm = place / "warm"
        write_yaml(mixed(2), warm)
        for engine in engines:
            check(warm, 2, around, "-j", "2", "--engine", engine)
        yield _at_best(place / "YAML", place / "halves")
        for engine in engines:
            for form in FORMATS:
                yield _pair(engine, form, place / form, number, around)


def _pair(engine: str, form: str, folder: Path, number: int, around: Mapping[str, str]) -> Figure:
    spent: dict[str, list[Spent]] = {"1": [], "2": []}
    for turn in range(ROUNDS):
        for count in ("1", "2") if turn % 2 else ("2", "1"):
            options = ("-j", count, "--engine", engine)
            took = check(folder / str(turn), number // ROUNDS, around, *options)
            spent[count].append(took)
    one, two = (sum(took.wall for took in spent[count]) for count in ("1", "2"))
    ratios = [a.wall / b.wall for a, b in zip(spent["1"], spent["2"], strict=True)]
    cpu = [sum(took.cpu for took in spent[count]) / number * 1000 for count in ("1", "2")]
    return Figure(
        f"2 jobs, not 1: {engine}, {form}",
        number / two,
        number / one,
        "cases/s",
        most=LEAST,
        less_is_worse=True,
        spread=(min(ratios), max(ratios)),
        note=f"CPU of a case {cpu[0]:.1f} ms with 1, {cpu[1]:.1f} ms with 2",
    )


def _at_best(folder: Path, halves: Path) -> Figure:
    """Return how much sooner two processes are done that only read, each half of the files."""
    files = sorted(folder.glob("*/*"))
    for number, path in enumerate(files):
        half = halves / str(number % 2)
        half.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, half / f"{number}.yaml")
    # Where reading takes less than a few seconds, starting Python would be most of it.
    again = max(1, 3_000 // len(files))
    parts = [[str(halves / half)] * again for half in ("0", "1")]
    ratios, one, two = [], 0.0, 0.0
    for _ in range(ROUNDS):
        alone = _reading([[*parts[0], *parts[1]]])
        both = _reading(parts)
        one, two = one + alone, two + both
        ratios.append(alone / both)
    many = len(files) * again * ROUNDS
    name = "2 processes that only read, not 1"
    return Figure(name, many / two, many / one, "files/s", spread=(min(ratios), max(ratios)))


def _reading(parts: Sequence[Sequence[str]]) -> float:
    start = time.perf_counter()
    ran = [subprocess.Popen([sys.executable, "-c", _READ, *part]) for part in parts]
    if any(one.wait() for one in ran):
        raise RuntimeError("reading the cases did not work")
    return time.perf_counter() - start
