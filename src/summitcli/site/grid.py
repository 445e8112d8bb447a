"""The time grid of a day as tables: a line for each time at which a session starts or ends, a column a room.

As a table of many rooms can't be read, each has only a few; sessions that overlap in a room stand in lanes
beside each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from summitcli.i18n import _
from summitcli.lazy_typing import NamedTuple
from summitcli.rows import Listing
from summitcli.site.views import Row
from summitcli.text import dates

MAX_COLUMNS = 8
"""The number of rooms in one table."""


class Cell(NamedTuple):
    """A cell of a table, which spans ``height`` lines; ``row`` is None if it is empty."""

    row: Row | None
    height: int


class Line(NamedTuple):
    """A line of a table: a time, and the cells that begin there."""

    name: str
    cells: Sequence[Cell]


class Column(NamedTuple):
    """A room in a table; None stands for sessions without one."""

    room: str | None
    lanes: int


class Table(NamedTuple):
    """One of the tables of a day's time grid: a few rooms side by side, and a line for each time."""

    caption: str
    columns: Sequence[Column]
    lines: Sequence[Line]


Held = tuple[Listing, Row]
"""A listing with times, and how it is shown."""


def tables(day: str, name: str, held: Iterable[Held], rooms: Sequence[str]) -> list[Table]:
    """Return the time grid of a day as tables; [] if no session has times.

    Args:
        day: the ISO date.
        name: the day as text, for the captions.
        held: the listings of the day, each with how it is shown.
        rooms: the rooms of the schedule in order.
    """
    by_room: dict[str | None, list[Held]] = {}
    for listing, row in held:
        if listing.start is not None:
            by_room.setdefault(listing.room, []).append((listing, row))
    order = [*filter(by_room.__contains__, rooms), *([None] if None in by_room else [])]
    chunks = [order[first : first + MAX_COLUMNS] for first in range(0, len(order), MAX_COLUMNS)]
    return [_table(day, _caption(name, chunk), [(room, by_room[room]) for room in chunk]) for chunk in chunks]


def _caption(name: str, rooms: Sequence[str | None]) -> str:
    known = [room or _("No room") for room in rooms]
    among = known[0] if len(known) == 1 else f"{known[0]} – {known[-1]}"
    return _("{name}: {text}").format(name=name, text=among)


def _table(day: str, caption: str, rooms: Sequence[tuple[str | None, list[Held]]]) -> Table:
    """Return the table of some rooms, each given with its listings in order of start."""
    moments = sorted({moment for _room, held in rooms for listing, _row in held for moment in _span(listing)})
    place = {moment: number for number, moment in enumerate(moments)}
    lanes = [(room, _lanes(held)) for room, held in rooms]
    columns = [Column(room, len(found)) for room, found in lanes]
    # The last moment is only an end, unless a session without duration is then.
    starts = {_span(listing)[0] for _room, held in rooms for listing, _row in held}
    last = len(moments) if moments[-1] in starts else len(moments) - 1
    cells: list[list[Cell]] = [[] for _line in range(last)]
    for _room, found in lanes:
        for lane in found:
            for line, cell in _cells(lane, place, last):
                cells[line].append(cell)
    names = [_time(day, moment) for moment in moments[:last]]
    return Table(caption, columns, [Line(*pair) for pair in zip(names, cells, strict=True)])


def _lanes(held: Iterable[Held]) -> list[list[Held]]:
    """Return the listings of a room in as few lanes as possible, without overlaps in any of them."""
    lanes: list[list[Held]] = []
    for entry in held:
        lane = next((lane for lane in lanes if _is_before(lane[-1][0], entry[0])), None)
        if lane is None:
            lanes.append([entry])
        else:
            lane.append(entry)
    return lanes


def _cells(lane: Iterable[Held], place: Mapping[datetime, int], last: int) -> list[tuple[int, Cell]]:
    """Return the cells of a lane, each with the index of its line.

    A lane has listings of one room that don't overlap. Between them, each line has an empty cell.

    Args:
        lane: the listings, in order of time.
        place: the index of the line for each time.
        last: the number of lines.
    """
    found: list[tuple[int, Cell]] = []
    line = 0
    for listing, row in lane:
        begin, end = (place[moment] for moment in _span(listing))
        found += [(number, Cell(None, 1)) for number in range(line, begin)]
        # One without duration takes a line, too.
        line = max(end, begin + 1)
        found.append((begin, Cell(row, line - begin)))
    return [*found, *((number, Cell(None, 1)) for number in range(line, last))]


def _is_before(earlier: Listing, later: Listing) -> bool:
    """Return whether ``later`` can stand below ``earlier`` in a lane (a column of a room's sessions).

    It can if it begins after ``earlier`` has begun and not before it has ended: even a listing without
    duration takes a line.
    """
    begin, end = _span(earlier)
    start = _span(later)[0]
    return begin < start and end <= start


def _span(listing: Listing) -> tuple[datetime, datetime]:
    """Return the start and the end of a listing with times."""
    assert listing.start is not None and listing.end is not None  # noqa: S101
    return datetime.fromisoformat(listing.start), datetime.fromisoformat(listing.end)


def _time(day: str, moment: datetime) -> str:
    """Return a time of a day as text, such as ``10:00``, or ``00:30 +1`` for the next date."""
    return f"{moment:%H:%M}{dates.days_apart(day, moment.isoformat())}"
