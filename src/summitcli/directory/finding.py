"""Searching directories for conferences, as ``summit search`` searches for sessions, and sorting them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing

from summitcli.catalog.schema import INDEXES, TABLES
from summitcli.directory.reading import Listed
from summitcli.lazy_typing import TYPE_CHECKING, NamedTuple
from summitcli.search.answers import Stage
from summitcli.search.finding import find
from summitcli.search.keys import Keys

if TYPE_CHECKING:
    from datetime import date


class Matches(NamedTuple):
    """The conferences that a search found, best first."""

    found: list[Listed]
    exact: bool = True
    """True if they match the text as typed; False if they only resemble it."""


def in_order(conferences: Iterable[Listed], today: date) -> list[Listed]:
    """Return conferences sorted: first those in progress, then upcoming ones, then past ones.

    Those in progress and the upcoming ones are sorted by start. Of the past ones, the latest is first.
    """
    day = today.isoformat()

    def order(listed: Listed) -> tuple[int, int, str]:
        row = listed.row
        if row.end < day:
            return 2, -int(row.end.replace("-", "")), row.name
        return int(row.start > day), int(row.start.replace("-", "")), row.name

    return sorted(conferences, key=order)


def search(conferences: Sequence[Listed], text: str) -> Matches:
    """Search for conferences by title, name and series, as ``summit search`` searches for sessions.

    Conferences that match equally well stay in the given order.
    """
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(TABLES + INDEXES)
        keys = Keys(connection)
        for position, (row, _directory) in enumerate(conferences):
            names = (row.title, row.name, *([row.series] if row.series else []))
            keys.add(position, (names, (), None, (), ()))
        keys.write()
        found = find(connection, text)
    return Matches([conferences[position] for position in found.sessions], found.stage is Stage.AS_TYPED)
