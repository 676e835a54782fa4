"""The JSON Schemas of the files of a pack, for editors."""

from __future__ import annotations

from typing import Any

from partnerrules.authoring.case_schema import DRAFT
from partnerrules.packs.making import Model
from partnerrules.packs.material import (
    LessonsFile,
    Profile,
    QuestionSet,
    QuestionsFile,
    SourcesFile,
)
from partnerrules.packs.models import PackFile, Rule, VocabularyFile
from partnerrules.packs.validation import validator

FILES: dict[str, tuple[type[Model], str]] = {
    "pack": (PackFile, "pack.yaml"),
    "rule": (Rule, "a rule"),
    "vocabulary": (VocabularyFile, "a file under vocabulary/"),
    "questions": (QuestionsFile, "a file under questions/"),
    "set": (QuestionSet, "a file under sets/"),
    "profile": (Profile, "a file under profiles/"),
    "lessons": (LessonsFile, "lessons.yaml"),
    "sources": (SourcesFile, "sources.yaml"),
}


def pack_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one kind of file of a pack."""
    model, title = FILES[kind]
    schema = validator(model).model_json_schema()
    return {
        **_yes_no(schema),
        "$schema": DRAFT,
        "$id": f"urn:partnerrules:{kind}:1",
        "title": f"partnerrules: {title}",
    }


def _yes_no(schema: Any) -> Any:
    """Allow the words yes and no wherever the model takes a boolean: in YAML 1.2 they are text."""
    if isinstance(schema, list):
        return [_yes_no(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    told = {key: _yes_no(one) for key, one in schema.items()}
    if told.get("type") == "boolean":
        del told["type"]
        told["enum"] = ["yes", "no", True, False]
    return told
