"""Every kind of measure, by the kinds of what it is worked out from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from conformance.made import between, either, listed, shown, some_of, status

UNKNOWN, APART = status("dont_know"), status("not_applicable")


@dataclass(frozen=True)
class Amounts:
    """Measures with the same columns; a column is a case, or one for each measure."""

    title: str
    text: str
    columns: tuple[str, ...]
    rows: tuple[tuple[dict[str, Any], tuple[tuple[str, dict[str, Any] | None], ...]], ...]
    """Each measure with the words and the case of each column."""
    member: str = ""
    """Of whom a measure for each partner is shown."""


def over_members() -> Amounts:
    """Return the measures over members."""
    high = {"p.weight": {"at_least": 3}}
    over = {"over": {"p": "partner"}}
    measures: list[dict[str, Any]] = [
        {"count": {"p": "partner"}},
        {"count": {"p": "partner"}, "where": high},
        *({**over, kind: "p.weight"} for kind in ("sum", "mean", "min", "max", "range")),
        {**over, "top": {"of": "p.weight", "number": 2}},
        {**over, "count_values": "p.weight"},
        {**over, "share": high},
        {**over, "sum": "p.weight", "or_answer": "g.number"},
    ]
    blocks = (
        ("5 and 10", listed(5, 10)),
        ("5 and `dont_know`", listed(5, UNKNOWN)),
        ("5, and 0 or 10", listed(5, either(0, 10))),
        ("5, and 5 to 10", listed(5, between(5, 10))),
        ("5 and `not_applicable`", listed(5, APART)),
        ("only `not_applicable`", listed(APART)),
        ("nobody there", listed()),
        ("5 and 10, 0 to 1 more", listed(5, 10, more=1)),
        ("5 and 10, any number more", listed(5, 10, more=None)),
        ("0 to 1, nobody named", listed(more=1)),
        ("nobody asked", None),
    )
    cases = tuple(("", {"partners": block, "g": {"number": 7}}) for _, block in blocks)
    text = (
        "The columns tell the weights of the partners, which are from 0 to 10; the list is "
        "complete where nothing is said of more. The stated number is 7."
    )
    heads = tuple(head for head, _ in blocks)
    return Amounts("Measures over members", text, heads, tuple((one, cases) for one in measures))


def of_answers() -> Amounts:
    """Return the measures of one or two answers."""
    heads = ("known", "`dont_know`", "`not_asked`", "answers differ", "range or incomplete",
             "`not_applicable`", "where there may be none")  # fmt: skip

    def row(
        fact: str, known: Any, differ: Any, wide: Any, none: Any, **beside: Any
    ) -> Iterable[tuple[str, Any]]:
        for answer in (known, UNKNOWN, status("not_asked"), differ, wide, APART, none):
            if answer is None:
                yield "", None
            elif isinstance(answer, dict) and "beside" in answer:
                yield answer["words"], {"g": {fact: known, f"{fact}_before": answer["beside"]}}
            else:
                bare = isinstance(answer, dict) and set(answer) == {"status"}
                words = "" if bare else shown(answer)
                yield words, {"partners": listed("a", "b"), "g": {fact: answer, **beside}}

    zero = {"beside": between(0, 2), "words": "6 by 0 to 2"}
    two = ["g.number", "g.number_before"]
    months = ["g.begun_before", "g.begun"]
    date = ("2026-06", either("2026-03", "2026-05"), between("2026-02", "2026-09"))
    points = [{"g.number": {"at_least": 3}}, {"g.number": {"at_least": 6}}]
    numbers = 6, either(4, 8), between(4, 8)
    rows: list[tuple[dict[str, Any], Any]] = [
        ({"size": "g.tags"},
         row("tags", ["a", "b"], either(["a"], ["a", "b"]), some_of("a"), some_of())),
        ({"size": "g.signed"},
         row("signed", ["a"], either(["a"], ["a", "b"]), some_of("a"), some_of())),
        ({"ratio": two}, row("number", *numbers, zero, number_before=2)),
        ({"ratio": two[::-1]}, row("number", *numbers, 0, number_before=2)),
        ({"difference": two}, row("number", *numbers, None, number_before=2)),
        ({"months_between": months}, row("begun", *date, "never", begun_before="2026-01")),
        ({"months_between": ["g.begun"]}, row("begun", *date, either("2026-03", "never"))),
        ({"points": points}, row("number", *numbers, None)),
    ]  # fmt: skip
    text = (
        "`number_before` is 2, `begun_before` is 2026-01, the case is assessed on 2026-06-30. "
        "`signed` is a list of partners, of whom there are two and no more."
    )
    made = tuple((one, tuple(cells)) for one, cells in rows)
    return Amounts("Measures of answers", text, heads, made)


def for_each() -> Amounts:
    """Return a measure for each member, here for the partner a and for one whom nobody named."""
    measure = {"for": {"p": "partner"}, "count": {"r": "region"}, "where": {"r.host": "p"}}
    heads, cells = [], []
    for words, hosts, more in (
        ("a and b", ("a", "b"), 0),
        ("a and `dont_know`", ("a", UNKNOWN), 0),
        ("a, and a or b", ("a", either("a", "b")), 0),
        ("a and `not_applicable`", ("a", APART), 0),
        ("no region", (), 0),
        ("a, 0 to 1 more", ("a",), 1),
        ("a, any number more", ("a",), None),
    ):
        rows = [{"id": "rs"[n], "host": host} for n, host in enumerate(hosts)]
        most = {} if more is None else {"at_most": len(rows) + more}
        block = rows if more == 0 else {"complete": False, "items": rows, **most}
        heads.append(words)
        cells.append(("", {"regions": block, "partners": listed("a", "b")}))
    text = "The columns tell the hosts of the regions. It is shown for the partner a."
    title = "Measures for each member"
    return Amounts(title, text, tuple(heads), ((measure, tuple(cells)),), "a")
