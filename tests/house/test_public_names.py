"""The names that others may import: few, sorted, and all there."""

from types import ModuleType

import partnerrules

CONTRACT = {"Checker", "check", "load_case", "load_pack", "render"}
ERRORS = {"CaseError", "DocumentError", "EvaluationError", "PackError", "PartnerRulesError"}


def test_public_names_are_sorted():
    assert list(partnerrules.__all__) == sorted(set(partnerrules.__all__))


def test_public_names_are_what_can_be_imported():
    importable = {
        name
        for name, value in vars(partnerrules).items()
        if not name.startswith("_") and name != "annotations" and not isinstance(value, ModuleType)
    }
    assert importable == set(partnerrules.__all__)


def test_the_contract_is_public():
    assert set(partnerrules.__all__) >= CONTRACT | ERRORS


def test_check_is_the_function_and_not_the_package_of_that_name():
    assert callable(partnerrules.check)
