"""Text of cases and packs as Markdown in which it stays text."""

from __future__ import annotations

import re

from partnerrules.report.text import plain

_MARKS = re.compile(r"[\\`*_\[\]<>|~$&!]")
_BEGINNING = re.compile(r"^(?:([-+=#])|(\d+)([.)]))")
# GitHub makes links of these wherever they stand in a text, and sends mail about some.
_ADDRESS = re.compile(r"(?i)(?<=\w)(:)(?=//)|(?<=\bwww)(\.)")
_NAMED = re.compile(r"([@#])(?=\w)|(:)(?=\w+:)|(?<=GH)(-)(?=\d)", re.IGNORECASE)
JOINER = "\u2060"
"""A word joiner, which nobody sees, parts what would name a person or a number."""


def marked(text: str) -> str:
    """Return text on one line in which nothing is markup, a link, a person or a command."""
    text = _MARKS.sub(r"\\\g<0>", plain(text))
    text = _BEGINNING.sub(lambda found: _first(found), text)
    text = _ADDRESS.sub(lambda found: f"\\{found[0]}", text)
    return _NAMED.sub(lambda found: f"{found[0]}{JOINER}", text)


def _first(found: re.Match[str]) -> str:
    return f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}"


def link(text: str, address: str) -> str:
    """Return a link to a page of ours; the text alone where there is no address."""
    return f"[{marked(text)}](<{address}>)" if address else marked(text)


def page_of(rule: str, pack: str, pages: str) -> str:
    """Return the address of the page about a rule, or nothing where pages are nowhere."""
    return f"{pages}/{pack}/{rule}.md" if pages and pack else ""
