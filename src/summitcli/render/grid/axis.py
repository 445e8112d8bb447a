"""The layout of a grid with rooms side by side and time from top to bottom.

It decides the column of each session. It also divides the time into rows and decides how many lines high each
row is drawn. Times are in seconds since 1970.

A row begins when a session starts, so that all sessions that start at one time are on the same line. A row
also begins at every round time (such as every half hour) during a session. A row is one line high, or more if
the texts of a session need more lines.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, tzinfo
from heapq import heappop, heappush
from itertools import accumulate
from statistics import median
from typing import NamedTuple

from summitcli.agenda.planner import key_of, overlapping, span
from summitcli.rows import Listing
from summitcli.text.days import NIGHT_ENDS
from summitcli.text.natural import natural_key

STEP_MINUTES = ((40, 15), (120, 30))
"""The minutes between two rows, by the length of sessions.

``(40, 15)`` means 15 minutes if the median length of the sessions is below 40 minutes.
"""
MAX_STEP_MINUTES = 60

LONG_SESSION_SECONDS = 12 * 3600
"""The duration, in seconds, above which a session is cut rather than making the grid longer."""

_DAY = timedelta(days=1)


class Block(NamedTuple):
    """A session in the grid, with the start and the end of the time for which it is drawn."""

    listing: Listing
    start: int
    end: int
    cut: bool
    """True if the session ends later than the grid, so that its block is cut at the end of the grid."""

    @property
    def until(self) -> int:
        """Return the end of the block, in seconds since 1970.

        If the session has no duration, this is a second after its start.
        """
        return max(self.end, self.start + 1)


class Column(NamedTuple):
    """A column of a grid: sessions in one room that don't overlap one another."""

    room: str
    blocks: tuple[Block, ...]


class Row(NamedTuple):
    """A row of a grid: the time from ``start`` to the start of the next row, drawn on ``lines`` lines."""

    start: int
    lines: int
    running: bool
    """True if a session takes place during the row; False if it is a time without sessions."""


def blocks(listings: Iterable[Listing], zone: tzinfo) -> list[Block]:
    """Return a block for each of the listings of one day, in order.

    A listing is a session at one of its times. Listings without times are left out. A very long session is
    cut at the end of the day, or where the last of the other sessions ends. A session that began on an
    earlier day is drawn from the end of the night (09:00) on, or from the start of the first session of this
    day if that is earlier.
    """
    timed = [(when, listing) for listing in listings if (when := span(listing)) is not None]
    if not timed:
        return []
    today = timed[0][1].day
    starts_today = [
        int(when.start.timestamp())
        for when, listing in timed
        if when.start.astimezone(zone).date().isoformat() >= today
    ]
    morning = datetime.fromisoformat(f"{today}T{NIGHT_ENDS}").replace(tzinfo=zone)
    first = min([*starts_today, int(morning.timestamp())])
    spans = [
        (max(int(when.start.timestamp()), first), int(when.end.timestamp()), listing)
        for when, listing in timed
    ]
    midnight = datetime.fromisoformat(today).replace(tzinfo=zone) + _DAY
    usual = (end for start, end, _listing in spans if end - start <= LONG_SESSION_SECONDS)
    horizon = max(int(midnight.timestamp()), max(start for start, *_rest in spans) + 3600, *usual, 0)
    return [Block(listing, start, min(end, horizon), end > horizon) for start, end, listing in spans]


def columns(held: Iterable[Block], order: Sequence[str] = ()) -> list[Column]:
    """Return a column for each room, or several columns for a room with overlapping sessions.

    The rooms in ``order`` come first, in that order. The others follow in natural order (room 2 before room
    10).
    """
    place = {room: number for number, room in enumerate(order)}
    rooms: dict[str, list[Block]] = {}
    for block in held:
        rooms.setdefault(block.listing.room or "", []).append(block)
    return [
        Column(room, tuple(lane))
        for room in sorted(rooms, key=lambda room: (not room, place.get(room, len(place)), natural_key(room)))
        for lane in _lanes(rooms[room])
    ]


