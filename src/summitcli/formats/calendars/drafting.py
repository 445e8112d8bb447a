"""A calendar as the draft of a schedule.

Where iCalendar leaves open what its properties mean for a schedule:

- The first of CATEGORIES is the track, LOCATION the room, and each ATTENDEE with a name a speaker, but for
  those who were invited and have answered (PARTSTAT, RSVP), and those who are no people.
- Titles are left as they are: what some programs write behind a hyphen may be names, or not.
- Events that share a UID without RECURRENCE-ID are different ones, and the UID says nothing of them.
- What is cancelled is left out.
- Pentabarf's own properties say more than those of iCalendar beside them: its number and slug name the event,
  and its UID, made of the number, is no guid.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from summitcli.budgets import EVENTS
from summitcli.formats.calendars.components import Component
from summitcli.formats.calendars.events import Calendar, CalendarEvent
from summitcli.formats.calendars.lengths import Time
from summitcli.formats.calendars.own import told
from summitcli.formats.calendars.recurrence import Recurrences
from summitcli.formats.calendars.series import Series
from summitcli.formats.calendars.zone_names import iana_name
from summitcli.formats.draft import Draft, DraftLink, Event
from summitcli.formats.findings import CANCELLED, Kind
from summitcli.formats.spooled import spooled
from summitcli.text import calendar_properties as own
from summitcli.text.uids import ID_PROPERTY, UidParts, parse_uid

SHARED_UID = Kind("{n} event with the UID of another", "{n} events with the UIDs of others")

MOST_TIMES = 30_000
"""How many days are kept of those events of one file that last several."""

_OURS = "-//summitcli//"
_UTC = "UTC"
_NO_NAME = "-"
"""Stands for zones that are in IANA's list under no name."""

_PRETALX = re.compile(r"(pretalx-.+-([A-Z0-9]{3,16}))(?:-[0-9]+)?(@.+)")
"""``pretalx-{event}-{code}@{host}``, with ``-{n}`` after the code of what is held more than once."""
_UUID = re.compile(r"(([0-9a-f]{8})(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:@.*)?", re.IGNORECASE)
_LONGEST_NAME = 24
"""The most characters of a UID, before its ``@``, that make an id worth typing."""

_NOT_PEOPLE = frozenset({"GROUP", "RESOURCE", "ROOM"})
_ANSWERED = ("PARTSTAT", "RSVP")
_PAGES = ("http://", "https://")


class _Session(NamedTuple):
    """What a UID says of the session that its event is a time of."""

    identity: str | None = None
    names: tuple[str, ...] = ()
    guid: str = ""


def draft(calendar: Calendar) -> Draft:
    """Return what a calendar says of a schedule, as far as it says it.

    Raises:
        InvalidSchedule: its events are held more often than a file of its size may say.
    """
    return _Drafting(calendar).draft()


