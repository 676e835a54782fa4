"""The group of all commands; a command's file is imported when it is called."""

from __future__ import annotations

from importlib import import_module

import click

from partnerrules.errors import nearest
from partnerrules.shipped import VERSION

COMMANDS = {
    "baseline": "Write down what is found today, so that only what is new or worse counts.",
    "check": "Check case files: what is of concern, what is strong, what to ask.",
    "completion": "Print the script by which a shell completes commands.",
    "doctor": "Say what is installed and where it comes from.",
    "merge": "Put reports of shards together to one.",
    "explain": "Show what a rule says of a case, and what that rests on.",
    "packs": "List, lint and test rule packs.",
    "rules": "List rules, or show one.",
    "schema": "Print the JSON Schema of a file or of a report.",
    "waivers": "List what somebody accepts until a day, and say what is to be mended.",
}

COMPLETE = "_PARTNERRULES_COMPLETE"
"""The variable by which a shell asks what could come next."""


class Commands(click.Group):
    """Imports only what the command needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, sorted."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return the command of a file of that name."""
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"partnerrules.cli.{name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is meant; of a slip say which is nearest."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            near = nearest(args[0], COMMANDS)
            hint = f' Did you mean "{near}"?' if near else ""
            ctx.fail(f'There is no command "{args[0]}".{hint}')
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, message="%(prog)s %(version)s")
def cli() -> None:
    """Look at how partners work together: what is of concern, what is strong, what to ask."""
