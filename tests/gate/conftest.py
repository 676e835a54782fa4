"""Findings and reports of the gate, as it reads them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from partnerrules.checking import Checker
from partnerrules.documents import parse_document
from partnerrules.findings import Report
from partnerrules.packs import load_pack

sys.path.append(str(Path(__file__).parent))


@pytest.fixture(scope="session")
def checker() -> Iterator[Checker]:
    """Return the packs that come with the tool on the engine in plain Python."""
    with Checker([load_pack("core"), load_pack("extended")], engine="python") as made:
        yield made


@pytest.fixture(scope="session")
def look(checker: Checker) -> Callable[[Any], Report]:
    """Return what evaluates a case that is given as data."""

    def look(said: Any, path: str = "a.json", indent: int | None = None) -> Report:
        data = json.dumps(said, indent=indent).encode()
        return checker.check(checker.reader.parse(parse_document(data, path=path, format="json")))

    return look
