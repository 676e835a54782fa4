"""The shapes of what stands beside the rules: questions, sets, lessons, sources, profiles."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal, TypeVar

from partnerrules.packs.making import NO_ITEMS, NO_KEYS, Key, Model
from partnerrules.packs.models import Condition, Flag, Level


class Choice(Model):
    """One answer to a question, and what it says in the words of the vocabulary."""

    says: str
    sets: dict[str, Any] = NO_KEYS
    """Fact, by its path in a case file, to the value that this choice gives it."""


class Question(Model):
    """What people are asked; one question may settle several facts."""

    question: str = ""
    """Empty where a pack adds facts to the question of a pack that it requires."""
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
    def own(self) -> bool:
        """Whether it is a question of its own, and adds to none."""
        return bool(self.question)

    def with_more(self, more: "Question") -> "Question":
        """Return it with the facts that another pack adds."""
        return self.but(sets=[*self.sets, *more.sets])

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
    title: str = ""
    """Empty where a pack adds questions to the set of a pack that it requires."""
    minutes: float = 0
    """Of the talk; 0 where those of the questions count."""
    before: list[str] = NO_ITEMS
    """What whoever runs the check looks up before the talk."""
    questions: list[str] = NO_ITEMS
    """Ids of questions, and paths of facts whose own question is asked."""
    after: dict[str, list[str]] = NO_KEYS
    """What is added to such a set, by the question after which it is asked."""
    short_form: list[str] = NO_ITEMS
    """Those of the questions that every partner is asked apart."""

    @property
    def own(self) -> bool:
        """Whether it is a set of its own, and adds to none."""
        return bool(self.title)

    @property
    def every(self) -> list[str]:
        """All that is asked, what is looked up before the talk first."""
        return [*self.before, *self.questions]

    def with_more(self, more: "QuestionSet") -> "QuestionSet":
        """Return it with what another pack adds: after the questions it names, or at the end.

        What is asked already is not asked again.
        """
        asked = {
            "before": [*_placed(self.before, more), *more.before],
            "questions": [*_placed(self.questions, more), *more.questions],
            "short_form": [*self.short_form, *more.short_form],
        }
        once = {key: list(dict.fromkeys(items)) for key, items in asked.items()}
        return self.but(minutes=self.minutes + more.minutes, **once)


def _placed(items: Iterable[str], more: QuestionSet) -> Iterator[str]:
    for item in items:
        yield item
        yield from more.after.get(item, ())


Asked = TypeVar("Asked", Question, QuestionSet)
"""What one pack may have and another add to."""


class Lesson(Model):
    """What others paid for, in a sentence."""

    says: str
    source: str = ""
    note: str = ""
    outside: str = ""
    """Why no rule rests on it, or on a part of it."""


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
