"""An agenda brought up to the schedule as it is now, with what has changed since.

Which session a pick is now is told by its id where the library has kept that or nothing contradicts it, and
else by :mod:`summitcli.identity`. A session that has parted is picked in both halves; picks of one session
become one (:mod:`summitcli.agenda.doubles`). A session that is not there any more is missing; it is cancelled
only where the library has reason to say so (:func:`summitcli.library.memory.fate`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from sys import intern

from summitcli.agenda.doubles import identity_of, joined
from summitcli.agenda.picks import Agenda, Pick, PickState, follow, revised, shared_texts, with_days
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

Kind = Literal["moved", "renamed", "speakers", "other", "parted", "same", "missing", "cancelled", "back"]


class Change(NamedTuple):
    """One way in which a pick's session has changed; a pick that has moved and been renamed has two.

    The kinds: ``moved``, other days, times or rooms; ``renamed``; ``speakers``, others; ``other``, another
    title with other speakers, so that it may be another talk; ``parted``, ``after`` is a half that has become
    a session of its own; ``same``, ``after`` is the pick that stands for this one, as it is of the same
    session; ``missing``, not in the schedule any more, or not on the days picked; ``cancelled``; ``back``,
    held again.
    """

    kind: Kind
    before: Pick
    after: Pick


class Reconciled(NamedTuple):
    """An agenda that agrees with the schedule, and the changes in the order of its picks."""

    agenda: Agenda
    changes: tuple[Change, ...]


class Known(NamedTuple):
    """A schedule, as far as agendas ask about it."""

    sessions: Callable[[Iterable[str]], Mapping[str, SessionRow]]
    """Returns the sessions of some ids, those that there are, with what picks keep of them."""
    identities: Callable[[], Sequence[Identity]]
    """Returns what every session is recognised by; asked for only where an id does not do."""
    ids_last: bool
    """True if an id always means the same session; else ids may be made anew each time."""
    memory: Memory | None = None
    """The memory of the library; None of a schedule that is not kept."""


def known(catalog: Catalog, ids_last: bool, memory: Memory | None) -> Known:
    """Return what agendas ask about the schedule of a catalog.

    Args:
        catalog: the schedule.
        ids_last: see :class:`Known`.
        memory: likewise.
    """

    def sessions(ids: Iterable[str]) -> dict[str, SessionRow]:
        rows = (row for batch in batches(ids) for row in catalog.sessions(Query(ids=tuple(batch))))
        return {row.id: _bare(row) for row in rows}

    return Known(sessions, catalog.identities, ids_last, memory)


def _bare(session: SessionRow) -> SessionRow:
    """Return a session with what picks keep of it, of which there may be many in memory."""
    days = tuple(map(intern, session.days))
    slots = tuple(map(shared_texts, session.slots))
    bare = session._replace(
        titles=_NO_TEXTS, category=None, category_name=None, description=None, descriptions=_NO_TEXTS
    )
    return bare._replace(day=days[0], start=None, end=None, room=None, days=days, slots=slots)


_NO_TEXTS: Mapping[str, str] = {}


def reconciled(agenda: Agenda, schedule: Known) -> Reconciled:
    """Return ``agenda`` as the schedule has its sessions now.

    A pick whose title or slots differ takes over the new ones. Each pick of which a calendar is to be told
    something else gets the next revision, once.
    """
    sessions = _sessions_of(agenda.picks, schedule)
    became = _became(agenda.picks, sessions, schedule)
    sessions.update(schedule.sessions({id_ for ids in became.values() for id_ in ids} - sessions.keys()))
    fates = _fates(schedule.memory)
    once, held, same = joined(agenda, became, sessions, fates)
    taken = set(held.values())
    now: dict[str, Pick] = {}
    for before in once.picks:
        if id_ := held.get(before.id):
            renamed = before if before.id == id_ else before._replace(id=id_)
            now[before.id] = follow(renamed, sessions[id_], before.days)
        else:
            now[before.id] = _left(before, fates.get(before.id, "missing"))
    _rename_strangers(now, sessions, schedule)
    changes = [Change("same", one, now[same[one.id]]) for one in agenda.picks if one.id in same]
    changes += [Change(kind, one, now[one.id]) for one in once.picks for kind in _kinds(one, now[one.id])]
    after = once._replace(picks=tuple(now.values()))
    for before in once.picks:
        for id_ in became[before.id]:
            if id_ not in taken and (half := _with_half(after, before, sessions[id_])):
                taken.add(id_)
                after = half
                changes.append(Change("parted", before, half.picks[-1]))
    return Reconciled(after, tuple(changes))


_SHARED = ("id", "title", "guid", "url", "speakers", "slots")
"""The fields that a pick has of its session as the schedule has it."""


def _sessions_of(picks: Sequence[Pick], schedule: Known) -> dict[str, SessionRow]:
    """Return the sessions that have the ids of picks; what both have alike is in memory once."""
    found: dict[str, SessionRow] = {}
    for batch in batches(steps(_("comparing"), picks, len(picks))):
        sessions = schedule.sessions([pick.id for pick in batch])
        for pick in batch:
            if session := sessions.get(pick.id):
                alike = [name for name in _SHARED if getattr(pick, name) == getattr(session, name)]
                found[pick.id] = session._replace(**{name: getattr(pick, name) for name in alike})
    return found


def with_ids_of_now(agenda: Agenda, schedule: Known) -> Agenda:
    """Return ``agenda`` with the ids that its sessions have now, and nothing else of them.

    A pick that another stands for keeps its own, or gets one that no other pick has.
    """
    ids = {pick.uid: pick.id for pick in reconciled(agenda, schedule).agenda.picks}
    taken = set(ids.values())
    picks = []
    for pick in agenda.picks:
        id_ = ids.get(pick.uid) or numbered(pick.id, taken)
        taken.add(id_)
        picks.append(pick._replace(id=id_))
    return agenda._replace(picks=tuple(picks))


def _rename_strangers(picks: dict[str, Pick], sessions: Mapping[str, SessionRow], known: Known) -> None:
    """Give another id to each pick that is gone and whose id is another session's by now."""
    strangers = [id_ for id_, pick in picks.items() if pick.gone and pick.id in sessions]
    # One that is only held on other days than those picked is no stranger.
    strangers = [id_ for id_ in strangers if not _is_certain(picks[id_], sessions[picks[id_].id], known)]
    if strangers:
        taken = {one.id for one in known.identities()} | {pick.id for pick in picks.values()}
        for id_ in strangers:
            picks[id_] = picks[id_]._replace(id=numbered(id_, taken))
            taken.add(picks[id_].id)


