"""Whether a run passes, with reasons: the gate, and what a baseline or a waiver sets aside."""

from partnerrules.gate.judging import Judging, judge
from partnerrules.gate.reasons import gate, gate_settings, open_points

__all__ = ["Judging", "gate", "gate_settings", "judge", "open_points"]
