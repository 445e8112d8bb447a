"""A grid of hours and rooms for one day. The height of a session's block shows its duration.

As many rooms as fit are side by side. The others follow below, with their own time labels.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from rich.console import Console, ConsoleOptions, RenderableType
from rich.text import Text

from summitcli.agenda.planner import key_of
from summitcli.i18n import _, ngettext
from summitcli.render.console import Piece, shade
from summitcli.render.grid.axis import (
    Block,
    Column,
    Row,
    blocks,
    columns,
    double_booked,
    lines_of,
    rows,
    step,
)
from summitcli.render.grid.cells import ALONE, BOTTOM, NOW, bar, bar_colors, fitted
from summitcli.render.lines import ACCENT, DIM, Line, Lines
from summitcli.render.listings import day_header, legend, star, zone_note
from summitcli.render.marks import CONFLICT_MARK, Marks
from summitcli.render.setting import Setting
from summitcli.render.wrapping import unwrapped
from summitcli.rows import Listing
from summitcli.text import dates
from summitcli.text.printable import printable
from summitcli.text.reader_zone import reader_zone
from summitcli.text.status import status_word

DOUBLE_MARK = "!!"
"""The mark of a session that shares its room with another session at the same time."""
CONFLICT_STYLE = "bold red"

MIN_ROOM_WIDTH, GOOD_ROOM_WIDTH, MAX_ROOM_WIDTH = 16, 22, 40
"""The minimum, good and maximum width of a room, in columns of text.

If all rooms fit side by side with the minimum width, they are drawn so. Otherwise only as many are side by
side as fit with the good width.
"""

LABEL_WIDTH, NEXT_DAY_MARK = 6, " +1"
"""The width of the time labels in columns, and the mark of times on the next day."""
GAP = 1
BAR_WIDTH = 2
"""The width of the bar beside a session, with the blank after it."""
MAX_TITLE_LINES = 4
"""The number of lines of a title for which a block is made high enough.

More lines are shown if there is space.
"""


class _BlockTexts(NamedTuple):
    """A session's block in the grid, with the texts to write into it, such as its title."""

    block: Block
    title: Text
    details: tuple[Text, ...]
    """The texts below the title, such as the status, the category and the speakers; each takes one line."""


class Place(NamedTuple):
    """The place of a session in the grid: its column, its first line, and the line after its last."""

    listing: Listing
    column: int
    top: int
    bottom: int


class Page(NamedTuple):
    """A part of the grid with the rooms that fit side by side. All its texts are ready to be printed."""

    headings: tuple[Text, ...]
    """The lines with the names of the rooms, indented by the width of the time labels."""
    labels: dict[int, Text]
    """The time labels, by the number of their line."""
    cells: list[list[Text | None]]
    """The cells of each column, one for each line; None if the cell is empty."""
    places: list[Place]
    now_line: int | None
    """The number of the line above which the current time is drawn; None if the grid does not include it."""


