"""A schedule as days, rooms and events, for the two export formats of the frab family (JSON and XML).

The strict schemas of the c3voc require more than a schedule contains. The rest is derived from the schedule
in a repeatable way: a UUID and a number for every event, a short name for the conference, and the duration of
which all times are multiples. Nothing else is made up.

An event is one slot. A slot without times is written as an event of 24 hours from midnight.

A file begins with values that depend on all sessions, and its events are sorted by day, room and time. So the
sessions are read once, each event is written to a temporary file, and only its sort key stays in memory.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import quote
from uuid import UUID, uuid5

from summitcli import __version__
from summitcli.lazy_typing import TYPE_CHECKING, NamedTuple
from summitcli.storage.spool import TextSpool
from summitcli.validation.strict.shapes import is_uri

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from summitcli.formats.parsed import Parsed
    from summitcli.model import Conference, Outline, Session, Slot, Text

GENERATOR = {"name": "summitcli", "version": __version__}
"""The entry in an exported file that names this program as its generator; our own readers look for it."""

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)

_NAMESPACE = UUID("3a7ee1b8-4c59-5d0c-9a57-50c1b5a9c1de")
"""The namespace of the UUIDs made for sessions (RFC 9562, section 5.5); it must never change."""

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_ACRONYM = re.compile(r"[a-z0-9_]{4,}")
_MIN_ACRONYM_LENGTH = 4

_URI_MARKS = "!#$%&'()*+,/:;=?@[]~"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


class Event(NamedTuple):
    """An event of the frab formats: one slot of a session."""

    session: Session
    slot: Slot
    number: int
    """The number of the event, from 1, in the schedule's own order."""
    part: int
    """The number of the slot within its session, from 1."""
    guid: str
    """The publisher's UUID of the session, or one derived from its ID; all slots of a session share it."""
    start: datetime
    """The start in the conference's time zone; for a slot without times, midnight."""
    end: datetime
    track: str
    """The name of the session's category in the conference's language; empty if it has none."""


class Day(NamedTuple):
    """A day of the conference with its events."""

    number: int
    """The number of the day, from 1."""
    day: date
    start: datetime
    """The midnight at which the day begins."""
    end: datetime
    """The midnight at which the day ends, or the end of the last event if later, but at most a day later."""
    rooms: dict[str, list[int]]
    """The events in each room in order of time, as indices of ``Programme.written``.

    Events without a room are under the empty name.
    """


