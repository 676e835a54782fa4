"""What follows from the answers stays true however the missing answers are filled in."""

import json
import os
import random
from typing import Any

import pytest

from partnerrules.checking import Checker
from partnerrules.checking.results import Result
from partnerrules.documents import parse_document
from partnerrules.engine.durable import durable_available
from partnerrules.facts.operators import ABOUT
from partnerrules.findings import rank
from partnerrules.packs import load_pack
from partnerrules.packs.builtin import ANSWER
from partnerrules.packs.models import Fact
from partnerrules.packs.walk import conditions, walk

CASES = int(os.environ.get("PARTNERRULES_PROGRAMS", "75"))
UNKNOWN = ["not_asked", "dont_know", "declined", "no_evidence_found"]


class Maker:
    """Makes cases at random from the vocabulary, and fills in what they leave open."""

    def __init__(self, checker: Checker, seed: int) -> None:
        self.library = checker.library
        self.rng = random.Random(seed)
        self.ids: dict[str, list[str]] = {
            name: list(entity.members)
            or [f"{name}-{n}" for n in range(self.rng.choice([1, 2, 3, 4, 8]))]
            for name, entity in self.library.entities.items()
        }

    def value(self, fact: Fact) -> Any:
        rng = self.rng
        if fact.type == "yes_no":
            return rng.choice(["yes", "no"])
        if fact.type == "choice":
            return rng.choice(list(fact.choices))
        if fact.type in ("choices", "references"):
            pool = list(fact.choices) or self.ids[fact.to]
            return rng.sample(pool, rng.randint(0, len(pool)))
        if fact.type == "reference":
            return rng.choice(self.ids[fact.to])
        if fact.type == "date":
            return f"{rng.randint(2018, 2030)}-{rng.randint(1, 12):02}"
        if fact.type == "share":
            return rng.randint(0, 10) / 10
        return rng.randint(0, 20) if fact.type != "text" else "some words"

    def answer(self, fact: Fact) -> Any:
        rng = self.rng
        draw = rng.random()
        if draw < 0.35:
            return self.value(fact)
        if draw < 0.5 and fact.type not in ("choices", "references"):
            values = [self.value(fact), self.value(fact)]
            return {"answers": [{"value": value} for value in values]}
        return rng.choice(UNKNOWN) if fact.type != "text" else None

    def filled(self, fact: Fact, answer: Any) -> Any:
        if isinstance(answer, dict):
            return self.rng.choice(answer["answers"])["value"]
        return self.value(fact) if answer is None or answer in UNKNOWN else answer

    def case(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return a case and one way of filling it in."""
        open_case: dict[str, Any] = {
            "schema": "partnerrules.case/1",
            "case": "c",
            "assessed_on": "2026-06-30",
        }
        full = dict(open_case)
        for group, facts in self.library.group_facts.items():
            asked = {name: fact for name, fact in facts.items() if not fact.derived}
            open_case[group] = {name: self.answer(fact) for name, fact in asked.items()}
            full[group] = {
                name: self.filled(fact, open_case[group][name]) for name, fact in asked.items()
            }
        for name, entity in self.library.entities.items():
            if entity.collection:
                self._collection(name, entity.collection, entity.facts, open_case, full)
        return open_case, full

    def _collection(
        self, name: str, path: str, facts: dict[str, Fact], case: Any, full: Any
    ) -> None:
        items = [{"id": i} | {k: self.answer(f) for k, f in facts.items()} for i in self.ids[name]]
        done = [
            {"id": item["id"]} | {k: self.filled(f, item[k]) for k, f in facts.items()}
            for item in items
        ]
        listed: Any = items
        if self.rng.random() < 0.4:
            # The members after the cut are there in the full case; nobody has named them yet.
            listed = {"complete": "no", "items": items}
            extra = {k: self.value(f) for k, f in facts.items()}
            done = [*done, {"id": "extra", **extra}]
        *outer, last = path.split(".")
        for target, value in ((case, listed), (full, done)):
            for key in outer:
                target = target.setdefault(key, {})
            target[last] = value


def reading_who_could_say(checker: Checker) -> set[str]:
    """Return the rules that ask of an answer whether it was given, and not what it is."""
    return {
        rule.id
        for rule in checker.library.rules.values()
        for keys, condition in conditions(rule)
        for item in (walk(condition, keys, rule.for_each) if condition else ())
        if item.operator in ABOUT or (item.kind == "quantifier" and ANSWER in item.value.values())
    }


def _outcomes(checker: Checker, case: dict[str, Any]) -> dict[tuple[str, tuple[str, ...]], Result]:
    document = parse_document(json.dumps(case).encode(), path="x", format="json")
    found = checker.outcomes(checker.reader.parse(document))
    return {(one.rule.id, one.subject): one for one in found}


@pytest.fixture(scope="module")
def checker() -> Any:
    with Checker([load_pack("core"), load_pack("extended")], engine="python") as made:
        yield made


def test_filling_in_keeps_what_is_certain_and_never_brings_what_was_ruled_out(
    checker: Checker,
) -> None:
    loose = total = 0
    asking = reading_who_could_say(checker)
    for seed in range(CASES):
        case, full = Maker(checker, seed).case()
        before, after = _outcomes(checker, case), _outcomes(checker, full)
        for key, was in before.items():
            # Who could not say is no question of what is the case: an answer ends it.
            if "?" in key[1] or key not in after or key[0] in asking:
                continue
            now = after[key]
            total += 1
            loose += was.outcome == "unknown"
            level = rank(now.standing.certain)
            assert rank(was.standing.certain) <= level <= rank(was.standing.possible), (seed, key)
            if was.outcome == "sound":
                assert now.outcome == "sound", (seed, key)
    assert total > 10 * CASES
    assert loose > CASES


@pytest.mark.skipif(not durable_available(), reason="durable-rules is not installed")
def test_both_engines_agree_on_cases_made_at_random(checker: Checker) -> None:
    with Checker([load_pack("core"), load_pack("extended")], engine="durable") as durable:
        for seed in range(CASES):
            case, _ = Maker(checker, seed).case()
            left, right = _outcomes(checker, case), _outcomes(durable, case)
            assert left.keys() == right.keys()
            for key, one in left.items():
                other = right[key]
                assert one.standing == other.standing, (seed, key)
                assert (one.outcome, one.part_of) == (other.outcome, other.part_of)
