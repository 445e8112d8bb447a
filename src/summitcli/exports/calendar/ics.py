"""iCalendar (RFC 5545, RFC 7986): sessions as the events of one calendar, for any calendar program.

The text depends on nothing but what is passed in: no clock, no locale, no order of hashing. So the same
sessions give the same bytes, and a calendar that is published again shows no change where there is none.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ics.grammar.parse import Container, ContentLine

from summitcli.exports.calendar import content
from summitcli.exports.calendar.vtimezone import Observance, observances
from summitcli.i18n import in_language
from summitcli.rows import ConferenceRow, SessionRow, SlotRow
from summitcli.storage.spool import TextSpool
from summitcli.text import calendar_properties as own
from summitcli.text.status import TENTATIVE
from summitcli.text.uids import ID_PROPERTY, event_uid, events, session_uid

PRODUCT = "-//summitcli//Conference schedule//EN"
"""PRODID. It bears no version, so that a new one of the program changes no calendar."""

EVENING = timedelta(hours=18)
"""The time of day at which the alarm for an all-day event rings, on a day before it."""

DAY = timedelta(days=1)

UTC_NAMES = frozenset({"UTC", "UCT", "Universal", "Zulu", "Etc/UTC", "Etc/UCT", "Etc/Universal", "Etc/Zulu"})
"""The time zones whose times are written in UTC, which needs no VTIMEZONE."""


class Entry(NamedTuple):
    """A session to be written, with what is known of its earlier exports.

    ``days`` are the ISO dates of it that are wanted, None for all. ``revision`` becomes SEQUENCE: it is
    raised whenever anything in the entry changes. A session that is ``cancelled`` is written so, with the
    title and slots it had. ``withdrawn`` stand for events that an earlier export had
    and that are too many now, a slot for each: they bear the numbers after the current ones and are written
    as cancelled. ``uid`` is that of the first event, where it is not the one that the session has by itself.
    """

    session: SessionRow
    days: tuple[str, ...] | None = None
    revision: int = 0
    cancelled: bool = False
    withdrawn: tuple[SlotRow, ...] = ()
    uid: str = ""


class Options(NamedTuple):
    """How the calendar is to be written.

    ``name`` is the calendar's, None for the conference's title. ``alarms`` are lengths of time before the
    start. An all-day event has none to ring at: its alarm is at 18:00 on the day so many days before as
    the length has begun, and at least on the evening before. ``utc`` writes clock times in UTC.
    ``language`` is that of names, None for the schedule's own.
    """

    name: str | None = None
    alarms: tuple[timedelta, ...] = ()
    utc: bool = False
    language: str | None = None


PLAIN = Options()

_KNOWN = 4096
"""How many of the lines that many events share are kept."""


class _Held(NamedTuple):
    """When an event is held."""

    begins: int
    """In seconds since 1970."""
    lines: str
    years: tuple[int, ...]
    """The years of its local times; none where it has only days or instants in UTC."""


class _Event(NamedTuple):
    """One VEVENT on its way: ``begins`` orders it among the others."""

    begins: int
    """In seconds since 1970."""
    uid: str
    text: str
    """Its lines as they are on the wire."""
    years: tuple[int, ...]
    """The years of its local times; none where it has only days or instants in UTC."""


def ics(conference: ConferenceRow, entries: Iterable[Entry], options: Options = PLAIN) -> Iterator[str]:
    """Yield the calendar of ``entries``, its lines ended by CRLF, to be written as UTF-8 without translation.

    Events are in order of time, and their time zone, which depends on all of them, comes first. So each is
    written at once and kept outside of memory until the last is known.

    Args:
        conference: the conference; ``revised`` stamps every event, ``time_zone`` is theirs.
        entries: each session once.
        options: how to write it.

    Raises:
        ValueError: a day, a time or ``revised`` is not in its ISO 8601 form.
    """
    writer = _Writer(conference, options)
    written = TextSpool()
    order: list[tuple[int, str, int]] = []
    years: set[int] = set()
    for entry in entries:
        for event in writer.events(entry):
            order.append((event.begins, event.uid, written.add(event.text)))
            years.update(event.years)
    calendar = _component("VCALENDAR", *writer.head())
    if not order:
        # A calendar holds at least one component (RFC 5545 section 3.6), if only its time zone.
        years = {date.fromisoformat(conference.start).year, date.fromisoformat(conference.end).year}
    if years:
        calendar.append(timezone(conference.time_zone, min(years), max(years)))
    end = "END:VCALENDAR\r\n"
    yield _wire(calendar).removesuffix(end)
    order.sort()
    for _begins, _uid, number in order:
        yield written[number]
    yield end


def _wire(*parts: Container | ContentLine) -> str:
    """Return lines as they are on the wire."""
    return "".join([f"{content.fold(line)}\r\n" for part in parts for line in str(part).split("\r\n")])


def timezone(name: str, first_year: int, last_year: int) -> Container:
    """The VTIMEZONE (RFC 5545 section 3.6.5) of an IANA time zone for local times of the years given."""
    parts = observances(ZoneInfo(name), first_year, last_year)
    return _component("VTIMEZONE", _text("TZID", name), *map(_observance, parts))


class _Writer:
    """What all the events of one calendar share."""

    def __init__(self, conference: ConferenceRow, options: Options) -> None:
        self._conference = conference
        self._options = options
        self._language = options.language or conference.language
        self._zone = ZoneInfo(conference.time_zone)
        self._utc = options.utc or conference.time_zone in UTC_NAMES
        # A stamp there must be (RFC 5545 section 3.8.7.2): the first day is one that stays the same.
        stamp = content.instant(_instant(conference.revised or conference.start))
        self._stamps = _wire(_line("DTSTAMP", stamp), _line("LAST-MODIFIED", stamp))
        # Many sessions are held at the same time.
        self._held = lru_cache(_KNOWN)(self._between)
        self._day = lru_cache(_KNOWN)(lambda start: self._local(start).date().isoformat())

    def head(self) -> Iterator[ContentLine]:
        """The properties of the calendar. No METHOD: it is published; no UID: some keep one event then."""
        conference, options = self._conference, self._options
        name = _visible(options.name or "") or conference.titles.get(self._language) or conference.title
        yield _line("VERSION", "2.0")
        yield _line("PRODID", PRODUCT)
        yield _line("CALSCALE", "GREGORIAN")
        yield _text("NAME", name)
        yield _text("X-WR-CALNAME", name)
        yield _text("X-WR-TIMEZONE", conference.time_zone)
        yield _line(own.VERSION, "2")
        yield _text(own.CONFERENCE_LANGUAGE, conference.language)

    def events(self, entry: Entry) -> Iterator[_Event]:
        """The events of a session, the current ones and those withdrawn."""
        slots = (slot for slot in entry.session.slots if entry.days is None or slot.day in entry.days)
        current = events(slots)
        for number, event in enumerate([*current, *((slot,) for slot in entry.withdrawn)], 1):
            yield self._event(entry, event, number, cancelled=entry.cancelled or number > len(current))

    def _event(self, entry: Entry, slots: tuple[SlotRow, ...], number: int, cancelled: bool) -> _Event:
        session = entry.session
        name = entry.uid or session_uid(session.id, self._conference.id, session.guid)
        uid = event_uid(name, number)
        title = _visible(session.titles.get(self._language) or session.title) or session.id
        all_day = slots[0].start is None
        held = self._when(slots)
        lines = [
            "BEGIN:VEVENT\r\n",
            _wire(_text("UID", uid)),
            self._stamps,
            _known("SEQUENCE", str(entry.revision)),
            _known("STATUS", "CANCELLED" if cancelled else _status(session.status)),
            held.lines,
            _wire(_text("SUMMARY", title)),
            *self._about(session, slots[0].room or "", title),
            *self._own(session, slots[0]),
        ]
        if name != session_uid(session.id, self._conference.id):
            lines.append(_wire(_text(ID_PROPERTY, session.id)))
        if all_day or cancelled:
            lines.append(_known("TRANSP", "TRANSPARENT"))
        if not cancelled:
            # Each once: several lengths may come to the same evening.
            triggers = (_evening_before(length) if all_day else -length for length in self._options.alarms)
            lines.extend(_wire(_alarm(trigger, title)) for trigger in dict.fromkeys(triggers))
        lines.append("END:VEVENT\r\n")
        return _Event(held.begins, uid, "".join(lines), held.years)

    def _when(self, slots: tuple[SlotRow, ...]) -> _Held:
        first = slots[0]
        if first.start is not None and first.end is not None:
            return self._held(first.start, first.end)
        midnight = datetime.combine(date.fromisoformat(first.day), time(), self._zone)
        return _Held(int(midnight.timestamp()), _wire(*_days(first.day, slots[-1].day)), ())

    def _between(self, start: str, end: str) -> _Held:
        begins, ends = self._local(start), self._local(end)
        in_utc = self._utc or _repeated(begins) or _repeated(ends)
        lines = [self._moment("DTSTART", begins, in_utc)]
        # DTEND is later than DTSTART (RFC 5545 section 3.8.2.2), as an instant: by the wall clock an end in
        # the hour that comes twice may seem the earlier.
        if ends.timestamp() > begins.timestamp():
            lines.append(self._moment("DTEND", ends, in_utc))
        return _Held(int(begins.timestamp()), _wire(*lines), () if in_utc else (begins.year, ends.year))

    def _local(self, moment: str) -> datetime:
        """A time of a slot in the conference's zone, to the second."""
        return datetime.fromisoformat(moment).astimezone(self._zone).replace(microsecond=0)

    def _moment(self, name: str, moment: datetime, in_utc: bool) -> ContentLine:
        if in_utc:
            return _line(name, content.instant(moment))
        return _line(name, content.wall_clock(moment), TZID=self._conference.time_zone)

    def _about(self, session: SessionRow, room: str, title: str) -> Iterator[str]:
        """Where an event is held and what it is about."""
        yield _known("LOCATION", room)
        yield _known("CATEGORIES", _category(session.category_name or ""))
        if description := self._description(session, title):
            yield _wire(_text("DESCRIPTION", description))
        if address := content.uri(session.url or ""):
            yield _wire(_line("URL", address))

    def _own(self, session: SessionRow, slot: SlotRow) -> Iterator[str]:
        """What a reader of our own needs to have the same session again."""
        for speaker in session.speakers:
            yield _known(own.SPEAKER, speaker)
        yield _known(own.LANGUAGE, session.language or "")
        if session.category_name and "," in session.category_name:
            yield _known(own.CATEGORY, session.category_name)
        if slot.start and self._day(slot.start) != slot.day:
            yield _known(own.DAY, slot.day.replace("-", ""))
        if session.status != TENTATIVE:
            yield _known(own.STATUS, session.status or "")

    def _description(self, session: SessionRow, title: str) -> str:
        """Paragraphs: the title in other languages, who speaks, what of, the notice."""
        others = dict.fromkeys(map(_visible, session.titles.values()))
        titles = [other for other in others if other not in ("", title)]
        label, comma = own.SPEAKERS.get(self._language.partition("-")[0], own.SPEAKERS_ELSEWHERE)
        speakers = label + comma.join(session.speakers) if session.speakers else ""
        notice = in_language(self._conference.notice, self._language, self._conference.language)
        texts = ("\n".join(titles), speakers, session.description or "", notice)
        return "\n\n".join(filter(None, map(_visible, texts)))


