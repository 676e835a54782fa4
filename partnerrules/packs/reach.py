"""Which packs a pack may read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def reach(needs: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """Return for each pack itself and what it requires, also through others."""
    found = {}
    for name in needs:
        seen: set[str] = set()
        ahead = [name]
        while ahead:
            one = ahead.pop()
            if one not in seen:
                seen.add(one)
                ahead.extend(needs.get(one, ()))
        found[name] = frozenset(seen)
    return found
