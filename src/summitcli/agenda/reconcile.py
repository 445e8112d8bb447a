"""Updating the picks (sessions) in an agenda to the current schedule, and listing the changes.

If sessions keep their IDs in the schedule, the session of a pick is the session with the same ID. If IDs may
change, it must also have the same GUID or title as the pick, or a time or speaker in common with it; if no
session is found in this way, a similar one is searched for (:mod:`summitcli.identity`). If a session was
split, both halves are picked. Duplicate picks are merged (:mod:`summitcli.agenda.doubles`). If a session has
disappeared, its pick gets the state ``missing``, or ``cancelled`` if the record of the schedule's earlier
versions says so (:func:`summitcli.library.memory.fate`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from sys import intern

from summitcli.agenda.doubles import identity_of, merge_duplicates
from summitcli.agenda.editing import Wanted, add_sessions
from summitcli.agenda.picks import Agenda, Pick, PickState, follow, interned_slot, revised
from summitcli.catalog.conditions import Query
from summitcli.catalog.queries import Catalog
from summitcli.i18n import _
from summitcli.identity import Identity, identity, is_other_talk, is_same_talk, recognise, same_guid
from summitcli.lazy_typing import TYPE_CHECKING, Literal, NamedTuple
from summitcli.progress import steps
from summitcli.rows import SessionRow
from summitcli.text.batches import batches
from summitcli.text.ids import numbered

if TYPE_CHECKING:
    from summitcli.library.memory import Fate, Memory

ChangeKind = Literal[
    "moved", "renamed", "speakers", "other", "parted", "same", "missing", "cancelled", "back"
]


class PickChange(NamedTuple):
    """A change of a picked session; a session that moved and was renamed has two changes.

    The kinds are

    - ``moved``: it has other days, times or rooms;
    - ``renamed``: it has another title;
    - ``speakers``: it has other speakers;
    - ``other``: it has another title and other speakers, so it may be another session;
    - ``parted``: another session was split off from it, and ``after`` is a new pick of that other session;
    - ``same``: its pick was a duplicate and was merged into ``after``;
    - ``missing``: it is no longer in the schedule, or not on the picked days;
    - ``cancelled``: it was cancelled;
    - ``back``: it is in the schedule again.
    """

    kind: ChangeKind
    before: Pick
    after: Pick


class Reconciled(NamedTuple):
    """An agenda after it was updated to its schedule, and the changes to its picks."""

    agenda: Agenda
    changes: tuple[PickChange, ...]


class ScheduleIndex(NamedTuple):
    """A schedule, with only what is needed to update agendas to it."""

    sessions: Callable[[Iterable[str]], Mapping[str, SessionRow]]
    """A function that takes session IDs and returns the sessions that exist, by ID.

    In these sessions, the fields that picks don't use are empty.
    """
    identities: Callable[[], Sequence[Identity]]
    """A function that returns the details by which sessions are recognised: GUID, title, times …

    It is called only if the IDs are not enough to recognise all picked sessions.
    """
    has_stable_ids: bool
    """True if sessions keep their IDs when the schedule is updated: an ID never changes its meaning."""
    memory: Memory | None = None
    """The record of the schedule's earlier versions; None if the schedule is not saved."""


def schedule_index(catalog: Catalog, has_stable_ids: bool, memory: Memory | None) -> ScheduleIndex:
    """Return an index of the schedule in ``catalog``, which reads sessions only when they are needed.

    Args:
        catalog: the open catalog (the database of the schedule).
        has_stable_ids: whether sessions keep their IDs when the schedule is updated.
        memory: the record of the schedule's earlier versions; None if the schedule is not saved.
    """

    def sessions(ids: Iterable[str]) -> dict[str, SessionRow]:
        rows = (row for batch in batches(ids) for row in catalog.sessions(Query(ids=tuple(batch))))
        return {row.id: _trimmed(row) for row in rows}

    return ScheduleIndex(sessions, catalog.identities, has_stable_ids, memory)


def _trimmed(session: SessionRow) -> SessionRow:
    """Return ``session`` without the fields that picks don't use, to save memory."""
    days = tuple(map(intern, session.days))
    slots = tuple(map(interned_slot, session.slots))
    bare = session._replace(
        titles=_NO_TEXTS, category=None, category_name=None, description=None, descriptions=_NO_TEXTS
    )
    return bare._replace(day=days[0], start=None, end=None, room=None, days=days, slots=slots)


