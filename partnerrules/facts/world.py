"""What is known while one case is evaluated: answers, derived facts, conclusions so far."""

from __future__ import annotations

import datetime
from collections.abc import Container
from typing import Any

from partnerrules.cases import Case, Member
from partnerrules.cases.answers import NOT_ASKED, Answer
from partnerrules.cases.case import UNNAMED
from partnerrules.cases.evidence import alike
from partnerrules.cases.values import INFINITE, Days, Items
from partnerrules.findings import rank
from partnerrules.packs.builtin import ANSWER
from partnerrules.packs.models import Fact

Env = dict[str, Member]
Subject = tuple[str, ...]


class Standing:
    """How far a rule's own conditions go for one subject."""

    def __init__(self, applies: int, due: int) -> None:
        self.certain: str | None = None
        """The worst level that follows from the answers."""
        self.possible: str | None = None
        """The worst level that could be."""
        self.sound = 0
        """How certainly the rule holds without a concern: 0, 1 or 2; beside what is only possible
        it is worked out where it is read."""
        self.applies = applies
        self.due = due
        self.grade = 0
        """How far it goes: 0; 1 to 3 for a possible level; 4 to 6 for a certain one."""
        self.decisive: dict[int, str] = {}
        """Grade to the key of the first alternative that led to it."""
        self.rests: dict[int, tuple[Evidence, ...]] = {}
        """In a circle: grade to what the conclusion rested on when it first came to it."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Standing) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]


class World:
    """One case under evaluation; only the chain writes to it."""

    def __init__(self, case: Case, drawn: Container[str] = ()) -> None:
        self.case = case
        self.answers: dict[str, Answer] = {
            "assessed_on": Answer("known", (Days(case.assessed_on, case.assessed_on),)),
            **case.answers,
        }
        """Those to facts of the partnership, by path: stated, and given by rules and measures."""
        self.drawn = drawn
        """The facts, as `group.fact` or `entity.fact`, that rules and measures give."""
        self.day: datetime.date = case.assessed_on
        self.derived: dict[tuple[str, str], Answer] = {}
        """What rules and measures give of members, by `entity.fact` and id."""
        self.standing: dict[str, dict[Subject, Standing]] = {}
        self.bindings: dict[int, dict[Subject, list[Env]]] = {}
        """What the engine matched: by node, by the members bound around it."""
        self.added: dict[tuple[str, str], dict[str, tuple[Evidence, ...]]] = {}
        """In a circle: what each value of a derived set rested on when it was first certain."""
        self.settled = False
        """Whether what is read now is drawn for good, so that what was found once can be kept."""
        self.found: dict[tuple[object, ...], list[tuple[int, Env]]] = {}
        """What statements about members have found, where that is settled."""
        self.ways: dict[tuple[object, ...], list[tuple[Subject, Env]]] = {}
        """The ways to bind variables to members, each with the ids of these."""
        self._alike: dict[str, list[list[int]]] = {}
        self._answers: dict[tuple[str, str, str], Evidence] = {}
        self._evidence: dict[tuple[object, ...], Evidence] = {}
        self._members = {key: _with_unnamed(case, key) for key in case.collections}

    def members(self, entity: str) -> list[Member]:
        """Return the named members, and the unnamed one where there may be more."""
        return self._members[entity]

    def alike(self, name: str) -> list[list[int]]:
        """Return the places of the answers of the case by what is said of them under a name."""
        found = self._alike.get(name)
        if found is None:
            found = self._alike[name] = alike(self._members[ANSWER], name)
        return found

    def most_named(self, fact: Fact) -> float:
        """Return how many members there are at most to whom a list of references may refer."""
        if fact.type != "references":
            return INFINITE
        collection = self.case.collections[fact.to]
        return len(collection.members) + collection.more[1]

    def answer(self, path: str) -> Answer:
        """Return the answer to a fact of the partnership."""
        return self.answers.get(path, NOT_ASKED)

    def kept_at(self, path: str, member: str) -> tuple[dict[Any, Any], Any]:
        """Return where an answer belongs that is given of a member, or without one."""
        # What a case states itself goes before.
        own = member or path in self.case.answers
        return (self.derived, (path, member)) if own else (self.answers, path)

    def member_answer(self, member: Member, name: str) -> Answer:
        """Return the answer to a fact of a member."""
        found = member.answers.get(name)
        if found is not None:
            return found
        return self.derived.get((f"{member.entity}.{name}", member.id), NOT_ASKED)

    def evidence(self, member: Member | None, name: str) -> Evidence:
        """Return the answer to a fact, of a member or of the partnership, as evidence."""
        if not self.settled:
            return self._as_evidence(member, name)
        key = (name, member.entity, member.id) if member else (name, "", "")
        found = self._answers.get(key)
        if found is None:
            found = self._answers[key] = self._as_evidence(member, name)
        return found

    def _as_evidence(self, member: Member | None, name: str) -> Evidence:
        answer = self.member_answer(member, name) if member else self.answer(name)
        path = f"{member.entity}.{name}" if member else name
        subject = (member.id,) if member else ()
        kind = "derived" if path in self.drawn else "answer"
        drawn = _size(answer) if kind == "derived" else 0
        key = (kind, path, subject, drawn)
        found = self._evidence.get(key)
        if found is None:
            found = Evidence(kind, name, subject, path, member=member, value=answer, drawn=drawn)
            self._evidence[key] = found
        return found

    def conclusion(self, rule: str, subject: Subject, drawn: int) -> Evidence:
        """Return what a rule says of a subject, at the grade that it was drawn at, as evidence."""
        key = ("conclusion", rule, subject, drawn)
        found = self._evidence.get(key)
        if found is None:
            found = Evidence("conclusion", rule, subject, rule, drawn=drawn)
            self._evidence[key] = found
        return found

    def absence(self, entities: str, looked_at: tuple[Evidence, ...]) -> Evidence:
        """Return that nothing fits among members of entities, and what speaks against each."""
        key = ("absence", entities, looked_at)
        found = self._evidence.get(key)
        if found is None:
            found = Evidence("absence", entities, (), entities, below=looked_at)
            self._evidence[key] = found
        return found

    def level(self, rule: str, subject: Subject, at_least: str) -> int:
        """Return how certainly a rule is of concern at a level: 0, 1 or 2."""
        standing = self.standing.get(rule, {}).get(subject)
        if standing is None:
            return 0
        wanted = rank(at_least)
        if rank(standing.certain) >= wanted:
            return 2
        return int(rank(standing.possible) >= wanted)


def _with_unnamed(case: Case, entity: str) -> list[Member]:
    collection = case.collections[entity]
    members = list(collection.members)
    if collection.more[1] > 0:
        members.append(Member(entity, UNNAMED, {}, collection.keys))
    return members


def _size(answer: Answer) -> int:
    return sum(len(v.must) + len(v.may or ()) for v in answer.values or () if isinstance(v, Items))


class Evidence:
    """One thing that a truth rests on: an answer, a conclusion, or something not found.

    A world makes each of its own once, so that two of them are the same or different things.
    """

    __slots__ = ("below", "drawn", "entity", "key", "kind", "member", "path", "subject", "value")

    def __init__(
        self,
        kind: str,
        key: str,
        subject: Subject,
        path: str,
        *,
        member: Member | None = None,
        value: Any = None,
        drawn: int = 0,
        below: tuple[Evidence, ...] = (),
    ) -> None:
        self.kind = kind
        """answer, derived (an answer that rules or measures give), conclusion or absence."""
        self.key = key
        self.subject = subject
        self.member = member
        self.entity = member.entity if member else ""
        self.value = value
        self.drawn = drawn
        """Of a conclusion its grade, of a derived set its size, when it was read: what is read in
        a circle may grow later, and then rest on what was drawn from it."""
        self.below = below
        self.path = path
        """Of an answer the fact that it is about, as `group.fact` or `entity.fact`."""
