"""The command line; each command has a file of its own."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

import click

from partnerrules.cli.commands import COMPLETE, cli
from partnerrules.cli.output import let_go, open_closed, say
from partnerrules.errors import CaseError, EvaluationError, PartnerRulesError
from partnerrules.waste import look_for_waste_rarely

__all__ = ["cli", "main"]


def main() -> None:
    """Run a command and end with the exit code of the contract."""
    look_for_waste_rarely()
    open_closed()
    code = _code(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        let_go(sys.stdout)
    except OSError as error:
        let_go(sys.stdout)
        say(f"The result could not be written: {error.strerror}.")
        code = code if code in (130, 70, 2) else 5
    # Nothing is looked through once more on the way out.
    gc.freeze()
    sys.exit(code)


def _code(words: Sequence[str]) -> int:
    try:
        return _run(words)
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else 0
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except PartnerRulesError as error:
        say(str(error))
        return 3 if isinstance(error, (CaseError, EvaluationError)) else 2
    except BrokenPipeError:
        let_go(sys.stdout)
        return 0
    except (KeyboardInterrupt, click.Abort):
        say("Interrupted.")
        return 130
    except Exception as error:
        # What can be read has a name; what has none is the screen, or where it leads.
        if isinstance(error, OSError) and error.filename is None and error.errno:
            let_go(sys.stdout)
            say(f"The result could not be written: {error.strerror}.")
            return 5
        return _internal(error)


def _run(words: Sequence[str]) -> int:
    """Run without click's own `main`, which ends with 1 for crashes, aborts and closed pipes."""
    if instruction := os.environ.get(COMPLETE):
        from click.shell_completion import shell_complete

        return shell_complete(cli, {}, "partnerrules", COMPLETE, instruction)
    with cli.make_context("partnerrules", list(words)) as context:
        cli.invoke(context)
    return 0


def _internal(error: Exception) -> int:
    if "--debug" in sys.argv:
        import traceback

        for line in "".join(traceback.format_exception(error)).splitlines():
            say(line)
    say(
        f"Internal error: {type(error).__name__}: {error}. This is a mistake in the tool: please "
        "report it with what --debug shows of it, where the command has that option."
    )
    return 70
