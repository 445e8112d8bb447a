"""A grid of days: a line for each session, with a bar through the days on which it takes place."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from summitcli.i18n import _, ngettext
from summitcli.render.console import shade
from summitcli.render.grid.cells import ACROSS, bar_colors
from summitcli.render.lines import ACCENT, DIM, GAP, MARK_WIDTH
from summitcli.render.listings import legend, star
from summitcli.render.marks import Marks
from summitcli.render.setting import Setting
from summitcli.render.wrapping import wrapped
from summitcli.rows import DayRow, Listing
from summitcli.text import dates
from summitcli.text.days import SHORT_WEEKDAYS
from summitcli.text.printable import printable

MIN_TITLE_WIDTH, GOOD_TITLE_WIDTH, MAX_TITLE_WIDTH = 24, 52, 72
MAX_DAY_WIDTH = 14
TODAY_MARK = "▸"


class _Layout(NamedTuple):
    """The widths of a grid of days, in columns of text."""

    days: int
    """The number of days that are side by side."""
    short: bool
    """True if the month is left out of dates."""
    title: int
    width: int
    """The width of one day; ``title`` is the width of the titles."""

    @property
    def margin(self) -> int:
        """Return the number of columns to the left of the first day."""
        return MARK_WIDTH + self.title + GAP


class Days:
    """A grid of several days without times.

    Args:
        setting: the conference and the language to show.
        colors: the colours that the schedule gives to categories, by the category's ID.
        days: the days to show.
        listings: the listings on these days: each is a session on one day.
        marks: the current time, so that today is marked; and the number of hidden sessions, which is shown.
    """

    def __init__(
        self,
        setting: Setting,
        colors: Mapping[str, str],
        days: Sequence[DayRow],
        listings: Sequence[Listing],
        marks: Marks,
    ) -> None:
        self._setting = setting
        self._colors = bar_colors(setting, colors)
        self._shades: Mapping[str | None, str] = {}
        """The colour of each category as the current console can display it."""
        self._days = days
        self._listings = listings
        self._marks = marks
        self._today = marks.now.date().isoformat()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw as many days side by side as fit, and the remaining days below them."""
        self._shades = {id_: shade(console, color) for id_, color in self._colors.items()}
        conference = self._setting.conference
        header = Text(printable(self._setting.name(conference.titles)), "bold")
        yield header.append(f"   {dates.period(conference.start, conference.end)}", "not bold")
        layout = self._layout(options.max_width - MARK_WIDTH - GAP)
        busy = {listing.day for listing in self._listings}
        for first in range(0, len(self._days), layout.days):
            days = self._days[first : first + layout.days]
            if busy & {row.day for row in days}:
                yield Text()
                yield from self._block_of_days(days, layout)
        yield Text()
        yield from self._footer()

    def _layout(self, room: int) -> _Layout:
        """Return the layout for a width of ``room`` columns.

        The month is left out of dates if the titles would otherwise get too little space.
        """
        titles = min(max(cell_len(self._name(listing)) for listing in self._listings), MAX_TITLE_WIDTH)
        for short in (False, True):
            labels = (label for row in self._days for label in _labels(row.day, short))
            width = max(map(cell_len, labels)) + cell_len(TODAY_MARK) + 1
            if room - len(self._days) * width >= min(titles, GOOD_TITLE_WIDTH):
                break
        fit = max((room - min(titles, MIN_TITLE_WIDTH)) // width, 1)
        pictures = -(-len(self._days) // fit)
        count = -(-len(self._days) // pictures)
        title = max(min(titles, room - count * width), 8)
        return _Layout(count, short, title, max(min((room - title) // count, MAX_DAY_WIDTH), width))

    def _block_of_days(self, days: Sequence[DayRow], layout: _Layout) -> Iterator[Text]:
        """Yield the lines for ``days``, which are side by side: headings, then the sessions on these days."""
        yield from self._headings(days, layout)
        place = {row.day: number for number, row in enumerate(days)}
        groups: dict[str | None, dict[str, list[Listing]]] = {}
        for listing in self._listings:
            if listing.day in place:
                groups.setdefault(listing.category, {}).setdefault(listing.id, []).append(listing)
        order = {row.id: number for number, row in enumerate(self._setting.categories)}
        for category in sorted(groups, key=lambda id_: order.get(id_ or "", len(order))):
            held = groups[category]
            color = self._shades.get(category, DIM)
            if order:
                heading = Text().append(printable(self._setting.category(category)), f"bold {color}")
                yield heading.append(f" · {len(held)}" if len(held) > 1 else "", DIM)
            for listings in held.values():
                yield from self._session(listings, place, layout, color)
        yield self._counts(days, layout)

    def _headings(self, days: Sequence[DayRow], layout: _Layout) -> Iterator[Text]:
        labels = [_labels(row.day, layout.short) for row in days]
        for number in range(2):
            line = Text(" " * layout.margin, no_wrap=True, overflow="crop")
            for row, names in zip(days, labels, strict=True):
                today = row.day == self._today
                mark = TODAY_MARK if today and number else " "
                style = f"bold {ACCENT}" if today else "" if number else DIM
                line.append(
                    f"{mark}{names[number]}" + " " * (layout.width - 1 - cell_len(names[number])), style
                )
            line.rstrip()
            yield line

    def _session(
        self, listings: Sequence[Listing], place: Mapping[str, int], layout: _Layout, color: str
    ) -> Iterator[Text]:
        """Yield the lines for a session: its title, and on the first line its bar beside the title.

        Args:
            listings: the listings of the session: one for each of its days.
            place: the position of each of the days that are side by side, such as ``{"2022-07-23": 0}``.
            layout: the widths.
            color: the colour of the bar.
        """
        mark = next(filter(None, map(star, listings)), "")
        first, *more = wrapped(Text(self._name(listings[0]), "bold" if mark else ""), layout.title)
        line = Text(no_wrap=True, overflow="crop").append(f"{mark or ' '} ", ACCENT)
        line.append_text(first).append(" " * (layout.margin - line.cell_len))
        held = {place[listing.day] for listing in listings}
        bars = (
            _bar_of_day(number - 1 in held, number + 1 in held, layout.width)
            if number in held
            else " " * layout.width
            for number in range(max(held) + 1)
        )
        yield line.append("".join(bars).rstrip(), color)
        for piece in more:
            yield Text(" " * MARK_WIDTH).append_text(piece)

    def _counts(self, days: Sequence[DayRow], layout: _Layout) -> Text:
        """Return the line with the number of sessions on each day."""
        line = Text(" " * layout.margin, no_wrap=True, overflow="crop")
        for row in days:
            count = len({listing.id for listing in self._listings if listing.day == row.day})
            line.append(f" {count}".ljust(layout.width), DIM)
        line.rstrip()
        return line

    def _name(self, listing: Listing) -> str:
        return printable(self._setting.name(listing.titles))

    def _footer(self) -> Iterator[Text]:
        sessions = {listing.id for listing in self._listings}
        marks = [ngettext("{n} session", "{n} sessions", len(sessions)), *legend(self._listings)]
        marks += self._marks.notes(self._listings)
        if any(row.day == self._today for row in self._days):
            marks.append(f"{TODAY_MARK} {_('today')}")
        notice = printable(self._setting.name(self._setting.conference.notice))
        yield Text(" · ".join(filter(None, (*marks, notice))), DIM)


def _bar_of_day(before: bool, after: bool, width: int) -> str:
    """Return the part of a session's bar for one day, ``width`` columns wide.

    Args:
        before: whether the session takes place on the day before, too, so that both parts are joined.
        after: whether the session takes place on the day after, too.
        width: the width of a day.
    """
    return (ACROSS if before else " ") + ACROSS * (width - 2) + (ACROSS if after else " ")


def _labels(day: str, short: bool) -> tuple[str, str]:
    """Return the weekday and the date of ``day``, an ISO date, such as ``("Sat", "23 Jul")``.

    If ``short``, the month is left out.
    """
    when = date.fromisoformat(day)
    return _(SHORT_WEEKDAYS[when.weekday()]), str(when.day) if short else dates.short_day(day)
