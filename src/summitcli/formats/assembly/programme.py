"""The sessions of a published schedule as models, made one by one of its events."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError

from summitcli.errors import InvalidSchedule
from summitcli.formats.assembly import languages, prose
from summitcli.formats.assembly.addresses import LINKS, PAGES, absolute, is_relative, turned
from summitcli.formats.assembly.categories import Categories
from summitcli.formats.assembly.days import Held
from summitcli.formats.assembly.sessions import Grouped, OneSession
from summitcli.formats.assembly.texts import Texts
from summitcli.formats.draft import Event
from summitcli.formats.findings import Finding, Findings, Kind
from summitcli.model import Schedule, Session, SessionCheck

NO_TITLE = Kind("{n} event without a title", "{n} events without a title")
NO_ADDRESS = Kind(
    "{n} link that is not a web address, which is left out",
    "{n} links that are not web addresses, which are left out",
)
RELATIVE = Kind(
    "{n} relative link, which is left out, as nothing says where it lies",
    "{n} relative links, which are left out, as nothing says where they lie",
)
SHAPE_LOST = Kind(
    "{n} text in HTML whose tags are only left out, as there are so many",
    "{n} texts in HTML whose tags are only left out, as there are so many",
)

Content = dict[str, Any]
"""What a model is made from."""

Field = tuple[str, int, Callable[[str], str | None]]
"""A text of a session, its place in an event, and how it is read."""


class Context(NamedTuple):
    """What sessions are made with beside their events."""

    outline: Schedule
    categories: Categories
    by_track: bool
    """Whether tracks are the categories, and else types."""
    doubled: bool
    """Whether all texts were encoded twice."""
    base: str
    """The address that links are relative to; empty where none is known."""


class Programme:
    """Sessions, made and validated each time that they are gone through.

    What is odd about one is noted the first time that it is made.

    Args:
        held: the events of each.
        ids: of each.
        context: what else they are made with.
        findings: where it is noted what is odd.
        name: the source as the user knows it, for messages.
    """

    def __init__(
        self, held: Grouped, ids: Sequence[str], context: Context, findings: Findings, name: str
    ) -> None:
        self._held = held
        self._ids = ids
        self._context = context
        self._findings = findings
        self._name = name
        self._noted = 0
        """How many sessions have been made at least once."""
        self._told_refused = False

    def __iter__(self) -> Iterator[Session]:
        check = SessionCheck(self._context.outline)
        findings = _Once(self._findings)
        maker = _Maker(self._context, findings)
        for number, (id_, held) in enumerate(zip(self._ids, self._held, strict=True)):
            findings.pass_on = number == self._noted
            content = maker.content(id_, held)
            self._noted += findings.pass_on
            yield self._validated(content, number, check)
        if maker.refused and not self._told_refused:
            self._told_refused = True
            self._findings.add(SHAPE_LOST, n=maker.refused)

    def _validated(self, content: Content, number: int, check: SessionCheck) -> Session:
        """Return a session of its content; it is made so that the model accepts it.

        Raises:
            InvalidSchedule: something slipped through.
        """
        try:
            session = Session.model_validate(content)
        except ValidationError as error:
            raise InvalidSchedule(self._name, faults_of(error, f"sessions.{number}.")) from None
        if faults := check.faults(number, session):
            wrong = ValidationError.from_exception_data("Session", faults)
            raise InvalidSchedule(self._name, faults_of(wrong))
        return session

    def __len__(self) -> int:
        return len(self._ids)

    def ids(self) -> Sequence[str]:
        """Return the id of each, in order."""
        return self._ids


class _Once(Findings):
    """What is odd about sessions, passed on where it is found for the first time."""

    def __init__(self, findings: Findings) -> None:
        super().__init__()
        self._findings = findings
        self.pass_on = False

    def note(self, finding: Finding, n: int) -> None:
        """Pass a finding on, or forget it."""
        if self.pass_on:
            self._findings.note(finding, n)


class _Maker:
    """Makes the content of sessions."""

    def __init__(self, context: Context, findings: Findings) -> None:
        self._language = context.outline.conference.language
        self._categories = context.categories
        self._by_track = context.by_track
        self._base = context.base
        self._findings = findings
        self._texts = Texts(context.doubled, findings)
        line, plain = self._texts.line, self._texts.plain
        self._first_fields = [_field("guid", prose.line), _field("subtitle", line)]
        if context.by_track:
            self._first_fields.append(_field("type", line))
        self._other_fields = [
            _field("language", languages.spoken),
            _field("abstract", plain),
            _field("description", plain),
        ]
        self._last_fields = [_field("status", line)]

    @property
    def refused(self) -> int:
        """How many texts in HTML only lost their tags."""
        return self._texts.refused

    def content(self, id_: str, held: OneSession) -> Content:
        """Return what a session is made from."""
        events, line = held.events, self._texts.line
        self._texts.of(events[0])
        if not held.title:
            for event in events:
                self._findings.add(NO_TITLE, event.where, event.line, id_)
        title = self._texts.versions(events[0].title, events[0].titles, self._language)
        # In the order in which what is odd about them is told.
        content: Content = {"id": id_, "title": title or untitled(self._language)}
        _read(content, self._first_fields, events)
        calls = [event.track if self._by_track else event.type for event in events]
        content["category"] = self._categories.of(calls)
        content["slots"] = tuple([_slot(slot, line(room)) for slot, room in held.slots])
        if events[0].speakers:
            content["speakers"] = tuple(dict.fromkeys(filter(None, map(line, held.speakers))))
        content["url"] = self._url(events)
        _read(content, self._other_fields, events)
        if linked := [event for event in events if event.links]:
            content["links"] = tuple(self._links(linked))
        content["recorded"] = _recorded(events)
        _read(content, self._last_fields, events)
        return content

    def _url(self, events: Iterable[Event]) -> str | None:
        """Return the first address that is one."""
        for event in events:
            if event.url and (url := self._address(event, event.url, PAGES)):
                return url
        return None

    def _links(self, events: Iterable[Event]) -> Iterator[Content]:
        """Each link once."""
        known = set()
        for event in events:
            for link in map(turned, event.links):
                url = self._address(event, link.url, LINKS)
                if url and url not in known:
                    known.add(url)
                    yield {"url": url, "title": self._texts.line(link.title) or None}

    def _address(self, event: Event, url: str, schemes: frozenset[str]) -> str | None:
        """Return an address of an event whole; one that can't be is noted."""
        whole = absolute(url, self._base, schemes)
        # A name, as "urn:uuid:…", leads nowhere on purpose (RFC 8141).
        if whole is None and url.strip() and not url.strip().lower().startswith("urn:"):
            kind = RELATIVE if is_relative(url) and not self._base else NO_ADDRESS
            self._findings.add(kind, event.where, event.line, url)
        return whole


def _field(name: str, read: Callable[[str], str | None]) -> Field:
    return name, Event._fields.index(name), read


def _read(content: Content, fields: Iterable[Field], events: Iterable[tuple[Any, ...]]) -> None:
    """Put into ``content`` of each field the first text of which something is left when it is read."""
    for field, place, read in fields:
        for event in events:
            text = event[place]
            if text and (said := read(text)):
                content[field] = said
                break


def _recorded(events: Iterable[Event]) -> bool | None:
    """Return what is said first of whether a recording is published."""
    for event in events:
        if event.recorded is not None:
            return event.recorded
    return None


def _slot(held: Held, room: str) -> Content:
    return {"day": held.day, "start": held.start, "end": held.end, "room": room or None}


def untitled(language: str) -> str:
    """Return what a session without a title is called in ``language``."""
    return "未命名场次" if language.partition("-")[0] == "zh" else "Untitled"


def faults_of(error: ValidationError, within: str = "") -> list[tuple[str, str]]:
    """Return what a model does not accept as places, each ``within`` a place, and reasons."""
    faults = error.errors(include_url=False)
    return [(within + ".".join(map(str, fault["loc"])), fault["msg"]) for fault in faults]
