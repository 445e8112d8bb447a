"""Write a catalog's file: built under a temporary name, sealed, on the disk before it has its own name.

A temporary file is locked by the process that writes it, so that one whose writer has died is known by its
lock being free, and is removed by whoever writes the next catalog.
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
    PREFIX,
    SEAL,
    SUFFIX,
    SUMMED_WHOLE,
    connect,
    ending,
    is_safe_folder,
    mark,
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
    # Windows, where a file that is open can't be removed, and needs no lock for that.
    fcntl = None  # type: ignore[assignment]

try:
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

KEPT_UNOPENED = 60 * DAY
"""How long a catalog is kept that nobody opens, in seconds."""

PAGE_SIZES = ((2**17, 2**10), (2**22, 2**12))
"""Up to how many bytes of a source its catalog has pages of how many bytes. Of a small one half as much is to
be summed as with SQLite's own 4 KiB, since each of thirty tables and indexes has a page to itself."""
LARGEST_PAGE = 2**15
"""The same for all others, of which a day of 25,000 sessions is read as fast as through a memory map."""

_UNFINISHED = ".tmp"
_PIECE = 2**20
_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""Neither a link nor a pipe is one of our temporary files."""


def write(path: str, parsed: Parsed, source: Source) -> bool:
    """Put a sealed catalog at ``path``, in the place of whatever file is there.

    Args:
        path: where.
        parsed: the schedule.
        source: what it was read from.

    Returns:
        False, and nothing is written, where others may write to the folder: what is in it can't be believed.

    Raises:
        OSError: it can't be written.
        sqlite3.Error: the same.
        RecursionError: the folder lies so deep that it can't be made.
    """
    written = begin(path, parsed, _size(source))
    if written is None:
        return False
    with closing(written):
        written.place(path, source.identity)
    return True


def begin(path: str, parsed: Parsed, size: int) -> Unplaced | None:
    """Build a catalog in a temporary file beside ``path``; None where :func:`write` returns False.

    Args:
        path: where it may come to lie.
        parsed: the schedule.
        size: of its source, in bytes.

    Raises:
        OSError, sqlite3.Error, RecursionError: as for :func:`write`.
    """
    from summitcli.catalog.build import build

    folder = os.path.dirname(path)
    _make(folder)
    if not is_safe_folder(os.stat(folder)):
        return None
    _sweep(folder)
    with ExitStack() as stack:
        file, temporary = stack.enter_context(_temporary(path))
        # Nobody else opens this file: SQLite's own locks would be one more thing that a file system may lack.
        connection = stack.enter_context(closing(connect(temporary, "mode=rw&nolock=1")))
        build(parsed, connection, "", _page_size(size))
        return Unplaced(connection, file, temporary, stack.pop_all())


class Unplaced:
    """A catalog that is built and has no place yet; its file is removed if it never has one.

    Args:
        connection: its database.
        file: the file of it, which is open.
        temporary: the path of the file.
        stack: what is to be closed at the end.
    """

    def __init__(
        self, connection: sqlite3.Connection, file: FileIO, temporary: str, stack: ExitStack
    ) -> None:
        self.connection = connection
        self._file = file
        self._temporary = temporary
        self._stack = stack

    def close(self) -> None:
        """Let go of the file."""
        self._stack.close()

    def place(self, path: str, identity: str) -> None:
        """Seal the catalog and put it at ``path``; it can't be asked by this connection any more.

        Args:
            path: where.
            identity: of the source's exact state.

        Raises:
            OSError: it can't be written.
            sqlite3.Error: the same.
        """
        file = self._file
        with self.connection:
            self.connection.execute("UPDATE origin SET identity = ?", (identity,))
        self.connection.close()
        file.seek(0, os.SEEK_END)
        _write(file, ending(identity))
        digest = _digest(file, os.fstat(file.fileno()).st_size)
        file.seek(0, os.SEEK_END)
        _write(file, digest)
        os.fsync(file.fileno())
        if os.name == "nt":
            # Where a file that is open can't be renamed.
            file.close()
        atomic.rename_and_sync(self._temporary, path)
        # By now another process may have put its own there, which it seals itself.
        seal(path, os.stat(path) if file.closed else os.fstat(file.fileno()))


def seal(path: str, state: os.stat_result) -> None:
    """Note beside a large catalog that its digest holds while its file is in this state."""
    note = path + SEAL
    if state.st_size <= SUMMED_WHOLE:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(note)
        return
    with _temporary(note) as (file, temporary):
        _write(file, mark(state))
        file.close()
        os.replace(temporary, note)


def is_whole(file: FileIO) -> bool:
    """Return whether the digest of a catalog holds: its file is what was written.

    Raises:
        OSError: it can't be read.
    """
    size = os.fstat(file.fileno()).st_size - DIGEST_LENGTH
    return size >= 0 and _digest(file, size) == file.read(DIGEST_LENGTH)


def verify(path: str, file: FileIO) -> bool:
    """Return whether the digest of a large catalog holds, and if so seal the catalog anew.

    It is asked for where the note beside it is missing or of another state, as after a copy of the folder.

    Raises:
        OSError: it can't be read.
    """
    state = os.fstat(file.fileno())
    if not is_whole(file) or mark(os.fstat(file.fileno())) != mark(state):
        return False
    # Where the note can't be written, the next command compares the digest again.
    with contextlib.suppress(OSError):
        if is_safe_folder(os.stat(os.path.dirname(path))):
            seal(path, state)
    return True


def _size(source: Source) -> int:
    """Return the size of a source, in bytes."""
    if source.content is not None:
        return len(source.content)
    return os.path.getsize(source.path) if source.path else 0


def _page_size(size: int) -> int:
    """Return the size of the pages for the catalog of a source of that many bytes."""
    return next((page for largest, page in PAGE_SIZES if size <= largest), LARGEST_PAGE)


def _digest(file: FileIO, size: int) -> bytes:
    """Return the digest of the first ``size`` bytes, which are read."""
    digest = blake2b(digest_size=DIGEST_LENGTH // 2)
    file.seek(0)
    while size and (piece := file.read(min(size, _PIECE))):
        digest.update(piece)
        size -= len(piece)
    return digest.hexdigest().encode()


def _write(file: FileIO, data: bytes) -> None:
    """Write all of ``data``, of which a disk that fills up may take only a part at first."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) or 0 :]


