"""The texts of a pack: its sentences, its questions, and how they are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from partnerrules.authoring import words
from partnerrules.packs import Library, Pack
from partnerrules.packs.library import words as listed
from partnerrules.packs.models import Fact, Rule
from partnerrules.packs.placeholders import texts
from partnerrules.packs.places import Fault
from partnerrules.packs.walk import Keys

Look = Callable[[str], Iterable[words.Told]]

APART = {"each_partner", "participants"}
"""Who answers apart from the others, so that a sensitive answer can be given."""


def sentence_faults(rule: Rule, path: str) -> Iterator[Fault]:
    """Yield what to change about the sentences of a rule and about its name."""
    for keys, text in texts(rule):
        looks: list[Look] = [words.unkind]
        if "remediation" in (keys[0], *keys[2:3]):
            looks.append(words.role if keys[-1] == "who" else words.advice)
        elif keys[0] in ("concern", "open", "sound"):
            looks.append(words.message)
        elif keys[0] in ("why", "note"):
            looks += [words.sentence, partial(words.short, most=words.MESSAGE)]
        yield from _told(path, keys, text, *looks)
    yield from _told(path, ("name",), rule.name.replace("-", " "), words.unkind)


def vocabulary_faults(pack: Pack) -> Iterator[Fault]:
    """Yield what to change about facts, questions and lessons, and facts nobody is asked for."""
    for place, keys, fact in _facts(pack):
        yield from _told(place, (*keys, "title"), fact.title, words.unkind)
        yield from _told(place, (*keys, "help"), fact.help, words.unkind, _help)
        for choice, text in fact.choices.items():
            yield from _told(place, (*keys, "choices", choice), text, words.unkind)
        if fact.question:
            asked: Keys = (*keys, "question")
            yield from _told(place, asked, fact.question, words.unkind, words.question)
        elif not fact.derived:
            text = f"{keys[1]}.{keys[3]} has no question: nobody can be asked."
            yield Fault("no-question", place, keys, text)
    for name, question in pack.questions.items():
        place, keys = pack.place("question", name), ("questions", name)
        asked = (*keys, "question")
        if question.own:
            yield from _told(place, asked, question.question, words.unkind, words.question)
        yield from _told(place, (*keys, "help"), question.help, words.unkind, _help)
        for choice, told in question.choices.items():
            yield from _told(place, (*keys, "choices", choice), told.says, words.unkind)
    for name, lesson in pack.lessons.items():
        where: Keys = ("lessons", name, "says")
        yield from _told(pack.place("lesson", name), where, lesson.says, words.unkind)


def question_notes(library: Library, pack: Pack) -> Iterator[Fault]:
    """Yield questions that seem to ask two things, and sensitive ones that are not asked apart."""
    for place, keys, fact in _facts(pack):
        yield from _told(place, (*keys, "question"), fact.question, words.joined)
        if fact.sensitive and fact.question and not APART & set(listed(fact.ask)):
            yield _together(place, (*keys, "sensitive"), f"{keys[1]}.{keys[3]}")
    for name, question in pack.questions.items():
        place, keys = pack.place("question", name), ("questions", name)
        if len(question.facts) == 1:
            yield from _told(place, (*keys, "question"), question.question, words.joined)
        if APART & set(listed(library.questions[name].ask)):
            continue
        if question.sensitive:
            yield _together(place, (*keys, "sensitive"), name)
        for path in question.facts:
            settled = library.declared.get(library.inner(path))
            if settled is not None and settled.sensitive:
                yield _together(place, keys, path)


def _together(place: str, keys: Keys, name: str) -> Fault:
    text = f"{name} is sensitive: ask it of each partner apart (`ask: each_partner`)."
    return Fault("sensitive-not-apart", place, keys, text)


def _facts(pack: Pack) -> Iterator[tuple[str, Keys, Fact]]:
    for name, group in pack.groups.items():
        for short, fact in group.facts.items():
            yield pack.place("group", name), ("groups", name, "facts", short), fact
    for name, entity in pack.entities.items():
        for short, fact in entity.facts.items():
            yield pack.place("entity", name), ("entities", name, "facts", short), fact


def _help(text: str) -> Iterator[words.Told]:
    return words.short(text, words.HELP)


def _told(place: str, keys: Keys, text: str, *looks: Look) -> Iterator[Fault]:
    for look in looks:
        yield from (Fault(code, place, keys, told) for code, told in look(text))
