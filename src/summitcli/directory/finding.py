"""Searching directories for conferences, in the way sessions are searched, and sorting conferences."""

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
    """The conferences found, best first."""

    found: list[Listed]
    exact: bool = True
    """True if the conferences match the text as typed, not only approximately."""


def in_order(conferences: Iterable[Listed], today: date) -> list[Listed]:
    """Return conferences sorted: first those in progress, then upcoming ones, then past ones.

    In progress and upcoming ones are in order of their start; of past ones, the one that ended last is first.
    """
    day = today.isoformat()

    def order(listed: Listed) -> tuple[int, int, str]:
        row = listed.row
        if row.end < day:
            return 2, -int(row.end.replace("-", "")), row.name
        return int(row.start > day), int(row.start.replace("-", "")), row.name

    return sorted(conferences, key=order)


def search(conferences: Sequence[Listed], text: str) -> Matches:
    """Search conferences by title, name and series, in the way ``summit search`` searches sessions.

    Conferences that match equally well stay in order.
    """
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(TABLES + INDEXES)
        keys = Keys(connection)
        for position, (row, _directory) in enumerate(conferences):
            keys.add_names(position, [row.title, row.name, *([row.series] if row.series else [])])
        keys.write()
        found = find(connection, text)
    return Matches([conferences[position] for position in found.sessions], found.stage is Stage.AS_TYPED)
