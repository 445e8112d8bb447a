"""What a published schedule says, as far as it says it: the ground between a format and the model.

A reader of a foreign format turns each of its events into an :class:`Event` and what it says of the whole
into a :class:`Draft`, leaving empty what is missing and changing nothing. What all formats have in common is
settled afterwards, once, in :mod:`summitcli.formats.assembly`: time zones, days, ids, categories, texts.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import NamedTuple

from summitcli.formats.findings import Findings


class DraftLink(NamedTuple):
    """Something to read or see about an event, as the source gives it."""

    url: str
    title: str = ""


class Track(NamedTuple):
    """A track that the source defines for the whole conference; empty where it does not say."""

    name: str
    slug: str = ""
    color: str = ""
    """Such as ``#f9b000``; anything else is left out."""
    names: Mapping[str, str] = {}
    """By language tag, where the source gives it in several."""


_LATER = frozenset(("length", "status"))
"""Fields of events that came later, on which ids must not depend."""


class Event(NamedTuple):
    """One event of a published schedule. Empty strings and None stand for what the source does not say.

    Texts are as the source has them, HTML and blanks included.
    """

    where: str
    """Its place in the document, for messages: ``schedule.conference.days[0].rooms["Ada"][3]``."""
    line: int | None = None
    """The line it begins on, counted from 1, where that is known."""
    identity: str | None = None
    """What stays the same in every publication: the guid, else the code, else the id. Events of one identity
    are slots of one session where title and speakers agree. None is shared with no other event."""
    names: tuple[str, ...] = ()
    """What the session's id may be made of, best first, such as a code or a number; a slug is made of it."""
    guid: str = ""
    title: str = ""
    titles: Mapping[str, str] = {}
    """The title by language tag, where the source gives it in several."""
    subtitle: str = ""
    abstract: str = ""
    description: str = ""
    start: datetime | None = None
    """With its offset, or without one where it is the local time of the conference."""
    end: datetime | None = None
    """Likewise. None where the source says no end, and where ``length`` says it."""
    clock: str = ""
    """The local time of the start as ``H:MM``, where the source writes it beside an instant."""
    day: date | None = None
    """The conference's day that the source has it under, which may begin before and end after midnight."""
    days: tuple[date, ...] = ()
    """The days that it lasts, where the source gives days and no clock times; then there is no start."""
    room: str = ""
    track: str = ""
    type: str = ""
    language: str = ""
    speakers: tuple[str, ...] = ()
    url: str = ""
    """May be relative to the draft's ``base_url``."""
    links: tuple[DraftLink, ...] = ()
    recorded: bool | None = None
    length: timedelta | None = None
    """How long it lasts in real time, where the source says that of a local time and no end."""
    status: str = ""
    """How sure it is, in small letters, where it is neither confirmed nor cancelled."""

    def written(self) -> str:
        """Return all that the source says of it, wherever it stands there; ids depend on this text."""
        end = self.end
        if self.start and self.length is not None:
            # A length may lead beyond the end of all time, or before its beginning.
            with suppress(OverflowError):
                end = self.start + self.length
        said = self._replace(where="", line=None, end=end)._asdict()
        return f"Event({', '.join(f'{name}={said[name]!r}' for name in said if name not in _LATER)})"


class DraftDay(NamedTuple):
    """A day that the source defines."""

    day: date
    start: datetime | None = None
    """When it begins, which tells its date where ``day`` contradicts it."""
    end: datetime | None = None
    """When it ends, often in the next morning."""
    where: str = ""
    """Its place in the document, as for events."""
    line: int | None = None


class Draft(NamedTuple):
    """A whole published schedule. Empty strings and None stand for what the source does not say."""

    events: Sequence[Event]
    """Of a large schedule what :func:`summitcli.formats.spooled.spooled` gives, which holds few in memory."""
    findings: Findings
    """What the reader found odd; assembly adds to it."""
    id: str = ""
    """The conference's id, where the source was written by this program."""
    title: str = ""
    titles: Mapping[str, str] = {}
    acronym: str = ""
    language: str = ""
    time_zone: str = ""
    """The name of a time zone, known or not."""
    start: date | None = None
    end: date | None = None
    days: tuple[DraftDay, ...] = ()
    tracks: tuple[Track, ...] = ()
    rooms: tuple[str, ...] = ()
    url: str = ""
    base_url: str = ""
    place: str = ""
    places: tuple[str, ...] = ()
    """What else says where it is held, such as a country, a city or an address; it may tell the time zone."""
    version: str = ""
    exact: bool = False
    """Whether it tells days without clock times from times from one midnight to another."""
    revised: date | datetime | None = None
    """When the schedule was last changed."""
    cancelled: frozenset[str] = frozenset()
    """The guids of events that the source has, and says to be cancelled."""
