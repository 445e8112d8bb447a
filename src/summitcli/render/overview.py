"""The conference at a glance, and the counts of what there is to filter by."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.text import Text

from summitcli.i18n import _, ngettext
from summitcli.render.grid.cells import ACROSS, bar_colors, shade
from summitcli.render.lines import ACCENT, DIM, GAP, MARK_WIDTH, padded
from summitcli.render.listings import Header, relative_time
from summitcli.render.setting import Setting
from summitcli.render.wrapping import Paragraph
from summitcli.rows import CategoryRow, DayRow, Listing, NameRow
from summitcli.text import dates
from summitcli.text.printable import printable

TODAY_MARK = "▸"
SEGMENT_END = "╸"
"""The end of a piece of a bar: half a column, so that pieces are seen apart without colour, too."""
MAX_BAR_WIDTH, MAX_DIVIDED_BAR_WIDTH, MIN_BAR_WIDTH = 24, 60, 8
MIN_NAME_WIDTH, MIN_ID_WIDTH = 8, 16
MAX_CATEGORIES = 9
"""How many categories a bar shows apart; the smaller ones are put together."""
SHRINK_STEP = 0.02
"""By what part bars in pieces are shortened until the longest fits: every piece takes a column at least."""
MAX_LEGEND_WIDTH = 28


class Standing(NamedTuple):
    """Where a conference stands at a moment."""

    now: datetime
    """The moment, in the conference's time zone."""
    stage: str
    """``before``, ``running`` or ``over``."""
    timed: bool
    """Whether the schedule publishes clock times; only then are the next two known."""
    running: Sequence[Listing] = ()
    coming: Sequence[Listing] = ()
    """What starts next, the first of it first."""


def glance(
    setting: Setting, rows: Sequence[DayRow], counts: tuple[int, int], standing: Standing
) -> RenderableType:
    """Name, dates, where the conference stands now, and the sessions of each day.

    Args:
        setting: the conference and the reader.
        rows: the days.
        counts: the number of sessions, and of their listings.
        standing: where the conference stands.
    """
    conference = setting.conference
    today = standing.now.date().isoformat()
    if standing.stage == "running":
        # In the night after the last day it is still that day.
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
    """What runs, and what comes next, a line each."""
    if standing.running:
        yield Paragraph(ngettext("{n} running now", "{n} running now", len(standing.running)))
    for listing in standing.coming[:1]:
        when, title = relative_time(listing, standing.now), setting.name(listing.titles)
        yield Paragraph(_("next {when}: {title}").format(when=when, title=title))


def days(rows: Sequence[DayRow], today: str) -> RenderableType:
    """The days with their numbers, today marked."""
    return Bars(list(_with_omissions([_day(row, rows, today) for row in rows], rows)))


