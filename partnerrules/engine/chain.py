"""Forward chaining over the strata of a program, for one case."""

from __future__ import annotations

from typing import Any

from partnerrules.cases import Case, Member
from partnerrules.cases.answers import NOT_ASKED, Answer
from partnerrules.cases.case import UNNAMED
from partnerrules.cases.values import Items
from partnerrules.engine.circles import keep_grounds, keep_what_adds
from partnerrules.engine.compile import CompiledRule, Program
from partnerrules.engine.jobs import JobPlan, Place
from partnerrules.engine.matching import Engine, Job, Match, Pattern, Session, Token
from partnerrules.engine.strata import Reading
from partnerrules.engine.subjects import envs, rule_subjects, subjects
from partnerrules.facts.world import Env, Standing, Subject, World
from partnerrules.findings import LEVELS


class Work:
    """What the engine was given and gave back."""

    def __init__(self, tokens: int = 0, matches: int = 0) -> None:
        self.tokens = tokens
        self.matches = matches


def jobs_of(program: Program) -> list[Job]:
    """Return the jobs of a program as the engine sees them."""
    jobs = []
    for number, plan in enumerate(program.plans):
        slots: dict[str, int] = {}
        patterns = tuple(
            Pattern(kind, tuple(slots.setdefault(name, len(slots)) for name in place.slots))
            for place, kind in zip(plan.places, program.kinds[plan], strict=True)
        )
        jobs.append(Job(number, patterns))
    return jobs


class Chain:
    """One run over one case."""

    def __init__(self, program: Program, case: Case, session: Session) -> None:
        self.program = program
        self.world = World(case, program.drawn)
        self.session = session
        self.work = Work()
        self.matched: set[int] = set()
        """The numbers of the jobs that were fulfilled."""
        for plan in program.plans:
            self.world.bindings[id(plan.node)] = {}
        self._ids: dict[str, int] = {}
        self._seen: set[tuple[int, tuple[int, ...]]] = set()
        self._token_members: list[Member | None] = []

    def run(self) -> World:
        """Evaluate every stratum, lowest first."""
        order = zip(self.program.order, self.program.feeding, strict=True)
        for (stratum, recursive), places in order:
            # All that is read comes from strata below, but for a circle, which reads itself.
            self.world.settled = not recursive
            if recursive:
                self._begin(stratum)
                self._circle(stratum, places)
                continue
            if places:
                self._feed(places)
            for reading in stratum:
                for store, key, value in self._drawn(reading):
                    store[key] = value
        self.world.settled = True
        return self.world

    def _circle(self, stratum: list[Reading], places: tuple[tuple[Place, int], ...]) -> None:
        """Evaluate all at once against what stood before, until nothing is added."""
        world, program = self.world, self.program
        changed = True
        while changed:
            if places:
                self._feed(places)
            results = []
            for kind, name in stratum:
                drawn = self._drawn((kind, name))
                if kind == "rule":
                    for _, _, standings in drawn:
                        keep_grounds(program.rules[name], world, standings)
                elif name not in program.measures:
                    keep_what_adds(program, name, world)
                results += drawn
            changed = False
            for store, key, value in results:
                if store.get(key) != value:
                    store[key] = value
                    changed = True

    def _begin(self, stratum: list[Reading]) -> None:
        """Let the sets of a circle be empty at first; as not asked they would hold anything."""
        for kind, name in stratum:
            for rule_id in self.program.makers.get(name, []) if kind == "fact" else ():
                rule = self.program.rules[rule_id].rule
                if rule.derive is not None and rule.derive.add is not None:
                    for env in envs(self.world, rule.for_each):
                        member = next((member.id for member in env.values()), "")
                        store, key = self.world.kept_at(name, member)
                        store[key] = EMPTY_SET

    def _feed(self, places: tuple[tuple[Place, int], ...]) -> None:
        tokens: list[Token] = []
        ids, seen = self._ids, self._seen
        for place, kind in places:
            for values, member in place.tokens(self.world):
                numbers = tuple([ids.setdefault(value, len(ids)) for value in values])
                if (kind, numbers) not in seen:
                    seen.add((kind, numbers))
                    tokens.append(Token(kind, numbers))
                    self._token_members.append(member)
        if not tokens:
            return
        self.work.tokens += len(tokens)
        found = self.session.add(tokens)
        self.work.matches += len(found)
        by_job: dict[int, list[Match]] = {}
        for match in found:
            by_job.setdefault(match.job, []).append(match)
        self.matched.update(by_job)
        for job, matches in by_job.items():
            self._bind(self.program.plans[job], matches)

    def _bind(self, plan: JobPlan, matches: list[Match]) -> None:
        """Note the members of each match; the same ones may be found by several tokens."""
        members = self._token_members
        own, outer = plan.own_places, plan.outer_places
        bindings = self.world.bindings[id(plan.node)]
        touched: dict[Subject, dict[Subject, Env]] = {}
        for match in matches:
            tokens = match.tokens
            bound = [members[tokens[place]] for place in own]
            around = tuple([members[tokens[place]].id for place in outer])  # type: ignore[union-attr]
            ways = touched.get(around)
            if ways is None:
                before = bindings.get(around, ())
                ways = touched[around] = {
                    tuple([way[name].id for name in plan.own]): way for way in before
                }
            ids = tuple([member.id for member in bound])  # type: ignore[union-attr]
            if ids not in ways:
                ways[ids] = dict(zip(plan.own, bound, strict=True))  # type: ignore[arg-type]
        for around, ways in touched.items():
            bindings[around] = [ways[ids] for ids in sorted(ways, key=_unnamed_last)]

    def _drawn(self, reading: Reading) -> list[tuple[dict[Any, Any], Any, Any]]:
        """Return what a rule, a measure or a derived fact comes to, with where it is kept."""
        kind, name = reading
        world, program = self.world, self.program
        if kind == "rule":
            rule = program.rules[name]
            return [(world.standing, name, _standing(rule, world))] if rule.alternatives else []
        if name in program.measures:
            compiled = program.measures[name]
            return [
                (*world.kept_at(name, subject[0] if subject else ""), compiled.answer(world, env))
                for subject, env in subjects(world, compiled.measure.per)
            ]
        found = _derived(program, name, world)
        return [(*world.kept_at(*key), answer) for key, answer in found.items()]


