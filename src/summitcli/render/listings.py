"""The terminal output of sessions as lists: by day, or in any order."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby, zip_longest
from types import MappingProxyType

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.text import Text

from summitcli.agenda.planner import span
from summitcli.i18n import _, ngettext
from summitcli.render.grid.cells import bar_colors
from summitcli.render.lines import ACCENT, DIM, Columns, Line, Lines
from summitcli.render.marks import CONFLICT_MARK, Marks, NowMark
from summitcli.render.setting import Setting
from summitcli.render.wrapping import Paragraph
from summitcli.rows import MAYBE, STAR, Listing, SessionRow
from summitcli.search.answers import Spans
from summitcli.text import dates
from summitcli.text.enumeration import enumeration
from summitcli.text.printable import printable
from summitcli.text.reader_zone import reader_zone, shown
from summitcli.text.status import status_word

OWN_MARK = "·"
"""The mark of the user's own entries (such as a lunch) and of the events of other calendars."""

PART_DETAIL = 1
"""The index of the text ``day 1 of 2`` in :attr:`Line.details`. It is empty for a session on one day."""
HEADER_GAP = 3
"""The gap between two parts of a header, such as conference and day, in columns."""


def schedule(
    setting: Setting,
    listings: Sequence[Listing],
    now: datetime | None = None,
    marks: Marks | None = None,
    own: Sequence[Listing] = (),
) -> RenderableType:
    """Return listings drawn by day, followed by the number of sessions and the conference's notice.

    The sessions of a day without times are grouped by category.

    Args:
        setting: the conference and the language to show.
        listings: the listings (each is a session at one of its times), in order of time.
        now: the current moment, to show how soon sessions start; None to leave that out.
        marks: the current time, conflicts and colours to show; None to mark only sessions in the agenda.
        own: the user's own entries and the events of other calendars, to show among the sessions by time. An
            event has no ID.
    """
    timed = any(not listing.all_day for listing in listings)
    several = timed and len({listing.category for listing in listings}) > 1
    colors = bar_colors(setting, marks.colors) if marks and several else {}
    lines = [line(setting, listing, timed, now, marks, colors) for listing in listings]
    own_lines = [own_line(setting, one, timed) for one in own]
    own_columns = columns = Columns([*lines, *own_lines] if timed else lines)
    if not timed:
        # Sessions need no column for times.
        own_columns = Columns(own_lines)
    shown, beside = _by_day(zip(listings, lines, strict=True)), _by_day(zip(own, own_lines, strict=True))
    pieces: list[RenderableType] = []
    for day in sorted({*shown, *beside}):
        pairs, others = shown.get(day, []), beside.get(day, [])
        if pairs and all(listing.all_day for listing, _drawn in pairs):
            pieces += [day_header(setting, pairs[0][0]), Text(), *_by_category(setting, pairs, columns)]
            pieces += own_list([drawn for _one, drawn in others], own_columns)
        else:
            merged = sorted([*pairs, *others], key=lambda pair: _start(pair[0]))
            pieces += _timed_day(setting, merged, now, marks, own_columns)
        pieces.append(Text())
    notes = marks.notes(listings) if marks else ()
    return Group(*pieces, footer(setting, len({listing.id for listing in listings}), notes))


def _by_day(pairs: Iterable[tuple[Listing, Line]]) -> dict[str, list[tuple[Listing, Line]]]:
    found: dict[str, list[tuple[Listing, Line]]] = {}
    for pair in pairs:
        found.setdefault(pair[0].day, []).append(pair)
    return found


def _start(listing: Listing) -> float:
    """Return a key that sorts the listings of a day by start; those without times come first."""
    when = span(listing)
    return when.start.timestamp() if when else float("-inf")


def _timed_day(
    setting: Setting,
    pairs: Sequence[tuple[Listing, Line]],
    now: datetime | None,
    marks: Marks | None,
    columns: Columns,
) -> Iterator[RenderableType]:
    """Yield the header and the lines of a day with times.

    Args:
        setting: the conference and the language to show.
        pairs: the listings of the day, in order of time, with their lines.
        now: the current moment, to show how soon sessions start; None to leave that out.
        marks: the current time, conflicts and colours to show.
        columns: the columns of the list.
    """
    starts_in = [_time_until_start(listing, now) for listing, _drawn in pairs]
    # If all of them start at the same time, it is shown once.
    shared = [starts_in[0]] if len(set(starts_in)) == 1 and starts_in[0] else []
    header = day_header(setting, pairs[0][0])
    yield Header([*header.parts, *(Text(when, ACCENT) for when in shared)])
    yield Text()
    for when, held in groupby(zip(pairs, starts_in, strict=True), key=lambda entry: entry[1]):
        if when and not shared:
            yield Text(f"  {when}", ACCENT)
        now_mark = NowMark(None if now else marks, pairs[0][0].day, columns)
        yield from now_mark.pieces([pair for pair, _when in held])
        yield from now_mark.end()


