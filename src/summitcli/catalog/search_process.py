"""Writing the search tables of a large schedule in a second process, while this one reads the sessions.

Indexing the texts of sessions takes as long as reading and checking the sessions, so that a catalog is
finished earlier if another processor does it. The second process writes the tables to a database of its own;
at the end, this process copies their rows.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing

from summitcli.catalog.schema import SEARCH_TABLES
from summitcli.catalog.seal import connect, uri
from summitcli.lazy_typing import Any
from summitcli.search.keys import Keys, SessionTexts, SpeakerTexts
from summitcli.storage.second_process import SecondProcess, processors, serve

MIN_SESSIONS = 5_000
"""The number of sessions from which on a second process saves more time than it takes to start."""
BATCH_SIZE = 200
"""The number of sessions whose texts are sent at once."""
FINISHED = "finished"
"""The message after the texts of all sessions; without it, the texts are incomplete."""

_COPIED = ("search_text", "search_spelling", "search_neighbour", "search_piece")
_INDEX = ("search_data", "search_idx", "search_config")
"""The tables in which FTS5 stores the full-text index ``search`` (SQLite, FTS5, "The FTS5 Shadow Tables")."""
_OPTIONS = "mode=rw&nolock=1"
"""The options with which the second database is opened; only one process at a time uses it."""


def is_worthwhile(sessions: int) -> bool:
    """Return whether a second process makes building a catalog of so many sessions faster here."""
    return sessions >= MIN_SESSIONS and processors() > 1


class SearchProcess:
    """A second process that writes search tables; used like :class:`summitcli.search.keys.Keys`.

    Args:
        connection: a database with the tables of :data:`summitcli.catalog.schema.TABLES`, to which the rows
            are copied at the end.
        path: the path of an empty file for the database of the second process.
        categories: the names in each language of the sessions' categories, by ID.
        speakers: the speakers of whom more is known than their names.

    Raises:
        SecondProcessError: the process can't be started.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: str,
        categories: Mapping[str, Sequence[str]],
        speakers: Iterable[SpeakerTexts],
    ) -> None:
        self._connection = connection
        self._path = path
        self._batch: list[tuple[int, SessionTexts]] = []
        self._process = SecondProcess(__name__)
        self._process.send((os.fsencode(path), categories, [*speakers]))

    def add(self, position: int, texts: SessionTexts) -> None:
        """Send the texts of a session.

        Args:
            position: the number of the session in the schedule's order.
            texts: the texts of the session.

        Raises:
            SecondProcessError: the process has ended.
        """
        self._batch.append((position, texts))
        if len(self._batch) == BATCH_SIZE:
            self._process.send(self._batch)
            self._batch.clear()

    def write(self) -> None:
        """Fill the search tables, after the last :meth:`add` and outside of a transaction.

        Raises:
            SecondProcessError: the process has ended without writing its tables.
            sqlite3.Error: the database can't be written.
        """
        self._process.send(self._batch)
        self._process.send(FINISHED)
        self._process.finish()
        self._connection.execute("ATTACH ? AS apart", (uri(self._path, _OPTIONS),))
        with self._connection:
            for table in _INDEX:
                # An empty index has rows, too.
                self._connection.execute(f"DELETE FROM main.{table}")  # noqa: S608
            for table in (*_COPIED, *_INDEX):
                self._connection.execute(f"INSERT INTO main.{table} SELECT * FROM apart.{table}")  # noqa: S608
        self._connection.execute("DETACH apart")

    def close(self) -> None:
        """End the process if it is still running."""
        self._process.close()


def _write(messages: Iterator[Any]) -> None:
    """Write the search tables of the texts in ``messages``; the second process does this."""
    path, categories, speakers = next(messages)
    with closing(connect(os.fsdecode(path), _OPTIONS)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(SEARCH_TABLES)
        keys = Keys(connection, categories, speakers)
        while (batch := next(messages)) != FINISHED:
            for position, texts in batch:
                keys.add(position, texts)
        keys.write()
        connection.commit()


if __name__ == "__main__":
    serve(_write)
