"""Converting a calendar to the draft of a schedule (its content as the calendar states it).

iCalendar does not say how its properties describe a schedule. They are read as follows:

- The first of CATEGORIES is the track, the others are tags. LOCATION is the room. Each ATTENDEE with a name
  is a speaker, except attendees that are not people, and guests: people who were asked to answer an
  invitation (PARTSTAT, RSVP).
- Titles are kept as they are: the text after a hyphen may be a speaker's name or not.
- If several events have the same UID and no RECURRENCE-ID, they are different events, and the UID identifies
  none of them.
- Cancelled events are left out.
- Pentabarf's own properties take precedence: a session's ID is made from its number or its slug (EVENT-ID,
  EVENT-SLUG). Its UID is made from the number, too, so it is not globally unique.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from summitcli.budgets import EVENTS, LABELS
from summitcli.formats.calendars.components import Component
from summitcli.formats.calendars.durations import Time
from summitcli.formats.calendars.events import Calendar, CalendarEvent
from summitcli.formats.calendars.own import split_speakers
from summitcli.formats.calendars.recurrence import Recurrences
from summitcli.formats.calendars.series import Series
from summitcli.formats.calendars.zone_names import iana_name
from summitcli.formats.draft import Draft, DraftLink, Event
from summitcli.formats.findings import CANCELLED, Kind
from summitcli.formats.spooled import spooled
from summitcli.text import calendar_properties as own
from summitcli.text.uids import ID_PROPERTY, UidParts, parse_uid

SHARED_UID = Kind(
    "{n} event with the same calendar ID (UID) as another",
    "{n} events with the same calendar IDs (UIDs) as others",
)

MAX_DAYS = 30_000
"""The maximum number of days, in total, of all events in one file that last several days."""

_OUR_PRODID = "-//summitcli//"
_UTC = "UTC"
_CUSTOM_ZONE = "-"
"""The name used for a time zone that has no IANA name."""

_PRETALX = re.compile(r"(pretalx-.+-([A-Z0-9]{3,16}))(?:-[0-9]+)?(@.+)")
"""The form of UIDs that pretalx writes: ``pretalx-{event}-{code}@{host}``.

If a session has several slots, the number of the slot follows: ``pretalx-{event}-{code}-{n}@{host}``.
"""
_UUID = re.compile(r"(([0-9a-f]{8})(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:@.*)?", re.IGNORECASE)
_MAX_NAME = 24
"""The maximum length of a UID's part before ``@`` that is used as an ID, so that it can be typed."""

_NOT_PEOPLE = frozenset({"GROUP", "RESOURCE", "ROOM"})
_ANSWERED = ("PARTSTAT", "RSVP")
_PAGES = ("http://", "https://")


class _Session(NamedTuple):
    """The details that identify the session of a calendar event.

    :class:`summitcli.formats.draft.Event` has fields with the same names.
    """

    identity: str | None = None
    names: tuple[str, ...] = ()
    guid: str = ""


def draft(calendar: Calendar) -> Draft:
    """Return the draft of a schedule with the events of a calendar.

    Raises:
        InvalidSchedule: the events have more occurrences than allowed for a file of this size.
    """
    return _DraftBuilder(calendar).draft()


