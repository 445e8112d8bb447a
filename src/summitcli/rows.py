"""What a catalog answers: light, frozen rows, in the order of the keys of the JSON output."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summitcli.lazy_typing import NamedTuple


class Listing(NamedTuple):
    """A session on one day.

    ``day`` is an ISO date. ``start`` and ``end`` are RFC 3339 instants with the offset of the conference's
    time zone, or None where the schedule publishes no clock times. ``title``, ``category_name`` and
    ``description`` are in the schedule's own language.
    """

    id: str
    title: str
    titles: Mapping[str, str]
    category: str | None
    category_name: str | None
    day: str
    day_number: int
    start: str | None
    end: str | None
    all_day: bool
    part: int
    parts: int
    room: str | None
    speakers: tuple[str, ...]
    language: str | None
    url: str | None
    description: str | None
    in_agenda: bool = False
    guid: str | None = None
    """The publisher's own name of the session, a UUID or a calendar's UID; None where none is published."""
    pick: str | None = None
    """How the session is marked in an agenda, for agendas that tell; None today."""
    status: str | None = None
    """How sure it is, such as ``tentative`` or ``rescheduled``; None where it is simply held."""
    descriptions: Mapping[str, str] = {}
    """The description by language; empty unless the schedule has it in several."""


class SlotRow(NamedTuple):
    """When and where a session is held, once; the fields mean what they mean in :class:`Listing`."""

    day: str
    start: str | None
    end: str | None
    all_day: bool
    room: str | None


class SessionRow(NamedTuple):
    """A session, once, with all its slots in order of time.

    It has every field of a :class:`Listing`; those of day, time and room are of the first slot that was asked
    for. ``days`` and ``slots`` are all that it has.
    """

    id: str
    title: str
    titles: Mapping[str, str]
    category: str | None
    category_name: str | None
    day: str
    day_number: int
    start: str | None
    end: str | None
    all_day: bool
    part: int
    parts: int
    room: str | None
    speakers: tuple[str, ...]
    language: str | None
    url: str | None
    description: str | None
    in_agenda: bool = False
    guid: str | None = None
    pick: str | None = None
    status: str | None = None
    descriptions: Mapping[str, str] = {}
    days: tuple[str, ...] = ()
    slots: tuple[SlotRow, ...] = ()

    @staticmethod
    def of(listings: Sequence[Listing], first: Listing | None = None) -> SessionRow:
        """Return the session of ``listings``, which are all of its own, in order of time.

        Args:
            listings: at least one.
            first: whose day, time and room are the session's; the earliest of them unless given.
        """
        slots = tuple(SlotRow(row.day, row.start, row.end, row.all_day, row.room) for row in listings)
        return SessionRow(*(first or listings[0]), tuple(dict.fromkeys(row.day for row in slots)), slots)


class CategoryRow(NamedTuple):
    """A category with the number of its sessions, and of their listings."""

    id: str
    name: str
    names: Mapping[str, str]
    sessions: int
    listings: int


class DayRow(NamedTuple):
    """A day of the conference; ``weekday`` is its English name, whatever the locale."""

    day: str
    day_number: int
    weekday: str
    sessions: int


class NameRow(NamedTuple):
    """A room or a speaker with the number of sessions."""

    name: str
    sessions: int


class ConferenceRow(NamedTuple):
    """What every command needs to know of the conference.

    ``revised`` is when the schedule was last changed, as an ISO date or RFC 3339 instant; None where that is
    not published.
    """

    id: str
    title: str
    titles: Mapping[str, str]
    language: str
    time_zone: str
    start: str
    end: str
    revised: str | None
    notice: Mapping[str, str]
    source: Mapping[str, str]
    outside: int = 0
    """How many events its source has beyond these days."""


class LogRow(NamedTuple):
    """A change that an update of a schedule found; the fields but the first two are those of its changes."""

    update: int
    date: str
    """When, as an RFC 3339 instant."""
    kind: str
    id: str
    title: str
    was: str | None
    now: str | None


class ScheduleRow(NamedTuple):
    """A schedule that can be used; ``reference`` is what it was fetched from, any password hidden."""

    name: str
    title: str
    start: str
    end: str
    sessions: int
    bytes: int
    fetched: str | None
    reference: str
    current: bool
