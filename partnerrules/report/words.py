"""The words that people read in place of the words of the engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from partnerrules.findings import CaseResult, Finding, Strength, Verdict, rank

PURPOSE = "This looks at how partners work together, not at results, and rates no organisation."

LEVEL_WORDS = {"high": "act now", "medium": "plan for", "low": "keep in mind"}

RESTS_ON = {
    "document": "documents",
    "several": "the word of several sides",
    "one": "the word of one side",
    "interested": "the word of those who lead or fund, about themselves",
    "open": "answers that are still open",
}

BASIS = {
    "convention": "The threshold used is a convention.",
    "default": "The threshold used is a starting value without a source; a profile can change it.",
}

NOTHING = "nothing of concern among what was asked"
"""Of a first look, and where little was answered: what was not asked may still be one."""

NONE_FOLLOWS = "no concern follows from the answers"
FLOOR = 0.6
"""The share of answers from which on a case as a whole is said to have been looked at."""
AREAS = 4
"""Names of areas in one sentence; the others are counted."""


def level_words(level: str) -> str:
    """Return what people read for a level, with the word for machines beside it."""
    return f"{LEVEL_WORDS[level]} ({level})"


def titled(identifier: str) -> str:
    """Return an id as words: `purpose_and_partners` is "Purpose and partners"."""
    words = identifier.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 answer", "2 answers"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def joined(parts: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def share(answered: int, asked: int) -> str:
    """Return how much was answered."""
    return f"{answered} of {asked}" if asked else "nothing asked"


def heard(case: CaseResult) -> str:
    """Return who was heard and how much was answered, as sentences."""
    people = f"{count(case.respondents, 'person was', 'people were')} heard"
    if not case.respondents:
        people = "It is not said who was heard"
    known = case.coverage
    if not known.asked:
        return f"{people}. No question has been asked yet."
    answers = (
        f"{known.answered} of {count(known.asked, 'question')} {_are(known.answered)} answered"
    )
    if not known.answered:
        return f"{people}; {answers}."
    told = (
        count(case.sourced, "answer in the file names", "answers in the file name")
        if case.sourced
        else "No answer names"
    )
    return f"{people}; {answers}. {told} a source."


def standing(verdict: Verdict, *, strengths: int = 0, first_look: bool = False) -> str:
    """Return how one dimension or area stands."""
    certain, possible = verdict.certain, verdict.possible
    if certain is None and possible is None:
        if verdict.enough:
            return f"no concern; {count(strengths, 'strength')}" if strengths else "no concern"
        return NOTHING if first_look else "not enough answered yet"
    known = level_words(certain) if certain else "not known yet"
    if possible and rank(possible) > rank(certain):
        return f"{known}; could be {level_words(possible)}"
    return known if verdict.enough or first_look else f"{known}; not enough answered for the rest"


def by_area(case: CaseResult) -> list[Verdict]:
    """Return one verdict for each area, in the order in which the areas first come."""
    areas: dict[str, list[Verdict]] = {}
    counts = {one.area: (one.answered, one.asked) for one in case.coverage.areas}
    for verdict in case.verdicts:
        areas.setdefault(verdict.area, []).append(verdict)
    return [
        Verdict(
            dimension="",
            area=area,
            certain=max((one.certain for one in group), key=rank),
            possible=max((one.possible for one in group), key=rank),
            answered=counts.get(area, (0, 0))[0],
            asked=counts.get(area, (0, 0))[1],
            enough=all(one.enough for one in group),
        )
        for area, group in areas.items()
    ]


def in_one_sentence(
    case: CaseResult,
    concerns: Sequence[Finding],
    unknown: Sequence[Finding],
    strengths: Sequence[Strength],
    *,
    first_look: bool = False,
) -> str:
    """Return how a case stands: what is there first, then what needs attention, by area."""
    acts = [
        _areas(verb, (one.area for one in concerns if one.severity == level))
        for level, verb in (
            ("high", "to act now in"),
            ("medium", "to plan ahead in"),
            ("low", "to keep something in mind in"),
        )
    ]
    parts = [_areas("there is something to build on in", (one.area for one in strengths))]
    if concerns:
        parts.append(f"it would help {joined([act for act in acts if act])}")
    elif not case.coverage.answered:
        parts.append("little can be said yet")
    else:
        enough = case.coverage.answered >= FLOOR * case.coverage.asked and not first_look
        parts.append(NONE_FOLLOWS if enough else NOTHING)
    if unknown:
        verb = "is" if len(unknown) == 1 else "are"
        parts.append(f"{count(len(unknown), 'point')} {verb} not known yet and could change this")
    sentence = "; ".join(part for part in parts if part)
    return f"{sentence[:1].upper()}{sentence[1:]}."


def _areas(verb: str, areas: Iterable[str]) -> str:
    names = [titled(area).lower() for area in dict.fromkeys(areas)]
    if len(names) > AREAS + 1:
        names = [*names[:AREAS], count(len(names) - AREAS, "more area")]
    # A comma also before the last: many areas have an "and" in their names.
    if len(names) > 1:
        names = [*names[:-2], f"{names[-2]}, and {names[-1]}"]
    return f"{verb} {', '.join(names)}" if names else ""


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