class _DraftBuilder:
    """The object that makes the draft of one calendar file."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._ours = self._text("PRODID").startswith(_OUR_PRODID)
        self._versioned = self._ours and bool(self._text(own.VERSION))
        self._days_left = MAX_DAYS

    def draft(self) -> Draft:
        """Return the draft: the content of the schedule as the calendar states it."""
        events = self._calendar.events
        for event in events:
            if event.cancelled:
                event.component.report(CANCELLED)
        kept = [event for event in events if not event.cancelled]
        return Draft(
            events=spooled(self._events(kept)),
            findings=self._calendar.findings,
            id=next((ours.conference for event in events if (ours := self._named(event.uid))), ""),
            title=self._text("X-WR-CALNAME", "NAME", "SUMMARY"),
            language=self._text(own.CONFERENCE_LANGUAGE) if self._ours else "",
            time_zone=self._time_zone(kept),
            exact=self._ours,
            # In our own calendars this is the calendar's URL, not the conference's.
            url="" if self._ours else self._text("URL"),
            revised=self._revised(),
            cancelled=self._cancelled(),
        )

    def _cancelled(self) -> frozenset[str]:
        """Return the GUIDs of cancelled events.

        An event that cancels only one occurrence of a recurring event is ignored.
        """
        gone = (event for event in self._calendar.events if event.cancelled and not event.replaces)
        return frozenset(filter(None, (self._session(event, shared=False).guid for event in gone)))

    def _text(self, *names: str) -> str:
        """Return the first value of a property with one of ``names`` in the calendars; empty if none has."""
        return next(filter(None, (part.text(*names) for part in self._calendar.components)), "")

    def _named(self, uid: str) -> UidParts | None:
        """Return the session's ID and the conference's ID in ``uid``.

        Return None if this program did not write the calendar.
        """
        return parse_uid(uid) if self._ours else None

    def _time_zone(self, kept: Sequence[CalendarEvent]) -> str:
        """Return the name of the calendar's time zone; empty if it is unknown.

        If all times are in one zone with a name, that zone is returned. Otherwise the zone that the calendar
        states is returned. If the calendar states none, and the times are in several zones of which only one
        has a name, the zone with the name is returned.
        """
        text = self._text("X-WR-TIMEZONE")
        text = iana_name(text) or text
        zones = {_zone_name(event.first.start) for event in kept if event.first} - {None}
        named = [zone for zone in zones if zone not in ("", _UTC, _CUSTOM_ZONE)]
        only = (named[0] or "") if len(named) == 1 else ""
        return only if only and len(zones) == 1 and not self._ours else text or only

    def _revised(self) -> date | None:
        """Return the latest LAST-MODIFIED of all events; if they have none, the latest DTSTAMP."""
        for name in ("LAST-MODIFIED", "DTSTAMP"):
            moments = (
                self._calendar.timetable.moment(event.component, name) for event in self._calendar.events
            )
            # Both must be in UTC (RFC 5545 sections 3.8.7.2 and 3.8.7.3).
            latest = max(
                (
                    moment if moment.tzinfo else moment.replace(tzinfo=UTC)
                    for moment in moments
                    if isinstance(moment, datetime)
                ),
                default=None,
            )
            if latest:
                # Our own calendars write a date as its midnight.
                return latest.date() if self._ours and latest.time() == time() else latest
        return None

    def _events(self, kept: Sequence[CalendarEvent]) -> Iterator[Event]:
        """Yield the events of the draft: one for each occurrence of each calendar event."""
        recurrences = _recurrences(kept)
        # Cancelled events may replace occurrences, too.
        series = Series(self._calendar.events)
        masters = Counter(event.uid for event in kept if not event.component.has("RECURRENCE-ID"))
        for event in kept:
            for changed, times in self._times(event, series, recurrences):
                drafted = self._event(changed, self._session(changed, masters[event.uid] > 1))
                yield from (self._at(drafted, changed.component, time) for time in times)

    def _times(
        self, event: CalendarEvent, series: Series, recurrences: Recurrences
    ) -> Iterator[tuple[CalendarEvent, Sequence[Time | None]]]:
        """Yield ``event`` with the times of its occurrences; ``[None]`` if it has no time.

        If other events replace later occurrences, they follow, each with the new times of the occurrences
        that it replaces.

        Args:
            event: an event of the calendar, possibly recurring.
            series: the events that replace occurrences of others.
            recurrences: the object that expands recurrence rules.
        """
        component, first = event.component, event.first
        if not first or component.has("RECURRENCE-ID"):
            yield event, [first]
            return
        times = self._calendar.timetable.times(component, first, recurrences, series.replaced(event))
        # Each event has been counted once when it was read.
        self._calendar.spending.spend(EVENTS, max(0, len(times) - 1))
        yield from series.split(event, times)

    def _session(self, event: CalendarEvent, shared: bool) -> _Session:
        """Return what identifies the session of an event, such as its UID.

        In a calendar by pentabarf, the event's number and slug (a short name) are used as well.

        Args:
            event: the event.
            shared: True if other events have the same UID. Then the UID identifies none of them.
        """
        component, uid, first = event.component, event.uid, event.first
        if ours := self._named(uid):
            # With this property the UID is made from something else, usually the guid.
            id_ = component.text(ID_PROPERTY)
            return _Session(ours.local, (id_ or ours.local,), ours.local if id_ else "")
        if numbers := tuple(filter(None, map(component.text, ("EVENT-ID", "EVENT-SLUG")))):
            return _Session(uid or None, numbers)
        if not uid:
            return _Session()
        if shared:
            component.report(SHARED_UID, "UID", value=uid)
            # The occurrences of a recurring event are still one session.
            recurs = first and component.has("RRULE")
            return _Session(
                f"{uid} {first.start.isoformat()}" if recurs and first else None, _short_names(uid)
            )
        pretalx = _PRETALX.fullmatch(uid)
        if pretalx:
            identity = pretalx[1] + pretalx[3]
            return _Session(identity, (pretalx[2],), identity)
        uuid = _UUID.fullmatch(uid)
        return _Session(uid, _short_names(uid), uuid[1].lower() if uuid else uid)

    def _event(self, event: CalendarEvent, session: _Session) -> Event:
        """Return an event of the calendar as an :class:`~summitcli.formats.draft.Event`, without its time.
        ``session`` has the details that identify the event's session.
        """
        component = event.component
        description = component.text("DESCRIPTION", "X-ALT-DESC")
        links = [*_links(component)]
        track, tags = self._labels(component)
        speakers = tuple(dict.fromkeys(_speakers(component)))
        if self._ours:
            description, speakers = split_speakers(component, description, self._versioned)
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
            track=track,
            type=component.text("CATEGORY"),
            language=component.text(own.LANGUAGE, "LANGUAGE-CODE"),
            speakers=speakers,
            url=event.url,
            links=tuple(link for link in links if link.kind != own.FEEDBACK),
            level=component.text(own.LEVEL),
            tags=tags,
            feedback_url=next((link.url for link in links if link.kind == own.FEEDBACK), ""),
            status=component.text(own.STATUS) or event.status,
            day=self._calendar.timetable.day(component, own.DAY),
        )

    def _labels(self, component: Component) -> tuple[str, tuple[str, ...]]:
        """Return the track and the tags of an event: its first category and the others, each only once."""
        names = (name.strip() for found in component.all("CATEGORIES") for name in found.values())
        labels = [*dict.fromkeys(filter(None, names))]
        self._calendar.spending.spend(LABELS, len(labels))
        has_track = not component.has(own.CATEGORY) or component.text(own.CATEGORY)
        first, others = (labels[:1], labels[1:]) if has_track else ([], labels)
        tags = [found.value for found in component.all(own.TAG)] or others
        return component.text(own.CATEGORY) or "".join(first), tuple(tags)

    def _at(self, event: Event, component: Component, when: Time | None) -> Event:
        """Return ``event`` with the start and end in ``when``; unchanged if ``when`` is None.

        Args:
            event: an event of the draft.
            component: the event in the calendar, for reporting problems.
            when: the start and end.
        """
        if when is None:
            return event
        start, end, length = when
        if isinstance(start, datetime):
            # Without an end an event ends when it begins (RFC 5545 section 3.6.1), as in our own calendars.
            none = start if self._ours and end is None and length is None else None
            end = end if isinstance(end, datetime) else none
            return event._replace(start=start, end=end, length=length)
        days = when.days()
        self._days_left -= len(days)
        if self._days_left < 0 and len(days) > 1:
            component.report(component.unreadable, "DTEND", value=end.isoformat() if end else "")
            days = days[:1]
        return event._replace(days=days)


def _recurrences(kept: Sequence[CalendarEvent]) -> Recurrences:
    """Return an object that expands recurrence rules within the period of the conference.

    The period covers the events that don't recur; if all recur, it covers their first occurrences.
    """
    known: dict[bool, tuple[date, date]] = {}
    for event in kept:
        recurs = event.component.has("RRULE")
        for moment in filter(None, event.first[:2] if event.first else ()):
            day = moment.date() if isinstance(moment, datetime) else moment
            first, last = known.get(recurs, (day, day))
            known[recurs] = min(first, day), max(last, day)
    return Recurrences(*(known.get(False) or known.get(True) or (date.max, date.min)))


def _zone_name(start: date) -> str | None:
    """Return the name of the time zone of ``start``.

    Return an empty text if ``start`` is a datetime without a zone, and None if it is a date.
    """
    if not isinstance(start, datetime):
        return None
    if start.tzinfo is None:
        return ""
    if start.tzinfo is UTC:
        return _UTC
    return start.tzinfo.key if isinstance(start.tzinfo, ZoneInfo) else _CUSTOM_ZONE


def _short_names(uid: str) -> tuple[str, ...]:
    """Return a tuple with the part of a UID from which the ID of its session can be made.

    It is the first group of digits of a UUID; of other UIDs, the part before the ``@``. The tuple is empty if
    that part is empty or longer than :data:`_MAX_NAME`.
    """
    uuid = _UUID.fullmatch(uid)
    local = uuid[2].lower() if uuid else uid.partition("@")[0]
    return (local,) if 0 < len(local) <= _MAX_NAME else ()


def _speakers(component: Component) -> Iterator[str]:
    """Yield the names of the attendees of an event who are speakers."""
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
    """Yield the links of an event: attached URLs, and URLs for attending online (RFC 7986 section 5.11)."""
    for name, title in (("ATTACH", "FILENAME"), ("CONFERENCE", "LABEL")):
        for found in component.all(name):
            url = found.value.strip()
            if url.lower().startswith(_PAGES):
                yield DraftLink(url, found.parameters.get(title, ""), found.parameters.get(own.KIND, ""))
