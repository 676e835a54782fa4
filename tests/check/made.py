"""Packs and cases that stand in the tests themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from partnerrules.checking import Checker
from partnerrules.documents import parse_document
from partnerrules.findings import Report
from partnerrules.packs import load_pack


def checker_of(
    folder: Path,
    files: Mapping[str, str],
    engine: str = "python",
    questions: str = "",
    **words: str,
) -> Checker:
    """Write the files of a pack, words in capitals filled in, and return a checker with it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        for word, filled in words.items():
            text = text.replace(word, filled)
        path.write_text(text, encoding="utf-8")
    return Checker([load_pack(folder)], engine=engine, questions=questions)


def report_of(checker: Checker, said: Mapping[str, Any]) -> Report:
    """Return what comes out of a case of which this is said."""
    head = {"schema": "partnerrules.case/1", "case": "made", "assessed_on": "2026-06-30"}
    document = parse_document(json.dumps({**head, **said}).encode(), path="c.json", format="json")
    return checker.check(checker.reader.parse(document))