def own_line(setting: Setting, own: Listing, timed: bool = True) -> Line:
    """Return an own entry or an event of another calendar as a line of a list.

    Args:
        setting: the conference and the language to show.
        own: the entry; or the event, which has no ID. The line of an event is dimmed.
        timed: whether any session of the list has times, so that IDs are in brackets.
    """
    id_ = f"[{own.id}]" if own.id and timed else own.id
    time = dates.clock_on(own.day, own.start, own.end)
    details = ("", "", own.room or "", id_)
    return Line(setting.name(own.titles), details, time, mark=OWN_MARK, past=not own.id)


def own_list(lines: Sequence[Line], columns: Columns) -> list[RenderableType]:
    """Return own entries and events of other calendars under a heading; [] if there are none."""
    return [Text(_("Your own time"), ACCENT), Lines(lines, columns)] if lines else []


def sessions(
    setting: Setting,
    rows: Sequence[SessionRow],
    spans: Sequence[Callable[[str], Spans]] = (),
    hidden: int = 0,
) -> RenderableType:
    """Return sessions drawn as a list, each with its dates, in the given order.

    Args:
        setting: the conference and the language to show.
        rows: the sessions.
        spans: for each session a function that returns the ranges of its title to highlight; () for no
            highlighting.
        hidden: the number of sessions that the list leaves out because they are hidden.
    """
    lines = [
        Line(
            title=setting.name(row.titles),
            details=(_(", ").join(filter(None, (session_dates(row), status_word(row.status)))), row.id),
            beside=setting.other(row.titles),
            mark=star(row),
            spans=stressed(setting.name(row.titles)) if stressed else (),
        )
        for row, stressed in zip_longest(rows, spans)
    ]
    counts = [ngettext("{n} session", "{n} sessions", len(rows))]
    if hidden:
        counts.append(ngettext("{n} hidden", "{n} hidden", hidden))
    return Group(Lines(lines), Text(), Text(" · ".join(counts), DIM))


def star(row: Listing | SessionRow) -> str:
    """Return the mark of a session that is in the agenda; empty if it is not."""
    return MAYBE if row.pick == "maybe" else STAR if row.in_agenda else ""


def legend(rows: Iterable[Listing]) -> list[str]:
    """Return the meanings of the marks of ``rows``, such as ``["★ in your agenda"]``."""
    marks = {star(row) for row in rows}
    meanings = {STAR: _("in your agenda"), MAYBE: _("maybe")}
    return [f"{mark} {meaning}" for mark, meaning in meanings.items() if mark in marks]


def session_dates(row: SessionRow) -> str:
    """Return the dates of a session as text; if it takes place only once, with its times.

    An example is ``23 July, 10:00–10:30``.
    """
    if len(row.slots) == 1:
        slot = row.slots[0]
        day = shown(slot.start)[:10] if slot.start else slot.day
        times = dates.clock(slot.start, slot.end)
        return _("{date}, {times}").format(date=dates.day(day), times=times) if times else dates.day(day)
    if len(row.days) == 1:
        return dates.day(row.days[0])
    if len(row.days) <= (date.fromisoformat(row.days[-1]) - date.fromisoformat(row.days[0])).days:
        return enumeration([dates.day(day) for day in row.days])
    return dates.days(row.days[0], row.days[-1])


def relative_time(listing: Listing, now: datetime) -> str:
    """Return when a session starts, such as ``in 5 min``, or ends, such as ``ends in 10 min``.

    The end is returned if the session is in progress. A session without times takes place all day: before its
    day, the time until the day is returned, such as ``tomorrow``; from the day on, an empty text.
    """
    when = span(listing)
    if when is None:
        return "" if _has_begun(listing, now) else dates.until_day(now, date.fromisoformat(listing.day))
    return dates.until_end(now, when.end) if _has_begun(listing, now) else dates.until_start(now, when.start)


def _has_begun(listing: Listing, now: datetime) -> bool:
    when = span(listing)
    return when.start <= now if when else listing.day <= now.date().isoformat()


