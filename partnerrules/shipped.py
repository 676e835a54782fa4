"""Says what was installed: the version, and where the packs that come with it lie."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

UNINSTALLED = "0.1.0"
"""Of a checkout that was not installed."""


@cache
def tool_version() -> str:
    """Return the version of the tool."""
    try:
        return version("partnerrules")
    except PackageNotFoundError:
        return UNINSTALLED


def shipped_root() -> Path:
    """Return the folder of the packs that come with the tool.

    A path and not an importlib resource: packs are plain files that authors edit and whose
    paths are shown, and only a path is right in a wheel, each editable mode and a bare checkout.
    """
    package = Path(__file__).parent
    inside = package / "rules"
    # The package first: what lies beside it in site-packages may belong to somebody else.
    return inside if inside.is_dir() else package.parent / "rules"


def shipped_packs() -> tuple[str, ...]:
    """Return the names of the packs that come with the tool."""
    return tuple(sorted(path.parent.name for path in shipped_root().glob("*/pack.yaml")))
