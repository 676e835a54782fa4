"""The command `doctor`: what is installed, and from where."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

import click

from partnerrules.cli.common import load_packs, pack_option
from partnerrules.shipped import VERSION

LIBRARIES = ("pydantic", "click", "tabulate", "PyYAML", "durable-rules")


@click.command("doctor")
@pack_option
def command(packs: tuple[str, ...]) -> None:
    """Say what is installed and where it comes from: for reports of mistakes in the tool."""
    click.echo(f"partnerrules {VERSION}, Python {platform.python_version()}")
    click.echo(f"system: {platform.system()} {platform.machine()}")
    for name in LIBRARIES:
        click.echo(f"{name}: {_version(name)}")
    click.echo(f"engine: {_engine()}")
    for pack in load_packs(packs):
        rules = f"{len(pack.rules)} rules"
        click.echo(f"pack {pack.id} {pack.file.version}: {rules}, from {pack.root}")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _engine() -> str:
    from partnerrules.engine.durable import durable_available

    if durable_available():
        return "durable, since durable-rules can be imported"
    return "python, since durable-rules cannot be imported; the conclusions are the same"
