"""The packs that come with the tool, on every engine that there is here."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from partnerrules.checking import Checker
from partnerrules.engine.durable import durable_available
from partnerrules.packs import load_pack

sys.path.append(str(Path(__file__).parent))
ENGINES = ["python"] + ["durable"] * durable_available()


@pytest.fixture(scope="session", params=ENGINES)
def checker(request: pytest.FixtureRequest) -> Iterator[Checker]:
    """Return a checker with the packs, once for each engine."""
    packs = [load_pack("core"), load_pack("extended")]
    with Checker(packs, engine=request.param) as made:
        yield made
