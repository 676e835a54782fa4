"""Reading a file of waivers: all that is wrong is told before anything is evaluated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from os import PathLike
from typing import Any

from partnerrules.cases.plain import checked_id, read_day
from partnerrules.cases.typed import Refused, refuse
from partnerrules.documents import Document, read_document
from partnerrules.documents.entries import Entries, Keys
from partnerrules.errors import DocumentError, nearest
from partnerrules.findings import Waiver
from partnerrules.gate.waivers import Waived, Waivers
from partnerrules.packs import Library

SCHEMA = "partnerrules.waivers/1"
KINDS = ("accepted_risk", "false_positive", "compensating")
_NEEDED = ("rule", "case", "kind", "reason", "approved_by", "created", "expires")
_PATTERNS = frozenset("*?[")


def read_waivers(path: str | PathLike[str], library: Library) -> Waivers:
    """Read a file of waivers; raises DocumentError with all that is wrong in it."""
    document = read_document(path)
    entries = Entries(
        document,
        schema=SCHEMA,
        items="waivers",
        kind="A waiver",
        needed=_NEEDED,
        other=("subject",),
    )
    cases: dict[str, list[Waived]] = {}
    for one in _every(document, entries, library):
        cases.setdefault(one.case, []).append(one)
    if entries.problems:
        raise DocumentError(entries.problems)
    return Waivers(
        document.path,
        document.sha256,
        {case: tuple(sorted(every, key=_order)) for case, every in cases.items()},
    )


def _order(one: Waived) -> tuple[str, tuple[str, ...], Waiver]:
    # By what they say and not by where they stand: so their order in the file changes nothing.
    return one.rule, one.subject or (), one.waiver


def _every(document: Document, entries: Entries, library: Library) -> Iterator[Waived]:
    for keys, item in entries:
        told = len(entries.problems)
        said: dict[str, Any] = {}
        for name, read in _READERS.items():
            try:
                said[name] = read(item.get(name), library)
            except Refused as error:
                entries.wrong("waiver", (*keys, name), error.text, near=error.nearest)
        if len(entries.problems) == told:
            yield from _whole(document, entries, keys, said)


def _whole(
    document: Document, entries: Entries, keys: Keys, said: Mapping[str, Any]
) -> Iterator[Waived]:
    if said["expires"] < said["created"]:
        text = f"It would end before it was made, on {said['created']}."
        entries.wrong("waiver", (*keys, "expires"), text)
        return
    names = ("kind", "reason", "approved_by", "created", "expires")
    line = document.position(keys).line
    waiver = Waiver(*(said[name] for name in names))
    yield Waived(said["case"], said["rule"], said["subject"], waiver, line)


def _rule(raw: Any, library: Library) -> str:
    name = str(raw)
    _no_pattern(name)
    found = library.rule_id(name)
    rule = library.rules.get(found)
    if rule is None:
        near = nearest(name, library.rules) or nearest(name.upper(), library.rules)
        refuse("No loaded pack has this rule.", near)
    if not rule.concern or rule.limit:
        refuse("This rule finds nothing that could be set aside.")
    if rule.non_waivable:
        refuse("What this rule finds cannot be waived (non_waivable).")
    return found


def _id(raw: Any, _: Library) -> str:
    _no_pattern(str(raw))
    return checked_id(raw)


def _subject(raw: Any, library: Library) -> tuple[str, ...] | None:
    if raw is None:
        return None
    if raw == []:
        refuse("Name whom it is about, or leave this out.")
    return tuple(_id(one, library) for one in (raw if isinstance(raw, list) else [raw]))


def _kind(raw: Any, _: Library) -> str:
    if raw not in KINDS:
        refuse(f"Expected one of {', '.join(KINDS)}.", nearest(str(raw), KINDS))
    return str(raw)


def _text(raw: Any, _: Library) -> str:
    if not isinstance(raw, str) or not raw.strip():
        refuse("Expected a short text.")
    return raw.strip()


def _day(raw: Any, _: Library) -> str:
    return read_day(raw).isoformat()


def _no_pattern(text: str) -> None:
    if not _PATTERNS.isdisjoint(text):
        refuse("A waiver names one thing by its id; patterns are not taken.")


_READERS = {
    "rule": _rule,
    "case": _id,
    "subject": _subject,
    "kind": _kind,
    "reason": _text,
    "approved_by": _text,
    "created": _day,
    "expires": _day,
}
