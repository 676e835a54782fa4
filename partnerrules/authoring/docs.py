"""Pages about packs for reading: one for each rule, dimension and lesson, an index, and a graph."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from os.path import relpath
from pathlib import PurePosixPath
from typing import Any

from partnerrules.authoring.chains import acted_on, chained, readers
from partnerrules.authoring.coverage import Passage, passages
from partnerrules.authoring.telling import RESTS_ON, Line, Telling
from partnerrules.checking.results import DRAWN
from partnerrules.engine import compile_program
from partnerrules.packs import Library
from partnerrules.packs.models import Rule

NOTE = "*Made by `partnerrules packs docs` from the rule files; change those, not this page.*"
OUTCOMES = {
    "concern": "Of concern",
    "unknown": "Not known yet",
    "sound": "Nothing of concern",
    "not_applicable": "It does not apply",
    "not_due": "It is not due",
}
DOES = {
    "Of concern where": ("check",),
    "Of more weight, or told as one, where": ("compound", "subsume"),
    "Of less weight, or left out, where": ("guard",),
    "Worked out for other rules where": ("derive",),
    "A note on the check itself, never a concern, where": ("limit",),
}
"""What rules do about a lesson, by their kind."""
LIMIT = {"concern": "A limit of this check", "sound": "No limit of this check"}
"""Of rules that tell of the check itself."""
_IN_WORDS = {"severity": "", "could_be": "could be ", "because": "because of "}


def pages(library: Library, packs: Iterable[str]) -> dict[str, str]:
    """Return the pages about packs: path under the folder of the pages to text."""
    return _Pages(library, frozenset(packs)).all()


class _Pages:
    def __init__(self, library: Library, packs: frozenset[str]) -> None:
        self.library = library
        self.packs = packs
        self.chain = chained(compile_program(library).reads)
        self.into = readers(self.chain)
        self.acts = {
            name: [one for one in acted_on(library, rule) if one in library.rules]
            for name, rule in library.rules.items()
        }
        owners = library.owners["rule"]
        self.rules = {k: r for k, r in sorted(library.rules.items()) if owners[k] in packs}

    def all(self) -> dict[str, str]:
        found = {"README.md": self._index(), "chaining.md": self._graph()}
        found["coverage.md"] = self._coverage()
        for name, rule in self.rules.items():
            found[self.path(name)] = self._rule(rule)
        for dimension in self.library.dimensions:
            if any(rule.dimension == dimension for rule in self.rules.values()):
                found[f"dimensions/{dimension}.md"] = self._dimension(dimension)
        for pack in self.library.packs:
            for lesson in pack.lessons if pack.id in self.packs else ():
                found[f"lessons/{pack.id}/{lesson}.md"] = self._lesson(pack.id, lesson)
        return {path: text.rstrip() + "\n" for path, text in found.items()}

    def path(self, rule: str) -> str:
        return f"{self.library.owners['rule'][rule]}/{rule}.md"

    def link(self, rule: str, start: str) -> str:
        title = self.library.rules[rule].title
        return f"[{rule}]({_between(start, self.path(rule))}) {_text(title)}"

    def _rule(self, rule: Rule) -> str:
        telling, here = Telling(self.library, rule), self.path(rule.id)
        lines = [f"# {rule.id} {_text(rule.title)}", "", NOTE, ""]
        place = _between(here, f"dimensions/{rule.dimension}.md")
        lines += [f"[{_text(telling.about())}]({place})"]
        for part in telling.parts():
            lines += ["", f"## {_text(part.head)}", ""]
            linked = part.head == RESTS_ON
            lines += self._rests_on(rule, here) if linked else _markdown(part.lines)
        lines += self._chains(rule, here)
        lines += self._examples(rule)
        return "\n".join(lines)

    def _rests_on(self, rule: Rule, here: str) -> Iterator[str]:
        for line in Telling(self.library, rule).sources():
            name, _, words = line.partition(": ")
            for pack in self.library.packs:
                if name in pack.lessons and name in rule.lessons:
                    name = f"[{name}]({_between(here, f'lessons/{pack.id}/{name}.md')})"
                    break
            yield f"- {name}: {_text(words)}"

    def _chains(self, rule: Rule, here: str) -> Iterator[str]:
        parts = (
            ("It reads what these come to", self.chain[rule.id]),
            ("What it comes to is read by", self.into.get(rule.id, [])),
            ("It acts on", self.acts[rule.id]),
            ("These act on it", [k for k, acted in self.acts.items() if rule.id in acted]),
        )
        if not any(names for _, names in parts):
            return
        yield from ("", "## How it chains")
        for head, names in parts:
            if names:
                yield from ("", f"{head}:", "")
                yield from (f"- {self.link(name, here)}" for name in names)
        edges = [(one, rule.id) for one in self.chain[rule.id]]
        edges += [(rule.id, one) for one in self.into.get(rule.id, [])]
        if edges:
            yield from ("", *_mermaid(edges, ()))

    def _examples(self, rule: Rule) -> Iterator[str]:
        shown: dict[str, dict[str, Any]] = {}
        for example in rule.examples:
            for outcome in self._outcomes(rule, example.get("expect")):
                shown.setdefault(outcome, dict(example))
        if shown:
            yield from ("", "## Examples", "", "Made up for teaching.")
        order = [*OUTCOMES, ""]
        for outcome in sorted(shown, key=order.index):
            example = shown[outcome]
            heads = {**OUTCOMES, **LIMIT} if rule.limit else OUTCOMES
            head = heads.get(outcome, "What it changes")
            yield from ("", f"### {head}: {_text(str(example['name']))}", "")
            yield "```yaml"
            for key, value in example.get("case", {}).items():
                yield f"{key}: {json.dumps(value, ensure_ascii=False)}"
            yield from ("```", "")
            yield f"What comes out: {_text(_expected(example.get('expect'), heads))}."

    def _outcomes(self, rule: Rule, expect: Any) -> Iterator[str]:
        """Yield the outcomes of a rule that an example shows; nothing of those without outcomes."""
        if rule.kind not in DRAWN:
            yield ""
        elif isinstance(expect, str):
            yield expect
        elif isinstance(expect, dict) and "outcome" in expect:
            yield str(expect["outcome"])
        elif isinstance(expect, dict):
            for key, one in expect.items():
                first = str(key).partition(" ")[0]
                if first == rule.id or first not in self.library.rules:
                    yield str(one["outcome"] if isinstance(one, dict) else one)

    def _dimension(self, dimension: str) -> str:
        title, area = self.library.dimensions[dimension]
        here = f"dimensions/{dimension}.md"
        lines = [f"# {_text(title)}", "", NOTE, "", f"Read under: {_text(area or title)}.", ""]
        lines += self._table([r for r in self.rules.values() if r.dimension == dimension], here)
        return "\n".join(lines)

    def _table(self, rules: Iterable[Rule], here: str) -> Iterator[str]:
        yield from ("| rule | kind | levels | why |", "|---|---|---|---|")
        for rule in rules:
            levels = ", ".join(dict.fromkeys(one.level for one in rule.concern.values()))
            levels = "limit" if rule.limit else levels
            link = self.link(rule.id, here)
            yield f"| {_cell(link)} | {rule.kind} | {levels} | {_cell(_text(rule.why))} |"

    def _lesson(self, pack: str, lesson: str) -> str:
        owner = next(one for one in self.library.packs if one.id == pack)
        told = owner.lessons[lesson]
        here = f"lessons/{pack}/{lesson}.md"
        lines = [f"# {lesson}", "", NOTE, "", f"> {_text(told.says)}", ""]
        source = owner.sources.get(told.source)
        if source is not None:
            lines += [f"Source: {_text(source.title)}.", ""]
        passage = next(one for one in passages(self.library, [pack]) if one.lesson == lesson)
        lines += self._decided(passage, here, "##")
        return "\n".join(lines)

    def _decided(self, passage: Passage, here: str, mark: str = "") -> Iterator[str]:
        """Yield the rules that rest on a lesson, by what they do; on its own page with the why."""
        for head, kinds in DOES.items():
            inside = [(name, told) for name, kind, told in passage.rules if kind in kinds]
            if inside:
                yield from (f"{mark} {head}" if mark else f"{head}:", "")
                for name, told in inside:
                    due = " or ".join(self.library.rules[name].due)
                    due = f" Due: {due}." if due else ""
                    yield f"- {self.link(name, here)}: {_text('; or '.join(told))}.{due}"
                    if mark:
                        yield from ("", f"  {_text(self.library.rules[name].why)}", "")
                yield ""
        if not passage.rules:
            yield from (f"No rule: {_text(passage.outside or 'still to be written.')}", "")
        elif passage.outside:
            yield from (f"No rule for the rest: {_text(passage.outside)}", "")

    def _index(self) -> str:
        lines = ["# What the packs look at", "", NOTE, ""]
        lines += ["How the rules chain: [one graph](chaining.md). What they cover of the lessons:"]
        lines += ["[lesson by lesson](coverage.md).", ""]
        for dimension, (title, area) in self.library.dimensions.items():
            rules = [rule for rule in self.rules.values() if rule.dimension == dimension]
            if rules:
                head = f"[{_text(title)}](dimensions/{dimension}.md)"
                lines += [f"## {head}", "", f"Read under: {_text(area or title)}.", ""]
                lines += [*self._table(rules, "README.md"), ""]
        for pack in self.library.packs:
            if pack.lessons and pack.id in self.packs:
                lines += [f"## Lessons of {pack.id}", ""]
                lines += [
                    f"- [{name}](lessons/{pack.id}/{name}.md) {_text(one.says)}"
                    for name, one in pack.lessons.items()
                ]
                lines += [""]
        return "\n".join(lines)

    def _coverage(self) -> str:
        lines = ["# What the rules cover of the lessons", "", NOTE, ""]
        lines += [
            "For each lesson the rules that rest on it, with what has to hold for a concern about"
        ]
        lines += ["it, however low, or for what they do; where no rule rests on it, or on a part"]
        lines += ["of it, why. Where a rule is due in some stages alone, these are named last.", ""]
        for passage in passages(self.library, self.packs):
            head = f"[{passage.lesson}](lessons/{passage.pack}/{passage.lesson}.md)"
            lines += [f"## {head}", "", f"> {_text(passage.says)}", ""]
            lines += self._decided(passage, "coverage.md")
        return "\n".join(lines)

    def _graph(self) -> str:
        edges = [(below, name) for name in self.rules for below in self.chain[name]]
        acts = [
            (name, one)
            for name, rule in self.rules.items()
            for one in (part.rule for part in (*rule.parts, *rule.raises))
        ]
        lines = ["# How the rules chain", "", NOTE, ""]
        lines += ["A full line leads from a rule to one that reads what it comes to, a dotted"]
        lines += ["line from one under which others are told to these.", ""]
        lines += _mermaid(edges, [pair for pair in acts if (pair[1], pair[0]) not in edges])
        return "\n".join(lines)


def _mermaid(edges: Iterable[tuple[str, str]], dotted: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield a Mermaid flowchart; node ids are counted, since rule ids may hold any dash."""
    pairs = [(a, b, "-->") for a, b in edges] + [(a, b, "-.->") for a, b in dotted]
    number: dict[str, str] = {}
    for a, b, _ in pairs:
        for one in (a, b):
            number.setdefault(one, f"n{len(number)}")
    yield from ("```mermaid", "flowchart LR")
    yield from (f'  {short}["{name}"]' for name, short in number.items())
    yield from (f"  {number[a]} {arrow} {number[b]}" for a, b, arrow in pairs)
    yield "```"


