"""The XML of pentabarf, frab, pretalx, wafer and others, in all the ways in which they write ``<schedule>``.

In all of them, days contain rooms and rooms contain events, and most elements have the same names. Everything
is optional, even rooms and days: events are read anywhere in the document.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial

from summitcli.budgets import LABELS, LINKS, TRACKS, Spending
from summitcli.formats.assembly.rooms import in_order
from summitcli.formats.draft import Draft, DraftLink, Event, Person, Track
from summitcli.formats.findings import Findings
from summitcli.formats.frab.family import PLACES
from summitcli.formats.frab.xml_walk import (
    CONFERENCE,
    ROOT,
    Context,
    KnownElement,
    Reader,
    Walk,
    conference_of,
    is_ours,
)
from summitcli.formats.spooled import spooled
from summitcli.formats.times import find_zone, on_day, read_clock, read_day, read_instant, read_length
from summitcli.formats.xml_text import first_element
from summitcli.formats.xml_tree import Element
from summitcli.sources.source import NO_HINTS, Hints

_DAY = timedelta(days=1)
_ADDRESS = re.compile(r"(?:(?:https?:)?//|www\.)\S+", re.IGNORECASE)
_RECORDED = {"true": False, "1": False, "yes": False, "false": True, "0": True, "no": True}
"""The answer to whether a recording will be published, by the text of ``<optout>``."""
_LISTS_OF_LINKS = ("links", "attachments")


def detect(data: bytes) -> bool:
    """Return whether ``data`` looks like XML with the root element ``<schedule>``."""
    return first_element(data) == ROOT


def read(data: bytes, name: str, _hints: Hints = NO_HINTS) -> Draft:
    """Return the draft of the schedule in ``data`` (its content as the file states it).

    Raises:
        InvalidSchedule: the document can't be read as XML; see
            :func:`summitcli.formats.xml_tree.growing_tree`.
    """
    known: Mapping[str, KnownElement] = {}
    while True:
        findings, spending = Findings(), Spending(name, len(data))
        walk = Walk(findings, spending, known, partial(_event, spending))
        events = spooled(walk.events(data, name))
        if not walk.incomplete:
            break
        known = walk.known
    schedule = walk.root
    conference = conference_of(schedule)
    reader = Reader(findings, conference, CONFERENCE)
    acronym = conference.first_text("acronym")
    time_zone = conference.first_text("time_zone_name")
    zone = find_zone(time_zone)
    return Draft(
        events=events,
        findings=findings,
        # We pad short IDs with underscores.
        id=acronym.rstrip("_") if is_ours(schedule) else "",
        title=conference.first_text("title"),
        acronym=acronym,
        time_zone=time_zone,
        start=reader.read(lambda text: read_day(text, zone), "start"),
        end=reader.read(lambda text: read_day(text, zone), "end"),
        days=tuple(walk.days),
        tracks=tuple(_tracks(conference, spending)),
        rooms=in_order(walk.rooms),
        url=conference.first_text("url"),
        base_url=conference.first_text("base_url"),
        place=", ".join(filter(None, (conference.first_text("venue"), conference.first_text("city")))),
        places=tuple(filter(None, (conference.first_text(name) for name in PLACES))),
        version=schedule.first_text("version"),
    )


def _event(spending: Spending, reader: Reader, context: Context) -> Event:
    event, ours = reader.element, context.ours
    persons = [*event.descendants("person")]
    links = [link for name in _LISTS_OF_LINKS for group in event.children(name) for link in group.children()]
    spending.spend(LINKS, len(links))
    guid, code, number, slug = (event.first_text(name) for name in ("guid", "code", "id", "slug"))
    id_ = _id_in(slug) if ours else ""
    names = (id_, code, number) if ours else (code, number, slug)
    start, clock, days = _start(reader, context)
    end, length = _end(reader, start, clock)
    return Event(
        where=reader.path,
        line=event.line,
        identity=id_ or guid or code or number or None,
        names=tuple(filter(None, names)),
        guid=guid,
        title=event.first_text("title"),
        subtitle=event.first_text("subtitle"),
        abstract=event.long_text("abstract"),
        description=event.long_text("description"),
        start=start,
        end=end,
        clock=clock if start and start.tzinfo else "",
        day=context.day,
        days=days,
        room=event.first_text("room") or context.room,
        track=event.first_text("track"),
        type=event.first_text("type"),
        language=event.first_text("language"),
        speakers=tuple(filter(None, map(_name, persons))),
        url=event.first_text("url", "full_conf_url", "conf_url"),
        links=(*_links(links), *_pages(persons)),
        recorded=_recorded(event),
        length=length,
        people=tuple(_people(persons, spending)),
        level=event.first_text("level"),
        tags=tuple(_tags(event, spending)),
        feedback_url=event.first_text("feedback_url"),
    )


def _id_in(slug: str) -> str:
    """Return the session's ID in a slug that this program wrote.

    The slug is ``PREFIX-ID`` for the first time at which a session takes place, ``PREFIX-ID_2`` for the
    second. A short ID is padded with hyphens on its left.
    """
    return slug.partition("-")[2].partition("_")[0].strip("-")


def _start(reader: Reader, context: Context) -> tuple[datetime | None, str, tuple[date, ...]]:
    """Return an event's start, its time of day as the source has it, and its days if it has no times.

    Most programs write date and time into ``<date>``. Otherwise the time is in ``<start>``, and the date is
    in ``<date>``, or else in the enclosing ``<day>``. If the conference day ends after midnight, such as at
    04:00, an earlier time of day is on the next morning.
    """
    value = reader.read(_instant_or_day, "date")
    clock = reader.read(read_clock, "start")
    if isinstance(value, datetime):
        return value, clock, ()
    if value:
        return (on_day(value, clock), clock, ()) if clock else (None, "", (value,))
    if not (context.day and clock):
        return None, clock, ()
    start = on_day(context.day, clock)
    if context.change and start < on_day(context.day, context.change):
        start += _DAY
    return start, clock, ()


def _end(reader: Reader, start: datetime | None, clock: str) -> tuple[datetime | None, timedelta | None]:
    """Return an event's end and duration as ``(end, None)`` or ``(None, duration)``; two Nones if unknown.

    The first of these is used: a date and time in ``<end>``, ``<duration>``, a time of day in ``<end>``. If
    the start has a UTC offset, the end is computed from ``<duration>``. Otherwise the duration is returned.

    Args:
        reader: reads the event's element.
        start: the event's start; None if unknown.
        clock: the time of day at which it starts, as the source has it.
    """
    value = reader.read(_instant_or_clock, "end")
    length = reader.read(read_length, "duration")
    if start is None:
        return None, None
    if isinstance(value, datetime):
        if (value.tzinfo is None) == (start.tzinfo is None):
            return value, None
        value = ""
    if length is None and value and clock:
        return start + (on_day(start, value) - on_day(start, clock)) % _DAY, None
    if length is None:
        return None, None
    return (start + length, None) if start.tzinfo else (None, length)


def _instant_or_day(text: str) -> date | None:
    return read_instant(text) or read_day(text)


def _instant_or_clock(text: str) -> datetime | str:
    return read_instant(text) or read_clock(text)


def _name(person: Element) -> str:
    """Return the name of a person: the text of the element, or if it has none, the texts of its children."""
    value = person.own_text() or person.first_text("public_name", "full_public_name", "name", "full_name")
    whole = " ".join(filter(None, (person.first_text("first_name"), person.first_text("last_name"))))
    return value or whole or person.text()


def _pages(persons: Iterable[Element]) -> Iterator[DraftLink]:
    """Yield a link to the web page of each person who has one. Its title is the person's name."""
    for person in persons:
        if url := person.first_text("url"):
            yield DraftLink(url, _name(person))


