"""The terminal output of a list of sessions by day, of any size, drawn while the sessions are read.

The widths of columns must be known before the first line is drawn. So titles are measured in the first lines
only. For all other columns the database with the schedule returns the widest values.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain, islice

from rich.console import Group, RenderableType
from rich.text import Text

from summitcli.catalog.selection import SelectedDay, Selection
from summitcli.render.console import Pieces
from summitcli.render.grid.cells import bar_colors
from summitcli.render.lines import Columns, Line, Lines
from summitcli.render.listings import (
    PART_DETAIL,
    category_heading,
    day_header,
    footer,
    line,
    own_line,
    own_list,
    schedule,
)
from summitcli.render.marks import CONFLICT_MARK, Marks, NowMark
from summitcli.render.setting import Setting
from summitcli.render.widths import shown_width
from summitcli.rows import STAR, Listing

Draw = Callable[[Listing], Line]
"""The type of a function that returns a listing (a session at one of its times) as a line of the list."""

MAX_MEASURED = 2000
"""The number of sessions whose titles are measured. A list with at most as many is drawn in one go."""
FIRST_BATCH, BATCH_SIZE = 50, 500
"""The numbers of lines in a batch. The first batch is smaller, so that output starts at once."""


def listing(
    setting: Setting, selection: Selection, marks: Marks | None = None, own: Sequence[Listing] = ()
) -> Pieces:
    """Return the listings in ``selection`` as a list that is drawn piece by piece.

    Args:
        setting: the conference and the language to show.
        selection: the listings to show: each is a session at one of its times.
        marks: the current time, conflicts and colours to show; None to mark only sessions in the agenda.
        own: the user's own entries and the events of other calendars, to show among the sessions by time. In
            a list that is not drawn in one go, they are below the sessions of their day.
    """
    return Pieces(lambda _console, _options: _pieces(setting, selection, marks, own))


def _pieces(
    setting: Setting, selection: Selection, marks: Marks | None, own: Sequence[Listing]
) -> Iterator[RenderableType]:
    first = list(islice(selection, MAX_MEASURED + 1))
    if len(first) <= MAX_MEASURED:
        yield schedule(setting, first, marks=marks, own=own)
        return
    days = selection.days()
    timed = any(day.timed for day in days)
    colors = bar_colors(setting, marks.colors) if marks and timed else {}
    draw = partial(line, setting, timed=timed, marks=marks, colors=colors)
    columns = _columns(selection, first[:MAX_MEASURED], draw, timed, bool(marks and marks.conflicting))
    for day in days:
        listings = iter(selection.on(day.day))
        first_of_day = next(listings)
        yield Group(day_header(setting, first_of_day), Text())
        if day.timed:
            now_mark = NowMark(marks, day.day, columns)
            for pairs in _batches(chain([first_of_day], listings), draw):
                yield from now_mark.pieces(pairs)
            yield from now_mark.end()
        else:
            yield from _by_category(setting, selection, day, draw, columns)
        own_lines = [own_line(setting, one) for one in own if one.day == day.day]
        yield from own_list(own_lines, Columns(own_lines))
        yield Text()
    notes = marks.notes(first) if marks else ()
    yield footer(setting, selection.sessions(), notes)


def _columns(
    selection: Selection, first: Sequence[Listing], draw: Draw, timed: bool, conflicts: bool
) -> Columns:
    """Return the columns of a list with the listings in ``selection``.

    Args:
        selection: the listings to show: each is a session at one of its times.
        first: the first listings, whose titles are measured.
        draw: a function that returns a listing as a line.
        timed: whether any listing has times.
        conflicts: whether any sessions in the agenda conflict.
    """
    sample = first[0]
    kinds = [
        draw(sample._replace(status=status, part=part, parts=parts, all_day=all_day, start=None, end=None))
        for status, part, parts, all_day in selection.kinds()
    ]
    nights = [
        draw(sample._replace(day=day, start=start, end=end, all_day=False))
        for day, start, end in selection.nights()
    ]
    widest_time = max(shown_width(drawn.time) for drawn in (*kinds, *nights))
    parts = [shown_width(drawn.details[PART_DETAIL]) for drawn in kinds]
    rooms = map(shown_width, selection.rooms())
    id_ = selection.longest_id() + (len("[]") if timed else 0)
    mark = shown_width(STAR + CONFLICT_MARK) if conflicts else 0
    return Columns(
        [draw(row) for row in first], widest_time, (0, max(parts), max(rooms, default=0), id_), mark
    )


def _by_category(
    setting: Setting, selection: Selection, day: SelectedDay, draw: Draw, columns: Columns
) -> Iterator[RenderableType]:
    """Yield the output for a day without times: the name of each category, followed by its sessions.

    Args:
        setting: the conference and the language to show.
        selection: the sessions of all days.
        day: the day.
        draw: a function that returns a listing (a session at one of its times) as a line.
        columns: the columns of the list.
    """
    named = [category for category in day.categories if category is not None]
    for category in (*named, *([None] if None in day.categories else [])):
        if setting.categories:
            yield category_heading(setting, category, day.categories[category])
        others = named if category is None else ()
        for pairs in _batches(iter(selection.on(day.day, category, others)), draw):
            yield Lines([drawn for _listing, drawn in pairs], columns)


def _batches(listings: Iterator[Listing], draw: Draw) -> Iterator[list[tuple[Listing, Line]]]:
    """Yield sessions, each with its line of the list, in batches that are drawn together."""
    size = FIRST_BATCH
    while batch := [(row, draw(row)) for row in islice(listings, size)]:
        yield batch
        size = BATCH_SIZE
