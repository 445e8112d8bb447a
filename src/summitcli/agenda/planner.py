"""Conflicts and free time in an agenda, and comparison of two agendas: pure functions on listings.

A listing is one slot of a session: a day, a time and a room. A session with several slots has several
listings, which are its parts. Times are compared as instants, whatever their UTC offset. Unpublished times
are never guessed: a listing without times has no certain conflicts and bounds no free time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import chain, islice

from summitcli.lazy_typing import NamedTuple, TypeVar
from summitcli.rows import Listing
from summitcli.text.days import NIGHT_ENDS

MAX_CONFLICTS = 50_000
"""The number of conflicts after which the search stops; 1,000 simultaneous sessions would have 500,000."""


Moment = TypeVar("Moment", int, datetime)


class Span(NamedTuple):
    """A time span between two instants with UTC offsets; ``end`` is exclusive."""

    start: datetime
    end: datetime


class Conflict(NamedTuple):
    """Two listings of different sessions that overlap, or may overlap."""

    certain: bool
    """True if their published times overlap; False if they share a day and a time is unpublished."""
    day: str
    """The ISO date of the conflict: the day of the listing that starts later."""
    first: Listing
    second: Listing
    start: str | None
    """The start of the overlap, as an RFC 3339 timestamp; None if the conflict is not certain."""
    end: str | None
    """The end of the overlap, as an RFC 3339 timestamp; None if the conflict is not certain."""

    @property
    def minutes(self) -> int | None:
        """Return the whole minutes of the overlap; None if the conflict is not certain."""
        if self.start is None or self.end is None:
            return None
        overlap = _span(self.start, self.end)
        return (overlap.end - overlap.start) // timedelta(minutes=1)


class Gap(NamedTuple):
    """Free time on one day: before, between or after the listings in the agenda."""

    day: str
    start: str
    """The start of the day's programme or the end of a listing, as an RFC 3339 timestamp."""
    end: str
    """The end of the day's programme or the start of a listing, as an RFC 3339 timestamp."""
    minutes: int
    """The duration of the gap in whole minutes."""


class DayGaps(NamedTuple):
    """The gaps of one day."""

    day: str
    gaps: tuple[Gap, ...]
    is_known: bool
    """False if free time is unknown, as no times are published for the day or for its listings."""


class Comparison(NamedTuple):
    """A comparison of two agendas by session and day."""

    both: tuple[Listing, ...]
    only_mine: tuple[Listing, ...]
    only_theirs: tuple[Listing, ...]


class Holders(NamedTuple):
    """A listing and which agendas have it: for each agenda compared, whether it does."""

    listing: Listing
    held: tuple[bool, ...]


def span(listing: Listing) -> Span | None:
    """Return the time span of a listing; None if its times are not published."""
    if listing.start is None or listing.end is None:
        return None
    return _span(listing.start, listing.end)


@lru_cache(4096)
def _span(start: str, end: str) -> Span:
    """Return a listing's start and end, parsed from two RFC 3339 timestamps.

    The results are cached, because many listings have equal times.
    """
    return Span(datetime.fromisoformat(start), datetime.fromisoformat(end))


def overlaps(a: Span, b: Span) -> bool:
    """Return whether two time spans overlap; a span that starts exactly when the other ends does not."""
    return a.start < b.end and b.start < a.end


def lasts_several_days(listing: Listing) -> bool:
    """Return whether the listing's session lasts all day on several days, such as an exhibition."""
    return listing.all_day and listing.parts > 1


def runs_on(listing: Listing, day: str) -> bool:
    """Return whether ``listing`` started on an earlier day than ``day`` (an ISO date) and still runs on it.

    A listing that ends in the night before ``day`` does not run on it.
    """
    return listing.day < day and listing.end is not None and listing.end[:16] > f"{day}T{NIGHT_ENDS}"


def key_of(listing: Listing) -> tuple[str, int]:
    """Return the key that identifies a listing: the session ID and the part number."""
    return listing.id, listing.part


def conflicts(listings: Iterable[Listing]) -> list[Conflict]:
    """Return the conflicts among ``listings``: certain ones by time, then possible ones by day.

    All-day sessions on several days conflict with nothing, and a session never conflicts with itself. The
    result does not depend on the order of ``listings``, and has at most :data:`MAX_CONFLICTS` conflicts.
    """
    held = sorted((listing for listing in listings if not lasts_several_days(listing)), key=_order)
    return list(islice(chain(_certain(held), _possible(held)), MAX_CONFLICTS))


def overlapping(times: Iterable[tuple[Moment, Moment, str, int]]) -> set[tuple[str, int]]:
    """Return the listings that overlap a listing of another session, as pairs of session ID and part number.

    Args:
        times: the start, end, session ID and part number of each listing, ordered by start. A listing is one
            part of its session.
    """
    found: set[tuple[str, int]] = set()
    alone: list[tuple[Moment, str, int]] = []
    """The listings in progress that have not overlapped any other: end, session ID and part number."""
    ends: dict[str, Moment] = {}
    """The latest end so far of each session, by session ID, for the two sessions with the latest ends.

    Two are enough, as at least one of them is not the session that starts next.
    """
    for start, end, id_, part in times:
        # As they are ordered by start, two overlap if the first ends after the second starts.
        alone = [running for running in alone if running[0] > start]
        if any(until > start for other, until in ends.items() if other != id_):
            found.add((id_, part))
            found.update((other, its_part) for _until, other, its_part in alone if other != id_)
            alone = [running for running in alone if running[1] == id_]
        else:
            alone.append((end, id_, part))
        ends[id_] = max(end, ends.get(id_, end))
        if len(ends) > 2:
            del ends[min(ends, key=ends.__getitem__)]
    return found


