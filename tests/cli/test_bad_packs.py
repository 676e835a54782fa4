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
DERIVED = """\
id: DER-01
name: mood
title: The mood
kind: derive
dimension: all
lessons: [L1]
derive:
  fact: group.mood
  first_of: [{value: yes, when: {group.points: {at_least: 1}}}]
  otherwise: no
why: It turns.
"""
WRONG: list[tuple[str, dict[str, str], list[str]]] = [
    (
        "negation in a cycle",
        {
            "all/CYC-01-cycle.yaml": CYCLE.format(here="CYC-01", there="CYC-02"),
            "all/CYC-02-cycle.yaml": CYCLE.format(here="CYC-02", there="CYC-01"),
        },
        ["CYC-01-cycle.yaml:7:", "CYC-01 reads CYC-02; CYC-02 reads CYC-01."],
    ),
    (
        "negation in a cycle that is not in the order of the names",
        {
            "all/CYC-01-cycle.yaml": CYCLE.format(here="CYC-01", there="CYC-03"),
            "all/CYC-02-cycle.yaml": CYCLE.format(here="CYC-02", there="CYC-01"),
            "all/CYC-03-cycle.yaml": CYCLE.format(here="CYC-03", there="CYC-02"),
            "all/CYC-04-cycle.yaml": CYCLE.format(here="CYC-04", there="CYC-03"),
        },
        ["CYC-01 reads CYC-03; CYC-03 reads CYC-02; CYC-02 reads CYC-01."],
    ),
    (
        "a derived fact and a measure in a cycle",
        {
            "all/DER-01-mood.yaml": DERIVED,
            "{size: {type: number}}": "{size: {type: number}, mood: {type: yes_no, derived: yes}}\n"
            "measures: {group.points: {points: [{group.mood: yes}]}}",
        },
        [
            "DER-01-mood.yaml:9:",
            "DER-01 reads the measure group.points; the measure group.points reads the fact "
            "group.mood; DER-01 derives group.mood.",
        ],
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


@pytest.mark.parametrize("command", ["check", "doctor", "rules"])
def test_all_that_is_wrong_with_several_packs_is_named(
    run: Any, write: Any, tmp_path: Path, command: str
) -> None:
    write(one="")
    _write(tmp_path / "left", {"level: low": "level: lwo"})
    _write(tmp_path / "right", {"title: All": "titel: All"})
    words = {"check": ["one.yaml"], "rules": ["list"]}.get(command, [])
    done = run(command, *words, "-p", "left/", "-p", "right/", "-p", "none/")
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert [place in done.stderr for place in ("left/all/", "right/pack.yaml", "pack none")] == [
        True, True, True
    ], done.stderr  # fmt: skip


def test_the_same_pack_without_the_mistake_is_taken(run: Any, tmp_path: Path, write: Any) -> None:
    write(one="group: {size: 9}\n")
    _write(tmp_path / "small", {})
    done = run("check", "one.yaml", "-p", "small/")
    assert done.returncode == 1 and "SIZ-01" in done.stderr
