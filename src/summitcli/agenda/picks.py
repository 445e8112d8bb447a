"""An agenda and how it is edited: frozen values and pure functions."""

from __future__ import annotations

from collections.abc import Iterable

from summitcli.errors import UsageError
from summitcli.i18n import _
from summitcli.lazy_typing import NamedTuple, TypeVar
from summitcli.rows import Listing, SessionRow, SlotRow
from summitcli.text.uids import events

Days = tuple[str, ...] | None
"""Which days of a session: ISO dates in order of time, or None for the whole session."""

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
    """Raised by one with every change; SEQUENCE of RFC 5545 section 3.8.7.4."""
    gone: bool = False
    """Whether the schedule no longer has the session, or not on any of the days picked."""

    def includes(self, day: str) -> bool:
        """Whether the session is picked on ``day``, an ISO date."""
        return self.days is None or day in self.days


class Agenda(NamedTuple):
    """Everything picked of one conference under one name, in the order of picking."""

    conference: str
    """The conference's id."""
    title: str
    """The conference's title in its own language, for who reads the file; empty before anything is kept."""
    name: str
    picks: tuple[Pick, ...] = ()

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


def with_days(agenda: Agenda, wanted: Iterable[tuple[SessionRow, Days]]) -> Added:
    """``agenda`` with sessions, each on the days beside it.

    Days are added to those picked before. A session picked on all its days is picked whole: it is then the
    session that is wanted, and the pick follows it to another day.

    Raises:
        UsageError: a session is not held on a day that is wanted of it.
    """
    picks = agenda.by_id()
    more: dict[str, bool] = {}
    for session, days in wanted:
        _must_be_held(session, days)
        pick = picks.get(session.id)
        if pick is None:
            days = whole_or(days, session)
            picks[session.id] = Pick(session.id, days, session.title, slots_on(session.slots, days))
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
            picks[id_] = _revised(pick, pick._replace(days=others, slots=slots))
        else:
            del picks[id_]
    return Removed(agenda._replace(picks=tuple(picks.values())), tuple(removed.values()), tuple(absent))


def cleared(agenda: Agenda) -> Agenda:
    """``agenda`` with nothing picked."""
    return agenda._replace(picks=())


def marked(agenda: Agenda, rows: Iterable[Row]) -> list[Row]:
    """``rows`` with ``in_agenda`` set where the session is picked, or of a listing, on its day."""
    picks = agenda.by_id()
    answer: list[Row] = []
    for row in rows:
        pick = picks.get(row.id)
        picked = pick is not None and (isinstance(row, SessionRow) or pick.includes(row.day))
        answer.append(row._replace(in_agenda=True) if picked else row)
    return answer


def follow(pick: Pick, session: SessionRow | None, days: Days) -> Pick:
    """``pick`` on ``days`` of the session as the schedule has it now; itself where that changes nothing.

    Where there is no session, or none on any of the days, the pick is gone and keeps what was known.
    """
    slots = slots_on(session.slots, days) if session else ()
    if session is None or not slots:
        return _revised(pick, pick._replace(days=days, gone=True))
    return _revised(pick, pick._replace(days=days, title=session.title, slots=slots, gone=False))


def slots_on(slots: Iterable[SlotRow], days: Days) -> tuple[SlotRow, ...]:
    """Those of ``slots`` that are on ``days``."""
    return tuple(slot for slot in slots if days is None or slot.day in days)


def held_days(pick: Pick) -> tuple[str, ...]:
    """The days picked by name: of a whole session, those it was last held on."""
    return tuple(dict.fromkeys(slot.day for slot in pick.slots)) if pick.days is None else pick.days


def whole_or(days: Days, session: SessionRow) -> Days:
    """``days`` in order of time, or None where they are all that the session is held on."""
    return None if days is None or set(session.days) <= set(days) else tuple(sorted(set(days)))


def _revised(before: Pick, after: Pick) -> Pick:
    """``after`` with the next revision and with what it withdraws; ``before`` where they are the same."""
    if after == before:
        return before
    # One slot for each number that an event of this pick has ever had, in the order of the numbers.
    known = [event[0] for event in events(before.slots)] + list(before.withdrawn)
    return after._replace(revision=before.revision + 1, withdrawn=tuple(known[len(events(after.slots)) :]))


def _covers(pick: Pick, days: Days) -> bool:
    return pick.days is None or (days is not None and set(days) <= set(pick.days))


def _must_be_held(session: SessionRow, days: Days) -> None:
    for day in days or ():
        if day not in session.days:
            sentence = _("{id} is not held on {day}, but on {days}")
            raise UsageError(sentence.format(id=session.id, day=day, days=_(", ").join(session.days)))