def _people(persons: Iterable[Element], spending: Spending) -> Iterator[Person]:
    """Yield the speakers of an event who have a biography or links.

    Their web pages are not among the links, because :func:`_pages` makes them links of the event.

    Args:
        persons: the elements of the speakers.
        spending: counts what is read of the document, to limit its size.
    """
    for person in persons:
        biography = next(filter(None, map(person.long_text, ("biography", "bio", "description"))), "")
        links = [link for group in person.children("links") for link in group.children()]
        spending.spend(LINKS, len(links))
        if biography or links:
            yield Person(_name(person), biography=biography, links=tuple(_links(links)))


def _tags(event: Element, spending: Spending) -> Iterator[str]:
    for tags in event.children("tags"):
        for tag in tags.children():
            spending.spend(LABELS)
            yield tag.text()


def _links(links: Iterable[Element]) -> Iterator[DraftLink]:
    for link in links:
        text = link.text()
        url = link.first_text("href", "url") or (text if _ADDRESS.fullmatch(text) else "")
        if url:
            yield DraftLink(url, "" if text == url else text, link.first_text("type"))


def _recorded(event: Element) -> bool | None:
    recording = event.child("recording")
    return _RECORDED.get(recording.first_text("optout").lower()) if recording else None


def _tracks(conference: Element, spending: Spending) -> Iterator[Track]:
    for track in conference.descendants("track"):
        spending.spend(TRACKS)
        if name := track.first_text("name") or track.text():
            yield Track(name, track.first_text("slug"), track.first_text("color"))
