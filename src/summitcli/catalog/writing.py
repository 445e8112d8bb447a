"""Writing of catalog files: built under a temporary name, given a digest, synced, then renamed."""

from __future__ import annotations

import contextlib
import os
from contextlib import ExitStack, closing, suppress
from io import FileIO

from summitcli.catalog.files import prepare, scratch_file, temporary_file
from summitcli.catalog.seal import (
    DIGEST_LENGTH,
    MAX_SMALL_SIZE,
    SEAL,
    connect,
    is_safe_folder,
    mark,
    trailer,
)
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.sources.source import Source
from summitcli.storage import atomic

if TYPE_CHECKING:
    import sqlite3

    from summitcli.formats.parsed import Parsed

try:
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

PAGE_SIZES = ((2**17, 2**10), (2**22, 2**12))
"""Database page sizes: pages of 1 KiB for sources of at most 128 KiB, of 4 KiB for those of at most 4 MiB.

Each of the thirty tables and indexes takes at least one page. So a small catalog is half as large with small
pages as with SQLite's default of 4 KiB.
"""
MAX_PAGE_SIZE = 2**15
"""The database page size in bytes for sources larger than those in :data:`PAGE_SIZES`.

With it, a day of 25,000 sessions is read fast.
"""

_CHUNK_SIZE = 2**20


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
    import sqlite3

    from summitcli.catalog import search_process
    from summitcli.storage.second_process import SecondProcessError

    if not prepare(os.path.dirname(path)):
        return None
    if search_process.is_worthwhile(len(parsed.sessions)):
        # Two databases may need more space than there is.
        with suppress(SecondProcessError, sqlite3.Error), scratch_file(path) as second_file:
            return _built(path, parsed, size, second_file)
    return _built(path, parsed, size)


def _built(path: str, parsed: Parsed, size: int, second_file: str | None = None) -> PendingCatalog:
    """Build a catalog in a temporary file beside ``path``; for the arguments see :func:`begin`.

    Args:
        second_file: the path of an empty file for a second process; None to do without it.
    """
    from summitcli.catalog.build import build

    with ExitStack() as stack:
        file, temporary = stack.enter_context(temporary_file(path))
        # No other process opens this file, so SQLite's locks, which some file systems lack, are not needed.
        connection = stack.enter_context(closing(connect(temporary, "mode=rw&nolock=1")))
        build(parsed, connection, "", _page_size(size), second_file=second_file)
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
    with temporary_file(note) as (file, temporary):
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
