"""iCalendar in XML: RFC 6321, and the variant of pentabarf.

Pentabarf puts an event's texts directly into ``<vevent>``, adds fields of its own, and writes local times
without a zone. RFC 6321 nests elements: ``<components>`` and ``<properties>`` in a component,
``<parameters>`` and values in a property. Both variants are read into the same components.

An event is read while the document is parsed. Its properties are then stored, in a temporary file if there
are many events, until they are needed.
"""

import marshal
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, Any

from summitcli.budgets import EVENTS, OBSERVANCES, PERSONS, RULES, Spending
from summitcli.formats.calendars.components import (
    CALENDAR,
    EVENT,
    KEPT_PROPERTIES,
    PARENTS,
    Component,
    Property,
)
from summitcli.formats.draft import Draft
from summitcli.formats.findings import Findings
from summitcli.formats.times import UNREADABLE, find_zone
from summitcli.formats.xml_text import first_element
from summitcli.formats.xml_tree import Element, growing_tree
from summitcli.i18n import _
from summitcli.progress import Work
from summitcli.sources.source import NO_HINTS, Hints
from summitcli.storage.spool import BLOCK, Spool

if TYPE_CHECKING:
    from summitcli.formats.calendars.events import Calendar

_PENTABARF = frozenset({"CATEGORY", "EVENT-ID", "EVENT-SLUG", "LANGUAGE-CODE", "SUBTITLE", "TITLE"})
"""The names of the fields that pentabarf adds to events."""
_PENTABARF_LENGTH = re.compile(r"\A([0-9]{2,4})([0-9]{2})([0-9]{2})\Z")
_TO_ESCAPE = re.compile(r"[\\,]")
_RULES = ("RRULE", "EXRULE")
_ADDRESSES = ("mailto:", "http:", "https:", "urn:")
_HOLDERS = frozenset({"components", "icalendar", "vcalendar"})
"""The lower-case names of the elements that usually contain events. Their own text is not used."""
_COUNTED = {
    "attendee": PERSONS,
    "daylight": OBSERVANCES,
    "exrule": RULES,
    "rrule": RULES,
    "standard": OBSERVANCES,
    "vevent": EVENTS,
}
"""The limit that applies to an element, by its name; such elements are counted while the file is parsed."""


def detect(data: bytes) -> bool:
    """Return whether the bytes are XML with the root element ``<icalendar>``, in upper or lower case."""
    return first_element(data).lower() == "icalendar"


def read(data: bytes, name: str, hints: Hints = NO_HINTS) -> Draft:
    """Return the draft of the schedule in ``data`` (its content as the calendar states it).

    Args:
        data: the bytes of the file.
        name: the name of the source, for messages.
        hints: the choices of the user, such as the time zone in which to read local times.

    Raises:
        InvalidSchedule: it is not valid XML (see :func:`summitcli.formats.xml_tree.growing_tree`), or its
            events have more occurrences than allowed for a file of its size.
        UnknownValue: the time zone in ``hints`` does not exist.
    """
    from summitcli.formats.calendars.drafting import draft

    return draft(read_calendar(data, name, find_zone(hints.time_zone or "")))


def read_calendar(data: bytes, name: str, user_zone: tzinfo | None = None) -> "Calendar":
    """Return the calendar in ``data`` with its events.

    Args:
        data: one or several calendars.
        name: the source's name, for messages.
        user_zone: the zone in which to read local times; None for the calendar's own.

    Raises:
        InvalidSchedule: the calendar can't be read, or is too large.
    """
    from summitcli.formats.calendars.events import read_events

    findings, spending = Findings(), Spending(name, len(data))
    with Work(_("reading")) as work:
        walk = _Walk(findings, work)
        *_grown, root = growing_tree(data, name, findings, _COUNTED, walk)
    calendar = _component(CALENDAR, root.child("vcalendar") or root, root.name, findings)
    parts = [*walk.events, *_parts(CALENDAR, root, root.name, findings)]
    spending.spend(EVENTS, sum(part.kind == EVENT for part in parts))
    calendar.parts.extend(sorted(parts, key=lambda part: part.line))
    return read_events([calendar], findings, spending, user_zone)


