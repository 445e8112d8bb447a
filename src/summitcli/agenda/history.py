"""The last states of an agenda, and how it goes back to them.

A state is what differs from the one after it. Picks are known by their UIDs, so that what an agenda takes
over from a schedule in between does no harm. What was picked comes back; what is known of its session by now
stays. No revision is ever lower than one that a calendar may have seen.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from itertools import islice

from summitcli.agenda.picks import Agenda, Former, Past, Pick, next_revision, revised
from summitcli.lazy_typing import NamedTuple
from summitcli.text.ids import numbered
from summitcli.text.uids import session_uid

MOST = 20
"""The number of states that are kept."""

MAX_IDS = 8
"""The number of sessions of a change whose ids are kept."""


class Deed(NamedTuple):
    """Something that was done with an agenda."""

    name: str
    """The command's: ``add``, ``remove``."""
    at: str
    """When, as RFC 3339."""
    forget: bool = False
    """True if nothing that was before it is to be known any more."""


class Undone(NamedTuple):
    """An agenda that has gone back, and what was taken back with that."""

    agenda: Agenda
    past: Past


def recorded(before: Agenda, after: Agenda, deed: Deed | None = None) -> Agenda:
    """Return ``after`` with what must be known of ``before``.

    Args:
        before: the agenda as it was.
        after: what was made of it.
        deed: what was done; None for what is not to be taken back, as what a schedule has changed.
    """
    after = after._replace(picks=_with_uids(after))
    if deed and deed.forget:
        return after._replace(history=(), former=(), merged=())
    earlier = {pick.uid: pick for pick in before.picks}
    later = {pick.uid for pick in after.picks}
    former = {one.uid: one for one in before.former}
    picks = []
    for pick in after.picks:
        if known := former.pop(pick.uid, None):
            pick = pick._replace(revision=max(pick.revision, next_revision(known.revision)))
        picks.append(pick)
    merged = {pick.uid: pick for pick in after.merged if pick.uid not in later}
    gone = ((earlier | merged)[uid] for uid in earlier if uid not in later)
    former.update({pick.uid: Former(pick.id, pick.guid, pick.uid, pick.revision) for pick in gone})
    after = after._replace(picks=tuple(picks), former=tuple(former.values()), merged=tuple(merged.values()))
    if deed is None or after.picks == before.picks:
        return after
    return after._replace(history=(*after.history, _past(before, after, deed))[-MOST:])


def undone(agenda: Agenda) -> Undone | None:
    """Return ``agenda`` as it was before the last thing done with it; None where nothing is known of that."""
    if not agenda.history:
        return None
    *history, past = agenda.history
    return Undone(agenda._replace(picks=_restored(agenda.picks, past), history=tuple(history)), past)


def without_oldest(agenda: Agenda) -> Agenda | None:
    """Return ``agenda`` with less of what it was before; None where there is nothing left to leave out.

    The last thing done goes last, so that it can be taken back as long as a file can hold it.
    """
    if agenda.former and len(agenda.history) <= 1:
        return agenda._replace(former=())
    return agenda._replace(history=agenda.history[1:]) if agenda.history else None


def _with_uids(agenda: Agenda) -> tuple[Pick, ...]:
    """Return the picks, those without a UID with their session's own."""
    return tuple(
        pick if pick.uid else pick._replace(uid=session_uid(pick.id, agenda.conference, pick.guid))
        for pick in agenda.picks
    )


def _past(before: Agenda, after: Agenda, deed: Deed) -> Past:
    earlier = {pick.uid for pick in before.picks}
    later = {pick.uid: pick for pick in after.picks}
    absent = tuple(uid for uid in later if uid not in earlier)
    places = [place for place, pick in enumerate(before.picks) if later.get(pick.uid) != pick]
    ids = [before.picks[place].id for place in places] + [later[uid].id for uid in absent]
    stayed = set(later).difference(absent, (before.picks[place].uid for place in places))
    if [uid for uid in later if uid in stayed] != [pick.uid for pick in before.picks if pick.uid in stayed]:
        places = list(range(len(before.picks)))
    picks = tuple(before.picks[place] for place in places)
    return Past(deed.name, deed.at, tuple(ids[:MAX_IDS]), len(ids), picks, tuple(places), absent)


def _restored(picks: Iterable[Pick], past: Past) -> tuple[Pick, ...]:
    """Return the picks as they were before what ``past`` tells of."""
    current = {pick.uid: pick for pick in picks}
    out = {*past.absent, *(pick.uid for pick in past.picks)}
    kept = iter([pick for uid, pick in current.items() if uid not in out])
    back = sorted(zip(past.places, past.picks, strict=True), key=lambda pair: pair[0])
    restored: list[Pick] = []
    for place, pick in back:
        restored.extend(islice(kept, max(place - len(restored), 0)))
        restored.append(_back(current.get(pick.uid), pick))
    return _with_own_ids((*restored, *kept), current)


def _with_own_ids(picks: Sequence[Pick], current: Container[str]) -> tuple[Pick, ...]:
    """Return picks, those that are back under other ids where by now another pick has their own."""
    taken = {pick.id for pick in picks if pick.uid in current}
    found = []
    for pick in picks:
        if pick.uid not in current:
            pick = pick._replace(id=numbered(pick.id, taken))
            taken.add(pick.id)
        found.append(pick)
    return tuple(found)


def _back(current: Pick | None, earlier: Pick) -> Pick:
    """Return a pick as it was before, with what is known by now."""
    if current is None:
        return earlier
    if current.days == earlier.days:
        return revised(current, current._replace(pick=earlier.pick))
    return revised(current, current._replace(days=earlier.days, slots=earlier.slots, pick=earlier.pick))
