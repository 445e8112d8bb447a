"""The events of a calendar, and when they are held: on days or at times, in zones or in none, once or again.

What an agenda is imported from and what a schedule is drafted from are the same events. An event that recurs
is held at several times; one with RECURRENCE-ID stands for one of them.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from icalendar.prop import vDuration

from summitcli.budgets import RULES, TIMES, Spending
from summitcli.formats.calendars.components import EVENT, Component, Property, read_moment
from summitcli.formats.calendars.recurrence import MOST, NotFollowed, Recurrences, read_rule
from summitcli.formats.calendars.zones import Zones
from summitcli.formats.findings import Findings, Kind
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
ELSEWHEN = Kind(
    "{n} event that recurs, with times outside the conference left out",
    "{n} events that recur, with times outside the conference left out",
)

_CANCELLED = frozenset({"CANCELLED", "CANCELED"})
_STATUS = re.compile(r"[A-Za-z][A-Za-z -]{0,29}")
_RECURS = ("RRULE", "RDATE", "EXRULE")
_DAY = timedelta(days=1)


class Time(NamedTuple):
    """When an event is held: a day or a time, and its end, of the same kind, where the calendar says it.

    The end of days is the day after them (RFC 5545 section 3.6.1).
    """

    start: date
    end: date | None = None

    def days(self) -> tuple[date, ...]:
        """The days of an event without clock times."""
        if isinstance(self.start, datetime):
            return ()
        number = (self.end - self.start).days if self.end else 1
        return tuple(self.start + n * _DAY for n in range(max(1, min(number, LONGEST_CONFERENCE.days))))


class CalendarEvent(NamedTuple):
    """An event as its calendar has it."""

    component: Component
    uid: str
    cancelled: bool
    first: Time | None
    """When it is held, or first."""
    stands_for: date | None
    """Which of the times of the event with its UID it replaces, where that recurs."""

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


def read_events(components: Sequence[Component], findings: Findings, spending: Spending) -> Calendar:
    """Return the calendars of a file with their events, in its order.

    Args:
        components: the calendars.
        findings: where it is noted what is odd.
        spending: where to count the rules and times of events that recur.

    Raises:
        InvalidSchedule: there are more rules than a file of its size may hold.
    """
    found = [part for calendar in components for part in calendar.parts if part.kind == EVENT]
    spending.spend(RULES, sum(part.has("RRULE") for part in found))
    timetable = Timetable(Zones(components), spending)
    events = [
        CalendarEvent(
            part,
            part.text("UID"),
            part.text("STATUS").upper() in _CANCELLED,
            timetable.time(part),
            timetable.moment(part, "RECURRENCE-ID"),
        )
        for part in found
    ]
    return Calendar(components, events, timetable, findings, spending)


class Timetable:
    """Reads the times of one file's events.

    Args:
        zones: those that the file names.
        spending: where to count the times that it lists.
    """

    def __init__(self, zones: Zones, spending: Spending) -> None:
        self._zones = zones
        self._spending = spending

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
        return Time(start, self._end(component, start)) if start else None

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
        length = first.end - first.start if first.end else None
        found = [
            Time(start, start + length if length is not None else None)
            for start in self._followed(component, first.start, recurrences)
        ]
        found += self._dates(component, first.start, length)
        out = [*replaced, *(moment for moment, _end in self._listed(component, "EXDATE"))]
        taken = {_instant(_as(moment, first.start)) for moment in out}
        # A day takes out the time on it, too.
        kept = (one for one in found if not {_instant(one.start), _day(one.start)} & taken)
        return list({_instant(one.start): one for one in kept}.values())[:MOST]

    def _read(self, component: Component, name: str, found: Property) -> date | None:
        moment = component.read(name, found, read_moment)
        if not isinstance(moment, datetime):
            return moment
        if found.parameters.get("VALUE", "").upper() == "DATE":
            return moment.date()
        if moment.tzinfo:
            return moment
        tzid = found.parameters.get("TZID", "")
        zone = self._zones.find(tzid) if tzid else None
        if tzid and not zone:
            component.note(UNKNOWN_TZID, name, found.line, tzid)
        return moment.replace(tzinfo=zone)

    def _end(self, component: Component, start: date) -> date | None:
        """Return when an event is over that begins at ``start``; None where it does not say."""
        end = self.moment(component, "DTEND")
        if end is not None:
            end = _in_zone(end, start)
            if _kind(end) == _kind(start) and _day(end) - _day(start) <= LONGEST_CONFERENCE:
                return end
            component.note(component.unreadable, "DTEND", value=end.isoformat())
        found = component.first("DURATION")
        length = component.read("DURATION", found, _read_length) if found else None
        return _after(start, length) if length is not None else None

    def _followed(self, component: Component, start: date, recurrences: Recurrences) -> Sequence[date]:
        """The times that an event's rule gives."""
        rules = list(component.all("RRULE"))
        if not rules and not component.has("EXRULE"):
            return (start,)
        rule = component.read("RRULE", rules[0], read_rule) if rules else None
        try:
            # What two rules give together was never settled, and EXRULE has gone from the standard.
            if rule is None or len(rules) > 1 or component.has("EXRULE"):
                raise NotFollowed("it has more than one rule")
            starts, whole = recurrences.follow(start, rule)
        except NotFollowed:
            component.note(FIRST_ONLY, "RRULE", value=rules[0].raw if rules else "")
            return (start,)
        if not whole:
            component.note(ELSEWHEN, "RRULE", rules[0].line, rules[0].raw)
        return starts

    def _dates(self, component: Component, start: date, length: timedelta | None) -> Iterator[Time]:
        """The times of RDATE, some of which have ends of their own."""
        for moment, end in self._listed(component, "RDATE"):
            begins = _as(moment, start)
            yield Time(begins, end if end or length is None else begins + length)

    def _listed(self, component: Component, name: str) -> Iterator[tuple[date, date | None]]:
        """The times that a property lists, with the end of those that are periods (section 3.3.9)."""
        read = 0
        for found in component.all(name):
            for text in found.raw.split(",", MOST)[:MOST]:
                read += 1
                if read > MOST:
                    return
                self._spending.spend(TIMES)
                begins, _slash, ends = text.partition("/")
                moment = self._read(component, name, found._replace(raw=begins))
                if moment:
                    yield moment, self._period_end(component, name, found._replace(raw=ends), moment)

    def _period_end(self, component: Component, name: str, ends: Property, start: date) -> date | None:
        if not ends.raw:
            return None
        if ends.raw.strip()[:1] in "+Pp":
            length = component.read(name, ends, _read_length)
            return _after(start, length) if length is not None else None
        end = self._read(component, name, ends)
        return end if end and _kind(end) == _kind(start) else None


