"""The days of the conference as tabs, on one line of the full-screen browser."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from summitcli.i18n import _
from summitcli.render.widths import shown_width
from summitcli.rows import DayRow
from summitcli.text.days import WEEKDAYS

SEPARATOR = " │ "
MIN_WIDTH_FOR_WEEKDAY = 60


class DayBar(Widget):
    """The days of the conference, with their numbers of sessions.

    The day that is shown is highlighted, if any is.
    """

    DEFAULT_CSS = "DayBar { height: 1; width: 1fr; }"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"day-bar--current", "day-bar--empty"}

    class Chosen(Message):
        """The message that a day was clicked.

        Args:
            day: the day, as an ISO date.
        """

        def __init__(self, day: str) -> None:
            super().__init__()
            self.day = day

    def __init__(self) -> None:
        super().__init__()
        self._days: Sequence[DayRow] = ()
        self._current = ""
        self._ends: list[tuple[int, int, str]] = []
        """The tabs on the screen: the column where each starts, the column where it ends, and its day."""

    def show(self, days: Sequence[DayRow], current: str) -> None:
        """Show the days. ``current`` is the ISO date of the day to highlight; empty for none."""
        self._days, self._current = days, current
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the text of line ``y``. There is only one line."""
        width = self.size.width
        if y or not self._days:
            return Strip.blank(width, self.rich_style)
        texts = [_text(row, width) for row in self._days]
        widths = [shown_width(text) for text in texts]
        first = self._first(widths, width)
        parts: list[Segment] = [Segment("‹ " if first else "  ", self.rich_style)]
        column = 2
        self._ends = []
        for row, text, wide in zip(self._days[first:], texts[first:], widths[first:], strict=True):
            if column + wide > width - 2:
                parts.append(Segment("›", self.rich_style))
                break
            if self._ends:
                parts.append(Segment(SEPARATOR, self.get_component_rich_style("day-bar--empty")))
            name = (
                "day-bar--current" if row.day == self._current else "" if row.sessions else "day-bar--empty"
            )
            parts.append(Segment(text, self.get_component_rich_style(name) if name else self.rich_style))
            begin = column + (len(SEPARATOR) if self._ends else 0)
            self._ends.append((begin, begin + wide, row.day))
            column = begin + wide
        return Strip(parts).adjust_cell_length(width, self.rich_style)

    def _first(self, widths: Sequence[int], width: int) -> int:
        """Return the number of the first tab to show.

        The tab is chosen so that the highlighted day is on the screen.
        """
        current = next((number for number, row in enumerate(self._days) if row.day == self._current), 0)
        first, taken = current, widths[current] + 4
        while first and taken + widths[first - 1] + len(SEPARATOR) <= width:
            first -= 1
            taken += widths[first] + len(SEPARATOR)
        return first

    def on_click(self, event: events.Click) -> None:
        """Choose the day that was clicked."""
        for begin, end, day in self._ends:
            if begin - 1 <= event.x <= end:
                self.post_message(self.Chosen(day))


def short_day(iso: str) -> str:
    """Return a date in its shortest form, with the weekday: ``7-23 Sat``."""
    when = date.fromisoformat(iso)
    weekday = _(WEEKDAYS[when.weekday()])
    weekday = weekday.replace("星期", "周") if weekday.startswith("星期") else weekday[:3]
    return f"{when.month}-{when.day} {weekday}"


def _text(row: DayRow, width: int) -> str:
    """Return the text of a day's tab: the date, the weekday if there is space, and the number of sessions."""
    day = short_day(row.day)
    return f"{day if width >= MIN_WIDTH_FOR_WEEKDAY else day.split()[0]} {row.sessions}"
