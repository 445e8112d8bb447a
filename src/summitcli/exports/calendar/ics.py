"""iCalendar (RFC 5545, RFC 7986): sessions as the events of one calendar, for any calendar app.

The output depends only on the arguments: not on the clock, the locale or hash order. So the same sessions
give the same bytes, and a calendar that is published again differs only where the schedule differs.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ics.grammar.parse import Container, ContentLine

from summitcli.details import LinkRow
from summitcli.exports.calendar import content
from summitcli.exports.calendar.details import categories, link_line, own_categories
from summitcli.exports.calendar.properties import (
    CACHE_SIZE,
    cached_line,
    cached_property,
    component,
    line,
    text_line,
    text_property,
    visible_or_empty,
    wire,
)
from summitcli.exports.calendar.vtimezone import timezone_text
from summitcli.i18n import in_language
from summitcli.rows import ConferenceRow, SessionRow, SlotRow
from summitcli.storage.spool import TextSpool
from summitcli.text import calendar_properties
from summitcli.text.status import TENTATIVE
from summitcli.text.uids import ID_PROPERTY, event_uid, events, session_uid

PRODUCT = "-//summitcli//Conference schedule//EN"
"""The value of PRODID. It has no version of the program, so that calendars stay the same after a release."""

ALL_DAY_ALARM_TIME = timedelta(hours=18)
"""The time of day of reminders of all-day events: 18:00. They come on an earlier day than the event."""

DAY = timedelta(days=1)

UTC_NAMES = frozenset({"UTC", "UCT", "Universal", "Zulu", "Etc/UTC", "Etc/UCT", "Etc/Universal", "Etc/Zulu"})
"""The names of time zones that are UTC. Their times are written in UTC, which needs no VTIMEZONE."""


class Entry(NamedTuple):
    """A session to write into a calendar. It may have been exported before.

    ``days`` are the ISO dates to write, or None for all days of the session. ``revision`` becomes SEQUENCE:
    it increases whenever the events of the session change. If ``cancelled``, the session is written as
    cancelled, with its last title, times and rooms. ``withdrawn`` has a slot (time and room) for each event
    that an earlier export contained but that no longer takes place. These events are written as cancelled,
    after the session's other events. ``uid`` is the UID of the first event; if it is empty, the session's
    default UID is used. ``tentative`` is True if the user is not sure to attend.
    """

    session: SessionRow
    days: tuple[str, ...] | None = None
    revision: int = 0
    cancelled: bool = False
    withdrawn: tuple[SlotRow, ...] = ()
    uid: str = ""
    tentative: bool = False


class Options(NamedTuple):
    """The options for writing a calendar.

    ``name`` is the name of the calendar, or None for the title of the conference. Each of ``alarms`` is the
    time between a reminder and the start of the event. For an all-day event it is rounded up to whole days,
    at least one, and the reminder comes at 18:00, that many days before. ``utc`` is whether times are written
    in UTC. ``language`` is the language of names, or None for the schedule's own. ``refresh`` is how often
    subscribers should download a published calendar again. ``url`` is the address of the calendar's page. If
    ``refresh`` or ``url`` is None, it is not written.
    """

    name: str | None = None
    alarms: tuple[timedelta, ...] = ()
    utc: bool = False
    language: str | None = None
    refresh: timedelta | None = None
    url: str | None = None


PLAIN = Options()


class _Timing(NamedTuple):
    """The time of an event: its start, and the content lines DTSTART and DTEND."""

    begins: int
    """The start in seconds since 1970."""
    lines: str
    years: tuple[int, ...]
    """The years of the event's local times; empty if the event has only dates or times in UTC."""


class Event(NamedTuple):
    """An event (VEVENT) as text, with the values by which events are sorted and grouped."""

    begins: int
    """The start in seconds since 1970."""
    uid: str
    text: str
    """The content lines of the event, folded to 75 octets."""
    years: tuple[int, ...]
    """The years of the event's local times; empty if the event has only dates or times in UTC."""
    slots: tuple[SlotRow, ...]


