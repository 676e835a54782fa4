"""What else the machine did meanwhile, so that a figure is not trusted more than it deserves."""

from __future__ import annotations

import os
import time
from pathlib import Path

from partnerrules.jobs import processors

_LOUD = 0.1
"""The share of the processors that others may take before it is said that figures are off."""


class Noise:
    """Watches from where it is made."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._busy = _busy()
        self._own = _own()

    @property
    def others(self) -> float | None:
        """The share of the processors that others took; None where the system does not tell."""
        before, now = self._busy, _busy()
        passed = time.monotonic() - self._since
        if before is None or now is None or not passed:
            return None
        others = (now - before) - (_own() - self._own)
        return max(0.0, others / passed / (os.cpu_count() or 1))

    def told(self) -> str:
        """Return a line on it."""
        load = " ".join(f"{one:.1f}" for one in os.getloadavg())
        others = self.others
        text = f"{processors()} processors, load {load} at the end"
        if others is None:
            return f"{text}; what others took is not known."
        text += f"; others took {others:.0%} of the processors meanwhile"
        loud = "no quiet machine: repeat it, and trust ratios more than times"
        return f"{text}: {loud}." if others > _LOUD else f"{text}."


def _own() -> float:
    """Return the seconds of CPU of this process and of those that it waited for."""
    return sum(os.times()[:4])


def _busy() -> float | None:
    """Return the seconds of CPU that all processes had since the start of the machine."""
    path = Path("/proc/stat")
    if not path.exists():
        return None
    numbers = [int(one) for one in path.read_text().split("\n", 1)[0].split()[1:]]
    user, nice, system, _, _, irq, softirq, steal = (*numbers, *(0,) * 8)[:8]
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")
