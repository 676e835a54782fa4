"""Findings with levels, and a report of one case."""

from __future__ import annotations

from partnerrules.findings import (
    Answered,
    CaseResult,
    EngineInfo,
    Finding,
    Location,
    Proof,
    Report,
    Waiver,
    fingerprint,
)

WAIVER = Waiver("accepted_risk", "We know.", "Ada", "2026-01-01", "2026-12-31")
PLACE = Location("a.yaml", "/x", 1, 1, 1, 1)


def finding(rule: str, severity: str | None, could_be: str | None, **more: object) -> Finding:
    outcome = "concern" if severity else "unknown"
    about = {"subject": ("hills",), "about": ("Hill districts",), "part_of": (), "waiver": None}
    given = about | more
    return Finding(
        fingerprint(rule, "one", ("hills",)),
        rule,
        "name",
        "A way through",
        "one",
        outcome=outcome,
        severity=severity,
        could_be=could_be,
        base_severity=severity,
        because="x",
        dimension="conflict",
        area="trust",
        message="m",
        why="w",
        remediation="r",
        lessons=(),
        sources=(),
        location=PLACE,
        proof=Proof(0, ()),
        rests_on="one",
        basis="none",
        **given,  # type: ignore[arg-type]
    )


def report(*findings: Finding, answered: int = 5, asked: int = 10) -> Report:
    case = CaseResult("one", "a.yaml", "", "evaluated", coverage=Answered(answered, asked))
    broken = CaseResult("", "b.yaml", "", "error")
    engine = EngineInfo("python", 0, 0, 0)
    return Report("0", engine, (), {}, "", "team", (case, broken), findings, (), (), (), ())
