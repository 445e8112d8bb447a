"""Where catalogs are kept: found by key, built when missing, renamed into place, swept when old.

A catalog is a cache. Whatever is wrong with its file, it is built again from its source; where it can't be
kept, it is built in memory and the command still works.
"""

import contextlib
import os
import sqlite3
import stat
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from summitcli import folders
from summitcli.catalog import schema
from summitcli.catalog.queries import Catalog
from summitcli.sources import Source
from summitcli.sources.source import fingerprint

if TYPE_CHECKING:
    from summitcli.formats.findings import Findings
    from summitcli.model import Outline, Schedule, Session

KEPT_UNOPENED = 60 * 86400
"""How long a catalog is kept that nobody opens, in seconds."""

LARGEST_MAPPED = 2**28
"""How much of a catalog SQLite maps into memory instead of reading it piece by piece, in bytes: its file is
replaced as a whole and never changed (SQLite, "Memory-Mapped I/O")."""

_PREFIX = "catalog-"
_SUFFIX = ".sqlite"
_UNFINISHED = ".tmp"
_DAY = 86400


def open_catalog(
    source: Source, anew: bool = False, listen: Callable[["Findings"], None] | None = None
) -> Catalog:
    """The catalog of ``source``, built first where there is no current one.

    Args:
        source: the schedule.
        anew: build it in any case, as the one that is there is damaged.
        listen: is told what is odd about the schedule, where it had to be read.

    Raises:
        ScheduleError: the source holds no valid schedule.
        Unreachable: the source can't be read.
    """
    path = _path(source)
    connection = None if anew else _open(path, source.identity)
    if connection is None:
        from summitcli.formats import stream

        outline, sessions, findings = stream(source.read(), source.name, source.hints)
        if listen:
            listen(findings)
        connection = _build(outline, sessions, source.identity, path)
    return Catalog(connection)


def keep_catalog(source: Source, schedule: "Schedule") -> Catalog:
    """The catalog of ``source``, which has been read already, built so that the next command finds it."""
    return Catalog(_build(schedule, schedule.sessions, source.identity, _path(source)))


def catalog_of(schedule: "Schedule") -> Catalog:
    """A catalog of ``schedule`` in memory, for looking into it once."""
    return Catalog(_in_memory(schedule, schedule.sessions, ""))


def _path(source: Source) -> str:
    """The file of a source's catalog: one for each place, whatever its state, so that none pile up."""
    key = fingerprint(source.home.encode("utf-8", "surrogateescape"))
    return os.path.join(os.path.abspath(folders.cache()), _PREFIX + key + _SUFFIX)


def _open(path: str, identity: str) -> sqlite3.Connection | None:
    """A connection to the catalog at ``path``, if it is one of ours, whole, and of that identity."""
    try:
        state = os.stat(path)
    except OSError:
        return None
    if not stat.S_ISREG(state.st_mode):
        # To open a pipe would take until somebody writes to it.
        return None
    connection = None
    try:
        # A catalog never changes once it has its name, so SQLite needs no locks and no journal.
        connection = _connect(path, "mode=ro&immutable=1")
        connection.execute(f"PRAGMA mmap_size = {LARGEST_MAPPED}")
        row = connection.execute(
            "SELECT application_id, user_version, identity"
            " FROM pragma_application_id, pragma_user_version, origin"
        ).fetchone()
        if row == (schema.APPLICATION_ID, schema.FORMAT, identity):
            if time.time() - state.st_mtime > _DAY:
                with contextlib.suppress(OSError):
                    os.utime(path)
            return connection
    except sqlite3.Error:
        pass
    if connection is not None:
        connection.close()
    return None


def _build(outline: "Outline", sessions: "Iterable[Session]", identity: str, path: str) -> sqlite3.Connection:
    from summitcli.catalog.build import build

    temporary = f"{path}.{os.getpid()}.{time.monotonic_ns()}{_UNFINISHED}"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            with contextlib.closing(_connect(temporary, "mode=rw")) as connection:
                build(outline, connection, identity, sessions)
            os.replace(temporary, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise
        _sweep(os.path.dirname(path))
        built = _open(path, identity)
    except (OSError, sqlite3.Error):
        # What lies there now may be the damaged one.
        built = None
    return built or _in_memory(outline, sessions, identity)


def _in_memory(outline: "Outline", sessions: "Iterable[Session]", identity: str) -> sqlite3.Connection:
    from summitcli.catalog.build import build

    built = sqlite3.connect(":memory:")
    build(outline, built, identity, sessions)
    return built


def _sweep(folder: str) -> None:
    """Remove the catalogs that nobody opened for long, and what builders that died left behind."""
    now = time.time()
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if not (entry.name.startswith(_PREFIX) and entry.name.endswith((_SUFFIX, _UNFINISHED))):
                continue
            kept = KEPT_UNOPENED if entry.name.endswith(_SUFFIX) else _DAY
            with contextlib.suppress(OSError):
                if now - entry.stat().st_mtime > kept:
                    os.unlink(entry.path)


def _connect(path: str, options: str) -> sqlite3.Connection:
    """Open ``path`` as an SQLite URI (SQLite, "Uniform Resource Identifiers"), of whatever bytes."""
    if os.sep != "/":
        path = "/" + path.replace(os.sep, "/")
    encoded = "".join(
        chr(byte) if byte < 0x80 and chr(byte) not in "%?#" else f"%{byte:02x}" for byte in os.fsencode(path)
    )
    return sqlite3.connect(f"file:{encoded}?{options}", uri=True)
