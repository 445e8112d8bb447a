"""What both formats of the frab family are written from: a schedule as days, rooms and events.

The strict schemas of the c3voc ask for more than a schedule has to say, so it is worked out from what it
does say, the same in every run: a UUID and a number for every event, a short name for the conference, the
length that all times are multiples of. Nothing is made up beside.

An event is one slot. A slot without clock times is written as one of 24 hours from its midnight.

A file begins with what is known only when all sessions have been seen, and has its events by day, room and
time. So the sessions are gone through once, each event is written at once and kept outside of memory, and of
each only what it is sorted by stays.
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
"""What wrote the file, by which our readers know that it can be taken at its word."""

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)

_NAMESPACE = UUID("3a7ee1b8-4c59-5d0c-9a57-50c1b5a9c1de")
"""Of the UUIDs made here (RFC 9562, section 5.5); any will do, as long as it never changes."""

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_ACRONYM = re.compile(r"[a-z0-9_]{4,}")
_SHORTEST = 4

_URI_MARKS = "!#$%&'()*+,/:;=?@[]~"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


class Event(NamedTuple):
    """One slot of a session, as an event."""

    session: Session
    slot: Slot
    number: int
    """From 1, in the schedule's own order."""
    part: int
    """Which of the session's slots it is, from 1."""
    guid: str
    """The publisher's UUID of the session, or one made of its id: the same for all its slots."""
    start: datetime
    """In the conference's time zone."""
    end: datetime
    track: str
    """The category's name, or nothing."""


class Day(NamedTuple):
    """A day of the conference with its events, by room and then by time; an unknown room is empty."""

    number: int
    """From 1."""
    day: date
    start: datetime
    """Its midnight."""
    end: datetime
    """The next midnight, or when its last event is over, on the next date at the latest."""
    rooms: dict[str, list[int]]
    """The numbers of the events among those that are written."""


