"""What a schedule is: a conference, its categories and sessions, and what holds among them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import Annotated, Any, Literal, Self, get_args

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

_WIDEST = 4
"""How many days a slot's day and the date of its start as written can be apart, whatever the offset."""


class Category(Frozen):
    """A kind of session; the track of other formats."""

    id: Slug
    name: Text
    color: Color | None = None


class Slot(Frozen):
    """When and where a session is held, once.

    Either a day alone, where no clock time is published, or a day and a pair of instants. The day is the
    conference's: a slot that starts after midnight may still belong to the evening before.
    """

    day: date
    start: AwareDatetime | None = None
    end: AwareDatetime | None = None
    room: Words | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        start, end = self.start, self.end
        if start and end and timedelta() <= end - start <= LONGEST_CONFERENCE:
            return self
        if (self.start is None) != (self.end is None):
            raise PydanticCustomError("half_a_time", _("start and end go together: give both or neither"))
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
    """Something to read or see about a session."""

    url: Words
    title: str | None = None


class Session(Frozen):
    """One event of the programme, held in one slot or several."""

    id: Slug
    guid: str | None = None
    """The identifier that the publisher's own program gives it, such as a UUID."""
    title: Text
    subtitle: Text | None = None
    category: Slug | None = None
    type: Words | None = None
    """What kind of session it is, such as ``talk`` or ``workshop``, where that is not its category."""
    slots: Annotated[tuple[Slot, ...], Field(min_length=1)]
    speakers: tuple[Words, ...] = ()
    language: str | None = None
    """The language it is held in."""
    url: str | None = None
    abstract: Text | None = None
    description: Text | None = None
    links: tuple[Link, ...] = ()
    recorded: bool | None = None
    """Whether a recording will be published; null where that is not said."""
    status: Words | None = None
    """How sure it is, where it is not simply held, such as ``tentative`` or ``rescheduled``."""


