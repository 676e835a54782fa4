"""One of each kind of thing that a report can hold."""

from __future__ import annotations

from report_made import ADVICE, PATH, SECRET, at, case, finding, proof, step

from partnerrules import findings as f

WHY = "Agreed at the yearly meeting."
HOSTILE = "\x1b[31mred\x1b[0m \u202eback\u202c \x9b2J bell\x07 <b>&\"'| =1+1"


def deep() -> f.Proof:
    """Return a proof with each kind of step, one of them confidential."""
    return proof(
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


def together() -> tuple[f.Finding, ...]:
    """Return a compound that was raised and is confidential in part, and what is told under it."""
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
            proof=deep(),
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
    )


def possible() -> tuple[f.Finding, ...]:
    """Return what could be worse, what a guard lowered, and what is open."""
    return (
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
            accepted="low",
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
    )


def compared() -> tuple[f.Finding, ...]:
    """Return what a waiver sets aside, and what is otherwise than it was."""
    small = {"case": "small", "location": at(3, path="b.yaml")}
    return (
        finding(
            "RES-02",
            "Costs told to all",
            waiver=f.Waiver("accepted_risk", WHY, "Board", "2026-01-05", "2026-12-31"),
            area="money",
            dimension="resources",
        ),
        finding(
            "AGR-01",
            "What was agreed is written down",
            severity="high",
            state="worse",
            accepted="medium",
            **small,
        ),
        finding(
            "CON-01",
            "An agreed way through disagreement",
            waiver=f.Waiver("compensating", WHY, "Board", "2025-01-05", "2025-12-31", over=True),
            **small,
        ),
        finding(
            "GOV-01",
            "How the partners decide",
            severity=None,
            outcome="unknown",
            could_be="medium",
            rests_on="open",
            state="no_longer_assessed",
            accepted="medium",
            message="How the partners decide is not known.",
            **small,
        ),
    )


def strengths() -> tuple[f.Strength, ...]:
    """Return a strength, and one that is only reported."""
    area = "purpose_and_partners"
    aims = "The aims are written down and all partners confirmed them."
    kinds = "All kinds of support are there."
    return (
        f.Strength(
            "PUR-01", "aims", "river-alliance", (), "purpose", area, aims, "document", False, at(8)
        ),
        f.Strength(
            "PAR-01",
            "kinds",
            "river-alliance",
            (),
            "partners",
            area,
            kinds,
            "interested",
            True,
            at(9),
        ),
    )


def not_assessed() -> tuple[f.NotAssessed, ...]:
    """Return a rule for each reason why one is not assessed."""
    river = "river-alliance"
    return (
        f.NotAssessed("EXT-01", "end", river, (), "not_due", "stage"),
        f.NotAssessed("TRA-02", "x", river, (), "not_applicable", "no region"),
        f.NotAssessed("LEA-01", "reviews", "small", (), "not_looked_at", "not asked"),
    )


def questions() -> tuple[f.Question, ...]:
    """Return questions to one and to each, grave and less so."""
    asked = (
        ("conflict.stake", "How much would be at stake?", "each_partner", "high"),
        ("money.after", "Is there money after March?", "lead", "high"),
        ("aims.confirmed", "Who confirmed the aims?", "each_partner", "low"),
    )
    return tuple(
        f.Question("river-alliance", fact, (), text, ask, severity, ("CON-01",))
        for fact, text, ask, severity in asked
    )


def verdicts() -> tuple[f.Verdict, ...]:
    """Return verdicts from the worst to one of which too little is known."""
    return (
        f.Verdict("transfer", "growing", "high", "high", 5, 8, False),
        f.Verdict("conflict", "trust", "medium", "high", 7, 8, True),
        f.Verdict("resources", "money", None, "high", 2, 8, False),
        f.Verdict("purpose", "purpose_and_partners", None, None, 6, 6, True),
        f.Verdict("learning", "people", None, None, 1, 9, False),
    )


def notes() -> tuple[str, ...]:
    """Return what is no longer so, of a baseline and of a waiver."""
    gone = "In the baseline, and no longer so: PUR-01; TRA-01 (hills)."
    return (gone, "The waiver of EXT-01 until 2026-12-31 sets nothing aside: it can go.")


def cases() -> tuple[f.CaseResult, ...]:
    """Return a full case, one with a hostile name, and one that could not be read."""
    areas = tuple(f.AreaAnswered(one.area, one.answered, one.asked) for one in verdicts())
    stages = f.Stages("operating", ("operating", "scaling"), ("operating", "scaling", "closing"))
    return (
        case(
            "river-alliance",
            name="River Alliance",
            stages=stages,
            coverage=f.Answered(21, 39, areas),
            respondents=6,
            sourced=11,
            verdicts=verdicts(),
        ),
        case(
            "small",
            name="Änder \x1b[2Jund Söhne",
            path="b.yaml",
            coverage=f.Answered(1, 4),
            notes=notes(),
        ),
        case("broken", path="c.yaml", status="error"),
    )


def changes() -> tuple[f.Change, ...]:
    """Return each kind of change that a profile or a run can make."""
    return (
        f.Change("level", "CON-01.spoken", "high", "medium", "They meet daily.", "core"),
        f.Change("cap", "RES-02", "medium", "low", "One source is usual here.", "extended"),
        f.Change("parameter", "core.many_partners", 8, 12, ""),
    )


def limits() -> tuple[f.Limit, ...]:
    """Return a limit that names the file."""
    return (f.Limit("river-alliance", "EVD-01", f"Read from {PATH}: only the lead was heard."),)
