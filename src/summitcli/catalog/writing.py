"""Writing of catalog files: built under a temporary name, given a digest, synced, then renamed.

A temporary file is locked by the process that writes it. A file whose lock is free was left by a process
that has died, and is removed when the next catalog is written.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from io import FileIO

from summitcli.catalog.seal import (
    DAY,
    DIGEST_LENGTH,
    MAX_SMALL_SIZE,
    PREFIX,
    SEAL,
    SUFFIX,
    connect,
    is_safe_folder,
    mark,
    trailer,
)
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.sources.source import Source
from summitcli.storage import atomic, paths

if TYPE_CHECKING:
    import sqlite3

    from summitcli.formats.parsed import Parsed

try:
    import fcntl
except ImportError:
    # On Windows, an open file can't be removed anyway, so it needs no lock.
    fcntl = None  # type: ignore[assignment]

try:
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

MAX_UNUSED_AGE = 60 * DAY
"""The time, in seconds, after which a catalog that was not used is removed."""

PAGE_SIZES = ((2**17, 2**10), (2**22, 2**12))
"""Database page sizes: pages of 1 KiB for sources of at most 128 KiB, of 4 KiB for those of at most 4 MiB.

Each of the thirty tables and indexes takes at least one page. So a small catalog is half as large with small
pages as with SQLite's default of 4 KiB.
"""
MAX_PAGE_SIZE = 2**15
"""The database page size in bytes for sources larger than those in :data:`PAGE_SIZES`.

With it, a day of 25,000 sessions is read fast.
"""

_UNFINISHED = ".tmp"
_CHUNK_SIZE = 2**20
_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""The flags with which temporary files are opened, so that links are refused and pipes don't block."""


def write(path: str, parsed: Parsed, source: Source) -> bool:
    """Write the catalog of a schedule to ``path``, replacing any file there.

    Args:
        path: the path of the catalog.
        parsed: the schedule.
        source: the source of the schedule.

    Returns:
        True, or False without writing anything, if other users may write to the directory.

    Raises:
        OSError: the file can't be written.
        sqlite3.Error: the database can't be written.
        RecursionError: the directory is nested too deeply to be created.
    """
    written = begin(path, parsed, _size(source))
    if written is None:
        return False
    with closing(written):
        written.place(path, source.identity)
    return True


def begin(path: str, parsed: Parsed, size: int) -> PendingCatalog | None:
    """Build a catalog in a temporary file beside ``path`` and return it, for the caller to put in place.

    Return None, without writing anything, if other users may write to the directory.

    Args:
        path: a path in the directory of the future catalog.
        parsed: the schedule.
        size: the size of its source, in bytes.

    Raises:
        OSError, sqlite3.Error, RecursionError: as for :func:`write`.
    """
    from summitcli.catalog.build import build

    folder = os.path.dirname(path)
    _make_directory(folder)
    if not is_safe_folder(os.stat(folder)):
        return None
    _remove_stale(folder)
    with ExitStack() as stack:
        file, temporary = stack.enter_context(_temporary(path))
        # No other process opens this file, so SQLite's locks, which some file systems lack, are not needed.
        connection = stack.enter_context(closing(connect(temporary, "mode=rw&nolock=1")))
        build(parsed, connection, "", _page_size(size))
        return PendingCatalog(connection, file, temporary, stack.pop_all())


