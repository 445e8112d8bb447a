"""Making the draft of a schedule (its content as the page states it) from the events of a web page."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from summitcli.budgets import EVENTS, LINKS, PERSONS, VALUES, Spending
from summitcli.formats.draft import Draft, DraftLink, Event, Person
from summitcli.formats.findings import CANCELLED, Findings, Kind
from summitcli.formats.schema_org.blocks import About
from summitcli.formats.schema_org.graph import Graph, Node
from summitcli.formats.schema_org.values import Object, kinds, languages, length, name_in, text
from summitcli.formats.spooled import spooled
from summitcli.formats.times import UNREADABLE, read_day, read_instant
from summitcli.model import LONGEST_CONFERENCE

RECURRING = Kind(
    "{n} event that recurs by a rule (eventSchedule); only its own date was read",
    "{n} events that recur by a rule (eventSchedule); only their own dates were read",
)

_STATUSES = {"EventPostponed": "postponed", "EventRescheduled": "rescheduled"}
_CANCELLED = ("EventCancelled", "EventCanceled")
_ADDRESS = ("streetAddress", "addressLocality", "addressRegion", "addressCountry")
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_SEPARATORS = re.compile(r"[/#?=:]")
_DAY = timedelta(days=1)
_SHOWN = 60
"""The maximum length of a value in a finding, in characters; longer values are cut."""


class _Times(NamedTuple):
    """The times of an event. :class:`summitcli.formats.draft.Event` has fields with the same names."""

    start: datetime | None = None
    end: datetime | None = None
    days: tuple[date, ...] = ()
    length: timedelta | None = None


class _Place(NamedTuple):
    """The place of an event: its room, and links to its live streams."""

    room: str = ""
    links: tuple[DraftLink, ...] = ()


def draft(graph: Graph, about: About, findings: Findings, spending: Spending) -> Draft:
    """Return the draft of the conference that a page describes (its content as the page states it).

    Args:
        graph: the events of the page.
        about: the title and language of the page. They are used if the page does not describe the conference
            as an event.
        findings: the object that collects problems.
        spending: the limits on what is read from the page.
    """
    main = graph.main()
    reader = _Reader(graph, main, findings, spending)
    values: Object = {} if main is None else graph.events[main].values
    titles = languages(values.get("name"))
    places = map(reader.place_name, graph.resolved(values.get("location")))
    return Draft(
        events=spooled(reader.events()),
        findings=findings,
        title=text(values.get("name")) or about.title,
        titles=titles,
        acronym="" if titles else text(values.get("alternateName")),
        language=_language(values.get("inLanguage")) or about.language,
        start=read_day(text(values.get("startDate"))),
        end=read_day(text(values.get("endDate"))),
        url=text(values.get("url")),
        place=next(filter(None, places), ""),
        places=tuple(reader.address(values.get("location"))),
    )


class _Reader:
    """The reader of the sessions of a page.

    The event that is the conference itself is a session only if the page has no other event.
    """

    def __init__(self, graph: Graph, main: int | None, findings: Findings, spending: Spending) -> None:
        self._graph = graph
        self._main = main
        self._findings = findings
        self._spending = spending
        self._holders = frozenset(graph.parents.values())
        self._urls = Counter(text(node.values.get("url")) for node in graph.events)

    def events(self) -> Iterator[Event]:
        """Yield the events of the page that are sessions, unless they are cancelled.

        Two kinds of events are not sessions: the conference itself, and an event without a date that contains
        others. Such an event is a part of the programme, for example a track.
        """
        for number, node in enumerate(self._graph.events):
            self._spending.spend(EVENTS)
            if number in self._holders and (number == self._main or not _is_dated(node.values)):
                continue
            if name_in(node.values.get("eventStatus")) in _CANCELLED:
                self._findings.add(CANCELLED, node.where, node.line, text(node.values.get("name"))[:_SHOWN])
                continue
            if node.values.get("eventSchedule"):
                self._findings.add(RECURRING, f"{node.where}.eventSchedule", node.line)
            yield self._event(number, node)

    def place_name(self, value: Any) -> str:
        """Return the name of a place, or its address if it has no name; empty for a virtual place."""
        if not isinstance(value, dict):
            return "" if _LINK.fullmatch(said := text(value)) else said
        if "VirtualLocation" in kinds(value):
            return ""
        return text(value.get("name")) or ", ".join(self.address(value))

    def address(self, location: Any) -> Iterator[str]:
        """Yield the parts, such as street and city, of the addresses of places."""
        for place in self._graph.resolved(location):
            if isinstance(place, dict):
                for address in self._graph.resolved(place.get("address", place)):
                    parts = address if isinstance(address, dict) else {_ADDRESS[0]: address}
                    yield from filter(None, (text(parts.get(key)) for key in _ADDRESS))

    def _event(self, number: int, node: Node) -> Event:
        values = node.values
        times, place = self._times(node), self._place(values)
        performers = [
            entry for key in ("performer", "performers") for entry in self._graph.resolved(values.get(key))
        ]
        self._spending.spend(PERSONS, len(performers))
        links = (*place.links, *self._recordings(values))
        self._spending.spend(LINKS, len(links))
        url, name = text(values.get("url")), values.get("@id")
        unique = url if self._urls[url] == 1 else ""
        key = text(values.get("identifier"))
        identity = name if isinstance(name, str) else key or unique
        return Event(
            where=node.where,
            line=node.line,
            identity=identity or None,
            names=tuple(filter(None, (key, _last_part(identity)))),
            title=text(values.get("name")) or text(values.get("headline")),
            titles=languages(values.get("name")),
            abstract=text(values.get("abstract")),
            abstracts=languages(values.get("abstract")),
            description=text(values.get("description")),
            descriptions=languages(values.get("description")),
            start=times.start,
            end=times.end,
            days=times.days,
            length=times.length,
            room=place.room,
            track=self._track(number),
            language=_language(values.get("inLanguage")),
            speakers=tuple(filter(None, map(_person_name, performers))),
            people=tuple(filter(None, map(_person, performers))),
            url=url,
            links=links,
            status=_STATUSES.get(name_in(values.get("eventStatus")), ""),
            level=text(values.get("educationalLevel")),
            tags=tuple(self._tags(values.get("keywords"))),
        )

    def _times(self, node: Node) -> _Times:
        """Return the times of an event; an end without UTC offset gets the UTC offset of the start."""
        begin, until = (self._moment(node, key) for key in ("startDate", "endDate"))
        if begin is None:
            return _Times()
        if not isinstance(begin, datetime):
            return _Times(days=_days(begin, until.date() if isinstance(until, datetime) else until))
        if isinstance(until, datetime):
            if until.tzinfo is None and begin.tzinfo is not None:
                until = until.replace(tzinfo=begin.tzinfo)
            if (until.tzinfo is None) == (begin.tzinfo is None):
                return _Times(begin, until)
        lasting = length(node.values.get("duration"))
        if lasting is None or begin.tzinfo is None:
            return _Times(begin, length=lasting)
        with suppress(OverflowError):
            return _Times(begin, begin + lasting)
        return _Times(begin)

    def _moment(self, node: Node, key: str) -> datetime | date | None:
        said = text(node.values.get(key))
        found = read_instant(said) or read_day(said)
        if said and found is None:
            self._findings.add(UNREADABLE, f"{node.where}.{key}", node.line, said[:_SHOWN])
        return found

    def _place(self, values: Object) -> _Place:
        room, links = "", []
        for entry in self._graph.resolved(values.get("location")):
            room = room or self.place_name(entry)
            if not isinstance(entry, dict):
                if _LINK.fullmatch(said := text(entry)):
                    links.append(DraftLink(said, kind="stream"))
            elif "VirtualLocation" in kinds(entry) and (url := text(entry.get("url"))):
                links.append(DraftLink(url, text(entry.get("name")), "stream"))
        return _Place(room, tuple(links))

    def _recordings(self, values: Object) -> Iterator[DraftLink]:
        for entry in self._graph.resolved(values.get("recordedIn")):
            if isinstance(entry, dict):
                url = text(entry.get("url")) or text(entry.get("contentUrl"))
                if url:
                    yield DraftLink(url, text(entry.get("name")), "recording")

    def _track(self, number: int) -> str:
        """Return the name of the part of the programme, such as a track, that contains event ``number``."""
        parent = self._graph.parents.get(number)
        if parent is None or parent == self._main or _is_dated(self._graph.events[parent].values):
            return ""
        return text(self._graph.events[parent].values.get("name"))

    def _tags(self, value: Any) -> Iterator[str]:
        """Yield keywords: the entries of a list, or the parts of a text between commas."""
        for entry in self._graph.resolved(value):
            said = text(entry).split(",")
            self._spending.spend(VALUES, len(said))
            yield from filter(None, map(str.strip, said))


def _is_dated(values: Object) -> bool:
    return bool(text(values.get("startDate")) or text(values.get("endDate")))


def _days(first: date, last: date | None) -> tuple[date, ...]:
    """Return the days from ``first`` to ``last``; only ``first`` if ``last`` is earlier or too far away."""
    number = (last - first).days if last else 0
    if not 0 <= number <= LONGEST_CONFERENCE.days:
        number = 0
    return tuple(first + number * _DAY for number in range(number + 1))


def _last_part(identity: str) -> str:
    """Return the last part of a URL or of another identifier with slashes; empty if it has no slash."""
    *before, last = _SEPARATORS.split(identity.rstrip("/#"))
    return last if before else ""


def _language(value: Any) -> str:
    """Return a language tag, such as ``en``. The value is a text, or an object with an ``alternateName``."""
    said = text(value.get("alternateName")) if isinstance(value, dict) else ""
    return said or text(value)


def _person_name(value: Any) -> str:
    if not isinstance(value, dict):
        return "" if _LINK.fullmatch(said := text(value)) else said
    whole = " ".join(filter(None, (text(value.get(key)) for key in ("givenName", "familyName"))))
    return text(value.get("name")) or whole


def _person(value: Any) -> Person | None:
    """Return the details of a performer; None if there are none except the name."""
    if not isinstance(value, dict):
        return None
    name = _person_name(value)
    biographies: Mapping[str, str] = languages(value.get("description"))
    biography = text(value.get("description"))
    urls = dict.fromkeys(
        said for key in ("url", "sameAs") for said in _texts(value.get(key)) if _LINK.fullmatch(said)
    )
    links = tuple(map(DraftLink, urls))
    if not name or not (biography or links):
        return None
    return Person(name, languages(value.get("name")), biography, biographies, links)


def _texts(value: Any) -> Iterator[str]:
    listed = value if isinstance(value, list) else [value]
    return filter(None, map(text, listed))
