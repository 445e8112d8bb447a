"""The XML of researchr, on which many conferences of computer science publish their programmes.

``<event>`` contains ``<event_details>``, and a ``<subevent>`` for each session of talks. A ``<subevent>``
contains a ``<timeslot>`` for itself and one for each talk. If a talk is given twice (for both halves of the
world), both time slots have the same ``event_id``, and one of them has the attribute ``is_mirror``. Both
become events, since people attend both.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from summitcli.budgets import EVENTS, LINKS, PERSONS, Spending
from summitcli.formats.draft import Draft, DraftLink, Event, Person
from summitcli.formats.findings import Findings
from summitcli.formats.spooled import spooled
from summitcli.formats.times import UNREADABLE, on_day, read_clock, read_day
from summitcli.formats.xml_text import first_element
from summitcli.formats.xml_tree import Element, growing_tree
from summitcli.sources.source import NO_HINTS, Hints

ROOT = "event"

_MARKS = (b"<event_details", b"<subevent", b"<timeslot")
"""The beginnings of elements; each document of researchr has at least one of them."""
_COUNTED = {"person": PERSONS, "timeslot": EVENTS, "url": LINKS}
"""The limit that applies to an element, by its name; such elements are counted while the file is parsed."""
_HOLDERS = frozenset({"event", "subevent"})
"""The elements that enclose time slots; their text is not used.

Time slots in them can be removed from the tree once they are read.
"""
_NAMES = ("first_name", "middle_name", "last_name", "suffix")
_PLACES = ("address", "city", "state", "country")
_DAY = timedelta(days=1)
_DOI = re.compile(r"10\.[0-9]{4,9}/\S+")
"""The pattern of a DOI, the identifier of a publication. It may be part of a URL."""
_PAGE = re.compile(r"(?:https?://|www\.)[^\s@]+", re.IGNORECASE)
"""The pattern of the URL of a person's page; text that is not a URL, such as a mail address, is ignored."""
_MISSING = "undefined"
"""The text that the file has in place of a missing description."""
_SHOWN = 60
"""The maximum length of a value in a finding, in characters; longer values are cut."""


def detect(data: bytes) -> bool:
    """Return whether ``data`` is XML with the root element ``<event>`` and an element in :data:`_MARKS`."""
    return first_element(data) == ROOT and any(mark in data for mark in _MARKS)


def read(data: bytes, name: str, _hints: Hints = NO_HINTS) -> Draft:
    """Return the draft of the schedule in ``data`` (its content as the file states it).

    Raises:
        InvalidSchedule: ``data`` can't be read as XML; see :func:`summitcli.formats.xml_tree.growing_tree`.
    """
    findings, spending = Findings(), Spending(name, len(data))
    walk = _Walk(findings, spending)
    events = spooled(walk.events(data, name))
    details = walk.root.child("event_details") or Element("event_details", walk.root.line, {})
    location = details.child("location") or Element("location", details.line, {})
    fields = _Fields(findings, details, f"{ROOT}/event_details[1]")
    return Draft(
        events=events,
        findings=findings,
        title=details.first_text("title"),
        acronym=details.first_text("acronym"),
        time_zone=walk.root.first_text("timezone_id"),
        start=fields.day("start_date"),
        end=fields.day("end_date"),
        url=details.first_text("url"),
        place=", ".join(filter(None, map(location.first_text, ("facility_name", "city")))),
        places=tuple(filter(None, map(location.first_text, _PLACES))),
    )


class _Fields(NamedTuple):
    """The reader of the dates and times in one element; unreadable ones are reported as findings."""

    findings: Findings
    element: Element
    path: str

    def day(self, name: str) -> date | None:
        """Return the date in the child element ``name``, such as ``2021/10/22``; None if there is none."""
        text = self.element.first_text(name)
        found = read_day(text.replace("/", "-"))
        self._note(name, text, found)
        return found

    def clock(self, name: str) -> str:
        """Return the time of day in the child element ``name``, such as ``09:30``; empty if there is none."""
        text = self.element.first_text(name)
        found = read_clock(text)
        self._note(name, text, found)
        return found

    def _note(self, name: str, text: str, found: date | str | None) -> None:
        if text and not found:
            line = (self.element.child(name) or self.element).line
            self.findings.add(UNREADABLE, f"{self.path}/{name}", line, text[:_SHOWN])


class _OpenElement:
    """An element (other than a time slot) whose end tag has not been read yet."""

    def __init__(self, element: Element, path: str, holds_slots: bool) -> None:
        self.element = element
        self.path = path
        self.holds_slots = holds_slots
        """True if this element, and each element around it, only encloses time slots (see :data:`_HOLDERS`).
        """
        self.numbers: dict[str, int] = {}
        """The number of child elements so far, by name."""

    def path_of(self, element: Element) -> str:
        """Return the path of a child element whose start tag has just been read."""
        return f"{self.path}/{element.name}[{self.numbers[element.name]}]"


