"""The parts of reports, each with values that a test may change."""

from __future__ import annotations

from partnerrules import findings as f

PATH = "cases/made-up/river-alliance.yaml"
SECRET = "the ministry leans on us"
ADVICE = f.Advice(
    "Agree on three steps and write them into the document.",
    ("Talk directly within two weeks.", "Ask somebody neutral.", "Turn to a named person outside."),
    ("the chair", "two partners whom the others ask to see to it that it is written"),
)


def at(line: int, pointer: str = "", path: str = PATH) -> f.Location:
    return f.Location(path, pointer, line, 3, line, 20)


def step(number: int, kind: str, text: str, **more: object) -> f.Step:
    values = {"certain": True} | more
    return f.Step(id=number, kind=kind, text=text, **values)  # type: ignore[arg-type]


def proof(*steps: f.Step) -> f.Proof:
    root = step(0, "conclusion", "root", uses=tuple(one.id for one in steps if one.rule != "below"))
    return f.Proof(0, (root, *steps))


def finding(rule: str, title: str, **more: object) -> f.Finding:
    case = more.get("case", "river-alliance")
    subject = more.get("subject", ())
    values: dict[str, object] = {
        "fingerprint": f.fingerprint(rule, str(case), tuple(subject)),  # type: ignore[arg-type]
        "name": title.lower().replace(" ", "-"),
        "case": case,
        "subject": subject,
        "outcome": "concern",
        "severity": "medium",
        "could_be": None,
        "base_severity": "medium",
        "because": "not_agreed",
        "dimension": "conflict",
        "area": "trust",
        "message": "The partners have not yet agreed on this.",
        "why": "A way that is agreed in calm times helps when times are not.",
        "remediation": "Agree on three steps and write them into the document.",
        "lessons": ("S26",),
        "sources": ("AC2005",),
        "location": at(12, "/conflict"),
        "proof": proof(step(1, "answer", "No procedure is agreed.", location=at(14, "/conflict"))),
        "rests_on": "one",
        "basis": "sourced",
        "pack": "core",
    }
    return f.Finding(rule=rule, title=title, **(values | more))  # type: ignore[arg-type]


def case(identifier: str, **more: object) -> f.CaseResult:
    values: dict[str, object] = {"path": PATH, "sha256": "a" * 64, "status": "evaluated"}
    return f.CaseResult(case=identifier, **(values | more))  # type: ignore[arg-type]
