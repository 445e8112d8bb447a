"""The XML of pentabarf, frab, pretalx, wafer and others: ``<schedule>``, in all its dialects.

They agree on days that hold rooms that hold events, and on the names of most elements. Any of them may be
missing, rooms and days too: an event counts wherever in the document it stands.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple, TypeVar

from summitcli.budgets import DAYS, EVENTS, LINKS, PERSONS, ROOMS, TRACKS, Spending
from summitcli.formats.assembly.rooms import in_order
from summitcli.formats.assembly.schedule import assemble
from summitcli.formats.draft import Draft, DraftDay, DraftLink, Event, Track
from summitcli.formats.findings import Findings
from summitcli.formats.frab.family import PLACES
from summitcli.formats.frab.nights import change_of_day
from summitcli.formats.parsed import Parsed
from summitcli.formats.times import (
    UNREADABLE,
    find_zone,
    on_day,
    read_clock,
    read_day,
    read_instant,
    read_length,
)
from summitcli.formats.xml_text import first_element
from summitcli.formats.xml_tree import Element, read_xml
from summitcli.sources.source import Hints

ROOT = "schedule"
OURS = "summitcli"
"""The generator that a document names which this program wrote."""

_DAY = timedelta(days=1)
_ADDRESS = re.compile(r"(?:(?:https?:)?//|www\.)\S+", re.IGNORECASE)
_RECORDED = {"true": False, "1": False, "yes": False, "false": True, "0": True, "no": True}
"""Whether an event is recorded, by what ``<optout>`` says."""
_SHOWN = 60
"""How many characters of an odd text a finding shows."""

_COUNTED = {"day": DAYS, "event": EVENTS, "person": PERSONS}
"""Elements that mean one thing wherever they are, so that they are counted while the document is parsed."""
_LISTS_OF_LINKS = ("links", "attachments")

Value = TypeVar("Value")


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
    findings, spending = Findings(), Spending(name, len(data))
    schedule = read_xml(data, name, findings, _COUNTED)
    conference = schedule.child("conference") or Element("conference", schedule.line, {})
    reader = _Reader(findings, conference, f"{ROOT}/conference[1]")
    held = _Held(findings, spending, ours=_generator(schedule) == OURS)
    held.walk(schedule, _Around(ROOT, change=reader.read(read_clock, "day_change")))
    acronym = conference.said("acronym")
    time_zone = conference.said("time_zone_name")
    zone = find_zone(time_zone)
    return Draft(
        events=tuple(held.events),
        findings=findings,
        # Short ids are filled up with underscores.
        id=acronym.rstrip("_") if held.ours else "",
        title=conference.said("title"),
        acronym=acronym,
        time_zone=time_zone,
        start=reader.read(lambda text: read_day(text, zone), "start"),
        end=reader.read(lambda text: read_day(text, zone), "end"),
        days=tuple(held.days),
        tracks=tuple(_tracks(conference, spending)),
        rooms=in_order(held.rooms),
        url=conference.said("url"),
        base_url=conference.said("base_url"),
        place=", ".join(filter(None, (conference.said("venue"), conference.said("city")))),
        places=tuple(filter(None, (conference.said(name) for name in PLACES))),
        version=schedule.said("version"),
    )


class _Reader(NamedTuple):
    """Reads times in one element; notes those that can't be read."""

    findings: Findings
    element: Element
    path: str

    def read(self, how: Callable[[str], Value], name: str) -> Value:
        """What ``how`` makes of the attribute or element ``name``; it gives None or "" where it can't."""
        text = self.element.said(name)
        value = how(text)
        if text and value in (None, ""):
            line = (self.element.child(name) or self.element).line
            self.findings.add(UNREADABLE, f"{self.path}/{name}", line, text[:_SHOWN])
        return value


class _Around(NamedTuple):
    """What an event's place in the document says of it."""

    path: str
    change: str
    """When the conference goes on to its next day, by the clock; empty for midnight."""
    day: date | None = None
    room: str = ""


