"""The grid of a day as HTML tables: a line for each time at which sessions start or end, a column per room.

A table with many rooms can't be read. So there are several tables with only a few rooms each. Sessions that
overlap in a room are beside one another, in narrower columns (lanes).
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
"""The maximum number of rooms in a table."""


class Cell(NamedTuple):
    """A cell of a table, which is ``height`` lines high. ``row`` is None if the cell is empty."""

    row: Row | None
    height: int


class Line(NamedTuple):
    """A line of a table: a time, and the cells that begin at this time."""

    name: str
    cells: Sequence[Cell]


class Column(NamedTuple):
    """A room in a table, as wide as ``lanes`` columns. ``room`` is None for sessions without a room."""

    room: str | None
    lanes: int


class Table(NamedTuple):
    """A table of the grid of a day: a few rooms side by side, and a line for each time."""

    caption: str
    columns: Sequence[Column]
    lines: Sequence[Line]


Held = tuple[Listing, Row]
"""A listing (a session on one of its days) whose times are published, and the row by which it is shown."""


def tables(day: str, name: str, held: Iterable[Held], rooms: Sequence[str]) -> list[Table]:
    """Return the grid of a day as tables; [] if no session of the day has times.

    Args:
        day: the day as an ISO date.
        name: the day as text, for the captions of the tables.
        held: the listings of the day (each is a session at one of its times), with the way they are shown.
        rooms: the rooms in the order of the schedule.
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
    """Return the table of some rooms.

    Each room is given with its sessions in the order in which they start.
    """
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
    """Return the sessions of a room in as few lists (lanes) as possible, without overlaps in a list."""
    lanes: list[list[Held]] = []
    for entry in held:
        lane = next((lane for lane in lanes if _is_before(lane[-1][0], entry[0])), None)
        if lane is None:
            lanes.append([entry])
        else:
            lane.append(entry)
    return lanes


def _cells(lane: Iterable[Held], place: Mapping[datetime, int], last: int) -> list[tuple[int, Cell]]:
    """Return the cells of a lane, each with the number of the line on which it begins.

    A lane has the sessions of a room that don't overlap. Where there is no session, each line has an empty
    cell.

    Args:
        lane: the sessions, as listings in order of time.
        place: the number of the line for each time.
        last: the number of lines of the table.
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
    """Return whether ``later`` can be put below ``earlier`` in a lane (a column of sessions in one room).

    It must begin after ``earlier`` begins, and not before ``earlier`` ends. The first condition is needed
    because even a session without duration takes a line.
    """
    begin, end = _span(earlier)
    start = _span(later)[0]
    return begin < start and end <= start


def _span(listing: Listing) -> tuple[datetime, datetime]:
    """Return the start and the end of ``listing``, a session that must have times."""
    assert listing.start is not None and listing.end is not None  # noqa: S101
    return datetime.fromisoformat(listing.start), datetime.fromisoformat(listing.end)


def _time(day: str, moment: datetime) -> str:
    """Return a time as text, such as ``10:00``; ``00:30 +1`` if it is on the date after ``day``."""
    return f"{moment:%H:%M}{dates.days_apart(day, moment.isoformat())}"
