"""Reading a case file with models that are built from the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from os import PathLike
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, create_model
from pydantic.functional_validators import PlainValidator
from pydantic_core import PydanticCustomError

from partnerrules.cases.answers import NOT_ASKED, Answer, read_answer
from partnerrules.cases.case import Case, Collection, Member
from partnerrules.cases.values import INFINITE, Days, Items, parse_date
from partnerrules.documents import Document, read_document
from partnerrules.errors import CaseError, DocumentError, Problem, nearest
from partnerrules.packs import Library, Pack
from partnerrules.packs.models import Fact

SCHEMA = "partnerrules.case/1"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", protected_namespaces=())


def load_case(path: str | PathLike[str], packs: Iterable[Pack]) -> Case:
    """Read one case file; raises CaseError with every problem of the file."""
    return CaseReader(Library(packs)).read(path)


class CaseReader:
    """Reads many case files with one vocabulary."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.model = self._build()

    def read(self, path: str | PathLike[str]) -> Case:
        """Read one file; raises CaseError."""
        try:
            return self.parse(read_document(path))
        except DocumentError as error:
            raise CaseError(error.problems) from None

    def parse(self, document: Document) -> Case:
        """Read a document; raises CaseError with every problem."""
        if not isinstance(document.value, dict):
            text = "A case file is a mapping; start it with `schema: partnerrules.case/1`."
            raise CaseError([document.problem("not-a-case", (), text)])
        try:
            model = self.model.model_validate(document.value)
        except ValidationError as error:
            raise CaseError(self._explain(error, document)) from None
        case = self._case(model, document)
        problems = list(_reference_problems(case, self.library))
        if problems:
            raise CaseError(problems)
        return case

    def _build(self) -> type[_Model]:
        fields: dict[str, Any] = {
            "schema_": (Annotated[str, BeforeValidator(_schema)], Field(alias="schema")),
            "case": (Annotated[str, BeforeValidator(_case_id)], ...),
            "assessed_on": (Annotated[Any, PlainValidator(_day)], ...),
            "packs": (list[str], []),
            "assessment": (dict[str, Any], {}),
            "round": (str, ""),
        }
        nested: dict[str, dict[str, Any]] = {}
        for path, entity in self.library.collections.items():
            group, _, name = path.partition(".")
            field = (self._collection(entity), Collection(entity, complete=False, given=False))
            if name:
                nested.setdefault(group, {})[name] = field
            else:
                fields[group] = field
        for group in {**self.library.group_facts, **nested}:
            inner = _facts(self.library.group_facts.get(group, {})) | nested.get(group, {})
            model = create_model(f"Group_{group}", __base__=_Model, **inner)
            fields[group] = (model | None, None)
        return create_model("CaseFile", __base__=_Model, **fields)

    def _collection(self, entity: str) -> Any:
        declared = self.library.entities[entity]
        fields = _facts({"name": Fact(type="text"), **declared.facts})
        fields["id"] = (Annotated[str, BeforeValidator(_member_id)], ...)
        member = create_model(f"Member_{entity}", __base__=_Model, **fields)
        wrapped = create_model(
            f"Collection_{entity}",
            __base__=_Model,
            complete=(bool, True),
            at_least=(int, 0),
            at_most=(int | None, None),
            items=(list[member], []),  # type: ignore[valid-type]
        )
        return Annotated[wrapped | None, BeforeValidator(partial(_wrap, declared.collection))]

    def _case(self, model: Any, document: Document) -> Case:
        answers: dict[str, Answer] = {}
        collections = {e: Collection(e, complete=False, given=False) for e in self.library.entities}
        for group, facts in self.library.group_facts.items():
            block: Any = getattr(model, group, None)
            for name in facts if block is not None else ():
                if name in block.model_fields_set:
                    answers[f"{group}.{name}"] = getattr(block, name)
        for path, entity in self.library.collections.items():
            keys = tuple(path.split("."))
            block = model
            for key in keys:
                block = getattr(block, key, None)
            if isinstance(block, BaseModel):
                collections[entity] = _members(entity, block, keys, document)
        for entity, declared in self.library.entities.items():
            if declared.members:
                members = [
                    Member(entity, key, {"name": Answer("known", (words,))})
                    for key, words in declared.members.items()
                ]
                collections[entity] = Collection(entity, tuple(members))
        return Case(
            model.case,
            model.assessed_on,
            answers,
            collections,
            document,
            _notes(model, self.library),
        )

    def _explain(self, error: ValidationError, document: Document) -> Iterable[Problem]:
        for item in error.errors(include_url=False):
            keys = _inside(document.value, item["loc"])
            text, near = item["msg"], str(item.get("ctx", {}).get("nearest", ""))
            if item["type"] == "extra_forbidden":
                text = f'The key "{keys[-1]}" is not known here.'
                near = nearest(str(keys[-1]), self._valid(keys[:-1]))
            elif item["type"] == "missing":
                text = f'The key "{item["loc"][-1]}" is missing.'
                keys = keys[:-1]
            yield document.problem(item["type"].replace("_", "-"), keys, text, nearest=near)

    def _valid(self, keys: tuple[str | int, ...]) -> Iterable[str]:
        words = [key for key in keys if isinstance(key, str) and key != "items"]
        if not words:
            return [*self.library.group_facts, *(p.split(".")[0] for p in self.library.collections)]
        entity = self.library.collections.get(".".join(words))
        if entity and isinstance(keys[-1], int):
            return ["id", "name", *self.library.entities[entity].facts]
        return list(self.library.group_facts.get(words[0], {}))


