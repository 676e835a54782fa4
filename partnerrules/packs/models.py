"""The shapes of the files of a pack, checked by pydantic."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

FactType = Literal[
    "yes_no", "choice", "choices", "number", "share", "count", "text", "date",
    "reference", "references",
]  # fmt: skip
Level = Literal["low", "medium", "high"]


def _flag(value: Any) -> Any:
    """Read yes and no, which are words in YAML 1.2, as what they say."""
    return {"yes": True, "no": False}.get(value, value) if isinstance(value, str) else value


Flag = Annotated[bool, BeforeValidator(_flag)]
Condition = dict[str, Any] | list[Any]


class Model(BaseModel):
    """What all files of a pack have in common: nothing unknown, nothing changed later."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Fact(Model):
    """One thing that people can be asked, or that is derived from what they said."""

    type: FactType
    title: str = ""
    choices: dict[str, str] = {}
    ordered: Flag = False
    to: str = ""
    """The entity that a reference points to."""
    unit: str = ""
    min: float | None = None
    max: float | None = None
    may_be_na: Flag = False
    may_be_never: Flag = False
    derived: Flag = False
    asked_when: Condition = {}
    needs_source: Flag = False
    sensitive: Flag = False
    can_change: Flag = True
    question: str = ""
    help: str = ""
    ask: str | list[str] = ""
    source_kind: str | list[str] = Field(default="", alias="from")
    minutes: float = 1
    dimension: str = ""
    was: str | list[str] = ""


class Group(Model):
    """A block of facts of the partnership as a whole."""

    title: str = ""
    """Empty where a pack adds facts to the group of a pack that it requires."""
    dimension: str = ""
    facts: dict[str, Fact] = {}


class Entity(Model):
    """A kind of thing of which there are several: listed in the case, or fixed by the pack.

    With neither `collection` nor `members` it adds facts to one of a pack that is required.
    """

    title: str = ""
    collection: str = ""
    dimension: str = ""
    members: dict[str, str] = {}
    facts: dict[str, Fact] = {}


class Measure(Model):
    """A number that is worked out from answers."""

    title: str = ""
    per: dict[str, str] = Field({}, alias="for")
    over: dict[str, str] = {}
    where: Condition = {}
    or_answer: str = ""
    count: dict[str, str] | None = None
    count_values: str | None = None
    size: str | None = None
    sum: str | None = None
    mean: str | None = None
    min: str | None = None
    max: str | None = None
    range: str | None = None
    top: dict[str, Any] | None = None
    share: Condition | None = None
    ratio: list[str] | None = None
    difference: list[str] | None = None
    months_between: list[str] | None = None
    points: list[Condition] | None = None


class VocabularyFile(Model):
    """One file under vocabulary/."""

    groups: dict[str, Group] = {}
    entities: dict[str, Entity] = {}
    measures: dict[str, Measure] = {}


class Parameter(Model):
    """A threshold with where it comes from."""

    value: Any
    unit: str = ""
    basis: Literal["sourced", "convention", "default"]
    source: str = ""
    why: str = ""


class Dimension(Model):
    """A dimension and the area under which people read it."""

    title: str
    area: str = ""


class PackFile(Model):
    """pack.yaml."""

    schema_: Literal["partnerrules.pack/1"] = Field(alias="schema")
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")
    version: str
    title: str
    license: str = ""
    attribution: str = ""
    language: str = "en"
    requires: list[str] = []
    prefix: str = ""
    """What the ids of its rules begin with, followed by a dash."""
    based_on: str = ""
    changed: str = ""
    dimensions: dict[str, Dimension] = {}
    areas: dict[str, str] = {}
    stages: dict[str, Condition] = {}
    stage_fact: str = ""
    name_fact: str = ""
    parameters: dict[str, Parameter] = {}


class Advice(Model):
    """What could help: an act, with steps where it has several, and who could act."""

    says: str
    steps: list[str] = []
    who: str | list[str] = []
    """Who could act, in words: the lead, all partners together."""
    builds: Flag = False
    """Whether it founds something new, which is out of season while closing."""

    @property
    def roles(self) -> tuple[str, ...]:
        """Return who could act, each apart."""
        return tuple(one for one in ([self.who] if isinstance(self.who, str) else self.who) if one)


def _advice(value: Any) -> Any:
    """Read a sentence alone as advice that says it."""
    return {"says": value} if isinstance(value, str) else value


ByStage = dict[
    str, Annotated[Advice, BeforeValidator(_advice, json_schema_input_type=str | Advice)]
]
"""Advice by stage; `default` where a stage has none of its own."""


class Alternative(Model):
    """One way in which a rule is of concern."""

    level: Level
    when: Condition = {}
    says: str
    needs_tie: Any = None
    remediation: ByStage = {}
    """By stage, in place of the rule's where this decided a concern."""


class Option(Model):
    """One value of a derived fact and when it holds."""

    value: Any
    when: Condition = {}


class Derive(Model):
    """How a derived fact is worked out: the first option that holds, or a member of a set."""

    fact: str
    first_of: list[Option] = []
    otherwise: Any = None
    add: Any = None
    when: Condition = {}


class Conclusion(Model):
    """Another rule's conclusion."""

    rule: str
    subject: str | list[str] = []
    at_least: Level = "low"
    to: Level = "high"


class Target(Model):
    """What a guard acts on."""

    rules: list[str] = []
    dimensions: list[str] = []
    due: list[str] = []
    except_: list[str] = Field([], alias="except")
    subject: str = ""

    def means(self, rule: Rule) -> bool:
        """Say whether a guard acts on the findings of a rule, whoever they are about."""
        if rule.id in self.except_:
            return False
        named = rule.id in self.rules or rule.dimension in self.dimensions
        return named or not set(rule.due).isdisjoint(self.due)


class Subsumes(Model):
    """The rules whose findings are told under a subsuming one."""

    rules: list[str]


class Rule(Model):
    """One file of a dimension folder."""

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")
    name: str
    title: str
    kind: Literal["check", "compound", "derive", "guard", "subsume"] = "check"
    dimension: str = ""
    lessons: list[str] = []
    sources: list[str] = []
    due: list[str] = []
    for_each: dict[str, str] = {}
    unordered: Flag = False
    applies: Condition = {}
    given: Condition = {}
    concern: dict[str, Alternative] = {}
    open: str = ""
    sound: str = ""
    why: str = ""
    remediation: ByStage = {}
    harm: Flag = False
    limit: Flag = False
    parts: list[Conclusion] = []
    raises: list[Conclusion] = []
    subsumes: Subsumes | None = None
    derive: Derive | None = None
    when: Condition = {}
    target: Target | None = None
    lower: int = 0
    cap: Level | None = None
    not_due: Flag = False
    drop: Flag = False
    note: str = ""
    was: str | list[str] = ""
    """Ids that the rule had before: they stay valid wherever people name a rule."""
    tags: dict[str, Any] = {}
    examples: list[dict[str, Any]] = []
