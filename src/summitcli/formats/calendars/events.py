"""The events of a calendar, and when they are held: on days or at times, in zones or in none, once or again.

What an agenda is imported from and what a schedule is drafted from are the same events. An event that recurs
is held at several times; one with RECURRENCE-ID stands for one of them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from summitcli.budgets import LINKS, PERSONS, RULES, TIMES, Spending
from summitcli.formats.calendars.components import EVENT, Component, Property, read_moment
from summitcli.formats.calendars.lengths import Length, Time, exact, read_length
from summitcli.formats.calendars.recurrence import MOST, Recurrences, Times, as_day
from summitcli.formats.calendars.rules import read_rule
from summitcli.formats.calendars.zones import Zones
from summitcli.formats.findings import ALL_TAKEN_OUT, Findings, Kind
from summitcli.model import LONGEST_CONFERENCE
from summitcli.text.status import CONFIRMED

UNKNOWN_TZID = Kind(
    "{n} time in a time zone that is not known, taken as local",
    "{n} times in time zones that are not known, taken as local",
)
FIRST_ONLY = Kind(
    "{n} event that recurs in a way that is not understood, of which the first time is read",
    "{n} events that recur in ways that are not understood, of which the first times are read",
)
FIRST_AND_LISTED = Kind(
    "{n} event that recurs in a way that is not understood, of which the first and the listed times are read",
    "{n} events that recur in ways that are not understood, of which the first and the listed times are read",
)
OTHER_RANGE = Kind(
    "{n} event that changes others in a way that is not understood, of which one time is read",
    "{n} events that change others in ways that are not understood, of which one time each is read",
)
TOO_OFTEN = Kind(
    "{n} event that is held too often, of which the first {value} times are read",
    "{n} events that are held too often, of which the first {value} times each are read",
)
EARLIER_REVISION = Kind(
    "{n} event left out of which there is a later revision",
    "{n} events left out of which there are later revisions",
)
ELSEWHEN = Kind(
    "{n} event that recurs, with times outside the conference left out",
    "{n} events that recur, with times outside the conference left out",
)

_CANCELLED = frozenset({"CANCELLED", "CANCELED"})
_STATUS = re.compile(r"[A-Za-z][A-Za-z -]{0,29}")
_RECURS = ("RRULE", "RDATE", "EXRULE")
_RULES = ("RRULE", "EXRULE")
_ONWARDS = "THISANDFUTURE"
_MAX_DIGITS = 10
_DAY = timedelta(days=1)


class CalendarEvent(NamedTuple):
    """An event as its calendar has it."""

    component: Component
    uid: str
    cancelled: bool
    first: Time | None
    """When it is held, or first."""
    stands_for: date | None
    """Which of the times of the event with its UID it replaces, where that recurs."""
    onwards: bool = False
    """Whether all later ones change as it does (RFC 5545 section 3.2.13)."""

    @property
    def title(self) -> str:
        """Return what it is called; pentabarf's summary has the subtitle in it, too."""
        return self.component.text("TITLE", "SUMMARY")

    @property
    def status(self) -> str:
        """Return how sure it is; empty if it is confirmed, or if that is not said."""
        said = self.component.text("STATUS").replace("_", "-")
        word = said.lower() if _STATUS.fullmatch(said) else ""
        return "" if word == CONFIRMED else word

    @property
    def url(self) -> str:
        """Return the address of its page."""
        return self.component.text("URL")


class Calendar(NamedTuple):
    """What one file holds, however it is written."""

    components: Sequence[Component]
    events: Sequence[CalendarEvent]
    timetable: "Timetable"
    findings: Findings
    spending: Spending


def read_events(
    components: Sequence[Component], findings: Findings, spending: Spending, wished: tzinfo | None = None
) -> Calendar:
    """Return the calendars of a file with their events, in its order.

    Args:
        components: the calendars.
        findings: where it is noted what is odd.
        spending: where to count the rules and times of events that recur.
        wished: the zone that local times are in as the user says, whatever the calendar says.

    Raises:
        InvalidSchedule: there are more rules, attendees or links than a file of its size may hold.
    """
    found = [part for calendar in components for part in calendar.parts if part.kind == EVENT]
    spending.spend(RULES, sum(part.count(*_RULES) for part in found))
    spending.spend(PERSONS, sum(part.count("ATTENDEE") for part in found))
    spending.spend(LINKS, sum(part.count("ATTACH", "CONFERENCE") for part in found))
    zones = Zones(components)
    said = next(filter(None, (part.text("X-WR-TIMEZONE") for part in components)), "")
    own = filter(None, (wished, zones.find(said) if said else None))
    timetable = Timetable(zones, spending, tuple(own))
    events = latest([timetable.event(part) for part in found])
    return Calendar(components, events, timetable, findings, spending)


