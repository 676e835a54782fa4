"""What each audience may read: the team everything, partners and the public less."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from partnerrules.findings import (
    Advice,
    Confided,
    Explanation,
    FileInfo,
    Finding,
    Gate,
    Location,
    Proof,
    Report,
    Step,
    Strength,
    near,
)

AUDIENCES = ("team", "partners", "public")
CONFIDENTIAL = "confidential"
WITHHELD = "A confidential answer."
RESTING = "This rests on a confidential answer."
ADVICE = "Ask those who looked into this partnership what could help here."
FILES = ("attestations", "baseline", "waivers")
"""The fields of a report that name files beside cases."""

Places = frozenset[Location]
Told = Callable[[str], str]
"""From what is told to the team to what others read."""


def for_audience(report: Report, audience: str = "partners") -> Report:
    """Return what `audience` may read of a full report; never adds what was left out before.

    Partners get no sources of answers, of a confidential answer only that there is one, and of a
    file outside of the working folder only its name. The public gets no file paths and no
    fingerprints of files either. Who approved a waiver only the team reads. Why it was approved
    partners read too, unless that could say what a confidential answer was; the public does not.
    """
    if audience not in AUDIENCES:
        raise ValueError(f'no audience is called "{audience}"; there are {", ".join(AUDIENCES)}')
    if audience != "team":
        report = _without_confidences(report)
        if any(near(path) != path for path in _paths(report)):
            report = _with_paths(report, cache(near))
    if audience == "public":
        report = _with_paths(report, lambda _: "")
        report = _with_files(report, lambda one: one._replace(sha256=""))
        report = report._replace(
            cases=tuple(case._replace(sha256="") for case in report.cases),
            findings=tuple(map(_without_reason, report.findings)),
        )
    return report._replace(audience=audience)


def _without_confidences(report: Report) -> Report:
    places = frozenset(
        step.location
        for finding in report.findings
        for step in _hidden(finding.proof)
        if step.location is not None
    )
    return report._replace(
        findings=tuple(_discreet(finding, places) for finding in report.findings),
        strengths=tuple(
            _quiet(strength, places) if strength.confidential else _placed(strength, places)
            for strength in report.strengths
        ),
        limits=tuple(
            limit._replace(message=f"A limit of this check. {RESTING}", remediation="")
            if limit.confidential
            else limit
            for limit in report.limits
        ),
        not_assessed=tuple(
            one._replace(reason=RESTING) if isinstance(one.reason, Confided) else one
            for one in report.not_assessed
        ),
    )


def _placed(strength: Strength, places: Places) -> Strength:
    return strength._replace(location=_vague(strength.location, places))


def _quiet(strength: Strength, places: Places) -> Strength:
    """Return a strength without its sentence, which would say what the answer was."""
    nowhere = frozenset([*places, strength.location])
    return _placed(strength, nowhere)._replace(message=f"A strength. {RESTING}")


def seen_explanation(one: Explanation, audience: str) -> Explanation:
    """Return what `audience` may read of an explanation, as of a finding."""
    if audience == "team":
        return one
    hidden = _hidden(one.proof)
    places = frozenset(step.location for step in hidden if step.location is not None)
    proof = _discreet_proof(one.proof, places)
    proof = _proof_with_paths(proof, near if audience == "partners" else lambda _: "")
    withheld = isinstance(one.message, Confided) or (hidden and one.message)
    return one._replace(message=RESTING if withheld else one.message, proof=proof)


def _discreet(finding: Finding, places: Places) -> Finding:
    if finding.waiver is not None:
        finding = finding._replace(waiver=finding.waiver._replace(approved_by=""))
    finding = finding._replace(
        location=_vague(finding.location, places),
        proof=_discreet_proof(finding.proof, places),
    )
    if any(isinstance(text, Confided) for text in finding.lowered_because):
        finding = _lowered_quietly(finding)
    if not any(step.status == CONFIDENTIAL for step in finding.proof.steps):
        return finding
    # The sentence, the alternative and advice on it alone would say what the answer was.
    finding = finding._replace(message=f"{finding.title}. {RESTING}", because="")
    finding = _without_reason(finding)
    if finding.advice is None or not finding.advice.particular:
        return finding
    return finding._replace(remediation=ADVICE, advice=Advice(ADVICE))


def _lowered_quietly(finding: Finding) -> Finding:
    """Return a finding without the guards that rest on confidential answers, and without why."""
    guards = zip(finding.lowered_by, finding.lowered_because, strict=True)
    # The id of a guard leads to its sentence.
    open_ones = [one for one in guards if not isinstance(one[1], Confided)]
    return finding._replace(
        lowered_by=tuple(name for name, _ in open_ones),
        lowered_because=(*(text for _, text in open_ones), RESTING),
    )


def _without_reason(finding: Finding) -> Finding:
    if finding.waiver is None or not finding.waiver.reason:
        return finding
    return finding._replace(waiver=finding.waiver._replace(reason=""))


def _discreet_proof(proof: Proof, places: Places) -> Proof:
    hidden = {step.id for step in _hidden(proof)}
    resting = _resting(proof, hidden)
    return proof._replace(
        steps=tuple(_discreet_step(step, hidden, resting, places) for step in proof.steps)
    )


def _discreet_step(step: Step, hidden: set[int], resting: set[int], places: Places) -> Step:
    if step.id in hidden:
        return _withheld(step)
    step = _sourceless(step, places)
    if step.id in resting and step.kind == "conclusion":
        # Its sentence and its alternative would say what the answer was.
        return step._replace(text=RESTING, alternative="")
    return step


def _resting(proof: Proof, hidden: set[int]) -> set[int]:
    """Return the steps that rest on hidden ones, however far below."""
    found = set(hidden)
    while more := {s.id for s in proof.steps if s.id not in found and found & set(s.uses)}:
        found |= more
    return found - hidden


def _hidden(proof: Proof) -> tuple[Step, ...]:
    """Return the confidential answers and what was only worked out from them."""
    hidden = {step.id for step in proof.steps if step.status == CONFIDENTIAL}
    grows = bool(hidden)
    while grows:
        more = {
            step.id
            for step in proof.steps
            if step.kind == "derived" and not hidden.isdisjoint(step.uses)
        }
        grows = not more <= hidden
        hidden |= more
    return tuple(step for step in proof.steps if step.id in hidden)


def _withheld(step: Step) -> Step:
    # The line goes too: whoever holds the case file could look the answer up.
    return step._replace(
        status=CONFIDENTIAL,
        text=WITHHELD,
        value="",
        source="",
        alternative="",
        location=None,
    )


def _sourceless(step: Step, places: Places) -> Step:
    return step._replace(source="", location=step.location and _vague(step.location, places))


def _vague(location: Location, places: Places) -> Location:
    if location not in places:
        return location
    return Location(location.path, "", 1, 1, 1, 1)


def _paths(report: Report) -> set[str]:
    files = {one.path for one in _files(report).values()}
    return {case.path for case in report.cases} | {one.path for one in report.errors} | files


def _files(report: Report) -> dict[str, FileInfo]:
    every = {name: getattr(report, name) for name in FILES}
    return {name: one for name, one in every.items() if one is not None}


def _with_files(report: Report, change: Callable[[FileInfo], FileInfo]) -> Report:
    files: dict[str, Any] = {name: change(one) for name, one in _files(report).items()}
    return report._replace(**files)


def _with_paths(report: Report, told: Told) -> Report:
    """Return a report with what `told` gives for each path, also in sentences."""
    scrub = _scrubber(report, told)
    report = _with_files(report, lambda one: one._replace(path=told(one.path)))
    return report._replace(
        cases=tuple(
            case._replace(path=told(case.path), reasons=tuple(map(scrub, case.reasons)))
            for case in report.cases
        ),
        findings=tuple(
            finding._replace(
                location=_at(finding.location, told),
                proof=_proof_with_paths(finding.proof, told),
            )
            for finding in report.findings
        ),
        strengths=tuple(
            strength._replace(location=_at(strength.location, told))
            for strength in report.strengths
        ),
        limits=tuple(limit._replace(message=scrub(limit.message)) for limit in report.limits),
        errors=tuple(
            error._replace(path=told(error.path), message=scrub(error.message))
            for error in report.errors
        ),
        gate=report.gate and _gate_with_paths(report.gate, scrub, told),
    )


def _at(location: Location, told: Told) -> Location:
    path = told(location.path)
    return location if path == location.path else location._replace(path=path)


def _proof_with_paths(proof: Proof, told: Told) -> Proof:
    steps = (
        step._replace(location=step.location and _at(step.location, told)) for step in proof.steps
    )
    return proof._replace(steps=tuple(steps))


def _gate_with_paths(gate: Gate, scrub: Told, told: Told) -> Gate:
    settings = {
        key: told(value) or "a file" if "/" in value or "\\" in value else value
        for key, value in gate.settings.items()
    }
    return gate._replace(settings=settings, reasons=tuple(scrub(text) for text in gate.reasons))


def _scrubber(report: Report, told: Told) -> Told:
    """Return a function that puts what `told` gives for the paths of this report into a message."""
    # The longest first: one path may be the beginning of another.
    paths = sorted(_paths(report) - {""}, key=lambda path: (-len(path), path))

    def scrub(message: str) -> str:
        for path in paths:
            message = message.replace(path, told(path) or "a case file")
        return message

    return scrub
