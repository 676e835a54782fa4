"""Statements about members, and conditions put together of others."""

from __future__ import annotations

from typing import Any

from conformance.made import between, either, listed, said, status
from conformance.table import Cell, Row, Table

_HIGH = {"p.weight": {"at_least": 3}}
_OVER = {"p": "partner", "where": _HIGH}
_NOT_KNOWN, _NOT_APPLICABLE = status("dont_know"), status("not_applicable")
_MEMBERS: tuple[tuple[str, Any], ...] = (
    ("5 and 1", listed(5, 1)),
    ("5 and 4", listed(5, 4)),
    ("1 and 1", listed(1, 1)),
    ("nobody there", listed()),
    ("5 and `dont_know`", listed(5, _NOT_KNOWN)),
    ("1 and `not_asked`", listed(1, status("not_asked"))),
    ("1, and 2 or 4", listed(1, either(2, 4))),
    ("1, and 4 or 5", listed(1, either(4, 5))),
    ("1, and 2 to 4", listed(1, between(2, 4))),
    ("1, and 4 to 5", listed(1, between(4, 5))),
    ("1 and `not_applicable`", listed(1, _NOT_APPLICABLE)),
    ("only `not_applicable`", listed(_NOT_APPLICABLE)),
    ("5, 0 to 1 more", listed(5, more=1)),
    ("1, 0 to 1 more", listed(1, more=1)),
    ("5 and 4, any number more", listed(5, 4, more=None)),
    ("1, any number more", listed(1, more=None)),
    ("nobody asked", None),
)


def about_members() -> Table:
    """Return the table of `some`, `none` and `count`."""
    conditions: dict[str, Any] = {"`some`": {"some": _OVER}, "`none`": {"none": _OVER}}
    for word, number in (("at_least", 2), ("more_than", 1), ("at_most", 1), ("less_than", 2)):
        conditions[f"`count`, `{word}: {number}`"] = {"count": {**_OVER, word: number}}
    same = {"p.weight": {"same_as": "q.weight"}}
    two = {"some": {"p": "partner", "q": "partner", "where": same}}
    conditions[f"`some` of two, `{said(same)}`"] = two
    cells = tuple(Cell({"partners": block}) for _, block in _MEMBERS)
    rows = tuple(Row(one, cells, label) for label, one in conditions.items())
    text = (
        f"Of partners `p` with `{said(_HIGH)}`, as in `{said(conditions['`some`'])}`. The lines "
        "tell the weights of the partners. The list is complete where nothing is said of more; "
        "where nobody was asked there is no list at all."
    )
    heads = tuple(head for head, _ in _MEMBERS)
    return Table("Members", text, heads, rows, turned="partners")


_STATES = {"yes": "yes", "no": "no", "?": status("dont_know"), "n/a": _NOT_APPLICABLE}
_PAIRS = ("yes, yes", "yes, no", "no, no", "yes, ?", "no, ?", "?, ?", "yes, n/a", "no, n/a",
          "?, n/a", "n/a, n/a")  # fmt: skip


def put_together() -> Table:
    """Return the table of lists, `any`, `not` and `holds` over two answers."""
    one, other = {"g.flag": "yes"}, {"g.flag_before": "yes"}
    conditions = [
        {**one, **other}, {"any": [one, other]}, {"not": {**one, **other}},
        {"not": {"any": [one, other]}}, {"holds": {"at_least": 1, "of": [one, other]}},
        {"holds": {"at_least": 2, "of": [one, other]}},
    ]  # fmt: skip
    cells = []
    for pair in _PAIRS:
        flag, before = (_STATES[word] for word in pair.split(", "))
        cells.append(Cell({"g": {"flag": flag, "flag_before": before}}))
    rows = tuple(Row(one, tuple(cells)) for one in conditions)
    text = (
        "The lines tell both answers, `?` is `dont_know` and n/a is `not_applicable`. A list of "
        "conditions is the same as a mapping of them."
    )
    return Table("Conditions put together", text, _PAIRS, rows, turned="answers")
