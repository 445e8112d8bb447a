"""The user's own entries in an agenda, such as a lunch: pure functions.

An entry has a day, and may have a start and an end in the conference's time zone. It is not a session: its ID
is not in the schedule, and it is never published or shared.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from datetime import date, datetime, timedelta, tzinfo

from summitcli.agenda.picks import Agenda, OwnEntry
from summitcli.errors import UsageError
from summitcli.i18n import _
from summitcli.lazy_typing import NamedTuple
from summitcli.rows import Listing
from summitcli.text.ids import numbered
from summitcli.text.uids import distinct_uid

MAX_ENTRIES = 1_000
"""The maximum number of the user's own entries in an agenda."""

MAX_TITLE = 500
"""The maximum length of an entry's title, in characters."""

_MAX_ID = 24
_NAMELESS = "block"
"""The ID of an entry whose title begins with no Latin letter: ``block``, ``block-2`` …"""


class RemovedEntries(NamedTuple):
    """An agenda after some of the user's own entries were removed, and the removed entries."""

    agenda: Agenda
    removed: tuple[OwnEntry, ...]


def entry_id(title: str, taken: Container[str]) -> str:
    """Return an ID for a new entry, made from its title, such as ``lunch-2``; it is not in ``taken``."""
    words = "-".join(re.findall("[a-z0-9]+", title.casefold()))[:_MAX_ID].strip("-")
    return numbered(words if re.match("[a-z]", words) else _NAMELESS, taken)


def add_entries(agenda: Agenda, entries: Iterable[OwnEntry]) -> Agenda:
    """Return ``agenda`` with ``entries`` added to the user's own entries, which are sorted by time.

    Raises:
        UsageError: there would be more than :data:`MAX_ENTRIES`.
    """
    found = sorted((*agenda.entries, *entries), key=lambda entry: (entry.day, entry.start or ""))
    if len(found) > MAX_ENTRIES:
        raise UsageError(_("an agenda has at most {n} own entries").format(n=MAX_ENTRIES))
    return agenda._replace(entries=tuple(found))


def remove_entries(agenda: Agenda, ids: Container[str]) -> RemovedEntries:
    """Remove the user's own entries with the given IDs; return the agenda, and the removed entries."""
    kept = tuple(entry for entry in agenda.entries if entry.id not in ids)
    return RemovedEntries(
        agenda._replace(entries=kept), tuple(entry for entry in agenda.entries if entry.id in ids)
    )


def find_entries(agenda: Agenda, text: str) -> tuple[OwnEntry, ...]:
    """Return the user's own entries that ``text`` names.

    These are the entry with this ID; or else the entries with this title; or else the entry whose ID begins
    with ``text``, if there is exactly one.
    """
    exact = tuple(entry for entry in agenda.entries if entry.id == text)
    titled = tuple(entry for entry in agenda.entries if entry.title.casefold() == text.casefold())
    begun = tuple(entry for entry in agenda.entries if text and entry.id.startswith(text.casefold()))
    return exact or titled or (begun if len(begun) == 1 else ())


def entry_times(entry: OwnEntry, zone: tzinfo) -> tuple[datetime, datetime] | None:
    """Return the start and end of an entry; None if it has no times.

    An end that is not after the start is on the next day.
    """
    if entry.start is None or entry.end is None:
        return None
    day = date.fromisoformat(entry.day)
    last = day if entry.end > entry.start else day + timedelta(days=1)
    start, end = (
        datetime.fromisoformat(f"{on}T{at}").replace(tzinfo=zone)
        for on, at in ((day, entry.start), (last, entry.end))
    )
    return start, end


def entry_listing(entry: OwnEntry, zone: tzinfo) -> Listing:
    """Return an entry as a listing (the form of a session in lists), to compare its times with sessions.

    Args:
        entry: the entry.
        zone: the conference's time zone.
    """
    start, end = entry_times(entry, zone) or (None, None)
    return own_listing(entry.id, entry.title, entry.day, start, end, entry.room)


def own_listing(
    id_: str, title: str, day: str, start: datetime | None, end: datetime | None, room: str | None = None
) -> Listing:
    """Return a listing (the form of a session in lists) for something that is not a session.

    Its day number is 0, as it is unknown.
    """
    return Listing(
        id=id_,
        title=title,
        titles={},
        category=None,
        category_name=None,
        day=day,
        day_number=0,
        start=None if start is None else start.isoformat(),
        end=None if end is None else end.isoformat(),
        all_day=start is None,
        part=1,
        parts=1,
        room=room,
        speakers=(),
        language=None,
        url=None,
        description=None,
    )


def entry_uid(entry: OwnEntry, conference: str) -> str:
    """Return the UID of an entry's event in calendars; no session and no other entry has the same UID.

    If the time of an entry changes, its UID changes, too: calendars ignore a changed event that has the same
    UID and no higher revision.
    """
    facts = (entry.id, entry.title, entry.day, entry.start or "", entry.end or "", entry.room or "")
    return distinct_uid("\0".join(facts), conference, "own entry")
