"""Says what was installed: the version, and where the packs that come with it lie."""

from __future__ import annotations

from pathlib import Path

VERSION = "0.1.0"
"""The version of the tool; setup.cfg names the same."""


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
