"""The undo history of an agenda: its picks (sessions) and entries as they were before each change.

Each entry of the history records how the agenda differed before a change. It refers to picks by UID, so it
stays valid when a schedule update changes session IDs. Undoing a change restores which sessions were picked;
their details stay up to date. The revision of an event never decreases, as calendars ignore an event whose
revision is lower than one they have seen.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from itertools import islice

from summitcli.agenda.picks import Agenda, HistoryEntry, Pick, RemovedPick, next_revision, revised
from summitcli.lazy_typing import NamedTuple
from summitcli.text.ids import numbered
from summitcli.text.uids import session_uid

MAX_HISTORY = 20
"""The maximum number of changes that can be undone."""

MAX_IDS = 8
"""The maximum number of session IDs recorded for one change; further ones are not recorded."""


class Action(NamedTuple):
    """A change made by a command, recorded so that it can be undone."""

    name: str
    """The command's name, such as ``add`` or ``remove``."""
    at: str
    """The time of the change, as an RFC 3339 timestamp."""
    forget: bool = False
    """True to delete the undo history: neither this change nor an earlier one can then be undone."""


class Undone(NamedTuple):
    """An agenda after a change was undone, and the entry of the history that was undone."""

    agenda: Agenda
    past: HistoryEntry


def recorded(before: Agenda, after: Agenda, action: Action | None = None) -> Agenda:
    """Return ``after`` with the change recorded in its undo history.

    New picks without a UID get one. Removed picks are added to ``Agenda.former``.

    Args:
        before: the agenda before the change.
        after: the agenda after the change.
        action: the command that made the change; None for a change that can't be undone, such as a schedule
            update.
    """
    after = after._replace(picks=_with_uids(after))
    if action and action.forget:
        return after._replace(history=(), former=(), merged=())
    earlier = {pick.uid: pick for pick in before.picks}
    later = {pick.uid for pick in after.picks}
    former = {removed.uid: removed for removed in before.former}
    picks = []
    for pick in after.picks:
        if known := former.pop(pick.uid, None):
            pick = pick._replace(revision=max(pick.revision, next_revision(known.revision)))
        picks.append(pick)
    merged = {pick.uid: pick for pick in after.merged if pick.uid not in later}
    gone = ((earlier | merged)[uid] for uid in earlier if uid not in later)
    former.update({pick.uid: RemovedPick(pick.id, pick.guid, pick.uid, pick.revision) for pick in gone})
    after = after._replace(picks=tuple(picks), former=tuple(former.values()), merged=tuple(merged.values()))
    if action is None or _recorded_fields(after) == _recorded_fields(before):
        return after
    return after._replace(history=(*after.history, _past(before, after, action))[-MAX_HISTORY:])


def undone(agenda: Agenda) -> Undone | None:
    """Return ``agenda`` as it was before the latest change; None if its undo history is empty."""
    if not agenda.history:
        return None
    *history, past = agenda.history
    restored = agenda._replace(
        picks=_restored(agenda.picks, past),
        entries=agenda.entries if past.entries is None else past.entries,
        busy=agenda.busy if past.busy is None else past.busy,
        history=tuple(history),
    )
    return Undone(restored, past)


def without_oldest(agenda: Agenda) -> Agenda | None:
    """Return ``agenda`` with less undo history, to make its file smaller; None if nothing can be dropped.

    The oldest entry of the history is dropped. If only one entry is left, it stays for the time being, so
    that the latest change can still be undone; the list of removed picks (``Agenda.former``) is dropped
    instead.
    """
    if agenda.former and len(agenda.history) <= 1:
        return agenda._replace(former=())
    return agenda._replace(history=agenda.history[1:]) if agenda.history else None


def _recorded_fields(agenda: Agenda) -> tuple[object, ...]:
    """Return the fields of an agenda that undoing restores: picks, own entries, and other calendars."""
    return agenda.picks, agenda.entries, agenda.busy


def _with_uids(agenda: Agenda) -> tuple[Pick, ...]:
    """Return the picks of ``agenda``; those without a UID get one made from their session's ID and GUID."""
    return tuple(
        pick if pick.uid else pick._replace(uid=session_uid(pick.id, agenda.conference, pick.guid))
        for pick in agenda.picks
    )


def _past(before: Agenda, after: Agenda, action: Action) -> HistoryEntry:
    earlier = {pick.uid for pick in before.picks}
    later = {pick.uid: pick for pick in after.picks}
    absent = tuple(uid for uid in later if uid not in earlier)
    places = [place for place, pick in enumerate(before.picks) if later.get(pick.uid) != pick]
    ids = [before.picks[place].id for place in places] + [later[uid].id for uid in absent]
    ids += [entry.id for entry in before.entries if entry not in after.entries]
    ids += [entry.id for entry in after.entries if entry not in before.entries]
    stayed = set(later).difference(absent, (before.picks[place].uid for place in places))
    if [uid for uid in later if uid in stayed] != [pick.uid for pick in before.picks if pick.uid in stayed]:
        places = list(range(len(before.picks)))
    picks = tuple(before.picks[place] for place in places)
    return HistoryEntry(
        action.name,
        action.at,
        tuple(ids[:MAX_IDS]),
        len(ids),
        picks,
        tuple(places),
        absent,
        None if after.entries == before.entries else before.entries,
        None if after.busy == before.busy else before.busy,
    )


def _restored(picks: Iterable[Pick], past: HistoryEntry) -> tuple[Pick, ...]:
    """Return the picks as they were before a change that is undone.

    Args:
        picks: the current picks.
        past: the entry of the undo history for the change.
    """
    current = {pick.uid: pick for pick in picks}
    out = {*past.absent, *(pick.uid for pick in past.picks)}
    kept = iter([pick for uid, pick in current.items() if uid not in out])
    back = sorted(zip(past.places, past.picks, strict=True), key=lambda pair: pair[0])
    restored: list[Pick] = []
    for place, pick in back:
        restored.extend(islice(kept, max(place - len(restored), 0)))
        restored.append(_restored_pick(current.get(pick.uid), pick))
    return _with_own_ids((*restored, *kept), current)


def _with_own_ids(picks: Sequence[Pick], current: Container[str]) -> tuple[Pick, ...]:
    """Return ``picks`` with unique IDs: if a restored pick has the ID of another pick, it gets a new ID.

    Args:
        picks: the picks after a change was undone.
        current: the UIDs of the picks before the change was undone. All other picks were restored.
    """
    taken = {pick.id for pick in picks if pick.uid in current}
    found = []
    for pick in picks:
        if pick.uid not in current:
            pick = pick._replace(id=numbered(pick.id, taken))
            taken.add(pick.id)
        found.append(pick)
    return tuple(found)


def _restored_pick(current: Pick | None, earlier: Pick) -> Pick:
    """Return a restored pick, with the days and the mark of ``earlier`` and the details of ``current``.

    Args:
        current: the pick as it is now; None if it had been removed.
        earlier: the pick as the undo history recorded it.
    """
    if current is None:
        return earlier
    if current.days == earlier.days:
        return revised(current, current._replace(pick=earlier.pick))
    return revised(current, current._replace(days=earlier.days, slots=earlier.slots, pick=earlier.pick))
