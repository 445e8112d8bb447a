"""The full-text index of a catalog, which yields candidates: sessions that may match but must be checked.

The *keys* of a session are its normalised texts, one per line, with spaces between units (Chinese characters
or words).
"""

from __future__ import annotations

from collections.abc import Iterable

from summitcli.lazy_typing import TYPE_CHECKING, NamedTuple
from summitcli.search.answers import Field

if TYPE_CHECKING:
    import sqlite3

_COLUMNS = {Field.NAME: "name", Field.SPEAKER: "{name speaker}", Field.PLACE: "{name speaker place}"}
_KEYS = {
    Field.NAME: "keys.name",
    Field.SPEAKER: "keys.name || char(10) || keys.speaker",
    Field.PLACE: "keys.name || char(10) || keys.speaker || char(10) || keys.place",
}


class Filter(NamedTuple):
    """An SQL condition for the sessions to find, and the values of its ``?`` placeholders.

    In the condition, ``search.rowid`` is the position of the session.
    """

    condition: str = "TRUE"
    values: tuple[object, ...] = ()


ANY = Filter()
"""The filter that accepts all sessions."""


class Index(NamedTuple):
    """The full-text index of the catalog at ``connection``. Only sessions that meet ``within`` are found."""

    connection: sqlite3.Connection
    within: Filter = ANY

    def candidates(self, expression: str, field: Field) -> Iterable[tuple[int, str]]:
        """Return the sessions with texts that match ``expression``, in the schedule's order, to be checked.

        Args:
            expression: a query in the syntax of SQLite's FTS5, such as ``"open"* AND "source"``.
            field: the last field to search; those before it are searched, too.

        Returns:
            Pairs of a session's position and its keys: the texts of the searched fields, one per line, with
            spaces between Chinese characters and words.
        """
        return self.connection.execute(
            f"SELECT search.rowid, {_KEYS[field]} FROM search"  # noqa: S608
            " CROSS JOIN search_text AS keys ON keys.session = search.rowid"
            f" WHERE search MATCH ? AND {self.within.condition} ORDER BY search.rowid",
            [f"{_COLUMNS[field]} : ({expression})", *self.within.values],
        )
