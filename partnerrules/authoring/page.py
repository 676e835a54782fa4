"""One rule on a page: what it looks at, when, why, what could help, and on what it rests."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from partnerrules.authoring.sayings import said
from partnerrules.packs import Library, Pack
from partnerrules.packs.checks import conditions
from partnerrules.packs.models import Rule
from partnerrules.packs.names import Names
from partnerrules.packs.references import readable
from partnerrules.packs.walk import parameters

LEVELS = {"high": "act now", "medium": "plan for", "low": "keep in mind"}
_KINDS = {
    "compound": "raised where several things come together",
    "subsume": "tells several findings as one",
    "derive": "works out a fact from answers",
    "guard": "lowers or sets aside what other rules find",
}


def rule_page(library: Library, rule: Rule, width: int = 80) -> Iterator[str]:
    """Yield the lines of a page about a rule."""
    page = _Page(library, rule, width)
    yield f"{rule.id}  {rule.title}"
    yield from page.about()
    yield from page.when()
    yield from page.levels()
    yield from page.acts()
    yield from page.text("Why", [rule.why])
    yield from page.text("What could help", page.advice(rule.remediation))
    yield from page.text("Rests on", page.sources())
    yield from page.text("Parameters", page.parameters())


class _Page:
    def __init__(self, library: Library, rule: Rule, width: int) -> None:
        self.library = library
        self.rule = rule
        self.width = width
        owner = library.owners["rule"][rule.id]
        self.pack: Pack = next(pack for pack in library.packs if pack.id == owner)

    def text(self, head: str, lines: Iterable[str]) -> Iterator[str]:
        """Yield a headed part, or nothing where it is empty."""
        told = [line for line in lines if line]
        if told:
            yield from ("", head)
        for line in told:
            indent = "  " + " " * (len(line) - len(line.lstrip()))
            mark = f"{indent}- " if line != told[0] or len(told) > 1 else indent
            rest = indent + "  " * (mark != indent)
            yield from textwrap.wrap(
                line.strip(), self.width, initial_indent=mark, subsequent_indent=rest
            )

    def about(self) -> Iterator[str]:
        rule, title = self.rule, self.library.dimensions.get(self.rule.dimension, ("", ""))[0]
        each = " and each ".join(
            (self.library.entities[one].title or one).lower() for one in rule.for_each.values()
        )
        parts = [title, f"for each {each}" if each else "", _KINDS.get(rule.kind, "")]
        yield f"        {'; '.join(part for part in parts if part)}"

    def when(self) -> Iterator[str]:
        rule = self.rule
        lines = list(said(self.library, rule.applies, rule.for_each))
        yield from self.text("It applies where", lines)
        due = [f"{' or '.join(rule.due)}"] if rule.due else []
        yield from self.text("It is due in these stages", due)

    def levels(self) -> Iterator[str]:
        rule, library = self.rule, self.library
        given = list(said(library, rule.given, rule.for_each))
        yield from self.text("In each of its concerns", given)
        for key, one in rule.concern.items():
            yield from ("", f"Of concern: {LEVELS[one.level]} ({one.level}), {key}")
            yield from self._wrapped(one.says)
            for line in said(library, one.when, rule.for_each):
                yield from self._wrapped(line, "where ")
            for text in self.advice(one.remediation):
                yield from self._wrapped(f"What could help: {text}")
        yield from self.text("Where nothing is of concern", [rule.sound])
        yield from self.text("Where it is not known", [rule.open])

    def _wrapped(self, line: str, first: str = "") -> Iterator[str]:
        indent = "  " + " " * (len(line) - len(line.lstrip()) + (2 if first else 0))
        mark = f"{indent}- " if first else indent
        rest = f"{indent}  " if first else indent
        yield from textwrap.wrap(
            line.strip(), self.width, initial_indent=mark, subsequent_indent=rest
        )

    def acts(self) -> Iterator[str]:
        """Yield what a derived fact, a guard, a compound or a subsuming rule does."""
        rule, library = self.rule, self.library
        if rule.derive is not None:
            fact = library.declared.get(rule.derive.fact)
            words = fact.choices if fact else {}
            ways: list[tuple[Any, Any]] = [(o.value, o.when) for o in rule.derive.first_of]
            ways += [(rule.derive.add, rule.derive.when)] if rule.derive.add else []
            for value, when in ways:
                head = f'{rule.derive.fact} is "{words.get(str(value), value)}" where'
                yield from self.text(head, said(library, when, rule.for_each))
            if rule.derive.otherwise:
                word = words.get(str(rule.derive.otherwise), rule.derive.otherwise)
                yield from self.text("Otherwise", [f'{rule.derive.fact} is "{word}".'])
        if rule.target is not None:
            yield from self.text("Where", said(library, rule.when, rule.for_each))
            yield from self.text("It changes", [self._change()])
            yield from self.text("And says", [rule.note])
        parts = [part.rule for part in rule.parts]
        yield from self.text("Told under it", [", ".join(parts)])
        yield from self.text(
            "Raised by it", [", ".join(f"{r.rule} to {r.to}" for r in rule.raises)]
        )
        gathered = rule.subsumes.rules if rule.subsumes else []
        yield from self.text("Told as one", [", ".join(gathered)])

    def _change(self) -> str:
        rule, target = self.rule, self.rule.target
        assert target is not None
        what = list(target.rules)
        if target.dimensions:
            what.append(f"what is found in {', '.join(target.dimensions)}")
        what += [f"what is due in {one}" for one in target.due]
        act = "sets aside" if rule.drop else "makes not due" if rule.not_due else "lowers by one"
        act = f"lowers to at most {rule.cap}" if rule.cap else act
        but = f", except {', '.join(target.except_)}" if target.except_ else ""
        return f"{act}: {', '.join(what)}{but}"

    def advice(self, told: Mapping[str, Any]) -> Iterator[str]:
        for stage, one in told.items():
            steps = [one.get("says", ""), *one.get("steps", [])] if isinstance(one, dict) else [one]
            text = " ".join(str(step) for step in steps if step)
            yield text if stage == "default" else f"While {stage}: {text}"

    def sources(self) -> Iterator[str]:
        names = Names(self.library, self.pack)
        for kind in ("lesson", "source"):
            valid = readable(names, kind)
            for one in getattr(self.rule, f"{kind}s"):
                found = valid.get(one)
                yield f"{one}: {getattr(found, 'says', '') or getattr(found, 'title', '')}"

    def parameters(self) -> Iterator[str]:
        found = {n for _, c in conditions(self.rule) for n, _ in parameters(c, ())}
        for short in sorted(found):
            name, value = self.library.parameter(short)
            owner = next(p for p in self.library.packs if p.id == name.split(".", 1)[0])
            told = owner.file.parameters[name.split(".", 1)[1]]
            where = f", {told.source}" if told.source else ""
            yield f"{name} = {value} {told.unit} ({told.basis}{where}). {told.why}".strip()


def rule_list(library: Library) -> Iterator[str]:
    """Yield the rules by dimension, with their titles."""
    for dimension, (title, area) in library.dimensions.items():
        rules = [r for _, r in sorted(library.rules.items()) if r.dimension == dimension]
        if rules:
            yield f"{title} ({dimension}; {area})" if area else f"{title} ({dimension})"
        for rule in rules:
            kind = "" if rule.kind == "check" else f" [{rule.kind}]"
            yield f"  {rule.id:8} {rule.title}{kind}"
