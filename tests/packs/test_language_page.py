"""The page about the rule language names everything that the language has."""

from pathlib import Path

import pytest

from partnerrules.packs.kinds import _MAY
from partnerrules.packs.models import Fact, Measure, PackFile
from partnerrules.packs.operators import CONDITIONS, OPERATORS

PAGE = (Path(__file__).parents[2] / "docs" / "language.md").read_text("utf-8")
INSIDE = {"based_on", "changed", "tags", "schema"}
"""For tools alone."""


def keys(model) -> set[str]:
    return {info.alias or name for name, info in model.model_fields.items()}


@pytest.mark.parametrize(
    "word",
    sorted({*OPERATORS, *CONDITIONS, *keys(Fact), *keys(Measure), *keys(PackFile), *_MAY}
           | set().union(*_MAY.values()) - INSIDE),
)  # fmt: skip
def test_every_word_of_the_language_is_on_the_page(word: str) -> None:
    if word not in INSIDE:
        assert word in PAGE