def latest(events: Sequence[CalendarEvent]) -> list[CalendarEvent]:
    """Return the events of which there is no later revision among them (RFC 5545 section 3.8.7.4).

    Conferences give one UID to different talks, so only those of one title are revisions of one event.
    """
    uids = Counter(event.uid for event in events if event.uid and event.component.has("SEQUENCE"))
    numbers = [_sequence(event) if uids[event.uid] > 1 else None for event in events]
    keys = [
        (event.uid, event.stands_for, event.title if number is not None else "")
        for event, number in zip(events, numbers, strict=True)
    ]
    last: dict[tuple[str, date | None, str], int] = {}
    for key, number in zip(keys, numbers, strict=True):
        last[key] = max(number or 0, last.get(key, 0))
    kept = []
    for event, key, number in zip(events, keys, numbers, strict=True):
        if number is not None and number < last[key]:
            event.component.note(EARLIER_REVISION, "SEQUENCE", value=event.uid)
        else:
            kept.append(event)
    return kept


def _sequence(event: CalendarEvent) -> int | None:
    text = event.component.text("SEQUENCE")
    return int(text) if text.isascii() and text.isdigit() and len(text) < _MAX_DIGITS else None


class Timetable:
    """Reads the times of one file's events.

    Args:
        zones: those that the file names.
        spending: where to count the times that it lists.
        own: those that the calendar may be in, the likeliest first, for instants where days are meant, or
            local times.
    """

    def __init__(self, zones: Zones, spending: Spending, own: Sequence[tzinfo] = ()) -> None:
        self._zones = zones
        self._spending = spending
        self._own = own

    def event(self, component: Component) -> CalendarEvent:
        """Return an event as its calendar has it."""
        stands_for = self.moment(component, "RECURRENCE-ID")
        reach = found.parameters.get("RANGE", "") if (found := component.first("RECURRENCE-ID")) else ""
        if reach and reach.upper() != _ONWARDS:
            component.note(OTHER_RANGE, "RECURRENCE-ID", value=reach)
        return CalendarEvent(
            component,
            component.text("UID"),
            component.text("STATUS").upper() in _CANCELLED,
            self.time(component),
            stands_for,
            bool(stands_for) and reach.upper() == _ONWARDS,
        )

    def moment(self, component: Component, name: str) -> date | None:
        """The day or the time that a property says, in its zone where that is known."""
        found = component.first(name)
        return self._read(component, name, found) if found else None

    def day(self, component: Component, name: str) -> date | None:
        """The day that a property says, if it says one."""
        moment = self.moment(component, name)
        return None if moment is None or isinstance(moment, datetime) else moment

    def time(self, component: Component) -> Time | None:
        """When an event is held, or first; None where it does not say."""
        start = self.moment(component, "DTSTART")
        if not start:
            return None
        end = self._end(component, start)
        length = None if end else self._length(component)
        return length.of(start) if length else Time(start, end)

    def times(
        self, component: Component, first: Time, recurrences: Recurrences, replaced: Sequence[date]
    ) -> list[Time]:
        """The times of an event, in the order in which the calendar gives them.

        Args:
            component: the event.
            first: when it is held first.
            recurrences: what follows its rule.
            replaced: the times for which other events stand.
        """
        if not any(map(component.has, _RECURS)):
            return [first]
        length = exact(first) if first.end and self._ends(component) else self._length(component)
        dates = list(self._dates(component, first.start, length))
        last = max(map(_day, (first.start, *(one.start for one in dates))))
        starts, excluded = self._followed(component, first.start, last, recurrences)
        found = [length.of(start) if length else Time(start) for start in starts]
        found += dates
        out = [*replaced, *(moment for moment, _end in self._listed(component, "EXDATE"))]
        taken = {_instant(self._as(moment, first.start)) for moment in out} | set(map(_instant, excluded))
        # A day takes out the time on it, too.
        kept = [one for one in found if not {_instant(one.start), _day(one.start)} & taken]
        if not kept and not replaced:
            component.note(ALL_TAKEN_OUT, value=component.text("SUMMARY"))
        each = list({_instant(one.start): one for one in kept}.values())
        if len(each) > MOST:
            component.note(TOO_OFTEN, value=f"{MOST}")
        return each[:MOST]

    def _as(self, moment: date, start: date) -> date:
        """Return one of the times of an event that begins at ``start``, as that is written."""
        if not isinstance(start, datetime):
            return as_day(moment, self._own)
        if isinstance(moment, datetime) and moment.tzinfo and start.tzinfo is None and self._own:
            return moment.astimezone(self._own[0]).replace(tzinfo=None)
        return _in_zone(moment, start)

    def _read(self, component: Component, name: str, found: Property) -> date | None:
        moment = component.read(name, found, read_moment)
        if not isinstance(moment, datetime):
            return moment
        if found.parameters.get("VALUE", "").upper() == "DATE":
            return moment.date()
        if moment.tzinfo:
            return moment
        tzid = found.parameters.get("TZID", "")
        zone = self._zones.find(tzid, moment) if tzid else None
        if tzid and not zone:
            component.note(UNKNOWN_TZID, name, found.line, tzid)
        return moment.replace(tzinfo=zone)

    def _ends(self, component: Component) -> bool:
        """Return whether an event says its end, which keeps its exact length (section 3.8.5.3)."""
        return component.has("DTEND") or not component.has("DURATION")

    def _end(self, component: Component, start: date) -> date | None:
        """Return the end that an event says which begins at ``start``; None where it says none."""
        end = self.moment(component, "DTEND")
        if end is None:
            return None
        end = _in_zone(end, start)
        if _kind(end) == _kind(start) and _day(end) - _day(start) <= LONGEST_CONFERENCE:
            return end
        component.note(component.unreadable, "DTEND", value=end.isoformat())
        return None

    def _length(self, component: Component) -> Length | None:
        found = component.first("DURATION")
        return component.read("DURATION", found, read_length) if found else None

    def _followed(
        self, component: Component, start: date, last: date, recurrences: Recurrences
    ) -> tuple[Sequence[date], Sequence[date]]:
        """Return the times that an event's rules give, and those up to the last that its others take out."""
        rules, others = ([*component.all(name)] for name in _RULES)
        try:
            read = [read_rule(rule.raw) for rule in rules]
            starts, whole = (
                recurrences.follow(start, read, self._own) if read else Times((start,), whole=True)
            )
            end = datetime.combine(max(last, *map(_day, starts)) + _DAY, time())
            excluded = [
                moment
                for rule in others
                for moment in recurrences.excluded(start, read_rule(rule.raw), end, self._own)
            ]
        except ValueError:
            kind = FIRST_AND_LISTED if component.has("RDATE") else FIRST_ONLY
            component.note(kind, "RRULE" if rules else "EXRULE", value=[*rules, *others][0].raw)
            return (start,), ()
        if not whole:
            component.note(ELSEWHEN, "RRULE", rules[0].line, rules[0].raw)
        return starts, excluded

    def _dates(self, component: Component, start: date, length: Length | None) -> Iterator[Time]:
        """Yield the times of RDATE, some of which have ends of their own."""
        for moment, own in self._listed(component, "RDATE"):
            begins = self._as(moment, start)
            lasts = own or length
            yield lasts.of(begins) if lasts else Time(begins)

    def _listed(self, component: Component, name: str) -> Iterator[tuple[date, Length | None]]:
        """Yield the times that a property lists, with the lengths of periods (section 3.3.9)."""
        read = 0
        for found in component.all(name):
            for text in found.raw.split(",", MOST)[:MOST]:
                read += 1
                if read > MOST:
                    component.note(TOO_OFTEN, name, found.line, f"{MOST}")
                    return
                self._spending.spend(TIMES)
                begins, _slash, ends = text.partition("/")
                moment = self._read(component, name, found._replace(raw=begins))
                if moment:
                    yield moment, self._period(component, name, found._replace(raw=ends), moment)

    def _period(self, component: Component, name: str, ends: Property, start: date) -> Length | None:
        if not ends.raw:
            return None
        if ends.raw.strip()[:1] in "+Pp":
            return component.read(name, ends, read_length)
        end = self._read(component, name, ends)
        if end is None or _kind(end) != _kind(start) or not start <= end <= start + LONGEST_CONFERENCE:
            return None
        return exact(Time(start, end))


def _kind(moment: date) -> tuple[bool, bool]:
    """Return whether it is a time, and whether that has an offset."""
    return isinstance(moment, datetime), isinstance(moment, datetime) and moment.tzinfo is not None


def _in_zone(moment: date, start: date) -> date:
    """Return a time in no zone, of an event that begins in one, as a time in that."""
    if isinstance(moment, datetime) and isinstance(start, datetime) and moment.tzinfo is None:
        return moment.replace(tzinfo=start.tzinfo)
    return moment


def _instant(moment: date) -> date:
    return moment.astimezone(UTC) if isinstance(moment, datetime) and moment.tzinfo else moment


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
