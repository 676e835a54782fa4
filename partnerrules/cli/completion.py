"""The command `completion`: the script that lets a shell complete our commands."""

from __future__ import annotations

import click

from partnerrules.cli.commands import COMPLETE


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the script by which a shell completes commands, options, files, packs and rules.

    \b
    bash   eval "$(partnerrules completion bash)"      in ~/.bashrc
    zsh    eval "$(partnerrules completion zsh)"       in ~/.zshrc
    fish   partnerrules completion fish | source       in ~/.config/fish/config.fish
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None, "click knows the shells that we offer"
    script = kind(context.find_root().command, {}, "partnerrules", COMPLETE)
    # Not `source()`: it would look for the shell, which need not be there to print its script.
    click.echo(script.source_template % script.source_vars())
