"""The XML of pentabarf, frab, pretalx, wafer and others: ``<schedule>``, in all its dialects.

They agree on days that hold rooms that hold events, and on the names of most elements. Any of them may be
missing, rooms and days too: an event counts wherever in the document it stands.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial

from summitcli.budgets import LINKS, TRACKS, Spending
from summitcli.formats.assembly.rooms import in_order
from summitcli.formats.assembly.schedule import assemble
from summitcli.formats.draft import Draft, DraftLink, Event, Track
from summitcli.formats.findings import Findings
from summitcli.formats.frab.family import PLACES
from summitcli.formats.frab.xml_walk import (
    CONFERENCE,
    ROOT,
    Around,
    Known,
    Reader,
    Walk,
    conference_of,
    is_ours,
)
from summitcli.formats.parsed import Parsed
from summitcli.formats.spooled import spooled
from summitcli.formats.times import find_zone, on_day, read_clock, read_day, read_instant, read_length
from summitcli.formats.xml_text import first_element
from summitcli.formats.xml_tree import Element
from summitcli.sources.source import Hints

_DAY = timedelta(days=1)
_ADDRESS = re.compile(r"(?:(?:https?:)?//|www\.)\S+", re.IGNORECASE)
_RECORDED = {"true": False, "1": False, "yes": False, "false": True, "0": True, "no": True}
"""Whether an event is recorded, by what ``<optout>`` says."""
_LISTS_OF_LINKS = ("links", "attachments")


def detect(data: bytes) -> bool:
    """Whether the bytes are XML whose outermost element is ``<schedule>``."""
    return first_element(data) == ROOT


def parse(data: bytes, name: str, hints: Hints) -> Parsed:
    """The schedule that ``data`` holds.

    Raises:
        InvalidSchedule: it can't be read as XML, or nothing in it can be a schedule.
    """
    return assemble(read(data, name), name, hints)


def read(data: bytes, name: str) -> Draft:
    """What ``data`` says, as far as it says it.

    Raises:
        InvalidSchedule: it can't be read as XML; see :func:`summitcli.formats.xml_tree.read_xml`.
    """
    known: Mapping[str, Known] = {}
    while True:
        findings, spending = Findings(), Spending(name, len(data))
        walk = Walk(findings, spending, known, partial(_event, spending))
        events = spooled(walk.events(data, name))
        if not walk.misled:
            break
        known = walk.known
    schedule = walk.root
    conference = conference_of(schedule)
    reader = Reader(findings, conference, CONFERENCE)
    acronym = conference.said("acronym")
    time_zone = conference.said("time_zone_name")
    zone = find_zone(time_zone)
    return Draft(
        events=events,
        findings=findings,
        # Short ids are filled up with underscores.
        id=acronym.rstrip("_") if is_ours(schedule) else "",
        title=conference.said("title"),
        acronym=acronym,
        time_zone=time_zone,
        start=reader.read(lambda text: read_day(text, zone), "start"),
        end=reader.read(lambda text: read_day(text, zone), "end"),
        days=tuple(walk.days),
        tracks=tuple(_tracks(conference, spending)),
        rooms=in_order(walk.rooms),
        url=conference.said("url"),
        base_url=conference.said("base_url"),
        place=", ".join(filter(None, (conference.said("venue"), conference.said("city")))),
        places=tuple(filter(None, (conference.said(name) for name in PLACES))),
        version=schedule.said("version"),
    )


def _event(spending: Spending, reader: Reader, around: Around) -> Event:
    event, ours = reader.element, around.ours
    persons = [*event.within("person")]
    links = [link for name in _LISTS_OF_LINKS for group in event.children(name) for link in group.children()]
    spending.spend(LINKS, len(links))
    guid, code, number, slug = (event.said(name) for name in ("guid", "code", "id", "slug"))
    id_ = _id_in(slug) if ours else ""
    names = (id_, code, number) if ours else (code, number, slug)
    start, clock, days = _start(reader, around)
    end, length = _end(reader, start, clock)
    return Event(
        where=reader.path,
        line=event.line,
        identity=id_ or guid or code or number or None,
        names=tuple(filter(None, names)),
        guid=guid,
        title=event.said("title"),
        subtitle=event.said("subtitle"),
        abstract=event.long_text("abstract"),
        description=event.long_text("description"),
        start=start,
        end=end,
        clock=clock if start and start.tzinfo else "",
        day=around.day,
        days=days,
        room=event.said("room") or around.room,
        track=event.said("track"),
        type=event.said("type"),
        language=event.said("language"),
        speakers=tuple(filter(None, map(_name, persons))),
        url=event.said("url", "full_conf_url", "conf_url"),
        links=(*_links(links), *_pages(persons)),
        recorded=_recorded(event),
        length=length,
    )


def _id_in(slug: str) -> str:
    """The session's id in a slug of ours, which is ``PREFIX-ID``, and ``PREFIX-ID_2`` for the second slot.

    Short ids are filled up with hyphens before them. Each slot has a guid of its own.
    """
    return slug.partition("-")[2].partition("_")[0].strip("-")


def _start(reader: Reader, around: Around) -> tuple[datetime | None, str, tuple[date, ...]]:
    """When an event starts, what the clock shows then, and its day where no time of day is said.

    ``<date>`` is an instant in most dialects. Where it is missing, the day around the event and the clock in
    ``<start>`` say when; a clock before the change of day is that of the next morning.
    """
    said = reader.read(_instant_or_day, "date")
    clock = reader.read(read_clock, "start")
    if isinstance(said, datetime):
        return said, clock, ()
    if said:
        return (on_day(said, clock), clock, ()) if clock else (None, "", (said,))
    if not (around.day and clock):
        return None, clock, ()
    start = on_day(around.day, clock)
    if around.change and start < on_day(around.day, around.change):
        start += _DAY
    return start, clock, ()


def _end(reader: Reader, start: datetime | None, clock: str) -> tuple[datetime | None, timedelta | None]:
    """Return when an event ends, or how long it lasts from a local time on.

    It ends at the instant in ``<end>``, else after its length, else at the clock time in ``<end>``.
    """
    said = reader.read(_instant_or_clock, "end")
    length = reader.read(read_length, "duration")
    if start is None:
        return None, None
    if isinstance(said, datetime):
        if (said.tzinfo is None) == (start.tzinfo is None):
            return said, None
        said = ""
    if length is None and said and clock:
        return start + (on_day(start, said) - on_day(start, clock)) % _DAY, None
    if length is None:
        return None, None
    return (start + length, None) if start.tzinfo else (None, length)


def _instant_or_day(text: str) -> date | None:
    return read_instant(text) or read_day(text)


def _instant_or_clock(text: str) -> datetime | str:
    return read_instant(text) or read_clock(text)


def _name(person: Element) -> str:
    """A person's name: the text beside the elements inside, which tell more of the person."""
    said = person.own_text() or person.said("public_name", "full_public_name", "name", "full_name")
    whole = " ".join(filter(None, (person.said("first_name"), person.said("last_name"))))
    return said or whole or person.text()


def _pages(persons: Iterable[Element]) -> Iterator[DraftLink]:
    """Yield the pages of those who take part, each under a name."""
    for person in persons:
        if url := person.said("url"):
            yield DraftLink(url, _name(person))


def _links(links: Iterable[Element]) -> Iterator[DraftLink]:
    for link in links:
        text = link.text()
        url = link.said("href", "url") or (text if _ADDRESS.fullmatch(text) else "")
        if url:
            yield DraftLink(url, "" if text == url else text)


def _recorded(event: Element) -> bool | None:
    recording = event.child("recording")
    return _RECORDED.get(recording.said("optout").lower()) if recording else None


def _tracks(conference: Element, spending: Spending) -> Iterator[Track]:
    for track in conference.within("track"):
        spending.spend(TRACKS)
        if name := track.said("name") or track.text():
            yield Track(name, track.said("slug"), track.said("color"))
