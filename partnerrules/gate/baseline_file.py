"""The file of a baseline: JSON with an entry on each line, so that a difference can be read."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from partnerrules.documents.bounds import MAX_BYTES, MAX_LINES_BYTES, MAX_PROBLEMS
from partnerrules.documents.files import read_bytes
from partnerrules.documents.texts import shown
from partnerrules.errors import DocumentError, Problem, nearest
from partnerrules.findings import LEVELS, fingerprint
from partnerrules.gate.baseline import Baseline, Entry
from partnerrules.gate.naming import named

SCHEMA = "partnerrules.baseline/1"
ITEMS = "findings"
KEYS = ("case", "could_be", "fingerprint", "outcome", "rule", "severity", "subject")
_MAKE_ANEW = "make it anew with `partnerrules baseline create`"


def baseline_text(entries: Iterable[Entry]) -> str:
    """Return the file for entries: the same text for the same entries, in whatever order."""
    lines = [_line(one) for one in sorted(entries, key=lambda one: (*one[:3],))]
    body = ",\n".join(lines)
    items = f"[\n{body}\n]" if lines else "[]"
    return f'{{"schema": "{SCHEMA}",\n"{ITEMS}": {items}}}\n'


def _line(one: Entry) -> str:
    said = one._asdict() | {"fingerprint": one.fingerprint}
    return json.dumps(dict(sorted(said.items())))


def read_baseline(path: str, renamed: Mapping[str, str] | None = None) -> Baseline:
    """Read the file of a baseline; raises DocumentError with all that is wrong.

    `renamed` are the ids that rules have now, by those that they had: entries follow their rules.
    """
    name = shown(path)
    data = read_bytes(path, shown_as=name, limit=MAX_LINES_BYTES)
    reading = _Reading(name, data)
    cases: dict[str, dict[tuple[str, tuple[str, ...]], Entry]] = {}
    stated: set[str] = set()
    for one in reading.every():
        if one.fingerprint in stated:
            told = f"{one.case}, {named(one.rule, one.subject)}"
            text = f"Two entries are of one finding ({told}): {_MAKE_ANEW}."
            reading.problems.append(Problem("baseline-entry", text, name))
        stated.add(one.fingerprint)
        rule = (renamed or {}).get(one.rule, one.rule)
        entries = cases.setdefault(one.case, {})
        entries[rule, one.subject] = one._replace(rule=rule)
    if reading.problems:
        raise DocumentError(reading.problems)
    found = {case: tuple(entries.values()) for case, entries in cases.items()}
    return Baseline(name, hashlib.sha256(data).hexdigest(), found)


class _Reading:
    """Reads entry by entry; where one stands is looked up only where something is wrong."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.data = data
        self.problems: list[Problem] = []
        self._document: Any = None

    def every(self) -> Iterator[Entry]:
        """Yield the entries in which nothing is wrong."""
        try:
            value = json.loads(self.data, object_pairs_hook=_once)
        except _Twice as error:
            text = f'The key "{error}" stands here twice: {_MAKE_ANEW}.'
            raise DocumentError([Problem("duplicate-key", text, self.path)]) from None
        except (ValueError, RecursionError):
            self._place(())
            text = f"This is not JSON: {_MAKE_ANEW}."
            raise DocumentError([Problem("not-json", text, self.path)]) from None
        if not isinstance(value, dict) or value.get("schema") != SCHEMA:
            text = f"Expected a baseline, with `schema: {SCHEMA}`: {_MAKE_ANEW}."
            self._wrong((), text, "schema")
            return
        items = value.get(ITEMS)
        if not isinstance(items, list):
            self._wrong((), f"Expected a list under `{ITEMS}`.", "list-type")
            return
        for number, item in enumerate(items):
            text, key = _fault(item)
            if not text:
                severity, could_be = item["severity"], item["could_be"]
                yield Entry(
                    item["case"],
                    item["rule"],
                    tuple(item["subject"]),
                    item["outcome"],
                    severity,
                    could_be,
                )
            elif len(self.problems) < MAX_PROBLEMS:
                self._wrong((ITEMS, number, *([key] if key else [])), text)

    def _wrong(self, keys: tuple[str | int, ...], text: str, code: str = "baseline-entry") -> None:
        line, column = self._place(keys)
        told = ".".join(map(str, keys))
        self.problems.append(Problem(code, text, self.path, line, column, told))

    def _place(self, keys: tuple[str | int, ...]) -> tuple[int | None, int | None]:
        """Return the line and the column of a value; raises DocumentError where it is no JSON."""
        from partnerrules.documents import parse_document

        if len(self.data) > MAX_BYTES:
            return None, None
        if self._document is None:
            self._document = parse_document(self.data, path=self.path, format="json")
        position = self._document.position(keys)
        return position.line, position.column


class _Twice(Exception):
    """A key that is there twice, of which JSON readers take the last."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return found


def _fault(item: Any) -> tuple[str, str]:
    """Return what is wrong with an entry, and with which of its keys; nothing if all is well."""
    if not isinstance(item, dict):
        return f"An entry is a mapping with {', '.join(KEYS)}.", ""
    for name in item:
        if name not in KEYS:
            near = nearest(name, KEYS)
            return f"This key is not known here.{f' Did you mean {near}?' if near else ''}", name
    for name in KEYS:
        if name not in item:
            return f'The key "{name}" is missing.', ""
        expected = _EXPECTED[name]
        if not expected.fits(item[name]):
            return f"Expected {expected.words}.", name
    if (item["outcome"] == "concern") != (item["severity"] is not None):
        return "A concern has a severity, and what is unknown has none.", "severity"
    if not item["severity"] and not item["could_be"]:
        return "What is unknown could be something.", "could_be"
    if item["fingerprint"] != fingerprint(item["rule"], item["case"], tuple(item["subject"])):
        return f"This is not of that rule, case and subject: {_MAKE_ANEW}.", "fingerprint"
    return "", ""


class _Expected(NamedTuple):
    words: str
    fits: Callable[[Any], bool]


def _is_id(value: Any) -> bool:
    # Half a character of UTF-16 alone is text in JSON, and can be written nowhere.
    return isinstance(value, str) and bool(value) and not _HALF.search(value)


_HALF = re.compile("[\ud800-\udfff]")
_ID = _Expected("an id", _is_id)
_LEVEL = _Expected(f"one of {', '.join(LEVELS)}, or null", lambda value: value in (None, *LEVELS))
_EXPECTED = {
    "case": _ID,
    "could_be": _LEVEL,
    "fingerprint": _ID,
    "outcome": _Expected("concern or unknown", lambda value: value in ("concern", "unknown")),
    "rule": _ID,
    "severity": _LEVEL,
    "subject": _Expected(
        "a list of ids", lambda value: isinstance(value, list) and all(map(_ID.fits, value))
    ),
}
