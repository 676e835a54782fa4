"""What is to be mended in packs before others use them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from partnerrules.authoring.examples import Trials, run_examples
from partnerrules.authoring.profiles import profile_faults
from partnerrules.authoring.sense import senseless
from partnerrules.authoring.use import parameters_used, read_all_the_same, unread_facts
from partnerrules.authoring.wording import question_notes, sentence_faults, vocabulary_faults
from partnerrules.checking import Checker
from partnerrules.checking.results import DRAWN
from partnerrules.errors import PackError, Problem
from partnerrules.packs import Library, Pack, load_pack
from partnerrules.packs.models import Rule
from partnerrules.packs.placeholders import advice_of
from partnerrules.packs.places import Fault, located
from partnerrules.shipped import shipped_packs

MOST_LINES = 60
"""Of a rule, before its examples."""
LAST_STAGE = "closing"
"""The stage in which it is too late to found something new."""


@dataclass(frozen=True)
class Lint:
    """What was found in packs."""

    rules: int
    examples: int
    problems: tuple[Problem, ...]
    """What is to be mended."""
    notes: tuple[Problem, ...]
    """What may be as it is, and is worth a look."""


def read_packs(names: Iterable[str]) -> tuple[list[Pack], set[str]]:
    """Return packs and those that come with the tool and are required, and the ids of the named.

    Raises PackError with every problem of every pack.
    """
    packs: dict[str, Pack] = {}
    problems: list[Problem] = []
    named: set[str] = set()
    ahead = [(name, True) for name in names or shipped_packs()]
    while ahead:
        name, wanted = ahead.pop(0)
        if not wanted and (name in packs or name not in shipped_packs()):
            continue
        try:
            pack = load_pack(name)
        except PackError as error:
            problems.extend(error.problems)
            continue
        packs.setdefault(pack.id, pack)
        named |= {pack.id} if wanted else set()
        ahead.extend((need, False) for need in pack.file.requires)
    if problems:
        raise PackError(problems)
    return list(packs.values()), named


def lint(names: Iterable[str]) -> Lint:
    """Look through packs, or through all that come with the tool.

    Raises PackError where a pack is not there at all; everything else is a problem to mend.
    """
    try:
        packs, named = read_packs(names)
        library = Library(packs)
        with Checker(packs, engine="python") as checker:
            faults = list(senseless(checker, named))
        faults.extend(profile_faults(library, named))
    except PackError as error:
        if any(problem.code == "no-pack" for problem in error.problems):
            raise
        return Lint(0, 0, error.problems, ())
    trials = run_examples(library, named)
    notes: list[Fault] = []
    for pack in library.packs:
        if pack.id in named:
            faults.extend(_pack(library, pack, trials))
            notes.extend(_notes(library, pack))
    number = sum(len(pack.rules) for pack in packs if pack.id in named)
    problems = (*located(faults), *trials.problems)
    return Lint(number, trials.number, problems, tuple(located(notes)))


def _pack(library: Library, pack: Pack, trials: Trials) -> Iterator[Fault]:
    for rule_id, rule in pack.rules.items():
        path = pack.rule_files[rule_id]
        yield from _rule(rule, path)
        if LAST_STAGE in library.stages:
            yield from _untimely(rule, path)
        yield from sentence_faults(rule, path)
        yield from _shown(rule, path, trials.shown.get(rule_id, set()))
    used = parameters_used(library)
    for name, parameter in pack.file.parameters.items():
        place, keys = pack.place("parameter", name), ("parameters", name)
        if f"{pack.id}.{name}" not in used:
            yield Fault("unused-parameter", place, keys, f"No rule and no measure reads ${name}.")
        if parameter.basis == "sourced" and not parameter.source:
            yield Fault("no-source", place, keys, f"{name} is sourced: name its source.")
        if parameter.basis != "sourced" and not parameter.why:
            yield Fault("no-reason", place, keys, f"Say why {name} has this value.")
    yield from vocabulary_faults(pack)


def _rule(rule: Rule, path: str) -> Iterator[Fault]:
    if not rule.lessons and not rule.sources:
        text = f"{rule.id} names no lesson and no source: say on what it rests."
        yield Fault("no-lesson", path, ("id",), text)
    if not rule.why:
        yield Fault("no-why", path, ("id",), f"{rule.id} has no `why`.")
    if rule.kind in DRAWN and not rule.remediation:
        yield Fault("no-remediation", path, ("id",), f"{rule.id} has no `remediation`.")
    for name in ("open", "sound") if rule.kind in DRAWN else ("note",) * (rule.kind == "guard"):
        if not getattr(rule, name):
            yield Fault("no-sentence", path, ("id",), f"{rule.id} has no `{name}`.")
    if rule.remediation and "default" not in rule.remediation:
        text = "Advice for a stage alone leaves the others without: add `default`."
        yield Fault("no-default-advice", path, ("remediation",), text)
    lines = Path(path).read_text(encoding="utf-8").split("\nexamples:")[0].count("\n") + 1
    if lines > MOST_LINES:
        text = f"{lines} lines before the examples: a rule of at most {MOST_LINES} can be read."
        yield Fault("long-rule", path, ("id",), text)


def _untimely(rule: Rule, path: str) -> Iterator[Fault]:
    """Yield advice that would found something new in the last stage."""
    for keys, own in advice_of(rule):
        told = {**rule.remediation, **own}
        building = [s for s, one in own.items() if one.builds]
        if LAST_STAGE in building:
            text = f"While {LAST_STAGE} it is too late to found something new: advise what helps."
            yield Fault("out-of-season", path, (*keys, LAST_STAGE), text)
        elif building and LAST_STAGE not in told:
            text = f"This founds something new: add what helps while {LAST_STAGE}."
            yield Fault("out-of-season", path, (*keys, building[0]), text)


def _shown(rule: Rule, path: str, shown: set[str]) -> Iterator[Fault]:
    """Yield each outcome that a rule can have and that none of its examples shows."""
    if rule.kind == "guard" and not rule.examples:
        yield Fault("no-example", path, ("id",), f"No example shows what {rule.id} changes.")
    if rule.kind not in DRAWN:
        return
    wanted = {f"because {key}": f"a concern because of {key}" for key in rule.concern}
    wanted |= {"sound": "what is sound"}
    if not rule.limit:
        # All answers that there are stand in the file, so of these often nothing is unknown.
        wanted["unknown"] = "what is unknown"
    missing = [told for what, told in wanted.items() if what not in shown]
    if rule.applies and not shown & {"not_applicable", "not_due"}:
        missing.append("what it does not apply to")
    elif rule.due and "forming" not in rule.due and not shown & {"not_applicable", "not_due"}:
        missing.append("when it is not due")
    for told in missing:
        yield Fault("no-example", path, ("id",), f"No example of {rule.id} shows {told}.")


def _notes(library: Library, pack: Pack) -> Iterator[Fault]:
    owners: dict[str, list[str]] = {}
    for name, why in unread_facts(library, pack).items():
        owner, _, short = name.partition(".")
        if not why:
            owners.setdefault(owner, []).append(short)
    if owners:
        number = sum(map(len, owners.values()))
        what = "this fact" if number == 1 else f"these {number} facts"
        told = "; ".join(f"{owner}: {', '.join(names)}" for owner, names in owners.items())
        yield Fault("unread-fact", pack.place("pack", ""), (), f"No rule reads {what} ({told}).")
    for name in read_all_the_same(library, pack):
        text = f"A rule reads {name}, though `only_told` says why none does."
        yield Fault("unread-fact", pack.place("pack", ""), (), text)
    yield from question_notes(library, pack)
