"""The list of sessions.

Only the lines on the screen are drawn, so that a long list is as fast as a short one.
"""

from collections.abc import Callable, Sequence
from typing import ClassVar, Protocol

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size, Spacing
from textual.scroll_view import ScrollView
from textual.strip import Strip

from summitcli.errors import SummitError
from summitcli.i18n import _
from summitcli.render.setting import Setting
from summitcli.rows import Listing
from summitcli.tui.lines import Layout, Line, Palette, segments
from summitcli.tui.messages import Chosen, Failed, Moved

MAX_FOLLOWED = 2_000
"""The cursor of a list with more rows than this does not follow the cursor of the grid beside it."""


class Source(Protocol):
    """A sequence of listings (each a session at one of its times): the rows of a list.

    A row may be read only when it is needed.
    """

    def __len__(self) -> int: ...

    def __getitem__(self, index: int, /) -> Listing: ...


class SessionList(ScrollView, can_focus=True, inherit_bindings=False):
    """A list of sessions with a cursor.

    It doesn't use the keys of Textual's scroll view: arrow keys move the cursor, not the screen.
    """

    DEFAULT_CSS = """
    SessionList { height: 1fr; width: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "session-list--text",
        "session-list--dim",
        "session-list--mark",
        "session-list--conflict",
        "session-list--match",
        "session-list--cursor",
        "session-list--cursor-blurred",
    }

    def __init__(self, describe: Callable[[Listing], Line], id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.describe = describe
        self._rows: Source = ()
        self._spans_of: Sequence[Callable[[str], tuple[tuple[int, int], ...]]] = ()
        self._setting: Setting | None = None
        self._columns = (False, False, False, False)
        self.cursor = 0

    def show(
        self,
        setting: Setting,
        rows: Source,
        cursor: int = 0,
        timed: bool = True,
        dated: bool = False,
        rooms: bool = True,
        spans: Sequence[Callable[[str], tuple[tuple[int, int], ...]]] = (),
    ) -> None:
        """Replace the rows of the list.

        Args:
            setting: the conference and the language to show.
            rows: the rows.
            cursor: the number of the row under the cursor, from 0.
            timed: whether sessions may have times.
            dated: whether the rows are of several days.
            rooms: whether the schedule has rooms.
            spans: for each row a function that returns the ranges of a title to highlight; () for no
                highlighting.
        """
        self._setting, self._rows, self._spans_of = setting, rows, spans
        self._columns = (timed, dated, rooms, len(setting.categories) > 1)
        self.cursor = max(min(cursor, len(rows) - 1), 0)
        self.virtual_size = Size(self.size.width, len(rows) + self.heading_lines)
        self._to_cursor()
        self.refresh()
        self.post_message(Moved())

    @property
    def length(self) -> int:
        """Return the number of rows."""
        return len(self._rows)

    @property
    def listing(self) -> Listing | None:
        """Return the session under the cursor; None if the list is empty or can't be read."""
        return self.row(self.cursor) if len(self._rows) else None

    def row(self, index: int) -> Listing | None:
        """Return the session in row ``index``; None if it can't be read."""
        try:
            return self._rows[index]
        except SummitError as error:
            # While the screen is painted, it would be the sender, and the message would end there.
            self.call_later(self._report, error)
            return None

    def _report(self, error: SummitError) -> None:
        self.post_message(Failed(error))

    heading_lines = 0
    """The number of lines above the rows; these lines are not scrolled."""

    def render_line(self, y: int) -> Strip:
        """Return line ``y`` of the part of the list that is on the screen, counted from 0."""
        index = y - self.heading_lines + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if not self._rows and index == 0 and self._setting is not None:
            style = self.palette().dim
            return Strip([Segment(f"  {_('no matching sessions')}", style)]).adjust_cell_length(width)
        if self._setting is None or index >= len(self._rows) or (listing := self.row(index)) is None:
            return Strip.blank(width, self.rich_style)
        return self.draw(self._setting, listing, index, width)

    def draw(self, setting: Setting, listing: Listing, index: int, width: int) -> Strip:
        """Return the line of a session.

        Args:
            setting: the conference and the language to show.
            listing: the session at one of its times.
            index: the number of its row, from 0.
            width: the width of the line.
        """
        line = self.describe(listing)
        if index < len(self._spans_of):
            line = line._replace(spans=self._spans_of[index](setting.name(listing.titles)))
        layout = Layout.fitting(width, *self._columns)
        drawn = segments(setting, listing, line, layout, self.palette(), index == self.cursor)
        return Strip(drawn).adjust_cell_length(width, drawn[-1].style)

    def palette(self) -> Palette:
        """Return the styles of the parts of a line."""
        names = ("text", "dim", "mark", "conflict", "match", "cursor" if self.has_focus else "cursor-blurred")
        return Palette(
            *(self.get_component_rich_style(f"session-list--{name}", partial=True) for name in names)
        )

    def move(self, rows: int) -> None:
        """Move the cursor down by ``rows`` rows, or up if the number is negative."""
        self.move_to(self.cursor + rows)

    def follow(self, listing: Listing) -> None:
        """Move the cursor to ``listing`` if it is in the list. Unlike :meth:`move_to`, send no message."""
        for index in range(len(self._rows)) if len(self._rows) <= MAX_FOLLOWED else ():
            row = self.row(index)
            if row is not None and (row.id, row.part) == (listing.id, listing.part):
                self.cursor = index
                self._to_cursor()
                self.refresh()
                return

    def move_to(self, index: int) -> None:
        """Move the cursor to row ``index``; if there is no such row, to the nearest one."""
        index = max(min(index, len(self._rows) - 1), 0)
        if index != self.cursor:
            self.cursor = index
            self._to_cursor()
            self.refresh()
            self.post_message(Moved())

    def move_to_end(self, is_last: bool) -> None:
        """Move the cursor to the first row, or to the last."""
        self.move_to(len(self._rows) - 1 if is_last else 0)

    def _to_cursor(self) -> None:
        region = Region(0, self.cursor + self.heading_lines, 1, 1)
        self.scroll_to_region(region, spacing=Spacing(self.heading_lines, 0, 0, 0), animate=False, force=True)

    @property
    def page(self) -> int:
        """Return the number of rows on the screen, by which a page key moves."""
        return max(self.size.height - 1 - self.heading_lines, 1)

    def on_resize(self, _event: events.Resize) -> None:
        """Scroll so that the cursor is on the screen."""
        self.virtual_size = Size(self.size.width, len(self._rows) + self.heading_lines)
        self._to_cursor()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the clicked row; after a double click, send the message :class:`Chosen`."""
        index = event.y - self.heading_lines + self.scroll_offset.y
        if event.y >= self.heading_lines and index < len(self._rows):
            self.move_to(index)
            if event.chain == 2:
                self.post_message(Chosen())
