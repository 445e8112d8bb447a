"""A pass over a ``<schedule>`` while it is parsed, which yields its events one by one.

An event depends on its *context*, data such as the date in the elements that enclose it. That mostly comes
before the events. If it turns out to follow them, or a day turns out to end past midnight, a second pass is
needed: the document is parsed again, with the enclosing elements known from the first pass.
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
"""The path of the conference's element, as :data:`ROOT` is that of the root element."""
COUNTED = {"day": DAYS, "event": EVENTS, "person": PERSONS}
"""The budgets of elements, by element name, counted while the document is parsed."""

_OURS = "summitcli"
"""The generator's name in documents that this program wrote."""
_HOLDERS = frozenset({"day", "days", "event", "events", "room", "rooms"})
"""The elements that usually enclose events, and whose text is never used.

Events in them can be removed from the tree once they are read.
"""
_CONTEXT_FIELDS = {"day": ("start", "end", "date"), "room": ("name",)}
"""The fields of an enclosing element that its events depend on, by the element's name."""
_SHOWN = 60
"""The largest length of the text that a finding shows, in characters."""

Value = TypeVar("Value")


class Reader(NamedTuple):
    """A reader of the dates and times in one element, which reports unreadable ones as findings."""

    findings: Findings
    element: Element
    path: str

    def read(self, parse: Callable[[str], Value], name: str) -> Value:
        """Return the text of the attribute or child element ``name``, converted by ``parse``.

        If the result is None or empty although there is a text, add a finding.
        """
        text = self.element.first_text(name)
        value = parse(text)
        if text and value in (None, ""):
            line = (self.element.child(name) or self.element).line
            self.findings.add(UNREADABLE, f"{self.path}/{name}", line, text[:_SHOWN])
        return value


class Context(NamedTuple):
    """The data on which an event depends, taken from the elements that enclose it."""

    change: str = ""
    """The time of day at which conference days end, such as ``04:00``; empty for midnight."""
    day: date | None = None
    room: str = ""
    ours: bool = False
    """True if this program wrote the document; slugs and the acronym then contain its IDs."""


class KnownElement(NamedTuple):
    """An element that encloses events, as a complete pass over the document has found it."""

    element: Element
    change: str = ""
    """The time of day at which a day ends, if it was inferred from the day's events; otherwise empty."""


class _OpenElement:
    """An element, other than an event, whose end tag has not been read yet."""

    def __init__(self, element: Element, path: str, outer: "_OpenElement | None" = None) -> None:
        self.element = element
        self.path = path
        self.outer = outer
        self.numbers: Counter[str] = Counter()
        """The number of child elements so far, by name."""
        self.holds_events_alone: bool = outer is None or (
            outer.holds_events_alone and element.name in _HOLDERS
        )
        self.context: Context | None = None
        """The context of the events in this element; None until it is needed."""
        self.used: tuple[str, ...] = ()
        """The texts from which the context was made, to notice if others follow that would change it."""
        self.change = ""
        """The time of day at which the day is assumed to end, if it must be inferred from its events."""
        self.clocks: list[str] | None = None
        """The start times of the events directly in this element, if the end of the day must be inferred."""
        self.rooms: list[list[str]] = []
        """For a day, the start times of the events by room; the first list is of events outside rooms."""


class Walk:
    """One pass over a document, which implements :class:`~summitcli.formats.xml_tree.Watcher`.

    Args:
        findings: receives the findings.
        spending: the budgets of the document.
        known: the enclosing elements by path, from an earlier pass; empty for the first.
        read_event: a function that returns the event in an element, given its context.
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
        """The root element, without the events."""
        self.days: list[DraftDay] = []
        self.rooms: list[list[str]] = [[]]
        """The names of the rooms of each day; the first list is of rooms outside days."""
        self.known: dict[str, KnownElement] = {}
        """The elements that enclose events, by path, as found in this pass."""
        self.incomplete = False
        """True if data that events depend on came after them, so that a second pass is needed."""
        self._findings = findings
        self._spending = spending
        self._before = known
        self._read_event = read_event
        self._open: list[_OpenElement] = []
        self._events: list[Event] = []

    def events(self, data: bytes, name: str) -> Iterator[Event]:
        """Yield the events of a document in order; afterwards the other attributes are complete.

        Raises:
            InvalidSchedule: it can't be read as XML, or exceeds the budgets.
        """
        for root in growing_tree(data, name, self._findings, COUNTED, self):
            self.root = root
            read, self._events = self._events, []
            yield from read

    def begin(self, element: Element) -> None:
        """Handle the beginning of an element, whose attributes are known."""
        if not self._open:
            self._open.append(_OpenElement(element, ROOT))
            return
        outer = self._open[-1]
        outer.numbers[element.name] += 1
        if element.name != self.whole:
            self._open.append(_OpenElement(element, _path(outer, element), outer))

    def end(self, element: Element) -> bool:
        """Handle the end of an element; return whether to remove it from the tree.

        An event is read at its end, with the context of the elements around it.
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
        """Record an element that encloses events, such as a room, at its end, for a second pass.

        Such a pass is needed if the data on which these events depend has changed since they were read.
        """
        change = change_of_day(here.rooms)
        self.incomplete |= (_context_texts(here.element), change) != (here.used, here.change)
        self.known[here.path] = KnownElement(here.element, change)

    def _context(self, here: _OpenElement) -> Context:
        """Return the context of the events in an element, as far as it has been read."""
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
    """Return those texts of an element on which all events in it depend.

    Of a day, these are its date and hours; of a room, its name; of the whole document, the time at which days
    end, and whether this program wrote it.
    """
    if element.name in _CONTEXT_FIELDS:
        return tuple(map(element.first_text, _CONTEXT_FIELDS[element.name]))
    return conference_of(element).first_text("day_change"), str(is_ours(element))


def _day(reader: Reader) -> DraftDay | None:
    start, end = reader.read(read_instant, "start"), reader.read(read_instant, "end")
    day = reader.read(read_day, "date") or (start.date() if start else None)
    return DraftDay(day, start, end, reader.path, reader.element.line) if day else None


def _change(day: DraftDay) -> str:
    """Return the time of day at which a day ends, if it lasts past midnight; otherwise an empty text.

    A day is taken to end at the time of day at which it starts.
    """
    later = day.start and day.end and day.end.date() > day.start.date()
    return f"{day.start:%H:%M}" if later else ""