def _status(status: str | None) -> str:
    """Return STATUS of what is not cancelled (RFC 5545 section 3.8.1.11)."""
    return "TENTATIVE" if status == TENTATIVE else "CONFIRMED"


def _instant(revised: str) -> datetime:
    """An ISO date, which means its midnight in UTC, or an RFC 3339 instant."""
    moment = datetime.fromisoformat(revised)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _repeated(moment: datetime) -> bool:
    """Whether the zone has that local time twice.

    By its wall clock only the first could be written (RFC 5545 section 3.3.5), and readers differ.
    """
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()


def _days(first: str, last: str) -> list[ContentLine]:
    """The lines that make an event last whole days; DTEND is exclusive (RFC 5545 section 3.6.1)."""
    start, end = date.fromisoformat(first), date.fromisoformat(last) + DAY
    return [
        _line("DTSTART", content.day(start), VALUE="DATE"),
        _line("DTEND", content.day(end), VALUE="DATE"),
    ]


@lru_cache(_KNOWN)
def _category(name: str) -> str:
    """``name`` without commas, at which some calendars split it even where they are escaped."""
    return " / ".join(part.strip() for part in content.clean(name).split(",") if part.strip())


def _visible(text: str) -> str:
    """``text``, cleaned; empty where nothing is left to see."""
    cleaned = content.clean(text)
    return cleaned if cleaned.strip() else ""


