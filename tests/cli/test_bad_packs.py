"""A pack that is wrong: one clear error with its place, exit code 2, and nothing is evaluated."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

PACK = {
    "pack.yaml": (
        'schema: partnerrules.pack/1\nid: small\nversion: "1"\ntitle: A small pack\n'
        "areas: {all: All}\ndimensions: {all: {title: All, area: all}}\n"
    ),
    "sources.yaml": "sources:\n  BOOK: {title: A book}\n",
    "lessons.yaml": "lessons:\n  L1: {says: Meet often., source: BOOK}\n",
    "vocabulary/all.yaml": (
        "groups:\n  group:\n    title: The group\n    dimension: all\n"
        "    facts: {size: {type: number}}\n"
    ),
    "all/SIZ-01-size.yaml": """\
id: SIZ-01
name: size
title: How many they are
dimension: all
lessons: [L1]
concern:
  some: {level: low, when: {group.size: {at_least: 4}}, says: "They are {group.size}."}
  many: {level: high, when: {group.size: {at_least: 8}}, says: They are many.}
why: Many people need somebody who keeps them together.
remediation: {default: Name a chair.}
""",
}
CYCLE = """\
id: {here}
name: cycle
title: A cycle
dimension: all
lessons: [L1]
concern:
  one: {{level: low, when: {{not: {{concern: {{rule: {there}}}}}}}, says: It is so.}}
why: It turns.
remediation: {{default: Stop it.}}
"""
WRONG: list[tuple[str, dict[str, str], list[str]]] = [
    (
        "negation in a cycle",
        {
            "all/CYC-01.yaml": CYCLE.format(here="CYC-01", there="CYC-02"),
            "all/CYC-02.yaml": CYCLE.format(here="CYC-02", there="CYC-01"),
        },
        ["CYC-01", "CYC-02"],
    ),
    ("an operator that is not known", {"{at_least: 4}": "{at_leats: 4}"}, ["SIZ-01", '"at_least"']),
    ("a placeholder that is not there", {"{group.size}.": "{group.sice}."}, ["SIZ-01", "group.si"]),
    ("levels that do not nest", {"{at_least: 8}": "{at_most: 3}"}, ["SIZ-01", "low"]),
    ("a folder without pack.yaml", {"pack.yaml": ""}, ["small"]),
]


def _write(folder: Path, changes: dict[str, str]) -> None:
    files = PACK | {name: text for name, text in changes.items() if name.endswith(".yaml")}
    for was, now in changes.items():
        if not was.endswith(".yaml"):
            files = {name: text.replace(was, now) for name, text in files.items()}
            assert files != PACK
    for name, text in files.items():
        if text:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(("words", "changes", "said"), WRONG, ids=[row[0] for row in WRONG])
@pytest.mark.parametrize("command", ["check", "explain"])
def test_a_wrong_pack_is_2(
    run: Any,
    write: Any,
    tmp_path: Path,
    words: str,
    changes: dict[str, str],
    said: list[str],
    command: str,
) -> None:
    write(one="")
    _write(tmp_path / "small", changes)
    more = ["SIZ-01"] if command == "explain" else ["-f", "json:out.json", "nothing.yaml"]
    done = run(command, "one.yaml", *more, "-p", "small/")
    assert done.returncode == 2, done.stderr
    assert all(word in done.stderr for word in said), done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == "" and not (tmp_path / "out.json").exists()


def test_the_same_pack_without_the_mistake_is_taken(run: Any, tmp_path: Path, write: Any) -> None:
    write(one="group: {size: 9}\n")
    _write(tmp_path / "small", {})
    done = run("check", "one.yaml", "-p", "small/")
    assert done.returncode == 1 and "SIZ-01" in done.stderr
