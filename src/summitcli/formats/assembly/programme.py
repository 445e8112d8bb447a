"""The sessions of a published schedule, built one by one from its events as pydantic models."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from pydantic import ValidationError

from summitcli.errors import InvalidSchedule
from summitcli.formats.assembly import languages, prose
from summitcli.formats.assembly.addresses import WEB_SCHEMES
from summitcli.formats.assembly.categories import Categories
from summitcli.formats.assembly.days import Occurrence
from summitcli.formats.assembly.links import Links
from summitcli.formats.assembly.sessions import GroupedEvents, SessionEvents
from summitcli.formats.assembly.texts import Texts
from summitcli.formats.draft import Event
from summitcli.formats.findings import Finding, Findings, Kind
from summitcli.model import Schedule, Session, SessionCheck

NO_TITLE = Kind("{n} event without a title", "{n} events without a title")
TAGS_REMOVED = Kind(
    "{n} HTML text lost its formatting, as there is too much HTML",
    "{n} HTML texts lost their formatting, as there is too much HTML",
)

Content = dict[str, Any]
"""The values of a model's fields by name, from which pydantic builds the model."""

_validated: Callable[[Content], Session] = Session.__pydantic_validator__.validate_python
"""A function that makes a session of its content; faster than ``Session.model_validate``, which calls it."""

Field = tuple[str, int, Callable[[str], str | None]]
"""A field of a session: its name, its index in the tuple of an event, the function that reads its text."""


class Context(NamedTuple):
    """Data of a schedule that is needed to build its sessions, in addition to their events."""

    outline: Schedule
    categories: Categories
    by_track: bool
    """True if the categories are the tracks of events; False if they are the types of events."""
    is_own: bool
    """True if this program wrote the source."""
    double_encoded: bool
    """True if the texts of the source were encoded in UTF-8 twice. Then they are decoded twice."""
    base: str
    """The URL of the page with the schedule, to complete relative links; empty if unknown."""


class Programme:
    """An iterable of sessions. Each iteration builds and validates the sessions again, to save memory.

    Problems are reported only the first time that a session is built.

    Args:
        groups: the events of each session.
        ids: the ID of each session.
        context: other data of the schedule.
        findings: collects the problems.
        name: the source's name, for messages.
    """

    def __init__(
        self, groups: GroupedEvents, ids: Sequence[str], context: Context, findings: Findings, name: str
    ) -> None:
        self._groups = groups
        self._ids = ids
        self._context = context
        self._findings = findings
        self._name = name
        self._noted = 0
        """The number of sessions that have been built at least once.

        Their problems are not reported again.
        """
        self._removal_reported = False

    def __iter__(self) -> Iterator[Session]:
        check = SessionCheck(self._context.outline)
        findings = _FirstTimeFindings(self._findings)
        builder = _SessionBuilder(self._context, findings)
        for number, (id_, group) in enumerate(zip(self._ids, self._groups, strict=True)):
            findings.pass_on = number == self._noted
            content = builder.content(id_, group)
            self._noted += findings.pass_on
            yield self._validated(content, number, check)
        if builder.tags_removed and not self._removal_reported:
            self._removal_reported = True
            self._findings.add(TAGS_REMOVED, n=builder.tags_removed)

    def _validated(self, content: Content, number: int, check: SessionCheck) -> Session:
        """Return the session with the given field values, after validating it.

        Args:
            content: the values of the session's fields.
            number: the session's number in the schedule, for the error message.
            check: checks the rules that need the whole schedule; for example, the category must exist.

        Raises:
            InvalidSchedule: the values are invalid. This is a bug, because the builder should make only
                valid values.
        """
        try:
            session = _validated(content)
        except ValidationError as error:
            raise InvalidSchedule(self._name, validation_problems(error, f"sessions.{number}.")) from None
        if faults := check.faults(number, session):
            wrong = ValidationError.from_exception_data("Session", faults)
            raise InvalidSchedule(self._name, validation_problems(wrong))
        return session

    def __len__(self) -> int:
        return len(self._ids)

    def ids(self) -> Sequence[str]:
        """Return the IDs of the sessions, in order."""
        return self._ids


class _FirstTimeFindings(Findings):
    """A collection of findings that accepts them only while ``pass_on`` is True, and otherwise ignores them.

    ``pass_on`` is True while a session is built for the first time.
    """

    def __init__(self, findings: Findings) -> None:
        super().__init__()
        self._findings = findings
        self.pass_on = False

    def add_finding(self, finding: Finding, n: int) -> None:
        """Report a finding if its session is being built for the first time (``pass_on`` is True).

        Args:
            finding: the finding.
            n: how many times the irregularity was found at its place.
        """
        if self.pass_on:
            self._findings.add_finding(finding, n)


