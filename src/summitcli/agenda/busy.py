"""The user's other calendars: iCalendar files whose events are times when the user is busy.

A calendar is a file, or a directory with one file for each event (a vdir, as khal has). The files
are read whenever they are needed, as other programs change them; their content is not saved. These events
are ignored: cancelled events; events marked as free time (TRANSP:TRANSPARENT, RFC 5545, 3.8.2.7);
whole-day events, such as birthdays, unless they are marked as busy; and sessions of the conference itself,
which are in the calendar if the user has imported an exported agenda.

A whole-day event (DTSTART is a DATE) without TRANSP is busy time by RFC 5545. But calendar programs show such
an event as free, and mark it with TRANSP:OPAQUE if the user says so; Outlook also with
X-MICROSOFT-CDO-BUSYSTATUS.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from summitcli.agenda.calendar_files import MAX_FILES, calendar_files
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

_BUSY_DAYS = ("BUSY", "OOF")
"""The values of X-MICROSOFT-CDO-BUSYSTATUS for whole-day events that take time: busy, and out of office."""

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


class BusyCalendar(NamedTuple):
    """The events of one of the user's calendars during the conference."""

    times: tuple[BusyTime, ...]
    """The events at which the user is busy, in order of time."""
    whole_days: int = 0
    """The number of whole-day events that say nothing of being busy, and are ignored."""
    faults: tuple[UnreadableCalendar, ...] = ()
    """The files of a directory that can't be read, and are ignored."""


def read_busy_calendar(path: str, conference: ConferenceRow, zone: tzinfo) -> BusyCalendar:
    """Return the events during the conference in the calendar at ``path``.

    Args:
        path: an iCalendar file, or a directory of such files.
        conference: the conference. Events in the night after its last day are returned, too.
        zone: the conference's time zone, which is used for times in the calendar that have no zone.

    Raises:
        UnreadableCalendar: the file or the directory can't be read, is not a calendar, or is too large.
    """
    try:
        files = calendar_files(path)
    except OSError as error:
        raise UnreadableCalendar(path, error.strerror or str(error)) from error
    reader = _Reader(path, conference, zone)
    if files is None:
        reader.read(path)
        return reader.found()
    if len(files) > MAX_FILES:
        raise UnreadableCalendar(path, _("it has more than {n} .ics files").format(n=MAX_FILES))
    faults = []
    for file in files:
        try:
            reader.read(file, is_one_of_many=True)
        except UnreadableCalendar as error:
            if reader.is_overfull():
                raise
            faults.append(error)
    return reader.found()._replace(faults=tuple(faults))


class _Reader:
    """A reader of the files of one calendar, which collects their events during the conference.

    Args:
        path: the path of the calendar.
        conference: the conference.
        zone: the conference's time zone.
    """

    def __init__(self, path: str, conference: ConferenceRow, zone: tzinfo) -> None:
        self._path = path
        self._conference = conference
        self._zone = zone
        self._first, self._last = date.fromisoformat(conference.start), date.fromisoformat(conference.end)
        self._since = datetime.combine(self._first, time(), zone)
        self._until = datetime.combine(self._last + _DAY, time.fromisoformat(NIGHT_ENDS), zone)
        self._busy: set[BusyTime] = set()
        self._whole_days: set[BusyTime] = set()

    def is_overfull(self) -> bool:
        """Return whether the calendar has too many events during the conference."""
        return max(len(self._busy), len(self._whole_days)) > MAX_EVENTS

    def found(self) -> BusyCalendar:
        """Return the events that were read."""
        return BusyCalendar(tuple(sorted(self._busy)), len(self._whole_days))

    def read(self, path: str, is_one_of_many: bool = False) -> None:
        """Read a file of the calendar.

        Args:
            path: the path of the file.
            is_one_of_many: whether it is in a directory. Files whose dates are far from the conference are
                then not parsed.

        Raises:
            UnreadableCalendar: the file can't be read, or there are too many events.
        """
        data = _content(path)
        near = self._first - 2 * _DAY, self._last + 2 * _DAY
        if is_one_of_many and _is_elsewhere(data, *near):
            return
        calendar = _calendar(path, data, self._zone)
        try:
            for event, when in _occurrences(calendar, self._first, self._last):
                self._add(event, when)
                if self.is_overfull():
                    fault = _("it has more than {n} events during the conference")
                    raise UnreadableCalendar(self._path, fault.format(n=MAX_EVENTS))
        except InvalidSchedule as error:
            raise UnreadableCalendar(path, str(error)) from error

    def _add(self, event: CalendarEvent, when: Time) -> None:
        """Add an event held at ``when``, if it is during the conference."""
        ours = parse_uid(event.uid)
        if ours and ours.conference == self._conference.id:
            return
        busy = _busy_time(event, when, self._zone)
        if busy and busy.start < self._until and busy.end > self._since:
            takes_time = _takes_time(event, not isinstance(when.start, datetime))
            if takes_time is not None:
                (self._busy if takes_time else self._whole_days).add(busy)


def _takes_time(event: CalendarEvent, is_whole_day: bool) -> bool | None:
    """Return whether the user is busy during an event; False for a whole day of which nothing is said.

    Return None if the event is marked as free time.
    """
    transparency = event.component.text("TRANSP").upper()
    status = event.component.text("X-MICROSOFT-CDO-BUSYSTATUS").upper()
    if transparency in ("OPAQUE", "TRANSPARENT"):
        return True if transparency == "OPAQUE" else None
    if status == "FREE":
        return None
    return not is_whole_day or status in _BUSY_DAYS


_ZONES = re.compile(rb"BEGIN:VTIMEZONE.*?END:VTIMEZONE", re.DOTALL)
_DATES = re.compile(rb"^DT(?:START|END)[^:\r\n]*:(\d{8})", re.MULTILINE)
_LASTING = re.compile(rb"^(?:RRULE|RDATE|DURATION)\b", re.MULTILINE)


def _is_elsewhere(data: bytes, first: date, last: date) -> bool:
    """Return whether all events of a file are certainly outside of a period, judged by its text alone."""
    if b"VTIMEZONE" in data:
        data = _ZONES.sub(b"", data)
    dates = _DATES.findall(data)
    # A folded line could hide a date.
    if len(dates) != data.count(b"DTSTART") + data.count(b"DTEND") or not dates or _LASTING.search(data):
        return False
    begin, end = (f"{day:%Y%m%d}".encode() for day in (first, last))
    return bool(max(dates) < begin or min(dates) > end)


def busy_listings(times: Iterable[BusyTime], zone: tzinfo) -> list[Listing]:
    """Return a listing (the form of a session in lists) for each busy time, in order of time.

    Their IDs are ``busy-1``, ``busy-2`` …
    """
    found = []
    for number, busy in enumerate(sorted(times), 1):
        start, end = busy.start.astimezone(zone), busy.end.astimezone(zone)
        found.append(own_listing(f"busy-{number}", busy.title, start.date().isoformat(), start, end))
    return found


def _content(path: str) -> bytes:
    """Return the content of a file of a calendar.

    Raises:
        UnreadableCalendar: the file can't be read, is no calendar, or is too large.
    """
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
    return data


def _calendar(path: str, data: bytes, zone: tzinfo) -> Calendar:
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
        if event.cancelled or event.first is None:
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
