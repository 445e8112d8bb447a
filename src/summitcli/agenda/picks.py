"""The agenda and its editing functions: frozen values and pure functions.

A pick is a session that the user has put into an agenda, on all of its days or on some of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from sys import intern

from summitcli.errors import UsageError
from summitcli.i18n import _
from summitcli.lazy_typing import Any, Literal, NamedTuple, TypeVar
from summitcli.rows import Listing, SessionRow, SlotRow
from summitcli.text.calendar_properties import MAX_INTEGER
from summitcli.text.enumeration import enumeration
from summitcli.text.uids import NO_SHARED_GUIDS, distinct_uid, events, session_uid

Days = tuple[str, ...] | None
"""Days of a session: ISO dates in chronological order, or None for all of them."""

Mark = Literal["yes", "maybe", "hidden"]
"""The user's mark for a session: ``yes`` and ``maybe`` are planned, ``hidden`` is left out of lists."""

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
    """A user's own agenda entry that is not a session. It is kept in the file; no command uses it yet."""

    id: str
    title: str
    day: str
    start: str | None = None
    """The start time, as HH:MM."""
    end: str | None = None
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
    """The IDs of the first few sessions changed."""
    number: int
    """The number of sessions changed."""
    picks: tuple[Pick, ...]
    """The picks that the change modified or removed, as they were before."""
    places: tuple[int, ...]
    """The position of each of ``picks`` among all picks."""
    absent: tuple[str, ...]
    """The UIDs of the picks that the change added."""


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
    """Other calendars of the user, as files or URLs. They are kept in the file; no command uses them yet."""
    history: tuple[HistoryEntry, ...] = ()
    """The undo history, latest last; see :mod:`summitcli.agenda.history`."""
    former: tuple[RemovedPick, ...] = ()
    """The removed picks, whose UIDs are used again if their sessions are picked again."""
    merged: tuple[Pick, ...] = ()
    """Former duplicates, merged into other picks; exports cancel the calendar events of these."""
    unknown: Unknown = ()

    def ids(self) -> tuple[str, ...]:
        """Return the IDs of the sessions picked."""
        return tuple(pick.id for pick in self.picks)

    def pairs(self) -> tuple[tuple[str, str | None], ...]:
        """Return the picks as pairs of session ID and day; the day is None if all days are picked.

        A session picked on several single days has a pair for each. ``Query.picks`` takes such pairs.
        """
        return tuple((pick.id, day) for pick in self.picks for day in pick.days or (None,))

    def by_id(self) -> dict[str, Pick]:
        """Return the picks as a mapping by session ID, for looking up many sessions."""
        return {pick.id: pick for pick in self.picks}

    def includes(self, session_id: str, day: str | None = None) -> bool:
        """Return whether the session is picked: on ``day`` (an ISO date), or on any day if that is None."""
        pick = self.by_id().get(session_id)
        return pick is not None and (day is None or pick.includes(day))


class Added(NamedTuple):
    """The result of adding sessions, with the picks as they are now."""

    agenda: Agenda
    added: tuple[Pick, ...]
    """The picks that are new or have more days than before."""
    already: tuple[Pick, ...]
    """The picks that already included all the days asked for."""


class Removed(NamedTuple):
    """The result of removing sessions."""

    agenda: Agenda
    removed: tuple[Pick, ...]
    """The picks that were removed or lost a day, as they were before."""
    absent: tuple[str, ...]
    """The requested IDs whose sessions were not picked, or not on the given day."""


def add_sessions(
    agenda: Agenda, wanted: Iterable[tuple[SessionRow, Days]], shared: Mapping[str, str] = NO_SHARED_GUIDS
) -> Added:
    """Add sessions to ``agenda``, each on the given days, in addition to days picked before.

    A session picked on all its days is picked as a whole, so that the pick follows it if it moves to
    another day.

    Args:
        agenda: the agenda to add to.
        wanted: the sessions to add, each with its days.
        shared: the GUIDs that several sessions share, for :func:`summitcli.text.uids.session_uid`.

    Raises:
        UsageError: a session is not held on a day given for it.
    """
    picks = agenda.by_id()
    uids = _Uids(agenda, shared)
    more: dict[str, bool] = {}
    for session, days in wanted:
        _validate_days(session, days)
        pick = picks.get(session.id)
        if pick is None:
            days = normalized_days(days, session)
            slots = tuple(map(interned_slot, slots_on(session.slots, days)))
            new = Pick(session.id, days, session.title, slots, uid=uids.of(session))
            picks[session.id] = _with_identity(new, session)
        elif _covers(pick, days):
            picks[session.id] = follow(pick, session, pick.days)
        else:
            days = None if days is None else normalized_days(held_days(pick) + days, session)
            picks[session.id] = follow(pick, session, days)
        more[session.id] = more.get(session.id, False) or pick is None or not _covers(pick, days)
    return Added(
        agenda._replace(picks=tuple(picks.values())),
        tuple(picks[id_] for id_, is_more in more.items() if is_more),
        tuple(picks[id_] for id_, is_more in more.items() if not is_more),
    )


