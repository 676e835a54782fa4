"""The command `doctor`: what is installed, and from where."""

from __future__ import annotations

import platform
from importlib.util import find_spec

import click

from partnerrules.cli.common import load_packs


@click.command("doctor")
def command() -> None:
    """Say what is installed and where it comes from."""
    from partnerrules.checking.checker import tool_version

    click.echo(f"partnerrules {tool_version()}, Python {platform.python_version()}")
    durable = find_spec("durable_rules_engine") is not None
    click.echo(f"durable-rules: {'installed' if durable else 'not installed'}")
    for pack in load_packs(()):
        click.echo(f"pack {pack.id} {pack.file.version} from {pack.root}")
