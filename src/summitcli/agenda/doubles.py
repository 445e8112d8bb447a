"""Picks of one session, of which one comes to stand for all.

There are such where sessions have become one, and in files that were edited by hand. The event of a pick that
another stands for is cancelled in calendars, under its own UID.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence

from summitcli.agenda.picks import Agenda, Mark, Pick, revised
from summitcli.identity import Identity, identity, same_guid, time_of
from summitcli.lazy_typing import NamedTuple
from summitcli.rows import SessionRow

STRONGEST: tuple[Mark, ...] = ("yes", "maybe", "hidden")
"""The marks of picks; of several the first is that of the pick that stands for them."""


class Joined(NamedTuple):
    """An agenda in which no session is picked twice."""

    agenda: Agenda
    held: Mapping[str, str]
    """By the id of each pick that is left the id of its session, where there is one."""
    same: Mapping[str, str]
    """By the id of each pick that another stands for the id of that one."""


def identity_of(pick: Pick) -> Identity:
    """Return what the session of a pick is recognised by."""
    code = pick.code or pick.id
    return Identity(pick.id, pick.title, pick.guid, code, pick.url, pick.speakers, pick.slots)


def joined(
    agenda: Agenda,
    became: Mapping[str, Sequence[str]],
    sessions: Mapping[str, SessionRow],
    vanished: Collection[str],
) -> Joined:
    """Return ``agenda`` with one pick of each session; one that has kept its id stands for the others.

    Args:
        agenda: what is picked.
        became: by the id of each pick the ids of the sessions that its own has become, the likeliest first.
        sessions: those sessions by their ids.
        vanished: the ids of the sessions that are known to have vanished, which are none of those.
    """
    owners: dict[str, str] = {}
    for pick in sorted(agenda.picks, key=lambda one: became[one.id][:1] != (one.id,)):
        if id_ := next((id_ for id_ in became[pick.id] if id_ not in owners), None):
            owners[id_] = pick.id
    held = {pick_id: id_ for id_, pick_id in owners.items()}
    left = [pick for pick in agenda.picks if pick.id not in held and pick.id not in vanished]
    same = {pick.id: owners[became[pick.id][0]] for pick in left if became[pick.id]}
    if others := [pick for pick in left if pick.id not in same]:
        known = {key: id_ for id_ in reversed(owners) for key in _keys(identity(sessions[id_]))}
        for pick in others:
            found = {known.get(key) for key in _keys(identity_of(pick))}
            if len(found) == 1 and (id_ := found.pop()) and _may_be_of(pick, sessions[id_]):
                same[pick.id] = owners[id_]
    return Joined(_with_one_for_all(agenda, same) if same else agenda, held, same)


def _keys(one: Identity) -> list[Hashable]:
    """Return what a session is called, when and where, for each of its slots."""
    return [(one.folded_title, time_of(slot), slot.room) for slot in one.slots]


def _may_be_of(pick: Pick, session: SessionRow) -> bool:
    """Return whether nothing that a pick's session was published under says that it is another."""
    if pick.guid and session.guid:
        return same_guid(pick.guid, session.guid)
    return pick.code in (None, session.id)


def _with_one_for_all(agenda: Agenda, same: Mapping[str, str]) -> Agenda:
    """Return ``agenda`` without the picks that others stand for, which are kept as cancelled in calendars."""
    picks = {pick.id: pick for pick in agenda.picks if pick.id not in same}
    merged = []
    for pick in agenda.picks:
        if pick.id in same:
            picks[same[pick.id]] = _together(picks[same[pick.id]], pick)
            merged.append(revised(pick, pick._replace(state="cancelled")))
    return agenda._replace(picks=tuple(picks.values()), merged=(*agenda.merged, *merged))


def _together(pick: Pick, other: Pick) -> Pick:
    """Return a pick on the days of both, as much wanted as the one that is wanted more."""
    days = None
    if pick.days is not None and other.days is not None:
        days = tuple(sorted({*pick.days, *other.days}))
    slots = pick.slots
    if days is None or days != pick.days:
        slots = tuple(sorted({*slots, *other.slots}, key=lambda slot: (slot.day, slot.start or "")))
    mark = min(pick.pick, other.pick, key=STRONGEST.index)
    return revised(pick, pick._replace(days=days, slots=slots, pick=mark))
