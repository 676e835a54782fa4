"""Turning the conditions of a rule into ways that can be judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Literal

from partnerrules.errors import Problem, nearest
from partnerrules.facts.conditions import Condition, Holds, Linked, Part, Verdict, Way
from partnerrules.facts.leaves import make_test
from partnerrules.facts.members import Count, Members, Some
from partnerrules.facts.operators import ORDER, WORDS
from partnerrules.facts.paths import Path
from partnerrules.facts.reading import Raw, Reading, TestItem, Ways, one_of, together
from partnerrules.facts.regions import numbers_let_through
from partnerrules.facts.spans import Spans, whole
from partnerrules.facts.vocabulary import Vocabulary
from partnerrules.packs import Library

MOST_WAYS = 256
Scope = Mapping[str, str]
"""Variable to entity."""
Waiting = Literal["", "negations", "all"]
"""What may wait until it is asked."""


class Compiler:
    """Compiles the conditions of one rule; collects its problems, parameters and what it reads.

    Where all of that is known, conditions may wait until they are asked: all of them, or their
    negations alone where the engine looks for members, since its jobs are made before any
    condition is asked. The conclusions that conditions which wait put together are to be told
    beforehand (`link`).
    """

    def __init__(
        self,
        library: Library,
        place: str,
        *,
        waiting: Waiting = "",
        jobs: bool = True,
        vocabulary: Vocabulary | None = None,
    ) -> None:
        self.library = library
        self.place = place
        self.waiting = waiting
        self.jobs = jobs
        """Whether the engine has jobs for what is compiled."""
        self.vocabulary = vocabulary or Vocabulary(library)
        self.problems: list[Problem] = []
        self.parameters: set[str] = set()
        self.reads: set[tuple[str, str, bool]] = set()
        """(rule or fact, name, strict): strict where the reading cannot be part of a recursion."""
        self.facts: dict[str, tuple[str, str]] = {}
        """Answers that are read: `group.fact` or `entity.fact`, with variable and fact name."""
        self.sound: set[str] = set()
        """The rules of which it is read how sound they are."""
        self.members: list[Members] = []
        self.linked: dict[tuple[Verdict, ...], Linked] = {}
        self.reading = Reading(self)
        self.linking = True
        self.muted = False
        """Whether what is read does not count: only soundness reads the negation of a rule."""
        self._statements: dict[tuple[Any, ...], tuple[Any, Part, Part]] = {}
        self._read: dict[tuple[Any, ...], tuple[Any, Ways]] = {}
        self._tests: dict[tuple[TestItem, ...], Part] = {}
        self._waits: dict[tuple[Any, ...], tuple[list[Any], Condition]] = {}

    def compile(self, conditions: Iterable[Any], scope: Scope, strict: bool = False) -> Condition:
        """Return the conjunction of conditions; `strict` where no recursion may pass through."""
        items = [one for one in conditions if one]
        if self.waiting == "all":
            return self._waiting(items, scope, strict)
        found = self._condition(items, scope, strict)
        found.compile(negation=not self.waiting)
        return found

    def _condition(self, items: list[Any], scope: Scope, strict: bool) -> Condition:
        return Condition(partial(self._compiled, items, scope, strict, self.linking), not items)

    def _waiting(self, items: list[Any], scope: Scope, strict: bool) -> Condition:
        """Return a condition that waits, the same one for the same items."""
        place = (*map(id, items), strict, self.linking, *scope.items())
        if place not in self._waits:
            self._waits[place] = items, self._condition(items, scope, strict)
        return self._waits[place][1]

    def _compiled(
        self, items: list[Any], scope: Scope, strict: bool, linking: bool, negated: bool
    ) -> tuple[Way, ...]:
        muted, self.muted = self.muted, self.muted or negated
        linked, self.linking = self.linking, linking
        raw = self._raw(items, scope, negated, strict)
        if not negated and len(raw) > MOST_WAYS:
            text = f"This condition has {len(raw)} ways to hold; {MOST_WAYS} are the most."
            self.problem("too-many-ways", text, "")
            raw = raw[:1]
        ways = tuple(map(self._way, raw))
        self.muted, self.linking = muted, linked
        return ways

    def reads_of(self, kind: str, name: str, strict: bool) -> None:
        """Note that a conclusion or an answer is read."""
        if not self.muted:
            self.reads.add((kind, name, strict))

    def problem(self, code: str, text: str, near: str = "") -> None:
        """Note something to mend in the rule."""
        found = Problem(code, text, self.place, nearest=near)
        if found not in self.problems:
            self.problems.append(found)

    # From what is written to ways of raw parts.

    def _raw(self, condition: Any, scope: Scope, negated: bool, strict: bool) -> Ways:
        """Return the ways of a condition, or of its negation."""
        if isinstance(condition, dict):
            if len(condition) == 1:
                ((key, value),) = condition.items()
                return self._item(key, value, scope, negated, strict)
            parts = [
                self._item(key, value, scope, negated, strict) for key, value in condition.items()
            ]
        elif isinstance(condition, list):
            parts = [self._raw(one, scope, negated, strict) for one in condition]
        else:
            self.problem("condition-form", f"Expected a condition, found {condition!r}.")
            return [()]
        return one_of(parts) if negated else together(parts)

    def _item(self, key: str, value: Any, scope: Scope, negated: bool, strict: bool) -> Ways:
        if key == "any":
            parts = [self._raw(one, scope, negated, strict) for one in value]
            return together(parts) if negated else one_of(parts)
        if key == "not":
            return self._raw(value, scope, not negated, strict)
        if key in ("concern", "could_be", "sound"):
            verdict = self.reading.verdict(key, value, scope, negated, strict)
            return [(verdict,)] if verdict else [()]
        if key in WORDS:
            part = self._statement(key, value, scope, negated, strict)
            return [(part,)] if part else [()]
        place = (id(value), key, negated, strict, self.muted, *scope.items())
        known = self._read.get(place)
        if known is None or known[0] is not value:
            found = self.reading.tests(key, value, scope, negated, strict)
            known = self._read[place] = (value, found)
        return known[1]

    def _statement(
        self, key: str, value: Mapping[str, Any], scope: Scope, negated: bool, strict: bool
    ) -> Part | None:
        """Return a statement or its negation; both are about the same members."""
        place = (id(value), *scope.items())
        known = self._statements.get(place)
        if known is None or known[0] is not value:
            made = self._holds(value, scope, strict) if key == "holds" else None
            made = made or self._about_members(key, value, scope, strict)
            if made is None:
                return None
            known = self._statements[place] = (value, *made)
        return known[2] if negated else known[1]

    def _holds(self, value: Mapping[str, Any], scope: Scope, strict: bool) -> tuple[Part, Part]:
        bounds = {k: v for k, v in value.items() if k != "of"}
        strict = strict or not bounds.keys() <= {"at_least", "more_than"}
        parts = tuple(self.compile([one], scope, strict) for one in value.get("of", []))
        spans = self._bounds(bounds)
        return Holds(parts, spans), Holds(parts, spans, negated=True)

    def _about_members(
        self, key: str, value: Mapping[str, Any], scope: Scope, strict: bool
    ) -> tuple[Part, Part] | None:
        bounds = {k: v for k, v in value.items() if k in ORDER}
        lower_only = key == "count" and bounds.keys() <= {"at_least", "more_than"}
        strict = strict or key == "none" or (key == "count" and not lower_only)
        members = self.members_of(value, scope, strict)
        if members is None:
            return None
        if key == "count":
            spans = self._bounds(bounds)
            return Count(members, spans), Count(members, spans, negated=True)
        some, none = Some(members), Some(members, negated=True)
        return (none, some) if key == "none" else (some, none)

    def members_of(
        self, value: Mapping[str, Any], scope: Scope, strict: bool = False
    ) -> Members | None:
        """Compile the variables and the `where` of a statement about members."""
        bound = {k: v for k, v in value.items() if k != "where" and k not in ORDER}
        for name, entity in bound.items():
            if entity not in self.library.entities:
                near = nearest(str(entity), self.library.entities)
                self.problem(
                    "unknown-entity", f"There is no entity {entity} (variable {name}).", near
                )
                return None
        inner = {**scope, **bound}
        where = self._unlinked([value.get("where", {})], inner, strict)
        outer = tuple(sorted(where.variables - bound.keys()))
        things = len(bound) + len(outer)
        joined = all(things + len(verdicts_of(way)) > 1 for way in where.ways)
        if not joined:
            where = self.compile([value.get("where", {})], inner, strict)
        members = Members(bound, where, outer, inner, joined and self.jobs)
        self.members.append(members)
        return members

    def _unlinked(self, conditions: Iterable[Any], scope: Scope, strict: bool) -> Condition:
        """Compile a condition whose conclusions the job of its members puts together."""
        linking, self.linking = self.linking, False
        condition = self.compile(conditions, scope, strict)
        self.linking = linking
        return condition

    def _bounds(self, bounds: Mapping[str, Any]) -> Spans:
        tests = [(key, self.reading.constant(value)) for key, value in bounds.items()]
        return whole(numbers_let_through(tests or [("at_least", 1)]))

    # From raw parts to parts: tests on one answer together, conclusions for the engine together.

    def _way(self, raw: Raw) -> Way:
        if len(raw) == 1 and isinstance(raw[0], TestItem):
            only = (self._test(raw[0].path, (raw[0],)),)
            return Way(only, only)
        tests: dict[Path, list[TestItem]] = {}
        for part in raw:
            if isinstance(part, TestItem):
                tests.setdefault(part.path, []).append(part)
        written: dict[Part, None] = {}
        for part in raw:
            if not isinstance(part, TestItem):
                written[part] = None
            elif (found := tests[part.path])[0] is part:
                written[self._test(part.path, tuple(found))] = None
        return Way(self._order([*written]), tuple(written))

    def _test(self, path: Path, found: tuple[TestItem, ...]) -> Part:
        """Return tests on one answer as one part, the same one wherever they stand together."""
        known = self._tests.get(found)
        if known is None:
            tests = tuple((one.name, one.operand) for one in found)
            known = self._tests[found] = make_test(path, found[0].fact, tests)
        return known

    def _order(self, written: list[Part]) -> tuple[Part, ...]:
        """Put what is cheap to judge first, and conclusions that meet others as one part."""
        kinds = set(map(type, written))
        if kinds.isdisjoint(_NOT_CHEAP):
            return tuple(written)
        found = [part for part in written if _positive(part)]
        linked = self._link(tuple(one for one in found if isinstance(one, Verdict)))
        rest = [part for part in written if not (linked and part in found)]
        rest.sort(key=lambda part: isinstance(part, (Some, Count, Holds)))
        slow = next(
            (n for n, part in enumerate(rest) if isinstance(part, (Some, Count))), len(rest)
        )
        return (*rest[:slow], *([linked] if linked else []), *rest[slow:])

    def _link(self, verdicts: tuple[Verdict, ...]) -> Linked | None:
        outer = _outer(verdicts)
        if not (self.linking and self.jobs) or len(verdicts) + len(outer) < 2:
            return None
        if not self.waiting and verdicts not in self.linked:
            self.link(verdicts)
        return self.linked[verdicts]

    def link(self, verdicts: tuple[Verdict, ...]) -> None:
        """Note conclusions that a condition which waits puts together."""
        self.linked[verdicts] = Linked(verdicts, _outer(verdicts))


_NOT_CHEAP = {Verdict, Some, Count, Holds}


def _positive(part: Part) -> bool:
    return isinstance(part, Verdict) and not part.negated


def _outer(verdicts: Iterable[Verdict]) -> tuple[str, ...]:
    return tuple(sorted({name for verdict in verdicts for name in verdict.subject}))


def verdicts_of(way: Way) -> tuple[Verdict, ...]:
    """Return the conclusions that a way asks for."""
    return tuple(p for p in way.written if isinstance(p, Verdict) and not p.negated)
