"""The comparison of a plan with a later schedule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import combinations

from summitcli.agenda.plan import clash
from summitcli.lazy_typing import NamedTuple
from summitcli.rows import Listing


class PlanChanges(NamedTuple):
    """The changes to the sessions of a plan, in a later schedule."""

    kept: tuple[tuple[Listing, Listing], ...]
    """The sessions that are still held, each in two forms: as it was in the plan, and as it is now."""
    gone: tuple[Listing, ...]
    """The sessions that are no longer held, as they were in the plan."""
    conflicts: tuple[tuple[Listing, Listing], ...]
    """The pairs of sessions that did not conflict in the plan and do now, with their new times.

    If one of a pair is the user's own entry, it is the second.
    """

    @property
    def moved(self) -> list[tuple[Listing, Listing]]:
        """Return the sessions whose day, time or room has changed, each as it was and as it is now."""
        return [(before, now) for before, now in self.kept if _place(before) != _place(now)]


def changes_of_plan(
    planned: Iterable[Listing],
    held: Mapping[str, Sequence[Listing]],
    taken: Sequence[Listing],
    walk: timedelta,
) -> PlanChanges:
    """Return the changes to the sessions of a plan.

    Args:
        planned: the sessions as they were in the plan.
        held: the current listings (slots) of each session, by session ID; none for a session that is gone.
        taken: the user's own entries and the events of other calendars.
        walk: the time needed to walk to another room.
    """
    kept: list[tuple[Listing, Listing]] = []
    gone: list[Listing] = []
    for before in planned:
        if listings := held.get(before.id):
            kept.append((before, _current(before, listings)))
        else:
            gone.append(before)
    pairs = [*combinations(kept, 2), *((one, (own, own)) for one in kept for own in taken)]
    conflicts = [
        (now, its_now)
        for (before, now), (its_before, its_now) in pairs
        if clash(now, its_now, walk) and not clash(before, its_before, walk)
    ]
    return PlanChanges(tuple(kept), tuple(gone), tuple(conflicts))


def _current(before: Listing, listings: Sequence[Listing]) -> Listing:
    """Return the listing that is most like a planned session: in its day, times and room."""

    def likeness(listing: Listing) -> tuple[bool, int]:
        pairs = zip(_place(listing), _place(before), strict=True)
        return listing.day == before.day, sum(ours == theirs for ours, theirs in pairs)

    return max(listings, key=likeness)


def _place(listing: Listing) -> tuple[str | None, ...]:
    return listing.day, listing.start, listing.end, listing.room
