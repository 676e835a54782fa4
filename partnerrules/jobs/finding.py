"""Finding the cases behind names, patterns and folders."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from partnerrules.documents import (
    Document,
    Text,
    iter_texts,
    parse_text,
    read_document,
    texts_in,
)
from partnerrules.documents.bounds import MAX_LINES_BYTES
from partnerrules.documents.files import read_bytes, unreadable
from partnerrules.documents.kinds import CASE, OURS, SCHEMAS, kind_said
from partnerrules.documents.texts import FORMATS, LINES, STDIN, shown, suffix, yaml_texts
from partnerrules.errors import DocumentError, PartnerRulesError, Problem
from partnerrules.findings import in_order
from partnerrules.jobs.ignoring import IGNORE_FILE, Patterns, ignored, read_patterns

Piece = str | Text
"""A file with one case by its path, or a case that was found among others in one."""

SUFFIXES = frozenset({".yaml", ".yml", ".json", LINES})
"""What looks like a case, also with `.gz` behind."""

_CASES = re.compile(rb"""(?:^[\s{,]*["']?|")schema["']?\s*:\s*["']?partnerrules\.case/""", re.M)
_ENDS = 64 * 1024
"""Bytes looked at from either end of a file: JSON with sorted keys names its schema late."""


class Unread(NamedTuple):
    """What stands in the place of cases that nobody can come at."""

    path: str
    problems: tuple[Problem, ...]


class Cases:
    """The cases behind some names; files with a case on each line are read as they come up."""

    def __init__(
        self, paths: Iterable[str], problems: Iterable[Problem], *, stdin: str = ""
    ) -> None:
        self._stdin = stdin
        self.paths = sorted(paths, key=self._place)
        self.problems = tuple(problems)
        """What leads to no case."""
        self._given = [*_texts(STDIN, named=stdin)] if STDIN in self.paths else []
        lines = any(map(_has_many, self.paths))
        several = len(self.paths) > 1 or len(self._given) > 1
        self.many = lines or several or any(map(_documents, self.paths))
        """Whether there may be more than one."""
        self.number = None if lines else len(self.paths) + max(0, len(self._given) - 1)
        """How many there are, where that is known before they are read."""

    def _place(self, path: str) -> Any:
        """Return what orders paths: what comes in stands where its name belongs."""
        return in_order(self._stdin if path == STDIN and self._stdin else path)

    def __iter__(self) -> Iterator[Piece | Unread]:
        """Yield the cases in the order of their paths, and of their lines in a file."""
        unread: dict[str, list[Problem]] = {}
        for problem in self.problems:
            unread.setdefault(problem.path, []).append(problem)
        for path in sorted([*self.paths, *unread], key=self._place):
            if path in unread:
                yield Unread(path, tuple(unread.pop(path)))
            elif path == STDIN:
                yield from self._given
            elif _has_many(path):
                yield from _texts(path)
            else:
                found: list[Piece] = [*_documents(path)]
                yield from found or [path]


def look_for(names: Iterable[str], *, stdin: str = "", only_cases: bool = False) -> Cases:
    """Return the cases behind names of files, patterns and folders, and what leads to none.

    A file is found once, also where several names lead to it. Of a file with a case on each line
    every one is found; `-` is what comes in, which is called `stdin` where that is given. With
    `only_cases` a file that is named is passed over where `.` as a name would pass it over.
    """
    paths: dict[str, str] = {}
    problems: list[Problem] = []
    for name in names:
        if only_cases and Path(name).is_file() and not _fits(_near(name), problems):
            continue
        inside, text = _behind(name, problems)
        if text and not inside:
            problems.append(Problem("no-case", text, shown(name)))
        for path in inside:
            paths.setdefault(path if path == STDIN else os.path.realpath(path), _near(path))
    return Cases(paths.values(), problems, stdin=stdin)


def find_cases(names: Iterable[str]) -> tuple[list[Piece], list[Problem]]:
    """Return all of that at once."""
    found = [*look_for(names)]
    problems = [problem for one in found if isinstance(one, Unread) for problem in one.problems]
    return [one for one in found if not isinstance(one, Unread)], problems


def _texts(path: str, *, named: str = "") -> Iterator[Piece | Unread]:
    try:
        yield from iter_texts(path, named=named)
    except DocumentError as error:
        yield Unread(shown(named or path), error.problems)


def _documents(path: str) -> list[Text]:
    """Return the cases of a YAML file in which there are several."""
    return yaml_texts(path) if FORMATS.get(suffix(path)) == "yaml" else []


def _has_many(path: str) -> bool:
    return suffix(path) == LINES


def _behind(name: str, problems: list[Problem]) -> tuple[list[str], str]:
    """Return the files that a name leads to, and what to say where there are none."""
    if name == STDIN:
        return [name], ""
    if not os.path.lexists(name) and glob.has_magic(name):
        found = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - it may be absolute
        return found, "No file fits this pattern."
    if not Path(name).is_dir():
        return [name], ""
    found, before = [], len(problems)
    for path in sorted(_walk(name, problems)):
        kind = _kind(str(path))
        if isinstance(kind, Problem):
            problems.append(kind)
        elif kind == CASE:
            found.append(str(path))
    return found, "" if len(problems) > before else "There is no case file in this folder."


def _fits(path: str, problems: list[Problem]) -> bool:
    """Say whether a file is a case, as a walk from the working folder down to it would find."""
    parts = Path(os.path.normpath(path)).parts
    if Path(path).is_absolute() or parts[0] == os.pardir:
        root, parts = Path(path).parent, parts[-1:]
    else:
        root = Path()
    patterns: Patterns = ()
    try:
        for depth in range(len(parts)):
            folder = root.joinpath(*parts[:depth])
            patterns += read_patterns(str(folder), depth)
            inside = depth < len(parts) - 1
            if (folder / "pack.yaml").exists() or not _wanted(
                patterns, parts[: depth + 1], folder=inside
            ):
                return False
    except DocumentError as error:
        problems.extend(one for one in error.problems if one not in problems)
        return False
    kind = _kind(path) if suffix(path) in SUFFIXES else ""
    if isinstance(kind, Problem):
        problems.append(kind)
    return kind == CASE


def _near(path: str) -> str:
    """Return a path from the folder in which the work goes on, where it lies there."""
    if not Path(path).is_absolute():
        return path
    try:
        near = os.path.relpath(path)
    except (OSError, ValueError):
        return path
    return path if Path(near).parts[0] == os.pardir else near


def _walk(root: str, problems: list[Problem]) -> Iterator[Path]:
    """Yield the files below a folder by name that may be cases; links are not gone into."""
    patterns: dict[str, Patterns] = {}

    def told(error: OSError) -> None:
        problems.extend(unreadable(error, shown(error.filename or root)).problems)

    for folder, folders, files in os.walk(root, onerror=told):
        parts = Path(folder).relative_to(root).parts
        here = patterns.pop(folder, ())
        if "pack.yaml" in files:
            folders.clear()
            continue
        try:
            here += read_patterns(folder, len(parts))
        except DocumentError as error:
            problems.extend(error.problems)
        folders[:] = [one for one in folders if _wanted(here, (*parts, one), folder=True)]
        patterns.update({os.path.join(folder, one): here for one in folders})  # noqa: PTH118 - as os.walk has it
        for name in files:
            if suffix(name) in SUFFIXES and _wanted(here, (*parts, name), folder=False):
                yield Path(folder, name)


def _wanted(patterns: Patterns, parts: tuple[str, ...], *, folder: bool) -> bool:
    return not (parts[-1].startswith(".") or ignored(patterns, parts, folder=folder))


def _kind(path: str) -> str | Problem:
    """Return the kind of a file of ours, such as case, or that it is none."""
    try:
        data = read_bytes(path, shown_as=path, limit=MAX_LINES_BYTES)
    except DocumentError:
        # It is told when it is read as a case.
        return CASE
    if _CASES.search(data[:_ENDS] + b"\n" + data[-_ENDS:]):
        return CASE
    name = Path(path).name
    hint = f"To leave it out, write `{name}` into a file {IGNORE_FILE} beside it."
    try:
        if kind := _other(path, data):
            return kind
        value = _first(path).value
    except PartnerRulesError as error:
        problem = error.problems[0]
        return problem._replace(message=f"{problem.message} If this is no case: {hint}")
    if isinstance(value, dict) and str(value.get("schema")).startswith(OURS):
        return CASE
    text = f"This does not say `schema: {SCHEMAS[CASE]}`, as a case does. {hint}"
    return Problem("not-a-case", text, shown(path))


def _other(path: str, data: bytes) -> str:
    """Return the one kind that all documents of a file are of; case where one may be a case.

    Of lines only the first has to say it, as in a report. Raises DocumentError.
    """
    if _has_many(path):
        first, *more = map(kind_said, iter_texts(path))
        kinds = [first, *(filter(None, more) if first else more)]
    else:
        alone = Text(shown(path), data, FORMATS[suffix(path)])
        kinds = [kind_said(text) for text in _documents(path) or [alone]]
    if CASE in kinds or (any(kinds) and not all(kinds)):
        return CASE
    return kinds[0] if kinds else ""


def _first(path: str) -> Document:
    return parse_text(texts_in(path)[0]) if _has_many(path) else read_document(path)