def remove_sessions(agenda: Agenda, ids: Iterable[str], day: str | None = None) -> Removed:
    """Remove the sessions of ``ids`` from ``agenda``, or only ``day`` of them if it is given."""
    picks = agenda.by_id()
    removed: dict[str, Pick] = {}
    absent: list[str] = []
    for id_ in dict.fromkeys(ids):
        pick = picks.get(id_)
        days = () if pick is None else held_days(pick)
        if pick is None or (day is not None and day not in days):
            absent.append(id_)
            continue
        removed[id_] = pick
        others = tuple(other for other in days if day is not None and other != day)
        slots = slots_on(pick.slots, others)
        if slots:
            picks[id_] = revised(pick, pick._replace(days=others, slots=slots))
        else:
            del picks[id_]
    return Removed(agenda._replace(picks=tuple(picks.values())), tuple(removed.values()), tuple(absent))


def cleared(agenda: Agenda) -> Agenda:
    """Return ``agenda`` without any picks."""
    return agenda._replace(picks=(), merged=())


def flag_picked(agenda: Agenda, rows: Iterable[Row]) -> list[Row]:
    """Return ``rows``, with ``in_agenda`` set to True for those in ``agenda``.

    A session is in it if it is picked on any day; a listing (one slot of a session) if its day is picked.
    """
    return list(picked_flagger(agenda)(rows))


def picked_flagger(agenda: Agenda) -> Callable[[Iterable[Row]], Iterator[Row]]:
    """Return a function that sets ``in_agenda`` like :func:`flag_picked`, for rows that come in batches."""
    picks = agenda.by_id()

    def marks(rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            pick = picks.get(row.id)
            picked = pick is not None and (isinstance(row, SessionRow) or pick.includes(row.day))
            yield row._replace(in_agenda=True) if picked else row

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
    after = revised(pick, _with_identity(after, session))
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

    Its ``withdrawn`` slots are updated, too. A pick that goes missing does not change its events; one that is
    found again gets a new revision.
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


class _Uids:
    """A source of UIDs for new picks, which never gives the same UID twice."""

    def __init__(self, agenda: Agenda, shared: Mapping[str, str]) -> None:
        self._conference = agenda.conference
        self._shared = shared
        self._taken = {pick.uid for pick in agenda.picks}
        self._by_id = {former.id: former for former in agenda.former}
        self._by_guid: Mapping[str | None, RemovedPick] = {
            former.guid: former for former in agenda.former if former.guid
        }

    def of(self, session: SessionRow) -> str:
        """Return the UID for a new pick: that of a removed pick of the session, or else one made from it."""
        former = self._by_id.get(session.id)
        if former is None or (session.guid and former.guid and former.guid != session.guid):
            # The ID may belong to another session by now: look the GUID up, unless sessions share it.
            former = None if session.guid in self._shared else self._by_guid.get(session.guid)
        uid = former.uid if former else ""
        if not uid or uid in self._taken:
            uid = session_uid(session.id, self._conference, session.guid, self._shared)
        number = 1
        while uid in self._taken:
            id_ = session.id if number == 1 else f"{session.id}-{number}"
            uid = distinct_uid(id_, self._conference, session.guid)
            number += 1
        self._taken.add(uid)
        return uid


def _with_identity(pick: Pick, session: SessionRow) -> Pick:
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


def _covers(pick: Pick, days: Days) -> bool:
    return pick.days is None or (days is not None and set(days) <= set(pick.days))


def _validate_days(session: SessionRow, days: Days) -> None:
    for day in days or ():
        if day not in session.days:
            sentence = _("{id} is not held on {day}, but on {days}")
            raise UsageError(sentence.format(id=session.id, day=day, days=enumeration(session.days)))
