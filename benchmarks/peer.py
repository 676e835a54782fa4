"""Five rules of the packs as other engines can say them, for cases in which all is known.

They were chosen since each says something else: a rule for each topic of a document (AGR-02), one
that counts partners and looks for some (AGR-03), one that waits for a stage (AGR-06), one that
looks for no partner in a region (TRA-01), and one that reads what another concluded (X28), beside
two measures that they need: who takes part throughout, and whether the work is growing.

What a peer does not do, and the tool does: an answer that nobody knows, so what is possible beside
what is certain; ranges and disputed answers; what was not due; the proof of each conclusion with
its answers and their lines; why nothing was found. What each is given is ready: places, sources
and what is unknown were taken away before its time is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

NAMES = ("AGR-02", "AGR-03", "AGR-06", "TRA-01", "X28")
LEVELS = ("", "low", "medium", "high")
Values = Mapping[str, Any]
"""A case as plain values, without what is said about answers."""
Concerns = Mapping[tuple[str, str], str]
"""The worst level by rule and subject, empty where the rule has none."""


class Peer(Protocol):
    """Another engine that has these rules."""

    name: str

    def concerns(self, case: Values) -> Concerns:
        """Return what the five rules find."""
        ...


def plain(value: Any) -> Any:
    """Return the values of a case as parsed, without sources, dates and respondents."""
    if isinstance(value, dict):
        return (
            plain(value["value"]) if "value" in value else {k: plain(v) for k, v in value.items()}
        )
    return [plain(one) for one in value] if isinstance(value, list) else value
