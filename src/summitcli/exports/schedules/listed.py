"""A whole schedule in the formats of sessions: a calendar, a table."""

from __future__ import annotations

from contextlib import closing

from summitcli.catalog.guids import session_uids
from summitcli.catalog.store import catalog_of
from summitcli.exports.calendar import ics as calendar
from summitcli.exports.rows import Request, delimited
from summitcli.formats.parsed import Parsed
from summitcli.lazy_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summitcli.model import Schedule

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


def ics(schedule: Schedule) -> str:
    """Return the calendar (RFC 5545) of all sessions, in the schedule's own language."""
    with closing(catalog_of(Parsed.of(schedule))) as catalog:
        uids = session_uids(catalog)
        entries = (calendar.Entry(session, uid=uids(session)) for session in catalog.sessions())
        return calendar.ics(catalog.conference(), entries)


def csv(schedule: Schedule) -> str:
    """Return every listing as RFC 4180 CSV with a header, in the schedule's own language."""
    with closing(catalog_of(Parsed.of(schedule))) as catalog:
        return delimited.csv(catalog.listings(), Request(COLUMNS))
