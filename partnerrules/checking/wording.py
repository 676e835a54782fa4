"""How facts and their answers are called in proofs, whatever the case."""

from __future__ import annotations

from partnerrules.facts.world import Evidence
from partnerrules.packs import Library
from partnerrules.packs.models import Fact

STATUS_WORDS = {
    "not_asked": "nobody has asked yet",
    "dont_know": "asked, and not known",
    "declined": "asked, and not answered",
    "no_evidence_found": "looked for, and nothing found",
    "not_applicable": "does not apply",
}


class FactWords:
    """One fact or measure in words."""

    __slots__ = ("fact", "missing", "name", "title")

    def __init__(self, fact: Fact | None, name: str, title: str) -> None:
        self.fact = fact
        self.name = name
        """Its path as questions name it."""
        self.title = title
        self.missing = {
            status: f"{title}: {words}" for status, words in (*STATUS_WORDS.items(), *_OTHERS)
        }
        """How an answer without a value is told, by its status."""


_OTHERS = (("known", "known"), ("disputed", "disputed"))


class Wording:
    """The words for all facts of a library, each made when it is first spoken of."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._known: dict[tuple[str, str], FactWords] = {}

    def of(self, one: Evidence) -> FactWords:
        """Return the words for the fact behind an answer."""
        key = (one.key, one.entity)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._made(*key)
        return found

    def _made(self, key: str, entity: str) -> FactWords:
        library, name = self.library, key
        if entity:
            declared = library.entities[entity]
            fact = declared.facts.get(key)
            name = f"{declared.collection or entity}.{key}"
        else:
            fact = library.fact(key)
        measure = library.measures.get(key) if fact is None else None
        title = fact.title if fact else measure.title if measure else ""
        return FactWords(fact, name, title or _words(key, first=not entity))


def _words(path: str, *, first: bool) -> str:
    """Return the path of a fact as words; questions are too long to be read in a proof."""
    words = path.replace(".", " ").replace("_", " ")
    return words[:1].upper() + words[1:] if first else words
