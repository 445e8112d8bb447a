"""Merging duplicate picks in an agenda: several picks (entries) of the same session.

An agenda gets duplicates when the organisers merge two sessions that were both picked, or when its file is
edited by hand. If pick A is merged into pick B, calendars are told to cancel the event of A.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence

from summitcli.agenda.picks import Agenda, Pick, revised
from summitcli.identity import Identity, identity, same_guid, time_of
from summitcli.lazy_typing import NamedTuple
from summitcli.rows import MARKS, SessionRow


class Deduplicated(NamedTuple):
    """An agenda without duplicate picks, and which picks were merged."""

    agenda: Agenda
    session_ids: Mapping[str, str]
    """For each pick's ID, the ID of its session in the schedule; picks of vanished sessions are left out."""
    merged_into: Mapping[str, str]
    """The picks that were merged, as ``{ID of the pick: ID of the pick that remained}``."""


def identity_of(pick: Pick) -> Identity:
    """Return the details (GUID, title, times …) by which the session of a pick is recognised."""
    code = pick.code or pick.id
    return Identity(pick.id, pick.title, pick.guid, code, pick.url, pick.speakers, pick.slots)


def merge_duplicates(
    agenda: Agenda,
    became: Mapping[str, Sequence[str]],
    sessions: Mapping[str, SessionRow],
    vanished: Collection[str],
) -> Deduplicated:
    """Return ``agenda`` with one pick for each session.

    A pick has the ID that its session had in the old schedule. Several picks may lead to the same session of
    the new schedule. Then one pick remains: the pick with the ID of that session if there is one, else the
    first one. The other picks are merged into it.

    Args:
        agenda: the agenda in which duplicates are merged.
        became: for the ID of each pick, the IDs of the sessions in the new schedule that its session may
            have become, likeliest first.
        sessions: the sessions in ``became``, by ID.
        vanished: the IDs of sessions known to have vanished; their picks are never merged.
    """
    owners: dict[str, str] = {}
    for pick in sorted(agenda.picks, key=lambda pick: became[pick.id][:1] != (pick.id,)):
        if id_ := next((id_ for id_ in became[pick.id] if id_ not in owners), None):
            owners[id_] = pick.id
    session_ids = {pick_id: id_ for id_, pick_id in owners.items()}
    left = [pick for pick in agenda.picks if pick.id not in session_ids and pick.id not in vanished]
    merged_into = {pick.id: owners[became[pick.id][0]] for pick in left if became[pick.id]}
    if others := [pick for pick in left if pick.id not in merged_into]:
        known = {key: id_ for id_ in reversed(owners) for key in _keys(identity(sessions[id_]))}
        for pick in others:
            found = {known.get(key) for key in _keys(identity_of(pick))}
            if len(found) == 1 and (id_ := found.pop()) and _may_be_of(pick, sessions[id_]):
                merged_into[pick.id] = owners[id_]
    return Deduplicated(_merge_all(agenda, merged_into) if merged_into else agenda, session_ids, merged_into)


def _keys(known: Identity) -> list[Hashable]:
    """Return a key for each slot of a session: the session's title, and the slot's time and room."""
    return [(known.folded_title, time_of(slot), slot.room) for slot in known.slots]


def _may_be_of(pick: Pick, session: SessionRow) -> bool:
    """Return whether ``pick`` can be a pick of ``session``, judged by their IDs.

    If both have a GUID, the GUIDs must be equal. Otherwise the session's ID must be the one that the pick has
    recorded; if the pick has recorded no ID, return True.
    """
    if pick.guid and session.guid:
        return same_guid(pick.guid, session.guid)
    return pick.code in (None, session.id)


def _merge_all(agenda: Agenda, merged_into: Mapping[str, str]) -> Agenda:
    """Return ``agenda`` after merging picks.

    A pick that was merged into another one is marked as cancelled and moves to ``Agenda.merged``, so that
    calendars remove its events.

    Args:
        agenda: the agenda.
        merged_into: the picks to merge, as ``{ID of the pick: ID of the pick that remains}``.
    """
    picks = {pick.id: pick for pick in agenda.picks if pick.id not in merged_into}
    merged = []
    for pick in agenda.picks:
        if pick.id in merged_into:
            picks[merged_into[pick.id]] = _merge(picks[merged_into[pick.id]], pick)
            merged.append(revised(pick, pick._replace(state="cancelled")))
    return agenda._replace(picks=tuple(picks.values()), merged=(*agenda.merged, *merged))


def _merge(pick: Pick, other: Pick) -> Pick:
    """Return ``pick`` with the days of both picks, and the higher of their marks (``yes`` over ``maybe``)."""
    days = None
    if pick.days is not None and other.days is not None:
        days = tuple(sorted({*pick.days, *other.days}))
    slots = pick.slots
    if days is None or days != pick.days:
        slots = tuple(sorted({*slots, *other.slots}, key=lambda slot: (slot.day, slot.start or "")))
    mark = min(pick.pick, other.pick, key=MARKS.index)
    return revised(pick, pick._replace(days=days, slots=slots, pick=mark))