class Programme:
    """The events of a schedule, written and sorted.

    Args:
        parsed: the schedule; its sessions are gone through once.
        write: writes an event.

    Raises:
        InvalidSchedule: a session is none.
        ScheduleError: ``write`` can't write an event.
        OSError: there is no room for what is written.
    """

    def __init__(self, parsed: Parsed, write: Callable[[Event], str]) -> None:
        conference = parsed.outline.conference
        self.written = TextSpool()
        """What is written of each event."""
        self._days = _Days(conference)
        minutes = DAY // MINUTE
        for event in _events(parsed):
            minutes = math.gcd(minutes, event.start.hour * 60 + event.start.minute, length(event) // MINUTE)
            self._days.add(event, self.written.add(write(event)))
        self.timeslot = minutes * MINUTE
        """The longest time that every start and every length is a multiple of; a day where none are known."""

    def days(self) -> list[Day]:
        """Return every day of the conference, those without events among them."""
        return self._days.sorted()


class _Days:
    """What the events of each day are sorted by."""

    def __init__(self, conference: Conference) -> None:
        self._conference = conference
        self._events: dict[date, list[tuple[float, int, str]]] = {}
        self._ends: dict[date, datetime] = {}
        self._rooms: dict[str, str] = {}

    def add(self, event: Event, number: int) -> None:
        """Note an event that is written under ``number``."""
        day = event.slot.day
        room = event.slot.room or ""
        # Each name once, however many events have it.
        room = self._rooms.setdefault(room, room)
        self._events.setdefault(day, []).append((_order(event.start), number, room))
        over = max(event.end, event.start + MINUTE, key=_order)
        self._ends[day] = max(self._ends.get(day, over), over, key=_order)

    def sorted(self) -> list[Day]:
        """Return the days in order, with their events."""
        start, end = self._conference.start, self._conference.end
        return [self._sorted(offset + 1, start + offset * DAY) for offset in range((end - start).days + 1)]

    def _sorted(self, number: int, day: date) -> Day:
        zone = self._conference.zone
        start, end = _midnight(day, zone), _midnight(day + DAY, zone)
        # A reader takes what begins before the end for part of the day, so the end is after every start,
        # and never so far on that it tells nothing.
        latest = _midnight(day + 2 * DAY, zone) - SECOND
        if day in self._ends:
            end = max(end, min(self._ends[day], latest, key=_order), key=_order)
        rooms: dict[str, list[int]] = {}
        for _start, event, room in sorted(self._events.get(day, ())):
            rooms.setdefault(room, []).append(event)
        return Day(number, day, start, end, _in_order(rooms, self._conference.rooms))


def acronym(schedule: Outline) -> str:
    """A short name of small letters, digits and underscores, at least four of them."""
    for name in (schedule.conference.acronym or "", schedule.conference.id):
        if _ACRONYM.fullmatch(name.lower()):
            return name.lower()
    return schedule.conference.id.replace("-", "_").ljust(_SHORTEST, "_")


def length(event: Event) -> timedelta:
    """How long an event lasts; a day has 24 hours, also where the clocks change."""
    if event.slot.start is None:
        return DAY
    return event.end.astimezone(UTC) - event.start.astimezone(UTC)


def own(schedule: Outline, text: Text | None) -> str:
    """A text in the conference's own language, or nothing."""
    return "" if text is None else text.own(schedule.conference.language)


def hours_and_minutes(span: timedelta) -> str:
    """A length as ``HH:MM``, of as many hours as it has."""
    hours, minutes = divmod(span // MINUTE, 60)
    return f"{hours:02}:{minutes:02}"


def clock(moment: datetime) -> str:
    """The time of day, ``HH:MM``."""
    return f"{moment:%H:%M}"


def instant(moment: datetime) -> str:
    """An instant as RFC 3339 has it, whose offsets are whole minutes: older local times are put in UTC."""
    offset = moment.utcoffset() or timedelta(0)
    if offset % MINUTE:
        moment = moment.astimezone(UTC)
    return moment.isoformat()


def uri(address: str | None) -> str | None:
    """``address`` as a URI (RFC 3986), the rest of it percent-encoded; None where it has no scheme."""
    encoded = quote(_STRAY_PERCENT.sub("%25", (address or "").strip()), _URI_MARKS)
    return encoded if is_uri(encoded) else None


def web_address(address: str | None) -> str | None:
    """``address`` as the URI of a page on the web, or None where it is none."""
    encoded = uri(address)
    return encoded if encoded and encoded.startswith(("http://", "https://")) else None


def _events(parsed: Parsed) -> Iterator[Event]:
    """Yield every slot of every session, in the schedule's own order."""
    outline = parsed.outline
    zone = outline.conference.zone
    tracks = {category.id: own(outline, category.name) for category in outline.categories}
    taken: set[str] = set()
    number = 0
    for session in parsed.sessions:
        guid = _guid(outline, session, taken)
        taken.add(guid.lower())
        track = tracks.get(session.category or "", "")
        for part, slot in enumerate(session.slots, 1):
            number += 1
            start = slot.start.astimezone(zone) if slot.start else _midnight(slot.day, zone)
            end = slot.end.astimezone(zone) if slot.end else _midnight(slot.day + DAY, zone)
            yield Event(session, slot, number, part, guid, start, end, track)


def _guid(schedule: Outline, session: Session, taken: set[str]) -> str:
    """The session's UUID: its publisher's, unless another session has it or it is none."""
    guid = session.guid or ""
    if _UUID.fullmatch(guid) and guid.lower() not in taken:
        return guid
    return str(uuid5(_NAMESPACE, f"{schedule.conference.id}/{session.id}"))


def _order(moment: datetime) -> float:
    """By the instant: two datetimes of one zone are compared by the wall clock, which may repeat an hour."""
    return moment.timestamp()


def _in_order(rooms: Mapping[str, list[int]], order: Sequence[str]) -> dict[str, list[int]]:
    """Return ``rooms`` in ``order``, those that are not in it after that by name."""
    place = {room: number for number, room in enumerate(order)}
    return dict(sorted(rooms.items(), key=lambda held: (place.get(held[0], len(place)), held[0])))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
