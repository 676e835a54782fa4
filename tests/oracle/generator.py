"""Seeded random programs: what a pack would say, as dicts."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from conditions_made import Conditions
from vocabulary import ENTITIES, FACTS, FURTHER, KINDS, MEASURES

from partnerrules.cases.case import Case
from partnerrules.cases.loading import CaseReader
from partnerrules.documents import parse_document
from partnerrules.packs import Library, Pack
from partnerrules.packs.models import PackFile, Rule, VocabularyFile
from partnerrules.packs.validation import read_model


@dataclass
class Program:
    """Rules as dicts, and which of the asked-for features they have."""

    rules: list[dict[str, Any]]
    measures: dict[str, Any]
    features: set[str] = field(default_factory=set)

    def pack(self) -> Pack:
        """Build the pack that says this."""
        words = read_model(
            VocabularyFile,
            {
                "groups": {"g": {"title": "g", "facts": FACTS["g"]}},
                "entities": {
                    "kind": {"title": "kind", "members": {one: one for one in KINDS}},
                    **{
                        e: {"collection": c, "title": e, "facts": FACTS[e]}
                        for e, c in ENTITIES.items()
                    },
                },
                "measures": self.measures,
            },
        )
        file = read_model(PackFile, {
                "schema": "partnerrules.pack/1", "id": "made", "version": "1", "title": "Made",
                "stages": {"early": {}, "late": {"g.other": "yes"},
                           "last": {"any": [{"g.grade": "full"}, {"g.flag": "no"}]}},
                "dimensions": {"d": {"title": "d"}},
                "parameters": {"three": {"value": 3, "basis": "default"}},
            }
        )  # fmt: skip
        rules = {r["id"]: read_model(Rule, r) for r in self.rules}
        places = {rule: f"{rule}.yaml" for rule in rules}
        return Pack(file, "", "", words.groups, words.entities, words.measures, rules, places)

    def library(self) -> Library:
        """Build a library of the one pack."""
        return Library([self.pack()])


@cache
def _reader() -> CaseReader:
    """One reader for all made programs, which have the same vocabulary."""
    return CaseReader(Program([], {}).library())


def read_case(raw: dict[str, Any]) -> Case:
    """Read a case as the tool does."""
    data = json.dumps(raw).encode()
    return _reader().parse(parse_document(data, path="made.json", format="json"))


class ProgramMaker(Conditions):
    """Makes one program; a tiny one has few rules, of which worlds can be made."""

    def make(self) -> Program:
        """Make rules, each reading only those before it but for wished-for recursion."""
        rng = self.rng
        program = Program(self.rules, self.measures())
        count = rng.randint(2, 4) if self.tiny else rng.randint(3, 7)
        for number in range(count):
            self.rules.append(self.rule(f"R-{number:02}"))
        if rng.random() < 0.38 and self.checks():
            program.features.add("negation")
            target = rng.choice(self.checks())
            self.rules.append(self.reader(f"R-{len(self.rules):02}", target))
        if rng.random() < 0.38 and self.checks():
            program.features.add("strata")
            for _ in range(4):
                self.rules.append(self.reader(f"R-{len(self.rules):02}", self.checks()[-1]))
        if rng.random() < 0.14:
            program.features.add("recursion")
            self.recursion()
        return program

    def measures(self) -> dict[str, Any]:
        """Make the measures, which read nothing that is derived."""
        found = copy.deepcopy(MEASURES)
        if self.tiny:
            found.update(copy.deepcopy(FURTHER))
            found = {name: found[name] for name in ["g.total", *self.rng.sample(sorted(found), 3)]}
        for measure in found.values():
            over = measure.get("over") or measure.get("count")
            if over == {"mp": "partner"} and self.rng.random() < 0.7:
                measure["where"] = self.where("mp", "partner", {}, 0 if self.tiny else 1)
            if "points" in measure:
                measure["points"] = [self.cond({}, 0 if self.tiny else 1) for _ in range(3)]
            if "share" in measure:
                measure["share"] = self.where("mp", "partner", {}, 0)
        self.measured = sorted(found)
        return found

    def checks(self) -> list[dict[str, Any]]:
        """Return the rules that conclude a level and may be read by others."""
        return [rule for rule in self.rules if "concern" in rule and not rule.get("unordered")]

    def frame(self, rule_id: str) -> dict[str, Any]:
        """Return what every rule says."""
        return {"id": rule_id, "name": "made", "title": rule_id, "dimension": "d"}

    def rule(self, rule_id: str) -> dict[str, Any]:
        """Make a check, or now and then a derived fact."""
        rng = self.rng
        self.favourite = ""
        if self.checks() and rng.random() < 0.25:
            made = self.derived(rule_id)
            if made is not None:
                return made
        scope: dict[str, str] = rng.choice(
            [{}, {}, {"p": "partner"}, {"r": "region"}, {"p": "partner", "r": "region"},
             {"p": "partner", "q": "partner"}, {"k": "kind"}]
        )  # fmt: skip
        levels = rng.sample(["low", "medium", "high"], rng.randint(1, 2))
        concern = {
            level: {
                "level": level, "says": level,
                "when": self.cond(scope, 1) if rng.random() < 0.6 else {},
            }
            for level in levels
        }  # fmt: skip
        rule = {
            **self.frame(rule_id),
            "for_each": scope,
            "applies": self.cond(scope, rng.randint(0, 1)) if rng.random() < 0.4 else {},
            "due": rng.choice([[], [], [], ["early"], ["late"], ["late", "last"]]),
            "given": self.cond(scope, 2),
            "concern": concern,
        }
        if list(scope) == ["p", "q"] and rng.random() < 0.4:
            rule["unordered"] = True
        return rule

    def derived(self, rule_id: str) -> dict[str, Any] | None:
        """Make a derived fact that no rule makes yet."""
        rng = self.rng
        fact = rng.choice(["g.mood", "g.marks", "partner.role"])
        if fact in self.made:
            return None
        scope = {"p": "partner"} if fact == "partner.role" else {}
        rule = {**self.frame(rule_id), "kind": "derive", "for_each": scope}
        if rng.random() < 0.3:
            rule["applies"] = self.cond(scope, 0)
        if fact == "g.marks":
            words = [self.cond(scope, 1) for _ in range(rng.randint(1, 3))]
            derives = [
                {"fact": fact, "add": rng.choice("mn"), "when": condition} for condition in words
            ]
            self.rules += [
                {**rule, "id": f"{rule_id}-{n}", "derive": derive}
                for n, derive in enumerate(derives[1:])
            ]
            self.made.add(fact)
            return {**rule, "derive": derives[0]}
        options = [{"value": v, "when": self.cond(scope, 1)} for v in ("x", "y")]
        otherwise = "z" if fact == "g.mood" else rng.choice("xy")
        self.made.add(fact)
        return {
            **rule,
            "derive": {
                "fact": fact.replace("partner", "p"),
                "first_of": options,
                "otherwise": otherwise,
            },
        }

    def reader(self, rule_id: str, target: dict[str, Any]) -> dict[str, Any]:
        """Make a check that reads another one through a negation, so one stratum above it."""
        atom, over = self.about(target, {}, plain=True)
        way = self.rng.randint(0, 2)
        if way == 0 and over:
            given: Any = {"none": {**over, "where": atom}}
        elif way == 1 and over:
            given = {"count": {**over, "where": atom, "at_most": self.rng.randint(0, 1)}}
        else:
            given = {"not": {"some": {**over, "where": atom}} if over else atom}
        return {
            **self.frame(rule_id),
            "given": [given, self.cond({}, 0)],
            "concern": {"only": {"level": self.rng.choice(["low", "high"]), "says": "-"}},
        }

    def recursion(self) -> None:
        """Add two rules that read each other without a negation."""
        first, second = (f"R-{len(self.rules) + n:02}" for n in (0, 1))
        if self.rng.random() < 0.4 and "g.marks" not in self.made:
            self.rules += [
                {**self.frame(first),
                 "given": {"any": [self.cond({}, 0),
                                   [{"g.marks": {"has": "m"}}, self.cond({}, 0)]]},
                 "concern": {"only": {"level": "medium", "says": "-"}}},
                {**self.frame(second), "kind": "derive",
                 "derive": {"fact": "g.marks", "add": "m",
                            "when": {"any": [self.cond({}, 0), {"concern": {"rule": first}}]}}},
            ]  # fmt: skip
            self.made.add("g.marks")
            return
        scope: dict[str, str] = self.rng.choice([{}, {"p": "partner"}])
        subject = {"subject": "p"} if scope else {}
        for rule_id, other in ((first, second), (second, first)):
            atom: Any = {"concern": {"rule": other, **subject}}
            given = {"any": [self.cond(scope, 0), [atom, self.cond(scope, 0)]]}
            self.rules.append(
                {**self.frame(rule_id), "for_each": scope, "given": given,
                 "concern": {"only": {"level": "medium", "says": "-"}}}
            )  # fmt: skip
