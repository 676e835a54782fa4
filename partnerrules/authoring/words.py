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
    r"paraly[sz]\w*": "say what has not yet been decided",
    r"deteriorat\w*": "say what nobody has looked at",
}
"""Pattern to what to write instead; the report is of a partnership, for those who are in it."""

_FORBIDDEN = re.compile(r"\b(?:" + "|".join(FORBIDDEN) + r")\b", re.IGNORECASE)
_LOADED = re.compile(
    r"\b\w+n't (you|they|it|the|there|he|she|this|that|we)\b"
    r"|\b(surely|of course|obviously|do you agree|would you not|do you not)\b",
    re.IGNORECASE,
)
_TWO = re.compile(
    r"\band (who|whom|whose|what|when|where|why|how|which|whether|does?|did|is|are|has|have|can)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\{[^{}]*\}")
_NO_ACT = re.compile(
    r"(an?|all|any|each|every|he|if|it|no|not|partners|she|some|somebody|that|the|their|there|these"
    r"|they|this|those|we|you|your)\b",
    re.IGNORECASE,
)
Told = tuple[str, str]
"""The code of what is to be mended, and a sentence that says what to change."""

STEP = 160
"""Characters of one sentence of advice: two lines of a screen, read in one go."""
MESSAGE = 200
"""Characters of what is found and why it matters: people read several of them one after another."""
QUESTION = 160
"""Characters of a question: it is read aloud, and whoever answers has to keep all of it in mind."""
HELP = 200
"""Characters of help to a question: more is a second question, or belongs into a lesson."""


def unkind(text: str) -> Iterator[Told]:
    """Yield what to change about words that a reader would take as a verdict."""
    for match in _FORBIDDEN.finditer(_PLACE.sub("", text)):
        instead = next(say for word, say in FORBIDDEN.items() if re.fullmatch(word, match[0], re.I))
        yield "judging-word", f'The word "{match[0]}": {instead}.'


def message(text: str) -> Iterator[Told]:
    """Yield what to change about a sentence that says what is found."""
    if re.search(r"\bshould\b", text, re.IGNORECASE):
        told = "It says what is there, and advice says what could help: leave out should."
        yield "should-in-message", told
    yield from sentence(text)
    yield from short(text, MESSAGE)


def advice(text: str) -> Iterator[Told]:
    """Yield what to change about advice: each is an act, in the imperative."""
    yield from sentence(text)
    first = _NO_ACT.match(text)
    if first:
        told = f'Advice is an act, in the imperative: begin with a verb, not with "{first[0]}".'
        yield "advice-is-no-act", told
    for one in re.split(r"(?<=[.;]) ", text):
        if len(one) > STEP:
            told = f"A step of {len(one)} characters: {STEP} can be read in one go."
            yield "too-long", told


def role(text: str) -> Iterator[Told]:
    """Yield what to change about who could act: a part that somebody has, never a name."""
    if _PLACE.search(text) or text.endswith(".") or text[:1].isupper():
        told = "Say by its part who could act, such as `the chair`: no name, no capital, no stop."
        yield "who-is-no-role", told


def question(text: str) -> Iterator[Told]:
    """Yield what to change about a question."""
    if text.count("?") > 1:
        yield "double-question", "Ask one thing at a time: there are two question marks."
    elif not text.endswith("?"):
        yield "no-question-mark", "A question ends with a question mark."
    loaded = _LOADED.search(text)
    if loaded:
        told = f'"{loaded[0]}" tells what answer is hoped for: ask so that each can be given.'
        yield "loaded-question", told
    yield from short(text, QUESTION)


def joined(text: str) -> Iterator[Told]:
    """Yield where a question that settles one fact seems to ask two things."""
    two = _TWO.search(text)
    if two and text.count("?") == 1:
        yield "joined-question", f'This settles one fact and seems to ask a second: "{two[0]} ...".'


def sentence(text: str) -> Iterator[Told]:
    """Yield what to change about any sentence."""
    if not text.endswith("."):
        yield "sentence-form", "A sentence ends with a full stop."
    if text[:1].islower():
        yield "sentence-form", "A sentence begins with a capital letter."


def short(text: str, most: int) -> Iterator[Told]:
    """Yield where a text is longer than people read, or hear, in one go."""
    if len(text) > most:
        yield "too-long", f"These are {len(text)} characters: {most} can be read in one go."
