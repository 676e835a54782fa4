"""The tests on answers, a table for each type of fact."""

from __future__ import annotations

from typing import Any

from conformance.made import either, said, shown, sourced, status
from conformance.table import Cell, Row, Table

KINDS = ("holds", "does not", "`dont_know`", "`not_asked`", "answers differ on it", "answers agree",
         "`not_applicable`")  # fmt: skip
RANGE = ("range inside", "range across")
LIST = ("incomplete, settled", "incomplete, open")
OPEN = ("`dont_know`, 0 to 1 more members", "`dont_know`, any number more")
_NAMED = [{"id": "a", "weight": 5}, {"id": "b", "weight": 1}]


class Tests:
    """Makes the rows on one fact."""

    def __init__(self, fact: str, *, wide: bool = True, members: bool = False) -> None:
        self.fact = fact
        self.wide = wide
        """Whether there are columns for ranges or incomplete lists."""
        self.members = members
        self.scope = {"p": "partner", "q": "partner"} if members else {}
        self.rows: list[Row] = []

    def add(
        self,
        test: Any,
        holds: Any,
        fails: Any,
        differ: tuple[Any, ...] | None,
        agree: tuple[Any, ...] | None,
        settled: Any = None,
        across: Any = None,
        *,
        beside: Any = None,
        behind: str = "",
    ) -> None:
        """Add a test, with an answer for each kind; None where there is no such answer."""
        also = {f"{self.fact}_before": beside} if beside is not None else {}

        def cell(answer: Any, words: str | None = None, block: Any = _NAMED) -> Cell:
            if answer is None:
                return Cell(None)
            case = {"partners": block, "g": {self.fact: answer, **also}}
            if behind:
                case = {"partners": block, "regions": [{"id": "r", "host": answer}]}
            return Cell(case, shown(answer) if words is None else words)

        cells = [
            cell(holds),
            cell(fails),
            *(cell(status(w), "") for w in ("dont_know", "not_asked")),
        ]
        cells += [
            cell(either(*differ) if differ else None),
            cell(either(*agree) if agree else None),
        ]
        cells += [cell(settled), cell(across)] if self.wide else []
        cells.append(cell(status("not_applicable"), ""))
        for most in ({"at_most": len(_NAMED) + 1}, {}) if self.members else ():
            block = {"complete": False, "items": _NAMED, **most}
            cells.append(cell(status("dont_know"), "", block))
        condition = {f"r.host.{behind}" if behind else f"g.{self.fact}": test}
        label = f"`{said(condition)}`"
        if beside is not None:
            label += f", {self.fact}_before is `{shown(beside)}`"
        scope, subject = self.scope, tuple(self.scope and ("a", "b"))
        if behind:
            scope, subject = {"r": "region"}, ("r",)
        self.rows.append(Row(condition, tuple(cells), label, scope, subject))

    def about(self, value: Any, other: Any, wide: Any = None) -> None:
        """Add the tests on an answer itself, for two values of the type and a range or so."""
        both = (value, other)
        self.add({"missing": "yes"}, status("declined"), value, None, both, wide)
        self.add({"answer": ["known", "disputed"]}, value, status("declined"), None, both, wide)
        with_source = (sourced(value), sourced(other))
        self.add({"sourced": "yes"}, sourced(value), value, None, with_source, wide)

    def table(self, title: str, text: str = "") -> Table:
        """Return the table."""
        wide: tuple[str, ...] = ()
        if self.wide:
            wide = LIST if self.fact in ("tags", "signed") else RANGE
        last = OPEN if self.members else ()
        columns = (*KINDS[:-1], *wide, KINDS[-1], *last)
        return Table(title, text, columns, tuple(self.rows))
