"""A catalog's open database: its rows, all at once or one by one, each believed before it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from summitcli.errors import CatalogDamaged
from summitcli.lazy_typing import Any
from summitcli.storage.sqlite import sqlite3

BATCH_SIZE = 1000
"""The number of rows in memory at once where they are read one by one."""


class Database:
    """The database of a catalog.

    Args:
        connection: a database that :func:`summitcli.catalog.build.build` has written.
        watch: called after each answer is read, and raises CatalogDamaged if the file was changed meanwhile:
            SQLite takes what is missing at the end of a file for zeros.
        release: called when the catalog is closed.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        watch: Callable[[], None] | None = None,
        release: Callable[[], None] | None = None,
    ) -> None:
        self._connection = connection
        self._watch = watch
        self._release = release

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
        if self._release:
            self._release()

    @property
    def is_watched(self) -> bool:
        """True if the catalog's file is read while questions are answered."""
        return self._watch is not None

    def select(self, statement: str, values: Iterable[object] = ()) -> list[tuple[Any, ...]]:
        """Return what a SELECT of this package finds."""
        try:
            with self._reading():
                return self._connection.execute(statement, tuple(values)).fetchall()
        except UnicodeEncodeError:
            return []  # A word of the command line that is no text is the name of nothing.

    def iterate(self, statement: str, values: Iterable[object] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield what a SELECT of this package finds, with at most :data:`BATCH_SIZE` rows in memory."""
        try:
            with self._reading():
                cursor = self._connection.execute(statement, tuple(values))
        except UnicodeEncodeError:
            return  # As for select().
        while True:
            with self._reading():
                rows = cursor.fetchmany(BATCH_SIZE)
            if not rows:
                return
            yield from rows

    def _one(self, statement: str, values: Iterable[object] = ()) -> tuple[Any, ...]:
        """Return the only row of an answer that always has one."""
        rows = self.select(statement, values)
        if len(rows) != 1:
            raise CatalogDamaged("a row is missing")
        return rows[0]

    def _reading(self) -> _Reading:
        return _Reading(self._watch)


class _Reading:
    """A block that ends with CatalogDamaged where what is read in it can't be believed.

    Args:
        watch: as for :class:`Database`.
    """

    def __init__(self, watch: Callable[[], None] | None) -> None:
        self._watch = watch

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _traceback: object) -> None:
        if isinstance(error, sqlite3.DatabaseError):
            raise CatalogDamaged(str(error)) from error
        if error is None and self._watch:
            self._watch()
