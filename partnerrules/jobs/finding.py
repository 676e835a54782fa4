"""Finding the case files behind names, patterns and folders."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable
from pathlib import Path

from partnerrules.errors import Problem

SUFFIXES = (".yaml", ".yml", ".json", ".jsonl", ".yaml.gz", ".json.gz", ".jsonl.gz")
"""What looks like a case; a kind that cannot be read yet is an error, not passed over."""

_SCHEMA = re.compile(rb"""^[\s{,]*["']?schema["']?\s*:\s*["']?(partnerrules\.[a-z]+)/""", re.M)
_ENDS = 64 * 1024
"""Bytes looked at from either end of a file: JSON with sorted keys names its schema late."""


def find_cases(names: Iterable[str]) -> tuple[list[str], list[Problem]]:
    """Return the case files behind names of files and folders, and what leads to none."""
    paths: list[str] = []
    problems: list[Problem] = []
    for name in names:
        if not os.path.lexists(name) and glob.has_magic(name):
            inside = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - it may be absolute
            text = "No file fits this pattern."
        elif Path(name).is_dir():
            folder = Path(name)
            inside = [str(one) for one in sorted(folder.rglob("*")) if _may_be_case(folder, one)]
            text = "There is no case file in this folder."
        else:
            inside = [name]
        if not inside:
            problems.append(Problem("no-case", text, name))
        paths.extend(inside)
    return list({os.path.realpath(path): path for path in reversed(paths)}.values())[::-1], problems


def _may_be_case(root: Path, path: Path) -> bool:
    parts = path.relative_to(root).parts
    if not path.name.lower().endswith(SUFFIXES) or any(part.startswith(".") for part in parts):
        return False
    if path.is_dir():
        return False
    inside = [root, *(root.joinpath(*parts[:end]) for end in range(1, len(parts)))]
    if any((folder / "pack.yaml").is_file() for folder in inside):
        return False
    try:
        with path.open("rb") as file:
            text = file.read(_ENDS)
            if file.seek(0, os.SEEK_END) > _ENDS:
                file.seek(-_ENDS, os.SEEK_END)
                text += file.read()
    except OSError:
        return True
    kinds = set(_SCHEMA.findall(text))
    return not kinds or b"partnerrules.case" in kinds
