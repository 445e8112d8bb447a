"""The comparison of a plan with a later schedule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import combinations

from summitcli.agenda.plan import clash
from summitcli.lazy_typing import NamedTuple
from summitcli.rows import Listing


class PlanChanges(NamedTuple):
    """The changes to the sessions of a plan."""

    kept: tuple[tuple[Listing, Listing], ...]
    """The sessions that are still held: each as it was in the plan, and as it is now."""
    gone: tuple[Listing, ...]
    """The sessions that are no longer in the schedule, as they were in the plan."""
    conflicts: tuple[tuple[Listing, Listing], ...]
    """The pairs that did not conflict before, as they are now; own entries come second."""

    @property
    def moved(self) -> list[tuple[Listing, Listing]]:
        """Return the sessions that have another day, time or room."""
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
        held: the current listings of each session, by ID; those that are gone have none.
        taken: what takes time besides: own entries and events of other calendars.
        walk: the time to walk between different rooms.
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
    """Return the listing that has the most in common with a session as it was planned."""

    def likeness(listing: Listing) -> tuple[bool, int]:
        pairs = zip(_place(listing), _place(before), strict=True)
        return listing.day == before.day, sum(ours == theirs for ours, theirs in pairs)

    return max(listings, key=likeness)


def _place(listing: Listing) -> tuple[str | None, ...]:
    return listing.day, listing.start, listing.end, listing.room
