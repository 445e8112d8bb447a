"""The events of a calendar and their times.

They are used to read schedules, and to import agendas from calendars. An event may have only dates, or times
without a time zone. A recurring event has several occurrences; an event with RECURRENCE-ID replaces one of
them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from summitcli.budgets import LINKS, PERSONS, RULES, TIMES, Spending
from summitcli.formats.calendars.components import EVENT, Component, Property, read_moment
from summitcli.formats.calendars.durations import Duration, Time, exact_duration, read_duration
from summitcli.formats.calendars.recurrence import MAX_TIMES, Recurrences, Times, as_day
from summitcli.formats.calendars.rules import read_rule
from summitcli.formats.calendars.zones import Zones
from summitcli.formats.findings import ALL_TAKEN_OUT, Findings, Kind
from summitcli.model import LONGEST_CONFERENCE
from summitcli.text.status import CONFIRMED

UNKNOWN_TZID = Kind(
    "{n} time in an unknown time zone, read as local time",
    "{n} times in unknown time zones, read as local times",
)
FIRST_ONLY = Kind(
    "{n} event with an unsupported recurrence rule; only the first occurrence was read",
    "{n} events with unsupported recurrence rules; only their first occurrences were read",
)
FIRST_AND_LISTED = Kind(
    "{n} event with an unsupported recurrence rule; only the first and listed occurrences were read",
    "{n} events with unsupported recurrence rules; only the first and listed occurrences were read",
)
UNSUPPORTED_RANGE = Kind(
    "{n} event that changes others in an unsupported way; only one occurrence was read",
    "{n} events that change others in unsupported ways; only one occurrence of each was read",
)
TOO_MANY_TIMES = Kind(
    "{n} event with too many occurrences; only the first {value} were read",
    "{n} events with too many occurrences; only the first {value} of each were read",
)
EARLIER_REVISION = Kind(
    "{n} event left out, as there is a later revision",
    "{n} events left out, as there are later revisions",
)
OUTSIDE_CONFERENCE = Kind(
    "{n} recurring event with occurrences outside the conference, which were left out",
    "{n} recurring events with occurrences outside the conference, which were left out",
)

_CANCELLED = frozenset({"CANCELLED", "CANCELED"})
_STATUS = re.compile(r"[A-Za-z][A-Za-z -]{0,29}")
_RECURS = ("RRULE", "RDATE", "EXRULE")
_RULES = ("RRULE", "EXRULE")
_AND_FOLLOWING = "THISANDFUTURE"
_MOST_DIGITS = 10
_DAY = timedelta(days=1)


class CalendarEvent(NamedTuple):
    """An event of a calendar."""

    component: Component
    uid: str
    cancelled: bool
    first: Time | None
    """The time of the first (or only) occurrence of the event; None if it has no start."""
    replaces: date | None
    """The former time of the occurrence that this event replaces; None if it replaces none.

    The occurrence belongs to the recurring event that has the same UID as this event.
    """
    and_following: bool = False
    """True if this event also replaces all later occurrences (RFC 5545 section 3.2.13)."""

    @property
    def title(self) -> str:
        """Return pentabarf's TITLE, or else the SUMMARY. (Pentabarf's SUMMARY also has the subtitle.)"""
        return self.component.text("TITLE", "SUMMARY")

    @property
    def status(self) -> str:
        """Return the status in lower case, such as ``tentative``; empty if it is confirmed or missing."""
        said = self.component.text("STATUS").replace("_", "-")
        word = said.lower() if _STATUS.fullmatch(said) else ""
        return "" if word == CONFIRMED else word

    @property
    def url(self) -> str:
        """Return the URL of the event's page; empty if there is none."""
        return self.component.text("URL")


class Calendar(NamedTuple):
    """The events and other content of one calendar file."""

    components: Sequence[Component]
    events: Sequence[CalendarEvent]
    timetable: "Timetable"
    findings: Findings
    spending: Spending


def read_events(
    components: Sequence[Component], findings: Findings, spending: Spending, user_zone: tzinfo | None = None
) -> Calendar:
    """Return the content of a calendar file, with its events in the order of the file.

    Args:
        components: the calendars in the file (VCALENDAR).
        findings: the object that collects problems.
        spending: the object that counts rules, occurrences, attendees and links, and limits them.
        user_zone: the zone that the user wants for local times; it takes precedence over the calendar's zone.

    Raises:
        InvalidSchedule: there are more rules, attendees or links than allowed for a file of this size.
    """
    found = [part for calendar in components for part in calendar.parts if part.kind == EVENT]
    spending.spend(RULES, sum(part.count(*_RULES) for part in found))
    spending.spend(PERSONS, sum(part.count("ATTENDEE") for part in found))
    spending.spend(LINKS, sum(part.count("ATTACH", "CONFERENCE") for part in found))
    zones = Zones(components)
    said = next(filter(None, (part.text("X-WR-TIMEZONE") for part in components)), "")
    own = filter(None, (user_zone, zones.find(said) if said else None))
    timetable = Timetable(zones, spending, tuple(own))
    events = latest_revisions([timetable.event(part) for part in found])
    return Calendar(components, events, timetable, findings, spending)


