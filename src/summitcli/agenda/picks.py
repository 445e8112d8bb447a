"""An agenda and its picks, which are sessions with slots (times and rooms): values and pure functions.

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

A session is missing if it is no longer in the schedule, or no longer on any picked day. The organisers may
have left it out by mistake.
"""

Unknown = tuple[tuple[str, Any], ...]
"""Keys in a file that this version of the program does not know, with their values. They are written back."""

Row = TypeVar("Row", Listing, SessionRow)


class Pick(NamedTuple):
    """A session in an agenda.

    Its title and slots (times and rooms) are copied from the schedule when the user picks it and whenever the
    schedule is updated, so that they can still be shown if the session disappears from the schedule.
    """

    id: str
    days: Days
    """The days picked, as ISO dates; None for all days of the session, even days that are added later."""
    title: str
    """The session's title in the schedule's own language."""
    slots: tuple[SlotRow, ...]
    """The session's slots on the picked days, in chronological order; at least one."""
    withdrawn: tuple[SlotRow, ...] = ()
    """The calendar events that the pick once had and no longer has, each represented by its first slot.

    Calendars may still have these events, so exports cancel them. In UIDs, a pick's events are numbered from
    1: first those that it has now, and then those in ``withdrawn``.
    """
    revision: int = 0
    """The SEQUENCE of the pick's calendar events (RFC 5545, 3.8.7.4); it increases when the events change."""
    guid: str | None = None
    """The publisher's globally unique ID of the session."""
    code: str | None = None
    """The ID that the session last had in the schedule; None if that is the value of ``id``.

    A pick gets another value of ``id`` only if a different pick in the agenda has the session's ID already.
    """
    url: str | None = None
    speakers: tuple[str, ...] = ()
    uid: str = ""
    """The UID of the pick's first calendar event, which never changes.

    If the session was in the agenda before, it has the UID that it had then. Otherwise the UID is made from
    the session's ID and GUID. It may be empty until the agenda is saved.
    """
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
    """An entry of the user's own in the agenda, such as a lunch; see :mod:`summitcli.agenda.own_entries`."""

    id: str
    title: str
    day: str
    start: str | None = None
    """The start time in the conference's time zone, such as ``12:00``; None if the entry has no times."""
    end: str | None = None
    """The end time, such as ``13:00``. If it is not later than the start, it is on the next day."""
    room: str | None = None
    unknown: Unknown = ()


class HistoryEntry(NamedTuple):
    """An entry of the undo history: how the agenda differed before a change.

    It identifies picks by UID, as session IDs may change.
    """

    done: str
    """The name of the command that made the change."""
    at: str
    """The time of the change, as an RFC 3339 timestamp."""
    ids: tuple[str, ...]
    """The IDs of the sessions and own entries that the change affected; only the first few are kept."""
    number: int
    """The number of sessions and own entries that the change affected."""
    picks: tuple[Pick, ...]
    """The picks that the change modified or removed, as they were before it."""
    places: tuple[int, ...]
    """For each of ``picks``, its position among all picks before the change, counted from 0."""
    absent: tuple[str, ...]
    """The UIDs of the picks that the change added, which were absent before."""
    entries: tuple[OwnEntry, ...] | None = None
    """All of the user's own entries before the change; None if the change did not affect them."""
    busy: tuple[str, ...] | None = None
    """The paths of the user's other calendars before the change; None if the change did not affect them."""


class RemovedPick(NamedTuple):
    """A pick that was removed: its UID and revision. A new pick of the same session gets the UID."""

    id: str
    guid: str | None
    uid: str
    revision: int


