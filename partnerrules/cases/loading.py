"""Reading a case file by the vocabulary of the packs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING, Any

from partnerrules.cases.answers import Answer
from partnerrules.cases.case import Case, Collection, Member
from partnerrules.cases.evidence import answers_as_members
from partnerrules.cases.plain import PlainReader
from partnerrules.cases.references import (
    Keys,
    items_under,
    readers_of_references,
    reference_problems,
    under,
)
from partnerrules.cases.typed import Refused
from partnerrules.cases.values import INFINITE
from partnerrules.documents import Document, Text, parse_text, read_document
from partnerrules.errors import CaseError, DocumentError, Problem, nearest
from partnerrules.packs import Library, Pack
from partnerrules.packs.builtin import ANSWER

if TYPE_CHECKING:
    from partnerrules.cases.attestations import Attestations


def load_case(
    path: str | PathLike[str],
    packs: Iterable[Pack],
    *,
    attestations: str | PathLike[str] = "",
) -> Case:
    """Read one case file, with the answers that a file of attestations gives.

    Raises CaseError with every problem of the case, DocumentError with those of the attestations.
    """
    return reader_of(Library(packs), attestations).read(path)


def reader_of(library: Library, attestations: str | PathLike[str] = "") -> CaseReader:
    """Return a reader of cases; raises DocumentError where attestations are wrong."""
    if not attestations:
        return CaseReader(library)
    # They wait: most runs have none.
    from partnerrules.cases.attestations import read_attestations

    return CaseReader(library, read_attestations(attestations, library))


class CaseReader:
    """Reads many case files with one vocabulary."""

    def __init__(self, library: Library, attestations: Attestations | None = None) -> None:
        self.library = library
        self.attestations = attestations
        self.plain = PlainReader(library)
        self.references = readers_of_references(library)

    def read(self, file: str | PathLike[str] | Text, *, shown_as: str | None = None) -> Case:
        """Read one file, named otherwise or not, or a text that was found in one.

        Raises CaseError.
        """
        try:
            if isinstance(file, Text):
                return self.parse(parse_text(file))
            return self.parse(read_document(file, shown_as=shown_as))
        except DocumentError as error:
            raise CaseError(error.problems) from None

    def parse(self, document: Document) -> Case:
        """Read a document; raises CaseError with every problem."""
        if not isinstance(document.value, dict):
            text = "A case file is a mapping; start it with `schema: partnerrules.case/1`."
            raise CaseError([document.problem("not-a-case", (), text)])
        problems = [
            *_clashes(document, self.library),
            *reference_problems(document, self.references, self.library),
        ]
        said = self.plain.read(document.value)
        if said is None:
            said = self._checked(document, problems)
        if problems:
            raise CaseError(sorted(problems, key=_place))
        return self._case(said, document)

    @cached_property
    def schema(self) -> Any:
        """What pydantic checks a case with in which something may be wrong."""
        from partnerrules.cases.schema import case_schema

        return case_schema(self.library)

    def _checked(self, document: Document, problems: list[Problem]) -> dict[str, Any]:
        from pydantic_core import ValidationError

        said: dict[str, Any] = {}
        try:
            said = self.schema.validate_python(document.value)
        except ValidationError as error:
            problems.extend(self._explain(error.errors(include_url=False), document))
        return said

    def _case(self, said: dict[str, Any], document: Document) -> Case:
        answers: dict[str, Answer] = {}
        for group, facts in self.library.group_facts.items():
            block = said.get(group)
            if block:
                answers.update({f"{group}.{key}": block[key] for key in block if key in facts})
        collections = {
            entity: self._members(entity, said, document)
            for entity in self.library.entities
            if entity != ANSWER
        }
        places: dict[str, Any] = {}
        own = self.attestations.cases.get(said["case"]) if self.attestations else None
        if own:
            from partnerrules.cases.attested import attested

            found = attested(self.library, answers, collections, own, said["assessed_on"])
            answers, collections = dict(found.answers), dict(found.collections)
            places = {"attested": found.places, "remarks": found.remarks}
        collections[ANSWER] = (
            answers_as_members(self.library, answers, collections.values())
            if self.library.reads_answers
            else Collection(ANSWER)
        )
        return Case(
            said["case"],
            said["assessed_on"],
            answers,
            collections,
            document,
            _notes(said.get("packs", ()), self.library),
            **places,
        )

    def _members(self, entity: str, said: dict[str, Any], document: Document) -> Collection:
        declared = self.library.entities[entity]
        if declared.members:
            fixed = [
                Member(entity, key, {"name": Answer("known", (words,))})
                for key, words in declared.members.items()
            ]
            return Collection(entity, tuple(fixed))
        keys = tuple(declared.collection.split("."))
        block, raw = under(said, keys), under(document.value, keys)
        if not declared.collection or block is None:
            return Collection(entity, complete=False, given=False)
        prefix = (*keys, "items") if isinstance(raw, dict) else keys
        members = []
        for number, item in enumerate(block.get("items", ())):
            identifier = item.pop("id")
            members.append(Member(entity, identifier, item, (*prefix, number)))
        return Collection(
            entity,
            tuple(members),
            block.get("complete", True),
            True,
            block.get("at_least", 0),
            block.get("at_most", INFINITE),
            keys,
        )

    def _explain(self, errors: Iterable[Any], document: Document) -> Iterator[Problem]:
        for item in errors:
            keys = _inside(document.value, item["loc"])
            code, text, near = item["type"], item["msg"], ""
            refused = item.get("ctx", {}).get("error")
            if isinstance(refused, Refused):
                code, text, near = "answer", refused.text, refused.nearest
                keys = (*keys, *refused.inside)
            elif code == "extra_forbidden":
                text = f'The key "{keys[-1]}" is not known here.'
                near = nearest(str(keys[-1]), self._valid(keys[:-1]))
            elif code == "missing":
                text = f'The key "{item["loc"][-1]}" is missing.'
                keys = keys[:-1]
            text = _EXPECTED.get(code, text)
            of_key = code == "extra_forbidden"
            yield document.problem(code.replace("_", "-"), keys, text, nearest=near, of_key=of_key)

    def _valid(self, keys: Keys) -> Iterable[str]:
        words = [key for key in keys if isinstance(key, str) and key != "items"]
        if not words:
            tops = (path.split(".")[0] for path in self.library.collections)
            return [*_HEAD, *self.library.group_facts, *tops]
        entity = self.library.collections.get(".".join(words))
        if entity is not None:
            if isinstance(keys[-1], int):
                return ["id", "name", *self.library.entities[entity].facts]
            return ["complete", "at_least", "at_most", "items"]
        inside = (p.removeprefix(f"{words[0]}.") for p in self.library.collections)
        return [*self.library.group_facts.get(words[0], {}), *inside]


_HEAD = ("schema", "case", "assessed_on", "packs", "assessment", "round")
_EXPECTED = {
    "dict_type": "Expected a mapping: keys, each with a colon and its answer.",
    "list_type": "Expected a list.",
    "string_type": "Expected a text.",
    "int_type": "Expected a whole number.",
    "greater_than_equal": "Expected a whole number from 0.",
    "bool_type": "Expected yes or no.",
}


def _place(problem: Problem) -> tuple[int, int]:
    return problem.line or 0, problem.column or 0


def _inside(value: Any, loc: Keys) -> Keys:
    """Return where something stands in the file; pydantic sees lists where `items` are wrapped."""
    keys: list[str | int] = []
    for part in loc:
        if part == "items" and isinstance(value, list):
            continue
        keys.append(part)
        value = value[part] if _leads(value, part) else None
    return tuple(keys)


def _leads(value: Any, part: str | int) -> bool:
    if isinstance(value, list):
        return isinstance(part, int) and part < len(value)
    return isinstance(value, dict) and part in value


def _clashes(document: Document, library: Library) -> Iterator[Problem]:
    """Yield a problem for each id that another member of the list has, in whatever case."""
    for path in library.collections:
        items, keys = items_under(document.value, tuple(path.split(".")))
        seen: dict[str, str] = {}
        for number, item in enumerate(items):
            name = str(item.get("id", "")) if isinstance(item, dict) else ""
            if name and name.casefold() in seen:
                other = seen[name.casefold()]
                also = "" if other == name else f' (as "{other}")'
                text = f'The id "{name}" is used twice{also} in {path}; give each member its own.'
                yield document.problem("clash", (*keys, number, "id"), text)
            seen.setdefault(name.casefold(), name)


def _notes(packs: Iterable[str], library: Library) -> tuple[str, ...]:
    loaded = {pack.id for pack in library.packs}
    return tuple(f"The pack {one} is named but not loaded." for one in packs if one not in loaded)
