"""The words of the rule language, and which of them fit which type of fact."""

from __future__ import annotations

CONDITIONS = ("any", "not", "some", "none", "count", "holds", "concern", "could_be", "sound")
CONCLUSIONS = ("concern", "could_be", "sound")
BOUNDS = ("at_least", "more_than", "at_most", "less_than")
LISTS = ("has", "has_any", "has_all", "lacks", "size")
SPANS = ("older_than", "within_past", "within_next")
DATES = (*SPANS, "before", "after")
ABOUT = ("missing", "answer", "sourced")
OPERATORS = ("is_not", "same_as", *BOUNDS, *LISTS, *DATES, *ABOUT)
STATUSES = (
    "known", "not_asked", "dont_know", "declined", "no_evidence_found", "not_applicable",
    "disputed",
)  # fmt: skip
LEVELS = ("low", "medium", "high")

_FITS = {
    "yes_no": (),
    "text": (),
    "reference": (),
    "choice": (),
    "choices": LISTS,
    "references": LISTS,
    "date": DATES,
}


def fitting(type_: str, ordered: bool) -> tuple[str, ...]:
    """Return the operators that fit a type of fact; `is` stands for a plain value."""
    own = BOUNDS if ordered else _FITS.get(type_, BOUNDS)
    plain = () if type_ in ("choices", "references") else ("is", "is_not")
    return (*plain, *own, "same_as", *ABOUT)
