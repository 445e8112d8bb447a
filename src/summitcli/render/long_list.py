"""The picture of listings by day for schedules of any size, drawn while the listings are read.

Column widths must be known before the first line is drawn. So titles are measured on the first listings only,
and for all other columns the catalog returns the widest values.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from rich.console import Group, RenderableType
from rich.text import Text

from summitcli.catalog.selection import SelectedDay, Selection
from summitcli.render.console import Pieces
from summitcli.render.lines import Columns, Lines, shown_width
from summitcli.render.listings import PART_DETAIL, category_heading, day_header, footer, line, schedule
from summitcli.render.setting import Setting
from summitcli.rows import Listing

MAX_MEASURED = 2000
"""The number of listings whose titles are measured; a list of no more than that is drawn at once."""
FIRST_BATCH, BATCH_SIZE = 50, 500
"""The numbers of lines drawn at a time; the first batch is small, so that output starts at once."""


def listing(setting: Setting, selection: Selection) -> Pieces:
    """Return a picture of the listings in ``selection`` as a list, drawn piece by piece.

    Args:
        setting: the conference and the language to show.
        selection: the listings to show.
    """
    return Pieces(lambda _console, _options: _pieces(setting, selection))


def _pieces(setting: Setting, selection: Selection) -> Iterator[RenderableType]:
    first = list(islice(selection, MAX_MEASURED + 1))
    if len(first) <= MAX_MEASURED:
        yield schedule(setting, first)
        return
    days = selection.days()
    timed = any(day.timed for day in days)
    columns = _columns(setting, selection, first[:MAX_MEASURED], timed)
    for day in days:
        listings = iter(selection.on(day.day))
        first_of_day = next(listings)
        yield Group(day_header(setting, first_of_day), Text())
        if day.timed:
            yield from _lines(setting, chain([first_of_day], listings), timed, columns)
        else:
            yield from _by_category(setting, selection, day, timed, columns)
        yield Text()
    yield footer(setting, selection.sessions())


def _columns(setting: Setting, selection: Selection, first: Sequence[Listing], timed: bool) -> Columns:
    """Return the columns of a list with the listings in ``selection``.

    Args:
        setting: the conference and the language to show.
        selection: the listings to show.
        first: the first of them, whose titles are measured.
        timed: whether any listing has times.
    """
    sample = first[0]
    kinds = [
        line(
            setting,
            sample._replace(status=status, part=part, parts=parts, all_day=all_day, start=None, end=None),
            timed,
        )
        for status, part, parts, all_day in selection.kinds()
    ]
    nights = [
        line(setting, sample._replace(day=day, start=start, end=end, all_day=False), timed)
        for day, start, end in selection.nights()
    ]
    widest_time = max(shown_width(drawn.time) for drawn in (*kinds, *nights))
    parts = [shown_width(drawn.details[PART_DETAIL]) for drawn in kinds]
    rooms = map(shown_width, selection.rooms())
    widest = (0, max(parts), max(rooms, default=0), selection.longest_id())
    return Columns([line(setting, row, timed) for row in first], widest_time, widest)


def _by_category(
    setting: Setting, selection: Selection, day: SelectedDay, timed: bool, columns: Columns
) -> Iterator[RenderableType]:
    """Yield the pieces for a day without times: each category's name, and below it its listings."""
    named = [category for category in day.categories if category is not None]
    for category in (*named, *([None] if None in day.categories else [])):
        if setting.categories:
            yield category_heading(setting, category, day.categories[category])
        others = named if category is None else ()
        yield from _lines(setting, iter(selection.on(day.day, category, others)), timed, columns)


def _lines(
    setting: Setting, listings: Iterator[Listing], timed: bool, columns: Columns
) -> Iterator[RenderableType]:
    size = FIRST_BATCH
    while batch := [line(setting, row, timed) for row in islice(listings, size)]:
        yield Lines(batch, columns)
        size = BATCH_SIZE
