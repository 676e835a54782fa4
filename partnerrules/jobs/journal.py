"""A journal of a run: what came of each case so far, so that a later run can go on from there."""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from partnerrules.documents import Text
from partnerrules.documents.files import read_bytes
from partnerrules.errors import DocumentError, Problem, SettingError
from partnerrules.findings import Report
from partnerrules.jobs.finding import Piece, Unread
from partnerrules.jobs.order import Done, Order, Place, place_of
from partnerrules.report.jsonl import head_line

SCHEMA = "partnerrules.journal/1"
Work = Callable[[Iterable[Piece | Unread]], Iterator[Done]]
_KEPT = ("case", "line", "reasons", "points", "notes", "sha256", "tokens", "matches")


class Journal:
    """A file with one line for each case that was done; only what comes of a case is in it.

    `key` tells by name all that bears on the lines. Raises SettingError where the file is of a
    run with another key, or is no journal; OSError where it cannot be read or written. A last
    line that is torn is dropped: its case is done again.
    """

    def __init__(self, path: str, key: Mapping[str, Any]) -> None:
        self.path = Path(path)
        self._places: dict[Place, int] = {}
        """Where in the file the line of a case begins."""
        self._file = self.path.open("a+b")
        self._file.seek(0)
        whole = self._read(key)
        self._file.truncate(whole)
        self._file.seek(whole)
        if not whole:
            self._write({"schema": SCHEMA, "key": dict(key)})

    def _read(self, key: Mapping[str, Any]) -> int:
        """Return how many bytes are whole lines."""
        end = 0
        for line in self._file:
            said = _parsed(line)
            if not end:
                self._compare(said or {}, key)
            elif said is None:
                break
            else:
                self._places[said["place"][0], said["place"][1]] = end
            end += len(line)
        return end

    def _compare(self, head: Mapping[str, Any], key: Mapping[str, Any]) -> None:
        before = head.get("key")
        if head.get("schema") != SCHEMA or not isinstance(before, dict):
            raise _refused(
                f"{self.path} is no journal of partnerrules; name a file that is not there yet."
            )
        other = [name for name in key if before.get(name) != json.loads(json.dumps(key[name]))]
        if other:
            names = ", ".join(other)
            text = (
                f"{self.path} is of a run with other settings ({names}); remove it to begin anew."
            )
            raise _refused(text)

    def known(self, piece: Piece | Unread) -> Done | None:
        """Return what came of a case that was done before and has not changed since."""
        place = place_of(piece)
        begin = self._places.get(place)
        if begin is None or isinstance(piece, Unread):
            return None
        self._file.seek(begin)
        said = json.loads(self._file.readline())
        if said["sha256"] != _digest(piece):
            return None
        return Done(place, **{name: _frozen(said[name]) for name in _KEPT})

    def add(self, done: Done) -> None:
        """Note what came of a case; one that is an error is tried again by a later run."""
        if not (done.problems or done.elsewhere):
            self._file.seek(0, 2)
            self._write({"place": done.place, **{name: getattr(done, name) for name in _KEPT}})

    def _write(self, said: Mapping[str, Any]) -> None:
        self._file.write(json.dumps(said).encode() + b"\n")
        self._file.flush()

    def resume(self, pieces: Iterable[Piece | Unread], work: Work) -> Iterator[Done]:
        """Yield what came of each case in order; `work` does those that are not known yet."""
        ahead: deque[Done | None] = deque()
        """What is known of cases before the next one that is done, which is None here."""

        def unknown() -> Iterator[Piece | Unread]:
            for piece in pieces:
                known = self.known(piece)
                ahead.append(known)
                if known is None:
                    yield piece

        for done in work(unknown()):
            yield from _before(ahead)
            ahead.popleft()
            self.add(done)
            yield done
        yield from _before(ahead)

    def remove(self) -> None:
        """Remove it: the run is through."""
        self._file.close()
        self.path.unlink(missing_ok=True)

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()


def key_of(order: Order, empty: Report) -> dict[str, Any]:
    """Return all that bears on the lines of a run, by what people call it."""
    used = json.loads(head_line(empty))
    names = (
        "tool", "packs", "parameters", "profile", "changes", "questions_set", "attestations",
        "baseline", "waivers", "gate",
    )  # fmt: skip
    rules = None if order.rules is None else sorted(order.rules)
    own = {"rules": rules, "level": order.level, "audience": order.audience, "shard": order.shard}
    return {name: used[name] for name in names} | own


def _before(ahead: deque[Done | None]) -> Iterator[Done]:
    while ahead and (known := ahead[0]) is not None:
        ahead.popleft()
        yield known


def _parsed(line: bytes) -> Any:
    """Return what a line says, or None where it is torn."""
    if not line.endswith(b"\n"):
        return None
    try:
        said = json.loads(line)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def _digest(piece: Piece) -> str:
    """Return the digest of a document that a case is read from, or nothing where there is none."""
    try:
        data = piece.data if isinstance(piece, Text) else read_bytes(piece, shown_as=piece)
    except DocumentError:
        return ""
    return hashlib.sha256(data).hexdigest()


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _refused(text: str) -> SettingError:
    return SettingError([Problem("journal", text)])
