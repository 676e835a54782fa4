"""What a baseline and waivers are about, in words."""

from __future__ import annotations

from collections.abc import Iterable


def named(rule: str, subject: Iterable[str] | None) -> str:
    """Return a rule with whom it is about, by ids."""
    names = ", ".join(subject or ())
    return f"{rule} ({names})" if names else rule
