"""Writing: results to stdout or to a file, everything else to stderr."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click

from partnerrules.report.text import plain


def say(text: str) -> None:
    """Write to stderr; control characters of a case are shown, never obeyed."""
    for line in text.split("\n"):
        click.echo(plain(line), err=True)


def _print(text: str) -> bool:
    try:
        click.echo(text, nl=not text.endswith("\n"))
    except BrokenPipeError:
        raise
    except OSError as error:
        say(f"The result could not be written: {error.strerror}.")
        return False
    return True


def write(text: str, target: str) -> bool:
    """Write a result whole or not at all; say whether it worked."""
    if not target:
        return _print(text)
    folder = Path(target).parent
    try:
        handle, name = tempfile.mkstemp(dir=folder, prefix=".partnerrules-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            Path(name).replace(target)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        say(f"{target}: could not be written: {error.strerror}.")
        return False
    return True
