"""The terminal output of ``summit`` and of lists with bars: of days, categories, rooms and speakers.

The length of a bar shows the number of sessions.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.text import Text

from summitcli.details import SpeakerRow
from summitcli.i18n import _, ngettext
from summitcli.render.console import shade
from summitcli.render.grid.cells import ACROSS, bar_colors
from summitcli.render.lines import ACCENT, DIM, GAP, MARK_WIDTH
from summitcli.render.listings import Header, relative_time
from summitcli.render.setting import Setting
from summitcli.render.widths import padded
from summitcli.render.wrapping import Paragraph
from summitcli.rows import CategoryRow, DayRow, Listing, NameRow
from summitcli.text import dates
from summitcli.text.printable import printable

TODAY_MARK = "▸"
SEGMENT_END = "╸"
"""The last character of a segment (the part of a bar for one category).

It is half a column wide, so that segments can be told apart without colour.
"""
MAX_BAR_WIDTH, MAX_DIVIDED_BAR_WIDTH, MIN_BAR_WIDTH = 24, 60, 8
MIN_NAME_WIDTH, MIN_ID_WIDTH = 8, 16
MAX_CATEGORIES = 9
"""The number of categories (the largest) that get a segment of their own in bars. All others share one."""
SHRINK_STEP = 0.02
"""The share by which bars are shortened, again and again until the longest fits.

A bar may be too long at first, as each of its segments takes at least one column.
"""
MAX_LEGEND_WIDTH = 28


class Standing(NamedTuple):
    """The state of a conference at a moment: which sessions are in progress, and which come next."""

    now: datetime
    """The current moment in the conference's time zone."""
    stage: str
    """The stage of the conference: ``before`` if it has not begun, ``running`` or ``over``."""
    timed: bool
    """True if the schedule has times. If it has none, ``running`` and ``coming`` are ()."""
    running: Sequence[Listing] = ()
    coming: Sequence[Listing] = ()
    """The sessions that start next, the earliest first."""


def glance(
    setting: Setting, rows: Sequence[DayRow], counts: tuple[int, int], standing: Standing
) -> RenderableType:
    """Return an overview of the conference: title, dates, what is in progress, and sessions by day.

    Args:
        setting: the conference and the language to show.
        rows: the days.
        counts: the number of sessions, and the number of all their times together.
        standing: what is in progress and what comes next.
    """
    conference = setting.conference
    today = standing.now.date().isoformat()
    if standing.stage == "running":
        # The night after the last day belongs to that day.
        today = min(today, conference.end)
    other = setting.other(conference.titles)
    when = [
        Text(dates.period(conference.start, conference.end)),
        *([Text(dates.zone(conference.time_zone), DIM)] if standing.timed else []),
        Text(_stage(setting, standing.stage, today), ACCENT),
    ]
    sessions = ngettext("{n} session", "{n} sessions", counts[0])
    return Group(
        Paragraph(setting.name(conference.titles), "bold"),
        *([Paragraph(other, DIM)] if other else []),
        Header(when),
        Text(),
        days(rows, today),
        Text(),
        *_now_and_next(setting, standing),
        Text(sessions, DIM),
    )


def _now_and_next(setting: Setting, standing: Standing) -> Iterator[Paragraph]:
    """Yield a line with the number of sessions in progress, and a line with the next session."""
    if standing.running:
        count = len(standing.running)
        yield Paragraph(ngettext("{n} session in progress", "{n} sessions in progress", count))
    for listing in standing.coming[:1]:
        when, title = relative_time(listing, standing.now), setting.name(listing.titles)
        yield Paragraph(_("next: {title} ({when})").format(when=when, title=title))


def days(rows: Sequence[DayRow], today: str) -> RenderableType:
    """Return a list of days with bars for their numbers of sessions. ``today`` is marked."""
    return Bars(list(_with_omissions([_day(row, rows, today) for row in rows], rows)))


