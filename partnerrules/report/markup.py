"""Text of cases and packs as Markdown in which it stays text."""

from __future__ import annotations

import re

from partnerrules.report.text import plain

_MARKS = re.compile(r"[\\`*_\[\]<>|~$&!#]")
_BEGINNING = re.compile(r"^(?:([-+=])|(\d+)([.)]))")
# GitHub looks for these in what is shown, whatever is escaped, and writes to those who are named.
_CALLS = re.compile(
    r"(?<=:)(?=//|[\w+-]+:)|(?<=mailto:)(?=\w)|(?<=www)(?=\.)|(?<=[@#])(?=\w)|(?<=GH-)(?=\d)",
    re.IGNORECASE,
)
JOINER = "\u2060"
"""A word joiner, which nobody sees, parts what would be an address, a person or a number."""


def marked(text: str) -> str:
    """Return text on one line in which nothing is markup, a link, a person or a command."""
    text = _CALLS.sub(JOINER, plain(text))
    return _BEGINNING.sub(_first, _MARKS.sub(r"\\\g<0>", text))


def _first(found: re.Match[str]) -> str:
    return f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}"


def link(text: str, address: str) -> str:
    """Return a link to a page of ours; the text alone where there is no address."""
    return f"[{marked(text)}](<{address}>)" if address else marked(text)


def page_of(rule: str, pack: str, pages: str) -> str:
    """Return the address of the page about a rule, or nothing where pages are nowhere."""
    return f"{pages}/{pack}/{rule}.md" if pages and pack else ""
