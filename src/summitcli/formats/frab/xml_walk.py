"""A ``<schedule>`` gone through while it is parsed: its days, its rooms, and its events one by one.

What an event needs of the elements around it is mostly said before it, and taken as it is known by then.
Where it turns out later that something was said behind an event, or that a day runs past midnight, the walk
was misled: the document is gone through once more, with all that is known from the first time.
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
"""Their paths."""
COUNTED = {"day": DAYS, "event": EVENTS, "person": PERSONS}
"""Elements that mean one thing wherever they are, so that they are counted while the document is parsed."""

_OURS = "summitcli"
"""The generator that a document names which this program wrote."""
_HOLDERS = frozenset({"day", "days", "event", "events", "room", "rooms"})
"""What may stand around events. Nobody asks for its text, so that events in nothing else leave the tree."""
_SAID = {"day": ("start", "end", "date"), "room": ("name",)}
"""What is asked of an element on behalf of the events in it."""
_SHOWN = 60
"""How many characters of an odd text a finding shows."""

Value = TypeVar("Value")


class Reader(NamedTuple):
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


class Around(NamedTuple):
    """What an event's place in the document says of it."""

    change: str = ""
    """When the conference goes on to its next day, by the clock; empty for midnight."""
    day: date | None = None
    room: str = ""
    ours: bool = False
    """Whether this program wrote the document; ids of ours are then in its slugs and its acronym."""


class Known(NamedTuple):
    """What is known of an element with events in it when all of it has been read."""

    element: Element
    change: str = ""
    """When a day that does not say when it begins goes on to the next, by the clock."""


class _Open:
    """An element that the walk is inside of, and no event."""

    def __init__(self, element: Element, path: str, outer: "_Open | None" = None) -> None:
        self.element = element
        self.path = path
        self.outer = outer
        self.numbers: Counter[str] = Counter()
        """How many elements of each name there have been in it."""
        self.holds_events_alone: bool = outer is None or (
            outer.holds_events_alone and element.name in _HOLDERS
        )
        self.around: Around | None = None
        """What it says of the events in it, once that was asked for."""
        self.said: tuple[str, ...] = ()
        """What that was made of."""
        self.change = ""
        """When a day was taken to go on to the next, where its events tell that."""
        self.clocks: list[str] | None = None
        """When its own events begin, where that tells when the day goes on to the next."""
        self.rooms: list[list[str]] = []
        """Of a day, those of each room; first those of none."""


