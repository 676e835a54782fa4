"""One rule on a page of the terminal, and the list of all rules."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from partnerrules.authoring.telling import Line, Telling
from partnerrules.packs import Library
from partnerrules.packs.models import Rule


def rule_page(library: Library, rule: Rule, width: int = 80) -> Iterator[str]:
    """Yield the lines of a page about a rule."""
    telling = Telling(library, rule)
    yield f"{rule.id}  {rule.title}"
    indent = " " * 8
    yield from textwrap.wrap(
        telling.about(), width, initial_indent=indent, subsequent_indent=indent
    )
    for part in telling.parts():
        yield from ("", part.head)
        for line in part.lines:
            yield from _wrapped(line, width)


def _wrapped(line: Line, width: int) -> Iterator[str]:
    indent = "  " + " " * (len(line.text) - len(line.text.lstrip()))
    first, rest = (f"{indent}- ", f"{indent}  ") if line.item else (indent, indent)
    yield from textwrap.wrap(line.text.strip(), width, initial_indent=first, subsequent_indent=rest)


def rule_list(library: Library) -> Iterator[str]:
    """Yield the rules by dimension, with their titles."""
    for dimension, (title, area) in library.dimensions.items():
        rules = [r for _, r in sorted(library.rules.items()) if r.dimension == dimension]
        if rules:
            yield f"{title} ({dimension}; {area})" if area else f"{title} ({dimension})"
        for rule in rules:
            kind = "" if rule.kind == "check" else f" [{rule.kind}]"
            yield f"  {rule.id:8} {rule.title}{kind}"