def _read_length(text: str) -> timedelta:
    length = vDuration.from_ical(text.upper())  # type: ignore[no-untyped-call]
    if not isinstance(length, timedelta) or not timedelta(0) <= length <= LONGEST_CONFERENCE:
        raise ValueError(text)
    return length


def _after(start: date, length: timedelta) -> date:
    """When what begins at ``start`` is over; a length is one of real time, but for whole days."""
    if isinstance(start, datetime) and start.tzinfo and length % _DAY:
        return (start.astimezone(UTC) + length).astimezone(start.tzinfo)
    return start + length


def _kind(moment: date) -> tuple[bool, bool]:
    """Whether it is a time, and whether that has an offset."""
    return isinstance(moment, datetime), isinstance(moment, datetime) and moment.tzinfo is not None


def _in_zone(moment: date, start: date) -> date:
    """A time in no zone, of an event that begins in one, as a time in that."""
    if isinstance(moment, datetime) and isinstance(start, datetime) and moment.tzinfo is None:
        return moment.replace(tzinfo=start.tzinfo)
    return moment


def _as(moment: date, start: date) -> date:
    """One of the times of an event that begins at ``start``, without its clock time where that has none."""
    return _in_zone(moment, start) if isinstance(start, datetime) else _day(moment)


def _instant(moment: date) -> date:
    return moment.astimezone(UTC) if isinstance(moment, datetime) and moment.tzinfo else moment


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