class _Held:
    """What a document holds: its days, its rooms and its events, in its order.

    Args:
        findings: where to note what is odd.
        spending: where to count what the document holds.
        ours: whether this program wrote the document; ids of ours are then in its slugs and its acronym.
    """

    def __init__(self, findings: Findings, spending: Spending, ours: bool) -> None:
        self.ours = ours
        self.days: list[DraftDay] = []
        self.rooms: list[list[str]] = [[]]
        """The names of the rooms of each day; first those of none."""
        self.events: list[Event] = []
        self._findings = findings
        self._spending = spending

    def walk(self, place: Element, around: _Around) -> None:
        """Take up all that is inside an element.

        Raises:
            InvalidSchedule: the document holds more of something than it may.
        """
        numbers: Counter[str] = Counter()
        for child in place.children():
            numbers[child.name] += 1
            here = around._replace(path=f"{around.path}/{child.name}[{numbers[child.name]}]")
            reader = _Reader(self._findings, child, here.path)
            if child.name == "event":
                groups = (group for name in _LISTS_OF_LINKS for group in child.children(name))
                self._spending.spend(LINKS, sum(1 for group in groups for _link in group.children()))
                self.events.append(_event(reader, here, self.ours))
                continue
            if child.name == "day" and (day := _day(reader)):
                self.days.append(day)
                self.rooms.append([])
                here = here._replace(day=day.day, change=around.change or _change(day, child))
            elif child.name == "room" and (room := child.said("name")):
                self._spending.spend(ROOMS)
                self.rooms[-1].append(room)
                here = here._replace(room=room)
            self.walk(child, here)


def _day(reader: _Reader) -> DraftDay | None:
    start, end = reader.read(read_instant, "start"), reader.read(read_instant, "end")
    day = reader.read(read_day, "date") or (start.date() if start else None)
    return DraftDay(day, start, end, reader.path, reader.element.line) if day else None


def _change(day: DraftDay, element: Element) -> str:
    """Return when a day goes over into the next: when it begins, if it lasts past midnight.

    Of one that does not say when it begins, the order of its events tells.
    """
    if day.start:
        later = day.end and day.end.date() > day.start.date()
        return f"{day.start:%H:%M}" if later else ""
    rooms = [element, *element.children("room")]
    return change_of_day([[event.said("start") for event in room.children("event")] for room in rooms])


def _event(reader: _Reader, around: _Around, ours: bool) -> Event:
    event = reader.element
    guid, code, number, slug = (event.said(name) for name in ("guid", "code", "id", "slug"))
    id_ = _id_in(slug) if ours else ""
    names = (id_, code, number) if ours else (code, number, slug)
    start, clock, days = _start(reader, around)
    end, length = _end(reader, start, clock)
    return Event(
        where=around.path,
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
        speakers=tuple(filter(None, map(_name, event.within("person")))),
        url=event.said("url", "full_conf_url", "conf_url"),
        links=(*_links(event), *_pages(event)),
        recorded=_recorded(event),
        length=length,
    )


def _id_in(slug: str) -> str:
    """The session's id in a slug of ours, which is ``PREFIX-ID``, and ``PREFIX-ID_2`` for the second slot.

    Short ids are filled up with hyphens before them. Each slot has a guid of its own.
    """
    return slug.partition("-")[2].partition("_")[0].strip("-")


def _start(reader: _Reader, around: _Around) -> tuple[datetime | None, str, tuple[date, ...]]:
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


def _end(reader: _Reader, start: datetime | None, clock: str) -> tuple[datetime | None, timedelta | None]:
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


def _pages(event: Element) -> Iterator[DraftLink]:
    """Yield the pages of those who take part, each under a name."""
    for person in event.within("person"):
        if url := person.said("url"):
            yield DraftLink(url, _name(person))


def _links(event: Element) -> Iterator[DraftLink]:
    for name in _LISTS_OF_LINKS:
        for link in (link for group in event.children(name) for link in group.children()):
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


def _generator(schedule: Element) -> str:
    generator = schedule.child("generator")
    return (generator.said("name") or generator.text()).lower() if generator else ""
