"""Where in the files of packs a problem lies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from partnerrules.documents import Document, read_document
from partnerrules.errors import DocumentError, Problem


class Fault(NamedTuple):
    """Something to mend in a file of a pack, before its line is known."""

    code: str
    path: str
    keys: tuple[str | int, ...]
    message: str
    nearest: str = ""


def located(faults: Iterable[Fault]) -> list[Problem]:
    """Return the problems with line and column, in the order of files and lines, each once.

    The files are read again for this: packs that are right need not keep their places.
    """
    documents: dict[str, Document | None] = {}
    problems: dict[Problem, None] = {}
    for fault in faults:
        if fault.path not in documents:
            try:
                documents[fault.path] = read_document(fault.path)
            except DocumentError:
                documents[fault.path] = None
        document = documents[fault.path]
        if document is None:
            key = ".".join(map(str, fault.keys))
            problem = Problem(fault.code, fault.message, fault.path, None, None, key, fault.nearest)
        else:
            problem = document.problem(
                fault.code, fault.keys, fault.message, nearest=fault.nearest, of_key=True
            )
        problems[problem] = None
    return sorted(problems, key=lambda one: (one.path, one.line or 0, one.column or 0, one.message))
