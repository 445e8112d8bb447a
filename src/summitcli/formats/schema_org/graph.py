"""The events in the JSON-LD of a page, and which event contains which.

An event may list the events that it contains in ``subEvent``, or each of them names it in ``superEvent``.
Either property has the other event in full, or only its ``@id``.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from summitcli.formats.schema_org.values import Object, entries, kinds, text

_KIND = re.compile(r"[A-Za-z]*Event|Festival|Hackathon|EventSeries|CourseInstance")
"""The pattern of the types that are events; EventVenue and EventReservation, for example, are not."""
_CHILDREN = ("subEvent", "subEvents")
_PARENTS = ("superEvent",)
_HOLDERS = frozenset(
    ("@graph", "event", "events", "hasPart", "item", "itemListElement", "mainEntity", *_CHILDREN, *_PARENTS)
)
"""The properties under which a page lists the events of the conference.

Events in other properties, such as a performer's other appearances, do not belong to the conference.
"""


class Node(NamedTuple):
    """An event of the page, and where in the page it was found."""

    values: Object
    where: str
    """The event's path, such as ``script[0].@graph[2].subEvent[1]``."""
    line: int
    """The line at which the block with the event begins."""


class Graph(NamedTuple):
    """All events of a page in order, and which of them contain which. An event's number is its position."""

    events: Sequence[Node]
    parents: Mapping[int, int]
    """The event that contains each event, as numbers: ``{2: 0}`` if event 0 contains event 2."""
    known: Mapping[str, Object]
    """All objects with an ``@id``, by their ``@id``."""

    def resolved(self, value: Any) -> Iterator[Any]:
        """Yield the values of a property; a reference (an ``@id``) is replaced by the object that has it."""
        for entry in entries(value):
            yield _resolved(entry, self.known)

    def main(self) -> int | None:
        """Return the number of the event that is the conference; None if there is none.

        It is the outermost event that contains the most others. If no event contains others, and the page has
        a single event, it is this event.
        """
        numbers = Counter(parent for parent in self.parents.values() if parent not in self.parents)
        if numbers:
            return max(numbers, key=lambda number: (numbers[number], -number))
        return 0 if len(self.events) == 1 else None


def is_event(node: Object) -> bool:
    """Return whether an object is an Event, or of a more specific type such as ``EducationEvent``."""
    return any(map(_KIND.fullmatch, kinds(node)))


def graph(documents: Iterable[tuple[Any, str, int]]) -> Graph:
    """Return the events in JSON-LD documents.

    Args:
        documents: each document with its path, such as ``script[0]``, and its line in the page.
    """
    documents = list(documents)
    known = _identified(document for document, _where, _line in documents)
    builder = _Builder(known)
    for document, where, line in documents:
        builder.add(document, where, line)
    return Graph(builder.events, builder.parents(), known)


def _identified(documents: Iterable[Any]) -> dict[str, Object]:
    """Return the objects that have an ``@id`` and other properties, by their ``@id``.

    If several objects have the same ``@id``, they are merged.
    """
    found: dict[str, Object] = {}
    merged: dict[str, dict[str, Any]] = {}
    waiting = [*reversed([*documents])]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            name = value.get("@id")
            if isinstance(name, str) and len(value) > 1 and name in found:
                _merge(found, merged, name, value)
            elif isinstance(name, str) and len(value) > 1:
                found[name] = value
            waiting.extend(reversed(value.values()))
        elif isinstance(value, list):
            waiting.extend(reversed(value))
    return found


def _merge(found: dict[str, Object], merged: dict[str, dict[str, Any]], name: str, value: Object) -> None:
    """Add properties of ``value`` to the object in ``found`` that has the same ``@id``, if it lacks them.

    Args:
        found: the objects by ``@id``.
        merged: the objects in ``found`` that were changed before. They are copies of objects in the page;
            any other object is copied before it is changed.
        name: the ``@id``.
        value: another object with this ``@id``.
    """
    if name not in merged:
        found[name] = merged[name] = {**found[name]}
    for key, inner in value.items():
        merged[name].setdefault(key, inner)


def _resolved(value: Any, known: Mapping[str, Object]) -> Any:
    if isinstance(value, dict):
        name = value.get("@id")
        return known.get(name, value) if isinstance(name, str) else value
    return known.get(value, value) if isinstance(value, str) else value