_NO_TEXTS: Mapping[str, str] = {}


def reconciled(agenda: Agenda, schedule: ScheduleIndex) -> Reconciled:
    """Return ``agenda`` updated to the sessions of ``schedule``, and the changes to its picks.

    Picks get the new titles and slots of their sessions. If the calendar events of a pick change, its
    revision increases by one, however many changes there are.
    """
    sessions = _sessions_of(agenda.picks, schedule)
    became = _successors(agenda.picks, sessions, schedule)
    sessions.update(schedule.sessions({id_ for ids in became.values() for id_ in ids} - sessions.keys()))
    fates = _fates(schedule.memory)
    merged, session_ids, merged_into = merge_duplicates(agenda, became, sessions, fates)
    taken = set(session_ids.values())
    now: dict[str, Pick] = {}
    for before in merged.picks:
        if id_ := session_ids.get(before.id):
            renamed = before if before.id == id_ else before._replace(id=id_)
            now[before.id] = follow(renamed, sessions[id_], before.days)
        else:
            now[before.id] = _without_session(before, fates.get(before.id, "missing"))
    _rename_strangers(now, sessions, schedule)
    changes = [
        PickChange("same", pick, now[merged_into[pick.id]]) for pick in agenda.picks if pick.id in merged_into
    ]
    for before in merged.picks:
        changes += [PickChange(kind, before, now[before.id]) for kind in _kinds(before, now[before.id])]
    after = merged._replace(picks=tuple(now.values()))
    for before in merged.picks:
        for id_ in became[before.id]:
            if id_ not in taken and (half := _add_half(after, before, sessions[id_])):
                taken.add(id_)
                after = half
                changes.append(PickChange("parted", before, half.picks[-1]))
    return Reconciled(after, tuple(changes))


_SHARED = ("id", "title", "guid", "url", "speakers", "slots")
"""The names of the fields that both picks and sessions have."""


def _sessions_of(picks: Sequence[Pick], schedule: ScheduleIndex) -> dict[str, SessionRow]:
    """Return the sessions of the schedule with the IDs of ``picks``, by ID.

    If a field of a session is equal to that of the pick, both refer to one object, to save memory.
    """
    found: dict[str, SessionRow] = {}
    for batch in batches(steps(_("comparing"), picks, len(picks))):
        sessions = schedule.sessions([pick.id for pick in batch])
        for pick in batch:
            if session := sessions.get(pick.id):
                alike = [name for name in _SHARED if getattr(pick, name) == getattr(session, name)]
                found[pick.id] = session._replace(**{name: getattr(pick, name) for name in alike})
    return found


def with_current_ids(agenda: Agenda, schedule: ScheduleIndex) -> Agenda:
    """Return ``agenda`` with only the IDs of its picks changed: each gets its session's ID in ``schedule``.

    Several picks may have become picks of the same session. Then one of them gets the ID of that session, and
    each of the others keeps its old ID. If another pick has this ID now, a number is appended to the old ID,
    as in ``opening-2``.
    """
    ids = {pick.uid: pick.id for pick in reconciled(agenda, schedule).agenda.picks}
    taken = set(ids.values())
    picks = []
    for pick in agenda.picks:
        id_ = ids.get(pick.uid) or numbered(pick.id, taken)
        taken.add(id_)
        picks.append(pick._replace(id=id_))
    return agenda._replace(picks=tuple(picks))


def _rename_strangers(
    picks: dict[str, Pick], sessions: Mapping[str, SessionRow], schedule: ScheduleIndex
) -> None:
    """Give a new ID to each missing or cancelled pick if another session has its ID now.

    Args:
        picks: the picks, which are changed in place; the keys of the mapping are ignored.
        sessions: the sessions in the schedule with the IDs of picks, by ID.
        schedule: the schedule.
    """
    strangers = [id_ for id_, pick in picks.items() if pick.gone and pick.id in sessions]
    # If only the days differ, it is still the same session.
    strangers = [id_ for id_ in strangers if not _is_certain(picks[id_], sessions[picks[id_].id], schedule)]
    if strangers:
        taken = {session.id for session in schedule.identities()} | {pick.id for pick in picks.values()}
        for id_ in strangers:
            picks[id_] = picks[id_]._replace(id=numbered(id_, taken))
            taken.add(picks[id_].id)


