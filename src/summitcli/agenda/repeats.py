"""Other listings (times) of a session in the agenda at which it could be attended without a conflict."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import datetime

from summitcli.agenda.planner import key_of, span
from summitcli.rows import Listing

MAX_REPEATS = 20
"""The maximum number of repeats that are considered for one listing."""


class BusyTimes:
    """The times during which the user is busy: the published times of the listings in an agenda.

    Args:
        listings: the listings (slots of sessions).
    """

    def __init__(self, listings: Iterable[Listing]) -> None:
        timed = sorted((when, listing.id) for listing in listings if (when := span(listing)))
        self._starts = [when.start for when, _id in timed]
        self._last: list[dict[str, datetime]] = []
        """For each listing, in order of start: the two sessions that end last, as ``{session ID: end}``.

        Only this listing and the listings before it in the order are considered. :meth:`is_free_for` needs
        the latest end of all sessions except one. With two sessions, it is known whichever one is ignored.
        """
        ends: dict[str, datetime] = {}
        for when, id_ in timed:
            ends = {**ends, id_: max(when.end, ends.get(id_, when.end))}
            if len(ends) > 2:
                del ends[min(ends, key=ends.__getitem__)]
            self._last.append(ends)

    def is_free_for(self, listing: Listing) -> bool:
        """Return whether ``listing`` has published times and overlaps no other session in the agenda."""
        when = span(listing)
        if when is None:
            return False
        earlier = bisect_left(self._starts, when.end)
        last = self._last[earlier - 1] if earlier else {}
        return all(id_ == listing.id or end <= when.start for id_, end in last.items())


def repeats(listing: Listing, others: Iterable[Listing], busy: BusyTimes) -> tuple[Listing, ...]:
    """Return the listings among ``others`` that could be attended instead of ``listing`` without a conflict.

    Args:
        listing: a listing in the agenda that conflicts with another one.
        others: all listings of the same session, and of other sessions that repeat it, in order of time.
        busy: the times of the agenda.
    """
    considered = [other for other in others if key_of(other) != key_of(listing)][:MAX_REPEATS]
    return tuple(other for other in considered if busy.is_free_for(other))
