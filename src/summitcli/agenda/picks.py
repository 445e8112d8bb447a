"""An agenda and how it is edited: frozen values and pure functions."""

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
"""Which days of a session: ISO dates in order of time, or None for the whole session."""

Mark = Literal["yes", "maybe", "hidden"]
"""How much a session is wanted."""

PickState = Literal["held", "missing", "cancelled"]
"""What is known of a session that is picked: that it is held; that the schedule no longer has it, or not on
any of the days picked, which may be an oversight; or that it is cancelled."""

Unknown = tuple[tuple[str, Any], ...]
"""Keys of a file with their values that this version does not know, and keeps."""

Row = TypeVar("Row", Listing, SessionRow)


class Pick(NamedTuple):
    """A session in an agenda.

    The title and the slots are those that the schedule had when the pick was made or last reconciled, so
    that a session that has moved or gone since is still known.
    """

    id: str
    days: Days
    """The days picked. None is the whole session, with the days that it may yet be given."""
    title: str
    """In the schedule's own language."""
    slots: tuple[SlotRow, ...]
    """The session's slots on the days picked, in order of time; at least one."""
    withdrawn: tuple[SlotRow, ...] = ()
    """What a calendar may still hold and has to cancel: for each event beyond the number of
    ``events(slots)`` that this pick was before, its first slot as it last was. The first of them has the
    number ``len(events(slots)) + 1``."""
    revision: int = 0
    """Raised by one with every change of what a calendar is told; SEQUENCE of RFC 5545 section 3.8.7.4."""
    guid: str | None = None
    """The publisher's own name of the session."""
    code: str | None = None
    """The publisher's short name of it; the id that the schedule alone would give it."""
    url: str | None = None
    speakers: tuple[str, ...] = ()
    uid: str = ""
    """The UID of its first event, which never changes: that of an earlier pick of the session, else that of
    the session when it was picked. Empty until the agenda is kept."""
    pick: Mark = "yes"
    state: PickState = "held"
    unknown: Unknown = ()

    @property
    def gone(self) -> bool:
        """Whether the schedule has the session no longer, or not on any of the days picked."""
        return self.state != "held"

    def includes(self, day: str) -> bool:
        """Whether the session is picked on ``day``, an ISO date."""
        return self.days is None or day in self.days


class OwnEntry(NamedTuple):
    """What its owner has put into an agenda that is no session; it is kept, and of no effect yet."""

    id: str
    title: str
    day: str
    start: str | None = None
    """When it begins, as HH:MM."""
    end: str | None = None
    room: str | None = None
    unknown: Unknown = ()


class Past(NamedTuple):
    """An agenda before something was done with it, told by what was otherwise than afterwards.

    Picks are known by their UIDs, as the ids of sessions may change.
    """

    done: str
    """What was done: the command's name."""
    at: str
    """When, as RFC 3339."""
    ids: tuple[str, ...]
    """The first of the sessions that it was done with."""
    number: int
    """How many sessions it was done with."""
    picks: tuple[Pick, ...]
    """The picks that were otherwise, or are no more."""
    places: tuple[int, ...]
    """For each of them its place among all picks."""
    absent: tuple[str, ...]
    """The UIDs of the picks that there were not."""


class Former(NamedTuple):
    """What must be known of a pick that is no more, for the case that its session is picked again."""

    id: str
    guid: str | None
    uid: str
    revision: int


