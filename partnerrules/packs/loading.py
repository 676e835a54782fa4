"""Reading a pack from its folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from partnerrules.documents import Document, read_document
from partnerrules.errors import DocumentError, PackError, Problem, nearest
from partnerrules.packs.library import Pack
from partnerrules.packs.models import (
    LessonsFile,
    PackFile,
    QuestionSet,
    Rule,
    SourcesFile,
    VocabularyFile,
)
from partnerrules.shipped import shipped_root

M = TypeVar("M", bound=BaseModel)

_NO_RULES = {"vocabulary", "questions", "sets", "profiles"}


def load_pack(name: str | Path) -> Pack:
    """Load a pack by the name of one that comes with the tool, or by its folder.

    Raises PackError with every problem of every file.
    """
    root = Path(name)
    if not (root / "pack.yaml").is_file():
        shipped = shipped_root() / str(name)
        if not (shipped / "pack.yaml").is_file():
            known = [path.parent.name for path in shipped_root().glob("*/pack.yaml")]
            text = f"There is no pack {name}: neither a folder with a pack.yaml nor a shipped pack."
            raise PackError([Problem("no-pack", text, nearest=nearest(str(name), known))])
        root = shipped
    return _Loader(root).load()


class _Loader:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.digest = hashlib.sha256()

    def load(self) -> Pack:
        pack = self._file(self.root / "pack.yaml", PackFile)
        words = [self._file(path, VocabularyFile) for path in self._files("vocabulary")]
        sets = [self._file(path, QuestionSet) for path in self._files("sets")]
        rules, places = self._rules()
        lessons = self._optional("lessons.yaml", LessonsFile)
        sources = self._optional("sources.yaml", SourcesFile)
        if self.problems or pack is None:
            raise PackError(self.problems)
        return Pack(
            pack,
            self.digest.hexdigest(),
            str(self.root),
            groups={k: v for w in words if w for k, v in w.groups.items()},
            entities={k: v for w in words if w for k, v in w.entities.items()},
            measures={k: v for w in words if w for k, v in w.measures.items()},
            rules=rules,
            rule_files=places,
            lessons=lessons.lessons if lessons else {},
            sources=sources.sources if sources else {},
            sets={s.id: s for s in sets if s},
        )

    def _files(self, folder: str) -> list[Path]:
        return sorted((self.root / folder).glob("*.yaml"))

    def _optional(self, name: str, model: type[M]) -> M | None:
        path = self.root / name
        return self._file(path, model) if path.is_file() else None

    def _rules(self) -> tuple[dict[str, Rule], dict[str, str]]:
        rules: dict[str, Rule] = {}
        places: dict[str, str] = {}
        for path in sorted(self.root.glob("*/*.yaml")):
            if path.parent.name in _NO_RULES:
                continue
            rule = self._file(path, Rule)
            if rule is None:
                continue
            if path.stem != f"{rule.id}-{rule.name}" and path.stem != rule.id:
                text = f"The file should be named {rule.id}-{rule.name}.yaml, after its rule."
                self.problems.append(Problem("file-name", text, str(path), key="id"))
            if rule.id in rules:
                text = f"The id {rule.id} is used by {places[rule.id]} too."
                self.problems.append(Problem("clash", text, str(path), key="id"))
            rules[rule.id], places[rule.id] = rule, str(path)
        return rules, places

    def _file(self, path: Path, model: type[M]) -> M | None:
        try:
            document = read_document(path)
        except DocumentError as error:
            self.problems.extend(error.problems)
            return None
        self.digest.update(document.sha256.encode())
        try:
            return model.model_validate(document.value)
        except ValidationError as error:
            self.problems.extend(explain(error, document, model))
            return None


def explain(error: ValidationError, document: Document, model: type[BaseModel]) -> list[Problem]:
    """Turn pydantic's words into problems that name the place and the nearest key."""
    problems = []
    for item in error.errors(include_url=False):
        keys = _inside(document.value, item["loc"])
        text, near = item["msg"], ""
        if item["type"] == "extra_forbidden":
            text = f'The key "{keys[-1]}" is not known here.'
            near = nearest(str(keys[-1]), _valid_keys(model))
        problems.append(document.problem(item["type"], keys, text, nearest=near))
    return problems


def _valid_keys(model: type[BaseModel]) -> Iterable[str]:
    return [info.alias or name for name, info in model.model_fields.items()]


def _inside(value: Any, loc: tuple[str | int, ...]) -> list[str | int]:
    """Keep of pydantic's path what is a path in the file (it adds names of types)."""
    keys: list[str | int] = []
    for part in loc:
        if _leads(value, part):
            value = value[part]
        elif part != loc[-1]:
            continue
        keys.append(part)
    return keys


def _leads(value: Any, part: str | int) -> bool:
    if isinstance(value, list):
        return isinstance(part, int) and part < len(value)
    return isinstance(value, dict) and part in value
