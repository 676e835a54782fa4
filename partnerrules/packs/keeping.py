"""Packs that were read and checked once, kept for the next run."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from io import FileIO
from pathlib import Path

from partnerrules.errors import PackError, Problem
from partnerrules.packs.library import Library, Pack
from partnerrules.packs.loading import load_pack, pack_root
from partnerrules.packs.sealed import cache_folder, keep, kept, tool

_KIND = "packs"


def load_packs(names: Iterable[str | Path], *, keep: bool = True, profile: str = "") -> list[Pack]:
    """Load packs as a profile changes them, from the cache folder where they lie there.

    Packs that come from there were checked with each other; `Pack.checked` says so. Their rules
    come without examples. Raises PackError with every problem of every pack, and SettingError
    where none has such a profile.
    """
    names = list(names)
    key = _key(names, profile) if keep and cache_folder() else ""
    if not key:
        return _load(names, profile)
    found = _kept(key)
    if found is None:
        found = _load(names, profile)
        _keep(key, found)
    return found


def _load(names: Iterable[str | Path], profile: str) -> list[Pack]:
    packs: list[Pack] = []
    problems: list[Problem] = []
    for name in names:
        try:
            packs.append(load_pack(name))
        except PackError as error:
            problems.extend(error.problems)
    if problems:
        raise PackError(problems)
    if not profile:
        return packs
    from partnerrules.packs.profiles import with_profile

    return with_profile(packs, profile)


def _key(names: Sequence[str | Path], profile: str) -> str:
    """Return a digest of tool, profile and every file of the packs; empty if one is unreadable."""
    digest = hashlib.sha256(json.dumps([tool("packs"), profile]).encode())
    try:
        for root in map(pack_root, names):
            digest.update(f"\0{root}\0".encode())
            for path in sorted(_files(str(root))):
                with FileIO(path) as file:
                    content = file.readall()
                digest.update(f"{path}\0{len(content)}\0".encode())
                digest.update(content)
    except (OSError, UnicodeEncodeError, PackError):
        return ""
    return digest.hexdigest()


def _files(folder: str) -> Iterator[str]:
    """Yield the paths of the files of a pack, in no order."""
    for one in os.scandir(folder):
        if one.name.endswith(".yaml"):
            yield one.path
        elif one.is_dir():
            yield from (inner.path for inner in os.scandir(one) if inner.name.endswith(".yaml"))


def _kept(key: str) -> list[Pack] | None:
    from partnerrules.packs.store import pack_of

    packs = kept(_KIND, key)
    return packs and [pack_of(one, checked=(key, len(packs))) for one in packs]


def _keep(key: str, packs: list[Pack]) -> None:
    """Keep packs that are right."""
    from partnerrules.packs.checks import check_library
    from partnerrules.packs.store import pack_data

    # Raises what a checker would raise: nothing that is wrong is kept.
    if not any(pack.profile for pack in packs):
        check_library(Library(packs))
    keep(_KIND, key, [pack_data(pack) for pack in packs])
