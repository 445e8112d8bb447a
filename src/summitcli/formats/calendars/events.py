"""The events of a calendar, as far as it says what a schedule does.

Where iCalendar leaves open what its properties mean for a schedule:

- The first of CATEGORIES is the track, LOCATION the room, and each ATTENDEE with a name a speaker, but for
  those who were invited and have answered (PARTSTAT, RSVP), and those who are no people.
- Titles are left as they are: what some programs write behind a hyphen may be names, or not.
- An event that recurs is held at several times; one with RECURRENCE-ID stands for one of them.
- Events that share a UID without RECURRENCE-ID are different ones, and the UID says nothing of them.
- What is cancelled is left out.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from summitcli.budgets import EVENTS, RULES, Spending
from summitcli.formats.calendars.components import EVENT, UNREADABLE, Component, read_components
from summitcli.formats.calendars.kinds import CANCELLED
from summitcli.formats.calendars.recurrence import Recurrences
from summitcli.formats.calendars.timetable import Time, Timetable
from summitcli.formats.calendars.zones import Zones, iana_name
from summitcli.formats.draft import Draft, DraftLink, Event
from summitcli.formats.findings import Findings, Kind
from summitcli.text.uids import Named, named_by

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

_SPEAKERS = re.compile(r"(讲者：|Speakers: )(.+)")
"""How our own calendars say who speaks, in a paragraph of its own; see ``exports/calendar/ics.py``."""
_COMMAS = {"讲者：": "、", "Speakers: ": ", "}
_NOT_PEOPLE = frozenset({"GROUP", "RESOURCE", "ROOM"})
_ANSWERED = ("PARTSTAT", "RSVP")
_PAGES = ("http://", "https://")


class _Held(NamedTuple):
    """An event that is not cancelled."""

    component: Component
    uid: str
    time: Time | None


class _Session(NamedTuple):
    """What a UID says of the session that its event is a time of."""

    identity: str | None = None
    names: tuple[str, ...] = ()
    guid: str = ""


def read_events(data: bytes, name: str) -> Draft:
    """What ``data`` says, as far as it says it.

    Args:
        data: one or several calendars.
        name: the source as the user knows it, for messages.

    Raises:
        InvalidSchedule: it was cut short, or there is too much of it.
    """
    findings, spending = Findings(), Spending(name, len(data))
    return _Reader(read_components(data, name, findings, spending), findings, spending).draft()


class _Reader:
    """Reads the components of one file."""

    def __init__(self, calendars: Sequence[Component], findings: Findings, spending: Spending) -> None:
        self._calendars = calendars
        self._findings = findings
        self._spending = spending
        self._timetable = Timetable(Zones(calendars), spending)
        self._ours = self._said("PRODID").startswith(_OURS)
        self._left = MOST_TIMES

    def draft(self) -> Draft:
        """The whole schedule.

        Raises:
            InvalidSchedule: its events are held more often than a file of its size may say.
        """
        components = [part for calendar in self._calendars for part in calendar.parts if part.kind == EVENT]
        self._spending.spend(RULES, sum(component.has("RRULE") for component in components))
        uids = {component: component.text("UID") for component in components}
        held = [
            _Held(component, uid, self._timetable.time(component))
            for component, uid in uids.items()
            if not _is_cancelled(component)
        ]
        return Draft(
            events=tuple(self._events(held, self._replaced(uids))),
            findings=self._findings,
            id=next((ours.conference for uid in uids.values() if (ours := self._named(uid))), ""),
            title=self._said("X-WR-CALNAME", "NAME", "SUMMARY"),
            time_zone=self._time_zone(held),
            # That of ours says where the calendar is, and nothing of the conference.
            url="" if self._ours else self._said("URL"),
            revised=self._revised(components),
        )

    def _said(self, *names: str) -> str:
        """What the first calendar says that has one of these properties."""
        return next(filter(None, (calendar.text(*names) for calendar in self._calendars)), "")

    def _named(self, uid: str) -> Named | None:
        """What a UID names in a calendar of our own."""
        return named_by(uid) if self._ours else None

    def _time_zone(self, held: Sequence[_Held]) -> str:
        """The zone that all times are in, else that of the calendar, else that of most times.

        UTC where it is all that is known, and nothing where times in no zone are what is left.
        """
        said = self._said("X-WR-TIMEZONE")
        said = iana_name(said) or said
        counts = Counter(_place(one.time.start) for one in held if one.time)
        counts.pop(None, None)
        zones = [place for place, _n in counts.most_common() if place not in ("", _UTC, _NO_NAME)]
        if zones and len(counts) == 1 and not self._ours:
            return zones[0] or ""
        if said or zones:
            return said or zones[0] or ""
        return _UTC if set(counts) == {_UTC} else ""

    def _revised(self, components: Sequence[Component]) -> date | None:
        """When an event was last changed; some programs say only when they wrote it."""
        for name in ("LAST-MODIFIED", "DTSTAMP"):
            moments = (self._timetable.moment(component, name) for component in components)
            # Both are to be in UTC (RFC 5545 sections 3.8.7.2 and 3.8.7.3).
            found = [
                moment if moment.tzinfo else moment.replace(tzinfo=UTC)
                for moment in moments
                if isinstance(moment, datetime)
            ]
            if found:
                latest = max(found)
                # Ours writes a day as its midnight.
                return latest.date() if self._ours and latest.time() == time() else latest
        return None

    def _replaced(self, uids: Mapping[Component, str]) -> Mapping[str, Sequence[date]]:
        """For each UID the times for which other events stand, cancelled ones too."""
        found: dict[str, list[date]] = defaultdict(list)
        for component, uid in uids.items():
            moment = self._timetable.moment(component, "RECURRENCE-ID")
            if moment:
                found[uid].append(moment)
        return found

    def _events(self, held: Sequence[_Held], replaced: Mapping[str, Sequence[date]]) -> Iterator[Event]:
        """Each event at each of its times."""
        recurrences = _recurrences(held)
        masters = Counter(one.uid for one in held if not one.component.has("RECURRENCE-ID"))
        for component, uid, first in held:
            times: Sequence[Time | None] = [first]
            if first and not component.has("RECURRENCE-ID"):
                times = self._timetable.times(component, first, recurrences, replaced.get(uid, ()))
            # Each has been counted once when it was read.
            self._spending.spend(EVENTS, max(0, len(times) - 1))
            event = self._event(component, self._session(component, uid, first, masters[uid] > 1))
            yield from (self._at(event, component, one) for one in times)

    def _session(self, component: Component, uid: str, first: Time | None, shared: bool) -> _Session:
        """What the UID of an event says."""
        if ours := self._named(uid):
            return _Session(ours.session, (ours.session,))
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

    def _event(self, component: Component, session: _Session) -> Event:
        """An event but for its time."""
        description = component.text("DESCRIPTION", "X-ALT-DESC")
        speakers = tuple(dict.fromkeys(_speakers(component)))
        if self._ours:
            description, speakers = _our_speakers(description)
        return Event(
            where=component.where,
            line=component.line,
            identity=session.identity,
            names=session.names,
            guid=session.guid,
            title=component.text("SUMMARY"),
            description=description,
            room=component.text("LOCATION"),
            track=_track(component),
            speakers=speakers,
            url=component.text("URL"),
            links=tuple(_links(component)),
        )

    def _at(self, event: Event, component: Component, when: Time | None) -> Event:
        """An event with its time."""
        if when is None:
            return event
        start, end = when
        if isinstance(start, datetime):
            return event._replace(start=start, end=end if isinstance(end, datetime) else None)
        days = when.days()
        self._left -= len(days)
        if self._left < 0 and len(days) > 1:
            component.note(UNREADABLE, "DTEND", value=end.isoformat() if end else "")
            days = days[:1]
        return event._replace(days=days)


def _is_cancelled(component: Component) -> bool:
    cancelled = component.text("STATUS").upper() == "CANCELLED"
    if cancelled:
        component.note(CANCELLED)
    return cancelled


def _recurrences(held: Sequence[_Held]) -> Recurrences:
    """Follows rules within the days of the events that don't recur, or where all do, of their first times."""
    days: dict[bool, list[date]] = {True: [], False: []}
    for component, _uid, first in held:
        for moment in first or ():
            if moment:
                days[component.has("RRULE")].append(moment.date() if isinstance(moment, datetime) else moment)
    known = days[False] or days[True]
    return Recurrences(min(known, default=date.max), max(known, default=date.min))


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
            and "@" not in name
            and parameters.get("CUTYPE", "").upper() not in _NOT_PEOPLE
            and parameters.get("ROLE", "").upper() != "NON-PARTICIPANT"
            and not any(map(parameters.__contains__, _ANSWERED))
        ):
            yield name


def _our_speakers(description: str) -> tuple[str, tuple[str, ...]]:
    """A description of ours without the paragraph that says who speaks, and who does.

    It is the first, or comes after the titles in other languages.
    """
    paragraphs = description.split("\n\n")
    for number, paragraph in enumerate(paragraphs[:2]):
        found = _SPEAKERS.fullmatch(paragraph)
        if found:
            rest = [*paragraphs[:number], *paragraphs[number + 1 :]]
            return "\n\n".join(rest), tuple(found[2].split(_COMMAS[found[1]]))
    return description, ()


def _links(component: Component) -> Iterator[DraftLink]:
    """What is attached as an address, and where to take part from afar (RFC 7986 section 5.11)."""
    for name, title in (("ATTACH", "FILENAME"), ("CONFERENCE", "LABEL")):
        for found in component.all(name):
            url = found.value.strip()
            if url.lower().startswith(_PAGES):
                yield DraftLink(url, found.parameters.get(title, ""))
