"""Conflicts and free time in agendas, and their comparison; a listing is a session at one of its times.

A listing is one slot of a session: a day, a time and a room. A session with several slots has several
listings, which are called its parts. Times are compared as instants, whatever their UTC offsets are. Times
that are not published are never guessed: if a listing has no times, its conflicts are only called possible,
and free time is computed without it.
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
"""The maximum number of conflicts that are found; 1,000 sessions at the same time would have 500,000."""


Moment = TypeVar("Moment", int, datetime)


class Span(NamedTuple):
    """A time span between two instants with UTC offsets; ``end`` is exclusive."""

    start: datetime
    end: datetime


class Conflict(NamedTuple):
    """Two listings of different sessions that overlap, or may overlap."""

    certain: bool
    """True if the published times of both overlap; False if they share a day and one has no times."""
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
        """Return the minutes of the overlap, rounded down; None if the conflict is not certain."""
        if self.start is None or self.end is None:
            return None
        overlap = _span(self.start, self.end)
        return (overlap.end - overlap.start) // timedelta(minutes=1)


class Gap(NamedTuple):
    """Free time on one day: before, between or after the listings in the agenda."""

    day: str
    start: str
    """The start of the free time: the start of the day's programme, or the end of a listing (RFC 3339)."""
    end: str
    """The end of the free time: the start of a listing, or the end of the day's programme (RFC 3339)."""
    minutes: int
    """The duration of the gap in minutes, rounded down."""


class DayGaps(NamedTuple):
    """The free times of one day."""

    day: str
    gaps: tuple[Gap, ...]
    is_known: bool
    """False if free time is unknown, because no times are published for the day or for the listings on it."""


class Comparison(NamedTuple):
    """A comparison of two agendas: sessions on the same day in both, or only in one of them."""

    both: tuple[Listing, ...]
    only_mine: tuple[Listing, ...]
    only_theirs: tuple[Listing, ...]


class Holders(NamedTuple):
    """A listing (a session at one of its times), and whether it is in each of several agendas."""

    listing: Listing
    held: tuple[bool, ...]


def span(listing: Listing) -> Span | None:
    """Return the time span of a listing; None if its times are not published."""
    if listing.start is None or listing.end is None:
        return None
    return _span(listing.start, listing.end)


@lru_cache(4096)
def _span(start: str, end: str) -> Span:
    """Return the times of a listing, parsed from two RFC 3339 timestamps.

    The results are cached, because many listings have equal times.
    """
    return Span(datetime.fromisoformat(start), datetime.fromisoformat(end))


def overlaps(a: Span, b: Span) -> bool:
    """Return whether two time spans overlap. They don't if one starts exactly when the other ends."""
    return a.start < b.end and b.start < a.end


def lasts_several_days(listing: Listing) -> bool:
    """Return whether a listing is of a session that lasts all day on several days, such as an exhibition."""
    return listing.all_day and listing.parts > 1


def runs_on(listing: Listing, day: str) -> bool:
    """Return whether ``listing`` began before ``day`` (an ISO date) and is still in progress on that day.

    Return False if it ends in the night before ``day``.
    """
    return listing.day < day and listing.end is not None and listing.end[:16] > f"{day}T{NIGHT_ENDS}"


def key_of(listing: Listing) -> tuple[str, int]:
    """Return the key of a listing: the session ID and the part number, 1 for the session's first listing."""
    return listing.id, listing.part


def conflicts(listings: Iterable[Listing]) -> list[Conflict]:
    """Return the conflicts among ``listings``: first the certain ones by time, then the possible ones by day.

    A conflict is called possible if times are not known. A session that lasts all day on several days
    conflicts with nothing, and the slots of one session don't conflict with one another. The result does not
    depend on the order of ``listings``. It has at most :data:`MAX_CONFLICTS` conflicts.
    """
    held = sorted((listing for listing in listings if not lasts_several_days(listing)), key=_order)
    return list(islice(chain(_certain(held), _possible(held)), MAX_CONFLICTS))


