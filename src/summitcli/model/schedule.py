"""The models of a schedule, its categories and sessions, and the rules that they must follow."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from operator import attrgetter
from typing import Annotated, Any, Literal, Self, get_args
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BaseModel, Field, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from summitcli.i18n import _
from summitcli.model.conference import (
    LONGEST_CONFERENCE,
    Color,
    Conference,
    Frozen,
    Slug,
    Text,
    Translation,
    Words,
)

_NOTHING = timedelta()
_MAX_DAYS_APART = 4
"""A start is invalid in every time zone if its date is more than this number of days from its slot's day."""


class Category(Frozen):
    """A category of sessions; other formats call it a track."""

    id: Slug
    name: Text
    color: Color | None = None


class Slot(Frozen):
    """A time and place at which a session takes place.

    It has only a day if no times are published, otherwise a day and two instants. The day is a conference
    day: a slot that starts after midnight may belong to the day before.
    """

    day: date
    start: AwareDatetime | None = None
    end: AwareDatetime | None = None
    room: Words | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        start, end = self.start, self.end
        if start and end and _NOTHING <= end - start <= LONGEST_CONFERENCE:
            return self
        if (self.start is None) != (self.end is None):
            raise PydanticCustomError("half_a_time", _("start and end must both be given, or neither"))
        if self.start and self.end and self.end < self.start:
            raise PydanticCustomError(
                "end_before_start",
                _("the end ({end}) is before the start ({start})"),
                {"start": self.start.isoformat(), "end": self.end.isoformat()},
            )
        if self.start and self.end and self.end - self.start > LONGEST_CONFERENCE:
            raise PydanticCustomError(
                "too_long",
                _("from {start} to {end} is more than {days} days"),
                {
                    "start": self.start.isoformat(),
                    "end": self.end.isoformat(),
                    "days": LONGEST_CONFERENCE.days,
                },
            )
        return self


class Link(Frozen):
    """A link to more about a session or a speaker."""

    url: Words
    title: str | None = None
    kind: Words | None = None
    """The kind of the link's target, such as ``stream``, ``recording`` or ``slides``; null if unknown."""


class Speaker(Frozen):
    """The details of a speaker. Sessions have only the names of their speakers."""

    name: Text
    """The name; in the conference's own language it must be the same text as in ``speakers`` of sessions."""
    biography: Text | None = None
    links: tuple[Link, ...] = ()


class Session(Frozen):
    """A session, which takes place in one or more slots."""

    id: Slug
    guid: str | None = None
    """The publisher's identifier, such as a UUID."""
    title: Text
    subtitle: Text | None = None
    category: Slug | None = None
    type: Words | None = None
    """The type of session, such as ``talk`` or ``workshop``, if that is not its category."""
    slots: Annotated[tuple[Slot, ...], Field(min_length=1)]
    speakers: tuple[Words, ...] = ()
    language: str | None = None
    """The language in which the session is held."""
    url: str | None = None
    abstract: Text | None = None
    description: Text | None = None
    links: tuple[Link, ...] = ()
    recorded: bool | None = None
    """True if a recording will be published, false if not; null if unknown."""
    status: Words | None = None
    """The status, such as ``tentative`` or ``rescheduled``; null if the session takes place as usual."""
    level: Words | None = None
    """The level of knowledge that the session expects, such as ``beginner``."""
    tags: tuple[Words, ...] = ()
    feedback_url: Words | None = None
    """The page on which attendees comment on the session."""


