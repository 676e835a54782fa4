"""The jobs given to durable-rules stay far from its hard ends, and cases end as they should."""

from __future__ import annotations

import json
import random
from itertools import pairwise
from typing import Any

import pytest
import rulesets
from made_jobs import make_batches, make_jobs, try_all

from partnerrules.checking import Checker
from partnerrules.engine import durable, jobs_of, packing
from partnerrules.engine.durable import DurableEngine, TooLarge, durable_available, durable_module
from partnerrules.engine.matching import Job, Pattern, Token
from partnerrules.packs import load_pack

needs_durable = pytest.mark.skipif(not durable_available(), reason="durable-rules is not installed")


def fnv(text: str) -> int:
    """The hash by which durable-rules tells facts and fields apart."""
    value = 2166136261
    for byte in text.encode():
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return value


def random_jobs(seed: int) -> list[Job]:
    """Return many jobs, some with many fields, some all on few kinds."""
    rng = random.Random(f"discipline/{seed}")
    widths = [rng.choice([0, 1, 1, 2, 3, 9, 27]) for _ in range(rng.choice([3, 30, 700]))]
    jobs = []
    for number in range(rng.choice([10, 100, 500])):
        kinds = [rng.randrange(len(widths)) for _ in range(rng.choice([2, 2, 3, 15]))]
        few = rng.choice([2, 5, 40])
        slots = [tuple(rng.randrange(few) for _ in range(widths[kind])) for kind in kinds]
        jobs.append(Job(number, tuple(map(Pattern, kinds, slots))))
    return jobs


def steep_jobs() -> list[Job]:
    """Return jobs of which one token has as many different tests pending as there can be."""
    jobs = []
    for number in range(300):
        mine, its = divmod(number, 27)
        slots = [100 + field for field in range(27)]
        slots[mine] = its
        jobs.append(
            Job(number, (Pattern(1 + number % 40, tuple(range(27))), Pattern(0, tuple(slots))))
        )
    return jobs


def pack_jobs() -> list[Job]:
    with Checker([load_pack("core"), load_pack("extended")], engine="python") as checker:
        return jobs_of(checker.program)


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> rulesets.Recorder:
    made = rulesets.Recorder()
    monkeypatch.setattr(durable, "durable_module", lambda: made)
    return made


def ints(data: Any) -> bool:
    """Say whether all constants are small whole numbers; names of fields are keys or references."""
    if isinstance(data, dict):
        return all(map(ints, data.values()))
    if isinstance(data, list):
        return all(map(ints, data))
    return type(data) is int and 0 <= data <= 65_535


@pytest.mark.parametrize("jobs", [*range(12), "steep", "packs"])
def test_no_ruleset_comes_near_a_hard_end(jobs: int | str, recorder: rulesets.Recorder) -> None:
    named = {"steep": steep_jobs, "packs": pack_jobs}
    made = named[jobs]() if isinstance(jobs, str) else random_jobs(jobs)
    engine = DurableEngine(made)
    assert sorted(n for chunk in engine.chunks for some in chunk.jobs for n in some) == sorted(
        job.number for job in made
    )
    for chunk, rules in zip(engine.chunks, recorder.rulesets.values(), strict=True):
        found = rulesets.paths(rules)
        assert rules["s"] == {"all": [{"m0": {"s": 0}}], "cap": 1}
        assert 1 < len(rules) < 4096
        assert all(2 <= len(rule["all"]) <= 15 for name, rule in rules.items() if name != "s")
        assert all(rule["cap"] <= 65_535 for rule in rules.values())
        assert all(rule["dist"] == 0 for name, rule in rules.items() if name != "s")
        assert rulesets.most_on_one_test(found) < 255
        assert rulesets.most_on_one_level(found) < 511
        for width in {len(p.slots) for form in chunk.forms for p in form.patterns}:
            marks = {
                json.dumps({f"k{chunk.marks[mark]}": 1})
                for form in chunk.forms
                for mark, pattern in zip(form.marks, form.patterns, strict=True)
                if len(pattern.slots) == width
            }
            assert rulesets.most_pending(found, marks) < 64
            assert len(marks) + width + 2 <= 252
        for _, tests in rulesets.patterns(rules):
            joins = [one for one in tests[1:] if "$and" not in one]
            assert ints(tests[0])
            assert len(joins) <= 27
            assert tests[1 + len(joins) :] == (
                [{"$and": [{"$ex": {next(iter(tests[0])): 1}}]}] if joins else []
            )
        text = json.dumps(rules)
        assert "$not" not in text
        assert '"id"' not in text
        assert '"sid"' not in text


@needs_durable
def test_a_token_that_very_many_tests_wait_for_is_taken() -> None:
    engine = DurableEngine(steep_jobs())
    with engine.session() as session:
        assert len(session.add([Token(kind, (1,) * 27) for kind in range(41)])) == 300
    engine.close()


def test_what_a_rule_cannot_be_asked_is_refused() -> None:
    with pytest.raises(TooLarge):
        packing.packed([Job(0, tuple(Pattern(n, (0,)) for n in range(16)))])
    with pytest.raises(TooLarge):
        packing.packed([Job(0, (Pattern(0, tuple(range(28))), Pattern(1, (0,))))])