class _Visit(NamedTuple):
    """A value that has yet to be searched for events."""

    value: Any
    where: str
    key: str
    """The property to which the value belongs."""
    holder: int | None
    """The number of the event whose property has the value; None if it is in no event."""


class _Builder:
    """The object that collects the events of a page."""

    def __init__(self, known: Mapping[str, Object]) -> None:
        self.events: list[Node] = []
        self._known = known
        self._numbers: dict[str, int] = {}
        """The number of each event that has an ``@id``, by the ``@id``."""
        self._written: dict[tuple[str, str, str], list[int]] = {}
        """The numbers of the events without an ``@id``, by title, start and URL, to find repetitions."""
        self._edges: list[tuple[int | str, int | str]] = []
        """Pairs of an event and the event that contains it; an event is its number or its ``@id``."""

    def add(self, document: Any, where: str, line: int) -> None:
        """Collect the events of a document.

        Args:
            document: the decoded JSON.
            where: its path in the page, such as ``script[0]``.
            line: its line in the page.
        """
        waiting = [iter([_Visit(document, where, "@graph", None)])]
        while waiting:
            visit = next(waiting[-1], None)
            if visit is None:
                waiting.pop()
            elif isinstance(visit.value, list):
                waiting.append(_entries(visit))
            elif isinstance(visit.value, dict):
                waiting.append(self._visit(visit, line))
            elif isinstance(visit.value, str) and visit.value in self._known:
                self._connect(visit, visit.value)

    def parents(self) -> dict[int, int]:
        """Return the event that contains each event, as numbers: ``{2: 0}`` if event 0 contains event 2.

        If several events contain an event, the first is used.
        """
        found: dict[int, int] = {}
        for inner, outer in self._edges:
            numbers = [end if isinstance(end, int) else self._numbers.get(end) for end in (inner, outer)]
            if numbers[0] is not None and numbers[1] is not None and numbers[0] != numbers[1]:
                found.setdefault(numbers[0], numbers[1])
        return found

    def _visit(self, visit: _Visit, line: int) -> Iterator[_Visit]:
        """Collect ``visit.value`` if it is an event; yield the values inside it that may be events."""
        node, number = visit.value, None
        name = node.get("@id")
        if isinstance(name, str) and len(node) == 1:
            self._connect(visit, name)
            return
        # The type is plain from the property.
        if is_event(node) or (visit.key in (*_CHILDREN, *_PARENTS) and "@type" not in node):
            number = self._number(node, visit.where, line)
            self._connect(visit, number)
        for key, value in node.items():
            if key in _HOLDERS and isinstance(value, dict | list | str):
                yield _Visit(value, f"{visit.where}.{key}".removeprefix("."), key, number)

    def _number(self, node: Object, where: str, line: int) -> int:
        """Return the number of an event (its position in ``events``); add the event if it is new.

        An event is not new if an earlier event has the same ``@id``; or, if it has no ``@id``, if an earlier
        event has the same content.

        Args:
            node: the event.
            where: its path in the page.
            line: the line at which the block with the event begins.
        """
        name = node.get("@id")
        number = len(self.events)
        if isinstance(name, str):
            if name in self._numbers:
                return self._numbers[name]
            self._numbers[name] = number
            node = self._known.get(name, node)
        else:
            alike = self._written.setdefault(_content(node), [])
            if (same := next((n for n in alike[:1] if self.events[n].values == node), None)) is not None:
                return same
            alike.append(number)
        self.events.append(Node(node, where, line))
        return number

    def _connect(self, visit: _Visit, event: int | str) -> None:
        if visit.holder is None:
            return
        if visit.key in _CHILDREN:
            self._edges.append((event, visit.holder))
        elif visit.key in _PARENTS:
            self._edges.append((visit.holder, event))


def _entries(visit: _Visit) -> Iterator[_Visit]:
    """Yield each entry of a list, as a value to be searched for events."""
    for number, value in enumerate(visit.value):
        yield visit._replace(value=value, where=f"{visit.where}[{number}]")


def _content(node: Object) -> tuple[str, str, str]:
    return text(node.get("name")), text(node.get("startDate")), text(node.get("url"))
