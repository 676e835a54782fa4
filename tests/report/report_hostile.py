"""A report in which every text wants to be more than text."""

from __future__ import annotations

from report_made import at, case, finding, proof, step

from partnerrules import findings as f

TEXTS = {
    "markup": "<script>alert(1)</script> <img src=x onerror=y> & \"'` </testcase> ]]> <!--",
    "markdown": "[a](javascript:alert(1)) ![b](x) ](javascript:c) # head **bold** | `code` ~~x~~",
    "addresses": "https://evil.example www.evil.example me@evil.example @somebody #12 $x$ :tada:",
    "commands": "::set-output name=a::b ##[error]c %0A::error::d\n::stop-commands::e",
    "terminal": "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b2J \x08 \x00",
    "directions": "\u202eback\u202c \u2066in\u2069 \u200f \ufeff",
    "not_xml": "\x0b \x0c \ufffe \uffff \ud800 \x85 \u2028 \u2029",
    "formula": "=HYPERLINK(x)",
    "plus": "+1+1",
    "minus": "-1+1",
    "at": "@SUM(1)",
    "tab": "\t=1+1",
    "return": "\r=1+1",
    "wide": "\uff1d1+1",
    "list": "- item\n1. one\n> quoted\n    code",
    "braces": "{0} {{x}} %s %d ${x} \\u0041 \\",
}
LONG = {"words": "long " * 9000, "word": "x" * 40_000, "formula": "=" + "1+" * 20_000}


def hostile_findings(texts: dict[str, str]) -> tuple[f.Finding, ...]:
    """Return a concern for each text, which stands wherever a text can."""
    levels = ("high", "medium", "low")
    return tuple(
        finding(
            f"H-{number:02}",
            text,
            severity=levels[number % 3],
            name=name,
            subject=(text.replace("\ud800", ""),),
            about=(text,),
            dimension=text,
            area=text,
            message=text,
            why=text,
            remediation=text,
            advice=f.Advice(text, (text,), (text,)),
            lowered_by=("G05",),
            lowered_because=(text,),
            location=at(number + 1, f"/{text}", path=f"cases/{name} ,:%{text[:40]}.yaml"),
            proof=proof(step(1, "answer", text, location=at(2), source=text, value=text)),
            open_questions=(text,),
            could_be="high",
            state="worse",
            accepted="low",
            waiver=f.Waiver("accepted_risk", text, text, "2026-01-01", "2026-03-31", over=True),
        )
        for number, (name, text) in enumerate(texts.items())
    )


def _waived(texts: dict[str, str]) -> tuple[f.Finding, ...]:
    """Return a finding that is set aside with all texts as the reason."""
    reason = " ".join(text[:200] for text in texts.values())
    waiver = f.Waiver("false_positive", reason, reason, "2026-01-01", "2026-12-31")
    return (finding("H-99", "Set aside", waiver=waiver),)


def hostile_report(rich: f.Report, said: dict[str, str]) -> f.Report:
    """Return a report of one case with each text as what is of concern, strong and to ask."""
    river, texts = "river-alliance", said.values()
    text = " ".join(text[:200] for text in texts)
    strong = rich.strengths[0]
    return rich._replace(
        cases=(case(river, name=text, path=f"cases/{text}.yaml", notes=(text,)),),
        findings=(*hostile_findings(said), *_waived(said)),
        strengths=tuple(strong._replace(message=one, subject=(one,)) for one in texts),
        questions=tuple(
            f.Question(river, "a.b", (one,), one, one, "high", ("H-00",), (one,)) for one in texts
        ),
        limits=(f.Limit(river, "EVD-01", text, text),),
        sound=(f.Sound("X07", text, river, (text,)),),
        not_assessed=(f.NotAssessed("EXT-01", text, river, (text,), "not_due", text),),
        errors=(f.ErrorInfo("case.key", text, 4, 1, text),),
        gate=f.Gate({"fail_on": "high", "select": text}, False, (text,)),
        changes=(f.Change("parameter", "core.x", text, text, text),),
    )
