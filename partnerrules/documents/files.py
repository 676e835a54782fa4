"""Gets the bytes of a file, and never more than a file may have."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from partnerrules.documents.bounds import MAX_BYTES
from partnerrules.errors import DocumentError, Problem

_MEGABYTES = MAX_BYTES // (1024 * 1024)
TOO_LARGE = f"The file is larger than {_MEGABYTES} MB: split it, or remove what does not belong."
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


def read_bytes(path: str | bytes | os.PathLike[str], *, shown_as: str) -> bytes:
    """Return the content of a regular file; raise DocumentError for anything else."""
    try:
        _check(Path(os.fsdecode(path)).stat(), shown_as)
        # What is there may change after the look: opening a pipe must not wait for a writer.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags), "rb") as file:
            _check(os.fstat(file.fileno()), shown_as)
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = f"The file cannot be read ({error.strerror or error}): check the disk."
        raise _error(*_REASONS.get(error.errno or 0, ("unreadable", reason)), shown_as) from None
    except ValueError:
        raise _error("not-found", "The path holds characters no file can have.", shown_as) from None
    if len(data) > MAX_BYTES:
        raise _error("too-large", TOO_LARGE, shown_as)
    return data


def _check(status: os.stat_result, shown_as: str) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(status.st_mode):
        raise _error("not-a-file", _NOT_A_FILE, shown_as)
    if status.st_size > MAX_BYTES:
        raise _error("too-large", TOO_LARGE, shown_as)


def _error(code: str, message: str, path: str) -> DocumentError:
    return DocumentError([Problem(code=code, message=message, path=path)])