class _Walk:
    """A walk through the document while it is parsed: it reads the events and removes them from the tree.

    It implements :class:`~summitcli.formats.xml_tree.Watcher`. Events in unusual places stay in the tree.
    """

    whole = "vevent"

    def __init__(self, findings: Findings, work: Work) -> None:
        self.events: list[Component] = []
        self._findings = findings
        self._work = work
        self._store = _Store()
        self._open: list[tuple[Element, str, Counter[str]]] = []
        """The open elements, outermost first: element, path, and the number of its child elements by name."""

    def begin(self, element: Element) -> None:
        path = element.name
        if self._open:
            _outer, outer_path, numbers = self._open[-1]
            numbers[element.name] += 1
            path = f"{outer_path}/{element.name}[{numbers[element.name]}]"
        self._open.append((element, path, Counter()))

    def end(self, element: Element) -> bool:
        """Handle the end of an element; if the element is an event, read and store it.

        Returns:
            True if the element is an event. The caller then removes it from the tree.
        """
        _element, path, _numbers = self._open.pop()
        outer = [each.name.lower() for each, _path, _numbers in self._open]
        if element.name != self.whole or not _HOLDERS.issuperset(outer):
            return False
        event = _component(EVENT, element, path, self._findings)
        event.spool(self._store)
        self.events.append(event)
        self._work.step()
        return True


class XmlComponent(Component):
    """A component (such as an event) whose properties are XML elements."""

    __slots__ = ()

    unreadable = UNREADABLE

    def place(self, name: str) -> str:
        """Return the path of the XML element of the property ``name``, for findings."""
        return f"{self.where}/{name.lower()}"

    def property(self, name: str, written: Any) -> Property | None:
        """Return the property in an XML element; None if the element has no value.

        Args:
            name: the name of the property in iCalendar.
            written: the element. If it is None, or a Property that an earlier call made, it is returned as it
                is.
        """
        if written is None or isinstance(written, Property):
            return written
        element: Element = written
        values = [rule] if name in _RULES and (rule := _rule(element)) else list(_values(element))
        parameters = _parameters(element)
        if name == "ATTENDEE" and values and not values[0].lower().startswith(_ADDRESSES):
            # Pentabarf has a name instead of iCalendar's address.
            parameters.setdefault("CN", values[0])
        if not values and "CN" not in parameters:
            return None
        values = values or [""]
        return Property(values[0], parameters, element.line, _raw(name, values))

    def spool(self, store: "_Store") -> None:
        """Read all properties and move them to ``store``; after that no property can be added."""
        read = {
            name: [self.property(name, element) for element in elements]
            for name, elements in self._properties.items()
        }
        self._properties = store.add(read)


Read = Mapping[str, list[Property | None]]
"""The properties of an event by name; a blank property is None."""


class _Store:
    """The properties of all events of a file; if there are many, they are in a temporary file."""

    def __init__(self) -> None:
        self._spool = Spool(BLOCK)
        self._shapes: dict[tuple[tuple[str, int], ...], dict[str, int]] = {}
        self._latest: tuple[int, Read] = -1, {}

    def add(self, properties: Read) -> Read:
        """Store the properties of an event; return a mapping that reads them back when they are needed."""
        counts = {name: len(each) for name, each in properties.items()}
        counts = self._shapes.setdefault(tuple(counts.items()), counts)
        plain = [[each and tuple(each) for each in properties[name]] for name in counts]
        return _StoredProperties(self, self._spool.add(marshal.dumps(plain)), counts)

    def load(self, number: int, names: Iterable[str]) -> Read:
        """Return all properties of the event with this number; ``names`` are their names, as stored.

        The properties of the latest event stay in memory, because usually several of them are needed in a
        row.
        """
        if self._latest[0] != number:
            plain = marshal.loads(self._spool[number])  # noqa: S302 - written by this process
            read = ([each and Property(*each) for each in entries] for entries in plain)
            self._latest = number, dict(zip(names, read, strict=True))
        return self._latest[1]


