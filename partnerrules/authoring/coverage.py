"""What examples and cases show of the rules, and what the rules cover of the lessons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from partnerrules.authoring.examples import example_document
from partnerrules.authoring.sayings import in_one, said
from partnerrules.cases import Case, CaseReader
from partnerrules.checking.outcomes import results
from partnerrules.checking.results import DRAWN
from partnerrules.engine import compile_program, evaluate, make_engine
from partnerrules.engine.subjects import envs
from partnerrules.errors import CaseError
from partnerrules.facts.compiler import Compiler
from partnerrules.facts.conditions import Condition
from partnerrules.facts.world import World
from partnerrules.findings import rank
from partnerrules.packs import Library
from partnerrules.packs.asked import AskedOf
from partnerrules.packs.asking import AskedReader
from partnerrules.packs.models import Rule
from partnerrules.packs.walk import Item, Keys, conditions, walk

WORDS = ("false", "unknown", "true")
"""What a condition was, by how certainly it holds: 0, 1, 2."""


@dataclass
class Leaf:
    """One condition of a rule, and what it was seen to be over examples and cases."""

    rule: str
    keys: Keys
    words: str
    condition: Condition
    scope: dict[str, str]
    seen: set[int] = field(default_factory=set)

    @property
    def unseen(self) -> list[str]:
        """What it was never seen to be."""
        return [word for code, word in enumerate(WORDS) if code not in self.seen]


@dataclass(frozen=True)
class Coverage:
    """What examples and cases show of rules."""

    leaves: tuple[Leaf, ...]
    """Every condition, in the order of rules and files."""
    silent: tuple[str, ...]
    """The rules that were of concern in none of the cases, though they can be."""
    cases: int


def covered(library: Library, rules: Iterable[str], cases: Sequence[Case]) -> Coverage:
    """Evaluate the examples of all rules, and cases, and note what conditions were seen to be."""
    program = compile_program(library)
    wanted = set(rules)
    leaves = [one for name in sorted(wanted) for one in leaves_of(library, library.rules[name])]
    reader, told = CaseReader(library), set()
    with_engine = make_engine("python", program)
    for number, case in enumerate([*cases, *_examples(library, reader)]):
        world, _ = evaluate(program, case, with_engine)
        for leaf in leaves:
            _look(leaf, world)
        if number < len(cases):
            found = results(program, world)
            told |= {one.rule.id for one in found if one.outcome == "concern"}
    drawn = [n for n in sorted(wanted) if library.rules[n].kind in DRAWN and n not in told]
    return Coverage(tuple(leaves), tuple(drawn if cases else ()), len(cases))


def _examples(library: Library, reader: CaseReader) -> Iterator[Case]:
    for rule in library.rules.values():
        for example in rule.examples:
            try:
                yield reader.parse(example_document(example))
            except CaseError:
                continue


def leaves_of(library: Library, rule: Rule) -> Iterator[Leaf]:
    """Yield the single conditions of a rule, in the order of its file."""
    for keys, condition in conditions(rule):
        for item in walk(condition, keys, rule.for_each) if condition else ():
            alone = _alone(item)
            if alone is None:
                continue
            compiler = Compiler(library, library.rule_files[rule.id])
            # No engine has matched it: it is looked at by itself.
            compiler.linking = False
            words = in_one(said(library, alone, item.scope))
            compiled = compiler.compile([alone], item.scope)
            yield Leaf(rule.id, item.keys, words, compiled, dict(item.scope))


def _alone(item: Item) -> dict[str, Any] | None:
    """Return a part as a condition of its own; members that are looked for have parts inside."""
    if item.kind == "test":
        return {item.name: item.value if item.operator == "is" else {item.operator: item.value}}
    return {item.name: item.value} if item.kind in ("member", "conclusion") else None


def _look(leaf: Leaf, world: World) -> None:
    if len(leaf.seen) < len(WORDS):
        leaf.seen.update(leaf.condition.holds(world, env) for env in envs(world, leaf.scope))


@dataclass(frozen=True)
class Passage:
    """A lesson, the rules that rest on it, and where there is none, why."""

    pack: str
    lesson: str
    says: str
    rules: tuple[tuple[str, str, tuple[str, ...]], ...]
    """Rule, its kind (limit where it tells of the check), and what decides it in words.

    That is one sentence, or one for each alternative that does, or value of a derived fact.
    """
    outside: str
    """Why no rule rests on it, or on a part of it."""


def passages(library: Library, packs: Iterable[str]) -> Iterator[Passage]:
    """Yield the lessons of packs in the order of their files."""
    wanted = set(packs)
    for pack in library.packs:
        for name, lesson in pack.lessons.items() if pack.id in wanted else ():
            rules = [r for _, r in sorted(library.rules.items()) if name in r.lessons]
            told = tuple(
                (r.id, "limit" if r.limit else r.kind, tuple(deciding(library, r, name)))
                for r in rules
            )
            yield Passage(pack.id, name, lesson.says, told, lesson.outside)


def deciding(library: Library, rule: Rule, lesson: str) -> Iterator[str]:
    """Yield in words what makes a rule be of concern about a lesson, or act, at the least.

    Of concern are the alternatives that it names for the lesson, else all but those that only
    say more than another.
    """
    special = rule.decides.get(lesson, {})
    if rule.kind in DRAWN:
        named = special if isinstance(special, list) else _weakest(library, rule)
        of = special if isinstance(special, dict) else {}
        # What it names for the lesson says more than what the rule looks at in all.
        applies = rule.applies
        if isinstance(applies, dict):
            applies = {key: value for key, value in applies.items() if key not in of}
        for key in named:
            all_of = [of, applies, rule.given, rule.concern[key].when]
            yield in_one(said(library, all_of, rule.for_each))
    elif rule.derive is None or rule.derive.add:
        when = rule.derive.when if rule.derive else rule.when
        yield in_one(said(library, when, rule.for_each))
    else:
        for option in rule.derive.first_of:
            yield in_one(said(library, option.when, rule.for_each))


def _weakest(library: Library, rule: Rule) -> list[str]:
    """Return the alternatives but those that only hold where another does, the latest first."""
    reader = AskedReader(library, rule)
    ways: dict[str, list[AskedOf]] = {
        key: [reader.read(way) for way in _ways([rule.given, one.when])]
        for key, one in rule.concern.items()
    }
    for key in sorted(ways, key=lambda one: rank(rule.concern[one].level))[::-1]:
        others = [way for other, inside in ways.items() if other != key for way in inside]
        if all(any(way.inside(one) for one in others) for way in ways[key]):
            del ways[key]
    return list(ways)


def _ways(condition: Any) -> Iterator[list[Any]]:
    """Yield what holds in each way in which a condition holds, by the choices that it offers."""
    if isinstance(condition, list):
        for parts in product(*(list(_ways(one)) for one in condition)):
            yield [item for part in parts for item in part]
    elif isinstance(condition, dict) and "any" in condition:
        rest = {key: value for key, value in condition.items() if key != "any"}
        for one in condition["any"]:
            yield from _ways([rest, one])
    else:
        yield [condition]
