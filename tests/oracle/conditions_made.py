"""Seeded random conditions of every kind, on every type of fact."""

from __future__ import annotations

import random
from typing import Any

from vocabulary import ENTITIES, FACTS, KINDS

Scope = dict[str, str]
NUMBERS = {"number": 10, "second": 10, "heads": 9, "weight": 10, "part": 1}
BOUNDS = ["at_least", "more_than", "at_most", "less_than"]
PARTS = ("held", "rate")
"""The measures that are fractions."""


class Conditions:
    """Makes conditions on what a scope binds; tiny ones ask nothing about answers themselves."""

    def __init__(self, rng: random.Random, *, tiny: bool = False) -> None:
        self.rng = rng
        self.tiny = tiny
        self.rules: list[dict[str, Any]] = []
        self.made: set[str] = set()
        self.measured: list[str] = []
        self.names = 0
        self.favourite = ""
        """A path that a rule may test in several places."""

    def checks(self) -> list[dict[str, Any]]:
        """Return the rules that can be read."""
        raise NotImplementedError

    def about(
        self, target: dict[str, Any], scope: Scope, *, plain: bool = False
    ) -> tuple[Any, Scope]:
        """Return a condition on a rule's conclusion and the variables it still needs."""
        subject: list[str] = []
        over: Scope = {}
        for entity in target.get("for_each", {}).values():
            fits = [v for v, e in scope.items() if e == entity and v not in subject]
            subject.append(
                self.rng.choice(fits)
                if fits and self.rng.random() < 0.8
                else self.fresh(over, entity)
            )
        body: dict[str, Any] = {"rule": target["id"]}
        if subject:
            body["subject"] = subject
        kinds = ["concern", "concern", "concern", "sound"]
        kind = self.rng.choice(kinds if self.tiny else [*kinds, "could_be"])
        if kind != "sound":
            body["at_least"] = self.rng.choice(["low", "low", "medium", "high"])
        if self.tiny or kind != "could_be":
            return {kind: body}, over
        return [{kind: body}, self.test(scope)], over

    def fresh(self, over: Scope, entity: str) -> str:
        """Bind a new variable."""
        self.names += 1
        over[f"v{self.names}"] = entity
        return f"v{self.names}"

    def cond(self, scope: Scope, depth: int) -> Any:
        """Make a condition on what the scope binds."""
        rng = self.rng
        roll = rng.random() if depth else 0.1
        if roll < 0.34:
            return self.test(scope)
        if roll < 0.44:
            return [self.cond(scope, depth - 1) for _ in range(rng.randint(1, 3))]
        if roll < 0.54:
            return {"any": [self.cond(scope, depth - 1), self.cond(scope, depth - 1)]}
        if roll < 0.62:
            return {"not": self.cond(scope, depth - 1)}
        if roll < 0.67:
            of = [self.cond(scope, 0) for _ in range(3)]
            return {"holds": {"at_least": rng.randint(1, 2), "of": of}}
        if roll < 0.82 and self.checks():
            atom, over = self.about(rng.choice(self.checks()), scope)
            return {rng.choice(["some", "none"]): {**over, "where": atom}} if over else atom
        return self.members(scope, depth)

    def members(self, scope: Scope, depth: int) -> Any:
        """Make a statement about members."""
        rng = self.rng
        entities = [*ENTITIES, *ENTITIES, "kind"]
        over: Scope = {}
        name = self.fresh(over, rng.choice(entities))
        if rng.random() < 0.12 and depth:
            self.fresh(over, rng.choice(entities))
        where = self.where(name, over[name], {**scope, **over}, depth - 1)
        body: dict[str, Any] = {**over, "where": where}
        if rng.random() < 0.08:
            del body["where"]
        kind = rng.choice(["some", "none", "count"])
        if kind == "count":
            for op in rng.sample(BOUNDS, 2 if rng.random() < 0.25 else 1):
                body[op] = rng.randint(0, 3)
        return {kind: body}

    def where(self, name: str, entity: str, scope: Scope, depth: int) -> Any:
        """Make a condition that says something of the new variable."""
        inner = {**scope, name: entity}
        mine = self.member_test(name, entity, inner)
        return [mine, self.cond(inner, depth)] if depth > 0 and self.rng.random() < 0.5 else mine

    def test(self, scope: Scope) -> Any:
        """Make a test on a fact of the group or of a bound member."""
        rng = self.rng
        if scope and rng.random() < 0.6:
            name = rng.choice(list(scope))
            return self.member_test(name, scope[name], scope)
        if self.favourite and rng.random() < 0.3:
            path = self.favourite
        elif self.measured and rng.random() < (0.5 if self.tiny else 0.15):
            path = rng.choice([m for m in self.measured if m.startswith("g.")])
        else:
            path = f"g.{rng.choice(self.facts('g'))}"
        self.favourite = path
        return {path: self.on(path, scope)}

    def facts(self, owner: str) -> list[str]:
        """Return the facts that may be tested by now."""
        return [
            name
            for name, fact in FACTS[owner].items()
            if not fact.get("derived") or f"{owner}.{name}" in self.made
        ]

    def member_test(self, name: str, entity: str, scope: Scope) -> Any:
        """Make a test on a fact of a member, on another member that it names, or on itself."""
        rng = self.rng
        if entity == "kind":
            return self.kind_test(name, scope)
        if "partner.hosted" in self.measured and entity == "partner" and rng.random() < 0.1:
            return {f"{name}.hosted": {rng.choice(BOUNDS): rng.randint(0, 2)}}
        facts = self.facts(entity)
        joins = [f for f in facts if FACTS[entity][f].get("to") in scope.values()]
        fact = rng.choice(joins if joins and rng.random() < 0.4 else facts)
        path = f"{name}.{fact}"
        if FACTS[entity][fact]["type"] == "reference":
            path = self.further(path, FACTS[entity][fact]["to"])
        return {path: self.on(path, scope, entity)}

    def kind_test(self, name: str, scope: Scope) -> Any:
        """Make a test with a member that the pack fixes."""
        rng = self.rng
        partners = [v for v, e in scope.items() if e == "partner"]
        roll = rng.random()
        if partners and roll < 0.5:
            return {f"{rng.choice(partners)}.kinds": {rng.choice(["has", "lacks"]): name}}
        if roll < 0.8:
            return {"g.covers": {rng.choice(["has", "lacks"]): name}}
        one = rng.choice(KINDS)
        return rng.choice([{name: one}, {name: [one]}, {name: {"is_not": one}}])

    def further(self, path: str, entity: str) -> str:
        """Walk on through a reference, now and then."""
        if self.rng.random() < 0.6:
            return path
        return f"{path}.{self.rng.choice(self.facts(entity))}"

    def on(self, path: str, scope: Scope, entity: str = "g") -> Any:
        """Make a test for the type of the fact to which the path leads."""
        rng = self.rng
        *_, owner, name = ("", *path.split("."))
        fact = self.fact(owner, name, entity)
        if name in PARTS:
            return {rng.choice(BOUNDS): rng.choice([0.25, 0.5, 0.75])}
        if fact is None:
            low, high = sorted(rng.sample(range(-2, 7), 2))
            one = {rng.choice(BOUNDS): low}
            return rng.choice([one, one, {"at_least": low, "at_most": high}])
        if not self.tiny and rng.random() < 0.12 and not fact.get("derived"):
            words = ["known", "not_asked", "dont_know", "declined", "disputed", "not_applicable"]
            return rng.choice([
                {"missing": "yes"}, {"missing": "yes"}, {"sourced": "yes"},
                {"answer": rng.choice(words)}, {"answer": rng.sample(words, 2)},
            ])  # fmt: skip
        return getattr(self, f"on_{fact['type']}")(name, fact, scope)

    def fact(self, owner: str, name: str, entity: str) -> dict[str, Any] | None:
        """Return the declared fact, None for a measure."""
        for one in (entity, owner, *FACTS):
            if name in FACTS.get(one, {}):
                return FACTS[one][name]
        return None

    def on_yes_no(self, name: str, fact: Any, scope: Scope) -> Any:
        one = self.rng.choice(["yes", "no"])
        return self.rng.choice([one, one, one, {"is_not": one}])

    def on_choice(self, name: str, fact: Any, scope: Scope) -> Any:
        rng, words = self.rng, list(fact["choices"])
        if fact.get("ordered") and rng.random() < 0.4:
            return {rng.choice(BOUNDS): rng.choice(words)}
        one = rng.choice(words)
        return rng.choice([one, one, {"is_not": one}, rng.sample(words, 2)])

    def on_number(self, name: str, fact: Any, scope: Scope) -> Any:
        rng = self.rng
        top = NUMBERS[name]
        spots = [0.2, 0.4, 0.5, 0.8] if top == 1 else list(range(1, top))
        low, high = sorted(rng.sample(spots, 2))
        roll = rng.random()
        if roll < 0.2 and top > 1:
            other = rng.choice(["g.second", "g.number", "g.heads"])
            return {rng.choice([*BOUNDS, "same_as"]): other}
        if roll < 0.3:
            return low
        if roll < 0.35 and top > 1:
            return {rng.choice(BOUNDS): "$three"}
        if roll < 0.5:
            return {rng.choice(BOUNDS[:2]): low, rng.choice(BOUNDS[2:]): high}
        return {rng.choice(BOUNDS): low}

    on_count = on_share = on_number

    def on_text(self, name: str, fact: Any, scope: Scope) -> Any:
        return self.rng.choice(["One", ["One", "Two"], {"is_not": "Two"}])

    def on_date(self, name: str, fact: Any, scope: Scope) -> Any:
        rng = self.rng
        roll = rng.random()
        if roll < 0.5:
            return {
                rng.choice(["older_than", "within_past", "within_next"]): rng.choice([1, 6, 14])
            }
        date = rng.choice(["2025", "2026-06", "2026-06-30", "2026-02-10", "2027"])
        if roll < 0.8:
            return {rng.choice(["before", "after"]): date}
        if roll < 0.85:
            return date
        other = rng.choice(["g.opened", "g.ended", "g.begun"])
        return {rng.choice(["before", "after", "same_as"]): other}

    def on_choices(self, name: str, fact: Any, scope: Scope) -> Any:
        rng, words = self.rng, list(fact["choices"])
        if rng.random() < 0.2:
            return {"size": rng.choice([1, 2, {rng.choice(BOUNDS): rng.randint(0, 2)}])}
        if rng.random() < 0.3:
            return {rng.choice(["has_any", "has_all"]): rng.sample(words, 2)}
        return {rng.choice(["has", "lacks"]): rng.choice(words)}

    def on_references(self, name: str, fact: Any, scope: Scope) -> Any:
        words = list(KINDS) if fact["to"] == "kind" else []
        words += [v for v, e in scope.items() if e == fact["to"]]
        if not words or self.rng.random() < 0.2:
            return {"size": self.rng.choice([1, {self.rng.choice(BOUNDS): self.rng.randint(0, 2)}])}
        if len(words) > 1 and self.rng.random() < 0.3:
            return {self.rng.choice(["has_any", "has_all"]): self.rng.sample(words, 2)}
        return {self.rng.choice(["has", "lacks"]): self.rng.choice(words)}

    def on_reference(self, name: str, fact: Any, scope: Scope) -> Any:
        rng = self.rng
        words = [v for v, e in scope.items() if e == fact["to"]]
        if not words:
            other = "g.lead" if fact["to"] == "partner" else None
            mates = [f"{v}.home" for v, e in scope.items() if e == "partner"]
            if fact["to"] == "region":
                other = rng.choice(mates) if mates else None
            if other is None and self.tiny:
                other = next(f"{v}.host.home" for v, e in scope.items() if e == "region")
            return {"same_as": other} if other else {"missing": "yes"}
        one = rng.choice(words)
        return rng.choice([one, one, {"is_not": one}, words[:2]])
