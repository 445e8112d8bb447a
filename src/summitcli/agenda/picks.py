"""The agenda and its picks: frozen values and pure functions.

A pick is a session that the user has put into an agenda, on all of its days or on some of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from sys import intern

from summitcli.lazy_typing import Any, Literal, NamedTuple, TypeVar
from summitcli.rows import MARKS, PLANNED, Listing, Mark, SessionRow, SlotRow
from summitcli.text.calendar_properties import MAX_INTEGER
from summitcli.text.uids import events

Days = tuple[str, ...] | None
"""Days of a session: ISO dates in chronological order, or None for all of them."""

PickState = Literal["held", "missing", "cancelled"]
"""The state of a picked session: ``held``, ``missing`` or ``cancelled``.

A missing session is no longer in the schedule, or not on any picked day, possibly by mistake.
"""

Unknown = tuple[tuple[str, Any], ...]
"""Keys of a file that this version does not know, with their values, kept for writing back."""

Row = TypeVar("Row", Listing, SessionRow)


class Pick(NamedTuple):
    """A session in an agenda.

    The title and slots (times and rooms) are copied from the schedule when the session is picked and when the
    schedule is updated, so that they can be shown after the session has disappeared.
    """

    id: str
    days: Days
    """The days picked; None for the whole session, including days added to it later."""
    title: str
    """The session's title in the schedule's own language."""
    slots: tuple[SlotRow, ...]
    """The session's slots on the picked days, in chronological order; at least one."""
    withdrawn: tuple[SlotRow, ...] = ()
    """Former calendar events of the pick, which calendars may still have and must cancel.

    If the pick was once exported as more events than ``events(slots)`` has now, this holds the first slot of
    each surplus event as last known. The first of them has the number ``len(events(slots)) + 1``."""
    revision: int = 0
    """The SEQUENCE of its calendar events (RFC 5545, 3.8.7.4), increased whenever they change."""
    guid: str | None = None
    """The publisher's globally unique ID of the session."""
    code: str | None = None
    """The ID under which the schedule last had the session; ``id`` differs if the pick had to be renamed."""
    url: str | None = None
    speakers: tuple[str, ...] = ()
    uid: str = ""
    """The UID of its first calendar event, which never changes.

    A session that is picked again gets the UID of its earlier pick; otherwise the UID is made from the
    session's ID and GUID. It may be empty until the agenda is saved."""
    pick: Mark = "yes"
    state: PickState = "held"
    unknown: Unknown = ()

    @property
    def gone(self) -> bool:
        """Return whether the session is missing or cancelled."""
        return self.state != "held"

    def includes(self, day: str) -> bool:
        """Return whether the session is picked on ``day``, an ISO date."""
        return self.days is None or day in self.days


class OwnEntry(NamedTuple):
    """A user's own agenda entry that is not a session; see :mod:`summitcli.agenda.own_entries`."""

    id: str
    title: str
    day: str
    start: str | None = None
    """The start time, as HH:MM in the conference's time zone."""
    end: str | None = None
    """The end time, as HH:MM; on the next day if it is not later than the start."""
    room: str | None = None
    unknown: Unknown = ()


class HistoryEntry(NamedTuple):
    """An undo entry: how the agenda differed before a change.

    Picks are identified by UID, as session IDs may change.
    """

    done: str
    """The name of the command that made the change."""
    at: str
    """The time of the change, as an RFC 3339 timestamp."""
    ids: tuple[str, ...]
    """The IDs of the first few sessions and own entries changed."""
    number: int
    """The number of sessions and own entries changed."""
    picks: tuple[Pick, ...]
    """The picks that the change modified or removed, as they were before."""
    places: tuple[int, ...]
    """The position of each of ``picks`` among all picks."""
    absent: tuple[str, ...]
    """The UIDs of the picks that the change added."""
    entries: tuple[OwnEntry, ...] | None = None
    """All own entries as they were before; None if the change left them alone."""
    busy: tuple[str, ...] | None = None
    """The paths of all other calendars as they were before; None if the change left them alone."""


class RemovedPick(NamedTuple):
    """A removed pick, reduced to what a new pick of the session needs to reuse its UID and revision."""

    id: str
    guid: str | None
    uid: str
    revision: int