def ics(conference: ConferenceRow, entries: Iterable[Entry], options: Options = PLAIN) -> Iterator[str]:
    """Yield the text of a calendar with the sessions in ``entries``, in pieces; its line ends are CRLF.

    The events are sorted by time. Their time zone is written before them but depends on all of them. So the
    events are kept in a temporary file until the last one is made.

    Args:
        conference: the conference. All events are in its time zone, and its ``revised`` is their DTSTAMP.
        entries: the sessions, each only once.
        options: how to write the calendar.

    Raises:
        ValueError: a day, a time or ``revised`` is not in ISO 8601 form.
    """
    writer = EventWriter(conference, options)
    spool = TextSpool()
    order: list[tuple[int, str, int]] = []
    years: set[int] = set()
    for entry in entries:
        for event in writer.events(entry):
            order.append((event.begins, event.uid, spool.add(event.text)))
            years.update(event.years)
    order.sort()
    yield from calendar(conference, options, years, [number for _begins, _uid, number in order], spool)


def calendar(
    conference: ConferenceRow,
    options: Options,
    years: Collection[int],
    numbers: Sequence[int],
    texts: TextSpool,
) -> Iterator[str]:
    """Yield the text of a calendar, in pieces, with events that are already written as texts.

    Args:
        conference: the conference.
        options: how to write the calendar.
        years: the years of the events' local times; empty if the events have only dates or times in UTC.
        numbers: for each event of the calendar, in order of time, the position of its text in ``texts``.
        texts: the texts of events, which may include those of other calendars.
    """
    if not numbers:
        # A calendar holds at least one component (RFC 5545 section 3.6), if only its time zone.
        years = {date.fromisoformat(conference.start).year, date.fromisoformat(conference.end).year}
    zone = timezone_text(conference.time_zone, min(years), max(years)) if years else ""
    yield f"BEGIN:VCALENDAR\r\n{''.join(_head(conference, options))}{zone}"
    for number in numbers:
        yield texts[number]
    yield "END:VCALENDAR\r\n"


def _head(conference: ConferenceRow, options: Options) -> Iterator[str]:
    """Yield the content lines of the calendar as a whole, such as VERSION and NAME.

    There is no METHOD, as the calendar is published, not sent. There is no UID, as some apps keep only one
    event of a calendar that has one.
    """
    title = conference.titles.get(options.language or conference.language) or conference.title
    name = visible_or_empty(options.name or "") or title
    yield cached_line("VERSION", "2.0")
    yield cached_line("PRODID", PRODUCT)
    yield cached_line("CALSCALE", "GREGORIAN")
    yield text_property("NAME", name)
    yield text_property("X-WR-CALNAME", name)
    yield cached_property("X-WR-TIMEZONE", conference.time_zone)
    if options.refresh is not None:
        interval = content.duration(options.refresh)
        yield wire(line("REFRESH-INTERVAL", interval, VALUE="DURATION"))
        yield cached_line("X-PUBLISHED-TTL", interval)
    if address := content.uri(options.url or ""):
        yield cached_line("URL", address)
    yield cached_line(calendar_properties.VERSION, "2")
    yield cached_property(calendar_properties.CONFERENCE_LANGUAGE, conference.language)


