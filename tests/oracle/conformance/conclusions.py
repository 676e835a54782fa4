"""Conclusions of other rules, by how far those go."""

from __future__ import annotations

from typing import Any

from conformance.made import between, listed, rule, status
from conformance.table import Cell, Row, Table

_LEVELS = {
    "low": {"level": "low", "says": "-", "when": {"g.number": {"at_least": 3}}},
    "high": {"level": "high", "says": "-", "when": {"g.number": {"at_least": 6}}},
}
_READ = {
    **rule("READ", {}), "applies": {"g.flag": "yes"}, "due": ["late"], "concern": _LEVELS,
}  # fmt: skip
_EACH = {**rule("EACH", {}, {"p": "partner"}), "concern": _LEVELS}


def _case(number: Any, flag: Any = "yes", late: Any = "yes") -> dict[str, Any]:
    return {"g": {"number": number, "flag": flag, "flag_before": late}}


_KNOWN: tuple[tuple[str, dict[str, Any]], ...] = (
    ("high certain", _case(7)),
    ("low certain", _case(4)),
    ("low certain, high possible", _case(between(4, 7))),
    ("low possible", _case(between(1, 4))),
    ("high possible", _case(status("dont_know"))),
    ("all ruled out", _case(1)),
    ("answer `not_applicable`", _case(status("not_applicable"))),
    ("does not apply", _case(7, "no")),
    ("whether it applies is open", _case(7, status("not_asked"))),
    ("sound, whether it applies is open", _case(1, status("not_asked"))),
    ("not due", _case(7, "yes", "no")),
)


def _asked(rule_id: str, **subject: str) -> list[Any]:
    body = {"rule": rule_id, **subject}
    levels: list[dict[str, str]] = [{}, {"at_least": "high"}]
    return [
        *({word: {**body, **one}} for word in ("concern", "could_be") for one in levels),
        {"sound": body},
    ]


def about_conclusions() -> Table:
    """Return the table of `concern`, `could_be` and `sound`."""
    cells = tuple(Cell(case) for _, case in _KNOWN)
    rows = tuple(Row(one, cells) for one in _asked("READ"))
    text = (
        "The rule READ applies where an answer is yes, is due at one stage, and has an alternative "
        "with the level low and one with the level high. The lines tell how far it goes."
    )
    return Table(
        "Conclusions", text, tuple(head for head, _ in _KNOWN), rows, (_READ,), turned="READ"
    )


def about_unnamed() -> Table:
    """Return the table of conclusions about a member whom nobody named."""
    columns, cells = [], []
    for word, number in (("high certain", 7), ("possible", between(1, 7)), ("ruled out", 1)):
        case = {"partners": listed("a", more=1), **_case(number)}
        for member, subject in (("of a named member", "a"), ("of `?`", "?")):
            columns.append(f"{word}, {member}")
            cells.append(Cell(case, "", (subject,)))
    rows = tuple(
        Row(one, tuple(cells), "", {"p": "partner"}) for one in _asked("EACH", subject="p")
    )
    text = (
        "The rule EACH is for each partner, with the same two alternatives; `p` is a partner a, or "
        "the unnamed one of an open list. The lines tell how far the answers go."
    )
    return Table("Conclusions about a member", text, tuple(columns), rows, (_EACH,), turned="EACH")