class Agenda(NamedTuple):
    """Everything picked of one conference under one name, in the order of picking."""

    conference: str
    """The conference's id."""
    title: str
    """The conference's title in its own language, for who reads the file; empty before anything is kept."""
    name: str
    picks: tuple[Pick, ...] = ()
    start: str = ""
    """The conference's first day, as an ISO date; empty where it is not known."""
    end: str = ""
    """Its last day."""
    entries: tuple[OwnEntry, ...] = ()
    busy: tuple[str, ...] = ()
    """Calendars of its owner's other business, as files or addresses; kept, and of no effect yet."""
    history: tuple[Past, ...] = ()
    """What it was before, the latest last; see :mod:`summitcli.agenda.history`."""
    former: tuple[Former, ...] = ()
    """What is known of picks that are no more."""
    merged: tuple[Pick, ...] = ()
    """Picks that another of the same session stands for, as calendars are to cancel them."""
    unknown: Unknown = ()

    def ids(self) -> tuple[str, ...]:
        """The ids of the sessions picked."""
        return tuple(pick.id for pick in self.picks)

    def pairs(self) -> tuple[tuple[str, str | None], ...]:
        """What :attr:`summitcli.catalog.conditions.Query.picks` takes: an id with a day, or None for all."""
        return tuple((pick.id, day) for pick in self.picks for day in pick.days or (None,))

    def by_id(self) -> dict[str, Pick]:
        """The picks by their ids, for whoever asks about many sessions."""
        return {pick.id: pick for pick in self.picks}

    def includes(self, session_id: str, day: str | None = None) -> bool:
        """Whether the session is picked: on that day, or at all where none is given."""
        pick = self.by_id().get(session_id)
        return pick is not None and (day is None or pick.includes(day))


class Added(NamedTuple):
    """What came of adding; each pick as it is now."""

    agenda: Agenda
    added: tuple[Pick, ...]
    """What is picked now and was not before: sessions, or more days of some."""
    already: tuple[Pick, ...]
    """What was picked before."""


class Removed(NamedTuple):
    """What came of removing."""

    agenda: Agenda
    removed: tuple[Pick, ...]
    """The picks as they were, each that is no longer there or lost a day."""
    absent: tuple[str, ...]
    """The ids that were not picked, or not on that day."""


def with_days(
    agenda: Agenda, wanted: Iterable[tuple[SessionRow, Days]], shared: Mapping[str, str] = NO_SHARED_GUIDS
) -> Added:
    """Return ``agenda`` with sessions, each on the days beside it.

    Days are added to those picked before. A session picked on all its days is picked whole: it is then the
    session that is wanted, and the pick follows it to another day.

    Args:
        agenda: what is picked.
        wanted: what is to be.
        shared: the guids that are not one session's alone, as :func:`summitcli.text.uids.session_uid` has
            them.

    Raises:
        UsageError: a session is not held on a day that is wanted of it.
    """
    picks = agenda.by_id()
    uids = _Uids(agenda, shared)
    more: dict[str, bool] = {}
    for session, days in wanted:
        _must_be_held(session, days)
        pick = picks.get(session.id)
        if pick is None:
            days = whole_or(days, session)
            slots = tuple(map(shared_texts, slots_on(session.slots, days)))
            new = Pick(session.id, days, session.title, slots, uid=uids.of(session))
            picks[session.id] = _identified(new, session)
        elif _covers(pick, days):
            picks[session.id] = follow(pick, session, pick.days)
        else:
            days = None if days is None else whole_or(held_days(pick) + days, session)
            picks[session.id] = follow(pick, session, days)
        more[session.id] = more.get(session.id, False) or pick is None or not _covers(pick, days)
    return Added(
        agenda._replace(picks=tuple(picks.values())),
        tuple(picks[id_] for id_, is_more in more.items() if is_more),
        tuple(picks[id_] for id_, is_more in more.items() if not is_more),
    )


def without(agenda: Agenda, ids: Iterable[str], day: str | None = None) -> Removed:
    """``agenda`` without the sessions of ``ids``, or without one day of them, which leaves their others."""
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
    """``agenda`` with nothing picked."""
    return agenda._replace(picks=(), merged=())


def marked(agenda: Agenda, rows: Iterable[Row]) -> list[Row]:
    """``rows`` with ``in_agenda`` set where the session is picked, or of a listing, on its day."""
    return list(marking(agenda)(rows))