def gaps(listings: Iterable[Listing], day: str, shortest: int, programme: tuple[str, str] | None) -> DayGaps:
    """Return the time of the day's programme that is free of listings with published times.

    A listing that began on an earlier day and still runs counts as well.

    Args:
        listings: the listings in the agenda, which may be of other days, too.
        day: the ISO date.
        shortest: the minimum duration of a gap, in minutes.
        programme: the first start and the last end on the day, as RFC 3339 timestamps; None if no times are
            published.
    """
    held = [listing for listing in listings if listing.day == day or runs_on(listing, day)]
    held = [listing for listing in held if not lasts_several_days(listing)]
    timed = sorted(_timed(held), key=lambda pair: (pair[0], pair[1].id))
    if programme is None or (held and not timed):
        return DayGaps(day, (), is_known=False)
    found: list[Gap] = []
    begin, close = programme
    latest = datetime.fromisoformat(begin)
    for start, end in [*((one.start or "", one.end or "") for _when, one in timed), (close, close)]:
        free = datetime.fromisoformat(start) - latest
        if free > timedelta(0) and free >= timedelta(minutes=shortest):
            found.append(Gap(day, begin, start, free // timedelta(minutes=1)))
        if datetime.fromisoformat(end) > latest:
            begin, latest = end, datetime.fromisoformat(end)
    return DayGaps(day, tuple(found), is_known=True)


def fits(gap: Gap, candidates: Iterable[Listing]) -> list[Listing]:
    """Return those of ``candidates`` that begin and end within ``gap``, in the given order."""
    free = Span(datetime.fromisoformat(gap.start), datetime.fromisoformat(gap.end))
    return [
        listing for when, listing in _timed(candidates) if free.start <= when.start and when.end <= free.end
    ]


def compare(mine: Iterable[Listing], theirs: Iterable[Listing]) -> Comparison:
    """Return the listings in both of two agendas, those only in the user's, and those only in the other.

    Listings are equal if they are of the same session on the same day. All keep their order. Those in both
    agendas are taken from ``mine``.

    Args:
        mine: the listings in the user's agenda.
        theirs: the listings in the other agenda.
    """
    mine, theirs = list(mine), list(theirs)
    in_mine = {(listing.id, listing.day) for listing in mine}
    in_theirs = {(listing.id, listing.day) for listing in theirs}
    return Comparison(
        tuple(listing for listing in mine if (listing.id, listing.day) in in_theirs),
        tuple(listing for listing in mine if (listing.id, listing.day) not in in_theirs),
        tuple(listing for listing in theirs if (listing.id, listing.day) not in in_mine),
    )


def holders(agendas: Sequence[Sequence[Listing]]) -> list[Holders]:
    """Return each listing of several agendas once, with which of the agendas have it.

    The order is that of the first agenda that has the listing. Listings are equal if they are of the same
    session on the same day.
    """
    keys = [{(listing.id, listing.day) for listing in agenda} for agenda in agendas]
    every = {(one.id, one.day): one for agenda in reversed(agendas) for one in agenda}
    order = dict.fromkeys((one.id, one.day) for agenda in agendas for one in agenda)
    return [Holders(every[key], tuple(key in held for held in keys)) for key in order]


def _timed(listings: Iterable[Listing]) -> list[tuple[Span, Listing]]:
    """Return the listings that have published times, each with its span."""
    pairs = ((span(listing), listing) for listing in listings)
    return [(when, listing) for when, listing in pairs if when is not None]


def _order(listing: Listing) -> tuple[str, ...]:
    """Return a key that sorts listings by day and start; those without times come first on each day."""
    return listing.day, listing.start or "", listing.id, listing.end or "", listing.room or ""


def _certain(listings: list[Listing]) -> Iterator[Conflict]:
    """Yield the certain conflicts: pairs of listings of different sessions whose published times overlap.

    The listings are visited in order of start, and each is compared only with those still in progress.
    """
    running: list[tuple[Span, Listing]] = []
    for when, listing in sorted(_timed(listings), key=lambda pair: pair[0]):
        running = [(other, earlier) for other, earlier in running if other.end > when.start]
        for other, earlier in running:
            if earlier.id != listing.id and overlaps(other, when):
                ends = earlier.end if other.end <= when.end else listing.end
                yield Conflict(True, listing.day, earlier, listing, listing.start, ends)
        running.append((when, listing))


def _possible(listings: list[Listing]) -> Iterator[Conflict]:
    """Yield the possible conflicts: pairs of listings on one day, at least one of which has no times."""
    on_day: dict[str, list[Listing]] = defaultdict(list)
    for listing in listings:
        on_day[listing.day].append(listing)
    doubtful = [day for day, held in on_day.items() if held[0].start is None]
    for listing in listings:
        for day in doubtful if listing.end and listing.end[:10] > listing.day else ():
            if runs_on(listing, day):
                on_day[day].append(listing)
    # Listings without times are sorted first, so one of them is the first of every such pair.
    return (
        Conflict(False, day, first, second, None, None)
        for day, held in on_day.items()
        for position, first in enumerate(held)
        if first.start is None
        for second in islice(held, position + 1, None)
        if first.id != second.id
    )
