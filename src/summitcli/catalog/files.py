"""The files in the directory of catalogs: temporary ones, and the removal of what is no longer needed.

A temporary file is locked by the process that writes it. A file whose lock is free was left by a process
that has died, and is removed when the next catalog is written.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO

from summitcli.catalog.seal import DAY, PREFIX, SEAL, SUFFIX, is_safe_folder
from summitcli.storage import paths

try:
    import fcntl
except ImportError:
    # On Windows, an open file can't be removed anyway, so it needs no lock.
    fcntl = None  # type: ignore[assignment]

MAX_UNUSED_AGE = 60 * DAY
"""The time, in seconds, after which a catalog that was not used is removed."""

_UNFINISHED = ".tmp"
_JOURNAL = "-journal"
"""The ending that SQLite adds to the name of a database for its rollback journal."""
_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""The flags with which temporary files are opened, so that links are refused and pipes don't block."""


@contextmanager
def scratch_file(path: str) -> Iterator[str]:
    """Create an empty file for a database that is needed only in the ``with`` block. Yield its path.

    Args:
        path: a path in the directory of the file.

    Raises:
        OSError: the file can't be created, or other users may write to the directory.
        RecursionError: the directory is nested too deeply to be created.
    """
    if not prepare(os.path.dirname(path)):
        raise PermissionError(path)
    with temporary_file(path) as (_file, temporary):
        yield temporary


def prepare(folder: str) -> bool:
    """Create the directory of catalogs if it is missing, and remove what is stale in it.

    Return False, without removing anything, if other users may write to it.

    Raises:
        OSError: it can't be created.
        RecursionError: the path has too many components.
    """
    try:
        state = os.stat(folder)
    except FileNotFoundError:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        state = os.stat(folder)
    if not is_safe_folder(state):
        return False
    _remove_stale(folder)
    return True


@contextmanager
def temporary_file(path: str) -> Iterator[tuple[FileIO, str]]:
    """Create a locked temporary file beside ``path``. It is removed at the end unless it was renamed.

    Yield the open file and its path.

    Raises:
        OSError: the file can't be created.
    """
    while True:
        name = f"{path}.{os.getpid()}.{time.monotonic_ns()}{_UNFINISHED}"
        file = FileIO(name, "x+", opener=_private)
        if _lock(file) is not False and _is_at(file, name):
            break
        # Another process removed the file, as stale, before it was locked.
        file.close()
        with contextlib.suppress(OSError):
            os.unlink(name)
    try:
        yield file, name
    finally:
        if os.name == "nt":
            file.close()
        with contextlib.suppress(OSError):
            os.unlink(name)
        file.close()


def _private(path: str, flags: int) -> int:
    """Open a temporary file that only its owner may access; an opener for :class:`io.FileIO`."""
    return os.open(path, flags | _FLAGS, paths.PRIVATE)


def _lock(file: FileIO) -> bool | None:
    """Lock a file until it is closed, without waiting.

    Return True if it is locked now, False if another process has locked it, None if locks are not supported.
    """
    if fcntl is None:
        return None
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def _is_at(file: FileIO, path: str) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), os.stat(path))
    except FileNotFoundError:
        return False


def _remove_stale(folder: str) -> None:
    """Remove catalogs that have not been used for long, and temporary files of processes that have died."""
    now = time.time()
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with contextlib.suppress(OSError):
                if entry.name.startswith(PREFIX) and _is_stale(entry, now):
                    os.unlink(entry.path)


def _is_stale(entry: os.DirEntry[str], now: float) -> bool:
    """Return whether a file in the directory of catalogs can be removed, as it is unused or abandoned.

    A file of unknown kind is never stale.

    Args:
        entry: the file.
        now: the time in seconds since 1970.
    """
    if entry.name.endswith(_UNFINISHED):
        return _is_abandoned(entry, now)
    if entry.name.endswith(_UNFINISHED + _JOURNAL):
        return not os.path.lexists(entry.path.removesuffix(_JOURNAL))
    if entry.name.endswith(SUFFIX + SEAL):
        return not os.path.lexists(entry.path.removesuffix(SEAL))
    if not entry.name.endswith(SUFFIX):
        return False
    opened = entry.stat().st_mtime
    # The last use of a large catalog is the time of the file beside it.
    with contextlib.suppress(FileNotFoundError):
        opened = max(opened, os.stat(entry.path + SEAL).st_mtime)
    return now - opened > MAX_UNUSED_AGE


def _is_abandoned(entry: os.DirEntry[str], now: float) -> bool:
    """Return whether the process that wrote a temporary file has died, as shown by its free lock.

    If the file system has no locks, a file is taken as abandoned after a day.

    Args:
        entry: the temporary file.
        now: the time in seconds since 1970.
    """
    if fcntl is None:
        # Removing it fails while a process has it open.
        return True
    with FileIO(entry.path, "r+", opener=_private) as file:
        locked = _lock(file)
        # It may have been renamed to its final name in the meantime.
        return _is_at(file, entry.path) and (now - entry.stat().st_mtime > DAY if locked is None else locked)