def _markdown(lines: Iterable[Line]) -> Iterator[str]:
    """Yield lines as Markdown: items as a list, as deep as they stand, the others as paragraphs."""
    before = False
    for number, line in enumerate(lines):
        text = line.text.strip()
        depth = (len(line.text) - len(line.text.lstrip())) // 2
        if number and not (line.item and before):
            yield ""
        yield f"{'  ' * depth}- {_text(text)}" if line.item else _text(text)
        before = line.item


def _expected(expect: Any, heads: Mapping[str, str]) -> str:
    if not isinstance(expect, dict):
        return heads.get(str(expect), str(expect)).lower()
    if "outcome" not in expect and not _IN_WORDS.keys() & expect.keys():
        return "; ".join(f"{key}: {_expected(one, heads)}" for key, one in expect.items())
    told = [heads.get(str(expect.get("outcome")), "").lower()]
    for key, words in _IN_WORDS.items():
        if expect.get(key) and (key == "because" or heads is OUTCOMES):
            told.append(f"{words}{expect[key]}")
    for key, words in (("lowered_by", "lowered by"), ("part_of", "told under")):
        if expect.get(key):
            told.append(f"{words} {', '.join(expect[key])}")
    return ", ".join(one for one in told if one)


def _between(start: str, end: str) -> str:
    return PurePosixPath(relpath(end, PurePosixPath(start).parent)).as_posix()


def _text(text: str) -> str:
    """Return text in which nothing is read as Markdown or HTML."""
    for mark in "\\`*_[]<>#|":
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\n", " ")


def _cell(text: str) -> str:
    return text.replace("\n", " ")
