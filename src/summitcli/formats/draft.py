"""The draft of a published schedule: the data as the source has it, before it becomes a schedule of ours.

The reader of a format turns each event into an :class:`Event`, and everything else about the conference into
a :class:`Draft`. It changes nothing, and leaves empty what is missing. :mod:`summitcli.formats.assembly` then
does what all formats need: time zones, days, IDs, categories, texts.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import NamedTuple

from summitcli.formats.findings import Findings


class DraftLink(NamedTuple):
    """A link of an event, as the source has it."""

    url: str
    title: str = ""
    kind: str = ""
    """The kind of the page or file: ``stream``, ``recording``, ``slides`` …; empty if not stated."""

    def __repr__(self) -> str:
        """Return the link as text. IDs of sessions are made from it, so it must stay the same.

        That is why ``kind``, which was added after the first version, is not in it.
        """
        return f"DraftLink(url={self.url!r}, title={self.title!r})"


class Person(NamedTuple):
    """The details of a speaker, as the source has them. Mail addresses are not read."""

    name: str
    """The name in the conference's main language, as in :attr:`Event.speakers`."""
    names: Mapping[str, str] = {}
    """The name by language, such as ``{"zh": "李白"}``, if the source has it in several languages."""
    biography: str = ""
    biographies: Mapping[str, str] = {}
    """The biography by language, such as ``{"en": "…"}``, if the source has it in several languages."""
    links: tuple[DraftLink, ...] = ()


class Track(NamedTuple):
    """A track (category of sessions) that the source lists for the conference. Missing values are empty."""

    name: str
    slug: str = ""
    color: str = ""
    """The colour as the source has it. Only forms such as ``#f9b000`` and ``#fb0`` are used later."""
    names: Mapping[str, str] = {}
    """The track's name by language, such as ``{"zh": "论坛"}``, if the source has it in several languages."""


_LATER = frozenset(
    ("length", "status", "abstracts", "descriptions", "people", "level", "tags", "feedback_url")
)
"""The fields of :class:`Event` that its first version did not have. They are not used to make IDs.

So IDs that were made before these fields existed stay the same.
"""


class Event(NamedTuple):
    """One event of a published schedule. Missing values are empty strings or None.

    Texts are as the source has them, with HTML and white space.
    """

    where: str
    """The event's path in the source, such as ``schedule.conference.days[0].rooms["Ada"][3]``."""
    line: int | None = None
    """The line of the source on which the event begins, counted from 1; None if unknown."""
    identity: str | None = None
    """A text that stays the same when the schedule is published again: the GUID, else the code, else the ID.

    Events with the same identity, title and speakers become one session, which takes place at several times.
    An event whose identity is None is a session of its own.
    """
    names: tuple[str, ...] = ()
    """Texts, such as a code or a number, from which the session's ID can be made; the best comes first."""
    guid: str = ""
    title: str = ""
    titles: Mapping[str, str] = {}
    """The title by language, such as ``{"zh": "开幕式"}``, if the source has it in several languages."""
    subtitle: str = ""
    abstract: str = ""
    description: str = ""
    start: datetime | None = None
    """The start, None if unknown. It has a UTC offset, or is in the conference's local time."""
    end: datetime | None = None
    """The end, with a UTC offset if ``start`` has one; None if unknown, or if ``length`` is given instead."""
    clock: str = ""
    """The local start time as ``H:MM``, if the source gives it in addition to a start with a UTC offset."""
    day: date | None = None
    """The day under which the source lists the event. A conference day may extend past midnight."""
    days: tuple[date, ...] = ()
    """The days that the event lasts, if the source gives days without times; ``start`` is then None."""
    room: str = ""
    track: str = ""
    type: str = ""
    language: str = ""
    speakers: tuple[str, ...] = ()
    url: str = ""
    """The URL of the event's page, which may be relative to the draft's ``base_url``."""
    links: tuple[DraftLink, ...] = ()
    recorded: bool | None = None
    length: timedelta | None = None
    """The duration, if the source gives no end, and ``start`` has no UTC offset; otherwise None."""
    status: str = ""
    """The status in lower case, such as ``tentative``; empty for confirmed and for cancelled events."""
    abstracts: Mapping[str, str] = {}
    """The abstract by language, such as ``{"en": "…"}``, if the source has it in several languages."""
    descriptions: Mapping[str, str] = {}
    """The description by language, such as ``{"en": "…"}``, if the source has it in several languages."""
    people: tuple[Person, ...] = ()
    """The details of the event's speakers, if the source has them in the event itself."""
    level: str = ""
    """The level of knowledge that the event expects, such as ``beginner``."""
    tags: tuple[str, ...] = ()
    feedback_url: str = ""

    def written(self) -> str:
        """Return the event's content as a text to make IDs from.

        Its place in the source is not in the text.
        """
        end = self.end
        if self.start and self.length is not None:
            # The end may be out of the range of datetime.
            with suppress(OverflowError):
                end = self.start + self.length
        values = self._replace(where="", line=None, end=end)._asdict()
        return f"Event({', '.join(f'{name}={values[name]!r}' for name in values if name not in _LATER)})"


class DraftDay(NamedTuple):
    """A day that the source lists. It may begin or end at another time than midnight."""

    day: date
    start: datetime | None = None
    """The time at which the day begins. If its date is not ``day``, it may be used to correct ``day``."""
    end: datetime | None = None
    """The time when the day ends, often the next morning."""
    where: str = ""
    """The day's path in the source, such as ``schedule.conference.days[0]``."""
    line: int | None = None


class Draft(NamedTuple):
    """A schedule as a format's reader returns it, unprocessed. Missing values are empty or None."""

    events: Sequence[Event]
    """The events. Those of a large schedule are in a temporary file (:mod:`summitcli.formats.spooled`)."""
    findings: Findings
    """The problems that the reader found. :mod:`summitcli.formats.assembly` adds others."""
    id: str = ""
    """The conference's ID if this program wrote the source; otherwise empty."""
    title: str = ""
    titles: Mapping[str, str] = {}
    acronym: str = ""
    language: str = ""
    time_zone: str = ""
    """The name of the time zone as the source gives it. There may be no time zone with this name."""
    start: date | None = None
    end: date | None = None
    days: tuple[DraftDay, ...] = ()
    tracks: tuple[Track, ...] = ()
    rooms: tuple[str, ...] = ()
    url: str = ""
    base_url: str = ""
    place: str = ""
    places: tuple[str, ...] = ()
    """Texts about the place, such as a country, a city or an address, to find the time zone from."""
    version: str = ""
    exact: bool = False
    """False if an event from midnight to midnight is all-day; True if it really begins and ends then."""
    revised: date | datetime | None = None
    """The time at which the schedule was last changed, as the source states it."""
    cancelled: frozenset[str] = frozenset()
    """The GUIDs of events that the source marks as cancelled."""
    people: Sequence[Person] = ()
    """The details of the speakers that the source lists for the whole conference."""
