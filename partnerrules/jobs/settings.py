"""What a checker is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from partnerrules.checking import Checker
from partnerrules.engine.durable import durable_available
from partnerrules.jobs.finding import Piece
from partnerrules.packs import load_packs
from partnerrules.shipped import shipped_packs

NO_PARAMETERS: Mapping[str, Any] = {}


class Settings(NamedTuple):
    """What a checker is made of, so that a process of its own can make one too."""

    packs: tuple[str, ...] = ()
    """Names or folders; empty for all that come with the tool."""
    engine: str = "auto"
    parameters: Mapping[str, Any] = NO_PARAMETERS
    questions: str = ""
    profile: str = ""
    keep: bool = True
    """Whether packs come from the cache folder where they are kept there."""

    def checker(self, pieces: Sequence[Piece] = ()) -> Checker:
        """Make the checker of this process for some cases; raises PackError."""
        names = self.packs or shipped_packs()
        return Checker(
            load_packs(names, keep=self.keep, profile=self.profile),
            engine="python" if self.apart(pieces) else self.engine,
            parameters=self.parameters,
            questions=self.questions,
        )

    def apart(self, pieces: Sequence[Piece]) -> bool:
        """Say whether durable-rules has to run in a process of its own."""
        return len(pieces) > 1 and self.engine != "python" and durable_available()
