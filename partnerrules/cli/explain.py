"""The command `explain`: what one conclusion rests on, and why another was not drawn."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from typing import Any

import click

from partnerrules.cli import completing
from partnerrules.cli.common import (
    audience_option,
    name_of_stdin,
    parameters_of,
    standards,
    stdin_option,
)
from partnerrules.cli.configured import Configured
from partnerrules.errors import nearest

OTHERS = {
    "derive": "works out an answer from others, and draws no conclusion of its own",
    "guard": "changes what other rules say, and draws no conclusion of its own",
}


@click.command("explain", cls=Configured)
@click.argument("case", shell_complete=completing.files)
@click.argument("rule", shell_complete=completing.rules)
@click.argument("subject", default="")
@stdin_option
@standards
@audience_option
@click.option("--debug", is_flag=True, help="Show the trace of an internal error.")
def command(case: str, rule: str, subject: str, audience: str, **options: Any) -> None:
    """Show what RULE says of CASE, and what that rests on, down to the line.

    Also where it says nothing of concern: then with the conditions that were not met. SUBJECT is
    the id or the name of one region, partner or whatever the rule is about.
    """
    from partnerrules.checking.explain import explain
    from partnerrules.cli.selection import rule_named, unknown_rule
    from partnerrules.jobs import Settings

    stdin = name_of_stdin([case], options["stdin_filename"])
    settings = Settings(
        options["packs"],
        "python",
        parameters_of(options["params"]),
        options["questions"],
        options["profile"],
        attestations=options["attestations"],
    )
    with settings.checker() as checker:
        rule_id = rule_named(rule, checker.library)
        if rule_id is None:
            raise unknown_rule(rule, checker.library)
        told = checker.library.rules[rule_id]
        if told.kind in OTHERS:
            click.echo(f"{rule_id} {OTHERS[told.kind]}.")
            return
        read = checker.reader.read(case, shown_as=stdin or None)
        found = _about(explain(checker, read, rule_id), subject)
        report = checker.check(read)
    click.echo(_text(found, report, told, audience), nl=False)


def _about(found: Iterable[Any], subject: str) -> list[Any]:
    every = list(found)
    if not subject:
        return every
    words = {name: one for one in every for name in (*one.subject, *one.about)}
    chosen = [one for one in every if subject in (*one.subject, *one.about)]
    if not chosen:
        near = nearest(subject, words)
        hint = f' Did you mean "{near}"?' if near else ""
        known = ", ".join(dict.fromkeys(name for one in every for name in one.subject))
        there = f"there are {known}" if known else "the rule has no subjects here"
        raise click.UsageError(f'Nothing is called "{subject}": {there}.{hint}')
    return chosen


def _text(found: list[Any], report: Any, rule: Any, audience: str) -> str:
    from partnerrules.report.audience import for_audience, seen_explanation
    from partnerrules.report.explanation import put_explanation
    from partnerrules.report.text import Page

    page = Page(width=shutil.get_terminal_size((80, 24)).columns, color=False)
    page.heading(f"{rule.title} ({rule.id})", line="-")
    if rule.why:
        page.put(rule.why, lead="Why: ")
        page.blank()
    if not found:
        page.put("There is nothing in this case that the rule could look at.")
    report = for_audience(report, audience)
    beyond = {
        one.subject: one.reason
        for one in report.not_assessed
        if (one.rule, one.outcome) == (rule.id, "not_looked_at")
    }
    for full in found:
        one = seen_explanation(full, audience)
        if one.subject in beyond:
            one = one._replace(outcome="not_looked_at", message=beyond[one.subject])
        told = [f for f in report.findings if (f.rule, f.subject) == (rule.id, one.subject)]
        put_explanation(page, one, told[0] if told else None, limit=rule.limit)
    return page.text()
