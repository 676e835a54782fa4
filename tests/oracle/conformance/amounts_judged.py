"""What measures come to, compared with the naive evaluator and with all worlds of the case."""

from __future__ import annotations

from itertools import islice
from typing import Any

from worlds_made import FURTHER, Worlds

from conformance.judging import Disagreement, Judge
from conformance.made import Made, read, said
from conformance.measures import Amounts
from conformance.table import NOTHING, page_part
from partnerrules.cases import Case
from partnerrules.cases.answers import Answer
from partnerrules.cases.values import shown

NAIVE = ("count", "sum", "size", "points", "difference", "months_between")
"""The kinds of which the naive evaluator works out the range; of all, the worlds tell values."""
_WIDER = ("range", "count_values")
"""The kinds that take different answers as a range: which of them are there is not told apart."""
_OPEN = ("size", "months_between")
"""The kinds that are open of an answer that is not known, also where its values have bounds."""
_MOST = 4000


def shown_amounts(amounts: Amounts) -> str:
    """Return a table of measures as Markdown; raises Disagreement."""
    lines = []
    for measure, cells in amounts.rows:
        name = "partner.made" if "for" in measure else "g.made"
        made = Made(measures={name: measure})
        judge, worlds = Judge(made), Worlds(made)  # type: ignore[arg-type]
        line = [f"`{said(measure)}`"]
        for words, case in cells:
            if case is None:
                line.append(NOTHING)
                continue
            found = told(_judged(judge, worlds, name, case, amounts.member))
            line.append(f"`{words}`<br>{found}" if words else found)
        judge.close()
        lines.append(line)
    return page_part(amounts.title, amounts.text, ("measure", *amounts.columns), lines)


def told(answer: Answer) -> str:
    """Return a measure in words."""
    if answer.status == "not_applicable":
        return "not applicable"
    if answer.values is None:
        return "open"
    return " or ".join(shown(value) for value in answer.values)


def _judged(
    judge: Judge, worlds: Worlds, name: str, case: dict[str, Any], member: str = ""
) -> Answer:
    measure = judge.made.measures[name]
    theirs = judge.measure(name, case, member)
    found = read(judge.reader, case)
    stated = measure.get("or_answer")
    if set(measure) & set(NAIVE):
        mine = judge.naive_measure(name, case, member)
        if stated and mine.status != "not_applicable" and not _one_number(mine):
            mine = found.answers[stated]
        if (mine.status, mine.values) != (theirs.status, theirs.values):
            text = f"{said(measure)} of {case}: {told(theirs)}, the naive evaluator {told(mine)}"
            raise Disagreement(text)
    if not stated:
        for wrong in _wrong(worlds, name, found, theirs, member)[:1]:
            raise Disagreement(f"{said(measure)} of {case}: {told(theirs)}, {wrong}")
    return theirs


def _one_number(answer: Answer) -> bool:
    values = answer.values or ()
    return len(values) == 1 and values[0].low == values[0].high


def _wrong(worlds: Worlds, name: str, found: Case, theirs: Answer, member: str) -> list[str]:
    """Say what does not fit the values that the measure has in the worlds of the case."""
    measure = worlds.library.measures[name]
    env = {variable: (entity, member) for variable, entity in measure.per.items()}
    seen = {world.measure(measure, env) for world in islice(worlds.of(found), _MOST)}
    numbers = sorted(one for one in seen if one is not None)
    bounded = all(collection.more[1] <= FURTHER for collection in found.collections.values())
    if theirs.status == "not_applicable":
        return ["but it has a value in a world"] if numbers else []
    if theirs.values is None:
        every = bounded and None not in seen and numbers and not _any(measure, _OPEN)
        return [f"but in all worlds it is {numbers[0]} to {numbers[-1]}"] if every else []
    span = theirs.values[0]
    if None in seen:
        return ["but it does not apply in a world"]
    if numbers[0] < span.low or numbers[-1] > span.high:
        return [f"but in the worlds it is {numbers[0]} to {numbers[-1]}"]
    members = [m for c in found.collections.values() for m in c.members]
    differ = any(a.status == "disputed" for m in members for a in m.answers.values())
    exact = bounded and not (differ and _any(measure, _WIDER))
    exact = exact and (span.low, span.high) != (numbers[0], numbers[-1])
    return [f"but in the worlds only {numbers[0]} to {numbers[-1]}"] if exact else []


def _any(measure: Any, kinds: tuple[str, ...]) -> bool:
    return any(getattr(measure, kind) is not None for kind in kinds)
