"""The rows that catalog queries return: named tuples, with fields in the order of the JSON output."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summitcli.lazy_typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Literal, TypeAlias

    from summitcli.details import LinkRow, PersonRow


Mark: TypeAlias = "Literal['yes', 'maybe', 'hidden']"
"""The user's mark for a session: ``yes`` and ``maybe`` are planned, ``hidden`` is left out of lists."""

MARKS: tuple[Mark, ...] = ("yes", "maybe", "hidden")
"""All marks, in order of priority: if a session has several marks, the first of them is used."""

PLANNED = MARKS[:2]
"""The marks of the sessions that are in an agenda."""

STAR, MAYBE = "★", "☆"
"""The signs of the marks ``yes`` and ``maybe``, as the user sees them."""


class Listing(NamedTuple):
    """A session on one of its days, with all that lists show of it.

    A session on three days has three listings: ``part`` 1, 2 and 3 of ``parts``. ``day`` is an ISO date.
    ``start`` and ``end`` are RFC 3339 instants with the offset of the conference's time zone, or None if the
    schedule has no times. ``title``, ``category_name`` and ``description`` are in the schedule's language.
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
    """The publisher's identifier of the session, a UUID or a calendar's UID; None if there is none."""
    pick: str | None = None
    """The mark in the agenda: ``yes``, ``maybe`` or ``hidden``; None if the session has none."""
    status: str | None = None
    """The session's status, such as ``tentative``; None if it takes place as usual."""
    descriptions: Mapping[str, str] = {}
    """The description by language tag; empty unless the schedule has it in several languages."""
    tags: tuple[str, ...] = ()


class SlotRow(NamedTuple):
    """A slot of a session: a day, the times and the room, in the same fields as in :class:`Listing`."""

    day: str
    start: str | None
    end: str | None
    all_day: bool
    room: str | None


class SessionRow(NamedTuple):
    """A session with all its slots (days, times and rooms) in order of time.

    The fields up to ``descriptions`` are as in :class:`Listing`; day, times and room are those of the first
    slot that matches the query. ``days`` and ``slots`` have all of them. The fields after ``slots`` are empty
    until :func:`summitcli.catalog.detailed.with_details` fills them.
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
    tags: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    slots: tuple[SlotRow, ...] = ()
    level: str | None = None
    links: tuple[LinkRow, ...] = ()
    feedback_url: str | None = None
    people: tuple[PersonRow, ...] = ()
    """The speakers with their details, such as biographies, in the same order as ``speakers``."""

    @staticmethod
    def of(listings: Sequence[Listing], first: Listing | None = None) -> SessionRow:
        """Return a session made from its listings.

        Args:
            listings: all listings of the session (one for each of its days), in order of time.
            first: the listing whose day, time and room the session gets; None for the earliest.
        """
        slots = tuple(SlotRow(row.day, row.start, row.end, row.all_day, row.room) for row in listings)
        return SessionRow(*(first or listings[0]), tuple(dict.fromkeys(row.day for row in slots)), slots)


class CategoryRow(NamedTuple):
    """A category with the numbers of its sessions and listings (a session on two days has two listings)."""

    id: str
    name: str
    names: Mapping[str, str]
    sessions: int
    listings: int


class DayRow(NamedTuple):
    """A day of the conference; ``weekday`` is in English."""

    day: str
    day_number: int
    weekday: str
    sessions: int


class NameRow(NamedTuple):
    """A room with the number of its sessions."""

    name: str
    sessions: int


class ConferenceRow(NamedTuple):
    """The data of a conference that most commands need.

    ``revised`` is the time of the schedule's last change, as an ISO date or RFC 3339 instant; None if that is
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
    """The number of events in the source that are outside the days from ``start`` to ``end``."""


class EntryRow(NamedTuple):
    """An entry that the user has added to an agenda, such as lunch.

    ``start`` and ``end`` are times of day, such as ``12:00``; None if the entry has no times.
    """

    id: str
    title: str
    day: str
    start: str | None
    end: str | None
    room: str | None


class BusyRow(NamedTuple):
    """Another calendar of the user, a file or directory with events at which the user is busy.

    ``events`` is the number of its events during the conference; None if it can't be read. ``whole_days`` is
    the number of whole-day events that are not marked as busy, and don't count.
    """

    path: str
    events: int | None
    whole_days: int | None


class LogRow(NamedTuple):
    """A change of a session in the log of a saved schedule's updates."""

    update: int
    date: str
    """The time of the update, as an RFC 3339 instant."""
    kind: str
    id: str
    title: str
    was: str | None
    now: str | None


class ScheduleRow(NamedTuple):
    """A saved schedule, or the one that is delivered with the program.

    ``reference`` is the file or URL that it came from, without a password.
    """

    name: str
    title: str
    start: str
    end: str
    sessions: int
    bytes: int
    fetched: str | None
    reference: str
    current: bool


class DirectoryRow(NamedTuple):
    """A conference in a directory (a list of conferences)."""

    name: str
    """The name of the conference for ``summit use``."""
    title: str
    start: str
    end: str
    time_zone: str | None
    url: str
    """The URL of the conference's schedule."""
    series: str | None = None
    """The name that all conferences of a series share, such as ``fosdem``."""
    source: str | None = None
    """The URL of the page from which the other fields are taken."""

    @staticmethod
    def columns() -> tuple[str, ...]:
        """Return the fields that are shown by default."""
        return "name", "title", "start", "end", "time_zone", "url"
