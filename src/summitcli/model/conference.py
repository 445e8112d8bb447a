"""What a conference is: its days, its zone, and every fact that it states about itself.

The texts that all of a schedule is made of are here, too.
"""

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
"""Short lower-case ASCII words joined by hyphens."""

Words = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]
"""A string that is not blank."""

Color = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]


class Frozen(BaseModel):
    """A model that can't be changed, and takes no key that is not declared."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        allow_inf_nan=False,
        serialize_by_alias=True,
    )


class Text(RootModel[Words | dict[Language, Words]]):
    """One string, in one or several languages.

    Either a plain string, which is in the conference's own language, or a map of language tags to strings,
    which then includes the conference's own language.
    """

    model_config = ConfigDict(frozen=True, strict=True)

    def by_language(self, own: str) -> dict[str, str]:
        """Return every version of the text; a plain string is in the language ``own``."""
        return {own: self.root} if isinstance(self.root, str) else dict(self.root)

    def own(self, language: str) -> str:
        """Return the text in ``language``, the conference's own.

        Raises:
            KeyError: the map lacks that language, which no validated schedule does.
        """
        return self.root if isinstance(self.root, str) else self.root[language]


class Period(Frozen):
    """A stretch of days, both ends included."""

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
    """One number that the conference publishes about itself."""

    id: Slug
    label: Text
    """What is counted."""
    text: Text
    """The number with its unit and qualifier, as it is published."""
    number: int | float
    """The number alone, in ``unit``s; a share is a fraction of 1."""
    qualifier: Literal["over", "nearly", "reached", "about"] | None = None
    """How the published number stands to the true one; null where it is given as exact."""
    unit: Text | None = None
    year: int | None = None
    """The year the number is of, where it is given."""
    topic: Slug | None = None
    """The ``id`` of the topic it belongs to."""


class Topic(Frozen):
    """What the conference says of itself on one subject."""

    id: Slug
    title: Text
    statements: tuple[Text, ...] = ()


class Translation(Frozen):
    """Where the texts of one language come from."""

    language: Language
    official: bool
    """Whether the conference itself published them."""
    note: Text | None = None


class Conference(Frozen):
    """The conference as a whole, and every fact it states about itself."""

    id: Slug
    title: Text
    acronym: str | None = None
    language: Language
    """The conference's own language, which every text has."""
    time_zone: str
    """An IANA time zone name; it decides what a day is."""
    start: date
    """The first day of the schedule."""
    end: date
    """The last day of the schedule."""
    announced: Period | None = None
    """The days on which the conference says it is held, where they differ from the schedule's."""
    rooms: tuple[Words, ...] = ()
    """Its rooms in its own order; those that are not among them come after, by the alphabet."""
    outside: Annotated[int, Field(ge=0)] = 0
    """How many events its source has beyond these days, which are longer apart than a conference can last."""
    url: str | None = None
    place: Text | None = None
    headline: Text | None = None
    theme: Text | None = None
    hosts: tuple[Text, ...] = ()
    organisers: tuple[Text, ...] = ()
    positioning: tuple[Text, ...] = ()
    """What the conference means to be."""
    segments: tuple[Text, ...] = ()
    """The parts of its programme, as it names them."""
    activities: tuple[Text, ...] = ()
    """What goes on beside the programme."""
    platforms: tuple[Text, ...] = ()
    """Its online platforms."""
    topics: tuple[Topic, ...] = ()
    figures: tuple[Figure, ...] = ()
    notice: Text | None = None
    """What a reader of the schedule must be told."""
    source: Text | None = None
    """Who the published data come from."""

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
                _("a conference is held from {first} to {last}, not from {start} to {end}"),
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
        """The time zone itself."""
        return ZoneInfo(self.time_zone)


@cache
def time_zones() -> frozenset[str]:
    """Return the names of all time zones, which are looked up in a folder of files."""
    return frozenset(available_timezones())
