"""One set of findings that every format is tested with: all kinds, hostile texts, nothing."""

from __future__ import annotations

import pytest

from partnerrules import findings as f

PATH = "cases/made-up/river-alliance.yaml"
HOSTILE = "\x1b[31mred\x1b[0m \u202eback\u202c \x9b2J bell\x07 <b>&\"'| =1+1"
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
    }
    return f.Finding(rule=rule, title=title, **(values | more))  # type: ignore[arg-type]


def concerns() -> tuple[f.Finding, ...]:
    deep = proof(
        step(1, "conclusion", "The partnership goes to new places.", uses=(2, 3), rule="X01"),
        step(
            2,
            "answer",
            "The hills are planned.",
            location=at(31),
            rule="below",
            source="minutes of 12 May, page 2",
            fact="status",
            subject=("hills",),
        ),
        step(3, "absence", "No local partner in the hills was found.", rule="below"),
        step(
            4,
            "answer",
            SECRET,
            status="confidential",
            value=SECRET,
            source="interview R1",
            fact="conflict.pressure",
            location=at(44, "/conflict/pressure"),
        ),
        step(5, "derived", f"worked out from: {SECRET}", value=SECRET, uses=(4,), rule="below"),
        step(6, "conclusion", "Conditions differ much.", certain=False, level="low", uses=(1,)),
    )
    return (
        finding(
            "X20",
            "New places without local ground",
            severity="high",
            dimension="transfer",
            area="growing",
            escalated_from="medium",
            raised_by=("TRA-01", "TRA-09"),
            message="No local partner works in the hills yet, and no way to adapt is agreed.",
            proof=deep,
            remediation=f"Talk about it: {SECRET}.",
            advice=f.Advice(f"Talk about it: {SECRET}.", particular=True),
            rests_on="several",
            basis="default",
        ),
        finding(
            "TRA-01",
            "A new region and a partner who knows it",
            subject=("hills",),
            about=("Hill districts",),
            dimension="transfer",
            area="growing",
            part_of=("X20",),
            location=at(44, "/conflict/pressure"),
        ),
        finding(
            "CON-01",
            "An agreed way through disagreement",
            could_be="high",
            remediation=ADVICE.text,
            advice=ADVICE,
            open_questions=("conflict.stake", "conflict.unasked"),
        ),
        finding(
            "CON-02",
            HOSTILE,
            message=HOSTILE,
            severity="low",
            rests_on="interested",
            subject=("a\x1b]0;x\x07",),
            basis="convention",
            base_severity="medium",
            lowered_by=("G05",),
            lowered_because=("The partners know each other for years.",),
            state="known",
        ),
        finding(
            "RES-01",
            "Money beyond the first source",
            severity=None,
            outcome="unknown",
            could_be="high",
            rests_on="open",
            area="money",
            dimension="resources",
            message="Whether money is found after March is not known.",
        ),
        finding(
            "RES-02",
            "Costs told to all",
            waiver="Agreed by the board until 2027.",
            area="money",
            dimension="resources",
        ),
        finding(
            "CON-01",
            "An agreed way through disagreement",
            case="small",
            location=at(3, path="b.yaml"),
        ),
    )


def case(identifier: str, **more: object) -> f.CaseResult:
    values: dict[str, object] = {"path": PATH, "sha256": "a" * 64, "status": "evaluated"}
    return f.CaseResult(case=identifier, **(values | more))  # type: ignore[arg-type]


def cases() -> tuple[f.CaseResult, ...]:
    verdicts = (
        f.Verdict("transfer", "growing", "high", "high", 5, 8, False),
        f.Verdict("conflict", "trust", "medium", "high", 7, 8, True),
        f.Verdict("resources", "money", None, "high", 2, 8, False),
        f.Verdict("purpose", "purpose_and_partners", None, None, 6, 6, True),
        f.Verdict("learning", "people", None, None, 1, 9, False),
    )
    areas = tuple(f.AreaAnswered(one.area, one.answered, one.asked) for one in verdicts)
    stages = f.Stages("operating", ("operating", "scaling"), ("operating", "scaling", "closing"))
    return (
        case(
            "river-alliance",
            name="River Alliance",
            stages=stages,
            coverage=f.Answered(21, 39, areas),
            respondents=6,
            sourced=11,
            verdicts=verdicts,
        ),
        case("small", name="Änder \x1b[2Jund Söhne", path="b.yaml", coverage=f.Answered(1, 4)),
        case("broken", path="c.yaml", status="error"),
    )


@pytest.fixture
def rich() -> f.Report:
    questions = tuple(
        f.Question("river-alliance", fact, (), text, ask, severity, ("CON-01",))
        for fact, text, ask, severity in (
            ("conflict.stake", "How much would be at stake?", "each_partner", "high"),
            ("money.after", "Is there money after March?", "lead", "high"),
            ("aims.confirmed", "Who confirmed the aims?", "each_partner", "low"),
        )
    )
    return f.Report(
        version="0.1.0",
        engine=f.EngineInfo("durable", 3, 40, 7),
        packs=(f.PackInfo("core", "0.1.0", "b" * 64),),
        parameters={"core": {"many_partners": 8}},
        questions_set="first-look",
        audience="team",
        cases=cases(),
        findings=concerns(),
        strengths=(
            f.Strength(
                "PUR-01",
                "aims",
                "river-alliance",
                (),
                "purpose",
                "purpose_and_partners",
                "The aims are written down and all partners confirmed them.",
                "document",
                False,
                at(8),
            ),
            f.Strength(
                "PAR-01",
                "kinds",
                "river-alliance",
                (),
                "partners",
                "purpose_and_partners",
                "All kinds of support are there.",
                "interested",
                True,
                at(9),
            ),
        ),
        not_assessed=(
            f.NotAssessed("EXT-01", "end", "river-alliance", (), "not_due", "stage"),
            f.NotAssessed("TRA-02", "x", "river-alliance", (), "not_applicable", "no region"),
        ),
        limits=(
            f.Limit("river-alliance", "EVD-01", f"Read from {PATH}: only the lead was heard."),
        ),
        questions=questions,
        errors=(f.ErrorInfo("case.key", "c.yaml", 4, 1, 'c.yaml: unknown key "\x1b[1mx".'),),
        gate=f.Gate({"fail_on": "high", "baseline": "old.json"}, False, ("1 concern is high",)),
        profile="local",
        changes=(
            f.Change("level", "CON-01.spoken", "high", "medium", "They meet daily.", "core"),
            f.Change("cap", "RES-02", "medium", "low", "One source is usual here.", "extended"),
            f.Change("parameter", "core.many_partners", 8, 12, ""),
        ),
    )


@pytest.fixture
def empty(rich: f.Report) -> f.Report:
    return rich._replace(
        profile="",
        changes=(),
        cases=(),
        findings=(),
        strengths=(),
        not_assessed=(),
        limits=(),
        questions=(),
        errors=(),
        gate=None,
        packs=(),
        parameters={},
    )
