"""Access to the database of a catalog, with detection of damage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from summitcli.errors import CatalogDamaged
from summitcli.lazy_typing import Any
from summitcli.storage.sqlite import sqlite3

BATCH_SIZE = 1000
"""The number of rows in memory at once during iteration."""


class Database:
    """The database of a catalog, whose queries detect damage.

    Args:
        connection: a database written by :func:`summitcli.catalog.build.build`.
        watch: a function that is called after each read, and raises CatalogDamaged if the file has changed.
            SQLite alone would not notice: it reads a missing end of the file as zeros.
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
        """Close the database."""
        self._connection.close()
        if self._release:
            self._release()

    @property
    def is_watched(self) -> bool:
        """Return whether each read checks that the file has not changed.

        This is necessary for a catalog that is read from its file, not from a copy in memory.
        """
        return self._watch is not None

    def select(self, statement: str, values: Iterable[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a SELECT statement; ``values`` are those of its ``?`` placeholders.

        Raises:
            CatalogDamaged: the database can't be read.
        """
        try:
            with self._reading():
                return self._connection.execute(statement, tuple(values)).fetchall()
        except UnicodeEncodeError:
            return []  # An argument of the command line that is not valid text matches nothing.

    def iterate(self, statement: str, values: Iterable[object] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a SELECT statement, with at most :data:`BATCH_SIZE` of them in memory.

        ``values`` are the values of its ``?`` placeholders.

        Raises:
            CatalogDamaged: the database can't be read.
        """
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

    def _single_row(self, statement: str, values: Iterable[object] = ()) -> tuple[Any, ...]:
        """Return the row of a SELECT statement that always yields exactly one row."""
        rows = self.select(statement, values)
        if len(rows) != 1:
            raise CatalogDamaged("a row is missing")
        return rows[0]

    def _reading(self) -> _Reading:
        return _Reading(self._watch)


class _Reading:
    """A context manager for reading: it turns database errors into CatalogDamaged and calls ``watch``.

    Args:
        watch: called at the end, to raise CatalogDamaged if the file has changed; None to check nothing.
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