def overlapping(times: Iterable[tuple[Moment, Moment, str, int]]) -> set[tuple[str, int]]:
    """Return the listings that overlap a listing of another session, as pairs of session ID and part number.

    Args:
        times: the start, end, session ID and part number of each listing (one slot of a session), ordered by
            start. The part number is 1 for the first slot of a session.
    """
    found: set[tuple[str, int]] = set()
    alone: list[tuple[Moment, str, int]] = []
    """The listings visited that have not ended and overlap no other: ``(end, session ID, part number)``."""
    ends: dict[str, Moment] = {}
    """The two sessions with the latest ends, among the listings visited so far, as ``{session ID: end}``.

    A listing is compared with the latest end of other sessions. At least one of the two is another session.
    """
    for start, end, id_, part in times:
        # As they are ordered by start, two overlap if the first ends after the second starts.
        alone = [running for running in alone if running[0] > start]
        if any(until > start for other, until in ends.items() if other != id_):
            found.add((id_, part))
            found.update((other, its_part) for _until, other, its_part in alone)
            alone.clear()
        else:
            alone.append((end, id_, part))
        ends[id_] = max(end, ends.get(id_, end))
        if len(ends) > 2:
            del ends[min(ends, key=ends.__getitem__)]
    return found


def gaps(listings: Iterable[Listing], day: str, shortest: int, programme: tuple[str, str] | None) -> DayGaps:
    """Return the parts of the day's programme during which the agenda has no listing.

    A listing of an earlier day that is still in progress takes time, too; a listing without times takes none.
    A gap ends at the end of the programme at the latest, even if a listing starts later.

    Args:
        listings: all listings in the agenda.
        day: the ISO date of the day.
        shortest: the minimum duration of a gap, in minutes; shorter ones are left out.
        programme: when the first session of the day starts and the last one ends (RFC 3339 timestamps); None
            if no times are published.
    """
    held = [listing for listing in listings if listing.day == day or runs_on(listing, day)]
    held = [listing for listing in held if not lasts_several_days(listing)]
    timed = sorted(_timed(held), key=lambda pair: (pair[0], pair[1].id))
    if programme is None or (held and not timed):
        return DayGaps(day, (), is_known=False)
    found: list[Gap] = []
    begin, close = programme
    latest, last = datetime.fromisoformat(begin), datetime.fromisoformat(close)
    within = [(one.start or "", one.end or "") for when, one in timed if when.start < last]
    for start, end in [*within, (close, close)]:
        free = datetime.fromisoformat(start) - latest
        if free > timedelta(0) and free >= timedelta(minutes=shortest):
            found.append(Gap(day, begin, start, free // timedelta(minutes=1)))
        if datetime.fromisoformat(end) > latest:
            begin, latest = end, datetime.fromisoformat(end)
    return DayGaps(day, tuple(found), is_known=True)


def fits(gap: Gap, candidates: Iterable[Listing]) -> Iterator[Listing]:
    """Yield the listings among ``candidates`` that begin and end within ``gap``, in the given order."""
    free = Span(datetime.fromisoformat(gap.start), datetime.fromisoformat(gap.end))
    for listing in candidates:
        when = span(listing)
        if when is not None and free.start <= when.start and when.end <= free.end:
            yield listing


def compare(mine: Iterable[Listing], theirs: Iterable[Listing]) -> Comparison:
    """Return the listings that are in both agendas, only in the user's agenda, and only in the other one.

    Two listings are the same if they belong to the same session and day. The order of the agendas is
    kept. A listing in both agendas is taken from ``mine``.

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
    """Return each listing of several agendas once, and for each agenda whether it has the listing.

    The listings of the first agenda come first, then those that only later agendas have. Two listings are the
    same if they belong to the same session and day.
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

    The listings are visited in order of their start. Each is compared only with the listings that are still
    in progress then.
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
    """Yield the possible conflicts: pairs of listings on the same day, at least one of them without times."""
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
