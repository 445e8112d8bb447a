"""Adding picks (sessions) to an agenda and removing them: pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from summitcli.agenda.picks import (
    Agenda,
    Days,
    Pick,
    RemovedPick,
    follow,
    held_days,
    interned_slot,
    normalized_days,
    revised,
    slots_on,
    with_identity,
)
from summitcli.errors import UsageError
from summitcli.i18n import _
from summitcli.lazy_typing import NamedTuple
from summitcli.rows import MARKS, Mark, SessionRow
from summitcli.text.enumeration import enumeration
from summitcli.text.uids import NO_SHARED_GUIDS, distinct_uid, session_uid


class Wanted(NamedTuple):
    """A session to add to an agenda, the days on which to add it (None for all), and its mark (``yes`` …)."""

    session: SessionRow
    days: Days = None
    mark: Mark = "yes"


class Added(NamedTuple):
    """The agenda after adding sessions, and the picks of these sessions."""

    agenda: Agenda
    added: tuple[Pick, ...]
    """The picks that are new, that got more days, or whose mark (such as ``maybe``) changed."""
    already: tuple[Pick, ...]
    """The picks that did not change: they already had the mark and all the days to add."""


class Removed(NamedTuple):
    """The agenda after removing sessions, and what was removed."""

    agenda: Agenda
    removed: tuple[Pick, ...]
    """The picks that were removed, or that lost one of their days, as they were before."""
    absent: tuple[str, ...]
    """The requested IDs of sessions that were not in the agenda, or not on the given day."""


def add_sessions(
    agenda: Agenda,
    wanted: Iterable[Wanted],
    shared: Mapping[str, str] = NO_SHARED_GUIDS,
    raise_only: bool = False,
) -> Added:
    """Add sessions, each on some or all of its days, to ``agenda`` with their marks.

    If a session is in the agenda already, the new days are added to the days that were picked before. But if
    it had the mark ``hidden``, only the new days are picked. If all days of a session are picked, its pick is
    for the whole session: if the session moves to another day, the pick follows it.

    Args:
        agenda: the agenda to add to.
        wanted: the sessions to add.
        shared: the result of :func:`summitcli.catalog.guids.shared_guids` for the schedule.
        raise_only: True to keep the mark that a session has in the agenda if it has a higher priority than
            the new one.

    Raises:
        UsageError: a session is not held on a day given for it.
    """
    picks = agenda.by_id()
    uids = _Uids(agenda, shared)
    more: dict[str, bool] = {}
    for session, days, mark in wanted:
        _validate_days(session, days)
        pick = picks.get(session.id)
        if pick is None:
            all_days = normalized_days(days, session)
            slots = tuple(map(interned_slot, slots_on(session.slots, all_days)))
            new = Pick(session.id, all_days, session.title, slots, uid=uids.of(session), pick=mark)
            picks[session.id] = with_identity(new, session)
        else:
            mark = min(mark, pick.pick, key=MARKS.index) if raise_only else mark
            picks[session.id] = _extended(pick, session, days, mark)
        is_more = pick is None or not _covers(pick, days) or pick.pick != mark
        more[session.id] = more.get(session.id, False) or is_more
    return Added(
        agenda._replace(picks=tuple(picks.values())),
        tuple(picks[id_] for id_, is_more in more.items() if is_more),
        tuple(picks[id_] for id_, is_more in more.items() if not is_more),
    )


def _extended(pick: Pick, session: SessionRow, days: Days, mark: Mark) -> Pick:
    """Return ``pick`` with ``mark``, and with ``days`` added to its days."""
    if pick.pick != mark and "hidden" in (pick.pick, mark):
        days = normalized_days(days, session)
    elif _covers(pick, days):
        days = pick.days
    else:
        days = None if days is None else normalized_days(held_days(pick) + days, session)
    after = follow(pick, session, days)
    if after.pick == mark:
        return after
    return revised(pick, after._replace(pick=mark, revision=pick.revision, withdrawn=pick.withdrawn))


def remove_sessions(agenda: Agenda, ids: Iterable[str], day: str | None = None) -> Removed:
    """Remove the sessions with the given IDs from ``agenda``; if ``day`` is given, only on that day."""
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
    """Return ``agenda`` without picks and own entries. The list of merged picks is emptied, too."""
    return agenda._replace(picks=(), merged=(), entries=())


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
        """Return the UID for a new pick of ``session``.

        If the session was in the agenda before, it gets the UID that it had then. Otherwise the UID is made
        from its ID and GUID.
        """
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


def _covers(pick: Pick, days: Days) -> bool:
    return pick.days is None or (days is not None and set(days) <= set(pick.days))


def _validate_days(session: SessionRow, days: Days) -> None:
    for day in days or ():
        if day not in session.days:
            sentence = _("{id} is not held on {day}, but on {days}")
            raise UsageError(sentence.format(id=session.id, day=day, days=enumeration(session.days)))
