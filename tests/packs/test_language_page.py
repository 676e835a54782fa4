"""The page about the rule language names everything that the language has."""

from pathlib import Path

import pytest

from partnerrules.packs.kinds import _MAY
from partnerrules.packs.models import Fact, Measure, PackFile
from partnerrules.packs.operators import CONDITIONS, OPERATORS
from partnerrules.packs.validation import keys_of

PAGE = (Path(__file__).parents[2] / "docs" / "language.md").read_text("utf-8")
INSIDE = {"based_on", "changed", "tags", "schema"}
"""For tools alone."""


WORDS = set().union(
    OPERATORS,
    CONDITIONS,
    *(keys_of(kind).values() for kind in (Fact, Measure, PackFile)),
    _MAY,
    *_MAY.values(),
)


@pytest.mark.parametrize("word", sorted(WORDS - INSIDE))
def test_every_word_of_the_language_is_on_the_page(word: str) -> None:
    assert word in PAGE
