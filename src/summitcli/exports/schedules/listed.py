"""A whole schedule in the formats of sessions: a calendar, a table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from summitcli.catalog.guids import session_uids
from summitcli.catalog.store import catalog_of
from summitcli.exports.calendar import ics as calendar
from summitcli.exports.rows import Request, delimited
from summitcli.formats.parsed import Parsed

COLUMNS = (
    "day",
    "start",
    "end",
    "room",
    "id",
    "category",
    "title",
    "speakers",
    "language",
    "url",
    "description",
)
"""The columns of a schedule as CSV."""


def ics(parsed: Parsed) -> Iterator[str]:
    """Yield the calendar (RFC 5545) of all sessions, in the schedule's own language."""
    with closing(catalog_of(parsed, searchable=False)) as catalog:
        uids = session_uids(catalog)
        entries = (calendar.Entry(session, uid=uids(session)) for session in catalog.sessions())
        yield from calendar.ics(catalog.conference(), entries)


def csv(parsed: Parsed) -> Iterator[str]:
    """Yield every listing as RFC 4180 CSV with a header, in the schedule's own language."""
    with closing(catalog_of(parsed, searchable=False)) as catalog:
        yield from delimited.csv(catalog.listings(), Request(COLUMNS))
