"""The facts and measures of a library by the names that conditions have for them."""

from __future__ import annotations

from typing import NamedTuple

from partnerrules.facts.operators import COUNT
from partnerrules.facts.paths import Path
from partnerrules.packs import Library
from partnerrules.packs.models import Fact

NAME = Fact(type="text")
DAY = Fact(type="date")


class Named(NamedTuple):
    """Where a path leads, and what is read on the way."""

    path: Path
    fact: Fact
    read: str = ""
    """The first fact on it, as `group.fact` or `entity.fact`; empty for the day of assessment."""
    by: tuple[str, str] = ("", "")
    """The variable through which, and the name under which that is read."""


class Vocabulary:
    """What one library declares; found once, whichever rules name it."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.paths: dict[tuple[str, str], Named] = {}
        """Those that lead somewhere, by how they are written and the entity of their variable."""
        self._facts: dict[str, dict[str, Fact]] = {}

    def facts_of(self, entity: str) -> dict[str, Fact]:
        """Return the facts and measures of a member by their names."""
        found = self._facts.get(entity)
        if found is None:
            facts = self.library.entities[entity].facts
            measures = {
                name.partition(".")[2]: self.measure(name) or COUNT
                for name, measure in self.library.measures.items()
                if entity in measure.per.values() and name.startswith(f"{entity}.")
            }
            found = self._facts[entity] = {"name": NAME, **facts, **measures}
        return found

    def measure(self, name: str) -> Fact | None:
        """Return what kind of fact a measure is as, if there is such a measure."""
        measure = self.library.measures.get(name)
        if measure is None:
            return None
        counts = (measure.count, measure.count_values, measure.size, measure.points)
        if any(one is not None for one in counts):
            return COUNT
        return Fact(type="share" if measure.share is not None else "number")
