"""The models of a conference and of texts in several languages."""

from datetime import date, timedelta
from functools import cache
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    RootModel,
    StringConstraints,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from summitcli.i18n import _
from summitcli.text.days import FIRST_YEAR, LAST_YEAR
from summitcli.text.ids import ID

LONGEST_CONFERENCE = timedelta(days=366)

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
"""A BCP 47 language tag, such as ``zh`` or ``pt-BR``."""

Slug = Annotated[str, StringConstraints(pattern=f"^{ID}$", max_length=100)]
"""An ID of lower-case ASCII words and digits joined by hyphens."""

Words = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]
"""A non-blank string."""

Color = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]


class Frozen(BaseModel):
    """A base class for immutable models that accept only declared keys."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        allow_inf_nan=False,
        serialize_by_alias=True,
    )


class Text(RootModel[Words | dict[Language, Words]]):
    """A text in one or several languages.

    It is a plain string in the conference's own language, or an object with a string for each language tag:
    ``{"en": "Forum", "zh": "论坛"}``. The object must include the conference's own language.
    """

    model_config = ConfigDict(frozen=True, strict=True)

    def by_language(self, own: str) -> dict[str, str]:
        """Return the text in each of its languages; a plain string is in the language ``own``."""
        return {own: self.root} if isinstance(self.root, str) else dict(self.root)

    def own(self, language: str) -> str:
        """Return the text in ``language``, the conference's own.

        Raises:
            KeyError: the text is not available in ``language``, which can't happen in a validated schedule.
        """
        return self.root if isinstance(self.root, str) else self.root[language]


class Period(Frozen):
    """A range of days, both ends included."""

    start: date
    end: date

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.end < self.start:
            raise PydanticCustomError(
                "end_before_start",
                _("the end ({end}) is before the start ({start})"),
                {"start": str(self.start), "end": str(self.end)},
            )
        return self


class Figure(Frozen):
    """A number that the conference publishes about itself."""

    id: Slug
    label: Text
    """The subject of the number, such as what it counts or measures."""
    text: Text
    """The number with its unit and qualifier, as published."""
    number: int | float
    """The number alone, in units of ``unit``; a percentage is a fraction of 1, such as 0.12 for 12 %."""
    qualifier: Literal["over", "nearly", "reached", "about"] | None = None
    """The precision of the published number; null if it is exact."""
    unit: Text | None = None
    year: int | None = None
    """The year that the number refers to, if given."""
    topic: Slug | None = None
    """The ``id`` of the topic that the number belongs to."""


class Topic(Frozen):
    """A topic, such as previous editions of the conference, and what the organisers say about it."""

    id: Slug
    title: Text
    statements: tuple[Text, ...] = ()


class Translation(Frozen):
    """A statement of who wrote a schedule's texts in one language: the conference, or somebody else."""

    language: Language
    official: bool
    """True if the conference itself published the texts."""
    note: Text | None = None


class Conference(Frozen):
    """The conference: its title, dates and time zone, and facts about it, such as its theme and hosts."""

    id: Slug
    title: Text
    acronym: str | None = None
    language: Language
    """The conference's own language; every text is available in it."""
    time_zone: str
    """The IANA name of the time zone, which determines where days begin and end."""
    start: date
    """The first day of the schedule."""
    end: date
    """The last day of the schedule."""
    announced: Period | None = None
    """The days of the conference as announced, if they differ from those of the schedule."""
    rooms: tuple[Words, ...] = ()
    """The rooms in the order of the source.

    Rooms that are not listed here follow in natural order (room 2 before room 10).
    """
    outside: Annotated[int, Field(ge=0)] = 0
    """The number of events in the source too far from ``start`` and ``end`` to belong to the conference."""
    url: str | None = None
    place: Text | None = None
    headline: Text | None = None
    theme: Text | None = None
    hosts: tuple[Text, ...] = ()
    organisers: tuple[Text, ...] = ()
    positioning: tuple[Text, ...] = ()
    """The purpose of the conference."""
    segments: tuple[Text, ...] = ()
    """The parts of the programme, such as an opening ceremony, forums and an exhibition."""
    activities: tuple[Text, ...] = ()
    """The activities beside the programme where participants meet, such as talks in the evening."""
    platforms: tuple[Text, ...] = ()
    """The names of the conference's online platforms."""
    topics: tuple[Topic, ...] = ()
    figures: tuple[Figure, ...] = ()
    notice: Text | None = None
    """A notice for readers of the schedule."""
    source: Text | None = None
    """The publisher of the data."""

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        if name not in time_zones():
            raise PydanticCustomError("time_zone", _('no time zone named "{name}"'), {"name": name})
        return name

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.end < self.start:
            raise PydanticCustomError(
                "end_before_start",
                _("the end ({end}) is before the start ({start})"),
                {"start": str(self.start), "end": str(self.end)},
            )
        if self.start.year < FIRST_YEAR or self.end.year > LAST_YEAR:
            raise PydanticCustomError(
                "out_of_time",
                _("{start} to {end} is not within the years {first} to {last}"),
                {"first": FIRST_YEAR, "last": LAST_YEAR, "start": str(self.start), "end": str(self.end)},
            )
        if self.end - self.start >= LONGEST_CONFERENCE:
            raise PydanticCustomError(
                "too_long",
                _("from {start} to {end} is more than {days} days"),
                {"start": str(self.start), "end": str(self.end), "days": LONGEST_CONFERENCE.days},
            )
        return self

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone that :attr:`time_zone` names."""
        return ZoneInfo(self.time_zone)


@cache
def time_zones() -> frozenset[str]:
    """Return the names of all time zones; cached, as they are read from a directory."""
    return frozenset(available_timezones())
