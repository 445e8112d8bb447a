"""The draft of a published schedule: its unprocessed data, between a format's reader and the model.

A reader of a foreign format turns each event into an :class:`Event` and everything about the conference into
a :class:`Draft`. It leaves empty what is missing and changes nothing. :mod:`summitcli.formats.assembly` then
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
    """The kind of the link's target: ``stream``, ``recording``, ``slides`` …; empty if not stated."""

    def __repr__(self) -> str:
        """Return the text from which IDs are derived; it lacks the kind, which was added later."""
        return f"DraftLink(url={self.url!r}, title={self.title!r})"


class Person(NamedTuple):
    """The details of a speaker in a source. Mail addresses are not read."""

    name: str
    """The name in the conference's own language, as in :attr:`Event.speakers`."""
    names: Mapping[str, str] = {}
    """The name by language tag, if the source has it in several languages."""
    biography: str = ""
    biographies: Mapping[str, str] = {}
    """The biography by language tag, if the source has it in several languages."""
    links: tuple[DraftLink, ...] = ()


class Track(NamedTuple):
    """A track (category of sessions) that the source defines for the conference; missing values are empty."""

    name: str
    slug: str = ""
    color: str = ""
    """The colour as the source has it; only forms such as ``#f9b000`` and ``#fb0`` are used."""
    names: Mapping[str, str] = {}
    """The track's name by language tag, if the source has it in several languages."""


_LATER = frozenset(
    ("length", "status", "abstracts", "descriptions", "people", "level", "tags", "feedback_url")
)
"""The fields of :class:`Event` that were added later, on which IDs must not depend."""


class Event(NamedTuple):
    """One event of a published schedule. Missing values are empty strings or None.

    Texts are unchanged, HTML and white space included.
    """

    where: str
    """The event's path in the source, such as ``schedule.conference.days[0].rooms["Ada"][3]``."""
    line: int | None = None
    """The line of the source on which the event begins, counted from 1; None if unknown."""
    identity: str | None = None
    """The text that stays the same when the schedule is published again: GUID, else code, else ID.

    Events with the same identity, title and speakers are slots of one session. If it is None, the event is a
    session of its own.
    """
    names: tuple[str, ...] = ()
    """Texts such as a code or a number from which the session's ID can be made, best first."""
    guid: str = ""
    title: str = ""
    titles: Mapping[str, str] = {}
    """The title by language tag, if the source has it in several languages."""
    subtitle: str = ""
    abstract: str = ""
    description: str = ""
    start: datetime | None = None
    """The start: an aware datetime, or a naive one in the conference's local time; None if unknown."""
    end: datetime | None = None
    """The end, in the form of ``start``; None if unknown, or if ``length`` is given instead."""
    clock: str = ""
    """The local start time as ``H:MM``, if the source gives it in addition to an instant."""
    day: date | None = None
    """The conference day under which the source lists the event; such a day may extend past midnight."""
    days: tuple[date, ...] = ()
    """The days that the event lasts, if the source has days without times; ``start`` is then None."""
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
    """The elapsed duration, if ``start`` is a local time and the source has a duration instead of an end."""
    status: str = ""
    """The status in lower case, such as ``tentative``; empty for confirmed and cancelled events."""
    abstracts: Mapping[str, str] = {}
    """The abstract by language tag, if the source has it in several languages."""
    descriptions: Mapping[str, str] = {}
    """The description by language tag, if the source has it in several languages."""
    people: tuple[Person, ...] = ()
    """The details of the event's speakers, if the source gives them with the event."""
    level: str = ""
    """The level of knowledge that the event expects, such as ``beginner``."""
    tags: tuple[str, ...] = ()
    feedback_url: str = ""

    def written(self) -> str:
        """Return the event's content as a text to make IDs from, without its place in the source."""
        end = self.end
        if self.start and self.length is not None:
            # The end may be out of the range of datetime.
            with suppress(OverflowError):
                end = self.start + self.length
        values = self._replace(where="", line=None, end=end)._asdict()
        return f"Event({', '.join(f'{name}={values[name]!r}' for name in values if name not in _LATER)})"


class DraftDay(NamedTuple):
    """A day that the source defines, which may begin or end at other times than midnight."""

    day: date
    start: datetime | None = None
    """The time when the day begins; it takes precedence if ``day`` is another date."""
    end: datetime | None = None
    """The time when the day ends, often the next morning."""
    where: str = ""
    """The day's path in the source, as for events."""
    line: int | None = None


class Draft(NamedTuple):
    """A whole schedule as a reader returns it, before it is assembled. Missing values are empty or None."""

    events: Sequence[Event]
    """The events; those of a large schedule are mostly on disk (:mod:`summitcli.formats.spooled`)."""
    findings: Findings
    """The findings of the reader, to which :mod:`summitcli.formats.assembly` adds its own."""
    id: str = ""
    """The conference's ID, if this program wrote the source."""
    title: str = ""
    titles: Mapping[str, str] = {}
    acronym: str = ""
    language: str = ""
    time_zone: str = ""
    """The name of the time zone as the source gives it, which may be unknown to us."""
    start: date | None = None
    end: date | None = None
    days: tuple[DraftDay, ...] = ()
    tracks: tuple[Track, ...] = ()
    rooms: tuple[str, ...] = ()
    url: str = ""
    base_url: str = ""
    place: str = ""
    places: tuple[str, ...] = ()
    """Texts about the place, such as a country, a city or an address, to find the time zone by."""
    version: str = ""
    exact: bool = False
    """True if an event from midnight to midnight is meant as such; otherwise it counts as all-day."""
    revised: date | datetime | None = None
    """The time of the schedule's last change, as the source states it."""
    cancelled: frozenset[str] = frozenset()
    """The GUIDs of events that the source marks as cancelled."""
    people: Sequence[Person] = ()
    """The details of speakers that the source lists for the whole conference."""
