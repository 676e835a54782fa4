"""Reading a pack from its folder."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from partnerrules.documents import Document, read_document
from partnerrules.errors import DocumentError, PackError, Problem, nearest
from partnerrules.packs.library import Pack
from partnerrules.packs.making import M
from partnerrules.packs.material import (
    LessonsFile,
    Profile,
    QuestionSet,
    QuestionsFile,
    SourcesFile,
)
from partnerrules.packs.models import PackFile, Rule, VocabularyFile
from partnerrules.shipped import shipped_packs, shipped_root

_NO_RULES = {"vocabulary", "questions", "sets", "profiles"}


def load_pack(name: str | Path) -> Pack:
    """Load a pack by the name of one that comes with the tool, or by its folder.

    Raises PackError with every problem of every file.
    """
    return _Loader(pack_root(name)).load()


def pack_root(name: str | Path) -> Path:
    """Return the folder of a pack: one that comes with the tool, or a folder; raises PackError.

    A name means the pack that comes with the tool, wherever the work goes on: a folder `core` that
    happens to lie there is `./core`, and never stands in for it.
    """
    known = shipped_packs()
    if name in known:
        return shipped_root() / name
    root = Path(name)
    if not (root / "pack.yaml").is_file():
        text = f"There is no pack {name}: neither a folder with a pack.yaml nor a shipped pack."
        raise PackError([Problem("no-pack", text, nearest=nearest(str(name), known))])
    return root


class _Loader:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.digest = hashlib.sha256()
        self.files: dict[str, dict[str, str]] = {}
        self.documents: dict[str, Document] = {}

    def load(self) -> Pack:
        pack = self._file(self.root / "pack.yaml", PackFile)
        words = self._folder("vocabulary", VocabularyFile)
        questions = self._folder("questions", QuestionsFile)
        sets = self._named("set", self._folder("sets", QuestionSet))
        profiles = self._named("profile", self._folder("profiles", Profile))
        rules = self._named("rule", self._rules())
        lessons = self._optional("lessons.yaml", LessonsFile)
        sources = self._optional("sources.yaml", SourcesFile)
        asked = self._merged("question", "questions", questions)
        groups = self._merged("group", "groups", words)
        entities = self._merged("entity", "entities", words)
        measures = self._merged("measure", "measures", words)
        if self.problems or pack is None:
            raise PackError(self.problems)
        return Pack(
            pack,
            self.digest.hexdigest(),
            str(self.root),
            groups=groups,
            entities=entities,
            measures=measures,
            rules=rules,
            rule_files=self.files.get("rule", {}),
            lessons=lessons.lessons if lessons else {},
            sources=sources.sources if sources else {},
            sets=sets,
            questions=asked,
            profiles=profiles,
            files=self.files,
        )

    def _folder(self, name: str, model: type[M]) -> dict[str, M]:
        paths = sorted((self.root / name).glob("*.yaml"))
        return {str(path): one for path in paths if (one := self._file(path, model)) is not None}

    def _optional(self, name: str, model: type[M]) -> M | None:
        path = self.root / name
        return self._file(path, model) if path.is_file() else None

    def _rules(self) -> dict[str, Rule]:
        rules: dict[str, Rule] = {}
        for path in sorted(self.root.glob("*/*.yaml")):
            if path.parent.name in _NO_RULES:
                continue
            rule = self._file(path, Rule)
            if rule is None:
                continue
            rules[str(path)] = rule
            if path.stem != f"{rule.id}-{rule.name}":
                text = f"The file should be named {rule.id}-{rule.name}.yaml, after its rule."
                self._problem(path, "file-name", "id", text)
            if path.parent.name != rule.dimension:
                text = f"The folder should be named {rule.dimension or '...'}, after the dimension."
                self._problem(path, "folder-name", "dimension", text)
        return rules

    def _named(self, kind: str, found: Mapping[str, Any]) -> dict[str, Any]:
        """Return what each file says by its id; an id that is used twice is a problem."""
        result: dict[str, Any] = {}
        for path, one in found.items():
            if self._once(kind, one.id, path, "id"):
                result[one.id] = one
        return result

    def _merged(self, kind: str, part: str, found: Mapping[str, Any]) -> dict[str, Any]:
        """Return what files list under a key, taken together."""
        result: dict[str, Any] = {}
        for path, one in found.items():
            for key, value in getattr(one, part).items():
                if self._once(kind, key, path, part, key):
                    result[key] = value
        return result

    def _once(self, kind: str, name: str, path: str, *keys: str) -> bool:
        places = self.files.setdefault(kind, {})
        if name not in places:
            places[name] = path
            return True
        text = f"The {kind} {name} is in {places[name]} too: keep one of the two."
        self.problems.append(self.documents[path].problem("clash", keys, text, of_key=True))
        return False

    def _problem(self, path: Path, code: str, key: str, text: str) -> None:
        self.problems.append(self.documents[str(path)].problem(code, (key,), text))

    def _file(self, path: Path, model: type[M]) -> M | None:
        # Imported late: packs that come from the cache folder are made without pydantic.
        from pydantic import ValidationError

        from partnerrules.packs.shapes import explain
        from partnerrules.packs.validation import read_model

        try:
            document = read_document(path)
        except DocumentError as error:
            self.problems.extend(error.problems)
            return None
        self.digest.update(document.sha256.encode())
        self.documents[str(path)] = document
        try:
            return read_model(model, document.value)
        except ValidationError as error:
            for code, keys, text, near in explain(error, document.value, model):
                self.problems.append(document.problem(code, keys, text, nearest=near))
            return None
