"""Packs that were read and checked once, kept as JSON in the user's cache folder.

What is kept changes only the time: it lies under the digest of the files and of the tool, and
wherever it is missing, broken or cannot be written, the files are read.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from partnerrules.errors import PackError, Problem
from partnerrules.packs.library import Library, Pack
from partnerrules.packs.loading import load_pack, pack_root

_KEPT = 16
"""Sets of packs of which something is kept; the oldest goes first."""


def load_packs(names: Iterable[str | Path], *, keep: bool = True) -> list[Pack]:
    """Load packs, from the cache folder where they lie there.

    Packs that come from there were checked with each other; `Pack.checked` says so. Raises
    PackError with every problem of every pack.
    """
    names = list(names)
    folder = cache_folder() if keep else None
    key = _key(names) if folder else ""
    if folder is None or not key:
        return _load(names)
    path = folder / f"packs-{key[:40]}.json"
    found = _read(path, key)
    if found is None:
        found = _load(names)
        _keep(path, key, found)
    return found


def _load(names: Iterable[str | Path]) -> list[Pack]:
    packs: list[Pack] = []
    problems: list[Problem] = []
    for name in names:
        try:
            packs.append(load_pack(name))
        except PackError as error:
            problems.extend(error.problems)
    if problems:
        raise PackError(problems)
    return packs


def cache_folder() -> Path | None:
    """Return the folder for what is kept: PARTNERRULES_CACHE or the platform's; None for none."""
    said = os.environ.get("PARTNERRULES_CACHE")
    if said is not None:
        return Path(said) if said else None
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or home / ".cache"
    return Path(base) / "partnerrules"


def _key(names: Sequence[str | Path]) -> str:
    """Return a digest of the tool and of every file of the packs; empty if one is unreadable."""
    digest = hashlib.sha256(_tool().encode())
    try:
        for root in map(pack_root, names):
            digest.update(f"\0{root}\0".encode())
            for path in sorted([*root.glob("*.yaml"), *root.glob("*/*.yaml")]):
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                digest.update(f"{path.relative_to(root)}\0{content}\0".encode())
    except (OSError, UnicodeEncodeError, PackError):
        return ""
    return digest.hexdigest()


def _tool() -> str:
    """Return what tells this code from another: no version number changes in a checkout."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return json.dumps(
        [
            sys.version,
            [(one.name, stat.st_size, stat.st_mtime_ns) for one in files if (stat := one.stat())],
        ]
    )


def _read(path: Path, key: str) -> list[Pack] | None:
    from partnerrules.packs.store import pack_of

    try:
        head, _, body = path.read_bytes().partition(b"\n")
        if head.decode() != _seal(key, body):
            return None
        packs = json.loads(body)
        return [pack_of(one, checked=(key, len(packs))) for one in packs]
    except (OSError, ValueError):
        return None


def _seal(key: str, body: bytes) -> str:
    return hashlib.sha256(key.encode() + body).hexdigest()


def _keep(path: Path, key: str, packs: list[Pack]) -> None:
    """Keep packs that are right, whole or not at all; that it cannot be done changes nothing."""
    from partnerrules.packs.checks import check_library
    from partnerrules.packs.store import pack_data

    # Raises what a checker would raise: nothing that is wrong is kept.
    check_library(Library(packs))
    try:
        body = json.dumps([pack_data(pack) for pack in packs], separators=(",", ":")).encode()
    except (TypeError, ValueError):
        return
    try:
        import tempfile

        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".packs-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_seal(key, body).encode() + b"\n" + body)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
        _forget(path.parent)
    except OSError:
        return


def _forget(folder: Path) -> None:
    kept: list[Any] = sorted(folder.glob("packs-*.json"), key=lambda one: one.stat().st_mtime_ns)
    for path in kept[:-_KEPT]:
        path.unlink(missing_ok=True)
