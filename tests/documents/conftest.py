"""Runs what is about YAML through both of PyYAML's parsers."""

from collections.abc import Iterator

import pytest

from partnerrules.documents import yaml_loader

FASTEST = yaml_loader.LOADER


@pytest.fixture(params=["fastest", "pure"], scope="module")
def yaml_parser(request: pytest.FixtureRequest) -> Iterator[str]:
    """The parser in C, where PyYAML has it, and the one in Python."""
    with pytest.MonkeyPatch.context() as patch:
        loader = yaml_loader.PureLoader if request.param == "pure" else FASTEST
        patch.setattr(yaml_loader, "LOADER", loader)
        yield request.param
