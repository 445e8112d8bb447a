"""The export of a whole schedule as iCalendar or CSV, the formats for lists of sessions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from summitcli.catalog.conditions import EVERYTHING
from summitcli.catalog.selection import Selection
from summitcli.catalog.store import temporary_catalog
from summitcli.exports.rows import Request, calendar, delimited
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
"""The columns of a schedule exported as CSV, in order."""


def ics(parsed: Parsed) -> Iterator[str]:
    """Yield the text of a calendar (RFC 5545) with all sessions, in the schedule's own language.

    Raises:
        InvalidSchedule: a session is invalid. The error is raised before anything is yielded.
    """
    with closing(temporary_catalog(parsed, searchable=False)) as catalog:
        request = Request(catalog=catalog, language=catalog.conference().language)
        yield from calendar.ics(Selection(catalog, EVERYTHING), request)


def csv(parsed: Parsed) -> Iterator[str]:
    """Yield CSV (RFC 4180) in the schedule's own language: a row for each time of each session.

    Raises:
        InvalidSchedule: a session is invalid. The error is raised before anything is yielded.
    """
    with closing(temporary_catalog(parsed, searchable=False)) as catalog:
        yield from delimited.csv(Selection(catalog, EVERYTHING), Request(COLUMNS))
