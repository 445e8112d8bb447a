"""The grid of days and sessions, for schedules without times: a line per session, with bars on its days."""

from collections.abc import Callable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from summitcli.render.grid.cells import ACROSS
from summitcli.render.setting import Setting
from summitcli.render.widths import padded
from summitcli.rows import DayRow, Listing
from summitcli.tui.day_bar import short_day
from summitcli.tui.lines import MARK_WIDTH, MARKS, Line
from summitcli.tui.session_list import SessionList

DAY_WIDTH, MIN_TITLE_WIDTH = 9, 24
"""The width of a day, and the minimum width of a title. Days that don't fit are not shown."""


class DayGrid(SessionList):
    """The sessions of all days, each on one line.

    Args:
        describe: a function that returns the marks and the colour of a listing (a session on one of its
            days).
        held_days: a function that returns the ISO dates of a session, given its ID.
        id: the ID of the widget.
    """

    def __init__(
        self,
        describe: Callable[[Listing], Line],
        held_days: Callable[[str], Sequence[str]],
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(describe, id)
        self._held_days = held_days
        self.days: Sequence[DayRow] = ()

    heading_lines = 1

    def render_line(self, y: int) -> Strip:
        """Return line ``y`` of the screen. Line 0 has the names of the days; the others have the sessions."""
        if y:
            return super().render_line(y)
        width = self.scrollable_content_region.width
        count, title = self._widths(width)
        names = (padded(short_day(row.day), DAY_WIDTH) for row in self.days[:count])
        dim = self.palette().dim
        return Strip([Segment(" " * (MARK_WIDTH + title) + "".join(names), dim)]).adjust_cell_length(width)

    def _widths(self, width: int) -> tuple[int, int]:
        """Return the number of days that fit, and the width of the titles."""
        count = max(min((width - MARK_WIDTH - MIN_TITLE_WIDTH) // DAY_WIDTH, len(self.days)), 0)
        return count, max(width - MARK_WIDTH - count * DAY_WIDTH, 1)

    def draw(self, setting: Setting, listing: Listing, index: int, width: int) -> Strip:
        """Return the line of a session: its title, and a bar on each of its days.

        Args:
            setting: the conference and the language to show.
            listing: the session on any of its days.
            index: the number of its row in the list, from 0.
            width: the width of the line.
        """
        line = self.describe(listing)
        palette = self.palette()
        base = palette.cursor if index == self.cursor else Style()
        count, title = self._widths(width)
        held = set(self._held_days(listing.id))
        color = base + Style.parse(line.color) if line.color else base
        parts = [
            Segment(f"{MARKS.get(line.mark or '', ' ')}  ", base + palette.mark),
            Segment(padded(setting.name(listing.titles), title), base),
        ]
        shown = self.days[:count]
        for number, row in enumerate(shown):
            joined = row.day in held and number + 1 < count and shown[number + 1].day in held
            bar = ACROSS * DAY_WIDTH if joined else ACROSS * (DAY_WIDTH - 2) + "  "
            parts.append(Segment(bar if row.day in held else " " * DAY_WIDTH, color))
        return Strip(parts).adjust_cell_length(width, base)
