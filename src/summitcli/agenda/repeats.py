"""Other times of sessions, as ways out of conflicts: pure functions on listings."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import datetime

from summitcli.agenda.planner import key_of, span
from summitcli.rows import Listing

MAX_REPEATS = 20
"""The largest number of listings that are considered as repeats of one listing."""


class BusyTimes:
    """The published times of the listings in an agenda.

    Args:
        listings: the listings.
    """

    def __init__(self, listings: Iterable[Listing]) -> None:
        timed = sorted((when, listing.id) for listing in listings if (when := span(listing)))
        self._starts = [when.start for when, _id in timed]
        self._last: list[dict[str, datetime]] = []
        """The two sessions that end last among the first, the first two … listings, with their ends.

        Two are enough, as at least one of them is another session than the one that is looked for."""
        ends: dict[str, datetime] = {}
        for when, id_ in timed:
            ends = {**ends, id_: max(when.end, ends.get(id_, when.end))}
            if len(ends) > 2:
                del ends[min(ends, key=ends.__getitem__)]
            self._last.append(ends)

    def is_free_for(self, listing: Listing) -> bool:
        """Return whether a listing has published times that overlap no busy time of another session."""
        when = span(listing)
        if when is None:
            return False
        earlier = bisect_left(self._starts, when.end)
        last = self._last[earlier - 1] if earlier else {}
        return all(id_ == listing.id or end <= when.start for id_, end in last.items())


def repeats(listing: Listing, others: Iterable[Listing], busy: BusyTimes) -> tuple[Listing, ...]:
    """Return those of ``others`` at which the session of ``listing`` could be attended without a conflict.

    Args:
        listing: the listing in the agenda that conflicts with another.
        others: the listings of the session and of its repeats, in order of time.
        busy: the times of the agenda.
    """
    considered = [other for other in others if key_of(other) != key_of(listing)][:MAX_REPEATS]
    return tuple(other for other in considered if busy.is_free_for(other))