class Agenda(NamedTuple):
    """A named agenda of one conference; its picks are in the order in which they were added."""

    conference: str
    """The ID of the conference."""
    title: str
    """The title of the conference in its own language, for people who read the file; empty until saved."""
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
    """Picks that were removed. If their sessions are picked again, the new picks get the same UIDs."""
    merged: tuple[Pick, ...] = ()
    """Duplicate picks that were merged into others; exports tell calendars to cancel their events."""
    unknown: Unknown = ()

    def planned(self) -> tuple[Pick, ...]:
        """Return the picks that are not hidden: the sessions that the user sees as the agenda."""
        return tuple(pick for pick in self.picks if pick.pick in PLANNED)

    def ids(self) -> tuple[str, ...]:
        """Return the IDs of the sessions picked, including hidden ones."""
        return tuple(pick.id for pick in self.picks)

    def pairs(self, *marks: str) -> tuple[tuple[str, str | None], ...]:
        """Return pairs of session ID and day for the picks, such as ``("opening", "2022-07-23")``.

        If all days of a session are picked, the day is None. If several days are picked, each has a pair. The
        catalog (the schedule's database) takes such pairs as ``Query.picks``.

        Args:
            marks: the marks of the picks to return, such as ``maybe``; without any, all picks are returned
                that are not hidden.
        """
        wanted = marks or PLANNED
        picks = (pick for pick in self.picks if pick.pick in wanted)
        return tuple((pick.id, day) for pick in picks for day in pick.days or (None,))

    def decided_pairs(self) -> tuple[tuple[str, str | None], ...]:
        """Return pairs of session ID and day for the sessions that can be in conflict; see :meth:`pairs`.

        These are the sessions that the user will attend, marked ``yes``. A session marked ``maybe`` conflicts
        with nothing: the user has not decided to attend it, or a plan has left it out.
        """
        return self.pairs("yes")

    def pairs_by_mark(self) -> dict[str, tuple[tuple[str, str | None], ...]]:
        """Return the result of :meth:`pairs` for each mark, such as ``{"maybe": (("opening", None),)}``.

        A mark that no pick has is left out.
        """
        return {mark: pairs for mark in MARKS if (pairs := self.pairs(mark))}

    def by_id(self) -> dict[str, Pick]:
        """Return the picks by session ID, for looking up many sessions."""
        return {pick.id: pick for pick in self.picks}

    def includes(self, session_id: str, day: str | None = None) -> bool:
        """Return whether the session is picked on ``day``, an ISO date; on any day if ``day`` is None."""
        pick = self.by_id().get(session_id)
        return pick is not None and (day is None or pick.includes(day))


def flag_picked(agenda: Agenda, rows: Iterable[Row]) -> list[Row]:
    """Return ``rows`` with the fields ``in_agenda`` and ``pick`` set where ``agenda`` has the session.

    A session is in the agenda if any of its days is picked; a listing (one slot of a session) if its day is
    picked.
    """
    return list(picked_flagger(agenda)(rows))


def picked_flagger(agenda: Agenda) -> Callable[[Iterable[Row]], Iterator[Row]]:
    """Return a function that takes rows and yields them with ``in_agenda`` and ``pick`` set.

    The fields are set as by :func:`flag_picked`. The function can be called for several batches of rows.
    """
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
    """Return ``pick`` with the given days, and with the details that ``session`` has in the schedule now.

    If ``session`` is None or not held on any of the days, the pick becomes missing (or stays cancelled), and
    its title and slots stay as they are. If nothing changes, the same object is returned.
    """
    slots = slots_on(session.slots, days) if session else ()
    if session is None or not slots:
        state: PickState = "cancelled" if pick.state == "cancelled" else "missing"
        return revised(pick, pick._replace(days=days, state=state))
    after = pick._replace(days=days, title=session.title, slots=slots, state="held")
    after = revised(pick, with_identity(after, session))
    return pick if after == pick else after


def slots_on(slots: Iterable[SlotRow], days: Days) -> tuple[SlotRow, ...]:
    """Return the slots on one of ``days``; all slots if ``days`` is None."""
    return tuple(slot for slot in slots if days is None or slot.day in days)


def interned_slot(slot: SlotRow) -> SlotRow:
    """Return ``slot`` with its strings interned, which saves memory when many picks have the same strings."""
    return SlotRow(
        intern(slot.day),
        slot.start and intern(slot.start),
        slot.end and intern(slot.end),
        slot.all_day,
        slot.room and intern(slot.room),
    )


def held_days(pick: Pick) -> tuple[str, ...]:
    """Return the picked days as ISO dates; if the whole session is picked, the days of its slots."""
    return tuple(dict.fromkeys(slot.day for slot in pick.slots)) if pick.days is None else pick.days


def normalized_days(days: Days, session: SessionRow) -> Days:
    """Return ``days`` in chronological order; None (for all days) if they include each day of the session."""
    return None if days is None or set(session.days) <= set(days) else tuple(sorted(set(days)))


def revised(before: Pick, after: Pick) -> Pick:
    """Return ``after``, with the next revision number if its calendar events differ from those of ``before``.

    Its ``withdrawn`` slots (events that calendars must cancel) are then updated, too. While a session is
    missing from the schedule, its events stay as they are. If ``before`` is missing and ``after`` is held
    again, the revision increases.
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
    """Return ``revision`` + 1; or ``revision`` if it is 2147483647, the largest integer in iCalendar."""
    return min(revision + 1, MAX_INTEGER)


def with_identity(pick: Pick, session: SessionRow) -> Pick:
    """Return ``pick`` with the GUID, ID, URL and speakers of ``session``, so that it is recognised later.

    If the session has no GUID or URL any more, the pick keeps the one that it has.
    """
    return pick._replace(
        guid=session.guid or pick.guid,
        code=session.id,
        url=session.url or pick.url,
        speakers=tuple(map(intern, session.speakers)),
    )


def _calendar_fields(pick: Pick) -> tuple[Any, ...]:
    """Return everything in a pick that its calendar events show, to see whether they have changed."""
    return pick.days, pick.title, pick.slots, pick.pick, pick.state == "cancelled"
