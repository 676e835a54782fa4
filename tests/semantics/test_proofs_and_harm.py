"""Proofs in circles, through sets and measures; and guards stop where a known harm is below."""

from __future__ import annotations

from pathlib import Path

import pytest
from packs_made import check

from partnerrules.engine.durable import durable_available
from partnerrules.findings import Finding, Step

WORDS = """\
groups:
  g:
    title: G
    dimension: d
    facts:
      name: {type: text}
      stage: {type: choice, choices: {forming: Forming}}
      a: {type: yes_no}
      b: {type: yes_no}
entities:
  p: {collection: ps, title: P, facts: {ok: {type: yes_no}}}
measures:
  g.well: {over: {p: p}, share: {p.ok: yes}}
"""
WITH_A_SET = WORDS.replace(
    "      b:",
    "      found: {type: choices, derived: yes, choices: {one: One, two: Two}}\n      b:",
)
ENGINES = ["python", *["durable"] * durable_available()]


def _steps(finding: Finding) -> dict[int, Step]:
    return {step.id: step for step in finding.proof.steps}


def _chain(finding: Finding) -> list[str]:
    """Return the first thing that each step rests on, from the root down."""
    steps, told, step = _steps(finding), [], finding.proof.steps[0]
    while True:
        told.append(f"{step.rule or step.fact} {step.level or step.value}".strip())
        if not step.uses:
            return told
        step = steps[step.uses[0]]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_conclusion_that_grew_in_a_circle_rests_on_what_it_was_before(
    tmp_path: Path, engine: str
) -> None:
    rules = """
id: A-01
concern:
  small: {level: low, when: {g.a: yes}, says: small}
  large: {level: high, when: {concern: {rule: B-01}}, says: large}
---
id: B-01
given: {concern: {rule: A-01}}
concern: {b: {level: medium, says: b}}
"""
    report = check(tmp_path, WORDS, rules, {"g": {"a": "yes"}}, engine)
    found = {one.rule: one for one in report.findings}
    assert _chain(found["A-01"]) == ["A-01 high", "B-01 medium", "A-01 low", "g.a yes"]
    assert found["A-01"].proof.steps[0].text == "large"
    assert _chain(found["B-01"]) == ["B-01 medium", "A-01 low", "g.a yes"]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_set_that_grew_in_a_circle_rests_on_what_it_held_before(
    tmp_path: Path, engine: str
) -> None:
    rules = """
id: D-01
kind: derive
derive: {fact: g.found, add: one, when: {g.a: yes}}
---
id: D-02
kind: derive
derive: {fact: g.found, add: two, when: {concern: {rule: A-01}}}
---
id: A-01
given: {g.found: {has: one}}
concern: {a: {level: low, says: a}}
---
id: B-01
given: {g.found: {has: two}}
concern: {b: {level: low, says: b}}
"""
    report = check(tmp_path, WITH_A_SET, rules, {"g": {"a": "yes"}}, engine)
    found = {one.rule: one for one in report.findings}
    assert _chain(found["A-01"]) == ["A-01 low", "g.found One", "g.a yes"]
    steps = [(step.rule, step.fact, step.value) for step in found["B-01"].proof.steps]
    assert steps == [
        ("B-01", "", ""),
        ("", "g.found", "One, Two"),
        ("", "g.a", "yes"),
        ("A-01", "", ""),
        ("", "g.found", "One"),
    ]


def test_a_measure_rests_on_the_answers_of_the_members(tmp_path: Path) -> None:
    rules = """
id: A-01
given: {g.well: {less_than: 0.5}}
concern: {a: {level: low, says: a}}
"""
    case = {"ps": [{"id": "x", "ok": "no"}, {"id": "y", "ok": "dont_know"}, {"id": "z"}]}
    (found,) = check(tmp_path, WORDS, rules, case, "python").findings
    assert [step.subject for step in found.proof.steps[2:]] == [("x",), ("y",), ("z",)]
    assert found.open_questions == ("ps.ok@y", "ps.ok@z")
    assert found.location.pointer == "/ps/1/ok"


def test_a_number_of_members_rests_on_them_by_their_ids(tmp_path: Path) -> None:
    words = WORDS.replace("entities:\n", "entities:\n  k: {members: {z: Z, b: B}}\n")
    words = words.replace(
        "{ok: {type: yes_no}", "{ok: {type: yes_no}, of: {type: references, to: k}"
    )
    rules = """
id: A-01
given: {count: {k: k, where: {some: {p: p, where: {p.of: {has: k}}}}, at_least: 2}}
concern: {a: {level: low, says: a}}
"""
    case = {"ps": [{"id": "x", "of": ["z"]}, {"id": "y", "of": ["b"]}]}
    (found,) = check(tmp_path, words, rules, case, "python").findings
    assert [step.subject for step in found.proof.steps[1:]] == [("y",), ("x",)]


HARM = """
id: H-01
harm: {harm}
given: {{g.a: yes}}
concern: {{h: {{level: medium, says: h}}}}
---
id: D-01
kind: derive
derive: {{fact: g.found, add: one, when: {{concern: {{rule: H-01}}}}}}
---
id: A-01
given: {{g.found: {{has: one}}}}
concern: {{a: {{level: high, says: a}}}}
---
id: A-02
given: {{concern: {{rule: A-01}}}}
concern: {{a: {{level: high, says: a}}}}
---
id: G-01
kind: guard
when: {{g.b: yes}}
target: {{dimensions: [d]}}
cap: low
note: n
"""


@pytest.mark.parametrize(
    ("harm", "expected"),
    [
        ("no", {"H-01": "low", "A-01": "low", "A-02": "low"}),
        ("yes", {"H-01": "medium", "A-01": "high", "A-02": "high"}),
    ],
)
def test_what_rests_on_a_known_harm_is_never_lowered(
    tmp_path: Path, harm: str, expected: dict[str, str]
) -> None:
    rules = HARM.format(harm=harm)
    report = check(tmp_path, WITH_A_SET, rules, {"g": {"a": "yes", "b": "yes"}}, "python")
    assert {one.rule: one.severity for one in report.findings} == expected
