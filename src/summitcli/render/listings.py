"""Listings by day, and sessions once, as lists."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.text import Text

from summitcli.catalog.rows import Listing, SessionRow
from summitcli.i18n import _, ngettext
from summitcli.printable import printable
from summitcli.render import dates
from summitcli.render.lines import ACCENT, DIM, Line, Lines
from summitcli.render.setting import Setting
from summitcli.search.answers import Spans

STAR = "★"


def schedule(setting: Setting, listings: Sequence[Listing]) -> RenderableType:
    """Listings day by day, each day under its header, the count and the notice below.

    A day without clock times is grouped by category, in the schedule's order; one with them follows the
    clock.
    """
    timed = any(not listing.all_day for listing in listings)
    lines = [_line(setting, listing, timed) for listing in listings]
    pieces: list[RenderableType] = []
    shown = list(zip(listings, lines, strict=True))
    for _day, on_day in groupby(shown, key=lambda pair: pair[0].day):
        pairs = list(on_day)
        pieces.append(day_header(setting, pairs[0][0]))
        if any(not listing.all_day for listing, _line in pairs):
            pieces += [Text(), Lines([line for _listing, line in pairs], lines)]
        else:
            pieces += [Text(), *_by_category(setting, pairs, lines)]
        pieces.append(Text())
    return Group(*pieces, _footer(setting, len(listings)))


def sessions(
    setting: Setting, rows: Sequence[SessionRow], spans: Sequence[Callable[[str], Spans]]
) -> RenderableType:
    """Sessions in the order given, each once, with its days.

    Args:
        setting: the conference and the reader.
        rows: the sessions.
        spans: for each of them, which stretches of a title to stress.
    """
    lines = [
        Line(
            title=setting.name(row.titles),
            details=(held_on(row), row.id),
            beside=setting.other(row.titles),
            mark=STAR if row.in_agenda else "",
            spans=stressed(setting.name(row.titles)),
        )
        for row, stressed in zip(rows, spans, strict=True)
    ]
    count = ngettext("{n} session", "{n} sessions", len(rows))
    return Group(Lines(lines), Text(), Text(count, DIM))


def held_on(row: SessionRow) -> str:
    """The days of a session, and the clock times where it is held once: ``23 July, 10:00–10:30``."""
    if len(row.slots) == 1:
        slot = row.slots[0]
        day = slot.start[:10] if slot.start else slot.day
        return ", ".join(filter(None, (dates.day(day), dates.clock(slot.start, slot.end))))
    if len(row.days) == 1:
        return dates.day(row.days[0])
    return _("{start} to {end}").format(start=dates.day(row.days[0]), end=dates.day(row.days[-1]))


def _line(setting: Setting, listing: Listing, timed: bool) -> Line:
    """A listing's line; among others with clock times, a whole day says so in their column."""
    part = dates.part(listing.part, listing.parts) if listing.parts > 1 else ""
    time = dates.clock_on(listing.day, listing.start, listing.end)
    if timed and listing.all_day:
        time, part = part or _("all day"), ""
    return Line(
        title=setting.name(listing.titles),
        details=(part, listing.room or "", listing.id),
        time=time,
        beside=setting.other(listing.titles),
        mark=STAR if listing.in_agenda else "",
    )


def day_header(setting: Setting, listing: Listing) -> Text:
    """The conference, and the day of ``listing``."""
    header = Text(printable(setting.name(setting.conference.titles)), "bold")
    header.append("   " + dates.day_and_weekday(listing.day), "bold")
    return header.append("   " + dates.day_number(listing.day_number, setting.days), f"not bold {DIM}")


def _by_category(
    setting: Setting, pairs: Sequence[tuple[Listing, Line]], alike: Sequence[Line]
) -> Iterable[RenderableType]:
    order = {row.id: position for position, row in enumerate(setting.categories)}
    by_category: dict[str | None, list[Line]] = {}
    for listing, line in pairs:
        by_category.setdefault(listing.category, []).append(line)
    for category in sorted(by_category, key=lambda id_: order.get(id_ or "", len(order))):
        lines = by_category[category]
        heading = Text(printable(setting.category(category)), ACCENT)
        if len(lines) > 1:
            heading.append(f" · {len(lines)}", f"not bold {DIM}")
        yield heading
        yield Lines(lines, alike)


def _footer(setting: Setting, count: int) -> Text:
    notice = printable(setting.name(setting.conference.notice))
    said = ngettext("{n} session", "{n} sessions", count)
    return Text(" · ".join(filter(None, (said, notice))), DIM)
