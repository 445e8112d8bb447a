"""The index of a catalog, asked for candidates."""

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
    """A condition on the session ``search.rowid`` in SQL, with its values."""

    condition: str = "TRUE"
    values: tuple[object, ...] = ()


ANY = Filter()
"""Lets every session through."""


class Index(NamedTuple):
    """The index of the catalog behind ``connection``, of the sessions that ``within`` lets through."""

    connection: sqlite3.Connection
    within: Filter = ANY

    def candidates(self, expression: str, field: Field) -> Iterable[tuple[int, str]]:
        """The sessions that answer to an expression, in the schedule's own order.

        Args:
            expression: what to ask for, in the language of FTS5.
            field: where to look; also in the fields before it.

        Returns:
            Pairs of a session's position and the keys of those fields, one on each line.
        """
        return self.connection.execute(
            f"SELECT search.rowid, {_KEYS[field]} FROM search"  # noqa: S608
            " CROSS JOIN search_text AS keys ON keys.session = search.rowid"
            f" WHERE search MATCH ? AND {self.within.condition} ORDER BY search.rowid",
            [f"{_COLUMNS[field]} : ({expression})", *self.within.values],
        )