class EventWriter:
    """The writer of the events of a calendar. It can also serve several calendars with the same options.

    Args:
        conference: the conference.
        options: how to write the events.
    """

    def __init__(self, conference: ConferenceRow, options: Options) -> None:
        self._conference = conference
        self._options = options
        self._language = options.language or conference.language
        self._zone = ZoneInfo(conference.time_zone)
        self._utc = options.utc or conference.time_zone in UTC_NAMES
        # DTSTAMP is required (RFC 5545 section 3.8.7.2); the first day is the same in every export.
        stamp = content.instant(_revision_instant(conference.revised or conference.start))
        self._stamps = wire(line("DTSTAMP", stamp), line("LAST-MODIFIED", stamp))
        # Many sessions take place at the same time.
        self._cached_timing = lru_cache(CACHE_SIZE)(self._timing_between)
        self._day = lru_cache(CACHE_SIZE)(lambda start: self._local(start).date().isoformat())

    def events(self, entry: Entry) -> Iterator[Event]:
        """Yield the events of a session: those that take place, then the withdrawn ones as cancelled."""
        slots = (slot for slot in entry.session.slots if entry.days is None or slot.day in entry.days)
        current = events(slots)
        for number, event in enumerate([*current, *((slot,) for slot in entry.withdrawn)], 1):
            yield self._event(entry, event, number, cancelled=entry.cancelled or number > len(current))

    def title(self, session: SessionRow) -> str:
        """Return the title of a session in the calendar's language; its ID if the title is blank."""
        return visible_or_empty(session.titles.get(self._language) or session.title) or session.id

    def _event(self, entry: Entry, slots: tuple[SlotRow, ...], number: int, cancelled: bool) -> Event:
        session = entry.session
        name = entry.uid or session_uid(session.id, self._conference.id, session.guid)
        uid = event_uid(name, number)
        title = self.title(session)
        all_day = slots[0].start is None
        timing = self._timing(slots)
        lines = [
            "BEGIN:VEVENT\r\n",
            text_property("UID", uid),
            self._stamps,
            cached_property("SEQUENCE", str(entry.revision)),
            cached_property("STATUS", "CANCELLED" if cancelled else _status(entry)),
            timing.lines,
            text_property("SUMMARY", title),
            *self._details(session, slots[0].room or "", title),
            *self._own_properties(session, slots[0]),
        ]
        if name != session_uid(session.id, self._conference.id):
            lines.append(text_property(ID_PROPERTY, session.id))
        if all_day or cancelled:
            lines.append(cached_property("TRANSP", "TRANSPARENT"))
        if not cancelled:
            # Each once: several reminders may fall on the same evening.
            triggers = (_all_day_trigger(length) if all_day else -length for length in self._options.alarms)
            lines.extend(wire(_alarm(trigger, title)) for trigger in dict.fromkeys(triggers))
        lines.append("END:VEVENT\r\n")
        return Event(timing.begins, uid, "".join(lines), timing.years, slots)

    def _timing(self, slots: tuple[SlotRow, ...]) -> _Timing:
        first = slots[0]
        if first.start is not None and first.end is not None:
            return self._cached_timing(first.start, first.end)
        midnight = datetime.combine(date.fromisoformat(first.day), time(), self._zone)
        return _Timing(int(midnight.timestamp()), wire(*_day_lines(first.day, slots[-1].day)), ())

    def _timing_between(self, start: str, end: str) -> _Timing:
        begins, ends = self._local(start), self._local(end)
        in_utc = self._utc or _is_ambiguous(begins) or _is_ambiguous(ends)
        lines = [self._moment("DTSTART", begins, in_utc)]
        # DTEND must be later than DTSTART (RFC 5545 section 3.8.2.2). Instants are compared, as a local time
        # in the hour that occurs twice may look earlier.
        if ends.timestamp() > begins.timestamp():
            lines.append(self._moment("DTEND", ends, in_utc))
        return _Timing(int(begins.timestamp()), wire(*lines), () if in_utc else (begins.year, ends.year))

    def _local(self, moment: str) -> datetime:
        """Return ``moment``, a start or an end, in the conference's time zone, without microseconds."""
        return datetime.fromisoformat(moment).astimezone(self._zone).replace(microsecond=0)

    def _moment(self, name: str, moment: datetime, in_utc: bool) -> ContentLine:
        if in_utc:
            return line(name, content.instant(moment))
        return line(name, content.wall_clock(moment), TZID=self._conference.time_zone)

    def _details(self, session: SessionRow, room: str, title: str) -> Iterator[str]:
        """Yield the content lines for the location, categories, description, URL and links of an event."""
        yield cached_property("LOCATION", room)
        yield categories((session.category_name or "", *session.tags))
        if description := self._description(session, title):
            yield text_property("DESCRIPTION", description)
        if session.url and (address := content.uri(session.url)):
            yield wire(line("URL", address))
        yield from map(link_line, session.links)
        if session.feedback_url:
            yield link_line(LinkRow(session.feedback_url, "Feedback", calendar_properties.FEEDBACK))

    def _own_properties(self, session: SessionRow, slot: SlotRow) -> Iterator[str]:
        """Yield our own properties (``X-…``).

        When this program reads the calendar, it restores the session from these properties.
        """
        for speaker in session.speakers:
            yield cached_property(calendar_properties.SPEAKER, speaker)
        yield cached_property(calendar_properties.LANGUAGE, session.language or "")
        yield from own_categories(session.category_name or "", session.tags)
        yield cached_property(calendar_properties.LEVEL, session.level or "")
        if slot.start and self._day(slot.start) != slot.day:
            yield cached_property(calendar_properties.DAY, slot.day.replace("-", ""))
        if session.status != TENTATIVE:
            yield cached_property(calendar_properties.STATUS, session.status or "")

    def _description(self, session: SessionRow, title: str) -> str:
        """Return DESCRIPTION: titles in other languages, speakers, description, and the conference's notice.

        The notice is a text for readers of the schedule, such as a warning that it may change.
        """
        others = dict.fromkeys(map(visible_or_empty, session.titles.values()))
        titles = [other for other in others if other not in ("", title)]
        language = self._language.partition("-")[0]
        label, comma = calendar_properties.SPEAKERS.get(language, calendar_properties.SPEAKERS_ELSEWHERE)
        speakers = label + comma.join(session.speakers) if session.speakers else ""
        notice = in_language(self._conference.notice, self._language, self._conference.language)
        description = in_language(session.descriptions, self._language, self._conference.language)
        texts = ("\n".join(titles), speakers, description or session.description or "", notice)
        return "\n\n".join(filter(None, map(visible_or_empty, texts)))