def days_by_category(
    setting: Setting,
    rows: Sequence[DayRow],
    held: Sequence[tuple[str, str | None, int]],
    own: Mapping[str, str],
    today: str,
) -> RenderableType:
    """Return a list of days with bars for their numbers of sessions, divided by category.

    Below each bar are the names of its categories, each with its number of sessions.

    Args:
        setting: the conference and the language to show.
        rows: the days.
        held: tuples of a day, the ID of a category, and the number of its sessions on that day, such as
            ``("2022-07-23", "forum", 12)``.
        own: the colours that the schedule gives to categories, by the category's ID.
        today: the current date in the conference's time zone, as an ISO date.
    """
    colors = bar_colors(setting, own)
    order = [row.id for row in setting.categories]
    total = {id_: sum(count for _day, category, count in held if category == id_) for id_ in order}
    named = set(sorted(order, key=lambda id_: -total[id_])[:MAX_CATEGORIES])
    bars = []
    for row in rows:
        counts = {category: count for day, category, count in held if day == row.day}
        parts = [
            _Segment(setting.category(id_), counts[id_], colors[id_])
            for id_ in order
            if id_ in named and id_ in counts
        ]
        others = row.sessions - sum(part.number for part in parts)
        # This includes sessions without a category, unless the schedule has no categories at all.
        parts += [_Segment(_("the rest"), others, DIM)] if order and others > 0 else []
        bars.append(_day(row, rows, today)._replace(parts=tuple(parts)))
    # The legend is aligned with the name of the day.
    return Bars(list(_with_omissions(bars, rows)), MARK_WIDTH + len(str(rows[-1].day_number)) + GAP)


def _with_omissions(bars: "Sequence[_Bar]", rows: Sequence[DayRow]) -> "Iterator[_Bar]":
    """Yield the bars of the days in ``rows``, with an ellipsis wherever days between them are left out."""
    number = rows[0].day_number if rows else 0
    for bar, row in zip(bars, rows, strict=True):
        if row.day_number > number + 1:
            yield _Bar("", "…", "", 0)
        number = row.day_number
        yield bar


def categories(setting: Setting, rows: Sequence[CategoryRow]) -> RenderableType:
    """Return a list of categories with their IDs and bars for their numbers of sessions."""
    return Bars([_Bar("", setting.name(row.names), row.id, row.sessions) for row in rows])


def names(rows: Sequence[NameRow | SpeakerRow]) -> RenderableType:
    """Return a list of rooms or speakers with bars for their numbers of sessions."""
    return Bars([_Bar("", row.name, "", row.sessions) for row in rows])


def _stage(setting: Setting, stage: str, today: str) -> str:
    start = date.fromisoformat(setting.conference.start)
    if stage == "before":
        return ngettext("begins in {n} day", "begins in {n} days", (start - date.fromisoformat(today)).days)
    if stage == "over":
        return _("over")
    return dates.day_number((date.fromisoformat(today) - start).days + 1, setting.days)


class _Segment(NamedTuple):
    """A segment of a bar. It stands for the sessions of one category."""

    name: str
    number: int
    color: str


class _Bar(NamedTuple):
    """A line with a mark, a name, an ID, a number and a bar. The bar may be divided into segments."""

    mark: str
    name: str
    id: str
    number: int
    parts: tuple[_Segment, ...] = ()


def _day(row: DayRow, rows: Sequence[DayRow], today: str) -> _Bar:
    """Return the line with the bar of ``row``, one of the days ``rows``.

    The numbers of all days are aligned.
    """
    number = str(row.day_number).rjust(len(str(rows[-1].day_number)))
    name = f"{number}{' ' * GAP}{dates.day_and_weekday(row.day)}"
    return _Bar(TODAY_MARK if row.day == today else "", name, "", row.sessions)