class _Drafting:
    """Makes the draft of one file."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._ours = self._said("PRODID").startswith(_OURS)
        self._versioned = self._ours and bool(self._said(own.VERSION))
        self._left = MOST_TIMES

    def draft(self) -> Draft:
        """Return the whole schedule."""
        events = self._calendar.events
        for event in events:
            if event.cancelled:
                event.component.note(CANCELLED)
        held = [event for event in events if not event.cancelled]
        return Draft(
            events=spooled(self._events(held)),
            findings=self._calendar.findings,
            id=next((ours.conference for event in events if (ours := self._named(event.uid))), ""),
            title=self._said("X-WR-CALNAME", "NAME", "SUMMARY"),
            language=self._said(own.CONFERENCE_LANGUAGE) if self._ours else "",
            time_zone=self._time_zone(held),
            exact=self._ours,
            # That of ours says where the calendar is, and nothing of the conference.
            url="" if self._ours else self._said("URL"),
            revised=self._revised(),
            cancelled=self._cancelled(),
        )

    def _cancelled(self) -> frozenset[str]:
        """Return the guids of what is cancelled, and not one of its times alone."""
        gone = (event for event in self._calendar.events if event.cancelled and not event.stands_for)
        return frozenset(filter(None, (self._session(event, shared=False).guid for event in gone)))

    def _said(self, *names: str) -> str:
        """What the first calendar says that has one of these properties."""
        return next(filter(None, (part.text(*names) for part in self._calendar.components)), "")

    def _named(self, uid: str) -> UidParts | None:
        """What a UID names in a calendar of our own."""
        return parse_uid(uid) if self._ours else None

    def _time_zone(self, held: Sequence[CalendarEvent]) -> str:
        """Return the zone that all times are in, else the calendar's, else the only one that is named."""
        said = self._said("X-WR-TIMEZONE")
        said = iana_name(said) or said
        places = {_place(event.first.start) for event in held if event.first} - {None}
        named = [place for place in places if place not in ("", _UTC, _NO_NAME)]
        only = (named[0] or "") if len(named) == 1 else ""
        return only if only and len(places) == 1 and not self._ours else said or only

    def _revised(self) -> date | None:
        """When an event was last changed; some programs say only when they wrote it."""
        for name in ("LAST-MODIFIED", "DTSTAMP"):
            moments = (
                self._calendar.timetable.moment(event.component, name) for event in self._calendar.events
            )
            # Both are to be in UTC (RFC 5545 sections 3.8.7.2 and 3.8.7.3).
            latest = max(
                (
                    moment if moment.tzinfo else moment.replace(tzinfo=UTC)
                    for moment in moments
                    if isinstance(moment, datetime)
                ),
                default=None,
            )
            if latest:
                # Ours writes a day as its midnight.
                return latest.date() if self._ours and latest.time() == time() else latest
        return None

    def _events(self, held: Sequence[CalendarEvent]) -> Iterator[Event]:
        """Yield each event at each of its times."""
        recurrences = _recurrences(held)
        # What is cancelled stands for a time, too.
        series = Series(self._calendar.events)
        masters = Counter(event.uid for event in held if not event.component.has("RECURRENCE-ID"))
        for event in held:
            for changed, times in self._times(event, series, recurrences):
                drafted = self._event(changed, self._session(changed, masters[event.uid] > 1))
                yield from (self._at(drafted, changed.component, time) for time in times)

    def _times(
        self, event: CalendarEvent, series: Series, recurrences: Recurrences
    ) -> Iterator[tuple[CalendarEvent, Sequence[Time | None]]]:
        """Yield an event with its times, and those that change it from some time on with theirs."""
        component, first = event.component, event.first
        if not first or component.has("RECURRENCE-ID"):
            yield event, [first]
            return
        times = self._calendar.timetable.times(component, first, recurrences, series.replaced(event))
        # Each has been counted once when it was read.
        self._calendar.spending.spend(EVENTS, max(0, len(times) - 1))
        yield from series.parted(event, times)

    def _session(self, event: CalendarEvent, shared: bool) -> _Session:
        """Return what the UID of an event says, or pentabarf's own number and slug."""
        component, uid, first = event.component, event.uid, event.first
        if ours := self._named(uid):
            # With the property its UID is made of something else, most often the guid.
            id_ = component.text(ID_PROPERTY)
            return _Session(ours.local, (id_ or ours.local,), ours.local if id_ else "")
        if numbers := tuple(filter(None, map(component.text, ("EVENT-ID", "EVENT-SLUG")))):
            return _Session(uid or None, numbers)
        if not uid:
            return _Session()
        if shared:
            component.note(SHARED_UID, "UID", value=uid)
            # The times of one that recurs are still those of one session.
            recurs = first and component.has("RRULE")
            return _Session(f"{uid} {first.start.isoformat()}" if recurs and first else None, _names(uid))
        pretalx = _PRETALX.fullmatch(uid)
        if pretalx:
            identity = pretalx[1] + pretalx[3]
            return _Session(identity, (pretalx[2],), identity)
        uuid = _UUID.fullmatch(uid)
        return _Session(uid, _names(uid), uuid[1].lower() if uuid else uid)

    def _event(self, event: CalendarEvent, session: _Session) -> Event:
        """Return an event but for its time."""
        component = event.component
        description = component.text("DESCRIPTION", "X-ALT-DESC")
        speakers = tuple(dict.fromkeys(_speakers(component)))
        if self._ours:
            description, speakers = told(component, description, self._versioned)
        return Event(
            where=component.where,
            line=component.line,
            identity=session.identity,
            names=session.names,
            guid=session.guid,
            title=event.title,
            subtitle=component.text("SUBTITLE"),
            description=description,
            room=component.text("LOCATION"),
            track=component.text(own.CATEGORY) or _track(component),
            type=component.text("CATEGORY"),
            language=component.text(own.LANGUAGE, "LANGUAGE-CODE"),
            speakers=speakers,
            url=event.url,
            links=tuple(_links(component)),
            status=component.text(own.STATUS) or event.status,
            day=self._calendar.timetable.day(component, own.DAY),
        )

    def _at(self, event: Event, component: Component, when: Time | None) -> Event:
        """An event with its time."""
        if when is None:
            return event
        start, end, _length = when
        if isinstance(start, datetime):
            # What says no end ends when it begins (RFC 5545 section 3.6.1), which ours mean.
            none = start if self._ours and end is None and when.length is None else None
            end = end if isinstance(end, datetime) else none
            return event._replace(start=start, end=end, length=when.length)
        days = when.days()
        self._left -= len(days)
        if self._left < 0 and len(days) > 1:
            component.note(component.unreadable, "DTEND", value=end.isoformat() if end else "")
            days = days[:1]
        return event._replace(days=days)


