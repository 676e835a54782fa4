"""What a bad answer to each question is, and which concerns belong to it (folder `bad`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from healthy import Healthy, Keys

from partnerrules.documents import read_document

FOLDER = Path(__file__).parent / "bad"
TOGETHER = FOLDER / "together.yaml"


@dataclass(frozen=True)
class Bad:
    """A bad answer to one question."""

    answer: Any
    """As a case file has it; `{without: [...]}` is the healthy list without these; a number
    stands for the partner at that place."""
    shows: tuple[str, ...]
    """The rules that must be of concern then, and no others."""
    because: str
    """Where no concern belongs to it by itself, the reason why."""
    elsewhere: tuple[tuple[str, tuple[str, ...]], ...] = field(default=())
    """Where something else shows: a case or case/member, with `*` for anything; first that fits."""

    def answer_in(self, case: Healthy, keys: Keys) -> Any:
        """Return the answer as it stands in this case."""
        if isinstance(self.answer, dict):
            gone = [_named(case, one) for one in self.answer["without"]]
            return [one for one in case.at(keys) if one not in gone]
        if isinstance(self.answer, list):
            return [_named(case, one) for one in self.answer]
        return _named(case, self.answer) if keys[-1] == "last_word" else self.answer

    def expected(self, case: Healthy, keys: Keys) -> set[str]:
        """Return the rules that must be of concern, without those that have nothing to say here."""
        place = "/".join(filter(None, (str(case), case.member(keys))))
        special = [shows for where, shows in self.elsewhere if fnmatchcase(place, where)]
        return set(special[0]) if special else set(self.shows) - silent(case).keys()


def _named(case: Healthy, one: Any) -> Any:
    return case.value["partners"][one - 1]["id"] if type(one) is int else one


def _bad(row: dict[str, Any]) -> Bad:
    known = {"answer", "shows", "because", "in"}
    assert row.keys() <= known, row
    elsewhere = tuple((where, tuple(shows)) for where, shows in row.get("in", {}).items())
    return Bad(row["answer"], tuple(row.get("shows", ())), row.get("because", ""), elsewhere)


@cache
def bad_answers() -> dict[str, list[Bad]]:
    """Return them by fact. A fact of a healthy case that is missing has not been thought about."""
    found: dict[str, list[Bad]] = {}
    for path in sorted({*FOLDER.glob("*.yaml")} - {TOGETHER}):
        for fact, rows in read_document(path).value.items():
            assert fact not in found, f"{path.name}: {fact} stands twice"
            found[fact] = [_bad(row) for row in rows]
    return found


def bad_together(case: Healthy) -> Iterator[tuple[str, dict[Keys, Any]]]:
    """Yield the rules that show where several answers are bad, each with these answers."""
    places: dict[str, list[Keys]] = {}
    for fact, keys in case.answers():
        places.setdefault(fact, []).append(keys)
    for row in read_document(TOGETHER).value:
        changes = {
            keys: _named(case, answer) if fact == "decision.last_word" else answer
            for fact, answer in row["answers"].items()
            for keys in places.get(fact, [tuple(fact.split("."))])
        }
        if row["shows"] not in silent(case):
            yield row["shows"], changes


@cache
def silent(case: Healthy) -> dict[str, str]:
    """Return the rules that have nothing to say in a healthy case, each with the reason."""
    rows = read_document(Path(__file__).parent / "silent.yaml").value
    here = [row for row in rows if any(fnmatchcase(str(case), one) for one in row["cases"])]
    return {rule: row["because"] for row in here for rule in row["rules"]}
