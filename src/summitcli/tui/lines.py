"""Drawing a session as one line of a list in the full-screen browser."""

from __future__ import annotations

from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style

from summitcli.render.marks import CONFLICT_MARK
from summitcli.render.setting import Setting
from summitcli.render.widths import padded, shown_width
from summitcli.rows import MAYBE, STAR, Listing, Mark
from summitcli.text import dates
from summitcli.text.printable import printable
from summitcli.text.status import status_word

HIDDEN_MARK = "×"
MARKS = {"yes": STAR, "maybe": MAYBE, "hidden": HIDDEN_MARK}
"""The character that is shown for each mark of a session in the agenda."""

BAR = "▎"
"""The character at the start of each line, drawn in the colour of the category."""
MARK_WIDTH, CLOCK_WIDTH, TIME_WIDTH = 3, 5, 14
WIDE_DATE = 6
GAP = 2
MIN_WIDTH_FOR_END, MIN_WIDTH_FOR_ROOM, MIN_WIDTH_FOR_CATEGORY = 64, 60, 110
"""The minimum widths of a list that shows the end of sessions, their room, and their category."""
MAX_ROOM_WIDTH, MAX_CATEGORY_WIDTH = 24, 16


class Palette(NamedTuple):
    """The styles of the parts of a line."""

    text: Style
    dim: Style
    mark: Style
    conflict: Style
    match: Style
    cursor: Style
    """The style that is added to all parts of the line under the cursor."""


class Layout(NamedTuple):
    """The widths of the columns of a list. A width of 0 means that the column is not shown."""

    date: int
    time: int
    title: int
    category: int
    room: int

    @staticmethod
    def fitting(width: int, timed: bool, dated: bool, rooms: bool, categories: bool) -> Layout:
        """Return the layout of a list that is ``width`` columns wide.

        Args:
            width: the width of the list.
            timed: whether any sessions in it may have times.
            dated: whether it has sessions of several days.
            rooms: whether the schedule has rooms.
            categories: whether the schedule has several categories.
        """
        time = (TIME_WIDTH if width >= MIN_WIDTH_FOR_END else CLOCK_WIDTH) if timed else 0
        date = WIDE_DATE if dated else 0
        room = min(width // 4, MAX_ROOM_WIDTH) if rooms and width >= MIN_WIDTH_FOR_ROOM else 0
        category = MAX_CATEGORY_WIDTH if categories and width >= MIN_WIDTH_FOR_CATEGORY else 0
        taken = 1 + MARK_WIDTH + sum(part + GAP for part in (date, time, category, room) if part)
        return Layout(date, time, max(width - taken, 4), category, room)


class Line(NamedTuple):
    """The way in which a session is drawn: its marks, its colour, and what to highlight in its title."""

    mark: Mark | None = None
    """The mark of the session in the agenda; None if it has none."""
    conflicts: bool = False
    is_past: bool = False
    color: str | None = None
    """The colour of the session's category; None if it has no category."""
    spans: tuple[tuple[int, int], ...] = ()
    """The ranges of the title that match a search, such as ``((0, 4),)``."""


def segments(
    setting: Setting, listing: Listing, line: Line, layout: Layout, palette: Palette, is_current: bool
) -> list[Segment]:
    """Return a session as segments of a line, as wide as the layout.

    Args:
        setting: the conference and the language to show.
        listing: the session at one of its times.
        line: its marks, its colour, and what to highlight in its title.
        layout: the widths of the columns.
        palette: the styles.
        is_current: whether the cursor is on the line.
    """
    base = palette.cursor if is_current else Style()
    dim = base + palette.dim
    text = dim if line.is_past or line.mark == "hidden" else base + palette.text
    bar = base + Style.parse(line.color) if line.color and not is_current else base + palette.dim
    parts = [
        Segment(BAR, bar),
        Segment(MARKS.get(line.mark or "", " "), base + palette.mark),
        Segment(CONFLICT_MARK if line.conflicts else " ", base + palette.conflict),
        Segment(" ", base),
    ]
    if layout.date:
        parts.append(Segment(padded(_short_date(listing.day), layout.date) + " " * GAP, dim))
    if layout.time:
        parts.append(Segment(padded(_time(listing, layout.time), layout.time) + " " * GAP, dim))
    parts += _title(setting, listing, line, layout.title, text, base + palette.match)
    for width, word in ((layout.category, _category(setting, listing)), (layout.room, listing.room or "")):
        if width:
            parts.append(Segment(" " * GAP + padded(word, width), dim))
    return parts


def _title(
    setting: Setting, listing: Listing, line: Line, width: int, text: Style, match: Style
) -> list[Segment]:
    status = status_word(listing.status)
    part = (
        dates.part(listing.part, listing.parts, listing.all_day)
        if listing.parts > 1 and listing.all_day
        else ""
    )
    extra = " · ".join(filter(None, (status, part)))
    name = setting.name(listing.titles)
    shown = printable(name)
    beside = shown_width(extra) + GAP if extra else 0
    room = width - beside if beside < width // 2 else width
    spans = line.spans if shown == name and shown_width(shown) <= room else ()
    parts, done = [], 0
    for start, end in spans:
        parts += [Segment(shown[done:start], text), Segment(shown[start:end], match)]
        done = end
    rest = padded(shown[done:], room - shown_width(shown[:done])) if room > shown_width(shown[:done]) else ""
    parts.append(Segment(rest, text))
    if room < width:
        parts.append(Segment(" " * GAP + padded(extra, width - room - GAP), text + Style(dim=True)))
    return parts


def _time(listing: Listing, width: int) -> str:
    if listing.start is None:
        return ""
    times = dates.clock_on(listing.day, listing.start, listing.end)
    return times if width > CLOCK_WIDTH else times[:CLOCK_WIDTH]


def _category(setting: Setting, listing: Listing) -> str:
    return setting.category(listing.category) if listing.category else ""


def _short_date(day: str) -> str:
    """Return an ISO date as month and day: ``7-23``."""
    return f"{int(day[5:7])}-{int(day[8:10])}"
