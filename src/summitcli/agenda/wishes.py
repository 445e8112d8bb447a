"""The wishes in an agenda: the sessions that the user wants to attend, each with all its times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from summitcli.agenda.picks import Agenda, Pick
from summitcli.agenda.plan import Wish
from summitcli.rows import Listing, SessionRow

WEIGHTS = {"yes": 3, "maybe": 1}
"""The weight of a session in a plan, by its mark in the agenda."""


def are_repeats(one: SessionRow, other: SessionRow, both_picked: bool) -> bool:
    """Return whether two sessions are the same, so that it is enough to attend one of them.

    Args:
        one: a picked session.
        other: another session.
        both_picked: True if the user has picked both. Then an equal title is not enough if neither session
            has speakers: lightning talks may have the same title every day.
    """
    if one.guid and one.guid == other.guid:
        return True
    if (one.title, one.speakers) != (other.title, other.speakers):
        return False
    return not both_picked or bool(one.speakers) or one.description == other.description


def wishes(
    agenda: Agenda,
    listings: Iterable[Listing],
    repeats: Mapping[str, Sequence[str]],
    weights: Mapping[str, int],
) -> list[Wish]:
    """Return the wishes in an agenda, in the schedule's order.

    If a session was picked as a whole, it is one wish: the user may attend any of its slots, or a repeat of
    it. If it was picked on single days, each of these days is a wish.

    Args:
        agenda: the agenda.
        listings: the slots of its sessions and of their repeats, in the schedule's order.
        repeats: for the ID of each picked session, its ID and the IDs of its repeats.
        weights: the weights that the user has given to sessions, by session ID.
    """
    picks = {pick.id: pick for pick in agenda.planned()}
    by_id: dict[str, list[Listing]] = {}
    places: dict[tuple[str, int], int] = {}
    for place, listing in enumerate(listings):
        by_id.setdefault(listing.id, []).append(listing)
        places[listing.id, listing.part] = place

    def weight(pick: Pick) -> int:
        return weights.get(pick.id, WEIGHTS[pick.pick])

    def wish(ids: Iterable[str], day: str | None = None) -> Wish:
        held = [one for id_ in ids for one in by_id.get(id_, ()) if day in (None, one.day)]
        held.sort(key=lambda listing: places[listing.id, listing.part])
        picked = {listing.id: picks[listing.id] for listing in held if listing.id in picks}
        return Wish(max(map(weight, picked.values()), default=0), tuple(held), frozenset(picked))

    hidden = {pick.id for pick in agenda.picks} - picks.keys()
    found: list[Wish] = []
    done: set[str] = set()
    for pick in picks.values():
        if pick.days is not None:
            found += [wish([pick.id], day) for day in pick.days]
        elif pick.id not in done:
            alike = [id_ for id_ in repeats.get(pick.id, (pick.id,)) if id_ not in hidden]
            whole = [id_ for id_ in alike if id_ not in picks or picks[id_].days is None]
            done.update(whole)
            found.append(wish(whole))
    kept = [one for one in found if one.picked]
    return sorted(kept, key=lambda one: places[one.listings[0].id, one.listings[0].part])