def _facts(facts: dict[str, Fact]) -> dict[str, Any]:
    return {
        name: (Annotated[Any, PlainValidator(partial(read_answer, fact))], NOT_ASKED)
        for name, fact in facts.items()
        if not fact.derived
    }


def _members(entity: str, block: Any, keys: tuple[str, ...], document: Document) -> Collection:
    raw = document.value
    for key in keys:
        raw = raw[key]
    prefix = (*keys, "items") if isinstance(raw, dict) else keys
    members = []
    for number, item in enumerate(block.items):
        answers = {k: getattr(item, k) for k in item.model_fields_set if k != "id"}
        members.append(Member(entity, item.id, answers, (*prefix, number)))
    most = INFINITE if block.at_most is None else block.at_most
    return Collection(entity, tuple(members), block.complete, True, block.at_least, most, keys)


def _wrap(path: str, raw: Any) -> Any:
    if isinstance(raw, dict):
        said = raw.get("complete", True)
        complete = {"yes": True, "no": False}.get(str(said), said)
        raw = {**raw, "complete": complete}
        items = raw.get("items") or []
        least, most = raw.get("at_least") or 0, raw.get("at_most")
        if isinstance(most, int) and (most < least or most < len(items)):
            text = f"at_most {most} is less than what is listed or than at_least."
            raise PydanticCustomError("range", "{text}", {"text": text})
    elif isinstance(raw, list):
        items, raw = raw, {"items": raw}
    else:
        return None if raw in (None, "not_asked") else raw
    seen: dict[str, str] = {}
    for item in items:
        name = str(item.get("id", "")) if isinstance(item, dict) else ""
        if name and name.casefold() in seen:
            text = f'The id "{name}" is used twice in {path}; give each member an id of its own.'
            raise PydanticCustomError("clash", "{text}", {"text": text})
        seen[name.casefold()] = name
    return raw


def _schema(raw: Any) -> Any:
    if raw != SCHEMA:
        text = f"Expected `schema: {SCHEMA}`."
        raise PydanticCustomError("schema", "{text}", {"text": text, "nearest": ""})
    return raw


def _case_id(raw: Any) -> str:
    return _checked_id(raw)


def _member_id(raw: Any) -> str:
    return _checked_id(raw)


def _checked_id(raw: Any) -> str:
    if isinstance(raw, bool) or not _ID.fullmatch(str(raw)):
        text = "An id has letters, digits, dot, dash and underscore, at most 64, no spaces."
        raise PydanticCustomError("id", "{text}", {"text": text})
    return str(raw)


def _day(raw: Any) -> Any:
    date = parse_date(raw)
    if not isinstance(date, Days) or date.low != date.high:
        text = f'"{raw}" is not a day that exists; write it as 2026-06-30.'
        raise PydanticCustomError("date", "{text}", {"text": text})
    return date.low


def _inside(value: Any, loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    keys: list[str | int] = []
    for part in loc:
        if isinstance(value, dict) and "items" in value and isinstance(part, int):
            value = value["items"]
            keys.append("items")
        if _leads(value, part):
            value = value[part]
            keys.append(part)
        elif part == loc[-1]:
            keys.append(part)
    return tuple(keys)


def _notes(model: Any, library: Library) -> tuple[str, ...]:
    loaded = {pack.id for pack in library.packs}
    return tuple(f"The pack {p} is named but not loaded." for p in model.packs if p not in loaded)


def _reference_problems(case: Case, library: Library) -> Iterable[Problem]:
    for path, answer in case.answers.items():
        fact = library.fact(path)
        if fact is not None and fact.to:
            yield from _unknown_ids(case, fact, answer, tuple(path.split(".")))
    for collection in case.collections.values():
        facts = library.entities[collection.entity].facts
        for member in collection.members:
            for name, answer in member.answers.items():
                if name in facts and facts[name].to:
                    yield from _unknown_ids(case, facts[name], answer, (*member.keys, name))


def _unknown_ids(
    case: Case, fact: Fact, answer: Answer, keys: tuple[str | int, ...]
) -> Iterable[Problem]:
    target = case.collections[fact.to]
    known = {member.id for member in target.members}
    for value in answer.values or ():
        for name in sorted(value.must) if isinstance(value, Items) else [value]:
            if name not in known:
                text = f'"{name}" is not among the {fact.to} ids of this case.'
                near = nearest(str(name), known)
                yield case.document.problem("reference", keys, text, nearest=near, of_key=False)


def _leads(value: Any, part: str | int) -> bool:
    if isinstance(value, list):
        return isinstance(part, int) and part < len(value)
    return isinstance(value, dict) and part in value