def latest_revisions(events: Sequence[CalendarEvent]) -> list[CalendarEvent]:
    """Return ``events`` without those that have a later revision in the file (RFC 5545 section 3.8.7.4).

    Some conferences give different talks the same UID. So an event is a revision of another only if it has
    the same UID and the same title.
    """
    uids = Counter(event.uid for event in events if event.uid and event.component.has("SEQUENCE"))
    numbers = [_sequence(event) if uids[event.uid] > 1 else None for event in events]
    keys = [
        (event.uid, event.replaces, event.title if number is not None else "")
        for event, number in zip(events, numbers, strict=True)
    ]
    last: dict[tuple[str, date | None, str], int] = {}
    for key, number in zip(keys, numbers, strict=True):
        last[key] = max(number or 0, last.get(key, 0))
    kept = []
    for event, key, number in zip(events, keys, numbers, strict=True):
        if number is not None and number < last[key]:
            event.component.report(EARLIER_REVISION, "SEQUENCE", value=event.uid)
        else:
            kept.append(event)
    return kept


def _sequence(event: CalendarEvent) -> int | None:
    text = event.component.text("SEQUENCE")
    return int(text) if text.isascii() and text.isdigit() and len(text) < _MOST_DIGITS else None


class Timetable:
    """The reader of the times of all events in one file.

    Args:
        zones: the time zones that the file defines or names.
        spending: the object that counts the times in RDATE and EXDATE, and limits them.
        own: the possible time zones of the calendar, the likeliest first. Some calendars write a time in UTC
            where a date or a local time is meant, for example in EXDATE. Such a time is converted to one of
            these zones.
    """

    def __init__(self, zones: Zones, spending: Spending, own: Sequence[tzinfo] = ()) -> None:
        self._zones = zones
        self._spending = spending
        self._own = own

    def event(self, component: Component) -> CalendarEvent:
        """Return the event in a VEVENT component."""
        replaces = self.moment(component, "RECURRENCE-ID")
        range_ = found.parameters.get("RANGE", "") if (found := component.first("RECURRENCE-ID")) else ""
        if range_ and range_.upper() != _AND_FOLLOWING:
            component.report(UNSUPPORTED_RANGE, "RECURRENCE-ID", value=range_)
        return CalendarEvent(
            component,
            component.text("UID"),
            component.text("STATUS").upper() in _CANCELLED,
            self.time(component),
            replaces,
            bool(replaces) and range_.upper() == _AND_FOLLOWING,
        )

    def moment(self, component: Component, name: str) -> date | None:
        """Return the date or datetime in the property ``name``, in its zone if known; None if missing."""
        found = component.first(name)
        return self._read(component, name, found) if found else None

    def day(self, component: Component, name: str) -> date | None:
        """Return the date in the property ``name``; None if the property is missing or a datetime."""
        moment = self.moment(component, name)
        return None if moment is None or isinstance(moment, datetime) else moment

    def time(self, component: Component) -> Time | None:
        """Return the start and end of the first (or only) occurrence of an event; None without DTSTART."""
        start = self.moment(component, "DTSTART")
        if not start:
            return None
        end = self._end(component, start)
        length = None if end else self._duration(component)
        return length.of(start) if length else Time(start, end)

    def times(
        self, component: Component, first: Time, recurrences: Recurrences, replaced: Sequence[date]
    ) -> list[Time]:
        """Return the times of an event's occurrences: first the times from its rules, then its RDATE times.

        Args:
            component: the event.
            first: the time of its first occurrence.
            recurrences: the object that expands its recurrence rules.
            replaced: the times of the occurrences that other events replace. They are left out.
        """
        if not any(map(component.has, _RECURS)):
            return [first]
        exact = first.end and self._has_exact_length(component)
        length = exact_duration(first) if exact else self._duration(component)
        listed = list(self._dates(component, first.start, length))
        last = max(map(_day, (first.start, *(each.start for each in listed))))
        starts, excluded = self._expanded(component, first.start, last, recurrences)
        found = [length.of(start) if length else Time(start) for start in starts]
        found += listed
        out = [*replaced, *(moment for moment, _end in self._listed(component, "EXDATE"))]
        excluded_instants = {_instant(self._in_form_of(moment, first.start)) for moment in out}
        excluded_instants |= set(map(_instant, excluded))
        # An excluded date also excludes a time on that date.
        kept = [each for each in found if not {_instant(each.start), _day(each.start)} & excluded_instants]
        if not kept and not replaced:
            component.report(ALL_TAKEN_OUT, value=component.text("SUMMARY"))
        distinct = list({_instant(each.start): each for each in kept}.values())
        if len(distinct) > MAX_TIMES:
            component.report(TOO_MANY_TIMES, value=f"{MAX_TIMES}")
        return distinct[:MAX_TIMES]

    def _in_form_of(self, moment: date, start: date) -> date:
        """Return ``moment``, one of an event's times, in the form of the event's ``start``.

        The form is a date, a datetime in a zone, or a datetime without a zone.
        """
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
            component.report(UNKNOWN_TZID, name, found.line, tzid)
        return moment.replace(tzinfo=zone)

    def _has_exact_length(self, component: Component) -> bool:
        """Return whether all occurrences of an event last exactly as long as its first one.

        They don't if the event has a DURATION such as one day: when clocks change, a day has 23 hours (RFC
        5545 section 3.8.5.3).
        """
        return component.has("DTEND") or not component.has("DURATION")

    def _end(self, component: Component, start: date) -> date | None:
        """Return an event's DTEND; None if it is missing or of another type than ``start``."""
        end = self.moment(component, "DTEND")
        if end is None:
            return None
        end = _in_zone(end, start)
        if _type(end) == _type(start) and _day(end) - _day(start) <= LONGEST_CONFERENCE:
            return end
        component.report(component.unreadable, "DTEND", value=end.isoformat())
        return None

    def _duration(self, component: Component) -> Duration | None:
        found = component.first("DURATION")
        return component.read("DURATION", found, read_duration) if found else None

    def _expanded(
        self, component: Component, start: date, last: date, recurrences: Recurrences
    ) -> tuple[Sequence[date], Sequence[date]]:
        """Return the times that an event's rules (RRULE) give, and the times that its EXRULEs exclude.

        If a rule can't be expanded, report that, and return only ``start`` and no excluded times.

        Args:
            component: the event.
            start: the event's start.
            last: the latest day among the event's start and its RDATEs.
            recurrences: the object that expands the rules.
        """
        rules, others = ([*component.all(name)] for name in _RULES)
        try:
            read = [read_rule(rule.raw) for rule in rules]
            starts, complete = (
                recurrences.expand(start, read, self._own) if read else Times((start,), complete=True)
            )
            end = datetime.combine(max(last, *map(_day, starts)) + _DAY, time())
            excluded = [
                moment
                for rule in others
                for moment in recurrences.excluded(start, read_rule(rule.raw), end, self._own)
            ]
        except ValueError:
            kind = FIRST_AND_LISTED if component.has("RDATE") else FIRST_ONLY
            component.report(kind, "RRULE" if rules else "EXRULE", value=[*rules, *others][0].raw)
            return (start,), ()
        if not complete:
            component.report(OUTSIDE_CONFERENCE, "RRULE", rules[0].line, rules[0].raw)
        return starts, excluded

    def _dates(self, component: Component, start: date, length: Duration | None) -> Iterator[Time]:
        """Yield the times of the additional occurrences that an event lists in RDATE.

        Args:
            component: the event.
            start: the event's start. The times are converted to its form (date or datetime).
            length: the duration of an occurrence if RDATE gives only its start; None if unknown.
        """
        for moment, own in self._listed(component, "RDATE"):
            begins = self._in_form_of(moment, start)
            lasts = own or length
            yield lasts.of(begins) if lasts else Time(begins)

    def _listed(self, component: Component, name: str) -> Iterator[tuple[date, Duration | None]]:
        """Yield the times listed in the property ``name``, such as EXDATE, each with its duration.

        Only a time that is written as a period (RFC 5545 section 3.3.9) has a duration; else it is None.
        """
        read = 0
        for found in component.all(name):
            for text in found.raw.split(",", MAX_TIMES)[:MAX_TIMES]:
                read += 1
                if read > MAX_TIMES:
                    component.report(TOO_MANY_TIMES, name, found.line, f"{MAX_TIMES}")
                    return
                self._spending.spend(TIMES)
                begins, _slash, ends = text.partition("/")
                moment = self._read(component, name, found._replace(raw=begins))
                if moment:
                    yield moment, self._period(component, name, found._replace(raw=ends), moment)

    def _period(self, component: Component, name: str, ends: Property, start: date) -> Duration | None:
        if not ends.raw:
            return None
        if ends.raw.strip()[:1] in "+Pp":
            return component.read(name, ends, read_duration)
        end = self._read(component, name, ends)
        if end is None or _type(end) != _type(start) or not start <= end <= start + LONGEST_CONFERENCE:
            return None
        return exact_duration(Time(start, end))


def _type(moment: date) -> tuple[bool, bool]:
    """Return whether ``moment`` is a datetime, and whether it has a zone."""
    return isinstance(moment, datetime), isinstance(moment, datetime) and moment.tzinfo is not None


def _in_zone(moment: date, start: date) -> date:
    """Return ``moment``; if it is a datetime without a zone, return it with the zone of ``start``."""
    if isinstance(moment, datetime) and isinstance(start, datetime) and moment.tzinfo is None:
        return moment.replace(tzinfo=start.tzinfo)
    return moment


def _instant(moment: date) -> date:
    return moment.astimezone(UTC) if isinstance(moment, datetime) and moment.tzinfo else moment


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
