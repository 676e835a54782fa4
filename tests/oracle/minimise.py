"""Shrink a program that two evaluators tell apart: `python minimise.py SEED CASE RULE`."""

from __future__ import annotations

import copy
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[2])]

import test_oracle
from generator import Program, read_case

from partnerrules.engine import compile_program, make_engine

Thing = dict[str, Any]


def difference(thing: Thing, name: str = "python", rule: str = "") -> list[str]:
    """Say where an engine and the naive evaluator differ on `rules`, `measure` and `case`."""
    library = Program(thing["rules"], thing["measure"]).library()
    program = compile_program(library)
    case = read_case(library, thing["case"])
    theirs = test_oracle.got(program, case, make_engine(name, program))
    mine = test_oracle.wanted(library, case)
    return [
        f"{key}: {theirs.get(key)}, not {mine.get(key)}"
        for key in sorted(theirs.keys() | mine.keys())
        if theirs.get(key) != mine.get(key) and key[0].startswith(rule)
    ]


def smaller(value: Any) -> Iterator[Any]:
    """Every value that is one step simpler."""
    if isinstance(value, dict):
        if len(value) == 1 and next(iter(value)) in ("any", "not"):
            inner = value.get("not") or value["any"]
            yield from inner if isinstance(inner, list) else [inner]
        for key in value:
            if key not in ("id", "schema", "case", "assessed_on", "says", "level", "concern"):
                yield {k: v for k, v in value.items() if k != key}
        for key, inner in value.items():
            for less in smaller(inner):
                yield {**value, key: less}
    elif isinstance(value, list):
        if len(value) == 1:
            yield value[0]
        for number, inner in enumerate(value):
            yield value[:number] + value[number + 1 :]
            for less in smaller(inner):
                yield [*value[:number], less, *value[number + 1 :]]


def minimise(thing: Thing, differs: Callable[[Thing], bool]) -> Thing:
    """Take steps for as long as the difference stays."""
    going = True
    while going:
        going = False
        for less in smaller(thing):
            try:
                if differs(copy.deepcopy(less)):
                    thing, going = less, True
                    break
            except Exception:
                continue
    return thing


def _sign(line: str) -> tuple[str, str]:
    theirs, mine = line.split(": ", 1)[1].split(", not ")
    return theirs.split(",")[0], mine.split(",")[0]


def main(seed: int, number: int, rule: str) -> None:
    made = test_oracle.program_of(seed)
    case = test_oracle.cases_of(seed)[number][0]
    thing = {"rules": made.rules, "measure": made.measure, "case": case}
    signs = {_sign(line) for line in difference(thing, rule=rule)}
    least = minimise(
        thing,
        lambda t: (
            any(_sign(line) in signs for line in difference(t, rule=rule))
            and all(r.get("concern", 1) for r in t["rules"])
        ),
    )
    for part in least["rules"]:
        print({k: v for k, v in part.items() if k not in ("name", "title", "dimension")})
    print("measure", least["measure"])
    print({k: v for k, v in least["case"].items() if k not in ("schema", "case", "assessed_on")})
    print(difference(least, rule=rule))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