def _unnamed_last(ids: Subject) -> list[tuple[bool, str]]:
    return [(one == UNNAMED, one) for one in ids]


EMPTY_SET = Answer("known", (Items(frozenset(), frozenset()),), basis="derived")


def _standing(rule: CompiledRule, world: World) -> dict[Subject, Standing]:
    due = 2 if rule.due.empty else rule.due.holds(world, {})
    return {
        subject: _stand(rule, world, env, due, UNNAMED in subject)
        for subject, env in rule_subjects(rule, world)
    }


def _stand(rule: CompiledRule, world: World, env: Env, due: int, unnamed: bool) -> Standing:
    most = 1 if unnamed else 2
    applies = 2 if rule.applies.empty else rule.applies.holds(world, env)
    standing = Standing(min(applies, 1), min(due, 1)) if unnamed else Standing(applies, due)
    if not applies or not due:
        return standing
    # Where all else is certain, its tests say nothing more of the answers that both read.
    whole = applies < 2 or due < 2
    decisive, certain, possible = standing.decisive, 0, 0
    for one in rule.alternatives:
        certainty = (one.whole if whole else one.own).holds(world, env)
        if not certainty:
            continue
        level = one.rank
        decisive.setdefault(level, one.key)
        if certainty == 2 and not unnamed and level > certain:
            standing.certain, certain = one.level, level
            decisive[level + len(LEVELS)] = one.key
        if level > possible:
            standing.possible, possible = one.level, level
        if certain:
            # The others are no worse.
            break
    standing.grade = certain + len(LEVELS) if certain else possible
    if standing.certain is None and (standing.possible is None or rule.soundness_read):
        against = (one.own.against(world, env) for one in rule.alternatives)
        standing.sound = min(most, applies, due, *against)
    return standing


def _derived(program: Program, fact: str, world: World) -> dict[tuple[str, str], Answer]:
    """Work out a derived fact for each member that it belongs to."""
    answers: dict[tuple[str, str], Answer] = {}
    for rule_id in program.makers.get(fact, []):
        rule = program.rules[rule_id]
        derive = rule.rule.derive
        assert derive is not None
        for env in envs(world, rule.rule.for_each):
            key = (fact, next((member.id for member in env.values()), ""))
            if derive.add is not None:
                before = answers.get(key)
                answers[key] = _added(rule, world, env, before)
            else:
                answers[key] = _first(rule, world, env)
    return answers


def _added(rule: CompiledRule, world: World, env: Env, before: Answer | None) -> Answer:
    items = before.values[0] if before and before.values else Items(frozenset(), frozenset())
    must, may = set(items.must), set(items.may or ())
    for value, when in rule.options:
        certainty = when.holds(world, env)
        if certainty:
            may.add(str(value))
        if certainty == 2:
            must.add(str(value))
    return Answer("known", (Items(frozenset(must), frozenset(may)),), basis="derived")


def _first(rule: CompiledRule, world: World, env: Env) -> Answer:
    assert rule.rule.derive is not None
    values = []
    for value, when in rule.options:
        certainty = when.holds(world, env)
        if certainty:
            values.append(value)
        if certainty == 2:
            break
    else:
        values.append(rule.rule.derive.otherwise)
    values = [{"yes": True, "no": False}.get(v, v) for v in dict.fromkeys(values)]
    if None in values:
        return NOT_ASKED
    status = "known" if len(values) == 1 else "disputed"
    return Answer(status, tuple(values), basis="derived")


def evaluate(program: Program, case: Case, engine: Engine) -> tuple[World, Work]:
    """Draw all conclusions of a case."""
    with engine.session() as session:
        chain = Chain(program, case, session)
        return chain.run(), chain.work