class Programme:
    """The events of a schedule, written as text in a temporary file, and their order by day, room and time.

    Args:
        parsed: the schedule; its sessions are iterated over once.
        write: a function that returns the text of an event.

    Raises:
        InvalidSchedule: a session is invalid.
        ScheduleError: ``write`` can't express an event.
        OSError: the temporary file can't be written.
    """

    def __init__(self, parsed: Parsed, write: Callable[[Event], str]) -> None:
        conference = parsed.outline.conference
        self.written = TextSpool()
        """The text of each event, in the schedule's own order."""
        self._days = _Days(conference)
        minutes = DAY // MINUTE
        for event in _events(parsed):
            minutes = math.gcd(minutes, event.start.hour * 60 + event.start.minute, duration(event) // MINUTE)
            self._days.add(event, self.written.add(write(event)))
        self.timeslot = minutes * MINUTE
        """The longest duration of which all starts and durations are multiples; a day without any times."""

    def days(self) -> list[Day]:
        """Return every day of the conference, including days without events."""
        return self._days.sorted()


class _Days:
    """The days of a conference with the times and rooms of their events, by which these are sorted."""

    def __init__(self, conference: Conference) -> None:
        self._conference = conference
        self._events: dict[date, list[tuple[float, int, str]]] = {}
        self._ends: dict[date, datetime] = {}
        self._rooms: dict[str, str] = {}

    def add(self, event: Event, number: int) -> None:
        """Add an event, whose text is the one at position ``number`` in the list of all events' texts."""
        day = event.slot.day
        room = event.slot.room or ""
        # One string object per room, however many events have it.
        room = self._rooms.setdefault(room, room)
        self._events.setdefault(day, []).append((_sort_key(event.start), number, room))
        over = max(event.end, event.start + MINUTE, key=_sort_key)
        self._ends[day] = max(self._ends.get(day, over), over, key=_sort_key)

    def sorted(self) -> list[Day]:
        """Return the days in order, each with its events sorted by room and time."""
        start, end = self._conference.start, self._conference.end
        return [self._sorted(offset + 1, start + offset * DAY) for offset in range((end - start).days + 1)]

    def _sorted(self, number: int, day: date) -> Day:
        zone = self._conference.zone
        start, end = _midnight(day, zone), _midnight(day + DAY, zone)
        # For readers a day includes whatever begins before its end, so the end is after every start, but
        # before the end of the next day.
        latest = _midnight(day + 2 * DAY, zone) - SECOND
        if day in self._ends:
            end = max(end, min(self._ends[day], latest, key=_sort_key), key=_sort_key)
        rooms: dict[str, list[int]] = {}
        for _start, event, room in sorted(self._events.get(day, ())):
            rooms.setdefault(room, []).append(event)
        return Day(number, day, start, end, _rooms_in_order(rooms, self._conference.rooms))


def acronym(schedule: Outline) -> str:
    """Return a short name of the conference: at least four lower-case letters, digits or underscores."""
    for name in (schedule.conference.acronym or "", schedule.conference.id):
        if _ACRONYM.fullmatch(name.lower()):
            return name.lower()
    return schedule.conference.id.replace("-", "_").ljust(_MIN_ACRONYM_LENGTH, "_")


def duration(event: Event) -> timedelta:
    """Return the duration of an event; for a slot without times, 24 hours even if the clocks change."""
    if event.slot.start is None:
        return DAY
    return event.end.astimezone(UTC) - event.start.astimezone(UTC)


def own_text(schedule: Outline, text: Text | None) -> str:
    """Return a text in the conference's own language; empty if it is None."""
    return "" if text is None else text.own(schedule.conference.language)


def hours_and_minutes(span: timedelta) -> str:
    """Return a duration as ``HH:MM``, such as ``01:30``; from 100 hours on, hours have more digits."""
    hours, minutes = divmod(span // MINUTE, 60)
    return f"{hours:02}:{minutes:02}"


def time_of_day(moment: datetime) -> str:
    """Return the time of day of a moment as ``HH:MM``."""
    return f"{moment:%H:%M}"


def instant(moment: datetime) -> str:
    """Return a moment as an RFC 3339 timestamp; in UTC if its UTC offset has seconds, as before 1972."""
    offset = moment.utcoffset() or timedelta(0)
    if offset % MINUTE:
        moment = moment.astimezone(UTC)
    return moment.isoformat()


def uri(address: str | None) -> str | None:
    """Return ``address`` as a URI (RFC 3986), percent-encoded where needed; None if it can't be one."""
    encoded = quote(_STRAY_PERCENT.sub("%25", (address or "").strip()), _URI_MARKS)
    return encoded if is_uri(encoded) else None


def web_address(address: str | None) -> str | None:
    """Return ``address`` as a URI that begins with ``http://`` or ``https://``; None if it does not."""
    encoded = uri(address)
    return encoded if encoded and encoded.startswith(("http://", "https://")) else None


def _events(parsed: Parsed) -> Iterator[Event]:
    """Yield an event for each slot of each session, in the schedule's own order."""
    outline = parsed.outline
    zone = outline.conference.zone
    tracks = {category.id: own_text(outline, category.name) for category in outline.categories}
    used: set[str] = set()
    number = 0
    for session in parsed.sessions:
        guid = _guid(outline, session, used)
        used.add(guid.lower())
        track = tracks.get(session.category or "", "")
        for part, slot in enumerate(session.slots, 1):
            number += 1
            start = slot.start.astimezone(zone) if slot.start else _midnight(slot.day, zone)
            end = slot.end.astimezone(zone) if slot.end else _midnight(slot.day + DAY, zone)
            yield Event(session, slot, number, part, guid, start, end, track)


def _guid(schedule: Outline, session: Session, used: set[str]) -> str:
    """Return the UUID of a session: the publisher's, or one made from its ID if there is none.

    A UUID in ``used``, which another session has, is not used again.
    """
    guid = session.guid or ""
    if _UUID.fullmatch(guid) and guid.lower() not in used:
        return guid
    return str(uuid5(_NAMESPACE, f"{schedule.conference.id}/{session.id}"))


def _sort_key(moment: datetime) -> float:
    """Return a moment in seconds since 1970, as datetimes of one zone compare by local time."""
    return moment.timestamp()


def _rooms_in_order(rooms: Mapping[str, list[int]], order: Sequence[str]) -> dict[str, list[int]]:
    """Return ``rooms`` with those in ``order`` first, in that order, and then the others by name."""
    place = {room: number for number, room in enumerate(order)}
    return dict(sorted(rooms.items(), key=lambda held: (place.get(held[0], len(place)), held[0])))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