class Outline(Frozen):
    """A schedule without its sessions, which may be many and come one by one."""

    format: Literal["summit-schedule/1"]
    """Marks the file as a schedule of this format."""
    json_schema: Annotated[str | None, Field(alias="$schema")] = None
    """Where the schema of the format is, for editors that look there."""
    version: str | None = None
    """The publisher's own name for this state of the schedule."""
    revised: date | AwareDatetime | None = None
    """When the schedule was last changed, where that is published; calendars are stamped with it."""
    translations: tuple[Translation, ...] = ()
    conference: Conference
    categories: tuple[Category, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if faults := list(self._faults()):
            raise ValidationError.from_exception_data(type(self).__name__, faults)
        return self

    def _faults(self) -> Iterator[InitErrorDetails]:
        yield from _repeated_ids(self)
        yield from _stray_topics(self.conference)
        yield from _missing_languages(self, self.conference.language, ())


class Schedule(Outline):
    """A conference and its programme."""

    sessions: tuple[Session, ...] = ()

    def _faults(self) -> Iterator[InitErrorDetails]:
        yield from super()._faults()
        check = SessionCheck(self)
        for number, session in enumerate(self.sessions):
            yield from check.faults(number, session)


Where = tuple[str | int, ...]
"""A place in a schedule, as the steps to it."""


_TEXTS_OF_SESSIONS = tuple(
    name
    for name, field in Session.model_fields.items()
    if Text in (field.annotation, *get_args(field.annotation))
)

_texts_of = attrgetter(*_TEXTS_OF_SESSIONS)


class SessionCheck:
    """What a session must fulfil among the others of its schedule; asked of each in turn.

    Args:
        outline: the schedule that they are of.
    """

    def __init__(self, outline: Outline) -> None:
        self._conference = outline.conference
        self._zone = outline.conference.zone
        self._categories = {category.id for category in outline.categories}
        self._positions: dict[str, int] = {}
        self._is_within = lru_cache(maxsize=4096)(self._lies_within)

    def faults(self, number: int, session: Session) -> list[InitErrorDetails]:
        """Return what is wrong with ``session``, which is at ``number`` in the list, counted from 0."""
        if self._is_faultless(number, session):
            return []
        where = ("sessions", number)
        return [
            *_taken(self._positions, session.id, where),
            *self._stray_category(session, where),
            *self._stray_slots(session, where),
            *self._missing_languages(session, where),
        ]

    def _is_faultless(self, number: int, session: Session) -> bool:
        """Return whether nothing is wrong with a session, as with nearly all."""
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

    def _missing_languages(self, session: Session, where: Where) -> Iterator[InitErrorDetails]:
        for name in _TEXTS_OF_SESSIONS:
            text: Text | None = getattr(session, name)
            if text is not None and isinstance(text.root, dict):
                yield from _missing_languages(text, self._conference.language, (*where, name))

    def _stray_category(self, session: Session, where: Where) -> Iterator[InitErrorDetails]:
        if session.category is not None and session.category not in self._categories:
            yield _fault(
                "unknown_category",
                (*where, "category"),
                session.category,
                _('no category has the id "{id}"'),
                id=session.category,
            )

    def _stray_slots(self, session: Session, where: Where) -> Iterator[InitErrorDetails]:
        """Yield every slot outside the conference, and every start neither on its day nor in its night."""
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
            elif slot.start and not self._begins_on(slot.start, slot.day):
                yield _fault(
                    "start_on_another_day",
                    (*where, "slots", number, "start"),
                    slot.start,
                    _("{start} is neither on {day} nor in the night after it, in {zone}"),
                    start=slot.start.isoformat(),
                    day=str(slot.day),
                    zone=conference.time_zone,
                )

    def _lies_within(self, day: date, start: datetime | None, _fold: int) -> bool:
        """Return whether a slot is one of the conference; many have the same day and start.

        Two datetimes of one zone are equal though one is an hour later, where the clock repeats that hour.
        """
        is_in_time = self._conference.start <= day <= self._conference.end
        return is_in_time and (start is None or self._begins_on(start, day))

    def _begins_on(self, start: datetime, day: date) -> bool:
        """Return whether a start is on ``day`` or in the night after it, in the conference's zone."""
        # What is days away in any time zone may be at an end of all time, where no zone can be asked.
        if abs((start.date() - day).days) > _WIDEST:
            return False
        return (start.astimezone(self._zone).date() - day).days in (0, 1)


def _fault(kind: str, where: Where, value: object, sentence: str, **words: Any) -> InitErrorDetails:
    return InitErrorDetails(type=PydanticCustomError(kind, sentence, words), loc=where, input=value)


def _taken(positions: dict[str, int], id_: str, where: Where) -> Iterator[InitErrorDetails]:
    """Yield a fault if an earlier entry of the list has that id; ``where`` ends with the entry's position."""
    *_path, name, position = where
    earlier = positions.setdefault(id_, int(position))
    if earlier != position:
        yield _fault(
            "repeated_id",
            (*where, "id"),
            id_,
            _('the id "{id}" is taken already by {earlier}'),
            id=id_,
            earlier=f"{name}[{earlier}]",
        )


def _repeated_ids(outline: Outline) -> Iterator[InitErrorDetails]:
    """Yield every id that an earlier entry of the same list has already."""
    lists: dict[tuple[str, ...], Any] = {
        ("categories",): outline.categories,
        ("conference", "topics"): outline.conference.topics,
        ("conference", "figures"): outline.conference.figures,
    }
    for path, entries in lists.items():
        positions: dict[str, int] = {}
        for position, entry in enumerate(entries):
            yield from _taken(positions, entry.id, (*path, position))


def _stray_topics(conference: Conference) -> Iterator[InitErrorDetails]:
    """Yield every topic that is referred to and not defined."""
    topics = {topic.id for topic in conference.topics}
    for position, figure in enumerate(conference.figures):
        if figure.topic is not None and figure.topic not in topics:
            yield _fault(
                "unknown_topic",
                ("conference", "figures", position, "topic"),
                figure.topic,
                _('no topic has the id "{id}"'),
                id=figure.topic,
            )


def _missing_languages(value: BaseModel, own: str, where: Where) -> Iterator[InitErrorDetails]:
    """Yield every text in several languages that lacks the conference's own."""
    for place, text in _texts(value, where):
        if own not in text.by_language(own):
            yield _fault(
                "missing_language",
                place,
                text.root,
                _('the text is not given in the conference\'s own language, "{language}"'),
                language=own,
            )


def _texts(value: object, where: Where) -> Iterator[tuple[Where, Text]]:
    """Yield every text below ``value`` but those of sessions, with its path."""
    if isinstance(value, Text):
        yield where, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name != "sessions":
                yield from _texts(getattr(value, name), (*where, name))
    elif isinstance(value, tuple):
        for position, entry in enumerate(value):
            yield from _texts(entry, (*where, position))