class Hours:
    """A grid of one day with times.

    Args:
        setting: the conference and the language to show.
        colors: the colours that the schedule gives to categories, by the category's ID.
        listings: the listings of the day (each is a session at one of its times), in the order of the
            schedule.
        marks: the current time and the conflicts to mark.
        rooms: the rooms in the order of the schedule, if it has one.
    """

    def __init__(
        self,
        setting: Setting,
        colors: Mapping[str, str],
        listings: Sequence[Listing],
        marks: Marks,
        rooms: Sequence[str] = (),
    ) -> None:
        self._setting = setting
        self._colors = bar_colors(setting, colors)
        self._shades: Mapping[str | None, str] = self._colors
        """The colour of each category as the current console can display it."""
        self._listings = listings
        self._marks = marks
        zone = marks.now.tzinfo
        assert zone is not None  # noqa: S101
        self._zone = zone
        self._blocks = blocks(listings, zone)
        self.columns = columns(self._blocks, rooms)
        self._double_booked = double_booked(self._blocks)
        self._step = step(self._blocks)
        self._shown_zone = reader_zone() or zone
        moments = (moment for block in self._blocks for moment in (block.start, block.until))
        has_marks = any(" " in self._clock(moment) for moment in moments)
        self.margin = LABEL_WIDTH + len(NEXT_DAY_MARK) if has_marks else LABEL_WIDTH
        """The width of the time labels in columns."""
        self._has_several_categories = len({listing.category for listing in listings}) > 1

    def pieces(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        """Yield the pieces of the grid from top to bottom, so that its beginning appears at once.

        Each piece has the rooms that fit side by side; further rooms follow in pieces below.
        """
        self._shades = {id_: shade(console, color) for id_, color in self._colors.items()}
        yield day_header(self._setting, self._listings[0])
        yield from self._all_day()
        width, count = _widths(len(self.columns), options.max_width - self.margin)
        for first in range(0, len(self.columns), count):
            yield Text()
            lines = self._page(self.columns[first : first + count], width)
            yield Piece(drawn for line in lines for drawn in unwrapped(line, console, options.max_width))
        yield Text()
        yield from self._footer()

    def _all_day(self) -> Iterator[RenderableType]:
        whole = [listing for listing in self._listings if listing.all_day]
        if whole:
            yield Text()
            yield Text(_("all day"), DIM)
            yield Lines(
                [
                    Line(
                        title=self._setting.name(listing.titles),
                        details=(
                            dates.part(listing.part, listing.parts, listing.all_day)
                            if listing.parts > 1
                            else "",
                            listing.room or "",
                        ),
                        mark=star(listing),
                    )
                    for listing in whole
                ]
            )

    def page(self, shown: Sequence[Column], width: int) -> Page:
        """Return the part of the grid with the rooms ``shown`` side by side, each ``width`` columns wide."""
        headings = tuple(_headings([column.room for column in shown], width, self.margin))
        filled = [[self._block_texts(block) for block in column.blocks] for column in shown]
        held = [texts.block for column in filled for texts in column]
        inside = width - GAP - BAR_WIDTH
        wanted = [
            len(fitted(texts.title, inside, MAX_TITLE_LINES)) + len(texts.details[:1])
            for column in filled
            for texts in column
        ]
        table = rows(held, wanted, self._step, self._shown_zone)
        height = sum(row.lines for row in table)
        cells = [self._cells(column, table, inside, height) for column in filled]
        places = [
            Place(texts.block.listing, number, *lines)
            for number, column in enumerate(filled)
            for texts, lines in zip(column, lines_of((texts.block for texts in column), table), strict=True)
        ]
        labels = self._labels(table, {block.start for block in held})
        return Page(headings, labels, cells, places, self._now_line(table))

    def _page(self, shown: Sequence[Column], width: int) -> Iterator[Text]:
        """Yield the lines of the part of the grid with the rooms ``shown``, each ``width`` columns wide."""
        margin = self.margin
        page = self.page(shown, width)
        yield from page.headings
        for number in range(len(page.cells[0])):
            if number == page.now_line:
                yield self._now(page.cells, number, width, margin)
            line = Text(no_wrap=True, overflow="crop").append_text(page.labels.get(number, Text()))
            for column, cell in enumerate(page.cells):
                if (piece := cell[number]) is not None:
                    line.append(" " * (margin + column * width - line.cell_len)).append_text(piece)
            yield line

    def _block_texts(self, block: Block) -> _BlockTexts:
        """Return ``block`` with the texts to write into it."""
        listing = block.listing
        title = Text()
        if listing.in_agenda:
            conflicts = self._marks.conflicts(listing)
            title.append(star(listing), ACCENT).append(
                f"{CONFLICT_MARK} " if conflicts else " ", CONFLICT_STYLE
            )
        if key_of(listing) in self._double_booked:
            title.append(f"{DOUBLE_MARK} ", CONFLICT_STYLE)
        title.append(printable(self._setting.name(listing.titles)), "bold" if listing.in_agenda else "")
        details = []
        if listing.end and dates.lasts_beyond(listing.day, listing.end):
            details.append(Text(_("until {when}").format(when=dates.until(listing.day, listing.end)), DIM))
        if listing.status:
            details.append(Text(printable(status_word(listing.status)), DIM))
        if self._has_several_categories and listing.category:
            details.append(Text(printable(self._setting.category(listing.category)), DIM))
        if listing.speakers:
            details.append(Text(printable(_(", ").join(name.strip() for name in listing.speakers)), DIM))
        return _BlockTexts(block, title, tuple(details))

    def _cells(
        self, column: Sequence[_BlockTexts], table: Sequence[Row], width: int, height: int
    ) -> list[Text | None]:
        """Return the cells of one column of the grid, one for each line; None if a cell is empty.

        Args:
            column: the blocks of the column.
            table: the rows of the grid.
            width: the width of the texts.
            height: the number of lines of the grid.
        """
        cells: list[Text | None] = [None] * height
        places = lines_of((texts.block for texts in column), table)
        for (block, title, details), (top, bottom) in zip(column, places, strict=True):
            lines = bottom - top
            color = self._shades.get(block.listing.category, DIM)
            texts = fitted(title, width, max(lines - len(details[:1]), 1))
            texts += [fitted(text, width, 1)[0] for text in details[: lines - len(texts)]]
            for number, mark in enumerate(bar(lines, block.cut)):
                cell = Text().append(f"{mark} ", color)
                cells[top + number] = cell.append_text(texts[number]) if number < len(texts) else cell
        return cells

    def _labels(self, table: Sequence[Row], begins: Collection[int]) -> dict[int, Text]:
        """Return the time labels, by the number of their line.

        There is a label where a session starts, at each full hour, and where a time without sessions begins.

        Args:
            table: the rows of the grid.
            begins: the times at which sessions start.
        """
        labels = {}
        number, before = 0, ""
        for row in table:
            clock = self._clock(row.start)
            begun = row.start in begins
            if clock != before and (begun or not row.running or clock[3:5] == "00"):
                labels[number] = Text(clock, "" if begun else DIM)
                before = clock
            number += row.lines
        return labels

    def _clock(self, moment: int) -> str:
        """Return a moment as ``HH:MM`` in the time zone to show, with ``+1`` if it is on the next day."""
        when = datetime.fromtimestamp(moment, self._shown_zone).isoformat()
        return when[11:16] + dates.days_apart(self._listings[0].day, when)

    def _now_line(self, table: Sequence[Row]) -> int | None:
        """Return the number of the line above which the current time is drawn.

        Return None if the grid does not include the current time.
        """
        now = self._marks.now.timestamp()
        number = 0
        for row, after in pairwise(table):
            if row.start <= now < after.start:
                return number + ceil(row.lines * (now - row.start) / (after.start - row.start))
            number += row.lines
        return None

    def _now(self, cells: Sequence[Sequence[Text | None]], number: int, width: int, margin: int) -> Text:
        """Return the line for the current time. The bars of sessions in progress continue through it.

        Args:
            cells: the cells of each column.
            number: the number of the line below.
            width: the width of a column.
            margin: the width of the time labels.
        """
        label = self._clock(int(self._marks.now.timestamp())).ljust(margin, NOW)
        line = Text(no_wrap=True, overflow="crop").append(label, f"bold {ACCENT}")
        for cell in cells:
            above = cell[number - 1] if number else None
            here = cell[number]
            continues = here is not None and above is not None and above.plain[0] not in (ALONE, BOTTOM)
            if here is not None and continues:
                line.append("┃", here.spans[0].style if here.spans else "")
                line.append(NOW * (width - 1), ACCENT)
            else:
                line.append(NOW * width, ACCENT)
        return line

    def _footer(self) -> Iterator[Text]:
        marks = [*legend(self._listings), *self._marks.notes(self._listings)]
        if self._double_booked:
            marks.append(f"{DOUBLE_MARK} {_('two sessions in one room')}")
        count = ngettext("{n} session", "{n} sessions", len(self._listings))
        notice = printable(self._setting.name(self._setting.conference.notice))
        yield Text(" · ".join(filter(None, (count, *marks, zone_note(), notice))), DIM)


def _widths(columns: int, width: int) -> tuple[int, int]:
    """Return the width of a column, and the number of columns side by side.

    If not all columns fit, the grid is drawn in several pictures, one below the other.

    Args:
        columns: the number of all columns of the grid. A room has one or more.
        width: the width of the grid in characters, without the time labels.
    """
    if columns * MIN_ROOM_WIDTH <= width:
        return min(width // max(columns, 1), MAX_ROOM_WIDTH), max(columns, 1)
    side_by_side = max(width // GOOD_ROOM_WIDTH, 1)
    # The same number in each of them, as far as possible.
    pictures = -(-columns // side_by_side)
    count = -(-columns // pictures)
    return max(min(width // count, MAX_ROOM_WIDTH), GAP + BAR_WIDTH + 2), count


def _headings(rooms: Sequence[str], width: int, margin: int) -> Iterator[Text]:
    """Yield the lines with the names of the rooms. Each name is cut to two lines."""
    names = [fitted(Text(printable(room) or _("room not given"), "bold"), width - GAP, 2) for room in rooms]
    for number in range(max(map(len, names))):
        line = Text(no_wrap=True, overflow="crop")
        for column, lines in enumerate(names):
            if number < len(lines):
                line.append(" " * (margin + column * width - line.cell_len)).append_text(lines[number])
        yield line