def _make(folder: str) -> None:
    """Make ``folder``, for its owner alone.

    Raises:
        OSError: it can't be made.
        RecursionError: there are too many folders in its path.
    """
    try:
        os.stat(folder)
    except FileNotFoundError:
        os.makedirs(folder, mode=0o700, exist_ok=True)


@contextmanager
def _temporary(path: str) -> Iterator[tuple[FileIO, str]]:
    """Make a locked file beside ``path``, which is removed if it still has its name at the end.

    Raises:
        OSError: it can't be made.
    """
    while True:
        name = f"{path}.{os.getpid()}.{time.monotonic_ns()}{_UNFINISHED}"
        file = FileIO(name, "x+", opener=_private)
        if _lock(file) is not False and _is_at(file, name):
            break
        # Somebody who sweeps found it before it was locked.
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
    """Open a temporary file, which is for its owner alone."""
    return os.open(path, flags | _FLAGS, paths.PRIVATE)


def _lock(file: FileIO) -> bool | None:
    """Lock a file for as long as it is open; return whether it is locked now, or None without locks."""
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


def _sweep(folder: str) -> None:
    """Remove the catalogs that nobody opened for long, and what writers left behind that died."""
    now = time.time()
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with contextlib.suppress(OSError):
                if entry.name.startswith(PREFIX) and _is_needless(entry, now):
                    os.unlink(entry.path)


def _is_needless(entry: os.DirEntry[str], now: float) -> bool:
    """Return whether a file in the folder of catalogs may be removed; of other files that is False."""
    if entry.name.endswith(_UNFINISHED):
        return _is_abandoned(entry, now)
    if entry.name.endswith(SUFFIX + SEAL):
        return not os.path.lexists(entry.path.removesuffix(SEAL))
    if not entry.name.endswith(SUFFIX):
        return False
    opened = entry.stat().st_mtime
    # Of a large one the note beside it tells when it was opened last.
    with contextlib.suppress(FileNotFoundError):
        opened = max(opened, os.stat(entry.path + SEAL).st_mtime)
    return now - opened > KEPT_UNOPENED


def _is_abandoned(entry: os.DirEntry[str], now: float) -> bool:
    """Return whether the writer of a temporary file is gone for certain: nobody holds its lock.

    Where there are no locks, it is taken to be gone after a day.
    """
    if fcntl is None:
        # Whoever still writes it has it open, and it can't be removed.
        return True
    with FileIO(entry.path, "r+", opener=_private) as file:
        locked = _lock(file)
        # Its writer may have given it its name in the meantime.
        return _is_at(file, entry.path) and (now - entry.stat().st_mtime > DAY if locked is None else locked)
