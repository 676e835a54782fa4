"""A program whose conditions wait until they are asked is the program that is compiled at once."""

import json
from pathlib import Path

import pytest

from partnerrules.checking import Checker
from partnerrules.engine import compile_program, kept_program
from partnerrules.engine.outline import kept_outline, outline_data, outline_of
from partnerrules.facts.members import Members
from partnerrules.packs import Library, load_packs
from partnerrules.report import render
from partnerrules.shipped import shipped_packs, shipped_root

CASES = sorted(shipped_root().parent.glob("cases/*/*.yaml"))


@pytest.fixture(scope="module")
def libraries():
    """Packs as they are read, and as they come from the cache folder with their outline."""
    load_packs(shipped_packs())
    library = Library(load_packs(shipped_packs()))
    kept_program(library)
    assert kept_outline(library) is not None
    return Library(load_packs(shipped_packs(), keep=False)), library


def test_an_outline_comes_back_from_json(libraries):
    program = compile_program(libraries[0])
    outline = outline_of(json.loads(json.dumps(outline_data(program))))
    assert outline == kept_outline(libraries[1])
    for name, rule in program.rules.items():
        said = outline.rules[name]
        assert said[:3] == (rule.facts, rule.parameters, rule.soundness_read), name
        looked_for = [job.node for job in rule.jobs if isinstance(job.node, Members)]
        assert said.jobs.waiting == ("negations" if looked_for else "all"), name
        assert len(said.jobs.linked) + len(looked_for) == len(rule.jobs), name
    assert {n: one.facts for n, one in outline.measures.items()} == program.measure_facts
    assert any(one.jobs.linked for one in outline.rules.values())
    assert outline[2:] == (program.order, program.makers, program.aims)


def test_the_engine_gets_the_same_jobs(libraries):
    read, kept = compile_program(libraries[0]), kept_program(libraries[1])
    for one in (read, kept):
        assert one.plans
    for name, rule in read.rules.items():
        assert len(rule.jobs) == len(kept.rules[name].jobs), name
    assert [*read.kinds.values()] == [*kept.kinds.values()]
    assert list(map(_kinds, read.feeding)) == list(map(_kinds, kept.feeding))


def _kinds(places):
    return [kind for _, kind in places]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_reports_are_the_same_bytes(libraries, checkers, path: Path):
    said = {render(one.check(one.reader.read(path)), "json") for one in checkers}
    assert len(said) == 1


@pytest.fixture(scope="module")
def checkers(libraries):
    made = [Checker(library.packs, engine="python") for library in libraries]
    yield made
    for one in made:
        one.close()
