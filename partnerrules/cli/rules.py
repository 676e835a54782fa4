"""The command `rules`: what the packs look at."""

from __future__ import annotations

import click

from partnerrules.cli.common import load_packs, pack_option
from partnerrules.errors import nearest


@click.group("rules")
def command() -> None:
    """List rules, or show one."""


@command.command("list")
@pack_option
def list_rules(packs: tuple[str, ...]) -> None:
    """List all rules with their titles."""
    for pack in load_packs(packs):
        for rule_id, rule in sorted(pack.rules.items()):
            click.echo(f"{rule_id:8} {rule.kind:9} {rule.title}")


@command.command("show")
@click.argument("rule_id")
@pack_option
def show(rule_id: str, packs: tuple[str, ...]) -> None:
    """Show one rule: what it looks at, why, and what could help."""
    rules = {key: rule for pack in load_packs(packs) for key, rule in pack.rules.items()}
    if rule_id not in rules:
        near = nearest(rule_id, rules)
        raise click.UsageError(f"There is no rule {rule_id}." + (f" Try {near}." if near else ""))
    rule = rules[rule_id]
    click.echo(f"{rule.id} {rule.title}\n\nWhy: {rule.why}")
    for one in rule.concern.values():
        click.echo(f"  {one.level}: {one.says}")
    for stage, advice in rule.remediation.items():
        click.echo(f"What could help ({stage}): {advice}")
    click.echo(f"Lessons: {', '.join(rule.lessons)}")
