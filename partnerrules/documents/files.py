"""Gets the bytes of a file, and never more than a file may have."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

from partnerrules.documents.bounds import MAX_BYTES
from partnerrules.errors import DocumentError, Problem

_NOT_A_FILE = "This is not a regular file: name a file that holds YAML or JSON."
_REASONS = {
    errno.ENOENT: ("not-found", "There is no such file: check the name and the folder."),
    errno.ENOTDIR: ("not-found", "A part of the path is not a folder: check the path."),
    errno.EISDIR: ("not-a-file", "This is a folder, not a file: name a file in it."),
    errno.ELOOP: ("symlink-loop", "The symbolic links of this path go in a circle: mend the link."),
    errno.EACCES: ("unreadable", "There is no permission to read the file: ask for it."),
    errno.EPERM: ("unreadable", "There is no permission to read the file: ask for it."),
    errno.ENAMETOOLONG: ("not-found", "The path is too long for a file: check the name."),
}
_GZIP = b"\x1f\x8b"


def read_bytes(
    path: str | bytes | os.PathLike[str], *, shown_as: str, limit: int = MAX_BYTES
) -> bytes:
    """Return the content of a regular file; raise DocumentError for anything else.

    What is packed as gzip, by its first bytes and not by its name, comes back unpacked.
    """
    try:
        _check(Path(os.fsdecode(path)).stat(), shown_as, limit)
        # What is there may change after the look: opening a pipe must not wait for a writer.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags), "rb") as file:
            _check(os.fstat(file.fileno()), shown_as, limit)
            data = file.read(limit + 1)
    except OSError as error:
        raise unreadable(error, shown_as) from None
    except ValueError:
        raise _error("not-found", "The path holds characters no file can have.", shown_as) from None
    return bounded(data, shown_as=shown_as, limit=limit)


def read_input(*, shown_as: str, limit: int = MAX_BYTES) -> bytes:
    """Return what comes in on stdin, unpacked where it is gzip; raise DocumentError."""
    try:
        data = sys.stdin.buffer.read(limit + 1)
    except OSError as error:
        raise unreadable(error, shown_as) from None
    return bounded(data, shown_as=shown_as, limit=limit)


def bounded(data: bytes, *, shown_as: str, limit: int) -> bytes:
    """Return bytes, unpacked where they are gzip; raise DocumentError where they are too many."""
    if len(data) <= limit and data.startswith(_GZIP):
        data = _unpacked(data, shown_as, limit)
    if len(data) > limit:
        raise _error("too-large", too_large(limit), shown_as)
    return data


def too_large(limit: int) -> str:
    """Return what to say of a file with more bytes."""
    return (
        f"The file is larger than {limit // (1024 * 1024)} MB: split it, or remove what does not "
        "belong."
    )


def unreadable(error: OSError, shown_as: str) -> DocumentError:
    """Return what to say of a file or a folder that the system does not let us read."""
    reason = f"The file cannot be read ({error.strerror or error}): check the disk."
    return _error(*_REASONS.get(error.errno or 0, ("unreadable", reason)), shown_as)


def _unpacked(data: bytes, shown_as: str, limit: int) -> bytes:
    """Unpack one byte more than there may be, however much there would be."""
    import gzip
    import io
    import zlib

    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            return file.read(limit + 1)
    except (OSError, EOFError, zlib.error) as error:
        text = f"The file cannot be unpacked (gzip: {error}): pack it again."
        raise _error("gzip", text, shown_as) from None


def _check(status: os.stat_result, shown_as: str, limit: int) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(status.st_mode):
        raise _error("not-a-file", _NOT_A_FILE, shown_as)
    if status.st_size > limit:
        raise _error("too-large", too_large(limit), shown_as)


def _error(code: str, message: str, path: str) -> DocumentError:
    return DocumentError([Problem(code=code, message=message, path=path)])
