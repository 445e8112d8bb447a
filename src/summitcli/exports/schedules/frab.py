"""A schedule as days, rooms and events, for the two export formats of the frab family (JSON and XML).

The strict schemas of the c3voc require more than a schedule contains. The rest is computed from the schedule,
always with the same result: a UUID and a number for every event, a short name for the conference, and its
time unit, such as five minutes, into which all times can be divided. Nothing else is made up.

An event is one slot (time and room) of a session. A slot without times is written as an event of 24 hours
from midnight.

The beginning of a file depends on all sessions, and its events are sorted by day, room and time. So the
sessions are read once, and each event is written to a temporary file. Only what it is sorted by stays in
memory.
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
from summitcli.text.natural import natural_key
from summitcli.validation.strict.shapes import is_uri

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from summitcli.formats.parsed import Parsed
    from summitcli.model import Conference, Outline, Session, Slot, Text

GENERATOR = {"name": "summitcli", "version": __version__}
"""The entry ``generator`` of an exported file.

It names this program, which recognises its own files by it.
"""

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)

_NAMESPACE = UUID("3a7ee1b8-4c59-5d0c-9a57-50c1b5a9c1de")
"""The namespace of the UUIDs made for sessions (RFC 9562, section 5.5). It must never change."""

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_ACRONYM = re.compile(r"[a-z0-9_]{4,}")
_MIN_ACRONYM_LENGTH = 4

_URI_MARKS = "!#$%&'()*+,/:;=?@[]~"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


class Event(NamedTuple):
    """An event of the frab formats: one slot (time and room) of a session."""

    session: Session
    slot: Slot
    number: int
    """The number of the event in the schedule, from 1."""
    part: int
    """The number of the slot within its session, from 1."""
    guid: str
    """The UUID of the session: the publisher's, or one made from the session's ID.

    All events of a session have the same UUID.
    """
    start: datetime
    """The start in the conference's time zone; midnight if the slot has no times."""
    end: datetime
    track: str
    """The name of the session's category in the conference's language; empty if the session has none."""


class Day(NamedTuple):
    """A day of the conference, with its events."""

    number: int
    """The number of the day in the conference, from 1."""
    day: date
    start: datetime
    """The midnight at which the day begins."""
    end: datetime
    """The midnight at which the day ends. If an event ends later, the end of the last event.

    In any case this is before the end of the next day.
    """
    rooms: dict[str, list[int]]
    """The events in each room in order of time, such as ``{"Hall": [0, 5, 2]}``.

    The numbers are positions in ``Programme.written``. Events without a room are under the empty name.
    """


class Programme:
    """The events of a schedule as text in a temporary file, and their order by day, room and time.

    Args:
        parsed: the schedule; its sessions are iterated over once.
        write: a function that returns the text of an event.

    Raises:
        InvalidSchedule: a session is invalid.
        ScheduleError: ``write`` can't express an event in its format.
        OSError: the temporary file can't be written.
    """

    def __init__(self, parsed: Parsed, write: Callable[[Event], str]) -> None:
        conference = parsed.outline.conference
        self.written = TextSpool()
        """The text of each event, in the order of the schedule."""
        self._days = _Days(conference)
        minutes = DAY // MINUTE
        for event in _events(parsed):
            minutes = math.gcd(minutes, event.start.hour * 60 + event.start.minute, duration(event) // MINUTE)
            self._days.add(event, self.written.add(write(event)))
        self.timeslot = minutes * MINUTE
        """The longest time of which all starts (counted from midnight) and durations are multiples.

        It is five minutes, for example; if no event has times, a day.
        """

    def days(self) -> list[Day]:
        """Return every day of the conference, including days without events."""
        return self._days.sorted()


class _Days:
    """The days of a conference. It collects the time and room of each event and sorts the events by them."""

    def __init__(self, conference: Conference) -> None:
        self._conference = conference
        self._events: dict[date, list[tuple[float, int, str]]] = {}
        self._ends: dict[date, datetime] = {}
        self._rooms: dict[str, str] = {}

    def add(self, event: Event, number: int) -> None:
        """Add an event. ``number`` is the position of its exported text among those of all events."""
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
    """Return the duration of an event. An event without times lasts 24 hours, even if the clocks change."""
    if event.slot.start is None:
        return DAY
    return event.end.astimezone(UTC) - event.start.astimezone(UTC)


def own_text(schedule: Outline, text: Text | None) -> str:
    """Return a text in the conference's own language; an empty string if ``text`` is None."""
    return "" if text is None else text.own(schedule.conference.language)


def hours_and_minutes(span: timedelta) -> str:
    """Return a duration as ``HH:MM``, such as ``01:30``; 100 hours are ``100:00``."""
    hours, minutes = divmod(span // MINUTE, 60)
    return f"{hours:02}:{minutes:02}"


def time_of_day(moment: datetime) -> str:
    """Return the time of day of ``moment`` as ``HH:MM``."""
    return f"{moment:%H:%M}"


def instant(moment: datetime) -> str:
    """Return ``moment`` as an RFC 3339 timestamp, such as ``2022-07-23T09:30:00+08:00``.

    If the UTC offset of ``moment`` is not a whole number of minutes, the timestamp is in UTC. Before 1972,
    some time zones had such offsets.
    """
    offset = moment.utcoffset() or timedelta(0)
    if offset % MINUTE:
        moment = moment.astimezone(UTC)
    return moment.isoformat()


def uri(address: str | None) -> str | None:
    """Return ``address`` as a URI (RFC 3986), percent-encoded where needed; None if it can't be a URI."""
    encoded = quote(_STRAY_PERCENT.sub("%25", (address or "").strip()), _URI_MARKS)
    return encoded if is_uri(encoded) else None


def web_address(address: str | None) -> str | None:
    """Return ``address`` as a URI; None unless it begins with ``http://`` or ``https://``."""
    encoded = uri(address)
    return encoded if encoded and encoded.startswith(("http://", "https://")) else None


def _events(parsed: Parsed) -> Iterator[Event]:
    """Yield an event for each slot (time and room) of each session, in the order of the schedule."""
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
    """Return the UUID of a session: the publisher's, or one made from the session's ID.

    The publisher's is not taken if it is in ``used``, because another session has it.
    """
    guid = session.guid or ""
    if _UUID.fullmatch(guid) and guid.lower() not in used:
        return guid
    return str(uuid5(_NAMESPACE, f"{schedule.conference.id}/{session.id}"))


def _sort_key(moment: datetime) -> float:
    """Return ``moment`` in seconds since 1970.

    Datetimes with the same zone can't be compared directly: Python would compare their local times.
    """
    return moment.timestamp()


def _rooms_in_order(rooms: Mapping[str, list[int]], order: Sequence[str]) -> dict[str, list[int]]:
    """Return ``rooms`` sorted: first those in ``order``, in that order, then the rest in natural order."""
    place = {room: number for number, room in enumerate(order)}
    names = sorted(rooms, key=lambda room: (place.get(room, len(place)), natural_key(room)))
    return {room: rooms[room] for room in names}


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
