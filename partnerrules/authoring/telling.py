"""What there is to say of a rule, part by part: for the terminal and for pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from partnerrules import findings
from partnerrules.authoring.sayings import said
from partnerrules.packs import Library, Pack
from partnerrules.packs.models import Advice, Rule
from partnerrules.packs.names import Names
from partnerrules.packs.references import readable
from partnerrules.packs.walk import conditions, parameters
from partnerrules.report.settings import told
from partnerrules.report.words import level_words

RESTS_ON = "Rests on"
LIMIT = "A limit of this check, never a concern"
_KINDS = {
    "compound": "raised where several things come together",
    "subsume": "tells several findings as one",
    "derive": "works out a fact from answers",
    "guard": "lowers or sets aside what other rules find",
}


class Line(NamedTuple):
    """One line of a part; spaces before it say how deep it stands."""

    text: str
    item: bool = False
    """Whether it is one of a list."""


class Part(NamedTuple):
    """A headed part of a page."""

    head: str
    lines: tuple[Line, ...]


def _part(head: str, lines: Iterable[str]) -> Iterator[Part]:
    """Yield a part, or nothing where it is empty; several lines are a list."""
    told = [line for line in lines if line]
    if told:
        yield Part(head, tuple(Line(line, len(told) > 1) for line in told))


class Telling:
    """Tells one rule."""

    def __init__(self, library: Library, rule: Rule) -> None:
        self.library = library
        self.rule = rule
        owner = library.owners["rule"][rule.id]
        self.pack: Pack = next(pack for pack in library.packs if pack.id == owner)

    def parts(self) -> Iterator[Part]:
        """Yield all parts, in the order in which people read them."""
        yield from self.when()
        yield from self.levels()
        yield from self.acts()
        yield from _part("Why", [self.rule.why])
        yield from _part("What could help", self.advice(self.rule.remediation))
        yield from _part(RESTS_ON, self.sources())
        yield from _part("Parameters", self.parameters())
        name = self.pack.profile
        yield from _part(f"Set otherwise by the profile {name}", self.changes())

    def about(self) -> str:
        """Return its dimension, its subjects and what kind of rule it is."""
        rule, title = self.rule, self.library.dimensions.get(self.rule.dimension, ("", ""))[0]
        each = " and each ".join(
            (self.library.entities[one].title or one).lower() for one in rule.for_each.values()
        )
        parts = [title, f"for each {each}" if each else "", _KINDS.get(rule.kind, "")]
        parts += [LIMIT.lower()] if rule.limit else []
        parts += ["never waived"] if rule.non_waivable else []
        return "; ".join(part for part in parts if part)

    def when(self) -> Iterator[Part]:
        """Yield where it applies and when it is due."""
        rule = self.rule
        lines = list(said(self.library, rule.applies, rule.for_each))
        yield from _part("It applies where", lines)
        due = [f"{' or '.join(rule.due)}"] if rule.due else []
        yield from _part("It is due in these stages", due)

    def levels(self) -> Iterator[Part]:
        """Yield each of its concerns, and what it says where there is none."""
        rule, library = self.rule, self.library
        given = list(said(library, rule.given, rule.for_each))
        yield from _part("In each of its concerns", given)
        for key, one in rule.concern.items():
            lines = [Line(one.says)]
            lines += [Line(f"  {text}", True) for text in said(library, one.when, rule.for_each)]
            helps = " ".join(self.advice(one.remediation))
            lines += [Line(f"What could help: {helps}")] if helps else []
            head = LIMIT if rule.limit else f"Of concern: {level_words(one.level)}"
            yield Part(f"{head}, {key}", tuple(lines))
        quiet = "Where it is no limit" if rule.limit else "Where nothing is of concern"
        yield from _part(quiet, [rule.sound])
        yield from _part("Where it is not known", [rule.open])

    def acts(self) -> Iterator[Part]:
        """Yield what a derived fact, a guard, a compound or a subsuming rule does."""
        rule, library = self.rule, self.library
        if rule.derive is not None:
            fact = library.declared.get(rule.derive.fact)
            words = fact.choices if fact else {}
            ways: list[tuple[Any, Any]] = [(o.value, o.when) for o in rule.derive.first_of]
            ways += [(rule.derive.add, rule.derive.when)] if rule.derive.add else []
            for value, when in ways:
                head = f'{rule.derive.fact} is "{words.get(str(value), value)}" where'
                yield from _part(head, said(library, when, rule.for_each))
            if rule.derive.otherwise:
                word = words.get(str(rule.derive.otherwise), rule.derive.otherwise)
                yield from _part("Otherwise", [f'{rule.derive.fact} is "{word}".'])
        if rule.target is not None:
            yield from _part("Where", said(library, rule.when, rule.for_each))
            yield from _part("It changes", [self._change()])
            yield from _part("And says", [rule.note])
        parts = [part.rule for part in rule.parts]
        yield from _part("Told under it", [", ".join(parts)])
        yield from _part("Raised by it", [", ".join(f"{r.rule} to {r.to}" for r in rule.raises)])
        gathered = rule.subsumes.rules if rule.subsumes else []
        yield from _part("Told as one", [", ".join(gathered)])

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

    def advice(self, told: Mapping[str, Advice]) -> Iterator[str]:
        """Yield advice, a sentence for each stage that has its own."""
        for stage, one in told.items():
            text = findings.Advice(one.says, tuple(one.steps), one.roles).text
            yield text if stage == "default" else f"While {stage}: {text}"

    def sources(self) -> Iterator[str]:
        """Yield the lessons and sources that it names."""
        names = Names(self.library, self.pack)
        for kind in ("lesson", "source"):
            valid = readable(names, kind)
            for one in getattr(self.rule, f"{kind}s"):
                found = valid.get(one)
                yield f"{one}: {getattr(found, 'says', '') or getattr(found, 'title', '')}"

    def changes(self) -> Iterator[str]:
        """Yield what a profile changes of its levels and of the thresholds that it reads."""
        for pack in self.library.packs:
            for one in pack.changes:
                own = one.name == self.rule.id or one.name.rpartition(".")[0] == self.rule.id
                if one.name in self._read() if one.kind == "parameter" else own:
                    yield told(one)

    def _read(self) -> dict[str, Any]:
        """Return the values of the thresholds that it reads, by their full names."""
        found = {n for _, c in conditions(self.rule) for n, _ in parameters(c, ())}
        return dict(map(self.library.parameter, sorted(found)))

    def parameters(self) -> Iterator[str]:
        """Yield the thresholds that it reads, each with where it comes from."""
        for name, value in self._read().items():
            declared = self.library.declared_parameter(name)
            where = f", {declared.source}" if declared.source else ""
            rests = f"({declared.basis}{where}). {declared.why}".strip()
            yield f"{name} = {value} {declared.unit} {rests}"
