"""Opening the catalog of a source, or building it if there is none that is up to date.

A catalog is a cache. If its file is damaged, it is rebuilt from the source; if it can't be saved, it is
built in memory, and the command still works.

A catalog's file is an SQLite database followed by a :func:`trailer` and a digest of everything before it,
both of which SQLite ignores. A small file is read whole, verified by its digest, and queried in memory, so
that the verified bytes are those in use. Verifying a large file at each command would take too long. Once it
is verified, its state (size, times and inode) is recorded in a small file beside it, the *seal*; as long as
the state is the same, the file is trusted (:mod:`summitcli.catalog.seal`).

The catalog of the built-in schedule is installed with the program, so that even the first command finds it;
its digest is always verified.
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
    MAX_SMALL_SIZE,
    PREFIX,
    SEAL,
    SUFFIX,
    WRITABLE_BY_OTHERS,
    connect,
    is_ours,
    is_safe_folder,
    mark,
    trailer,
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
"""The size of SQLite's page cache for a large catalog, in KiB; no command is faster with more.

Memory mapping is not used, as a process that reads a mapped file after it was truncated is killed (mmap(2),
SIGBUS).
"""

_opened_paths: set[str] = set()
"""The paths of catalog files that this process has opened, except those it has built itself."""
_distrusted: set[str] = set()
"""The paths of catalog files that are taken for damaged and must be rebuilt instead of opened."""


def open_catalog(source: Source, listen: Callable[[Findings], None] | None = None) -> Catalog:
    """Open the catalog of ``source``; build it first if there is none that is up to date.

    Args:
        source: the source of the schedule.
        listen: a function that gets the findings (problems in the source that the reader noticed). It is
            called only if the source had to be parsed.

    Raises:
        ScheduleError: the source is not a valid schedule.
        Unreachable: the source can't be read.
    """
    for path, is_installed in ((source.prepared, True), (_path(source), False)):
        if path and path not in _distrusted and (catalog := _open(path, source.identity, is_installed)):
            _opened_paths.add(path)
            return catalog
    from summitcli.formats import parse

    parsed = parse(source.read(), source.name, source.hints)
    catalog = build_catalog(source, parsed)
    if listen:
        listen(parsed.findings)
    return catalog


def build_catalog(source: Source, parsed: Parsed) -> Catalog:
    """Build the catalog of ``source`` from its parsed schedule and save it for the next command.

    Raises:
        InvalidSchedule: a session is invalid.
    """
    return _build(parsed, source)


def temporary_catalog(parsed: Parsed, searchable: bool = True) -> Catalog:
    """Build a catalog that is not saved.

    It is a temporary database. SQLite writes it to a file only if it is larger than the cache (SQLite
    documentation, "Temporary Databases"). If there can be no such file, the database is in memory.

    Args:
        parsed: the schedule.
        searchable: whether to include the tables for searching; without them, searches have no matches.

    Raises:
        InvalidSchedule: a session is invalid.
    """
    return Catalog(_without_file(parsed, "", searchable))


def distrust_opened() -> bool:
    """Treat the catalogs that this process has opened as damaged: remove them, so that they are rebuilt.

    The file of the catalog that is installed with the program is ignored instead of removed.

    Returns:
        Whether this process had opened a catalog; otherwise, an error can't come from a damaged catalog file.
    """
    from contextlib import suppress

    paths = frozenset(_opened_paths)
    _opened_paths.clear()
    _distrusted.update(paths)
    for path in paths:
        # The catalog that is installed with the program is not removed.
        if os.path.basename(path).startswith(PREFIX):
            with suppress(OSError):
                os.unlink(path)
    return bool(paths)


def _path(source: Source) -> str:
    """Return the path of a source's catalog, which is the same for all states of the source."""
    return _path_of(fingerprint(source.home.encode("utf-8", "surrogateescape")))


def _path_of(key: str) -> str:
    return os.path.join(os.path.abspath(folders.cache()), PREFIX + key + SUFFIX)


def _open(path: str, identity: str, is_installed: bool = False) -> Catalog | None:
    """Open the catalog at ``path``; return None if it is missing, damaged, out of date or not trusted.

    Args:
        path: the path of the catalog's file.
        identity: the identity of the source's state; a catalog of another state is out of date.
        is_installed: whether the catalog is installed with the program, and therefore trusted.
    """
    catalog = None
    try:
        file = FileIO(path, opener=_open_file)
    except OSError:
        return None
    try:
        state = os.fstat(file.fileno())
        if is_installed:
            catalog = _open_small(path, file, identity)
        elif _is_trusted(state, path):
            small = state.st_size <= MAX_SMALL_SIZE
            catalog = _open_small(path, file, identity) if small else _open_large(path, file, state, identity)
            if small and catalog and time.time() - state.st_mtime > DAY:
                _touch(path)
    except (OSError, sqlite3.Error):
        pass
    finally:
        # The file of a large catalog stays open, to detect changes while it is read.
        if catalog is None or not catalog.is_watched:
            file.close()
    return catalog


