"""Data kept as JSON in the user's cache folder, sealed with a digest of what it was made from.

What is kept changes only the time: wherever it is missing, broken or cannot be written, it is
made again.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

_KEPT = 16
"""Of each kind; the oldest goes first."""


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


def tool(*layers: str) -> str:
    """Return what tells this code from another: no version number changes in a checkout."""
    package = Path(__file__).parents[1]
    files = sorted(
        (one.path, stat.st_size, stat.st_mtime_ns)
        for layer in layers
        for one in os.scandir(package / layer)
        if one.name.endswith(".py") and (stat := one.stat())
    )
    return json.dumps([sys.version, files])


def kept(kind: str, key: str) -> Any:
    """Return what was kept under a digest; None where there is nothing, or nothing whole."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        head, _, body = _path(folder, kind, key).read_bytes().partition(b"\n")
        return json.loads(body) if head.decode() == _seal(key, body) else None
    except (OSError, ValueError):
        return None


def keep(kind: str, key: str, data: Any) -> None:
    """Keep data whole or not at all; that it cannot be done changes nothing."""
    folder = cache_folder()
    if folder is None:
        return
    try:
        body = json.dumps(data, separators=(",", ":")).encode()
    except (TypeError, ValueError):
        return
    try:
        import tempfile

        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix=f".{kind}-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_seal(key, body).encode() + b"\n" + body)
            Path(name).replace(_path(folder, kind, key))
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
        _forget(folder, kind)
    except OSError:
        return


def _path(folder: Path, kind: str, key: str) -> Path:
    return folder / f"{kind}-{key[:40]}.json"


def _seal(key: str, body: bytes) -> str:
    return hashlib.sha256(key.encode() + body).hexdigest()


def _forget(folder: Path, kind: str) -> None:
    files = sorted(folder.glob(f"{kind}-*.json"), key=lambda one: one.stat().st_mtime_ns)
    for path in files[:-_KEPT]:
        path.unlink(missing_ok=True)
