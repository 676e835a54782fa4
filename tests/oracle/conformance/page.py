"""The page: every table, below a few lines on how to read it."""

from __future__ import annotations

from collections.abc import Iterable

from conformance.amounts_judged import shown_amounts
from conformance.conclusions import about_conclusions, about_unnamed
from conformance.made import words
from conformance.measures import for_each, of_answers, over_members
from conformance.members import about_members, put_together
from conformance.table import Table, shown_table
from conformance.types_of_fact import tables

HEAD = """\
# What every word of the language comes to

How far each test, statement and conclusion of the [rule language](language.md#three-values)
holds, by what was answered. A cell has the answer and, below it, how far the condition holds and
how far its negation does: `certain / ruled out` where it holds, `possible / possible` where it is
open. `neither` stands where something does not apply: plain and negated are both ruled out. A dash
is where there is no such answer.

Different answers are written `3 or 4`. In the column "answers differ on it" only some of them pass
the test, under "answers agree" all or none. Where each is refused for another reason, no single
reason is certain, and the negation only possible. A range is inside where all of it passes or
none, and across where only some does.

The page is written by `tests/oracle/test_conformance.py` from what comes out of both engines, and
each cell is compared with an evaluator that was written from the language alone.
"""


def other_tables() -> tuple[Table, ...]:
    """Return the tables that are not about the tests on one answer."""
    return about_members(), put_together(), about_conclusions(), about_unnamed()


def page() -> str:
    """Return the whole page; raises Disagreement."""
    parts = [shown_table(table) for table in (*tables().values(), *other_tables())]
    parts += [shown_amounts(amounts) for amounts in (over_members(), of_answers(), for_each())]
    return "\n".join([HEAD, *parts])


def words_of(shown: Iterable[Table]) -> set[str]:
    """Return every word of the language that stands in the conditions of tables."""
    return {word for table in shown for row in table.rows for word in words(row.condition)}
