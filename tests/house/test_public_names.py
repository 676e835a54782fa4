"""The names that others may import: few, sorted, and all there."""

from importlib import import_module
from inspect import isclass, isfunction

import pytest

import partnerrules

CONTRACT = {"Checker", "check", "load_case", "load_pack", "render"}
ERRORS = {"CaseError", "DocumentError", "EvaluationError", "PackError", "PartnerRulesError"}


def test_the_public_names_are_those_of_the_contract():
    assert partnerrules.__all__ == sorted(CONTRACT | ERRORS)


@pytest.mark.parametrize("name", sorted(CONTRACT | ERRORS))
def test_a_public_name_is_a_class_or_a_function_also_the_second_time(name):
    for _ in range(2):
        found = getattr(partnerrules, name)
        assert isclass(found) or isfunction(found)


def test_check_is_the_function_also_after_its_package_was_imported():
    import_module("partnerrules.checking")
    assert isfunction(partnerrules.check)


def test_nothing_else_of_ours_is_public():
    ours = {
        name
        for name, value in vars(partnerrules).items()
        if not name.startswith("_") and (isclass(value) or isfunction(value))
        if value.__module__.startswith("partnerrules")
    }
    assert ours <= set(partnerrules.__all__)


def test_an_unknown_name_is_refused():
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = partnerrules.no_such_name
