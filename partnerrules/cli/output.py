"""Writing: results to stdout or to a file, everything else to stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import click

from partnerrules.report.text import plain


def say(text: str) -> None:
    """Write to stderr; control characters of a case are shown, never obeyed."""
    for line in text.split("\n"):
        indent = line[: len(line) - len(line.lstrip(" "))]
        # Where nobody can read it, the exit code still says how it went.
        with suppress(OSError):
            click.echo(indent + plain(line), err=True)


def let_go(stream: IO[Any]) -> None:
    """Lead a stream that cannot be written into nothing, so that its rest does no harm."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def open_closed() -> None:
    """Lead streams that were closed before the start into nothing: Python has None for them."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            # Open as long as the process lives, as the stream that it stands for would be.
            nothing = Path(os.devnull).open("r+", encoding="utf-8")  # noqa: SIM115
            setattr(sys, name, nothing)


def _print(text: str) -> bool:
    try:
        click.echo(text, nl=not text.endswith("\n"))
    except BrokenPipeError:
        # Whoever closed it has read enough: no error.
        let_go(sys.stdout)
    except OSError as error:
        let_go(sys.stdout)
        say(not_written("", error))
        return False
    return True


def write(text: str, target: str) -> bool:
    """Write a result whole or not at all; say whether it worked."""
    if not target:
        return _print(text)
    try:
        with opened(target) as file:
            file.write(text)
    except OSError as error:
        say(not_written(target, error))
        return False
    return True


def not_written(target: str, error: OSError) -> str:
    """Return what to say where a result could not be written."""
    if not target:
        return f"The result could not be written: {error.strerror}."
    return f"{target}: could not be written: {error.strerror}."


@contextmanager
def opened(target: str) -> Iterator[IO[str]]:
    """Open a file that takes its place when all of it is written, and leaves nothing otherwise.

    A device or a pipe takes what it is given: there is nothing to put in its place. Without a
    target it is stdout.
    """
    if not target:
        yield sys.stdout
        sys.stdout.flush()
        return
    # By one name on every system, so that hooks can name it.
    path = Path(os.devnull if target == "/dev/null" else target)
    if path.exists() and not path.is_file():
        with path.open("w", encoding="utf-8") as file:
            yield file
        return
    import tempfile

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".partnerrules-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            yield file
        # As any new file has them; mkstemp lets nobody else read it.
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_lines(lines: Iterable[str], targets: Iterable[str]) -> bool:
    """Write lines to all targets as they come; say whether it worked.

    Raises BrokenPipeError where whoever reads the screen has read enough.
    """
    target = ""
    try:
        with ExitStack() as stack:
            files = []
            for target in targets:
                files.append((target, stack.enter_context(opened(target))))
            for line in lines:
                for target, file in files:
                    file.write(line)
                    if not target:
                        file.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        if not target:
            let_go(sys.stdout)
        say(not_written(target, error))
        return False
    return True