def _evening_before(length: timedelta) -> timedelta:
    """The trigger of an all-day event's alarm, counted from the midnight at which the event begins."""
    days = max(-(-length // DAY), 1)
    return EVENING - days * DAY


def _alarm(trigger: timedelta, title: str) -> Container:
    """A VALARM that shows ``title`` (RFC 5545 section 3.6.6)."""
    return _component(
        "VALARM",
        _line("ACTION", "DISPLAY"),
        _text("DESCRIPTION", title),
        _line("TRIGGER", content.duration(trigger)),
    )


def _observance(part: Observance) -> Container:
    component = _component(
        "DAYLIGHT" if part.daylight else "STANDARD",
        _line("DTSTART", content.wall_clock(part.onset)),
        _line("TZOFFSETFROM", content.offset(part.offset_from)),
        _line("TZOFFSETTO", content.offset(part.offset_to)),
        _text("TZNAME", part.name),
    )
    if part.rule:
        component.append(_line("RRULE", part.rule))
    return component


def _component(name: str, *parts: Container | ContentLine) -> Container:
    component = Container(name)
    component.extend(parts)
    return component


@lru_cache(_KNOWN)
def _known(name: str, text: str) -> str:
    """A property that many events have alike, as it is on the wire; nothing where there is nothing to see."""
    return _wire(_text(name, text)) if text and _visible(text) else ""


def _text(name: str, text: str) -> ContentLine:
    """A property of type TEXT."""
    return _line(name, content.escape(text))


def _line(name: str, value: str, **parameters: str) -> ContentLine:
    # Without params all lines would share one dictionary.
    params = {key: [content.parameter(text)] for key, text in parameters.items()}
    return ContentLine(name=name, params=params, value=value)
