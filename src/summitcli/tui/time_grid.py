"""The grid of one day: rooms side by side, time from top to bottom, and a cursor on a session."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.geometry import Region, Size, Spacing
from textual.scroll_view import ScrollView
from textual.strip import Strip

from summitcli.render.grid.cells import NOW
from summitcli.render.grid.hours import GAP, Hours, Page, Place
from summitcli.rows import Listing
from summitcli.tui.messages import Chosen, Moved

ROOM_WIDTH = 22
"""The minimum width of a room, in columns of text."""


class TimeGrid(ScrollView, can_focus=True, inherit_bindings=False):
    """A grid of rooms and hours.

    The names of the rooms and the times stay on the screen when it is scrolled.
    """

    DEFAULT_CSS = """
    TimeGrid { height: 1fr; width: 1fr; scrollbar-size: 1 1; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"time-grid--cursor", "time-grid--now"}

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._hours: Hours | None = None
        self._page: Page | None = None
        self._room_width = ROOM_WIDTH
        self._current: Place | None = None
        self._others: Sequence[Listing] = ()

    def show(self, hours: Hours | None, current: Listing | None) -> None:
        """Show a grid.

        Args:
            hours: the grid; None if the day has no sessions with times.
            current: the session on which the cursor is put; None for the first.
        """
        self._hours = hours
        self._draw()
        places = self._page.places if self._page else []
        self._current = min(places, key=lambda place: (place.top, place.column), default=None)
        if current is not None:
            self.follow(current)
        self._to_cursor()
        self.refresh()
        self.post_message(Moved())

    def follow(self, listing: Listing) -> None:
        """Move the cursor to ``listing`` if it is in the grid. Send no message about that."""
        for place in self._page.places if self._page else ():
            if (place.listing.id, place.listing.part) == (listing.id, listing.part):
                self._current = place
                self._to_cursor()
                self.refresh()

    def _draw(self) -> None:
        """Draw the grid for the current width."""
        if self._hours is None or not self._hours.columns:
            self._page = None
            self.virtual_size = Size(self.size.width, 0)
            return
        margin, count = self._hours.margin, len(self._hours.columns)
        self._room_width = max((self.scrollable_content_region.width - margin) // count, ROOM_WIDTH)
        self._page = self._hours.page(self._hours.columns, self._room_width)
        height = len(self._page.headings) + len(self._page.cells[0])
        self.virtual_size = Size(margin + count * self._room_width, height)

    @property
    def listing(self) -> Listing | None:
        """Return the session under the cursor; None if there is none."""
        return self._current.listing if self._current else None

    def render_line(self, y: int) -> Strip:
        """Return line ``y`` of the part of the grid that is on the screen, counted from 0."""
        width = self.scrollable_content_region.width
        page, hours = self._page, self._hours
        if page is None or hours is None:
            return Strip.blank(width, self.rich_style)
        margin, left = hours.margin, self.scroll_offset.x
        if y < len(page.headings):
            heading = Strip(page.headings[y].render(self.app.console))
            return _joined(Strip.blank(margin), heading.crop(margin + left), width)
        number = y - len(page.headings) + self.scroll_offset.y
        if number >= len(page.cells[0]):
            return Strip.blank(width, self.rich_style)
        is_now = number == page.now_line
        label = page.labels.get(number, Text())
        now = self.get_component_rich_style("time-grid--now", partial=True)
        if is_now:
            label = Text(label.plain.ljust(margin, NOW), now)
        first, last = left // self._room_width, (left + width - margin) // self._room_width + 1
        cells = [
            self._cell(column, number, is_now, now) for column in range(first, min(last, len(page.cells)))
        ]
        body = Strip.join(cells).crop(left - first * self._room_width)
        return _joined(Strip(label.render(self.app.console)).adjust_cell_length(margin), body, width)

    def _cell(self, column: int, number: int, is_now: bool, now: Style) -> Strip:
        assert self._page is not None  # noqa: S101
        cell = self._page.cells[column][number]
        here = self._current
        is_current = here is not None and here.column == column and here.top <= number < here.bottom
        if cell is None:
            return Strip([Segment((NOW if is_now else " ") * self._room_width, now if is_now else None)])
        strip = Strip(cell.render(self.app.console)).adjust_cell_length(self._room_width - GAP)
        if is_current:
            strip = Strip(
                Segment(text, self.get_component_rich_style("time-grid--cursor", partial=True))
                for text, _style, _control in strip
            )
        return strip.adjust_cell_length(self._room_width)

    def move(self, rows: int) -> None:
        """Move the cursor to the next session in the room, or to the one before if ``rows`` is negative."""
        if self._page is None or self._current is None:
            return
        column = [place for place in self._page.places if place.column == self._current.column]
        column.sort(key=lambda place: place.top)
        number = column.index(self._current) + rows
        self._set(column[max(min(number, len(column) - 1), 0)])

    def move_across(self, rooms: int) -> bool:
        """Move the cursor to the nearest session in another room; return whether there is such a room.

        Args:
            rooms: the number of rooms to move to the right, or to the left if negative.
        """
        if self._page is None or self._current is None:
            return False
        here = self._current
        target = here.column + rooms
        column = [place for place in self._page.places if place.column == target]
        if not column:
            return False
        self._set(min(column, key=lambda place: abs(place.top - here.top)))
        return True

    def move_to_end(self, is_last: bool) -> None:
        """Move the cursor to the first session of the day, or to the last."""
        if self._page is not None and self._page.places:
            order = sorted(self._page.places, key=lambda place: (place.top, place.column))
            self._set(order[-1 if is_last else 0])

    @property
    def page(self) -> int:
        """Return the number of sessions by which a page key moves the cursor."""
        return 5

    def _set(self, place: Place) -> None:
        if place is not self._current:
            self._current = place
            self._to_cursor()
            self.refresh()
            self.post_message(Moved())

    def _to_cursor(self) -> None:
        here, page, hours = self._current, self._page, self._hours
        if here is None or page is None or hours is None:
            return
        top = len(page.headings)
        region = Region(
            hours.margin + here.column * self._room_width,
            top + here.top,
            self._room_width,
            min(here.bottom - here.top, max(self.size.height - top, 1)),
        )
        spacing = Spacing(top, 0, 0, hours.margin)
        self.scroll_to_region(region, spacing=spacing, animate=False, force=True)

    def on_resize(self, _event: events.Resize) -> None:
        """Draw the grid for the new width."""
        here = self.listing
        self._draw()
        if here is not None and self._page is not None:
            self.follow(here)

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the clicked session; after a double click, send the message :class:`Chosen`."""
        page, hours = self._page, self._hours
        if page is None or hours is None or event.y < len(page.headings) or event.x < hours.margin:
            return
        number = event.y - len(page.headings) + self.scroll_offset.y
        column = (event.x - hours.margin + self.scroll_offset.x) // self._room_width
        for place in page.places:
            if place.column == column and place.top <= number < place.bottom:
                self._set(place)
                if event.chain == 2:
                    self.post_message(Chosen())


def _joined(label: Strip, body: Strip, width: int) -> Strip:
    return Strip.join([label, body]).adjust_cell_length(width)
