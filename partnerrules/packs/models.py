"""The shapes of the files of a pack.

What a file says is checked by models of pydantic that are made from these (`validation.py`). These
are made without it: packs that were checked before need no second look, and no library for it.
"""

from typing import Annotated, Any, Literal

from partnerrules.packs.making import NO_ITEMS, NO_KEYS, Before, Key, Model, Pattern

FactType = Literal[
    "yes_no", "choice", "choices", "number", "share", "count", "text", "date",
    "reference", "references",
]  # fmt: skip
Level = Literal["low", "medium", "high"]


def _flag(value: Any) -> Any:
    """Read yes and no, which are words in YAML 1.2, as what they say."""
    return {"yes": True, "no": False}.get(value, value) if isinstance(value, str) else value


Flag = Annotated[bool, Before(_flag)]
Condition = dict[str, Any] | list[Any]


class Fact(Model):
    """One thing that people can be asked, or that is derived from what they said."""

    type: FactType
    title: str = ""
    choices: dict[str, str] = NO_KEYS
    ordered: Flag = False
    to: str = ""
    """The entity that a reference points to."""
    unit: str = ""
    min: float | None = None
    max: float | None = None
    may_be_na: Flag = False
    may_be_never: Flag = False
    derived: Flag = False
    asked_when: Condition = NO_KEYS
    needs_source: Flag = False
    sensitive: Flag = False
    can_change: Flag = True
    only_told: str = ""
    """Why no rule reads it, where it is good to know all the same."""
    question: str = ""
    help: str = ""
    ask: str | list[str] = ""
    source_kind: Annotated[str | list[str], Key("from")] = ""
    minutes: float = 1
    dimension: str = ""
    was: str | list[str] = ""


class Group(Model):
    """A block of facts of the partnership as a whole."""

    title: str = ""
    """Empty where a pack adds facts to the group of a pack that it requires."""
    dimension: str = ""
    facts: dict[str, Fact] = NO_KEYS


class Entity(Model):
    """A kind of thing of which there are several: listed in the case, or fixed by the pack.

    With neither `collection` nor `members` it adds facts to one of a pack that is required.
    """

    title: str = ""
    collection: str = ""
    dimension: str = ""
    members: dict[str, str] = NO_KEYS
    facts: dict[str, Fact] = NO_KEYS


class Measure(Model):
    """A number that is worked out from answers."""

    title: str = ""
    per: Annotated[dict[str, str], Key("for")] = NO_KEYS
    over: dict[str, str] = NO_KEYS
    where: Condition = NO_KEYS
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

    groups: dict[str, Group] = NO_KEYS
    entities: dict[str, Entity] = NO_KEYS
    measures: dict[str, Measure] = NO_KEYS


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

    schema_: Annotated[Literal["partnerrules.pack/1"], Key("schema")]
    id: Annotated[str, Pattern(r"^[a-z0-9][a-z0-9-]{0,63}$")]
    version: str
    title: str
    license: str = ""
    attribution: str = ""
    language: str = "en"
    requires: list[str] = NO_ITEMS
    prefix: str = ""
    """What the ids of its rules begin with, followed by a dash."""
    based_on: str = ""
    changed: str = ""
    dimensions: dict[str, Dimension] = NO_KEYS
    areas: dict[str, str] = NO_KEYS
    stages: dict[str, Condition] = NO_KEYS
    stage_fact: str = ""
    name_fact: str = ""
    parameters: dict[str, Parameter] = NO_KEYS


class Advice(Model):
    """What could help: an act, with steps where it has several, and who could act."""

    says: str
    steps: list[str] = NO_ITEMS
    who: str | list[str] = NO_ITEMS
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


ByStage = dict[str, Annotated[Advice, Before(_advice, str | Advice)]]
"""Advice by stage; `default` where a stage has none of its own."""


class Alternative(Model):
    """One way in which a rule is of concern."""

    level: Level
    when: Condition = NO_KEYS
    says: str
    needs_tie: Any = None
    remediation: ByStage = NO_KEYS
    """By stage, in place of the rule's where this decided a concern."""


class Option(Model):
    """One value of a derived fact and when it holds."""

    value: Any
    when: Condition = NO_KEYS


class Derive(Model):
    """How a derived fact is worked out: the first option that holds, or a member of a set."""

    fact: str
    first_of: list[Option] = NO_ITEMS
    otherwise: Any = None
    add: Any = None
    when: Condition = NO_KEYS


class Conclusion(Model):
    """Another rule's conclusion."""

    rule: str
    subject: str | list[str] = NO_ITEMS
    at_least: Level = "low"
    to: Level = "high"


class Target(Model):
    """What a guard acts on."""

    rules: list[str] = NO_ITEMS
    dimensions: list[str] = NO_ITEMS
    due: list[str] = NO_ITEMS
    except_: Annotated[list[str], Key("except")] = NO_ITEMS
    subject: str = ""

    def means(self, rule: "Rule") -> bool:
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

    id: Annotated[str, Pattern(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
    name: str
    title: str
    kind: Literal["check", "compound", "derive", "guard", "subsume"] = "check"
    dimension: str = ""
    lessons: list[str] = NO_ITEMS
    decides: dict[str, list[str] | dict[str, str | list[str]]] = NO_KEYS
    """Of a lesson, which alternatives or fixed members decide it, where not all of them do."""
    sources: list[str] = NO_ITEMS
    due: list[str] = NO_ITEMS
    for_each: dict[str, str] = NO_KEYS
    unordered: Flag = False
    applies: Condition = NO_KEYS
    given: Condition = NO_KEYS
    concern: dict[str, Alternative] = NO_KEYS
    open: str = ""
    sound: str = ""
    why: str = ""
    remediation: ByStage = NO_KEYS
    harm: Flag = False
    limit: Flag = False
    non_waivable: Flag = False
    """Whether no waiver sets aside what it finds."""
    parts: list[Conclusion] = NO_ITEMS
    raises: list[Conclusion] = NO_ITEMS
    subsumes: Subsumes | None = None
    derive: Derive | None = None
    when: Condition = NO_KEYS
    target: Target | None = None
    lower: int = 0
    cap: Level | None = None
    not_due: Flag = False
    drop: Flag = False
    note: str = ""
    was: str | list[str] = ""
    """Ids that the rule had before: they stay valid wherever people name a rule."""
    tags: dict[str, Any] = NO_KEYS
    examples: list[dict[str, Any]] = NO_ITEMS