def double_booked(held: Iterable[Block]) -> set[tuple[str, int]]:
    """Return the listings that share their room with another session at the same time.

    A listing is a session at one of its times. The result is a set such as ``{("tea", 1)}``, which means the
    first time of the session ``tea``. Sessions without duration are left out, as the time at which they end
    is not known.

    Args:
        held: the blocks of the sessions in the grid.
    """
    rooms: dict[str, list[tuple[int, int, str, int]]] = {}
    for block in held:
        if block.listing.room and block.start < block.end:
            rooms.setdefault(block.listing.room, []).append((block.start, block.end, *key_of(block.listing)))
    return set().union(*(overlapping(sorted(times)) for times in rooms.values()))


def step(held: Sequence[Block]) -> int:
    """Return a suitable distance between two rows, in seconds. It is smaller for short sessions."""
    typical = median(block.until - block.start for block in held) / 60
    return 60 * next((minutes for below, minutes in STEP_MINUTES if typical < below), MAX_STEP_MINUTES)


def rows(held: Sequence[Block], wanted: Sequence[int], every: int, zone: tzinfo) -> list[Row]:
    """Return the rows of a grid with the sessions ``held``. The last row only marks the end.

    Args:
        held: the sessions.
        wanted: the preferred number of lines for each of the sessions.
        every: the number of seconds between round times, such as 3600. A row begins at each round time, too.
        zone: the time zone in which times are round.
    """
    stretches = _busy(held)
    running = {block.start for block in held}
    for start, end in stretches:
        running |= set(range(_round_up(start, every, zone), end, every))
    ends = {end for _start, end in stretches} - running
    starts = sorted(running | ends)
    lines = [1] * len(starts)
    # Sessions that end first get their lines first, at their end; later ones share those lines.
    pairs = zip(held, wanted, strict=True)
    for block, count in sorted(pairs, key=lambda pair: (pair[0].until, -pair[0].start)):
        first, last = _rows_of(block, starts)
        lines[last - 1] += max(count - sum(lines[first:last]), 0)
    return [Row(start, count, start in running) for start, count in zip(starts, lines, strict=True)]


def lines_of(held: Iterable[Block], drawn: Sequence[Row]) -> list[tuple[int, int]]:
    """Return for each block the number of its first line and the number of the line after its last.

    Args:
        held: the blocks.
        drawn: the rows of the grid.
    """
    starts = [row.start for row in drawn]
    tops = [0, *accumulate(row.lines for row in drawn)]
    places = (_rows_of(block, starts) for block in held)
    return [(tops[first], tops[last]) for first, last in places]


def _rows_of(block: Block, starts: Sequence[int]) -> tuple[int, int]:
    first = bisect_left(starts, block.start)
    return first, max(bisect_left(starts, block.until), first + 1)


def _busy(held: Iterable[Block]) -> list[tuple[int, int]]:
    """Return the times during which there are sessions, as pairs of start and end in order of time.

    Times that overlap or touch are joined.
    """
    found: list[tuple[int, int]] = []
    for block in sorted(held, key=lambda block: block.start):
        if found and block.start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], block.until))
        else:
            found.append((block.start, block.until))
    return found


def _lanes(held: Iterable[Block]) -> list[list[Block]]:
    """Return the sessions of a room divided into lists, so that no two sessions in one list overlap.

    Each session is put into the first list in which it overlaps no other.
    """
    lanes: list[list[Block]] = []
    taken: list[tuple[int, int]] = []
    free: list[int] = []
    for block in sorted(held, key=lambda block: (block.start, -block.until)):
        while taken and taken[0][0] <= block.start:
            heappush(free, heappop(taken)[1])
        if not free:
            free.append(len(lanes))
            lanes.append([])
        lane = heappop(free)
        lanes[lane].append(block)
        heappush(taken, (block.until, lane))
    return lanes


def _round_up(moment: int, every: int, zone: tzinfo) -> int:
    """Return the first time after ``moment`` that is a multiple of ``every`` in the zone's local time.

    ``moment`` and the result are in seconds since 1970, ``every`` is in seconds.
    """
    offset = datetime.fromtimestamp(moment, zone).utcoffset() or timedelta(0)
    shift = int(offset.total_seconds())
    return (moment + shift) // every * every + every - shift