class Outline(Frozen):
    """A schedule without its sessions. The sessions can be read separately, one by one."""

    format: Literal["summit-schedule/1"]
    """The name and version of the format."""
    json_schema: Annotated[str | None, Field(alias="$schema")] = None
    """The URL of the JSON Schema, for editors."""
    version: str | None = None
    """The publisher's version of the schedule."""
    revised: date | AwareDatetime | None = None
    """The time of the schedule's last change, if known; used as the time stamp of calendars."""
    translations: tuple[Translation, ...] = ()
    conference: Conference
    categories: tuple[Category, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    """The speakers who have more than a name, such as a biography."""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if faults := list(self._faults()):
            raise ValidationError.from_exception_data(type(self).__name__, faults)
        return self

    def _faults(self) -> Iterator[InitErrorDetails]:
        yield from _repeated_ids(self)
        yield from _repeated_speakers(self)
        yield from _unknown_topics(self.conference)
        yield from _missing_languages(self, self.conference.language, ())


class Schedule(Outline):
    """A conference and its programme."""

    sessions: tuple[Session, ...] = ()

    def _faults(self) -> Iterator[InitErrorDetails]:
        yield from super()._faults()
        check = SessionCheck(self)
        for number, session in enumerate(self.sessions):
            yield from check.faults(number, session)


ValuePath = tuple[str | int, ...]
"""The path to a value in a schedule, such as ``("sessions", 3, "title")``."""


_TEXTS_OF_SESSIONS = tuple(
    name
    for name, field in Session.model_fields.items()
    if Text in (field.annotation, *get_args(field.annotation))
)

_texts_of = attrgetter(*_TEXTS_OF_SESSIONS)


class SessionCheck:
    """A check of the rules that a session must follow beside the types of its fields.

    For example, its ID must be unique, and its category must exist.

    Args:
        outline: the schedule without its sessions, such as the conference and the categories.
    """

    def __init__(self, outline: Outline) -> None:
        self._conference = outline.conference
        self._categories = {category.id for category in outline.categories}
        self._positions: dict[str, int] = {}
        # Not a method, so that the IDs of all sessions are freed at once, without the garbage collector.
        self._is_within = lru_cache(maxsize=4096)(partial(_lies_within, outline.conference))

    def faults(self, number: int, session: Session) -> list[InitErrorDetails]:
        """Return the errors of ``session``, which is number ``number`` in the list, counted from 0."""
        if self._is_faultless(number, session):
            return []
        where = ("sessions", number)
        return [
            *_duplicate_ids(self._positions, session.id, where),
            *self._unknown_category(session, where),
            *self._misplaced_slots(session, where),
            *self._missing_languages(session, where),
        ]

    def _is_faultless(self, number: int, session: Session) -> bool:
        """Return whether a quick check shows that a session has no errors, as is the case for nearly all.

        The result may be False for a session without errors. ``number`` is as in :meth:`faults`.
        """
        if self._positions.setdefault(session.id, number) != number:
            return False
        if session.category is not None and session.category not in self._categories:
            return False
        for text in _texts_of(session):
            if text is not None and not isinstance(text.root, str):
                return False
        for slot in session.slots:
            if not self._is_within(slot.day, slot.start, slot.start.fold if slot.start else 0):
                return False
        return True

    def _missing_languages(self, session: Session, where: ValuePath) -> Iterator[InitErrorDetails]:
        for name in _TEXTS_OF_SESSIONS:
            text: Text | None = getattr(session, name)
            if text is not None and isinstance(text.root, dict):
                yield from _missing_languages(text, self._conference.language, (*where, name))

    def _unknown_category(self, session: Session, where: ValuePath) -> Iterator[InitErrorDetails]:
        if session.category is not None and session.category not in self._categories:
            yield _fault(
                "unknown_category",
                (*where, "category"),
                session.category,
                _('no category has the ID "{id}"'),
                id=session.category,
            )

    def _misplaced_slots(self, session: Session, where: ValuePath) -> Iterator[InitErrorDetails]:
        """Yield an error for each slot whose day is outside the conference, or which starts on another day.

        A slot may start on its day or in the night after it.
        """
        conference = self._conference
        for number, slot in enumerate(session.slots):
            if not conference.start <= slot.day <= conference.end:
                yield _fault(
                    "outside_conference",
                    (*where, "slots", number, "day"),
                    slot.day,
                    _("{day} is outside the conference, {start} to {end}"),
                    day=str(slot.day),
                    start=str(conference.start),
                    end=str(conference.end),
                )
            elif slot.start and not _begins_on(slot.start, slot.day, conference.zone):
                yield _fault(
                    "start_on_another_day",
                    (*where, "slots", number, "start"),
                    slot.start,
                    _("{start} is neither on {day} nor in the night after it, in {zone}"),
                    start=slot.start.isoformat(),
                    day=str(slot.day),
                    zone=conference.time_zone,
                )


def _lies_within(conference: Conference, day: date, start: datetime | None, _fold: int) -> bool:
    """Return whether a slot is on a day of the conference and starts on its day.

    The results are cached by the arguments. ``_fold`` is one of them, since the cache takes datetimes that
    differ only in ``fold`` for equal.
    """
    is_in_time = conference.start <= day <= conference.end
    return is_in_time and (start is None or _begins_on(start, day, conference.zone))


def _begins_on(start: datetime, day: date, zone: ZoneInfo) -> bool:
    """Return whether a start is on ``day`` or in the night after it, in the conference's time zone."""
    # Converting a time near the limits of datetime would overflow.
    if abs((start.date() - day).days) > _MAX_DAYS_APART:
        return False
    return (start.astimezone(zone).date() - day).days in (0, 1)


def _fault(kind: str, where: ValuePath, value: object, sentence: str, **words: Any) -> InitErrorDetails:
    return InitErrorDetails(type=PydanticCustomError(kind, sentence, words), loc=where, input=value)


def _duplicate_ids(positions: dict[str, int], id_: str, where: ValuePath) -> Iterator[InitErrorDetails]:
    """Yield an error if an earlier entry of a list has the same ID.

    Args:
        positions: the positions of the earlier entries, by ID; the position of this entry is added.
        id_: the entry's ID.
        where: the path to the entry, which ends with its position.
    """
    *_path, name, position = where
    earlier = positions.setdefault(id_, int(position))
    if earlier != position:
        yield _fault(
            "repeated_id",
            (*where, "id"),
            id_,
            _('the ID "{id}" is already used by {earlier}'),
            id=id_,
            earlier=f"{name}[{earlier}]",
        )


def _repeated_ids(outline: Outline) -> Iterator[InitErrorDetails]:
    """Yield an error for each category, topic or figure (number) with the same ID as an earlier one."""
    lists: dict[tuple[str, ...], Any] = {
        ("categories",): outline.categories,
        ("conference", "topics"): outline.conference.topics,
        ("conference", "figures"): outline.conference.figures,
    }
    for path, entries in lists.items():
        positions: dict[str, int] = {}
        for position, entry in enumerate(entries):
            yield from _duplicate_ids(positions, entry.id, (*path, position))


def _repeated_speakers(outline: Outline) -> Iterator[InitErrorDetails]:
    """Yield an error for each speaker who is listed twice."""
    own = outline.conference.language
    positions: dict[str, int] = {}
    for position, speaker in enumerate(outline.speakers):
        # A name without the conference's own language is an error of its own.
        name = speaker.name.by_language(own).get(own)
        if name is not None and (earlier := positions.setdefault(name, position)) != position:
            yield _fault(
                "repeated_speaker",
                ("speakers", position, "name"),
                name,
                _('the speaker "{name}" is already listed by {earlier}'),
                name=name,
                earlier=f"speakers[{earlier}]",
            )


def _unknown_topics(conference: Conference) -> Iterator[InitErrorDetails]:
    """Yield an error for each figure (a published number) whose topic is not defined."""
    topics = {topic.id for topic in conference.topics}
    for position, figure in enumerate(conference.figures):
        if figure.topic is not None and figure.topic not in topics:
            yield _fault(
                "unknown_topic",
                ("conference", "figures", position, "topic"),
                figure.topic,
                _('no topic has the ID "{id}"'),
                id=figure.topic,
            )


def _missing_languages(value: BaseModel, own: str, where: ValuePath) -> Iterator[InitErrorDetails]:
    """Yield an error for each text in several languages that lacks ``own``, the conference's own language.

    Args:
        value: the model that contains the texts.
        own: the tag of the language.
        where: the path to ``value``.
    """
    for place, text in _texts(value, where):
        if own not in text.by_language(own):
            yield _fault(
                "missing_language",
                place,
                text.root,
                _('missing text in the conference\'s own language, "{language}"'),
                language=own,
            )


def _texts(value: object, where: ValuePath) -> Iterator[tuple[ValuePath, Text]]:
    """Yield each :class:`Text` in ``value`` with its path, except the texts of sessions."""
    if isinstance(value, Text):
        yield where, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name != "sessions":
                yield from _texts(getattr(value, name), (*where, name))
    elif isinstance(value, tuple):
        for position, entry in enumerate(value):
            yield from _texts(entry, (*where, position))