def _open_file(path: str, flags: int) -> int:
    """Open a file for reading without blocking, in case it is a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _is_trusted(state: os.stat_result, path: str) -> bool:
    """Return whether a file is an ordinary file that no other user can have written.

    Args:
        state: the file's status.
        path: the file's path; its directory must be safe, too.
    """
    if not stat.S_ISREG(state.st_mode) or not is_ours(state):
        return False
    if hasattr(os, "geteuid") and state.st_mode & WRITABLE_BY_OTHERS:
        return False
    return is_safe_folder(os.stat(os.path.dirname(path)))


def _open_small(path: str, file: FileIO, identity: str) -> Catalog | None:
    """Load a small catalog into memory; return None if it is damaged or of another state of the source.

    Args:
        path: the path of the catalog's file.
        file: the open file.
        identity: the identity of the source's state, which the catalog must have recorded.
    """
    tail = trailer(identity)
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
    """Open a large catalog; return None if it is damaged or of another state of the source.

    If the catalog's seal (a small file beside it) shows that its file has not changed since it was last
    verified, the file is trusted. Otherwise its digest is verified.

    Args:
        path: the path of the catalog's file.
        file: the open file.
        state: the file's status.
        identity: the identity of the source's state, which the catalog must have recorded.
    """
    tail = trailer(identity)
    file.seek(-len(tail) - DIGEST_LENGTH, os.SEEK_END)
    if file.read(len(tail)) != tail:
        return None
    if not _is_sealed(path, mark(state)):
        from summitcli.catalog.writing import verify

        if not verify(path, file):
            return None
    # A finished catalog never changes, so SQLite needs no locks and no journal.
    connection = connect(path, "mode=ro&immutable=1")
    connection.execute("PRAGMA mmap_size = 0")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    if not os.path.samestat(state, os.stat(path)):
        # Another process has just replaced the file, and SQLite may have opened the new one.
        connection.close()
        file.close()
        return _open(path, identity)

    def watch() -> None:
        now = os.fstat(file.fileno())
        if (now.st_size, now.st_mtime_ns) != (state.st_size, state.st_mtime_ns):
            raise CatalogDamaged("changed while being read")

    return Catalog(connection, watch, file.close)


def _is_sealed(path: str, expected: bytes) -> bool:
    """Return whether a catalog's seal shows that its file is unchanged since its digest was verified.

    A seal is a small file that records the size, times and inode of the catalog's file. If it matches, its
    modification time is updated, as a sign that the catalog is still in use.

    Args:
        path: the path of the catalog.
        expected: the present state of its file, which the seal must record.
    """
    note = path + SEAL
    try:
        with FileIO(note, opener=_open_file) as file:
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
    """Build and save the catalog of ``source``; if it can't be saved, build one that is not saved.

    ``parsed`` is the schedule.
    """
    from contextlib import suppress

    from summitcli.catalog.writing import write

    path, identity = _path(source), source.identity
    built = None
    # If writing fails, an existing file may be the damaged one and is not opened.
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
    """The catalog of a new schedule, whose sessions get their final IDs by :meth:`named`.

    The final IDs are known only after the sessions were matched with those of the saved schedule. Matching
    needs this catalog.

    Args:
        parsed: the schedule, with the IDs that its source gives; its sessions are read.
        size: the size of its source, in bytes.
        is_kept: whether the catalog may be saved; if not, it has no tables for searching.

    Raises:
        InvalidSchedule: a session is invalid.
    """

    def __init__(self, parsed: Parsed, size: int, is_kept: bool = True) -> None:
        from contextlib import suppress

        from summitcli.catalog.writing import begin

        self._parsed = parsed
        self._pending = None
        if is_kept:
            with suppress(OSError, RecursionError, sqlite3.Error):
                self._pending = begin(_path_of("new"), parsed, size)
        if self._pending:
            self._connection = self._pending.connection
        else:
            self._connection = _without_file(parsed, "", searchable=is_kept)
        self._is_handed_over = False
        self.catalog = Catalog(self._connection)
        """The catalog with provisional IDs, which are made from the source alone."""

    def close(self) -> None:
        """Remove the temporary file. Close the catalog, too, unless :meth:`named` has returned it."""
        if not self._is_handed_over:
            self._connection.close()
        if self._pending:
            self._pending.close()

    def named(self, id_: str, names: Mapping[str, str], source: Source | None = None) -> Catalog:
        """Return the catalog with the final IDs, which sessions keep in later versions; call this only once.

        Args:
            id_: the ID of the conference.
            names: for each session that had another ID in earlier versions: ``{ID made from the source:
                earlier ID}``.
            source: the source of the schedule, for which the catalog is saved; None if it must not be saved.
        """
        from contextlib import suppress

        from summitcli.catalog.renaming import rename
        from summitcli.formats.names import with_conference_id, with_session_ids

        identity = source.identity if source else ""
        with suppress(OSError, sqlite3.Error):
            rename(self._connection, id_, self._parsed.sessions.ids(), names)
            if source is None or self._pending is None:
                self._is_handed_over = True
                return self.catalog
            path = _path(source)
            self._pending.place(path, identity)
            if placed := _open(path, identity):
                _distrusted.discard(path)
                return placed
        parsed = with_session_ids(with_conference_id(self._parsed, id_), names)
        return Catalog(_without_file(parsed, identity))