class PendingCatalog:
    """A finished catalog in a temporary file, removed unless :meth:`place` moves it to its final path.

    Args:
        connection: the connection to its database.
        file: its open file.
        temporary: the path of the file.
        stack: the contexts to close at the end, such as the one that removes the temporary file.
    """

    def __init__(
        self, connection: sqlite3.Connection, file: FileIO, temporary: str, stack: ExitStack
    ) -> None:
        self.connection = connection
        self._file = file
        self._temporary = temporary
        self._stack = stack

    def close(self) -> None:
        """Close the file and remove it if it is still temporary."""
        self._stack.close()

    def place(self, path: str, identity: str) -> None:
        """Add the digest to the catalog's file and move it to ``path``; this closes the connection.

        Args:
            path: the final path.
            identity: a text that identifies the exact state of the schedule's source.

        Raises:
            OSError: the file can't be written.
            sqlite3.Error: the database can't be written.
        """
        file = self._file
        with self.connection:
            self.connection.execute("UPDATE origin SET identity = ?", (identity,))
        self.connection.close()
        file.seek(0, os.SEEK_END)
        _write(file, trailer(identity))
        digest = _digest(file, os.fstat(file.fileno()).st_size)
        file.seek(0, os.SEEK_END)
        _write(file, digest)
        os.fsync(file.fileno())
        if os.name == "nt":
            # Windows can't rename an open file.
            file.close()
        atomic.rename_and_sync(self._temporary, path)
        # Another process may have replaced the file by now, and seals its own.
        seal(path, os.stat(path) if file.closed else os.fstat(file.fileno()))


def seal(path: str, state: os.stat_result) -> None:
    """Write the seal of a catalog, a small file beside it, after the catalog's digest was verified.

    The seal records the size, times and inode of the catalog's file. As long as they are the same, the digest
    need not be verified again. A small catalog needs no seal; if it has an old one, that is removed.

    Args:
        path: the path of the catalog; the seal is a small file beside it.
        state: the status of the catalog's file.
    """
    note = path + SEAL
    if state.st_size <= MAX_SMALL_SIZE:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(note)
        return
    with _temporary(note) as (file, temporary):
        _write(file, mark(state))
        file.close()
        os.replace(temporary, note)


def is_whole(file: FileIO) -> bool:
    """Return whether the digest at the end of a catalog's file matches the content before it.

    Raises:
        OSError: the file can't be read.
    """
    size = os.fstat(file.fileno()).st_size - DIGEST_LENGTH
    return size >= 0 and _digest(file, size) == file.read(DIGEST_LENGTH)


def verify(path: str, file: FileIO) -> bool:
    """Return whether the digest of a large catalog matches its content; if so, write its seal again.

    The seal records the size and times of the catalog; later commands compare them instead of the digest. An
    old seal no longer matches if, for example, the directory was copied.

    Raises:
        OSError: the file can't be read.
    """
    state = os.fstat(file.fileno())
    if not is_whole(file) or mark(os.fstat(file.fileno())) != mark(state):
        return False
    # If the state can't be recorded, the next command verifies the digest again.
    with contextlib.suppress(OSError):
        if is_safe_folder(os.stat(os.path.dirname(path))):
            seal(path, state)
    return True


def _size(source: Source) -> int:
    if source.content is not None:
        return len(source.content)
    return os.path.getsize(source.path) if source.path else 0


def _page_size(size: int) -> int:
    """Return the SQLite page size for the catalog of a source of ``size`` bytes."""
    return next((page for largest, page in PAGE_SIZES if size <= largest), MAX_PAGE_SIZE)


def _digest(file: FileIO, size: int) -> bytes:
    """Read the first ``size`` bytes of a file and return their digest."""
    digest = blake2b(digest_size=DIGEST_LENGTH // 2)
    file.seek(0)
    while size and (piece := file.read(min(size, _CHUNK_SIZE))):
        digest.update(piece)
        size -= len(piece)
    return digest.hexdigest().encode()


def _write(file: FileIO, data: bytes) -> None:
    """Write all of ``data``, even if the system takes only a part at a time, as on a nearly full disk."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) or 0 :]


def _make_directory(folder: str) -> None:
    """Create ``folder`` if it is missing, accessible only to its owner.

    Raises:
        OSError: it can't be created.
        RecursionError: the path has too many components.
    """
    try:
        os.stat(folder)
    except FileNotFoundError:
        os.makedirs(folder, mode=0o700, exist_ok=True)


@contextmanager
def _temporary(path: str) -> Iterator[tuple[FileIO, str]]:
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
