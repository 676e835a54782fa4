"""The command `schema`: JSON Schemas for editors and readers."""

from __future__ import annotations

import json

import click

from partnerrules.cli.common import pack_option


@click.command("schema")
@click.argument("kind", type=click.Choice(["report", "pack"]))
@pack_option
def command(kind: str, packs: tuple[str, ...]) -> None:
    """Print the JSON Schema of a report, or of a rule of a pack."""
    if kind == "report":
        from partnerrules.report.schema import report_schema

        schema = report_schema()
    else:
        from partnerrules.packs.models import Rule

        schema = Rule.model_json_schema()
    click.echo(json.dumps(schema, indent=2, sort_keys=True))