class Walk:
    """The elements of one document as they begin and end.

    Args:
        findings: where to note what is odd.
        spending: where to count what the document holds.
        known: the elements with events in them by their paths, from an earlier walk; none for the first.
        read_event: makes an event of its element and of what is around it.
    """

    whole = "event"

    def __init__(
        self,
        findings: Findings,
        spending: Spending,
        known: Mapping[str, Known],
        read_event: Callable[[Reader, Around], Event],
    ) -> None:
        self.root = Element(ROOT, 1, {})
        """The outermost element, without the events."""
        self.days: list[DraftDay] = []
        self.rooms: list[list[str]] = [[]]
        """The names of the rooms of each day; first those of none."""
        self.known: dict[str, Known] = {}
        """The elements with events in them by their paths, as this walk found them."""
        self.misled = False
        """Whether events may have been read wrongly, for what was not known yet."""
        self._findings = findings
        self._spending = spending
        self._before = known
        self._read_event = read_event
        self._open: list[_Open] = []
        self._events: list[Event] = []

    def events(self, data: bytes, name: str) -> Iterator[Event]:
        """Yield the events of a document in its order; then all else is known, too.

        Raises:
            InvalidSchedule: it can't be read as XML, or holds more of something than it may.
        """
        for root in growing_tree(data, name, self._findings, COUNTED, self):
            self.root = root
            read, self._events = self._events, []
            yield from read

    def begin(self, element: Element) -> None:
        """Go into an element."""
        if not self._open:
            self._open.append(_Open(element, ROOT))
            return
        outer = self._open[-1]
        outer.numbers[element.name] += 1
        if element.name != self.whole:
            self._open.append(_Open(element, _path(outer, element), outer))

    def end(self, element: Element) -> bool:
        """Read an event that ends, which may leave the tree then; go out of any other element."""
        here = self._open[-1]
        if here.element is not element:
            around = self._around(here)
            if here.clocks is not None:
                here.clocks.append(element.said("start"))
            reader = Reader(self._findings, element, _path(here, element))
            self._events.append(self._read_event(reader, around))
            return here.holds_events_alone
        self._open.pop()
        if here.outer is None or element.name in _SAID:
            self._around(here)
            self._learn(here)
        return False

    def _learn(self, here: _Open) -> None:
        """Take note of all that an element says which was read to its end."""
        change = change_of_day(here.rooms)
        self.misled |= (_said(here.element), change) != (here.said, here.change)
        self.known[here.path] = Known(here.element, change)

    def _around(self, here: _Open) -> Around:
        """Return what an element says of the events in it, as far as that is known."""
        if here.around is None:
            known = self._before.get(here.path) or Known(here.element)
            here.said = _said(known.element)
            reader = Reader(self._findings, known.element, here.path)
            if here.outer is None:
                here.around = self._around_all(reader)
            else:
                here.around = self._around(here.outer)
                if here.element.name == "day":
                    self._go_into_day(here, here.around, reader, known.change)
                elif here.element.name == "room":
                    self._go_into_room(here, here.around, reader)
        return here.around

    def _around_all(self, reader: Reader) -> Around:
        conference = conference_of(reader.element)
        change = Reader(self._findings, conference, CONFERENCE).read(read_clock, "day_change")
        return Around(change, ours=is_ours(reader.element))

    def _go_into_day(self, here: _Open, around: Around, reader: Reader, change: str) -> None:
        day = _day(reader)
        if not day:
            return
        self.days.append(day)
        self.rooms.append([])
        if not around.change and day.start:
            change = _change(day)
        elif not around.change:
            here.change = change
            here.clocks = []
            here.rooms = [here.clocks]
        here.around = around._replace(day=day.day, change=around.change or change)

    def _go_into_room(self, here: _Open, around: Around, reader: Reader) -> None:
        outer = here.outer
        if outer and outer.rooms:
            here.clocks = []
            outer.rooms.append(here.clocks)
        if room := reader.element.said("name"):
            self._spending.spend(ROOMS)
            self.rooms[-1].append(room)
            here.around = around._replace(room=room)


def conference_of(schedule: Element) -> Element:
    """Return the element that tells of the conference; an empty one where there is none."""
    return schedule.child("conference") or Element("conference", schedule.line, {})


def is_ours(schedule: Element) -> bool:
    """Return whether this program wrote a document."""
    generator = schedule.child("generator")
    return generator is not None and (generator.said("name") or generator.text()).lower() == _OURS


def _path(outer: _Open, element: Element) -> str:
    return f"{outer.path}/{element.name}[{outer.numbers[element.name]}]"


def _said(element: Element) -> tuple[str, ...]:
    """Return what an element says on which the events in it depend."""
    if element.name in _SAID:
        return tuple(map(element.said, _SAID[element.name]))
    return conference_of(element).said("day_change"), str(is_ours(element))


def _day(reader: Reader) -> DraftDay | None:
    start, end = reader.read(read_instant, "start"), reader.read(read_instant, "end")
    day = reader.read(read_day, "date") or (start.date() if start else None)
    return DraftDay(day, start, end, reader.path, reader.element.line) if day else None


def _change(day: DraftDay) -> str:
    """Return when a day goes over into the next that says when it begins: then, if it lasts past midnight."""
    later = day.start and day.end and day.end.date() > day.start.date()
    return f"{day.start:%H:%M}" if later else ""