def days_by_category(
    setting: Setting,
    rows: Sequence[DayRow],
    held: Sequence[tuple[str, str | None, int]],
    own: Mapping[str, str],
    today: str,
) -> RenderableType:
    """The days, the bar of each divided by category; below it the categories' names and counts.

    Args:
        setting: the conference and the reader.
        rows: the days.
        held: a day, a category and the number of its sessions on that day.
        own: the colours, ``#rrggbb``, of the categories that the source gives one, by id.
        today: the date now, ISO, in the conference's time zone.
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
        # That is also where a session in no category is counted, unless there are no categories at all.
        parts += [_Segment(_("the rest"), others, DIM)] if order and others > 0 else []
        bars.append(_day(row, rows, today)._replace(parts=tuple(parts)))
    # Below the name of the day, beside its number.
    return Bars(list(_with_omissions(bars, rows)), MARK_WIDTH + len(str(rows[-1].day_number)) + GAP)


def _with_omissions(bars: "Sequence[_Bar]", rows: Sequence[DayRow]) -> "Iterator[_Bar]":
    """Yield the bars of days, and one that says so where days are left out as there is nothing on them."""
    number = rows[0].day_number if rows else 0
    for bar, row in zip(bars, rows, strict=True):
        if row.day_number > number + 1:
            yield _Bar("", "…", "", 0)
        number = row.day_number
        yield bar


def categories(setting: Setting, rows: Sequence[CategoryRow]) -> RenderableType:
    """The categories with their ids and the number of sessions in each."""
    return Bars([_Bar("", setting.name(row.names), row.id, row.sessions) for row in rows])


def names(rows: Sequence[NameRow]) -> RenderableType:
    """Rooms or speakers with the number of sessions of each."""
    return Bars([_Bar("", row.name, "", row.sessions) for row in rows])


def _stage(setting: Setting, stage: str, today: str) -> str:
    start = date.fromisoformat(setting.conference.start)
    if stage == "before":
        return ngettext("begins in {n} day", "begins in {n} days", (start - date.fromisoformat(today)).days)
    if stage == "over":
        return _("over")
    return dates.day_number((date.fromisoformat(today) - start).days + 1, setting.days)


class _Segment(NamedTuple):
    """A stretch of a bar."""

    name: str
    number: int
    color: str


class _Bar(NamedTuple):
    """A line: a mark, a name, an id, a count with its bar, and what the bar is made of."""

    mark: str
    name: str
    id: str
    number: int
    parts: tuple[_Segment, ...] = ()


def _day(row: DayRow, rows: Sequence[DayRow], today: str) -> _Bar:
    """A day among others, their numbers aligned."""
    number = str(row.day_number).rjust(len(str(rows[-1].day_number)))
    name = f"{number}{' ' * GAP}{dates.day_and_weekday(row.day)}"
    return _Bar(TODAY_MARK if row.day == today else "", name, "", row.sessions)


class Bars:
    """Lines with bars under each other; the bars take what names, ids and counts leave.

    Args:
        bars: the lines.
        legend: how far what the bars are made of is indented below them.
    """

    def __init__(self, bars: Sequence[_Bar], legend: int = MARK_WIDTH) -> None:
        self._legend = legend
        self._bars = [bar._replace(name=printable(bar.name), id=printable(bar.id)) for bar in bars]
        self._name = max(cell_len(bar.name) for bar in self._bars)
        self._id = max(cell_len(bar.id) for bar in self._bars)
        self._count = max(len(str(bar.number)) for bar in self._bars)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw them; a name that is too long is cut, so that the count is always seen."""
        divided = any(bar.parts for bar in self._bars)
        left = options.max_width - MARK_WIDTH - self._count - 2 * GAP - (MIN_BAR_WIDTH if divided else 0)
        id_ = min(self._id, MIN_ID_WIDTH)
        name = max(min(self._name, left - (id_ + GAP if id_ else 0)), MIN_NAME_WIDTH)
        # An id too long is cut rather than a name, which says the same wherever an id is asked for.
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
    """A bar in pieces, each in its colour and with a gap of half a column after it."""
    bar = Text()
    for part in parts:
        bar.append(ACROSS * (_segment_width(part.number, scale) - 1) + SEGMENT_END, part.color)
    return bar


def _segment_width(count: int, scale: float) -> int:
    """The columns of a piece, of any bar: alike where counts are alike, and one at least."""
    return max(round(count * scale), 1)


def _scale(bars: Sequence[_Bar], most: int, room: int) -> float:
    """The columns for each session at which the longest bar in pieces fills the room as far as it can."""
    scale = room / most
    longest = max(sum(_segment_width(part.number, scale) for part in bar.parts) for bar in bars)
    while longest > room and scale > room / most / 4:
        scale *= 1 - SHRINK_STEP
        longest = max(sum(_segment_width(part.number, scale) for part in bar.parts) for bar in bars)
    return scale


def _bar_width(count: int, most: int, room: int) -> int:
    """The columns that a count takes; one at least, where there is anything."""
    return min(max(round(count / most * room), 1), room) if count else 0


def _legend(parts: Sequence[_Segment], indented: int, width: int) -> Iterator[Text]:
    """What the pieces of a bar are, in their order, each name whole where it fits on a line."""
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
