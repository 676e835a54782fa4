"""What a checker is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from partnerrules.checking import Checker
from partnerrules.engine.durable import durable_available
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
    attestations: str = ""
    """A file of them, or nothing."""

    def checker(self, *, here: bool = True) -> Checker:
        """Make a checker; raises PackError, and DocumentError where attestations are wrong.

        One that is not to evaluate `here`, in this process, has the engine that cannot kill it.
        """
        names = self.packs or shipped_packs()
        return Checker(
            load_packs(names, keep=self.keep, profile=self.profile),
            engine=self.engine if here else "python",
            parameters=self.parameters,
            questions=self.questions,
            attestations=self.attestations,
        )

    @property
    def dangerous(self) -> bool:
        """Whether durable-rules is to run, whose C code may take its process with it."""
        return self.engine != "python" and durable_available()
