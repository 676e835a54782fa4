"""Files in a folder that are no cases, by the patterns of an ignore file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import NamedTuple

from partnerrules.documents.encoding import decode
from partnerrules.documents.files import read_bytes

IGNORE_FILE = ".partnerrulesignore"
"""Patterns as in .gitignore; it holds for its folder and those below."""

_ESCAPED = re.compile(r"\\(.)")
_NEGATED = re.compile(r"\[\^")
_TRAILING = re.compile(r"(?<!\\) +$")


class Pattern(NamedTuple):
    """One line of an ignore file."""

    parts: tuple[str, ...]
    """Of a path below the folder of the file; `**` stands for any number of folders."""
    keeps: bool
    """Whether it takes back what lines before it ignore."""
    folders: bool
    """Whether only folders are meant."""

    def fits(self, parts: Sequence[str], folder: bool) -> bool:
        """Say whether the path of a file or a folder fits; not what lies in it."""
        return (folder or not self.folders) and _fit(self.parts, tuple(parts))


Patterns = tuple[tuple[int, Pattern], ...]
"""Each with the number of folders above that in which it stands; later lines count more."""


def ignored(patterns: Patterns, parts: Sequence[str], *, folder: bool) -> bool:
    """Say whether the last pattern that fits ignores a path, given by its parts."""
    for depth, pattern in reversed(patterns):
        if pattern.fits(parts[depth:], folder):
            return not pattern.keeps
    return False


def read_patterns(folder: str, depth: int) -> Patterns:
    """Return the patterns of the ignore file of a folder; raises DocumentError."""
    path = Path(folder, IGNORE_FILE)
    if not os.path.lexists(path):
        return ()
    name = str(path)
    text = decode(read_bytes(path, shown_as=name), name).text
    return tuple((depth, one) for one in _patterns(text))


def _patterns(text: str) -> Iterator[Pattern]:
    for line in text.splitlines():
        said = _TRAILING.sub("", line)
        keeps, said = said.startswith("!"), said.removeprefix("!")
        folders, said = said.endswith("/"), said.removesuffix("/")
        if not said or line.startswith("#"):
            continue
        parts = said.removeprefix("/").split("/")
        if "/" not in said:
            parts = ["**", *parts]
        yield Pattern(tuple(map(_plain, parts)), keeps, folders)


def _plain(part: str) -> str:
    """Return a part as fnmatch reads it, which knows neither backslashes nor `[^`."""
    escaped = _ESCAPED.sub(lambda found: f"[{found[1]}]" if found[1] in "*?[" else found[1], part)
    return _NEGATED.sub("[!", escaped)


def _fit(pattern: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    @cache
    def fit(at: int, part: int) -> bool:
        if at == len(pattern):
            return part == len(parts)
        if pattern[at] != "**":
            here = part < len(parts) and fnmatchcase(parts[part], pattern[at])
            return here and fit(at + 1, part + 1)
        if at + 1 == len(pattern):
            # All that is inside, and not the folder itself.
            return part < len(parts)
        return fit(at + 1, part) or (part < len(parts) and fit(at, part + 1))

    return fit(0, 0)
