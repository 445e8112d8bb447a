"""Reading the events of a ``<schedule>`` one by one, while the document is being parsed.

An event depends on the elements around it, for example on the date of its ``<day>``. Such data are called its
*context*. Usually they come before the event. If they come after it, or if a day turns out to end past
midnight, the document is parsed a second time, now with the elements known from the first time.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import NamedTuple, TypeVar

from summitcli.budgets import DAYS, EVENTS, PERSONS, ROOMS, Spending
from summitcli.formats.draft import DraftDay, Event
from summitcli.formats.findings import Findings
from summitcli.formats.frab.nights import change_of_day
from summitcli.formats.times import UNREADABLE, read_clock, read_day, read_instant
from summitcli.formats.xml_tree import Element, growing_tree

ROOT = "schedule"
CONFERENCE = f"{ROOT}/conference[1]"
"""The path of the element that describes the conference."""
COUNTED = {"day": DAYS, "event": EVENTS, "person": PERSONS}
"""The limits on the number of elements, by element name. They are checked while the document is parsed."""

_OURS = "summitcli"
"""The name of the program in documents that this program wrote."""
_HOLDERS = frozenset({"day", "days", "event", "events", "room", "rooms"})
"""The elements that usually have events in them. Their text is never used.

So an event in them can be removed from the tree after it has been read.
"""
_CONTEXT_FIELDS = {"day": ("start", "end", "date"), "room": ("name",)}
"""The child elements and attributes of a ``<day>`` and a ``<room>`` that the events in them need."""
_SHOWN = 60
"""The largest number of characters of a wrong text that are shown."""

Value = TypeVar("Value")


class Reader(NamedTuple):
    """A reader of the dates and times in one element. It reports unreadable ones as findings."""

    findings: Findings
    element: Element
    path: str

    def read(self, parse: Callable[[str], Value], name: str) -> Value:
        """Return the result of ``parse`` for the text of the attribute or child element ``name``.

        If there is a text, but ``parse`` returns None or an empty text, add a finding.
        """
        text = self.element.first_text(name)
        value = parse(text)
        if text and value in (None, ""):
            line = (self.element.child(name) or self.element).line
            self.findings.add(UNREADABLE, f"{self.path}/{name}", line, text[:_SHOWN])
        return value


class Context(NamedTuple):
    """The data that an event needs from the elements around it, such as the date of its ``<day>``."""

    change: str = ""
    """The time of day at which conference days end, such as ``04:00``; empty for midnight."""
    day: date | None = None
    room: str = ""
    ours: bool = False
    """True if this program wrote the document.

    Then an event's slug contains the session's ID, and the acronym is made from the conference's ID.
    """


class KnownElement(NamedTuple):
    """An element with events in it, such as a ``<day>``, with what was found from these events."""

    element: Element
    change: str = ""
    """The time of day at which the day ends, if that was found from its events; otherwise empty."""


class _OpenElement:
    """An element, other than an event, whose end tag has not been read yet."""

    def __init__(self, element: Element, path: str, outer: "_OpenElement | None" = None) -> None:
        self.element = element
        self.path = path
        self.outer = outer
        self.numbers: Counter[str] = Counter()
        """The number of child elements that have been read, by name."""
        self.holds_events_alone: bool = outer is None or (
            outer.holds_events_alone and element.name in _HOLDERS
        )
        self.context: Context | None = None
        """The data that the events in this element need, such as their date; None before the first event."""
        self.used: tuple[str, ...] = ()
        """The texts of this element from which ``context`` was made, such as the name of a room.

        The context is made before the element has been read to its end. At the end tag, ``used`` is compared
        with the element's final texts, to see whether the context is still right.
        """
        self.change = ""
        """The time at which the day is assumed to end, such as ``04:00``.

        It is empty if the day ends at midnight, or if the document states when it ends.
        """
        self.clocks: list[str] | None = None
        """The start times of the events directly in this element; None if they are not needed.

        They are needed to find out when the day ends.
        """
        self.rooms: list[list[str]] = []
        """If this element is a day: the start times of its events, in one list for each room.

        The first list is for events outside rooms.
        """


class Walk:
    """The events and other data of a document, collected while it is parsed once.

    The parser calls the methods (see :class:`~summitcli.formats.xml_tree.Watcher`).

    Args:
        findings: collects the problems that are found.
        spending: counts what is read of the document, to limit its size.
        known: the elements that contain events, by path, if the document was parsed before; otherwise empty.
        read_event: a function that returns the event in an element. Its arguments are a reader of the element
            and the data that the event needs from the elements around it, such as the date of its day.
    """

    whole = "event"

    def __init__(
        self,
        findings: Findings,
        spending: Spending,
        known: Mapping[str, KnownElement],
        read_event: Callable[[Reader, Context], Event],
    ) -> None:
        self.root = Element(ROOT, 1, {})
        """The root element. Events that were read are removed from it."""
        self.days: list[DraftDay] = []
        self.rooms: list[list[str]] = [[]]
        """For each day, the names of its rooms. The first list is for rooms outside days."""
        self.known: dict[str, KnownElement] = {}
        """The elements with events in them, by path, to be used if the document is parsed again."""
        self.incomplete = False
        """True if the document must be parsed again, because data that events need came after them."""
        self._findings = findings
        self._spending = spending
        self._before = known
        self._read_event = read_event
        self._open: list[_OpenElement] = []
        self._events: list[Event] = []

    def events(self, data: bytes, name: str) -> Iterator[Event]:
        """Yield the events of a document in order.

        After the last event, :attr:`root` and the other attributes of this object are complete.

        Raises:
            InvalidSchedule: the document can't be read as XML, or is too large.
        """
        for root in growing_tree(data, name, self._findings, COUNTED, self):
            self.root = root
            read, self._events = self._events, []
            yield from read

    def begin(self, element: Element) -> None:
        """Handle the beginning of an element. Its attributes are known, but not its content."""
        if not self._open:
            self._open.append(_OpenElement(element, ROOT))
            return
        outer = self._open[-1]
        outer.numbers[element.name] += 1
        if element.name != self.whole:
            self._open.append(_OpenElement(element, _path(outer, element), outer))

    def end(self, element: Element) -> bool:
        """Handle the end of an element. Return whether the element can be removed from the tree.

        If it is an event, read it, together with the data from the elements around it.
        """
        here = self._open[-1]
        if here.element is not element:
            context = self._context(here)
            if here.clocks is not None:
                here.clocks.append(element.first_text("start"))
            reader = Reader(self._findings, element, _path(here, element))
            self._events.append(self._read_event(reader, context))
            return here.holds_events_alone
        self._open.pop()
        if here.outer is None or element.name in _CONTEXT_FIELDS:
            self._context(here)
            self._learn(here)
        return False

    def _learn(self, here: _OpenElement) -> None:
        """Store a finished element with events in it, such as a day, for a second parsing of the document.

        A second parsing is needed if data for the events, such as the date of their day, came only after them
        in the document. Then these data are known from the start.
        """
        change = change_of_day(here.rooms)
        self.incomplete |= (_context_texts(here.element), change) != (here.used, here.change)
        self.known[here.path] = KnownElement(here.element, change)

    def _context(self, here: _OpenElement) -> Context:
        """Return the data that the events in an element need from it and the elements around it.

        Such data are the date of a ``<day>`` and the name of a ``<room>``, if they have been read already.
        """
        if here.context is None:
            known = self._before.get(here.path) or KnownElement(here.element)
            here.used = _context_texts(known.element)
            reader = Reader(self._findings, known.element, here.path)
            if here.outer is None:
                here.context = self._schedule_context(reader)
            else:
                here.context = self._context(here.outer)
                if here.element.name == "day":
                    self._go_into_day(here, here.context, reader, known.change)
                elif here.element.name == "room":
                    self._go_into_room(here, here.context, reader)
        return here.context

    def _schedule_context(self, reader: Reader) -> Context:
        conference = conference_of(reader.element)
        change = Reader(self._findings, conference, CONFERENCE).read(read_clock, "day_change")
        return Context(change, ours=is_ours(reader.element))

    def _go_into_day(self, here: _OpenElement, context: Context, reader: Reader, change: str) -> None:
        day = _day(reader)
        if not day:
            return
        self.days.append(day)
        self.rooms.append([])
        if not context.change and day.start:
            change = _change(day)
        elif not context.change:
            here.change = change
            here.clocks = []
            here.rooms = [here.clocks]
        here.context = context._replace(day=day.day, change=context.change or change)

    def _go_into_room(self, here: _OpenElement, context: Context, reader: Reader) -> None:
        outer = here.outer
        if outer and outer.rooms:
            here.clocks = []
            outer.rooms.append(here.clocks)
        if room := reader.element.first_text("name"):
            self._spending.spend(ROOMS)
            self.rooms[-1].append(room)
            here.context = context._replace(room=room)


def conference_of(schedule: Element) -> Element:
    """Return the element that describes the conference; an empty element if there is none."""
    return schedule.child("conference") or Element("conference", schedule.line, {})


def is_ours(schedule: Element) -> bool:
    """Return whether this program wrote a document."""
    generator = schedule.child("generator")
    return generator is not None and (generator.first_text("name") or generator.text()).lower() == _OURS


def _path(outer: _OpenElement, element: Element) -> str:
    return f"{outer.path}/{element.name}[{outer.numbers[element.name]}]"


def _context_texts(element: Element) -> tuple[str, ...]:
    """Return the texts of an element on which all events in it depend.

    For a day, they are its start, end and date; for a room, its name. For the whole document, they are the
    time at which days end, and whether this program wrote the document.
    """
    if element.name in _CONTEXT_FIELDS:
        return tuple(map(element.first_text, _CONTEXT_FIELDS[element.name]))
    return conference_of(element).first_text("day_change"), str(is_ours(element))


def _day(reader: Reader) -> DraftDay | None:
    start, end = reader.read(read_instant, "start"), reader.read(read_instant, "end")
    day = reader.read(read_day, "date") or (start.date() if start else None)
    return DraftDay(day, start, end, reader.path, reader.element.line) if day else None


def _change(day: DraftDay) -> str:
    """Return the time of day at which a conference day ends, such as ``04:00``; empty if it ends by midnight.

    If the day ends after midnight, it is assumed to last 24 hours: a day that starts at 04:00 ends at 04:00
    on the next morning.
    """
    later = day.start and day.end and day.end.date() > day.start.date()
    return f"{day.start:%H:%M}" if later else ""
