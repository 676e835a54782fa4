"""What comes out of a check, as frozen values that every output reads.

Named tuples are made in a third of the time that frozen dataclasses take, and so are their classes
when this is imported; without postponed annotations, each of which would be compiled by itself.
"""

from partnerrules.findings.finding import (
    LEVELS,
    Advice,
    Explanation,
    Finding,
    Limit,
    Location,
    NotAssessed,
    Proof,
    Question,
    Step,
    Strength,
    fingerprint,
    rank,
)
from partnerrules.findings.run import (
    SCHEMA,
    Answered,
    AreaAnswered,
    CaseResult,
    Change,
    EngineInfo,
    ErrorInfo,
    Gate,
    PackInfo,
    Report,
    Stages,
    Tally,
    Verdict,
    in_order,
    near,
)

__all__ = [
    "LEVELS",
    "SCHEMA",
    "Advice",
    "Answered",
    "AreaAnswered",
    "CaseResult",
    "Change",
    "EngineInfo",
    "ErrorInfo",
    "Explanation",
    "Finding",
    "Gate",
    "Limit",
    "Location",
    "NotAssessed",
    "PackInfo",
    "Proof",
    "Question",
    "Report",
    "Stages",
    "Step",
    "Strength",
    "Tally",
    "Verdict",
    "fingerprint",
    "in_order",
    "near",
    "rank",
]