class _StoredProperties(Mapping[str, list[Property | None]]):
    """The properties of one event, which are read back from the store when they are needed."""

    __slots__ = ("_counts", "_number", "_store")

    def __init__(self, store: _Store, number: int, counts: Mapping[str, int]) -> None:
        self._store = store
        self._number = number
        self._counts = counts

    def __contains__(self, name: object) -> bool:
        return name in self._counts

    def __getitem__(self, name: str) -> list[Property | None]:
        if name not in self._counts:
            raise KeyError(name)
        return self._store.load(self._number, self._counts)[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._counts)

    def __len__(self) -> int:
        return len(self._counts)


def _component(kind: str, element: Element, path: str, findings: Findings) -> XmlComponent:
    """Return the component in an XML element; the components inside it are not added.

    Args:
        kind: the kind of component, such as VEVENT.
        element: the element.
        path: the path of the element, for findings.
        findings: the object that collects problems.
    """
    made = XmlComponent(kind, path, element.line, findings)
    names = KEPT_PROPERTIES[kind] | _PENTABARF if kind == EVENT else KEPT_PROPERTIES[kind]
    for child in (element.child("properties") or element).children():
        if (name := child.name.upper()) in names:
            made.add(name, child, child.line)
    return made


def _parts(kind: str, place: Element, path: str, findings: Findings) -> Iterator[Component]:
    """Yield the components in a component, such as the events in a calendar.

    Other XML elements, such as ``<components>``, may lie between the two. Components within a yielded
    component are not yielded themselves; they are in its ``parts``.

    Args:
        kind: the kind of the outer component.
        place: the element in which to search.
        path: the path of this element.
        findings: the object that collects problems.
    """
    numbers: Counter[str] = Counter()
    for child in place.children():
        numbers[child.name] += 1
        here = f"{path}/{child.name}[{numbers[child.name]}]"
        name = child.name.upper()
        if PARENTS.get(name) == kind:
            part = _component(name, child, here, findings)
            part.parts.extend(_parts(name, child, here, findings))
            yield part
        else:
            yield from _parts(kind, child, here, findings)


def _values(element: Element) -> Iterator[str]:
    """Yield the values of a property that are not blank.

    They are in child elements, or are the property's own text (RFC 6321 section 3.4).
    """
    inside = [child for child in element.children() if child.name != "parameters"]
    yield from filter(None, map(_value, inside) if inside else [element.own_text()])


def _value(element: Element) -> str:
    if element.name == "period":
        return "/".join(part.text() for part in element.children()) or element.text()
    return element.text().replace(":", "") if element.name == "utc-offset" else element.text()


def _parameters(element: Element) -> dict[str, str]:
    """Return the parameters of a property: elements in it (RFC 6321 section 3.5), or else its attributes.

    Drafts of the standard had attributes.
    """
    parameters = element.child("parameters")
    said = [(child.name, child.text()) for child in parameters.children()] if parameters else []
    return {
        name.upper(): value.strip() for name, value in (*element.attributes.items(), *said) if value.strip()
    }


def _raw(name: str, values: Sequence[str]) -> str:
    """Return the values of the property ``name`` as iCalendar writes them."""
    if name in _RULES:
        return values[0]
    if name == "DURATION":
        return _PENTABARF_LENGTH.sub(r"PT\1H\2M\3S", values[0])
    return ",".join(_TO_ESCAPE.sub(r"\\\g<0>", value) for value in values)


def _rule(element: Element) -> str:
    """Return a recurrence rule as iCalendar writes it.

    In XML, the parts of the rule are elements (RFC 6321 section 3.6.10).
    """
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for part in (element.child("recur") or element).children():
        text = part.text()
        parts[part.name.upper()].append(re.sub("[-:]", "", text) if part.name == "until" else text)
    return ";".join(f"{name}={','.join(values)}" for name, values in parts.items())