def _became(
    picks: Sequence[Pick], sessions: Mapping[str, SessionRow], known: Known
) -> dict[str, tuple[str, ...]]:
    """Return by the id of each pick the ids of the sessions that its own has become, the likeliest first."""
    identities = cache(known.identities)
    certain = [pick for pick in picks if _is_certain(pick, sessions.get(pick.id), known)]
    became: dict[str, tuple[str, ...]] = {pick.id: (pick.id,) for pick in certain}
    gone = _fates(known.memory)
    others = [pick for pick in picks if pick.id not in became and pick.id not in gone]
    if others:
        free = [one for one in identities() if one.id not in became]
        found = recognise([identity_of(pick) for pick in others], free)
        for pick, positions in zip(others, found, strict=True):
            became[pick.id] = tuple(free[position].id for position in positions)
    for pick in (*certain, *others):
        if pick.guid and not _holds_all(pick, sessions.get(pick.id)):
            parts = (*became[pick.id], *_of_guid(pick, identities()))
            became[pick.id] = tuple(dict.fromkeys(parts))
    return {pick.id: became.get(pick.id, ()) for pick in picks}


def _is_certain(pick: Pick, session: SessionRow | None, known: Known) -> bool:
    """Return whether the session of a pick's id is the one that was picked."""
    if session is None:
        return False
    if pick.guid and session.guid:
        return same_guid(pick.guid, session.guid)
    return known.ids_last or is_same_talk(identity_of(pick), identity(session))


def _holds_all(pick: Pick, session: SessionRow | None) -> bool:
    """Return whether a session is still held whenever it was when it was picked."""
    if session is None or pick.slots == session.slots:
        return session is not None
    return identity_of(pick).times <= identity(session).times


def _of_guid(pick: Pick, identities: Iterable[Identity]) -> list[str]:
    """Return the ids of the sessions that bear a pick's guid and are held at a time of it."""
    guid, times = pick.guid or "", identity_of(pick).times
    return [one.id for one in identities if one.guid and same_guid(one.guid, guid) and one.times & times]


def _with_half(agenda: Agenda, before: Pick, session: SessionRow) -> Agenda | None:
    """Return ``agenda`` with a half that a session has parted into; None if it is on none of the days picked.

    A half is wanted as much as the whole was.
    """
    days = None if before.days is None else tuple(day for day in before.days if day in session.days)
    if days == ():
        return None
    guids = {before.guid: before.id} if before.guid else {}
    *others, half = with_days(agenda, [(session, days)], guids).agenda.picks
    # Whoever undoes that the whole was picked undoes it of the half, too.
    history = tuple(
        past._replace(absent=(*past.absent, half.uid)) if before.uid in past.absent else past
        for past in agenda.history
    )
    return agenda._replace(picks=(*others, half._replace(pick=before.pick)), history=history)


def _left(pick: Pick, state: PickState) -> Pick:
    """Return a pick whose session is not there; one that is cancelled stays so."""
    return revised(pick, pick._replace(state="cancelled" if pick.state == "cancelled" else state))


def _fates(memory: Memory | None) -> dict[str, Fate]:
    """Return what is to be told of the sessions that the library knows to have vanished, by their ids."""
    if memory is None:
        return {}
    from summitcli.library.memory import fate

    return {one.identity.id: fate(one, memory.updates) for one in memory.vanished}


def _kinds(before: Pick, after: Pick) -> Iterator[Kind]:
    if before.state != after.state:
        yield "back" if after.state == "held" else after.state
    if before.slots != after.slots:
        yield "moved"
    if before.title != after.title:
        yield "other" if is_other_talk(identity_of(before), identity_of(after)) else "renamed"
    elif before.speakers and after.speakers and set(before.speakers) != set(after.speakers):
        yield "speakers"
