"""The layout of a grid with rooms side by side and time from top to bottom.

It determines the column of each session, and how many lines high each row (a stretch of time) is. Times are
in seconds since 1970. A row begins at the start of each session, so that everything that starts at one time
is on one line, and at every round time during a session. It is one line high, or more if a session in it
needs them.
"""

import re
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

STEP_MINUTES = ((40, 15), (120, 30))
"""The minutes between rows, by session length: ``(40, 15)`` means 15 if the median is below 40."""
MAX_STEP_MINUTES = 60

LONG_SESSION_SECONDS = 12 * 3600
"""The duration, in seconds, from which a session is cut at the end of the day and of the other sessions."""

_DAY = timedelta(days=1)


class Block(NamedTuple):
    """A session in the grid, with the times between which it is drawn."""

    listing: Listing
    start: int
    end: int
    cut: bool
    """True if the session ends later than the grid, so that its block is cut there."""

    @property
    def until(self) -> int:
        """Return the end of the block, in seconds since 1970; a session without duration takes a second."""
        return max(self.end, self.start + 1)


class Column(NamedTuple):
    """A column of a grid: sessions in one room that don't overlap each other."""

    room: str
    blocks: tuple[Block, ...]


class Row(NamedTuple):
    """A row of a grid: the time from ``start`` to the start of the next row, drawn ``lines`` high."""

    start: int
    lines: int
    running: bool
    """True if any session takes place in that time; otherwise the row is a stretch without sessions."""


def blocks(listings: Iterable[Listing], zone: tzinfo) -> list[Block]:
    """Return a block for each listing of a day that has times, in order.

    Very long sessions are cut. One that began on an earlier day starts at the end of the night, or with the
    first of the others if that is earlier.
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
    """Return a column for each room, or several for a room with overlapping sessions.

    Rooms in ``order`` come first, in that order; then the others in natural order (room 2 before room 10).
    """
    place = {room: number for number, room in enumerate(order)}
    rooms: dict[str, list[Block]] = {}
    for block in held:
        rooms.setdefault(block.listing.room or "", []).append(block)
    return [
        Column(room, tuple(lane))
        for room in sorted(rooms, key=lambda room: (not room, place.get(room, len(place)), _natural(room)))
        for lane in _lanes(rooms[room])
    ]


def double_booked(held: Iterable[Block]) -> set[tuple[str, int]]:
    """Return the listings in a room with another session at the same time, as pairs of ID and part.

    The part is the number of a listing among those of its session. Sessions without duration are left out, as
    the time at which they end is not known. ``held`` are the blocks of the sessions in the grid.
    """
    rooms: dict[str, list[tuple[int, int, str, int]]] = {}
    for block in held:
        if block.listing.room and block.start < block.end:
            rooms.setdefault(block.listing.room, []).append((block.start, block.end, *key_of(block.listing)))
    return set().union(*(overlapping(sorted(times)) for times in rooms.values()))


def step(held: Sequence[Block]) -> int:
    """Return the number of seconds between two rows that suits the sessions: less for shorter ones."""
    typical = median(block.until - block.start for block in held) / 60
    return 60 * next((minutes for below, minutes in STEP_MINUTES if typical < below), MAX_STEP_MINUTES)


def rows(held: Sequence[Block], wanted: Sequence[int], every: int, zone: tzinfo) -> list[Row]:
    """Return the rows of a grid with the sessions ``held``; the last row only marks the end.

    Args:
        held: the sessions.
        wanted: the preferred number of lines for each of them.
        every: the number of seconds between round times, at which rows begin, too.
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
    """Return for each block the numbers of its first line and of the line after its last.

    ``drawn`` are the rows of the grid.
    """
    starts = [row.start for row in drawn]
    tops = [0, *accumulate(row.lines for row in drawn)]
    places = (_rows_of(block, starts) for block in held)
    return [(tops[first], tops[last]) for first, last in places]


def _rows_of(block: Block, starts: Sequence[int]) -> tuple[int, int]:
    first = bisect_left(starts, block.start)
    return first, max(bisect_left(starts, block.until), first + 1)


def _busy(held: Iterable[Block]) -> list[tuple[int, int]]:
    """Return the times with sessions as pairs of start and end; overlapping and adjacent ones are merged."""
    found: list[tuple[int, int]] = []
    for block in sorted(held, key=lambda block: block.start):
        if found and block.start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], block.until))
        else:
            found.append((block.start, block.until))
    return found


def _lanes(held: Iterable[Block]) -> list[list[Block]]:
    """Return the sessions of a room divided into lists, in each of which no sessions overlap.

    Each session is in the first list that has room for it.
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
    """Return the first time later than ``moment`` that is a multiple of ``every`` in the zone's local time.

    Times and ``every`` are in seconds; times are counted from 1970.
    """
    offset = datetime.fromtimestamp(moment, zone).utcoffset() or timedelta(0)
    shift = int(offset.total_seconds())
    return (moment + shift) // every * every + every - shift


def _natural(room: str) -> tuple[bool, list[tuple[bool, int, str]]]:
    """Return a sort key for a room's name: room 2 before room 10, numbers before letters, no name last."""
    parts = re.findall(r"\d{1,18}|\D+", room.casefold())
    return not room, [(False, int(part), "") if part.isdecimal() else (True, 0, part) for part in parts]
