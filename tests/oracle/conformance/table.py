"""Tables of conditions by kinds of answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from conformance.judging import Judge, told
from conformance.made import Made, rule, said

NOTHING = "-"
"""Where a kind of answer cannot be had of a row."""


@dataclass(frozen=True)
class Cell:
    """One case, and the words for it that stand above the result."""

    case: dict[str, Any] | None
    words: str = ""
    subject: tuple[str, ...] | None = None
    """Where it is another than that of the row."""


@dataclass(frozen=True)
class Row:
    """One condition, with a case for each column."""

    condition: Any
    cells: tuple[Cell, ...]
    label: str = ""
    scope: dict[str, str] = field(default_factory=dict)
    subject: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """Rows with the same columns."""

    title: str
    text: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    further: tuple[dict[str, Any], ...] = ()
    """The rules whose conclusions the rows read."""
    turned: str = ""
    """Where the page has a line for each case: what stands above the cases."""


def results(table: Table) -> list[list[str]]:
    """Return what each cell comes to; raises Disagreement where the naive evaluator differs."""
    rules = [rule(f"R-{n:02}", row.condition, row.scope) for n, row in enumerate(table.rows)]
    judge = Judge(Made([*table.further, *rules]))
    try:
        return [
            [_result(judge, f"R-{n:02}", row, cell) for cell in row.cells]
            for n, row in enumerate(table.rows)
        ]
    finally:
        judge.close()


def _result(judge: Judge, name: str, row: Row, cell: Cell) -> str:
    if cell.case is None:
        return NOTHING
    subject = row.subject if cell.subject is None else cell.subject
    return told(judge.condition(name, cell.case, subject))


def shown_table(table: Table) -> str:
    """Return a table as Markdown."""
    lines = []
    for row, found in zip(table.rows, results(table), strict=True):
        cells = [
            f"`{cell.words}`<br>{result}" if cell.words and result != NOTHING else result
            for cell, result in zip(row.cells, found, strict=True)
        ]
        lines.append([row.label or f"`{said(row.condition)}`", *cells])
    lines.insert(0, [table.turned or "condition", *table.columns])
    if table.turned:
        lines = [list(line) for line in zip(*lines, strict=True)]
    return page_part(table.title, table.text, lines[0], lines[1:])


def page_part(title: str, text: str, columns: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    """Return a heading, a sentence and a table."""
    heads = list(columns)
    rows = [heads, ["---"] * len(heads), *lines]
    table = "\n".join("| " + " | ".join(one) + " |" for one in rows)
    return f"## {title}\n\n{text}\n\n{table}\n" if text else f"## {title}\n\n{table}\n"
