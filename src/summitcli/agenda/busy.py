"""The user's other calendars: iCalendar files whose events are times when the user is busy.

The files are read whenever they are needed, as other programs change them; their content is not saved. These
events are ignored: cancelled events; events marked as free time (TRANSP:TRANSPARENT); and sessions of the
conference itself, which are in the calendar if the user has imported an exported agenda.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from summitcli.agenda.own_entries import own_listing
from summitcli.budgets import EVENTS, overspent_calendar
from summitcli.errors import InvalidSchedule, Status, SummitError
from summitcli.formats.calendars import ical
from summitcli.formats.calendars.durations import Time
from summitcli.formats.calendars.events import Calendar, CalendarEvent
from summitcli.formats.calendars.recurrence import Recurrences
from summitcli.formats.calendars.series import Series
from summitcli.formats.findings import CUT_SHORT
from summitcli.i18n import _
from summitcli.lazy_typing import NamedTuple
from summitcli.rows import ConferenceRow, Listing
from summitcli.storage import paths
from summitcli.text.days import NIGHT_ENDS
from summitcli.text.printable import printable
from summitcli.text.uids import parse_uid

LARGEST = 32 * 2**20
"""The maximum size of a calendar file, in bytes; larger ones are not read."""

MAX_EVENTS = 2_000
"""The maximum number of events in one calendar during one conference; a calendar with more is an error."""

_DAY = timedelta(days=1)


class UnreadableCalendar(SummitError):
    """The error that a calendar can't be read.

    Args:
        path: its path.
        fault: what is wrong with it.
    """

    status = Status.INVALID

    def __init__(self, path: str, fault: str) -> None:
        sentence = _("can't read the calendar {path}: {fault}")
        super().__init__(sentence.format(path=printable(path), fault=printable(fault)))


class BusyTime(NamedTuple):
    """An event of one of the user's calendars, during the conference."""

    start: datetime
    end: datetime
    title: str


def read_busy_times(path: str, conference: ConferenceRow, zone: tzinfo) -> list[BusyTime]:
    """Return the events during the conference in the calendar at ``path``, in order of time.

    Args:
        path: an iCalendar file.
        conference: the conference. Events in the night after its last day are returned, too.
        zone: the conference's time zone, which is used for times in the calendar that have no zone.

    Raises:
        UnreadableCalendar: the file can't be read, is not a calendar, or is too large.
    """
    calendar = _calendar(path, zone)
    first, last = date.fromisoformat(conference.start), date.fromisoformat(conference.end)
    since = datetime.combine(first, time(), zone)
    until = datetime.combine(last + _DAY, time.fromisoformat(NIGHT_ENDS), zone)
    found = set()
    try:
        for event, when in _occurrences(calendar, first, last):
            ours = parse_uid(event.uid)
            busy = None if ours and ours.conference == conference.id else _busy_time(event, when, zone)
            if busy and busy.start < until and busy.end > since:
                found.add(busy)
            if len(found) > MAX_EVENTS:
                fault = _("it has more than {n} events during the conference")
                raise UnreadableCalendar(path, fault.format(n=MAX_EVENTS))
    except InvalidSchedule as error:
        raise UnreadableCalendar(path, str(error)) from error
    return sorted(found)


def busy_listings(times: Iterable[BusyTime], zone: tzinfo) -> list[Listing]:
    """Return a listing (the form of a session in lists) for each busy time, in order of time.

    Their IDs are ``busy-1``, ``busy-2`` …
    """
    found = []
    for number, busy in enumerate(sorted(times), 1):
        start, end = busy.start.astimezone(zone), busy.end.astimezone(zone)
        found.append(own_listing(f"busy-{number}", busy.title, start.date().isoformat(), start, end))
    return found


def _calendar(path: str, zone: tzinfo) -> Calendar:
    try:
        data = paths.read(path, LARGEST + 1)
    except paths.NotAFile:
        raise UnreadableCalendar(path, _("it is not a file")) from None
    except OSError as error:
        raise UnreadableCalendar(path, error.strerror or str(error)) from error
    if data is None:
        raise UnreadableCalendar(path, _("there is no such file"))
    if len(data) > LARGEST:
        raise UnreadableCalendar(path, _("it is larger than {n} MB").format(n=LARGEST // 2**20))
    if not ical.detect(data):
        raise UnreadableCalendar(path, _("it is not an .ics file"))
    if fault := overspent_calendar(data):
        raise UnreadableCalendar(path, fault)
    try:
        calendar = ical.read_calendar(data, path, zone)
    except InvalidSchedule:
        raise UnreadableCalendar(path, _("it is not a valid calendar")) from None
    if CUT_SHORT in calendar.findings.counts:
        raise UnreadableCalendar(path, _("it is not a valid calendar"))
    return calendar


def _occurrences(calendar: Calendar, first: date, last: date) -> Iterator[tuple[CalendarEvent, Time]]:
    """Yield each event with each of its times that are near the days from ``first`` to ``last``."""
    recurrences = Recurrences(first, last)
    series = Series(calendar.events)
    for event in calendar.events:
        component = event.component
        if event.cancelled or event.first is None or component.text("TRANSP").upper() == "TRANSPARENT":
            continue
        if component.has("RECURRENCE-ID"):
            yield event, event.first
            continue
        times = calendar.timetable.times(component, event.first, recurrences, series.replaced(event))
        calendar.spending.spend(EVENTS, max(0, len(times) - 1))
        for changed, held in series.split(event, times):
            yield from ((changed, when) for when in held)


def _busy_time(event: CalendarEvent, when: Time, zone: tzinfo) -> BusyTime | None:
    """Return the busy time of an event that is held at ``when``.

    Return None if the event has no end, or does not end later than it starts.
    """
    start: date = when.start
    end = when.end
    if not isinstance(start, datetime):
        start, end = (datetime.combine(day, time(), zone) for day in (start, end or start + _DAY))
    elif end is None and when.length:
        end = start + when.length
    if not isinstance(end, datetime):
        return None
    try:
        start, end = (each.replace(tzinfo=each.tzinfo or zone).astimezone(UTC) for each in (start, end))
    except OverflowError:
        # It is at one of the ends of the calendar.
        return None
    return BusyTime(start, end, event.title or _("busy")) if start < end else None