class _Walk:
    """A walk through an XML document while it is parsed; it yields the conference's events one by one."""

    whole = "timeslot"

    def __init__(self, findings: Findings, spending: Spending) -> None:
        self.root = Element(ROOT, 1, {})
        """The root element, without the time slots."""
        self._findings = findings
        self._spending = spending
        self._open: list[_OpenElement] = []
        self._events: list[Event] = []

    def events(self, data: bytes, name: str) -> Iterator[Event]:
        """Yield the events of a document in order; after the last one, :attr:`root` is complete.

        Raises:
            InvalidSchedule: the document can't be read as XML, or exceeds a limit on what is read.
        """
        for root in growing_tree(data, name, self._findings, _COUNTED, self):
            self.root = root
            read, self._events = self._events, []
            yield from read

    def begin(self, element: Element) -> None:
        """Handle the beginning of an element, whose attributes have been read."""
        if not self._open:
            self._open.append(_OpenElement(element, ROOT, True))
            return
        outer = self._open[-1]
        outer.numbers[element.name] = outer.numbers.get(element.name, 0) + 1
        if element.name != self.whole:
            holds_slots = outer.holds_slots and element.name in _HOLDERS
            self._open.append(_OpenElement(element, outer.path_of(element), holds_slots))

    def end(self, element: Element) -> bool:
        """Handle the end of an element; if it is a time slot, read it.

        Returns:
            True if the element can be removed from the tree.
        """
        here = self._open[-1]
        if here.element is not element:
            fields = _Fields(self._findings, element, here.path_of(element))
            self._events.append(_event(fields, here.element, self._spending))
            return here.holds_slots
        self._open.pop()
        # Only the details of the whole conference are read after their end.
        return bool(self._open) and here.holds_slots and self._open[-1].holds_slots


def _event(fields: _Fields, outer: Element, spending: Spending) -> Event:
    """Return the event in a time slot.

    Args:
        fields: the reader of the dates and times in the time slot.
        outer: the element that encloses the time slot.
        spending: the limits on what is read from the document.
    """
    slot = fields.element
    persons = [*slot.descendants("person")]
    links = [*_links(slot, outer)]
    spending.spend(LINKS, len(links))
    number, event = slot.first_text("slot_id"), slot.first_text("event_id")
    start, end, days = _times(fields, outer)
    description = slot.long_text("description")
    return Event(
        where=fields.path,
        line=slot.line,
        identity=event or number or None,
        title=slot.first_text("title"),
        description="" if description.strip() == _MISSING else description,
        start=start,
        end=end,
        days=days,
        room=slot.first_text("room") or outer.first_text("room"),
        track=_track(slot) or _track(outer),
        speakers=tuple(filter(None, map(_name, persons))),
        links=tuple(links),
        people=tuple(filter(None, map(_person, persons))),
        tags=tuple(filter(None, (tag.text() for name in ("tag", "badge") for tag in slot.descendants(name)))),
    )


def _times(fields: _Fields, outer: Element) -> tuple[datetime | None, datetime | None, tuple[date, ...]]:
    """Return a time slot's start and end (local times without a zone), and its days if it has no times.

    A start or end that is unknown is None. If the slot has times, the days are ().

    Args:
        fields: the reader of the time slot.
        outer: the element that encloses the slot. Its date is used if the slot has none.
    """
    day = fields.day("date") or _Fields(fields.findings, outer, fields.path).day("date")
    begin, end = fields.clock("start_time"), fields.clock("end_time")
    last = fields.day("end_date") or day
    if day is None or last is None:
        return None, None, ()
    if not begin:
        return None, None, (day,)
    start = on_day(day, begin)
    if not end:
        return start, None, ()
    until = on_day(last, end)
    # Without a date, the end of a slot that lasts past midnight is before its start.
    return start, until + _DAY if until < start and last == day else until, ()


def _track(element: Element) -> str:
    tracks = element.child("tracks")
    return tracks.first_text("track") if tracks else ""


def _links(slot: Element, outer: Element) -> Iterator[DraftLink]:
    """Yield the links of a session: to its page, and to the published paper.

    Args:
        slot: the time slot of the session.
        outer: the element that encloses the slot, and may have the URL of the page.
    """
    if url := outer.first_text("url") if outer.name == "subevent" else "":
        yield DraftLink(url, outer.first_text("url_link_display"))
    if found := _DOI.search(slot.first_text("acm_doi")):
        yield DraftLink(f"https://doi.org/{found[0]}", "DOI", "paper")


def _name(person: Element) -> str:
    return " ".join(filter(None, map(person.first_text, _NAMES)))


def _person(person: Element) -> Person | None:
    """Return the details of a person; None if there are none except the name."""
    name, biography = _name(person), person.long_text("bio")
    pages = tuple(DraftLink(url) for url in (person.first_text("homepage_url"),) if _PAGE.fullmatch(url))
    return Person(name, biography=biography, links=pages) if name and (biography or pages) else None
