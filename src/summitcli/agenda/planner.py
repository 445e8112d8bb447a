"""What clashes in an agenda, what is free, and what two agendas share: rules on listings, nothing else.

Times are compared as instants, whatever offset they are written with, and never made up: a listing whose
times are not published can't be said to overlap anything, nor to leave anything free.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import chain, islice

from summitcli.lazy_typing import NamedTuple, TypeVar
from summitcli.rows import Listing
from summitcli.text.days import NIGHT_ENDS

MOST = 50_000
"""How many conflicts are found at the most; a thousand sessions at one time have half a million."""


Moment = TypeVar("Moment", int, datetime)


class Span(NamedTuple):
    """From one instant to another, both with an offset; it ends just before ``end``."""

    start: datetime
    end: datetime


class Conflict(NamedTuple):
    """Two listings of different sessions that can't both be attended, or perhaps can't."""

    certain: bool
    """Whether their published times overlap; else they share a day, and the times of one are unpublished."""
    day: str
    """The day on which both run: that of the one that begins later."""
    first: Listing
    second: Listing
    start: str | None
    """When both have begun, as RFC 3339; None where it is not certain."""
    end: str | None
    """When the first of them is over."""


class Clash(NamedTuple):
    """Listings that hang together on a day: each overlaps another of them, though perhaps not all others."""

    day: str
    """The day on which they overlap."""
    listings: tuple[Listing, ...]
    stretches: tuple[tuple[str, str], ...]
    """When two of them or more run, from and until, as RFC 3339."""


class Gap(NamedTuple):
    """A free stretch of a day, between two picks."""

    day: str
    start: str
    """RFC 3339: when everything picked before it is over."""
    end: str
    """RFC 3339: when the next pick begins."""
    minutes: int
    """How long it is, in whole minutes."""
    after: Listing
    """The pick that ends where the gap begins."""
    before: Listing
    """The pick that begins where the gap ends."""


class DayGaps(NamedTuple):
    """The free stretches of one day, and how much of the day they were worked out from."""

    day: str
    gaps: tuple[Gap, ...]
    timed: int
    """How many listings of the day have published times; if none has, nothing is known to be free."""


class Comparison(NamedTuple):
    """Two agendas side by side, by session and day."""

    both: tuple[Listing, ...]
    only_mine: tuple[Listing, ...]
    only_theirs: tuple[Listing, ...]


def span(listing: Listing) -> Span | None:
    """When a listing begins and ends; None where that is not published."""
    if listing.start is None or listing.end is None:
        return None
    return _span(listing.start, listing.end)


@lru_cache(4096)
def _span(start: str, end: str) -> Span:
    """Return the span between two instants; many listings have the same."""
    return Span(datetime.fromisoformat(start), datetime.fromisoformat(end))


def overlaps(a: Span, b: Span) -> bool:
    """Whether the two share a moment; one that begins when the other ends does not overlap it."""
    return a.start < b.end and b.start < a.end


def lasts_several_days(listing: Listing) -> bool:
    """Whether it is one day of something open all day for several, such as an exhibition."""
    return listing.all_day and listing.parts > 1


def runs_on(listing: Listing, day: str) -> bool:
    """Return whether ``listing`` began before ``day``, an ISO date, and lasts past the night before it."""
    return listing.day < day and listing.end is not None and listing.end[:16] > f"{day}T{NIGHT_ENDS}"


def key_of(listing: Listing) -> tuple[str, int]:
    """What tells a listing from all others."""
    return listing.id, listing.part


def conflicts(listings: Iterable[Listing]) -> list[Conflict]:
    """What clashes among ``listings``: first what is certain, by time, then what is possible, by day.

    Something open for several days conflicts with nothing, and a session never with itself. The order of
    ``listings`` makes no difference. No more than :data:`MOST` are found.
    """
    held = sorted((listing for listing in listings if not lasts_several_days(listing)), key=_order)
    return list(islice(chain(_certain(held), _possible(held)), MOST))


def overlapping(times: Iterable[tuple[Moment, Moment, str, int]]) -> set[tuple[str, int]]:
    """Return the ids and parts of all that overlaps another session.

    Args:
        times: when each begins and ends, its id and part; in the order of their beginnings.
    """
    found: set[tuple[str, int]] = set()
    alone: list[tuple[Moment, str, int]] = []
    """Listings that run and have not overlapped anything yet, each with its end before it."""
    ends: dict[str, Moment] = {}
    """Until when the two sessions run that end last: one of them is another than whatever begins next."""
    for start, end, id_, part in times:
        # In this order two overlap if the first ends after the second starts.
        alone = [one for one in alone if one[0] > start]
        if any(until > start for other, until in ends.items() if other != id_):
            found.add((id_, part))
            found.update((other, its_part) for _until, other, its_part in alone if other != id_)
            alone = [one for one in alone if one[1] == id_]
        else:
            alone.append((end, id_, part))
        ends[id_] = max(end, ends.get(id_, end))
        if len(ends) > 2:
            del ends[min(ends, key=ends.__getitem__)]
    return found


def clashes(found: Iterable[Conflict], listings: Iterable[Listing]) -> list[Clash]:
    """What certainly overlaps, put together: on a day each listing once, however many others it overlaps.

    Args:
        found: conflicts; those that are only possible are left out.
        listings: all that are in them, in the order that each clash is to have its own in.
    """
    place = {key_of(listing): number for number, listing in enumerate(listings)}
    by_day: dict[str, list[Conflict]] = defaultdict(list)
    for one in found:
        if one.certain:
            by_day[one.day].append(one)
    groups = ((day, group) for day in sorted(by_day) for group in _connected(by_day[day]))
    return [_clash(day, group, place) for day, group in groups]


def gaps(listings: Iterable[Listing], day: str, shortest: int) -> DayGaps:
    """The free stretches of ``day`` between the listings whose times are published that run on it.

    They lie between the first start and the last end; listings that overlap or touch leave nothing between,
    nor does what began on an earlier day while it runs.

    Args:
        listings: what is picked; of other days too.
        day: an ISO date.
        shortest: the least length of a stretch, in minutes.
    """
    held = [listing for listing in listings if listing.day == day or runs_on(listing, day)]
    timed = sorted(_timed(held), key=lambda pair: (pair[0], pair[1].id))
    found: list[Gap] = []
    # The pick that ends last of those before.
    latest, after = timed[0] if timed else (None, None)
    for when, listing in timed[1:]:
        assert latest is not None and after is not None and after.end and listing.start  # noqa: S101
        free = when.start - latest.end
        if free > timedelta(0) and free >= timedelta(minutes=shortest):
            minutes = free // timedelta(minutes=1)
            found.append(Gap(day, after.end, listing.start, minutes, after, listing))
        if when.end > latest.end:
            latest, after = when, listing
    return DayGaps(day, tuple(found), len(timed))


def fits(gap: Gap, candidates: Iterable[Listing]) -> list[Listing]:
    """Those of ``candidates`` that are held wholly within ``gap``, in their own order."""
    free = Span(datetime.fromisoformat(gap.start), datetime.fromisoformat(gap.end))
    return [
        listing for when, listing in _timed(candidates) if free.start <= when.start and when.end <= free.end
    ]


def compare(mine: Iterable[Listing], theirs: Iterable[Listing]) -> Comparison:
    """What is in both, only in ``mine`` and only in ``theirs``: the same session on the same day is the same.

    Each list is in its own order; what is in both is in the order of ``mine`` and as it is there.
    """
    mine, theirs = list(mine), list(theirs)
    in_mine = {(listing.id, listing.day) for listing in mine}
    in_theirs = {(listing.id, listing.day) for listing in theirs}
    return Comparison(
        tuple(listing for listing in mine if (listing.id, listing.day) in in_theirs),
        tuple(listing for listing in mine if (listing.id, listing.day) not in in_theirs),
        tuple(listing for listing in theirs if (listing.id, listing.day) not in in_mine),
    )


def _timed(listings: Iterable[Listing]) -> list[tuple[Span, Listing]]:
    """Those with published times, beside them."""
    pairs = ((span(listing), listing) for listing in listings)
    return [(when, listing) for when, listing in pairs if when is not None]


def _order(listing: Listing) -> tuple[str, ...]:
    """An order that is the same however the listings came: by day, what has no times first."""
    return listing.day, listing.start or "", listing.id, listing.end or "", listing.room or ""


def _connected(conflicts: Iterable[Conflict]) -> list[list[Conflict]]:
    """The conflicts in groups: those of different groups have no listing in common."""
    conflicts = list(conflicts)
    leaders: dict[tuple[str, int], tuple[str, int]] = {}

    def leader(key: tuple[str, int]) -> tuple[str, int]:
        while (above := leaders.setdefault(key, key)) != key:
            leaders[key] = key = leaders[above]
        return key

    for one in conflicts:
        leaders[leader(key_of(one.second))] = leader(key_of(one.first))
    groups: dict[tuple[str, int], list[Conflict]] = defaultdict(list)
    for one in conflicts:
        groups[leader(key_of(one.first))].append(one)
    return list(groups.values())


def _clash(day: str, conflicts: Sequence[Conflict], place: Mapping[tuple[str, int], int]) -> Clash:
    both = {key_of(listing): listing for one in conflicts for listing in (one.first, one.second)}
    listings = tuple(both[key] for key in sorted(both, key=lambda key: place[key]))
    times = [(one.start, one.end) for one in conflicts if one.start and one.end]
    return Clash(day, listings, tuple(_joined(times)))


def _joined(times: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Stretches of time in order, those that overlap or touch as one."""
    joined: list[tuple[str, str]] = []
    for start, end in sorted(times, key=lambda pair: datetime.fromisoformat(pair[0])):
        if joined and datetime.fromisoformat(start) <= datetime.fromisoformat(joined[-1][1]):
            first, before = joined.pop()
            joined.append((first, max(before, end, key=datetime.fromisoformat)))
        else:
            joined.append((start, end))
    return joined