def _recurrences(held: Sequence[CalendarEvent]) -> Recurrences:
    """Follows rules within the days of the events that don't recur, or where all do, of their first times."""
    known: dict[bool, tuple[date, date]] = {}
    for event in held:
        recurs = event.component.has("RRULE")
        for moment in filter(None, event.first[:2] if event.first else ()):
            day = moment.date() if isinstance(moment, datetime) else moment
            first, last = known.get(recurs, (day, day))
            known[recurs] = min(first, day), max(last, day)
    return Recurrences(*(known.get(False) or known.get(True) or (date.max, date.min)))


def _place(start: date) -> str | None:
    """The name of the zone that a time is in, empty for none; None for a day."""
    if not isinstance(start, datetime):
        return None
    if start.tzinfo is None:
        return ""
    if start.tzinfo is UTC:
        return _UTC
    return start.tzinfo.key if isinstance(start.tzinfo, ZoneInfo) else _NO_NAME


def _names(uid: str) -> tuple[str, ...]:
    """What an id can be made of that is short and stays the same; nothing where a UID is a long code."""
    uuid = _UUID.fullmatch(uid)
    local = uuid[2].lower() if uuid else uid.partition("@")[0]
    return (local,) if 0 < len(local) <= _LONGEST_NAME else ()


def _track(component: Component) -> str:
    """The first category that is named."""
    names = (name.strip() for found in component.all("CATEGORIES") for name in found.values())
    return next(filter(None, names), "")


def _speakers(component: Component) -> Iterator[str]:
    """Who takes part by name."""
    for found in component.all("ATTENDEE"):
        parameters = found.parameters
        name = parameters.get("CN", "").strip()
        if (
            name
            and "@" not in name[1:]
            and parameters.get("CUTYPE", "").upper() not in _NOT_PEOPLE
            and parameters.get("ROLE", "").upper() != "NON-PARTICIPANT"
            and not any(map(parameters.__contains__, _ANSWERED))
        ):
            yield name


def _links(component: Component) -> Iterator[DraftLink]:
    """What is attached as an address, and where to take part from afar (RFC 7986 section 5.11)."""
    for name, title in (("ATTACH", "FILENAME"), ("CONFERENCE", "LABEL")):
        for found in component.all(name):
            url = found.value.strip()
            if url.lower().startswith(_PAGES):
                yield DraftLink(url, found.parameters.get(title, ""))
