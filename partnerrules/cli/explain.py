"""The command `explain`: what one conclusion rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from partnerrules.cli.common import load_packs, pack_option


@click.command("explain")
@click.argument("case")
@click.argument("rule")
@click.argument("subject", default="")
@pack_option
def command(case: str, rule: str, subject: str, packs: tuple[str, ...]) -> None:
    """Show what the conclusion of RULE about CASE rests on, down to the line."""
    from partnerrules.checking import Checker
    from partnerrules.report.text import plain

    with Checker(load_packs(packs)) as checker:
        if rule not in checker.library.rules:
            raise click.UsageError(f"There is no rule {rule}.")
        report = checker.check(checker.reader.read(case))
    told = False
    every: list[Any] = [*report.findings, *report.strengths, *report.not_assessed]
    for one in every:
        if one.rule != rule or (subject and subject not in one.subject):
            continue
        told = True
        for line in _lines(one):
            click.echo(plain(line))
    if not told:
        click.echo(f"{rule} says nothing of this case.")


def _lines(one: Any) -> Iterator[str]:
    about = f" ({', '.join(one.subject)})" if one.subject else ""
    yield f"{one.rule}{about}: {getattr(one, 'message', '') or one.reason}"
    proof = getattr(one, "proof", None)
    if proof is None:
        return
    yield "What this rests on:"
    yield from _steps(proof, proof.root, 1, set())
    yield f"What could help: {one.remediation}"


def _steps(proof: Any, number: int, depth: int, seen: set[int]) -> Iterator[str]:
    for use in proof.steps[number].uses:
        step = proof.steps[use]
        place = f"  [{step.location.path}:{step.location.line}]" if step.location else ""
        yield "  " * depth + step.text + place
        if use not in seen:
            seen.add(use)
            yield from _steps(proof, use, depth + 1, seen)
