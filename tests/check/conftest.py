"""One checker for all tests of what comes out of a case."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from partnerrules.checking import Checker
from partnerrules.packs import load_pack

sys.path.append(str(Path(__file__).parent))


@pytest.fixture(scope="session")
def checker() -> Iterator[Checker]:
    """Return the packs that come with the tool on the engine in plain Python."""
    with Checker([load_pack("core"), load_pack("extended")], engine="python") as made:
        yield made