def _successors(
    picks: Sequence[Pick], sessions: Mapping[str, SessionRow], schedule: ScheduleIndex
) -> dict[str, tuple[str, ...]]:
    """Return, for each pick's ID, the IDs of the sessions that its session has become, likeliest first.

    If the session was split, there are several IDs; if it has vanished, there is none.
    """
    identities = cache(schedule.identities)
    certain = [pick for pick in picks if _is_certain(pick, sessions.get(pick.id), schedule)]
    became: dict[str, tuple[str, ...]] = {pick.id: (pick.id,) for pick in certain}
    gone = _fates(schedule.memory)
    others = [pick for pick in picks if pick.id not in became and pick.id not in gone]
    if others:
        free = [session for session in identities() if session.id not in became]
        found = recognise([identity_of(pick) for pick in others], free)
        for pick, positions in zip(others, found, strict=True):
            became[pick.id] = tuple(free[position].id for position in positions)
    for pick in (*certain, *others):
        if pick.guid and not _holds_all(pick, sessions.get(pick.id)):
            parts = (*became[pick.id], *_of_guid(pick, identities()))
            became[pick.id] = tuple(dict.fromkeys(parts))
    return {pick.id: became.get(pick.id, ()) for pick in picks}


def _is_certain(pick: Pick, session: SessionRow | None, schedule: ScheduleIndex) -> bool:
    """Return whether ``session``, which has the ID of ``pick``, is certainly the session that was picked.

    ``session`` is None if no session has that ID.
    """
    if session is None:
        return False
    if pick.guid and session.guid:
        return same_guid(pick.guid, session.guid)
    return schedule.has_stable_ids or is_same_talk(identity_of(pick), identity(session))


def _holds_all(pick: Pick, session: SessionRow | None) -> bool:
    """Return whether there is a ``session`` and it is held at every time that ``pick`` records."""
    if session is None or pick.slots == session.slots:
        return session is not None
    return identity_of(pick).times <= identity(session).times


def _of_guid(pick: Pick, identities: Iterable[Identity]) -> list[str]:
    """Return the IDs of the sessions that have the GUID of ``pick`` and are held at one of its times."""
    guid, times = pick.guid or "", identity_of(pick).times
    return [each.id for each in identities if each.guid and same_guid(each.guid, guid) and each.times & times]


def _add_half(agenda: Agenda, before: Pick, session: SessionRow) -> Agenda | None:
    """Return ``agenda`` with a new pick of ``session``, which was split off from the session of ``before``.

    The new pick gets the mark of ``before``. Return None if ``session`` is not held on any of the picked
    days.
    """
    days = None if before.days is None else tuple(day for day in before.days if day in session.days)
    if days == ():
        return None
    guids = {before.guid: before.id} if before.guid else {}
    *others, half = add_sessions(agenda, [Wanted(session, days, before.pick)], guids).agenda.picks
    # Undoing the change that added the original pick must remove the new one, too.
    history = tuple(
        past._replace(absent=(*past.absent, half.uid)) if before.uid in past.absent else past
        for past in agenda.history
    )
    return agenda._replace(picks=(*others, half), history=history)


def _without_session(pick: Pick, state: PickState) -> Pick:
    """Return a pick whose session was not found, with the new ``state``; a cancelled pick stays cancelled."""
    return revised(pick, pick._replace(state="cancelled" if pick.state == "cancelled" else state))


def _fates(memory: Memory | None) -> dict[str, Fate]:
    """Return the fate (``missing`` or ``cancelled``) of each session that has vanished, by its ID.

    Args:
        memory: the record of the schedule's versions; None if the schedule is not saved.
    """
    if memory is None:
        return {}
    from summitcli.library.memory import fate

    return {session.identity.id: fate(session, memory.updates) for session in memory.vanished}


def _kinds(before: Pick, after: Pick) -> Iterator[ChangeKind]:
    """Yield the kinds of change, such as ``moved``, that an update made to a pick."""
    if before.state != after.state:
        yield "back" if after.state == "held" else after.state
    if before.slots != after.slots:
        yield "moved"
    if before.title != after.title:
        yield "other" if is_other_talk(identity_of(before), identity_of(after)) else "renamed"
    elif before.speakers and after.speakers and set(before.speakers) != set(after.speakers):
        yield "speakers"
