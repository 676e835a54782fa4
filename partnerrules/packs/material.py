"""The shapes of what stands beside the rules: questions, sets, lessons, sources, profiles."""

from typing import Annotated, Any, Literal

from partnerrules.packs.making import NO_ITEMS, NO_KEYS, Key, Model
from partnerrules.packs.models import Condition, Flag, Level


class Choice(Model):
    """One answer to a question, and what it says in the words of the vocabulary."""

    says: str
    sets: dict[str, Any] = NO_KEYS
    """Fact, by its path in a case file, to the value that this choice gives it."""


class Question(Model):
    """What people are asked; one question may settle several facts."""

    question: str
    choices: dict[str, Choice] = NO_KEYS
    sets: list[str] = NO_ITEMS
    """Facts, by their path in a case file, that the answer settles beside the choices."""
    asked_when: Condition = NO_KEYS
    ask: str | list[str] = ""
    source_kind: Annotated[str | list[str], Key("from")] = ""
    minutes: float = 1
    sensitive: Flag = False
    help: str = ""

    @property
    def facts(self) -> list[str]:
        """All facts that it settles, each once, by their path in a case file."""
        chosen = (path for choice in self.choices.values() for path in choice.sets)
        return list(dict.fromkeys([*self.sets, *chosen]))


class QuestionsFile(Model):
    """One file under questions/."""

    questions: dict[str, Question]


class QuestionSet(Model):
    """One file under sets/: what is asked in one talk, in order."""

    id: str
    title: str
    minutes: float = 0
    questions: list[str]
    """Ids of questions, and paths of facts whose own question is asked."""
    short_form: list[str] = NO_ITEMS
    """Those of the questions that every partner is asked apart."""


class Lesson(Model):
    """What others paid for, in a sentence."""

    says: str
    source: str = ""
    note: str = ""
    outside: str = ""
    """Why no rule rests on it, where none does."""


class LessonsFile(Model):
    """lessons.yaml."""

    lessons: dict[str, Lesson] = NO_KEYS


class Source(Model):
    """A text on which lessons, rules or thresholds rest."""

    title: str
    author: str = ""
    year: int | None = None
    url: str = ""
    license: str = ""
    note: str = ""


class SourcesFile(Model):
    """sources.yaml."""

    sources: dict[str, Source] = NO_KEYS


class ChangedValue(Model):
    """Another value of a parameter, in the same unit, and why."""

    value: Any
    why: str
    basis: Literal["sourced", "convention", "default"] = "default"
    source: str = ""


class ChangedLevel(Model):
    """Another level of an alternative, or the highest that a rule may have, and why."""

    level: Level | None = None
    cap: Level | None = None
    why: str


class Profile(Model):
    """One file under profiles/: thresholds and levels for one kind of partnership."""

    id: str
    title: str
    parameters: dict[str, ChangedValue] = NO_KEYS
    """By the name of the parameter."""
    severities: dict[str, ChangedLevel] = NO_KEYS
    """By rule and alternative, for example `TRA-01.nobody_rooted_there`, or by rule for a cap."""
