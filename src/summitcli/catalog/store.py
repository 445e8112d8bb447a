"""Find the catalog of a source: opened where it is whole and current, built where it is not.

A catalog is a cache. Whatever is wrong with its file, it is built again from its source; where it can't be
kept, it is built in memory and the command still works.

A catalog's file is an SQLite database followed by a seal, which SQLite never looks at: :func:`ending` and a
digest of all before it. A small file is read whole, compared with its digest, and asked in memory: what
answers is what was summed. Of a large one the size, the times and the inode are compared with those that
were noted beside it when its digest was last compared (:mod:`summitcli.catalog.writing`).

The bundled schedule's catalog is installed with the program, so that the first command finds it, too; it is
always summed.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Mapping
from io import FileIO

from summitcli.catalog.queries import Catalog
from summitcli.catalog.seal import (
    DAY,
    DIGEST_LENGTH,
    OTHERS_WRITE,
    PREFIX,
    SEAL,
    SUFFIX,
    SUMMED_WHOLE,
    connect,
    ending,
    is_ours,
    is_safe_folder,
    mark,
)
from summitcli.errors import CatalogDamaged
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.sources.source import Source, fingerprint
from summitcli.storage import folders
from summitcli.storage.sqlite import sqlite3

if TYPE_CHECKING:
    from summitcli.formats.findings import Findings
    from summitcli.formats.parsed import Parsed

CACHE_KIB = 16_000
"""How much SQLite keeps of a large catalog's pages, in KiB; no command is faster with more. They are not
mapped into memory, as reading a map of a file that somebody cuts short ends the process (mmap(2), SIGBUS)."""

_found: set[str] = set()
"""The files that this process has opened and not written."""
_distrusted: set[str] = set()
"""Those that are not opened again, but written anew."""


def open_catalog(source: Source, listen: Callable[[Findings], None] | None = None) -> Catalog:
    """Return the catalog of ``source``, built first where there is no current one.

    Args:
        source: the schedule.
        listen: is told what is odd about the schedule, where it had to be read.

    Raises:
        ScheduleError: the source holds no valid schedule.
        Unreachable: the source can't be read.
    """
    for path, is_installed in ((source.prepared, True), (_path(source), False)):
        if path and path not in _distrusted and (catalog := _open(path, source.identity, is_installed)):
            _found.add(path)
            return catalog
    from summitcli.formats import parse

    parsed = parse(source.read(), source.name, source.hints)
    catalog = keep_catalog(source, parsed)
    if listen:
        listen(parsed.findings)
    return catalog


def keep_catalog(source: Source, parsed: Parsed) -> Catalog:
    """Build the catalog of ``source`` from what was read of it, so that the next command finds it.

    Raises:
        InvalidSchedule: a session is none.
    """
    return _build(parsed, source)


def catalog_of(parsed: Parsed, searchable: bool = True) -> Catalog:
    """Build a catalog without a file, for looking into it once.

    What is more than SQLite's cache lies in a temporary file of its own as long as it is open ("Temporary
    Databases"); where there can be none, in memory.

    Args:
        parsed: the schedule.
        searchable: whether its sessions will be searched for; else a search finds nothing.

    Raises:
        InvalidSchedule: a session is none.
    """
    return Catalog(_without_file(parsed, "", searchable))


def distrust_found() -> bool:
    """Have each catalog that this process has found built anew when it is next opened, by whatever process.

    Returns:
        Whether there was one: else what went wrong can't have come of a catalog's file.
    """
    from contextlib import suppress

    paths = frozenset(_found)
    _found.clear()
    _distrusted.update(paths)
    for path in paths:
        # What is installed with the program is not ours to remove.
        if os.path.basename(path).startswith(PREFIX):
            with suppress(OSError):
                os.unlink(path)
    return bool(paths)


def _path(source: Source) -> str:
    """Return the file of a source's catalog: one for each place, whatever its state, so that none pile up."""
    return _path_of(fingerprint(source.home.encode("utf-8", "surrogateescape")))


def _path_of(key: str) -> str:
    return os.path.join(os.path.abspath(folders.cache()), PREFIX + key + SUFFIX)


def _open(path: str, identity: str, is_installed: bool = False) -> Catalog | None:
    """Open the catalog at ``path``, if it is one of ours, whole, and of that identity; else return None.

    Args:
        path: of its file.
        identity: of the source's state.
        is_installed: whether it is a file of the program, which is believed as the program is.
    """
    catalog = None
    try:
        file = FileIO(path, opener=_opened)
    except OSError:
        return None
    try:
        state = os.fstat(file.fileno())
        if is_installed:
            catalog = _open_small(path, file, identity)
        elif _is_believed(state, path):
            small = state.st_size <= SUMMED_WHOLE
            catalog = _open_small(path, file, identity) if small else _open_large(path, file, state, identity)
            if small and catalog and time.time() - state.st_mtime > DAY:
                _touch(path)
    except (OSError, sqlite3.Error):
        pass
    finally:
        # A large one is watched through its file as long as it is read.
        if catalog is None or not catalog.is_watched:
            file.close()
    return catalog


