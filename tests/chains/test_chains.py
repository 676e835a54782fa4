"""Each chain holds by its premises, by all of them and by no others, on every engine.

The scenarios are written from what a chain is to say, not from its rule.
"""

from __future__ import annotations

import pytest
from scenarios import (
    NOT_ASKED,
    Premise,
    Scenario,
    States,
    grounds_of,
    names_below,
    read,
    report_of,
    result_of,
    state_of,
)

from partnerrules.checking import Checker
from partnerrules.checking.grounds import Grounds
from partnerrules.findings import Step

SCENARIOS = list(read())
PREMISES = [
    pytest.param(scenario, premise, id=f"{scenario}: {premise.name}")
    for scenario in SCENARIOS
    for premise in scenario.premises
]


def agrees(grounds: Grounds, scenario: Scenario, states: States) -> None:
    """Compare all states at once, so that a difference shows them all."""
    asked = {key: scenario.gives[key] if is_ == "nothing" else is_ for key, is_ in states.items()}
    assert {key: state_of(grounds, key, asked[key]) for key in states} == states


def told_under(grounds: Grounds, chain: str) -> set[str]:
    """Return what is told under a chain."""
    found = grounds.found.values()
    return {" ".join([one.rule.id, *one.subject]) for one in found if chain in one.part_of}


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_with_all_premises_the_conclusion_follows_with_its_parts(
    checker: Checker, scenario: Scenario
) -> None:
    grounds = grounds_of(checker, scenario.value)
    agrees(grounds, scenario, scenario.gives)
    assert told_under(grounds, scenario.chain) == set(scenario.parts)
    for key in scenario.instead:
        one = result_of(grounds, key)
        assert one is not None
        assert scenario.chain in one.lowered_by


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_the_proof_names_every_premise(checker: Checker, scenario: Scenario) -> None:
    grounds = grounds_of(checker, scenario.value)
    collections = checker.library.collections
    for key in scenario.gives:
        one = result_of(grounds, key)
        if one is None or one.rule.id != scenario.chain:
            continue
        below = names_below(grounds, one)
        wanted = {_name(p.at, collections) for p in scenario.premises if not p.unseen}
        assert wanted <= below


def _name(at: str, collections: dict[str, str]) -> str:
    """Return the name that a proof has for the answer at a place of the case."""
    for collection, entity in collections.items():
        if at == collection:
            return entity
        if at.startswith(f"{collection}."):
            member, _, fact = at.removeprefix(f"{collection}.").partition(".")
            return f"{entity}.{fact} {member}"
    return at


@pytest.mark.parametrize("scenario", [one for one in SCENARIOS if one.paths], ids=str)
def test_the_proof_leads_from_the_last_conclusion_to_the_first_answer(
    checker: Checker, scenario: Scenario
) -> None:
    findings = report_of(checker, scenario.value).findings
    for path in scenario.paths:
        root, *steps = path.split(" > ")
        (finding,) = [one for one in findings if " ".join([one.rule, *one.subject]) == root]
        proof = finding.proof
        names = {step.id: _step(step) for step in proof.steps}
        reached = {proof.root}
        for step in steps:
            below = {use for at in reached for use in proof.steps[at].uses}
            reached = {use for use in below if names[use] == step}
            assert reached, f"{path}: {step} is not among {sorted(names[one] for one in below)}"


def _step(step: Step) -> str:
    """Return the name of a step: a rule, a fact, or that nothing was found."""
    if step.kind == "absence":
        return "nothing found"
    return " ".join([step.rule or step.fact, *step.subject])


@pytest.mark.parametrize(("scenario", "premise"), PREMISES)
def test_without_a_premise_the_conclusion_is_gone(
    checker: Checker, scenario: Scenario, premise: Premise
) -> None:
    grounds = grounds_of(checker, scenario.changed(premise.at, premise.away))
    agrees(grounds, scenario, premise.gone)
    for key, is_ in premise.gone.items():
        one = result_of(grounds, key)
        if is_ == "nothing" and one is not None and one.rule.id == scenario.chain:
            assert told_under(grounds, scenario.chain) == set()
        if one is not None and is_ == scenario.instead.get(key):
            assert scenario.chain not in one.lowered_by


@pytest.mark.parametrize(("scenario", "premise"), PREMISES)
def test_with_a_premise_that_nobody_was_asked_the_conclusion_is_possible(
    checker: Checker, scenario: Scenario, premise: Premise
) -> None:
    grounds = grounds_of(checker, scenario.changed(premise.at, NOT_ASKED))
    agrees(grounds, scenario, premise.open)


def test_every_chain_has_a_scenario_with_two_premises_at_least(checker: Checker) -> None:
    if checker.engine.name != "python":
        pytest.skip("once is enough")
    chains = {
        rule.id
        for rule in checker.library.rules.values()
        if rule.kind != "check" or rule.id.startswith("X")
    }
    assert {scenario.chain for scenario in SCENARIOS} == chains
    assert all(scenario.premises for scenario in SCENARIOS)
