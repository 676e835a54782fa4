"""Words and forms that the sentences of a pack keep away from."""

from __future__ import annotations

import re
from collections.abc import Iterator

FORBIDDEN = {
    r"fail\w*": "say what has not yet been agreed or done",
    r"violat\w*": "say what is of concern",
    r"weak\w*": "say what is still open",
    r"poor\w*": "say what is still open",
    r"deficit\w*": "say what is still open",
    r"inadequa\w*": "say what is still open",
    r"non-?complian\w*": "say what has not yet been agreed or done",
    r"captur\w*": "say who has the last word",
    r"dominat\w*": "say who has the last word",
    r"beneficiar\w*": "say participants, or whom the work is for",
    r"recipients?": "say participants, or whom the work is for",
    r"target groups?": "say participants, or whom the work is for",
    r"handout\w*": "say what is given",
}
"""Pattern to what to write instead; the report is of a partnership, for those who are in it."""

_FORBIDDEN = re.compile(r"\b(?:" + "|".join(FORBIDDEN) + r")\b", re.IGNORECASE)
_PLACE = re.compile(r"\{[^{}]*\}")
_NO_ACT = re.compile(
    r"(an?|all|any|each|every|he|if|it|no|not|partners|she|some|somebody|that|the|their|there|these"
    r"|they|this|those|we|you|your)\b",
    re.IGNORECASE,
)
MOST = 160
"""Characters of one sentence of advice."""


def unkind(text: str) -> Iterator[str]:
    """Yield what to change about words that a reader would take as a verdict."""
    for match in _FORBIDDEN.finditer(_PLACE.sub("", text)):
        instead = next(say for word, say in FORBIDDEN.items() if re.fullmatch(word, match[0], re.I))
        yield f'The word "{match[0]}": {instead}.'


def message(text: str) -> Iterator[str]:
    """Yield what to change about a sentence that says what is found."""
    if re.search(r"\bshould\b", text, re.IGNORECASE):
        yield "It says what is there, and advice says what could help: leave out should."
    yield from sentence(text)


def advice(text: str) -> Iterator[str]:
    """Yield what to change about advice: each is an act, in the imperative."""
    yield from sentence(text)
    first = _NO_ACT.match(text)
    if first:
        yield f'Advice is an act, in the imperative: begin with a verb, not with "{first[0]}".'
    for one in re.split(r"(?<=[.;]) ", text):
        if len(one) > MOST:
            yield f"A step of {len(one)} characters: {MOST} can be read in one go."


def question(text: str) -> Iterator[str]:
    """Yield what to change about a question."""
    if text.count("?") > 1:
        yield "Ask one thing at a time: there are two question marks."
    elif not text.endswith("?"):
        yield "A question ends with a question mark."


def sentence(text: str) -> Iterator[str]:
    """Yield what to change about any sentence."""
    if not text.endswith("."):
        yield "A sentence ends with a full stop."
    if text[:1].islower():
        yield "A sentence begins with a capital letter."