def _opened(path: str, flags: int) -> int:
    """Open a file for reading; a pipe that lies there would else wait until somebody writes to it."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _is_believed(state: os.stat_result, path: str) -> bool:
    """Return whether a file is a regular one that only we can have written."""
    if not stat.S_ISREG(state.st_mode) or not is_ours(state):
        return False
    if hasattr(os, "geteuid") and state.st_mode & OTHERS_WRITE:
        return False
    return is_safe_folder(os.stat(os.path.dirname(path)))


def _open_small(path: str, file: FileIO, identity: str) -> Catalog | None:
    """Open a catalog in memory, if its digest holds."""
    tail = ending(identity)
    content = memoryview(file.readall())
    sealed = content[:-DIGEST_LENGTH]
    if sealed[-len(tail) :] != tail or fingerprint(sealed).encode() != content[-DIGEST_LENGTH:]:
        return None
    connection = sqlite3.connect(":memory:")
    if hasattr(connection, "deserialize"):
        connection.deserialize(sealed[: -len(tail)])
    else:
        # SQLite was built without that (SQLITE_OMIT_DESERIALIZE).
        connection.close()
        connection = connect(path, "mode=ro&immutable=1")
    return Catalog(connection)


def _open_large(path: str, file: FileIO, state: os.stat_result, identity: str) -> Catalog | None:
    """Open a catalog in its file, if that is as it was when its digest held, or else if its digest holds."""
    tail = ending(identity)
    file.seek(-len(tail) - DIGEST_LENGTH, os.SEEK_END)
    if file.read(len(tail)) != tail:
        return None
    if not _is_sealed(path, mark(state)):
        from summitcli.catalog.writing import verify

        if not verify(path, file):
            return None
    # A catalog never changes once it has its name, so SQLite needs no locks and no journal.
    connection = connect(path, "mode=ro&immutable=1")
    connection.execute("PRAGMA mmap_size = 0")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    if not os.path.samestat(state, os.stat(path)):
        # Another process has just put its own in the place, which SQLite may have opened.
        connection.close()
        return _open(path, identity)

    def watch() -> None:
        now = os.fstat(file.fileno())
        if (now.st_size, now.st_mtime_ns) != (state.st_size, state.st_mtime_ns):
            raise CatalogDamaged("it was changed while it was read")

    return Catalog(connection, watch, file.close)


def _is_sealed(path: str, expected: bytes) -> bool:
    """Return whether the note beside a large catalog is ``expected``, and remember that it was opened."""
    note = path + SEAL
    try:
        with FileIO(note, opener=_opened) as file:
            state = os.fstat(file.fileno())
            if not stat.S_ISREG(state.st_mode) or not is_ours(state) or file.readall() != expected:
                return False
    except OSError:
        return False
    if time.time() - state.st_mtime > DAY:
        _touch(note)
    return True


def _touch(path: str) -> None:
    from contextlib import suppress

    with suppress(OSError):
        os.utime(path)


def _build(parsed: Parsed, source: Source) -> Catalog:
    """Build a catalog in its file, or without one where it can't be kept."""
    from contextlib import suppress

    from summitcli.catalog.writing import write

    path, identity = _path(source), source.identity
    built = None
    # Where it can't be kept, what lies there now may be the damaged one.
    with suppress(OSError, RecursionError, sqlite3.Error):
        if write(path, parsed, source):
            built = _open(path, identity)
    if built:
        _distrusted.discard(path)
    return built or Catalog(_without_file(parsed, identity))


def _without_file(parsed: Parsed, identity: str, searchable: bool = True) -> sqlite3.Connection:
    from summitcli.catalog.build import build

    built = sqlite3.connect("")
    built.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    try:
        build(parsed, built, identity, searchable=searchable)
    except sqlite3.Error:
        built.close()
        built = sqlite3.connect(":memory:")
        build(parsed, built, identity, searchable=searchable)
    return built


class NewCatalog:
    """The catalog of a schedule whose sessions are looked at before it is known what they are called.

    Args:
        parsed: the schedule, with the ids of its source; its sessions are gone through.
        size: of its source, in bytes.
        is_kept: whether it may be kept; else it is for looking into it once, and nothing can be searched for.

    Raises:
        InvalidSchedule: a session is none.
    """

    def __init__(self, parsed: Parsed, size: int, is_kept: bool = True) -> None:
        from contextlib import suppress

        from summitcli.catalog.writing import begin

        self._parsed = parsed
        self._unplaced = None
        if is_kept:
            with suppress(OSError, RecursionError, sqlite3.Error):
                self._unplaced = begin(_path_of("new"), parsed, size)
        if self._unplaced:
            self._connection = self._unplaced.connection
        else:
            self._connection = _without_file(parsed, "", searchable=is_kept)
        self._is_handed_over = False
        self.catalog = Catalog(self._connection)
        """Answers with the ids of the source."""

    def close(self) -> None:
        """Let go of what :meth:`named` has not handed over."""
        if not self._is_handed_over:
            self._connection.close()
        if self._unplaced:
            self._unplaced.close()

    def named(self, id_: str, names: Mapping[str, str], source: Source | None = None) -> Catalog:
        """Return the catalog with the ids that the conference and its sessions have in the library.

        It can be asked for once.

        Args:
            id_: the conference's.
            names: see :func:`summitcli.formats.names.with_session_ids`.
            source: what it is of from now on, so that the next command finds it; None where it is not kept.
        """
        from contextlib import suppress

        from summitcli.catalog.renaming import rename
        from summitcli.formats.names import with_conference_id, with_session_ids

        identity = source.identity if source else ""
        with suppress(OSError, sqlite3.Error):
            rename(self._connection, id_, self._parsed.sessions.ids(), names)
            if source is None or self._unplaced is None:
                self._is_handed_over = True
                return self.catalog
            path = _path(source)
            self._unplaced.place(path, identity)
            if placed := _open(path, identity):
                _distrusted.discard(path)
                return placed
        parsed = with_session_ids(with_conference_id(self._parsed, id_), names)
        return Catalog(_without_file(parsed, identity))
