"""The ``schedule.json`` of frab, pretalx and c3voc: days contain rooms, and rooms contain events."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from summitcli.budgets import EVENTS, ROOMS
from summitcli.formats.assembly.rooms import in_order
from summitcli.formats.draft import Draft, DraftDay, Event
from summitcli.formats.frab.family import Family, Times, looks_nested, read_event, read_family, read_times
from summitcli.formats.frab.nights import change_of_day
from summitcli.formats.json_fields import LIST_TYPES, UNEXPECTED, Fields, quoted, starts
from summitcli.formats.json_shape import LazyList
from summitcli.formats.spooled import spooled
from summitcli.formats.times import (
    END_OF_DAY,
    UNREADABLE,
    find_zone,
    on_day,
    read_clock,
    read_day,
    read_instant,
)
from summitcli.sources.source import NO_HINTS, Hints

_MOMENTS = ("date", "start")


def detect(data: bytes) -> bool:
    """Return whether ``data`` looks like JSON with a conference and with events in days and rooms."""
    return looks_nested(data)


def read(data: bytes, name: str, _hints: Hints = NO_HINTS) -> Draft:
    """Return the draft of the schedule in ``data`` (its content as the file states it).

    The events are in the order of the file.

    Raises:
        InvalidSchedule: the document is not JSON, has no conference with a list of days, or is too large.
    """
    family = read_family(data, name, "conference.days")
    rooms: list[list[str]] = []
    events = spooled(_events(family, find_zone(family.draft.time_zone), rooms))
    return family.draft._replace(events=events, rooms=_rooms(family, rooms))


class _EventList(NamedTuple):
    """The list of the events in one room on one day; it may be empty."""

    room: str
    entries: Sequence[Any] | LazyList
    where: str
    """The list's path in the document, such as ``schedule.conference.days[0].rooms["Ada"]``."""


def _events(family: Family, zone: ZoneInfo | None, rooms: list[list[str]]) -> Iterator[Event]:
    """Yield the events of all days. For each day, append a list of the names of its rooms to ``rooms``."""
    for day in family.days:
        lists = [*_event_lists(day.fields, family)]
        rooms.append([listed.room for listed in lists if listed.room])
        change = "" if day.draft and day.draft.start else _change(lists)
        for listed in lists:
            for number, entry in enumerate(listed.entries):
                where = f"{listed.where}[{number}]"
                if isinstance(entry, dict):
                    event = day.fields.fields_of(entry, where)
                    times = _times(event, day.draft, zone, change)
                    yield read_event(event, family, times, day.draft, listed.room)
                elif entry is not None:
                    family.draft.findings.add(UNEXPECTED, where)


def _rooms(family: Family, days: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the names of all rooms in order: first those that the conference lists, then the others.

    Args:
        family: the document without its events.
        days: for each day, the names of its rooms in order.
    """
    if family.ours:
        names = [name for name, _place in family.meta.entries("rooms") if isinstance(name, str)]
        return tuple(names)
    return tuple(dict.fromkeys((*family.draft.rooms, *in_order(days))))


def _event_lists(day: Fields, family: Family) -> Iterator[_EventList]:
    """Yield the lists of events of a day. Empty lists are included, because they name a room too."""
    rooms = day.raw("rooms")
    if isinstance(rooms, dict):
        day.spend(ROOMS, len(rooms))
        for room in rooms:
            yield _event_list(day.child("rooms"), room, room, quoted(room))
    elif rooms is not None:
        for fields in day.children("rooms"):
            yield _event_list(fields, "events", fields.own_name(family.rooms))
    yield _event_list(day, "events", "")


def _event_list(holder: Fields, key: str, room: str, written: str = "") -> _EventList:
    entries = holder.raw(key)
    place = f"{holder.where}{written or '.' + key}"
    if isinstance(entries, LIST_TYPES):
        holder.spend(EVENTS, len(entries))
        return _EventList(room, entries, place)
    if entries is not None:
        holder.fields_of({}, place).note(UNEXPECTED)
    return _EventList(room, (), place)


def _change(lists: Iterable[_EventList]) -> str:
    """Return the time, such as ``04:00``, at which a conference day ends; empty if it ends at midnight.

    An event of the day with an earlier time is on the next morning. The end is found from the order of the
    events; see :func:`change_of_day`.
    """
    rooms: defaultdict[str, list[str]] = defaultdict(list)
    for listed in lists:
        rooms[listed.room] += starts(listed.entries)
    return change_of_day(rooms.values())


def _times(event: Fields, day: DraftDay | None, zone: ZoneInfo | None, change: str) -> Times:
    """Return the times of an event.

    Its start is in its ``date``. If ``date`` has no time, ``start`` has the time of day, and ``date`` or the
    day under which the event is listed has the date.

    Args:
        event: the event's JSON object.
        day: the day under which the event is listed.
        zone: the conference's time zone, if known.
        change: the time, such as ``04:00``, at which the conference day ends; empty for midnight.
    """
    date_text, start_text = event.texts(_MOMENTS)
    clock, instant = read_clock(start_text), read_instant(date_text)
    start = instant or read_instant(start_text)
    if not start and clock:
        on = read_day(date_text)
        start = on_day(on, clock) if on else _in_day(day, clock, zone, change) if day else None
    if not instant and date_text.strip() and not read_day(date_text):
        event.note(UNREADABLE, "date", date_text)
    if not clock and start_text.strip() and not read_instant(start_text):
        event.note(UNREADABLE, "start", start_text)
    return read_times(event, start, "0:00" if clock == END_OF_DAY else clock)


def _in_day(day: DraftDay, clock: str, zone: ZoneInfo | None, change: str) -> datetime:
    """Return the first moment of a conference day at which the local time is ``clock``.

    Args:
        day: the day.
        clock: the time of day, such as ``14:30``.
        zone: the conference's time zone, if known.
        change: the time, such as ``04:00``, at which the conference day ends; empty for midnight. It is used
            only if the source does not say when the day begins.
    """
    if not day.start:
        at = on_day(day.day, clock)
        return at + timedelta(days=bool(change) and at < on_day(day.day, change))
    begins = (day.start.astimezone(zone) if zone and day.start.tzinfo else day.start).replace(tzinfo=None)
    at = on_day(begins.date(), clock)
    return at if at >= begins else at + timedelta(days=1)
