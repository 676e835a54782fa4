"""The command `schema`: JSON Schemas for editors and readers."""

from __future__ import annotations

import json

import click

from partnerrules.cli.common import load_packs, pack_option
from partnerrules.cli.configured import Configured

KINDS = [
    "case", "lessons", "pack", "profile", "questions", "report", "rule", "set", "sources",
    "vocabulary",
]  # fmt: skip


@click.command("schema", cls=Configured)
@click.argument("kind", metavar="KIND", type=click.Choice(KINDS))
@pack_option
def command(kind: str, packs: tuple[str, ...]) -> None:
    """Print the JSON Schema of case files, of reports, or of a file of a pack.

    KIND is case or report, or of the files of a pack: pack, rule, vocabulary, questions, set,
    profile, lessons, sources.
    """
    if kind == "report":
        from partnerrules.report.schema import report_schema

        schema = report_schema()
    elif kind == "case":
        from partnerrules.authoring.case_schema import case_schema
        from partnerrules.packs import Library

        schema = case_schema(Library(load_packs(packs)))
    else:
        from partnerrules.authoring.pack_schema import pack_schema

        schema = pack_schema(kind)
    click.echo(json.dumps(schema, indent=2, sort_keys=True))
