"""Rules as SARIF describes them, in the order of their ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from partnerrules.findings import Finding, Report, rank
from partnerrules.report.markup import link, marked, page_of
from partnerrules.report.text import plain
from partnerrules.report.words import titled

LEVELS = {"high": "error", "medium": "warning", "low": "note"}
SEVERITIES = {"high": "error", "medium": "warning", "low": "recommendation"}
LONGEST = 1024
"""Characters of a description that GitHub takes."""
TAGS = 10
"""Tags that GitHub keeps."""


def rules_of(
    report: Report, findings: Iterable[Finding], *, everything: bool, pages: str
) -> list[dict[str, Any]]:
    """Return the rules of findings, and of all else that was looked at where that is wanted."""
    by_rule: dict[str, list[Finding]] = {}
    for one in findings:
        by_rule.setdefault(one.rule, []).append(one)
    found = {rule: _rule(same, pages) for rule, same in by_rule.items()}
    if everything:
        others: list[Any] = [*report.strengths, *report.sound, *report.not_assessed]
        for other in others:
            found.setdefault(other.rule, _described(other.rule, titled(other.name), ""))
    return [found[rule] for rule in sorted(found)]


def _described(rule: str, title: str, why: str) -> dict[str, Any]:
    title = plain(title) or rule
    return {
        "id": rule,
        "name": rule[:255],
        "shortDescription": {"text": short(title)},
        "fullDescription": {"text": short(plain(why) or title)},
        "help": {"text": short(plain(why) or title), "markdown": marked(why or title)},
        "properties": {"precision": "high"},
    }


def short(text: str) -> str:
    """Return what fits into a description."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _rule(findings: Sequence[Finding], pages: str) -> dict[str, Any]:
    one = findings[0]
    worst = max((f.severity or f.could_be or "low" for f in findings), key=rank)
    address = page_of(one.rule, one.pack, pages)
    parts = [(head, text) for head, text in _help(findings) if text]
    tags = dict.fromkeys(filter(None, map(plain, (one.dimension, one.pack, *one.lessons))))
    texts = [f"{head}: {plain(text)}" for head, text in parts]
    marks = [f"**{head}:** {marked(text)}" for head, text in parts]
    if address:
        texts.append(f"More: {address}")
        marks.append(link(f"More about {one.rule}", address))
    told = _described(one.rule, one.title, one.why) | {
        "defaultConfiguration": {"level": LEVELS[worst]},
        "help": {"text": "\n\n".join(texts), "markdown": "\n\n".join(marks)},
        "properties": {
            "precision": "high",
            "problem.severity": SEVERITIES[worst],
            "tags": [*tags][:TAGS],
        },
    }
    return told | ({"helpUri": address} if address else {})


def _help(findings: Sequence[Finding]) -> Iterator[tuple[str, str]]:
    one = findings[0]
    yield "Why", one.why or one.title
    # Advice that names a subject, members or one answer belongs to its result.
    general = (
        f.advice.text for f in findings if f.advice and not f.advice.particular and not f.subject
    )
    yield "What could help", next(general, "")
    yield "Lessons", ", ".join(one.lessons)
    yield "Sources", ", ".join(one.sources)