class _SessionBuilder:
    """A builder that makes the field values of sessions from their events."""

    def __init__(self, context: Context, findings: Findings) -> None:
        self._language = context.outline.conference.language
        self._categories = context.categories
        self._category_name: Callable[[Event], str] = attrgetter("track" if context.by_track else "type")
        self._findings = findings
        self._texts = Texts(context.double_encoded, findings, context.is_own)
        self._links = Links(context.base, self._texts, findings)
        line = self._texts.line
        self._first_fields = [_field_reader("guid", prose.line), _field_reader("subtitle", line)]
        if context.by_track:
            self._first_fields.append(_field_reader("type", line))
        self._other_fields = [_field_reader("language", languages.spoken)]
        self._last_fields = [_field_reader("status", line), _field_reader("level", line)]

    @property
    def tags_removed(self) -> int:
        """Return the number of texts whose HTML tags were removed because there was too much to convert."""
        return self._texts.tags_removed

    def content(self, id_: str, group: SessionEvents) -> Content:
        """Return the field values of the session with the ID ``id_`` and the events in ``group``."""
        events, line = group.events, self._texts.line
        self._texts.set_event(events[0])
        if not group.title:
            for event in events:
                self._findings.add(NO_TITLE, event.where, event.line, id_)
        title = self._texts.versions(events[0].title, events[0].titles, self._language)
        # The order of the fields is that of their findings.
        content: Content = {"id": id_, "title": title or untitled(self._language)}
        _read(content, self._first_fields, events)
        content["category"] = self._categories.id_of(map(self._category_name, events))
        content["slots"] = tuple([_slot(slot, line(room)) for slot, room in group.slots])
        if events[0].speakers:
            content["speakers"] = tuple(dict.fromkeys(filter(None, map(line, group.speakers))))
        if urls := [(event.url, event) for event in events if event.url]:
            content["url"] = self._url(urls)
        _read(content, self._other_fields, events)
        if abstract := self._long_text([(event.abstract, event.abstracts) for event in events]):
            content["abstract"] = abstract
        if description := self._long_text([(event.description, event.descriptions) for event in events]):
            content["description"] = description
        if linked := [event for event in events if event.links]:
            content["links"] = tuple(self._links.of_events(linked))
        if (recorded := _recorded(events)) is not None:
            content["recorded"] = recorded
        _read(content, self._last_fields, events)
        if tags := [tag for event in events for tag in event.tags]:
            content["tags"] = tuple(dict.fromkeys(filter(None, map(line, tags))))
        if urls := [(event.feedback_url, event) for event in events if event.feedback_url]:
            content["feedback_url"] = self._url(urls)
        return content

    def _url(self, urls: Iterable[tuple[str, Event]]) -> str | None:
        """Return the first valid URL; None if there is none.

        Args:
            urls: pairs of a URL and the event that has it.
        """
        for url, event in urls:
            if whole := self._links.url(url, WEB_SCHEMES, event):
                return whole
        return None

    def _long_text(self, texts: Iterable[tuple[str, Mapping[str, str]]]) -> str | dict[str, str] | None:
        """Return the first text that is not blank; None if all are blank.

        If the text is in several languages, return it as a dict such as ``{"en": "…", "zh": "…"}``.

        Args:
            texts: pairs of a text and the same text by language.
        """
        for text, versions in texts:
            if versions and (found := self._texts.long_versions(text, versions, self._language)):
                return found
            if text and not versions and (plain := self._texts.plain(text)):
                return plain
        return None


def _field_reader(name: str, read: Callable[[str], str | None]) -> Field:
    return name, Event._fields.index(name), read


def _read(content: Content, fields: Iterable[Field], events: Iterable[tuple[Any, ...]]) -> None:
    """Set fields of a session, each to the first value that one of its events has for it.

    Args:
        content: the field values of the session, changed in place.
        fields: the fields to set; see :data:`Field`.
        events: the events of the session.
    """
    for field, index, read in fields:
        for event in events:
            text = event[index]
            if text and (value := read(text)):
                content[field] = value
                break


def _recorded(events: Iterable[Event]) -> bool | None:
    """Return whether a recording will be published; None if no event states it.

    If several events state it, the first is used.
    """
    for event in events:
        if event.recorded is not None:
            return event.recorded
    return None


def _slot(occurrence: Occurrence, room: str) -> Content:
    return {"day": occurrence.day, "start": occurrence.start, "end": occurrence.end, "room": room or None}


def untitled(language: str) -> str:
    """Return the placeholder for a missing title in ``language``, such as ``Untitled``."""
    return "未命名场次" if language.partition("-")[0] == "zh" else "Untitled"


def validation_problems(error: ValidationError, within: str = "") -> list[tuple[str, str]]:
    """Return the errors in pydantic's ``error`` as pairs of a path and a message.

    Args:
        error: the error.
        within: a text to put before each path, such as ``sessions.3.``.
    """
    faults = error.errors(include_url=False)
    return [(within + ".".join(map(str, fault["loc"])), fault["msg"]) for fault in faults]