class Bars:
    """A list of lines with bars. The bars take the width that names, IDs and numbers leave.

    Args:
        bars: the lines.
        legend: the indentation, in columns, of the names of segments below each bar. A segment is a part of a
            bar in one colour; it stands for the sessions of one category.
    """

    def __init__(self, bars: Sequence[_Bar], legend: int = MARK_WIDTH) -> None:
        self._legend = legend
        self._bars = [bar._replace(name=printable(bar.name), id=printable(bar.id)) for bar in bars]
        self._name = max(cell_len(bar.name) for bar in self._bars)
        self._id = max(cell_len(bar.id) for bar in self._bars)
        self._count = max(len(str(bar.number)) for bar in self._bars)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw the lines. Names that are too long are cut, so that the numbers are always visible."""
        divided = any(bar.parts for bar in self._bars)
        left = options.max_width - MARK_WIDTH - self._count - 2 * GAP - (MIN_BAR_WIDTH if divided else 0)
        id_ = min(self._id, MIN_ID_WIDTH)
        name = max(min(self._name, left - (id_ + GAP if id_ else 0)), MIN_NAME_WIDTH)
        # An ID is cut rather than a name, as the name is accepted wherever an ID is.
        id_ = max(min(self._id, left - name - GAP), 0)
        taken = MARK_WIDTH + self._count + name + (id_ + GAP if id_ else 0) + 2 * GAP
        widest = MAX_DIVIDED_BAR_WIDTH if divided else MAX_BAR_WIDTH
        room = max(min(options.max_width - taken, widest), 0)
        most = max(1, *(bar.number for bar in self._bars))
        scale = _scale(self._bars, most, room)
        for bar in self._bars:
            parts = [part._replace(color=shade(console, part.color)) for part in bar.parts]
            line = Text(no_wrap=True, overflow="crop")
            line.append(set_cell_size(bar.mark, MARK_WIDTH), ACCENT if bar.mark else None)
            line.append(padded(bar.name, name) + " " * GAP)
            if id_:
                line.append(padded(bar.id, id_) + " " * GAP, DIM)
            line.append(f"{bar.number:>{self._count}}" + " " * GAP)
            yield line.append_text(_divided_bar(parts, scale) if divided else _plain_bar(bar, most, room))
            if parts:
                yield from _legend(parts, self._legend, options.max_width)


def _plain_bar(bar: _Bar, most: int, room: int) -> Text:
    return Text(ACROSS * _bar_width(bar.number, most, room), ACCENT)


def _divided_bar(parts: Sequence[_Segment], scale: float) -> Text:
    """Return a bar drawn as coloured segments, each followed by a gap of half a column.

    ``scale`` is the number of columns for each session.
    """
    bar = Text()
    for part in parts:
        bar.append(ACROSS * (_segment_width(part.number, scale) - 1) + SEGMENT_END, part.color)
    return bar


def _segment_width(count: int, scale: float) -> int:
    """Return the width, in columns, of a segment for ``count`` sessions; it is at least 1."""
    return max(round(count * scale), 1)


def _scale(bars: Sequence[_Bar], most: int, room: int) -> float:
    """Return how many columns of a bar stand for one session, such as 0.5; the longest bar must fit.

    Each bar consists of segments, one for each category, of at least one column.

    Args:
        bars: the bars.
        most: the largest number of sessions in a bar.
        room: the number of columns that are available for a bar.
    """
    scale = room / most
    longest = max(sum(_segment_width(part.number, scale) for part in bar.parts) for bar in bars)
    while longest > room and scale > room / most / 4:
        scale *= 1 - SHRINK_STEP
        longest = max(sum(_segment_width(part.number, scale) for part in bar.parts) for bar in bars)
    return scale


def _bar_width(count: int, most: int, room: int) -> int:
    """Return the width, in columns, of a bar in one colour for ``count`` sessions.

    It is at least 1, or 0 if there are no sessions. ``most`` is the largest number of sessions in any bar;
    that bar is ``room`` columns wide.
    """
    return min(max(round(count / most * room), 1), room) if count else 0


def _legend(parts: Sequence[_Segment], indented: int, width: int) -> Iterator[Text]:
    """Yield the lines below a divided bar: the name and the number of sessions of each segment.

    Args:
        parts: the segments.
        indented: the indentation of the lines, in columns.
        width: the width of the terminal.
    """
    indent = " " * indented
    widest = max(min(width - indented - 8, MAX_LEGEND_WIDTH), MIN_NAME_WIDTH)
    line = Text(indent)
    for part in parts:
        name = printable(part.name)
        name = padded(name, min(cell_len(name), widest))
        entry = Text().append(f"{SEGMENT_END} ", part.color).append(f"{name} {part.number}", DIM)
        if line.plain.strip() and line.cell_len + GAP + entry.cell_len > width:
            yield line
            line = Text(indent)
        line.append(" " * GAP if line.plain.strip() else "").append_text(entry)
    yield line
