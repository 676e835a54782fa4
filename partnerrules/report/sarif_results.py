"""What came of rules as results of SARIF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from partnerrules.findings import KNOWN, NEW, Finding, Location, Proof, Report, Step
from partnerrules.report.accepting import accepted_words, waiver_words
from partnerrules.report.concerns import lowered
from partnerrules.report.sarif_places import place_of, region_of, said
from partnerrules.report.sarif_rules import LEVELS
from partnerrules.report.text import plain

RELATED = 10
"""Places of answers that are named beside a result."""
FLOW = 1000
"""Steps of a proof that GitHub keeps."""
STATES = {NEW: "new", KNOWN: "unchanged"}
"""Whatever else a finding may be against a baseline is updated."""

Result = dict[str, Any]


def result_of(one: Finding, index: Mapping[str, int], *, compared: bool) -> Result:
    """Return a concern or an open question; `compared` says how it stands to the baseline."""
    related = _related(one)
    told: Result = {
        "ruleId": one.rule,
        "ruleIndex": index[one.rule],
        "level": LEVELS[one.level] if one.level else "none",
        "message": {"text": _message(one, related)},
        "locations": [_located(one.location, one.case)],
        "partialFingerprints": {
            "primaryLocationLineHash": f"{one.fingerprint}:1",
            "partnerrules/v1": one.fingerprint,
        },
        "properties": _properties(one),
    }
    if not one.level:
        told["kind"] = "open"
    if related:
        told["relatedLocations"] = [
            {"id": number, **_step_at(step, one)} for number, step in enumerate(related, 1)
        ]
    if flow := [*_flow(one)][-FLOW:]:
        told["codeFlows"] = [{"threadFlows": [{"locations": flow}]}]
    if one.waiver and one.waived:
        words = plain(waiver_words(one.waiver))
        told["suppressions"] = [{"kind": "external", "status": "accepted", "justification": words}]
    return told | ({"baselineState": STATES.get(one.state, "updated")} if compared else {})


def _properties(one: Finding) -> dict[str, Any]:
    certain = one.outcome == "concern" and not one.could_be
    told = {
        "basis": one.basis,
        "case": plain(one.case),
        "certainty": "certain" if certain else "possible",
        "couldBe": one.could_be,
        "partOf": [*one.part_of],
        "remediation": plain(one.remediation),
        "restsOn": one.rests_on,
        "subject": [plain(part) for part in one.subject],
    }
    return {key: value for key, value in told.items() if value}


def _message(one: Finding, related: list[Step]) -> str:
    """Return the sentence first; the answers that it rests on are links to their places."""
    lines = [said(one.message)]
    if one.lowered_because:
        lines.append(said(lowered(one)))
    lines += map(said, accepted_words(one))
    if one.remediation:
        lines.append(f"What could help: {said(one.remediation)}")
    if related:
        links = (f"[{said(step.text)}]({at})" for at, step in enumerate(related, 1))
        lines.append(f"What this rests on: {'; '.join(links)}.")
    return "\n".join(lines)


def _related(one: Finding) -> list[Step]:
    """Return answers of the proof with a place, each place once."""
    found: dict[Location, Step] = {}
    for step in one.proof.steps:
        if step.location is not None and step.location.path and step.text:
            found.setdefault(step.location, step)
    return [*found.values()][:RELATED]


def _flow(one: Finding) -> Iterator[dict[str, Any]]:
    """Yield the steps of a proof in the order in which they are drawn, the conclusion at last."""
    # GitHub shows only steps with a place: a conclusion stands where the answers below it do.
    for step, place in _drawn(one.proof, one.location):
        if place.path:
            text = one.message if step.id == one.proof.root else step.text or step.rule
            message = {"text": plain(text) or one.rule}
            yield {"location": {"message": message, "physicalLocation": region_of(place)}}


def _drawn(proof: Proof, otherwise: Location) -> list[tuple[Step, Location]]:
    steps = {step.id: step for step in proof.steps}
    places: dict[int, Location] = {}
    drawn: list[tuple[Step, Location]] = []
    waiting = [(proof.root, False)]
    seen: set[int] = set()
    while waiting:
        number, ready = waiting.pop()
        step = steps.get(number)
        if step is None:
            continue
        if ready:
            below = (places[use] for use in step.uses if use in places)
            own = otherwise if number == proof.root else step.location
            places[number] = own or next(below, otherwise)
            drawn.append((step, places[number]))
        elif number not in seen:
            seen.add(number)
            waiting.append((number, True))
            waiting += [(use, False) for use in reversed(step.uses)]
    return drawn


def _step_at(step: Step, one: Finding) -> dict[str, Any]:
    place = step.location or one.location
    return {"message": {"text": plain(step.text)}, "physicalLocation": region_of(place)}


def _located(location: Location, case: str) -> dict[str, Any]:
    named = {"fullyQualifiedName": plain(location.pointer or case) or "case", "kind": "object"}
    place = {"physicalLocation": region_of(location)} if location.path else {}
    return place | {"logicalLocations": [named]}


def no_findings(report: Report, index: Mapping[str, int]) -> Iterator[Result]:
    """Yield what is strong, sound or was not assessed, each where its case is."""
    paths = {case.case: case.path for case in report.cases}

    def told(one: Any, kind: str, text: str) -> Result:
        path = paths.get(one.case, "")
        named = {"fullyQualifiedName": plain(one.case) or "case", "kind": "object"}
        place = {"physicalLocation": place_of(path)} if path else {}
        return {
            "ruleId": one.rule,
            "ruleIndex": index[one.rule],
            "kind": kind,
            "level": "none",
            "message": {"text": said(text) or one.rule},
            "locations": [place | {"logicalLocations": [named]}],
            "properties": {"case": plain(one.case), "subject": [*map(plain, one.subject)]},
        }

    for strength in report.strengths:
        located = _located(strength.location, strength.case)
        yield told(strength, "pass", strength.message) | {"locations": [located]}
    for sound in report.sound:
        yield told(sound, "pass", "Nothing of concern follows from the answers.")
    for other in report.not_assessed:
        yield told(other, "notApplicable", other.reason)