class Agenda(NamedTuple):
    """A named agenda of one conference, with its picks in the order they were added."""

    conference: str
    """The conference's ID."""
    title: str
    """The conference's title in its own language, for people who read the file; empty until it is saved."""
    name: str
    picks: tuple[Pick, ...] = ()
    start: str = ""
    """The conference's first day, as an ISO date; empty if unknown."""
    end: str = ""
    """The conference's last day, as an ISO date; empty if unknown."""
    entries: tuple[OwnEntry, ...] = ()
    busy: tuple[str, ...] = ()
    """The paths of other calendars of the user, whose events are times when the user is busy."""
    history: tuple[HistoryEntry, ...] = ()
    """The undo history, latest last; see :mod:`summitcli.agenda.history`."""
    former: tuple[RemovedPick, ...] = ()
    """The removed picks, whose UIDs are used again if their sessions are picked again."""
    merged: tuple[Pick, ...] = ()
    """Former duplicates, merged into other picks; exports cancel the calendar events of these."""
    unknown: Unknown = ()

    def planned(self) -> tuple[Pick, ...]:
        """Return the picks that are not hidden: the sessions that the user sees as the agenda."""
        return tuple(pick for pick in self.picks if pick.pick in PLANNED)

    def ids(self) -> tuple[str, ...]:
        """Return the IDs of the sessions picked, including hidden ones."""
        return tuple(pick.id for pick in self.picks)

    def pairs(self, *marks: str) -> tuple[tuple[str, str | None], ...]:
        """Return the picks as pairs of session ID and day; the day is None if all days are picked.

        A session picked on several single days has a pair for each. ``Query.picks`` takes such pairs.

        Args:
            marks: the marks of the picks to return, such as ``maybe``; without any, the picks are those of
                :meth:`planned`.
        """
        wanted = marks or PLANNED
        picks = (pick for pick in self.picks if pick.pick in wanted)
        return tuple((pick.id, day) for pick in picks for day in pick.days or (None,))

    def pairs_by_mark(self) -> dict[str, tuple[tuple[str, str | None], ...]]:
        """Return the picks as pairs of session ID and day (see :meth:`pairs`), grouped by mark."""
        return {mark: pairs for mark in MARKS if (pairs := self.pairs(mark))}

    def by_id(self) -> dict[str, Pick]:
        """Return the picks as a mapping by session ID, for looking up many sessions."""
        return {pick.id: pick for pick in self.picks}

    def includes(self, session_id: str, day: str | None = None) -> bool:
        """Return whether the session is picked: on ``day`` (an ISO date), or on any day if that is None."""
        pick = self.by_id().get(session_id)
        return pick is not None and (day is None or pick.includes(day))


def flag_picked(agenda: Agenda, rows: Iterable[Row]) -> list[Row]:
    """Return ``rows``, with ``in_agenda`` and ``pick`` set for those in ``agenda``.

    A session is in it if it is picked on any day; a listing (one slot of a session) if its day is picked.
    """
    return list(picked_flagger(agenda)(rows))


def picked_flagger(agenda: Agenda) -> Callable[[Iterable[Row]], Iterator[Row]]:
    """Return a function that sets ``in_agenda`` like :func:`flag_picked`, for rows that come in batches."""
    picks = agenda.by_id()

    def marks(rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            pick = picks.get(row.id)
            if pick is not None and (isinstance(row, SessionRow) or pick.includes(row.day)):
                yield row._replace(in_agenda=pick.pick in PLANNED, pick=pick.pick)
            else:
                yield row

    return marks


def follow(pick: Pick, session: SessionRow | None, days: Days) -> Pick:
    """Return ``pick`` with the given days, updated to ``session``, its session as it is in the schedule now.

    If the session is None or not held on any of the days, the pick becomes missing (or stays cancelled) and
    keeps its title and slots. If nothing changes, the same object is returned.
    """
    slots = slots_on(session.slots, days) if session else ()
    if session is None or not slots:
        state: PickState = "cancelled" if pick.state == "cancelled" else "missing"
        return revised(pick, pick._replace(days=days, state=state))
    after = pick._replace(days=days, title=session.title, slots=slots, state="held")
    after = revised(pick, with_identity(after, session))
    return pick if after == pick else after


def slots_on(slots: Iterable[SlotRow], days: Days) -> tuple[SlotRow, ...]:
    """Return the slots that are on one of ``days``; all slots if that is None."""
    return tuple(slot for slot in slots if days is None or slot.day in days)


def interned_slot(slot: SlotRow) -> SlotRow:
    """Return ``slot`` with its strings interned, to save memory when many picks share them."""
    return SlotRow(
        intern(slot.day),
        slot.start and intern(slot.start),
        slot.end and intern(slot.end),
        slot.all_day,
        slot.room and intern(slot.room),
    )


def held_days(pick: Pick) -> tuple[str, ...]:
    """Return the days that a pick includes, as ISO dates; if it includes all, those of its known slots."""
    return tuple(dict.fromkeys(slot.day for slot in pick.slots)) if pick.days is None else pick.days


def normalized_days(days: Days, session: SessionRow) -> Days:
    """Return ``days`` in chronological order, or None if they are all the days on which a session is held."""
    return None if days is None or set(session.days) <= set(days) else tuple(sorted(set(days)))


def revised(before: Pick, after: Pick) -> Pick:
    """Return ``after`` with the next revision number if its calendar events differ from those of ``before``.

    Its ``withdrawn`` slots, whose events calendars must cancel, are then updated, too. A pick whose session
    goes missing keeps its events and revision; once the session is found again, it gets a new revision.
    """
    if _calendar_fields(after) == _calendar_fields(before) and not (
        before.state == "missing" and after.state == "held"
    ):
        return after
    # One slot for each event number that this pick has ever used, in order.
    known = [event[0] for event in events(before.slots)] + list(before.withdrawn)
    withdrawn = tuple(known[len(events(after.slots)) :])
    return after._replace(revision=next_revision(before.revision), withdrawn=withdrawn)


def next_revision(revision: int) -> int:
    """Return ``revision`` + 1, but at most the largest integer that iCalendar has."""
    return min(revision + 1, MAX_INTEGER)


def with_identity(pick: Pick, session: SessionRow) -> Pick:
    """Return ``pick`` with the GUID, ID, URL and speakers of ``session``, by which it is recognised later.

    If the session has lost its GUID or URL, the pick keeps its own.
    """
    return pick._replace(
        guid=session.guid or pick.guid,
        code=session.id,
        url=session.url or pick.url,
        speakers=tuple(map(intern, session.speakers)),
    )


def _calendar_fields(pick: Pick) -> tuple[Any, ...]:
    """Return the fields of a pick that its calendar events depend on, to compare two states of it."""
    return pick.days, pick.title, pick.slots, pick.pick, pick.state == "cancelled"
