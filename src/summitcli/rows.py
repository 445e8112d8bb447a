"""What a catalog answers: light, frozen rows, in the order of the keys of the JSON output."""

from collections.abc import Mapping
from typing import NamedTuple


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


class SlotRow(NamedTuple):
    """When and where a session is held, once; the fields mean what they mean in :class:`Listing`."""

    day: str
    start: str | None
    end: str | None
    all_day: bool
    room: str | None


class SessionRow(NamedTuple):
    """A session, once, with all its slots in order of time."""

    id: str
    title: str
    titles: Mapping[str, str]
    category: str | None
    category_name: str | None
    days: tuple[str, ...]
    slots: tuple[SlotRow, ...]
    speakers: tuple[str, ...]
    language: str | None
    url: str | None
    description: str | None
    in_agenda: bool = False


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
