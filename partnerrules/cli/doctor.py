"""The command `doctor`: what is installed, and from where."""

from __future__ import annotations

import platform

import click

from partnerrules.cli.common import load_packs


@click.command("doctor")
def command() -> None:
    """Say what is installed and where it comes from."""
    from partnerrules.checking.checker import tool_version
    from partnerrules.engine.durable import durable_available

    click.echo(f"partnerrules {tool_version()}, Python {platform.python_version()}")
    durable = durable_available()
    state = "can be used" if durable else "not there: the Python engine does the work"
    click.echo(f"durable-rules: {state}")
    for pack in load_packs(()):
        click.echo(f"pack {pack.id} {pack.file.version} from {pack.root}")