def _certain(listings: list[Listing]) -> Iterator[Conflict]:
    """A sweep in order of start that keeps only what still runs: the work is that of what is found."""
    running: list[tuple[Span, Listing]] = []
    for when, listing in sorted(_timed(listings), key=lambda pair: pair[0]):
        running = [(other, one) for other, one in running if other.end > when.start]
        for other, one in running:
            if one.id != listing.id and overlaps(other, when):
                ends = one.end if other.end <= when.end else listing.end
                yield Conflict(True, listing.day, one, listing, listing.start, ends)
        running.append((when, listing))


def _possible(listings: list[Listing]) -> Iterator[Conflict]:
    """Every pair of one day of which at least one has no published times, from listings in order."""
    on_day: dict[str, list[Listing]] = defaultdict(list)
    for listing in listings:
        on_day[listing.day].append(listing)
    doubtful = [day for day, held in on_day.items() if held[0].start is None]
    for listing in listings:
        for day in doubtful if listing.end and listing.end[:10] > listing.day else ():
            if runs_on(listing, day):
                on_day[day].append(listing)
    # What has no times comes first, so it is the first of every such pair.
    return (
        Conflict(False, day, first, second, None, None)
        for day, held in on_day.items()
        for position, first in enumerate(held)
        if first.start is None
        for second in islice(held, position + 1, None)
        if first.id != second.id
    )