def _status(entry: Entry) -> str:
    """Return the STATUS of an event that is not cancelled (RFC 5545 section 3.8.1.11).

    It is ``TENTATIVE`` if the session is tentative or the user is not sure to attend, else ``CONFIRMED``.
    """
    return "TENTATIVE" if entry.tentative or entry.session.status == TENTATIVE else "CONFIRMED"


def _revision_instant(revised: str) -> datetime:
    """Return an RFC 3339 timestamp as a datetime; for a date, such as ``2022-07-23``, its midnight in UTC."""
    moment = datetime.fromisoformat(revised)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _is_ambiguous(moment: datetime) -> bool:
    """Return whether a local time occurs twice on its day, because the clock is set back.

    In iCalendar such a time means the first of the two (RFC 5545 section 3.3.5), but apps differ.
    """
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()


def _day_lines(first: str, last: str) -> list[ContentLine]:
    """Return the lines DTSTART and DTEND of an event that lasts from the day ``first`` to the day ``last``.

    Args:
        first: an ISO date.
        last: an ISO date; DTEND is the day after it.
    """
    start, end = date.fromisoformat(first), date.fromisoformat(last) + DAY
    return [
        line("DTSTART", content.day(start), VALUE="DATE"),
        line("DTEND", content.day(end), VALUE="DATE"),
    ]


def _all_day_trigger(length: timedelta) -> timedelta:
    """Return the time of an all-day event's reminder, relative to the midnight at which the event begins.

    Args:
        length: how long before the event the user wants to be reminded; it is rounded up to whole days.
    """
    days = max(-(-length // DAY), 1)
    return ALL_DAY_ALARM_TIME - days * DAY


def _alarm(trigger: timedelta, title: str) -> Container:
    """Return a VALARM that shows ``title`` (RFC 5545 section 3.6.6)."""
    return component(
        "VALARM",
        line("ACTION", "DISPLAY"),
        text_line("DESCRIPTION", title),
        line("TRIGGER", content.duration(trigger)),
    )