def _time_until_start(listing: Listing, now: datetime | None) -> str:
    """Return the time until a session starts: ``in 5 min``; empty if it has begun or ``now`` is None."""
    return relative_time(listing, now) if now and not _has_begun(listing, now) else ""


def line(
    setting: Setting,
    listing: Listing,
    timed: bool,
    now: datetime | None = None,
    marks: Marks | None = None,
    colors: Mapping[str | None, str] = MappingProxyType({}),
) -> Line:
    """Return a listing (a session at one of its times) as a line of a list.

    Args:
        setting: the conference and the language to show.
        listing: the listing.
        timed: whether any session of the list has times. If so, ``all day`` is shown for a session without.
        now: the current moment, to show how long the session still lasts; None to leave that out.
        marks: the current time and the conflicts to show; None to mark only sessions in the agenda.
        colors: the colours of the categories to show, by the category's ID; other categories are not shown.
    """
    part = dates.part(listing.part, listing.parts, listing.all_day) if listing.parts > 1 else ""
    status = status_word(listing.status)
    time = dates.clock_on(listing.day, listing.start, listing.end)
    if timed and listing.all_day:
        time, part = part or _("all day"), ""
    part = _(", ").join(filter(None, (status, part)))
    left = relative_time(listing, now) if now and _has_begun(listing, now) else ""
    conflict = CONFLICT_MARK if marks and marks.conflicts(listing) else ""
    return Line(
        title=setting.name(listing.titles),
        # Beside a room, a bare ID such as `a-105` could be taken for another one.
        details=(left, part, listing.room or "", f"[{listing.id}]" if timed else listing.id),
        time=time,
        beside=setting.other(listing.titles),
        mark=star(listing) + conflict,
        tag=setting.category(listing.category) if listing.category in colors else "",
        color=colors.get(listing.category, ""),
        speakers=_(", ").join(listing.speakers),
    )


class Header:
    """A header of several parts, such as conference and day, on one or more lines."""

    def __init__(self, parts: Sequence[Text]) -> None:
        self.parts = parts

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw the header. Lines are broken only between two parts."""
        line = Text()
        for part in self.parts:
            if line and line.cell_len + HEADER_GAP + part.cell_len > options.max_width:
                yield line
                line = Text()
            line.append(" " * HEADER_GAP if line else "").append_text(part)
        yield line


def day_header(setting: Setting, listing: Listing) -> Header:
    """Return a header with the name of the conference and the day of ``listing``, a session."""
    return Header(
        [
            Text(printable(setting.name(setting.conference.titles)), "bold"),
            Text(dates.day_and_weekday(listing.day), "bold"),
            Text(dates.day_number(listing.day_number, setting.days), DIM),
        ]
    )


def _by_category(
    setting: Setting, pairs: Sequence[tuple[Listing, Line]], columns: Columns
) -> Iterable[RenderableType]:
    order = {row.id: position for position, row in enumerate(setting.categories)}
    by_category: dict[str | None, list[Line]] = {}
    for listing, drawn in pairs:
        by_category.setdefault(listing.category, []).append(drawn)
    for category in sorted(by_category, key=lambda id_: order.get(id_ or "", len(order))):
        lines = by_category[category]
        if setting.categories:
            yield category_heading(setting, category, len(lines))
        yield Lines(lines, columns)


def category_heading(setting: Setting, category: str | None, count: int) -> Text:
    """Return the name of a category as a heading.

    If ``count``, the number of its sessions, is above 1, it follows the name.
    """
    heading = Text(printable(setting.category(category)), ACCENT)
    return heading.append(f" · {count}", f"not bold {DIM}") if count > 1 else heading


def footer(setting: Setting, count: int, marks: Iterable[str] = ()) -> Paragraph:
    """Return the text below a list.

    The text has the number of sessions, then ``marks``, a note if times are in another zone than the
    conference's, and the conference's notice.

    Args:
        setting: the conference and the language to show.
        count: the number of sessions.
        marks: the meanings of marks in the list, such as ``★ in your agenda``.
    """
    count_text = ngettext("{n} session", "{n} sessions", count)
    notes = count_text, *marks, zone_note(), setting.name(setting.conference.notice)
    return Paragraph(" · ".join(filter(None, notes)), DIM)


def zone_note() -> str:
    """Return a note that names the time zone of the times shown; empty if it is the conference's."""
    zone = reader_zone()
    return _("times in {zone}").format(zone=zone) if zone else ""
