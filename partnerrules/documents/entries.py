"""A document that lists entries of one kind: each a mapping with keys that are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from partnerrules.documents.document import Document
from partnerrules.errors import Problem, nearest

Keys = tuple[str | int, ...]


class Entries:
    """Goes through the entries of a document and notes what is wrong with their shape.

    `kind` is what one entry is called, with its article: an attestation. Of the keys some are
    `needed` and none of these may be empty; `other` ones may be left out.
    """

    def __init__(
        self,
        document: Document,
        *,
        schema: str,
        items: str,
        kind: str,
        needed: Sequence[str],
        other: Sequence[str],
    ) -> None:
        self.document = document
        self.schema, self.items, self.kind = schema, items, kind
        self.needed, self.other = needed, other
        self.problems: list[Problem] = []

    def __iter__(self) -> Iterator[tuple[Keys, Mapping[str, Any]]]:
        """Yield the entries whose shape is right, each with where it stands."""
        value = self.document.value
        if not isinstance(value, dict) or value.get("schema") != self.schema:
            self.wrong("schema", (), f"Start the file with `schema: {self.schema}`.")
            return
        self._known((), value, ("schema", self.items))
        items = value.get(self.items)
        if not isinstance(items, list):
            text = f"Expected a list under `{self.items}`."
            self.wrong("list-type", (self.items,) if self.items in value else (), text)
            return
        for number, item in enumerate(items):
            keys = (self.items, number)
            if not isinstance(item, dict):
                text = f"{self.kind} is a mapping with {', '.join(self.needed)}."
                self.wrong("dict-type", keys, text)
                continue
            before = len(self.problems)
            self._known(keys, item, (*self.needed, *self.other))
            for name in self.needed:
                if item.get(name) in (None, "", []):
                    self.wrong("missing", keys, f'The key "{name}" is missing or empty.')
            if len(self.problems) == before:
                yield keys, item

    def _known(self, keys: Keys, item: Mapping[str, Any], valid: Sequence[str]) -> None:
        for name in item:
            if name not in valid:
                text = f'The key "{name}" is not known here.'
                near = nearest(name, valid)
                self.wrong("extra-forbidden", (*keys, name), text, near=near, of_key=True)

    def wrong(
        self, code: str, keys: Keys, text: str, *, near: str = "", of_key: bool = False
    ) -> None:
        """Note a problem with the value at a place, or with its key."""
        problem = self.document.problem(code, keys, text, nearest=near, of_key=of_key)
        self.problems.append(problem)