def marking(agenda: Agenda) -> Callable[[Iterable[Row]], Iterator[Row]]:
    """Return what marks rows, see :func:`marked`, for whoever has them piece by piece."""
    picks = agenda.by_id()

    def marks(rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            pick = picks.get(row.id)
            picked = pick is not None and (isinstance(row, SessionRow) or pick.includes(row.day))
            yield row._replace(in_agenda=True) if picked else row

    return marks


def follow(pick: Pick, session: SessionRow | None, days: Days) -> Pick:
    """Return ``pick`` on ``days`` of the session as the schedule has it now; itself where nothing changes.

    Where there is no session, or none on any of the days, the pick is missing, unless it is cancelled, and
    keeps what was known.
    """
    slots = slots_on(session.slots, days) if session else ()
    if session is None or not slots:
        state: PickState = "cancelled" if pick.state == "cancelled" else "missing"
        return revised(pick, pick._replace(days=days, state=state))
    after = pick._replace(days=days, title=session.title, slots=slots, state="held")
    after = revised(pick, _identified(after, session))
    return pick if after == pick else after


def slots_on(slots: Iterable[SlotRow], days: Days) -> tuple[SlotRow, ...]:
    """Those of ``slots`` that are on ``days``."""
    return tuple(slot for slot in slots if days is None or slot.day in days)


def shared_texts(slot: SlotRow) -> SlotRow:
    """Return ``slot`` with its texts in memory once, however many picks are held then or there."""
    return SlotRow(
        intern(slot.day),
        slot.start and intern(slot.start),
        slot.end and intern(slot.end),
        slot.all_day,
        slot.room and intern(slot.room),
    )


def held_days(pick: Pick) -> tuple[str, ...]:
    """The days picked by name: of a whole session, those it was last held on."""
    return tuple(dict.fromkeys(slot.day for slot in pick.slots)) if pick.days is None else pick.days


def whole_or(days: Days, session: SessionRow) -> Days:
    """``days`` in order of time, or None where they are all that the session is held on."""
    return None if days is None or set(session.days) <= set(days) else tuple(sorted(set(days)))


def revised(before: Pick, after: Pick) -> Pick:
    """Return ``after`` with what it withdraws and, where a calendar is told otherwise, the next revision.

    One that goes missing is told as it was, and when it is back, as new.
    """
    if _told(after) == _told(before) and not (before.state == "missing" and after.state == "held"):
        return after
    # One slot for each number that an event of this pick has ever had, in the order of the numbers.
    known = [event[0] for event in events(before.slots)] + list(before.withdrawn)
    withdrawn = tuple(known[len(events(after.slots)) :])
    return after._replace(revision=next_revision(before.revision), withdrawn=withdrawn)


def next_revision(revision: int) -> int:
    """Return the number of the next revision; after the largest that calendars have there is none."""
    return min(revision + 1, MAX_INTEGER)


class _Uids:
    """The UIDs of sessions that are being picked."""

    def __init__(self, agenda: Agenda, shared: Mapping[str, str]) -> None:
        self._conference = agenda.conference
        self._shared = shared
        self._taken = {pick.uid for pick in agenda.picks}
        self._by_id = {former.id: former for former in agenda.former}
        self._by_guid: Mapping[str | None, Former] = {
            former.guid: former for former in agenda.former if former.guid
        }

    def of(self, session: SessionRow) -> str:
        """Return the UID of a new pick: that of an earlier one of the session, or the session's own."""
        former = self._by_id.get(session.id)
        if former is None or (session.guid and former.guid and former.guid != session.guid):
            # Another session may have the id by now, and this one a new id; unless others have its guid, too.
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


def _identified(pick: Pick, session: SessionRow) -> Pick:
    """Return ``pick`` with what its session is known by now; what is not published any more is kept."""
    return pick._replace(
        guid=session.guid or pick.guid,
        code=session.id,
        url=session.url or pick.url,
        speakers=tuple(map(intern, session.speakers)),
    )


def _told(pick: Pick) -> tuple[Any, ...]:
    """Return what a calendar is told of a pick."""
    return pick.days, pick.title, pick.slots, pick.pick, pick.state == "cancelled"


def _covers(pick: Pick, days: Days) -> bool:
    return pick.days is None or (days is not None and set(days) <= set(pick.days))


def _must_be_held(session: SessionRow, days: Days) -> None:
    for day in days or ():
        if day not in session.days:
            sentence = _("{id} is not held on {day}, but on {days}")
            raise UsageError(sentence.format(id=session.id, day=day, days=enumeration(session.days)))
