"""What several commands share: packs, parameters, the checker."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import click

from partnerrules.cli import completing

ENGINES = click.Choice(["auto", "durable", "python"])


def pack_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `-p/--pack`."""
    text = "A shipped pack or the folder of one; may be given several times."
    return click.option(
        "-p", "--pack", "packs", multiple=True, help=text, shell_complete=completing.packs
    )(command)


def load_packs(names: Iterable[str]) -> list[Any]:
    """Return the packs that are named, or all that come with the tool; raises PackError."""
    from partnerrules import packs
    from partnerrules.shipped import shipped_packs

    return packs.load_packs(names or shipped_packs(), keep=False)


def parameters_of(pairs: Iterable[str]) -> dict[str, Any]:
    """Read `PACK.NAME=VALUE`."""
    found: dict[str, Any] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign:
            raise click.UsageError(f"--param {pair}: expected PACK.NAME=VALUE.")
        try:
            found[name] = json.loads(value)
        except json.JSONDecodeError:
            found[name] = value
    return found
