"""The command line; each command has a file of its own."""

from __future__ import annotations

import os
import sys
import traceback

import click

from partnerrules.cli.commands import cli
from partnerrules.cli.output import say
from partnerrules.errors import CaseError, EvaluationError, PartnerRulesError

__all__ = ["cli", "main"]


def main() -> None:
    """Run a command and end with the exit code of the contract."""
    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.Exit as error:
        code = error.exit_code
    except click.Abort:
        code = 130
    except click.ClickException as error:
        error.show()
        code = 2
    except PartnerRulesError as error:
        say(str(error))
        code = 3 if isinstance(error, (CaseError, EvaluationError)) else 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except KeyboardInterrupt:
        code = 130
    except Exception as error:
        if "--debug" in sys.argv:
            say(traceback.format_exc())
        say(
            f"Internal error: {type(error).__name__}: {error}. "
            "Run again with --debug and report it."
        )
        code = 70
    sys.exit(code if isinstance(code, int) else 0)