def test_no_two_ids_and_no_two_fields_have_one_hash() -> None:
    ids = [str(number) for number in range(durable.MAX_FACTS + 1)]
    assert len({fnv(one) for one in ids}) == len(ids)
    fields = ["id", "sid", "s"]
    fields += [f"k{n}" for n in range(packing.MAX_IN_HANDLE)]
    fields += [f"v{n}" for n in range(packing.MAX_FIELDS)]
    assert len({fnv(one) for one in fields}) == len(fields)


@needs_durable
def test_each_state_starts_with_its_sentinel_and_is_deleted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = rulesets.Recorder(durable_module())
    monkeypatch.setattr(durable, "durable_module", lambda: module)
    rng = random.Random(3)
    for _ in range(20):
        jobs, widths = make_jobs(rng, 40)
        engine = DurableEngine(jobs)
        for _ in range(3):
            module.calls.clear()
            with engine.session() as session:
                for batch in make_batches(rng, widths):
                    session.add(batch)
            for handle in engine.handles:
                calls = [call for call in module.calls if call[1] == handle]
                check_calls(calls)
        module.calls.clear()
        engine.close()
        engine.close()
        assert [name for name, *_ in module.calls] == ["delete_ruleset"] * len(engine.chunks)


def check_calls(calls: list[tuple[Any, ...]]) -> None:
    if not calls:
        return
    names = [call[0] for call in calls]
    assert names[:3] == ["assert_fact", "start_action", "complete_and_start_action"]
    assert calls[0][2] == durable.SENTINEL
    assert names.index("delete_state") == len(names) - 1
    assert "retract_fact" not in names
    facts = [json.loads(call[2]) for call in calls if call[0] == "assert_fact"]
    assert [fact["id"] for fact in facts] == [str(n) for n in range(len(facts))]
    assert all(ints({**fact, "id": 0, "sid": 0}) for fact in facts)
    assert all(a != b for a, b in pairwise(names) if a == "delete_state")


@needs_durable
def test_whatever_happens_in_a_case_the_next_one_is_exact(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = Failing(durable_module())
    monkeypatch.setattr(durable, "durable_module", lambda: module)
    monkeypatch.setattr(durable, "MAX_FACTS", 12)
    rng = random.Random(5)
    ends = set()
    for _ in range(40):
        jobs, widths = make_jobs(rng)
        engine = DurableEngine(jobs)
        for case in range(8):
            batches = make_batches(rng, widths)
            module.left = rng.randrange(20) if case % 2 else 10_000
            found = []
            try:
                with engine.session() as session:
                    found = [match for batch in batches for match in session.add(batch)]
            except Exception as error:
                ends.add(type(error).__name__)
            else:
                assert set(found) == try_all(jobs, [t for batch in batches for t in batch])
        module.left = 10_000
        engine.close()
    assert {"TooLarge", "error", "KeyError"} <= ends


class Failing:
    """The C module, but after some calls it is given a fact that it refuses, or the work breaks."""

    def __init__(self, module: Any) -> None:
        self.module = module
        self.left = 10_000

    def __getattr__(self, name: str) -> Any:
        return getattr(self.module, name)

    def assert_fact(self, handle: int, fact: str) -> Any:
        """Count down; then refuse."""
        self.left -= 1
        if self.left == 0:
            fact = fact.replace("}", ',"v9":1e9}')
        return self.module.assert_fact(handle, fact)

    def complete_and_start_action(self, handle: int, state: int) -> Any:
        """Count down; then break off before the action is completed."""
        self.left -= 1
        if self.left == 0:
            raise KeyError
        return self.module.complete_and_start_action(handle, state)


@needs_durable
def test_an_engine_that_is_closed_in_mid_case_deletes_its_state_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = rulesets.Recorder(durable_module())
    monkeypatch.setattr(durable, "durable_module", lambda: module)
    engine = DurableEngine([Job(0, (Pattern(0, (0,)), Pattern(1, (0,))))])
    with engine.session() as session:
        assert session.add([Token(0, (1,)), Token(1, (1,))])
        with pytest.raises(RuntimeError):
            engine.session()
        engine.close()
    assert [name for name, *_ in module.calls][-2:] == ["delete_state", "delete_ruleset"]


@needs_durable
def test_what_could_be_too_many_matches_at_once_is_refused_before() -> None:
    jobs = [Job(0, tuple(Pattern(kind, (kind,)) for kind in range(3)))]
    engine = DurableEngine(jobs)
    with pytest.raises(TooLarge), engine.session() as session:
        session.add([Token(kind, (n,)) for kind in range(3) for n in range(100)])
    linked = DurableEngine([Job(0, tuple(Pattern(kind, (0,)) for kind in range(3)))])
    with linked.session() as session:
        assert len(session.add([Token(kind, (n,)) for kind in range(3) for n in range(100)])) == 100
    linked.close()
    with engine.session() as session:
        assert len(session.add([Token(kind, (n,)) for kind in range(3) for n in range(9)])) == 729
    engine.close()
