"""Which questions a case comes to, by the `asked_when` of facts and questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from partnerrules.cases import Member
from partnerrules.facts.compiler import Compiler
from partnerrules.facts.conditions import Condition
from partnerrules.facts.world import Env, Evidence, World
from partnerrules.packs import Library
from partnerrules.packs.builtin import ANSWER


def asked_conditions(library: Library) -> dict[str, tuple[Condition, ...]]:
    """Return when facts, as `group.fact` or `entity.fact`, are asked for: all of it must hold.

    A fact has its own condition, about the member whose it is, and that of the questions which
    settle it; of several questions one is enough.
    """
    # The engine has no jobs for these: they are few, and looked at where all is settled.
    compiler = Compiler(library, "vocabulary", waiting="all", jobs=False)
    found: dict[str, tuple[Condition, ...]] = {}
    settled: dict[str, list[object]] = {}
    for question in library.questions.values():
        for path in question.facts:
            settled.setdefault(library.inner(path), []).append(question.asked_when)
    for name, fact in library.declared.items():
        head = name.partition(".")[0]
        scope = {head: head} if head in library.entities else {}
        whens = settled.get(name, [{}])
        conditions = [fact.asked_when] if fact.asked_when else []
        conditions += [{"any": whens}] if all(whens) else []
        if conditions:
            found[name] = tuple(compiler.compile([one], scope) for one in conditions)
    return found


class Asking:
    """Which facts are asked for in one case."""

    def __init__(self, conditions: dict[str, tuple[Condition, ...]], world: World) -> None:
        self.conditions = conditions
        self.world = world
        self._asked: dict[tuple[str, str], int] = {}

    def asked(self, name: str, member: Member | None) -> int:
        """Return 2 where a fact is asked for, 1 where another answer decides that, 0 where not.

        It is not asked for either where what decides that will never be asked for.
        """
        conditions = self.conditions.get(name)
        if conditions is None:
            return 2
        key = (name, member.id if member else "")
        if key not in self._asked:
            self._asked[key] = 1  # Where questions wait for each other in a circle.
            env = _env(name, member)
            self._asked[key] = min([self._certainty(one, env) for one in conditions])
        return self._asked[key]

    def _certainty(self, condition: Condition, env: Env) -> int:
        certainty = condition.holds(self.world, env)
        if certainty != 1:
            return certainty
        missing = [one for one in _answers(condition.why(self.world, env)) if is_missing(one)]
        decides = [self.asked(one.path, one.member) for one in missing]
        return 1 if any(decides) or not decides else 0

    def open_conditions(self, name: str, member: Member | None) -> Iterator[tuple[Condition, Env]]:
        """Yield the conditions of which it is open whether they hold."""
        env = _env(name, member)
        for one in self.conditions.get(name, ()):
            if one.holds(self.world, env) == 1:
                yield one, env


def _env(name: str, member: Member | None) -> Env:
    return {name.partition(".")[0]: member} if member else {}


def is_missing(one: Evidence) -> bool:
    """Say whether an answer was not given, though it may be; what stands there is not asked."""
    said = one.value.given or one.value.status == "not_applicable"
    return not said and one.entity != ANSWER


def _answers(found: Iterable[Evidence]) -> Iterator[Evidence]:
    for one in found:
        if one.kind in ("answer", "derived"):
            yield one
        else:
            yield from _answers(one.below)
